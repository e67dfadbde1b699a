// data-use-known: puts what the system knows into its cell, marked until somebody confirms it or writes there. The mark is
// a field of the form (pre-CODE: "0" to be confirmed, "1" confirmed) and goes wherever the draft goes; nothing is filled unasked.
const UNCONFIRMED = "0";
const CONFIRMED = "1";
const form = document.querySelector("[data-entry-form]");
const offers = [...form.querySelectorAll("[data-use-known]")];

const fieldOf = (offer) => form.elements[`c-${offer.dataset.useKnown}`];
const markOf = (code) => form.elements[`pre-${code}`];
const codes = () => [...form.querySelectorAll("[data-known-mark]")].map((mark) => mark.closest("[data-cell]").dataset.cell);
const marked = () => codes().filter((code) => markOf(code).value === UNCONFIRMED);

function set(code, value) {
  markOf(code).value = value;
  const mark = form.querySelector(`[data-cell="${CSS.escape(code)}"] [data-known-mark]`);
  mark.hidden = value !== UNCONFIRMED;
  mark.querySelector("[data-known-confirm]").checked = value === CONFIRMED;
  const line = mark.closest("[data-known-line]"); // hidden while its cell is filled in
  if (line && value === UNCONFIRMED) line.hidden = false;
}

// After the device's draft stands in the fields.
export function markAgain() {
  for (const code of codes()) set(code, markOf(code).value);
}

// The form keeps what is typed when it hears of it.
const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

function use(offer) {
  const field = fieldOf(offer);
  field.value = offer.dataset.value;
  set(offer.dataset.useKnown, UNCONFIRMED);
  tell(field);
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
  const code = event.target.name?.match(/^(?:c|na)-(.+)$/)?.[1];
  if (!code || !markOf(code)?.value) return;
  const isAsFilledIn = !event.isTrusted && form.elements[`c-${code}`].value === form.elements[`of-${code}`].value;
  if (!isAsFilledIn) set(code, "");
});

form.addEventListener("click", (event) => {
  if (!event.target.matches("[data-known-confirm]")) return;
  const { cell: code } = event.target.closest("[data-cell]").dataset;
  set(code, CONFIRMED);
  tell(form.elements[`c-${code}`]);
  form.elements[`c-${code}`].focus();
});

// Before the form's own: what was filled in and never looked at is not handed in unasked.
form.addEventListener("submit", (event) => {
  const waiting = event.submitter?.value === "submit" ? marked() : [];
  if (!waiting.length) return;
  if (confirm(`${form.dataset.knownSure} ${waiting.join(", ")}`)) {
    for (const code of waiting) set(code, CONFIRMED);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  form.elements[`c-${waiting[0]}`].focus();
});
