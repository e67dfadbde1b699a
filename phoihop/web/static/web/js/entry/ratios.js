// Ratio cells and the progress towards a target compute themselves from the form's cells: exactly, half up.
// The server reckons the same for what is kept: phoihop/web/queries/entry_ratios.py.
import { formatNumber, parseNumber } from "./number-text.js";

const SCALE = 10_000n;

export function scaled(text) {
  const negative = text.startsWith("-");
  const [whole, fraction = ""] = (negative ? text.slice(1) : text).split(".");
  if (fraction.length > 4) return null;
  const value = BigInt(whole) * SCALE + BigInt(fraction.padEnd(4, "0") || "0");
  return negative ? -value : value;
}

// numerator * factor / denominator, rounded half up; null where it cannot be computed.
export function ratio(numerator, denominator, factor, decimals) {
  const below = denominator === null ? null : scaled(denominator);
  const above = numerator === null ? null : scaled(numerator);
  if (above === null || below === null || below === 0n) return null;
  const power = 10n ** BigInt(decimals);
  const wide = above * BigInt(factor) * power * 2n;
  const negative = wide < 0n !== below < 0n;
  const size = (wide < 0n ? -wide : wide) / (below < 0n ? -below : below);
  const rounded = (size + 1n) / 2n;
  const digits = String(rounded).padStart(decimals + 1, "0");
  const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return negative && rounded !== 0n ? `-${text}` : text;
}

function valueIn(form, code, mark) {
  const read = parseNumber(form.elements[`c-${code}`]?.value ?? "", mark);
  return read.kind === "number" ? read.text : null;
}

export function computeRatios(form, facts) {
  for (const each of facts.ratios) {
    const [above, below] = [each.numerator, each.denominator].map((code) => valueIn(form, code, facts.mark));
    const found = ratio(above, below, each.factor, each.decimals);
    const out = form.querySelector(`[data-ratio="${CSS.escape(each.code)}"] output`);
    if (out) out.textContent = found === null ? "–" : formatNumber(found, facts.mark);
  }
}

export function computeProgress(form, facts) {
  for (const [code, target] of Object.entries(facts.targets)) {
    const found = ratio(valueIn(form, code, facts.mark), target, 100, 0);
    const out = form.querySelector(`[data-cell="${CSS.escape(code)}"] [data-progress]`);
    if (out) out.textContent = found === null ? "" : ` (${formatNumber(found, facts.mark)} %)`;
  }
}
