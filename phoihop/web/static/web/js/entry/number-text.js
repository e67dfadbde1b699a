// A number as people write it, with the declared decimal mark: the twin of phoihop/reports/files/numbers.py.
// Exact: the answer is text, never a float. {kind: "blank" | "na" | "number" | "refused", text}
const NOT_APPLICABLE = new Set(["na", "n/a", "không áp dụng", "khong ap dung", "not applicable"]);
const ZERO = new Set(["không phát sinh", "khong phat sinh", "zero"]);
const NOT_REPORTED = new Set([
  "chưa báo cáo", "không báo cáo", "chưa có số liệu", "not reported", "chua bao cao", "khong bao cao", "chua co so lieu",
]);

export function parseNumber(text, mark) {
  const clean = text.replace(/[\u00a0\u2007\u2009\u202f]/g, " ").replace(/[\u200b\u200c\u200d\u2060\ufeff]/g, "").trim();
  const word = clean.normalize("NFC").toLowerCase().split(/\s+/).join(" ");
  if (!word || NOT_REPORTED.has(word)) return { kind: "blank", text: "" };
  if (NOT_APPLICABLE.has(word)) return { kind: "na", text: "na" };
  if (ZERO.has(word)) return { kind: "number", text: "0" };
  return parseDigits(clean.replace("\u2212", "-"), mark);
}

function parseDigits(clean, mark) {
  const refused = { kind: "refused", text: clean };
  if (!/^-?[0-9](?:[0-9., ]*[0-9])?$/.test(clean) || clean.length > 200) return refused;
  const negative = clean.startsWith("-");
  const digits = negative ? clean.slice(1) : clean;
  const [sign, group] = mark === "comma" ? [",", "."] : [".", ","];
  const at = digits.indexOf(sign);
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? "" : digits.slice(at + 1);
  if (!whole || (at >= 0 && !/^[0-9]+$/.test(fraction))) return refused;
  const groups = [group, " "].filter((each) => whole.includes(each));
  if (groups.length > 1) return refused;
  if (groups.length === 1) {
    const parts = whole.split(groups[0]);
    const fits = /^[1-9][0-9]{0,2}$/.test(parts[0]) && parts.slice(1).every((part) => /^[0-9]{3}$/.test(part));
    if (!fits) return refused;
  }
  return { kind: "number", text: canonical(negative, whole.replace(/[., ]/g, ""), fraction) };
}

function canonical(negative, whole, fraction) {
  const left = whole.replace(/^0+(?=[0-9])/, "");
  const right = fraction.replace(/0+$/, "");
  const text = right ? `${left}.${right}` : left;
  return negative && text !== "0" ? `-${text}` : text;
}

// The canonical text as the page's language writes it, grouped.
export function formatNumber(text, mark) {
  const [sign, group] = mark === "comma" ? [",", "."] : [".", ","];
  const negative = text.startsWith("-");
  const [whole, fraction] = (negative ? text.slice(1) : text).split(".");
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, group);
  return (negative ? "-" : "") + grouped + (fraction ? sign + fraction : "");
}
