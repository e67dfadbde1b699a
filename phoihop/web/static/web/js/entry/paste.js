// data-paste: a column, or codes and values, copied from a spreadsheet. Read, shown, and only then filled in.
import { formatNumber } from "./number-text.js";
import { columnsOf, parseTable, planOf, writable } from "./paste-table.js";

const dialog = document.querySelector("[data-paste]");
const form = document.querySelector("[data-entry-form]");
const facts = JSON.parse(document.getElementById("entry-facts").textContent);
const words = JSON.parse(document.getElementById("paste-words").textContent);
const part = (name) => dialog.querySelector(`[data-paste-${name}]`);
const [text, start, column, columnField, body, status, fill, table] =
  ["text", "start", "column", "column-field", "rows", "status", "fill", "table"].map(part);
let plan = [];
let opener;

const fieldOf = (code) => form.elements[`c-${code}`];
const nameOf = (code) => form.querySelector(`label[for="c-${CSS.escape(code)}"]`).textContent.trim().replace(/\s+/g, " ");
const unitOf = (code) => document.getElementById(`u-${code}`)?.textContent.trim() ?? "";
const limits = (code) => ({ decimals: facts.decimals[code] ?? 0, isPercent: unitOf(code) === "%" });
const markNow = () => dialog.querySelector("input[name=paste-mark]:checked").value || null;
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

function sentenceOf({ problem, raw, read, code }) {
  if (!problem) return read?.kind === "blank" ? words.left : "";
  const { decimals } = code ? limits(code) : { decimals: 0 };
  const written = (value) => (value ? formatNumber(value, facts.mark) : "");
  return filled(words[problem], {
    value: problem === "negative_number" || problem === "too_many_decimals" ? written(read.text) : raw.slice(0, 60),
    comma: written(read?.comma), point: written(read?.point), unit: code ? unitOf(code) : "",
    example: { comma: "1.234,5", point: "1,234.5" }[markNow()] ?? "1.234,5 / 1,234.5",
    allowed: decimals ? filled(words.decimals, { count: decimals }) : words.whole,
  });
}

const said = (read) =>
  ({ number: () => formatNumber(read.text, facts.mark), na: () => words.na }[read?.kind]?.() ?? "–");

// A line, and under it what there is to say about it: a phone has no room beside it.
function lines(each) {
  const line = document.createElement("tr");
  if (each.problem) line.className = "bad";
  const name = document.createElement("th");
  name.scope = "row";
  name.append(each.code ? nameOf(each.code) : filled(words.line, { line: each.line }));
  line.append(name, number(each.raw || "–"), number(each.problem ? "–" : said(each.read)));
  const remark = sentenceOf(each);
  if (!remark) return [line];
  const below = document.createElement("tr");
  const cell = document.createElement("td");
  below.className = `remark ${line.className}`;
  cell.colSpan = 3;
  cell.textContent = remark;
  below.append(cell);
  return [line, below];
}

function number(text) {
  const cell = document.createElement("td");
  cell.className = "num";
  cell.textContent = text;
  return cell;
}

function offerColumns(rows, columns) {
  const labels = Array.from({ length: columns.width }, (_, index) => index).filter((index) => index !== columns.code);
  columnField.hidden = labels.length < 2;
  const sample = (index) => rows.map((each) => each[index]?.trim()).find(Boolean) ?? "–";
  column.replaceChildren(...labels.map((index) =>
    new Option(filled(words.column, { number: index + 1, sample: sample(index).slice(0, 30) }), index)));
  column.value = columns.value;
}

function preview({ isNew = true } = {}) {
  const rows = parseTable(text.value);
  const columns = columnsOf(rows, facts.codes, markNow());
  if (isNew) offerColumns(rows, columns);
  else columns.value = Number(column.value);
  start.disabled = columns.code >= 0;
  plan = planOf(rows, { codes: facts.codes, start: start.value, mark: markNow(), columns, limits });
  body.replaceChildren(...plan.flatMap(lines));
  table.hidden = plan.length === 0;
  const good = writable(plan).length;
  const bad = plan.filter((each) => each.problem).length;
  status.textContent = plan.length ? filled(bad ? words.some_bad : words.all_good, { good, bad }) : "";
  fill.disabled = good === 0;
}

function open(from, pasted = "", code = facts.codes[0]) {
  opener = from;
  text.value = pasted;
  start.replaceChildren(...facts.codes.map((each) => new Option(nameOf(each), each)));
  start.value = code;
  dialog.showModal();
  preview();
  (pasted && !fill.disabled ? fill : text).focus();
}

function write() {
  const chosen = writable(plan);
  for (const { code, read } of chosen) {
    const field = fieldOf(code);
    field.value = read.kind === "na" ? "" : formatNumber(read.text, facts.mark);
    form.elements[`na-${code}`].checked = read.kind === "na";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  opener = fieldOf(chosen[0].code);
  dialog.close();
  opener.dispatchEvent(new Event("input", { bubbles: true })); // kept on the device and sent, as if typed
  document.querySelector("[data-paste-done]").textContent = filled(words.done, { good: chosen.length });
}

function offerAt(section) {
  const first = section.querySelector("[data-cell]");
  if (!first) return;
  const button = document.querySelector("[data-paste-open]").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => open(button, "", first.dataset.cell));
  const title = section.querySelector("h2");
  if (title) title.after(button);
  else section.prepend(button);
}

form.querySelectorAll(".entry-section").forEach(offerAt);
form.addEventListener("paste", (event) => {
  const code = event.target.name?.startsWith("c-") ? event.target.name.slice(2) : "";
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  const [first = [], ...more] = parseTable(pasted);
  if (!code || (!more.length && first.length < 2)) return; // one value: pasted as ever
  event.preventDefault();
  open(event.target, pasted, code);
});
text.addEventListener("input", () => preview());
start.addEventListener("change", () => preview({ isNew: false }));
column.addEventListener("change", () => preview({ isNew: false }));
for (const mark of dialog.querySelectorAll("input[name=paste-mark]")) mark.addEventListener("change", () => preview({ isNew: false }));
fill.addEventListener("click", write);
part("cancel").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => opener?.focus());
