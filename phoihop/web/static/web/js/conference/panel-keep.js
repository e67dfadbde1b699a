// What a part of the page keeps when it is drawn anew: the focus, what is open, what is typed and not yet sent, how far
// its lists are scrolled, and a refusal nobody can have read yet.
const FIELDS = "input:not([type=hidden]):not([type=submit]), textarea, select";
const READ = 15_000; // milliseconds a refusal stays, whatever moves around it
const refusedAt = new WeakMap(); // form -> when it was refused

document.addEventListener("live:refused", ({ target }) => refusedAt.set(target, performance.now()));
document.addEventListener("live:sent", ({ target }) => {
  for (const field of target.querySelectorAll(FIELDS)) settle(field);
});

// Sent: it is no longer what is "typed".
function settle(field) {
  if (field.matches("select")) for (const option of field.options) option.defaultSelected = option.selected;
  else [field.defaultValue, field.defaultChecked] = [field.value, field.checked];
}

function isTyped(field) {
  if (field.matches("select")) return field.value !== ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])?.value;
  return ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

// The same control after the part was drawn anew has the same name: forms are known by where they go and what about.
function nameOfForm(form) {
  const about = [...form.querySelectorAll("input[type=hidden]")].filter((each) => !["key", "csrfmiddlewaretoken"].includes(each.name));
  return [form.getAttribute("action"), ...about.map((each) => `${each.name}=${each.value}`)].join("|");
}

function nameOf(control) {
  if (control.dataset.focus) return `focus:${control.dataset.focus}`;
  if (control.matches("summary")) return `summary:${titleOf(control)}`;
  if (control.matches("a[href]")) return `link:${control.getAttribute("href")}`;
  const value = control.matches("button, [type=checkbox], [type=radio]") ? control.value : "";
  return `${control.form ? nameOfForm(control.form) : ""}#${control.id}#${control.name ?? ""}#${value}`;
}

// "3 read notes" is the same part when it says 4.
const titleOf = (summary) => summary.textContent.trim().replace(/\d+/g, "");
const scrollers = (part) => [...part.querySelectorAll("ol, ul, div, fieldset")];
const placeOf = (scroller, all) => `${scroller.className}#${all.filter((each) => each.className === scroller.className).indexOf(scroller)}`;
const controls = (part) => [...part.querySelectorAll(`${FIELDS}, button, summary, a[href]`)];

export function keep(part) {
  const all = scrollers(part);
  return {
    hasFocus: part.contains(document.activeElement) && document.activeElement !== part,
    focused: part.contains(document.activeElement) && document.activeElement !== part ? nameOf(document.activeElement) : null,
    opened: [...part.querySelectorAll("details[open] > summary")].map(titleOf),
    typed: new Map([...part.querySelectorAll(FIELDS)].filter(isTyped).map((field) => [nameOf(field), [field.value, field.checked]])),
    scrolled: new Map(all.filter((each) => each.scrollTop || each.scrollLeft).map((each) => [placeOf(each, all), [each.scrollLeft, each.scrollTop]])),
    refused: [...part.querySelectorAll("form")].filter((form) => performance.now() - (refusedAt.get(form) ?? -READ) < READ)
      .map((form) => ({ name: nameOfForm(form), at: refusedAt.get(form), said: form.querySelector("[data-refusal]")?.textContent ?? "" }))
      .filter((each) => each.said),
  };
}

export function restore(part, kept) {
  for (const summary of part.querySelectorAll("details > summary")) {
    if (kept.opened.includes(titleOf(summary))) summary.parentElement.open = true;
  }
  for (const field of part.querySelectorAll(FIELDS)) {
    const typed = kept.typed.get(nameOf(field));
    if (typed) [field.value, field.checked] = typed;
  }
  const all = scrollers(part);
  for (const scroller of all) {
    const place = kept.scrolled.get(placeOf(scroller, all));
    if (place) [scroller.scrollLeft, scroller.scrollTop] = place;
  }
  kept.refused.forEach((refusal) => sayAgain(part, refusal));
  if (kept.hasFocus) focusAgain(part, kept.focused);
}

// Where the form went with what it was about, the sentence stands at the head of the part.
function sayAgain(part, { name, at, said }) {
  const form = [...part.querySelectorAll("form")].find((each) => nameOfForm(each) === name);
  let place = form?.querySelector("[data-refusal]");
  if (form) refusedAt.set(form, at);
  if (!place) {
    place = document.createElement("p");
    place.className = "refusal";
    place.setAttribute("role", "alert");
    (form ?? part).prepend(place);
  }
  place.textContent = said;
  place.hidden = false;
}

// Its control may be gone with the act: the keyboard then goes on from this part, not from the head of the page.
function focusAgain(part, focused) {
  const control = controls(part).find((each) => !each.disabled && nameOf(each) === focused);
  if (control) return control.focus({ preventScroll: true });
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}
