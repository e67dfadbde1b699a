// [data-find="id"]: what is typed hides the [data-found] lines of a list that do not hold it, marks and case aside.
// A line that is ticked stays in sight, and a group goes with its last line.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();

for (const box of document.querySelectorAll("[data-find]")) {
  const list = document.getElementById(box.dataset.find);
  const typed = box.querySelector("input");
  box.hidden = false; // without scripts there is nothing to find with
  typed.addEventListener("input", () => find(list, fold(typed.value.trim())));
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it finds, and sends nothing
  });
}

function find(list, wanted) {
  for (const line of list.querySelectorAll("[data-found]")) {
    line.hidden = !fold(line.textContent).includes(wanted) && !line.querySelector("input").checked;
  }
  for (const group of list.querySelectorAll("[role=group]")) {
    group.hidden = !group.querySelector("[data-found]:not([hidden])");
  }
}
