// Ratio cells compute themselves from two cells of the form: exactly, half up.
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

export function computeRatios(form, facts) {
  const value = (code) => {
    const read = parseNumber(form.elements[`c-${code}`]?.value ?? "", facts.mark);
    return read.kind === "number" ? read.text : null;
  };
  for (const each of facts.ratios) {
    const found = ratio(value(each.numerator), value(each.denominator), each.factor, each.decimals);
    const out = form.querySelector(`[data-ratio="${CSS.escape(each.code)}"] output`);
    if (out) out.textContent = found === null ? "–" : formatNumber(found, facts.mark);
  }
}
