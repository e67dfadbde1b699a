// The number of a slip is asked of a delegate's phone only; without this script the field simply stands there.
const form = document.querySelector("[data-door]");
const seat = form?.querySelector("[data-door-seat]");

function show() {
  seat.hidden = form.elements.kind.value !== "seat";
}

if (seat) {
  form.addEventListener("change", show);
  show();
}
