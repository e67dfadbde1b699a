// What a block copied from a spreadsheet would put into the form. Pure: it reads texts and answers a plan, it changes nothing.
import { parseNumber } from "./number-text.js";

const TEMPLATE_VALUE = 6; // the column of values in the workbook of this system, from 0

// Tab-separated, as spreadsheet programs put it on the clipboard; a cell with a line break stands in quotes.
export function parseTable(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    rows.at(-1).push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (!found[3]) break;
    if (found[3] !== "\t") rows.push([]);
  }
  while (rows.length && rows.at(-1).every((each) => !each.trim())) rows.pop();
  return rows;
}

const codeIn = (text, codes) => codes.find((code) => code.toLowerCase() === text.trim().toLowerCase());

// {code: column of codes or -1, value: column of values, width}
export function columnsOf(rows, codes, mark) {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const all = Array.from({ length: width }, (_, column) => column);
  const hits = (column, test) => rows.filter((row) => test(row[column] ?? "")).length;
  const code = all.find((column) => hits(column, (text) => codeIn(text, codes))) ?? -1;
  const others = all.filter((column) => column !== code);
  const looksFilled = (text) => text.trim() && ["number", "na"].includes(parseNumber(text, mark).kind);
  const ours = code === 0 && width > TEMPLATE_VALUE ? TEMPLATE_VALUE : undefined;
  const value = ours ?? others.find((column) => column > code && hits(column, looksFilled)) ?? others[0] ?? 0;
  return { code, value, width };
}

// One entry a line: {line, code, raw, read, problem}. `problem` names a sentence; without one and without `code` nothing happens.
export function planOf(rows, { codes, start, mark, columns, limits }) {
  return columns.code >= 0
    ? byCode(rows, codes, mark, columns, limits)
    : downwards(rows, codes.slice(Math.max(0, codes.indexOf(start))), mark, columns, limits);
}

function downwards(rows, codes, mark, columns, limits) {
  const plan = rows.map((row, index) => {
    const raw = row[columns.value] ?? "";
    if (codes[index]) return entry(index, codes[index], raw, mark, limits);
    return { line: index + 1, code: "", raw, read: null, problem: raw.trim() ? "no_cell" : "" };
  });
  return plan.filter((each) => each.code || each.problem);
}

function byCode(rows, codes, mark, columns, limits) {
  const seen = new Set();
  const plan = [];
  rows.forEach((row, index) => {
    const named = row[columns.code] ?? "";
    const raw = row[columns.value] ?? "";
    const code = codeIn(named, codes);
    const nothing = { line: index + 1, code: "", raw: named.trim(), read: null };
    if (!named.trim() && !raw.trim()) return;
    if (!code && plan.length === 0 && !/^[A-Z][0-9A-Z]{2,9}$/.test(named.trim())) return; // the headings above
    if (!code) plan.push({ ...nothing, problem: "unknown_code" });
    else if (seen.has(code)) plan.push({ ...nothing, problem: "twice" });
    else plan.push(entry(index, code, raw, mark, limits));
    if (code) seen.add(code);
  });
  return plan;
}

function entry(index, code, raw, mark, limits) {
  const read = parseNumber(raw, mark);
  return { line: index + 1, code, raw: raw.trim(), read, problem: problemOf(read, limits(code)) };
}

function problemOf(read, { decimals, isPercent }) {
  if (read.kind === "refused") return read.reason;
  if (read.kind !== "number") return "";
  const [whole, fraction = ""] = read.text.split(".");
  if (read.text.startsWith("-")) return "negative_number";
  if (whole.length > 12) return "too_big";
  if (isPercent && (whole.length > 3 || Number(read.text) > 100)) return "above_hundred_percent";
  return fraction.length > decimals ? "too_many_decimals" : "";
}

// What would be written: blank lines leave their cell as it is.
export const writable = (plan) =>
  plan.filter((each) => each.code && !each.problem && ["number", "na"].includes(each.read.kind));
