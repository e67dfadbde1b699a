// data-table-keys: arrow keys walk the cells of a table; data-copy-table copies it as a spreadsheet pastes.
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function cellsOf(table) {
  return [...table.rows].map((row) => [...row.cells]);
}

function focusCell(table, cell) {
  table.querySelector("[data-cell-here]")?.removeAttribute("data-cell-here");
  cell.setAttribute("data-cell-here", "");
  cell.tabIndex = -1;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function target(rows, at, event) {
  if (event.key === "Home") return rows[event.ctrlKey ? 0 : at.row][0];
  if (event.key === "End") return rows[event.ctrlKey ? rows.length - 1 : at.row].at(-1);
  const move = MOVES[event.key];
  if (!move) return null;
  const row = rows[Math.min(Math.max(at.row + move[0], 0), rows.length - 1)];
  return row[Math.min(Math.max(at.column + move[1], 0), row.length - 1)];
}

function position(rows, cell) {
  const row = rows.findIndex((cells) => cells.includes(cell));
  return { row, column: row < 0 ? -1 : rows[row].indexOf(cell) };
}

document.addEventListener("keydown", (event) => {
  const region = event.target.closest?.("[data-table-keys]");
  const table = region?.querySelector("table");
  if (!table || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  const rows = cellsOf(table);
  const cell = event.target.closest("td, th");
  if (event.key === "Enter" && event.target === cell) cell.querySelector("a")?.click();
  const next = cell ? target(rows, position(rows, cell), event) : MOVES[event.key] && rows[0][0];
  if (!next) return;
  event.preventDefault();
  focusCell(table, next);
});

function asText(table) {
  const read = (cell) => cell.querySelector(".visually-hidden")?.textContent ?? ownText(cell);
  return cellsOf(table).map((row) => row.map((cell) => read(cell).trim().replace(/\s+/g, " ")).join("\t")).join("\n");
}

function ownText(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".cell-note").forEach((note) => note.remove());
  return copy.textContent;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-table]");
  if (!button) return;
  const block = button.closest("[data-table-keys]");
  await navigator.clipboard.writeText(asText(block.querySelector("table")));
  const said = block.querySelector("[data-copied]");
  said.textContent = said.dataset.copied;
  button.after(said);
  said.classList.remove("visually-hidden");
});

function offerCopy() {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy-table][hidden]").forEach((button) => button.removeAttribute("hidden"));
}
offerCopy();
document.addEventListener("htmx:afterSwap", offerCopy);
