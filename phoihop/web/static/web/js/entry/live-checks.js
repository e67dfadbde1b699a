// The server's own rules on what is typed, at each field; a blank form is left in peace.
import { findings } from "../checks.js";
import { parseNumber } from "./number-text.js";
import { mark } from "./findings.js";
import { readForm } from "./fields.js";

export function canonicalCells(typed, numberMark) {
  const cells = {};
  for (const [code, text] of Object.entries(typed.cells)) {
    const read = parseNumber(text, numberMark);
    if (read.kind !== "blank") cells[code] = read.kind === "refused" ? text : read.text;
  }
  for (const code of typed.na) cells[code] = "na";
  return cells;
}

export function checkWhileTyping(form, facts) {
  const typed = readForm(form);
  const cells = canonicalCells(typed, facts.mark);
  const found = Object.keys(cells).length ? findings(facts.rules, facts.known, cells, typed.consolidated) : [];
  for (const field of form.querySelectorAll("[data-cell]")) {
    const code = field.dataset.cell;
    const here = found.find((each) => each.codes[0] === code) ?? found.find((each) => each.codes.includes(code));
    if (here && (here.codes[0] === code || code in cells)) mark(field, here, here.codes.some((each) => typed.notes[each]?.trim()));
    else mark(field, null);
  }
  return found;
}
