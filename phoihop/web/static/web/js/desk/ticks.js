// data-ticks: ticks many rows at once and says how many are ticked; without it each box is ticked by hand.
for (const form of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...form.querySelectorAll('input[name="report"]')];
  const said = form.querySelector("[data-ticked]");
  const say = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    said.textContent = ticked ? `${ticked} ${said.dataset.ticked}` : "";
  };
  const wanted = { clean: (box) => "clean" in box.dataset, all: () => true, none: () => false };
  for (const link of form.querySelectorAll("[data-tick]")) {
    link.hidden = false;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      boxes.forEach((box) => { box.checked = wanted[link.dataset.tick](box); });
      say();
    });
  }
  form.addEventListener("change", say);
  say();
}
