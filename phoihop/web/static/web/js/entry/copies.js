// Two devices, two copies: both are kept, the officer chooses. The other copy is shown; nothing is merged in silence.
const KINDS = ["cells", "notes", "narrative"];

const given = (copy, kind, code, na) => (kind === "cells" && copy.na.includes(code) ? na : copy[kind]?.[code]?.trim() ?? "");

// [kind, code, mine, theirs] of everything that differs.
function differences(mine, theirs, na) {
  return KINDS.flatMap((kind) => {
    const codes = [...Object.keys(mine[kind]), ...Object.keys(theirs[kind] ?? {})];
    const all = new Set(kind === "cells" ? [...codes, ...mine.na, ...theirs.na] : codes);
    return [...all].map((code) => [kind, code, given(mine, kind, code, na), given(theirs, kind, code, na)]);
  }).filter(([, , own, other]) => own !== other);
}

function nameOf(form, kind, code) {
  const field = { cells: "c", notes: "n", narrative: "s" }[kind];
  const label = form.querySelector(`label[for="${field}-${CSS.escape(code)}"]`);
  return label?.textContent.trim().replace(/\s+/g, " ") ?? code;
}

export function askWhichCopy(form, answer, draft, choose) {
  const box = document.querySelector("[data-copies]");
  box.querySelector("[data-sentence]").textContent = answer.sentence;
  box.querySelector("[data-theirs-saved]").textContent = answer.theirs.saved;
  const rows = differences(draft.typed, answer.theirs, box.dataset.na).map(([kind, code, mine, theirs]) => {
    const row = document.createElement("tr");
    for (const text of [nameOf(form, kind, code), mine || "–", theirs || "–"]) {
      const cell = document.createElement("td");
      cell.textContent = text;
      row.append(cell);
    }
    return row;
  });
  box.querySelector("tbody").replaceChildren(...rows);
  box.hidden = false;
  box.querySelector("[data-use-mine]").onclick = () => { box.hidden = true; choose.mine(); };
  box.querySelector("[data-use-theirs]").onclick = () => { box.hidden = true; choose.theirs(); };
  box.focus();
}
