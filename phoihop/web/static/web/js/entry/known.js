// data-use-known: puts what the system knows into its cell, marked until somebody confirms it or writes there. The marks
// are kept on the device beside the draft, so that they outlast the page; nothing is filled unasked.
const form = document.querySelector("[data-entry-form]");
const offers = [...form.querySelectorAll("[data-use-known]")];

function fieldOf(offer) {
  return form.elements[`c-${offer.dataset.useKnown}`];
}

function markOf(cell) {
  return cell?.querySelector("[data-known-mark]");
}

const kept = `phoihop-known/${document.body.dataset.user}${location.pathname}`;

function marked() {
  const marks = [...form.querySelectorAll("[data-known-mark]:not([hidden])")];
  return marks.map((mark) => mark.closest("[data-cell]").dataset.cell);
}

// A browser that keeps nothing shows the marks until the page is left.
function keep() {
  const values = Object.fromEntries(marked().map((code) => [code, form.elements[`c-${code}`].value]));
  try {
    if (Object.keys(values).length) localStorage.setItem(kept, JSON.stringify(values));
    else localStorage.removeItem(kept);
  } catch {
    // as said
  }
}

// After the device's draft stands in the fields: a mark comes back where the figure is still the one filled in.
export function markAgain() {
  let values = {};
  try {
    values = JSON.parse(localStorage.getItem(kept) ?? "{}");
  } catch {
    return;
  }
  for (const [code, value] of Object.entries(values)) {
    const field = form.elements[`c-${code}`];
    const mark = markOf(field?.closest("[data-cell]"));
    if (!mark || field.value !== value) continue;
    mark.hidden = false;
    const line = mark.closest("[data-known-line]"); // hidden while its cell is filled in
    if (line) line.hidden = false;
  }
  keep();
}

function confirmAll() {
  for (const mark of form.querySelectorAll("[data-known-mark]")) mark.hidden = true;
  keep();
}

function use(offer) {
  const field = fieldOf(offer);
  field.value = offer.dataset.value;
  markOf(field.closest("[data-cell]")).hidden = false;
  keep();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function isBlank(offer) {
  const notApplicable = form.elements[`na-${offer.dataset.useKnown}`];
  return !fieldOf(offer).value.trim() && !notApplicable?.checked;
}

for (const offer of offers) {
  offer.addEventListener("click", (event) => {
    event.preventDefault();
    use(offer);
    fieldOf(offer).focus();
  });
}

form.querySelector("[data-use-known-all]")?.addEventListener("click", (event) => {
  event.preventDefault();
  offers.filter(isBlank).forEach(use);
});

form.addEventListener("input", (event) => {
  const mark = event.isTrusted ? markOf(event.target.closest("[data-cell]")) : null;
  if (!mark) return;
  mark.hidden = true;
  keep();
});

form.addEventListener("click", (event) => {
  if (!event.target.matches("[data-known-confirm]")) return;
  const cell = event.target.closest("[data-cell]");
  markOf(cell).hidden = true;
  keep();
  form.elements[`c-${cell.dataset.cell}`].focus();
});

// Before the form's own: what was filled in and never looked at is not handed in unasked.
form.addEventListener("submit", (event) => {
  const codes = event.submitter?.value === "submit" ? marked() : [];
  if (!codes.length) return;
  if (confirm(`${form.dataset.knownSure} ${codes.join(", ")}`)) {
    confirmAll();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  form.elements[`c-${codes[0]}`].focus();
});
