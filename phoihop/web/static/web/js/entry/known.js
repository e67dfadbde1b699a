// data-use-known: puts what the system knows into its cell, marked until somebody writes there. Nothing is filled unasked.
const form = document.querySelector("[data-entry-form]");
const offers = [...form.querySelectorAll("[data-use-known]")];

function fieldOf(offer) {
  return form.elements[`c-${offer.dataset.useKnown}`];
}

function markOf(cell) {
  return cell?.querySelector("[data-known-mark]");
}

function use(offer) {
  const field = fieldOf(offer);
  field.value = offer.dataset.value;
  markOf(field.closest("[data-cell]")).hidden = false;
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
  if (mark) mark.hidden = true;
});
