// Two devices, two copies: both are kept, the officer chooses. The other copy is shown; nothing is merged in silence.
export function askWhichCopy(form, answer, draft, choose) {
  const box = document.querySelector("[data-copies]");
  box.querySelector("[data-sentence]").textContent = answer.sentence;
  box.querySelector("[data-theirs-saved]").textContent = answer.theirs.saved;
  const rows = box.querySelector("tbody");
  rows.replaceChildren();
  const codes = new Set([...Object.keys(draft.typed.cells), ...Object.keys(answer.theirs.cells), ...answer.theirs.na]);
  for (const code of codes) {
    const mine = draft.typed.na.includes(code) ? "K/A" : draft.typed.cells[code] ?? "";
    const theirs = answer.theirs.na.includes(code) ? "K/A" : answer.theirs.cells[code] ?? "";
    if (mine === theirs) continue;
    const row = document.createElement("tr");
    for (const text of [code, mine || "–", theirs || "–"]) {
      const cell = document.createElement("td");
      cell.textContent = text;
      row.append(cell);
    }
    rows.append(row);
  }
  box.hidden = false;
  box.querySelector("[data-use-mine]").onclick = () => { box.hidden = true; choose.mine(); };
  box.querySelector("[data-use-theirs]").onclick = () => { box.hidden = true; choose.theirs(); };
  box.focus();
}
