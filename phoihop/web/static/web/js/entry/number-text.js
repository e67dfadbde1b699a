// A number as people write it: the twin of phoihop/reports/files/numbers.py; tests/reports/files/number_texts.json holds both.
// Exact: the answer is text, never a float. {kind: "blank" | "na" | "number" | "refused", text, reason}
// `mark` is "comma" or "point"; null where nobody declared it: then only what reads one way is read.
const NOT_APPLICABLE = new Set(["na", "n/a", "không áp dụng", "khong ap dung", "not applicable"]);
const ZERO = new Set(["không phát sinh", "khong phat sinh", "zero"]);
const NOT_REPORTED = new Set([
  "chưa báo cáo", "không báo cáo", "chưa có số liệu", "not reported", "chua bao cao", "khong bao cao", "chua co so lieu",
]);
const UNCLEAR = new Set([
  "-", "–", "—", "--", ".", "x", "?", "/", "không", "khong", "không có", "khong co",
  "none", "no", "nil", "null", "nan", "...",
]);
const FORMULA_ERROR = /^(?:#(?:REF!|DIV\/0!|N\/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|Err:[0-9]{3})$/;
const OTHER_DIGITS = /(?![0-9])[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468]/u;
const SHAPE = /^-?[0-9](?:[0-9., ]*[0-9])?$/;
const SPACE = "[\\s\\x1c-\\x1f\\x85]+"; // what Python calls white space
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, "g");
const LONGEST = 200;

export function parseNumber(text, mark) {
  const clean = text.replace(/[\u00a0\u2007\u2009\u202f]/g, " ").replace(/[\u200b\u200c\u200d\u2060\ufeff]/g, "").replace(ENDS, "");
  const word = clean.normalize("NFC").toLowerCase().split(new RegExp(SPACE)).join(" ");
  if (!word || NOT_REPORTED.has(word)) return { kind: "blank", text: "" };
  if (NOT_APPLICABLE.has(word)) return { kind: "na", text: "na" };
  if (ZERO.has(word)) return { kind: "number", text: "0" };
  if (FORMULA_ERROR.test(clean)) return refused(clean, "formula_error");
  if (UNCLEAR.has(word)) return refused(clean, "unclear_word");
  if (OTHER_DIGITS.test(clean)) return refused(clean, "foreign_digits");
  return parseDigits(clean.replace("\u2212", "-"), mark);
}

const refused = (text, reason, more = {}) => ({ kind: "refused", text, reason, ...more });

function parseDigits(clean, mark) {
  if (!SHAPE.test(clean) || [...clean].length > LONGEST) return refused(clean, "text_in_number");
  const negative = clean.startsWith("-");
  const digits = negative ? clean.slice(1) : clean;
  const read = mark ? reading(digits, mark) : onlyReading(digits);
  if (read.reason) return refused(clean, read.reason, read);
  return { kind: "number", text: negative && read.text !== "0" ? `-${read.text}` : read.text };
}

function onlyReading(digits) {
  const readings = ["comma", "point"].map((mark) => reading(digits, mark));
  const [first, ...others] = readings.filter((each) => !each.reason);
  if (!first) return { reason: "badly_grouped" };
  if (others.every((each) => each.text === first.text)) return first;
  return { reason: "ambiguous_number", comma: readings[0].text, point: readings[1].text };
}

// Whole and decimal digits; groups are of three, by one sort of separator.
function reading(digits, mark) {
  const fault = { reason: "badly_grouped" };
  const [sign, group] = mark === "comma" ? [",", "."] : [".", ","];
  const at = digits.indexOf(sign);
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? "" : digits.slice(at + 1);
  if (!whole || (at >= 0 && !/^[0-9]+$/.test(fraction))) return fault;
  const groups = [group, " "].filter((each) => whole.includes(each));
  if (groups.length > 1) return fault;
  if (groups.length === 1) {
    const parts = whole.split(groups[0]);
    const fits = /^[1-9][0-9]{0,2}$/.test(parts[0]) && parts.slice(1).every((part) => /^[0-9]{3}$/.test(part));
    if (!fits) return fault;
  }
  return { text: canonical(whole.replace(/[., ]/g, ""), fraction) };
}

function canonical(whole, fraction) {
  const left = whole.replace(/^0+(?=[0-9])/, "");
  const right = fraction.replace(/0+$/, "");
  return right ? `${left}.${right}` : left;
}

// The canonical text as the page's language writes it, grouped.
export function formatNumber(text, mark) {
  const [sign, group] = mark === "comma" ? [",", "."] : [".", ","];
  const negative = text.startsWith("-");
  const [whole, fraction] = (negative ? text.slice(1) : text).split(".");
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, group);
  return (negative ? "-" : "") + grouped + (fraction ? sign + fraction : "");
}
