// Exact numbers as BigInt fractions, and what a cell can say: a number, MISSING, or NA (does not apply).
// Pure. The Python twin is phoihop/reports/checks/expressions/states.py.
export const MISSING = Symbol("missing");
export const NA = Symbol("na");

const SCALE = 10000n;
const LARGEST = 10n ** 13n;
const FIGURE = /^(-?)([0-9]{1,40})(?:\.([0-9]+))?$/;

export const isNumber = (value) => typeof value === "object" && value !== null;
const magnitude = (whole) => (whole < 0n ? -whole : whole);

function divisor(a, b) {
  while (b) [a, b] = [b, a % b];
  return magnitude(a);
}

// In lowest terms, the sign above.
export function fraction(above, below = 1n) {
  if (below === 1n) return { above, below };
  const common = divisor(above, below) * (below < 0n ? -1n : 1n);
  return { above: above / common, below: below / common };
}

export function literal(text) {
  const [whole, decimals = ""] = text.split(".");
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

// Why a cell's text is no figure: "", "not_a_number", "too_many_decimals" or "too_large".
export function faultOf(text) {
  const match = FIGURE.exec(text);
  if (!match) return "not_a_number";
  if ((match[3] ?? "").length > 4) return "too_many_decimals";
  const scaled = BigInt(match[2]) * SCALE + BigInt((match[3] ?? "").padEnd(4, "0"));
  return scaled > LARGEST * SCALE ? "too_large" : "";
}

// A cell's text; text that is no figure says nothing.
export function stateOf(text) {
  if (text === null || text === undefined) return MISSING;
  if (text === "na") return NA;
  if (faultOf(text)) return MISSING;
  return text.startsWith("-") ? negative(literal(text.slice(1))) : literal(text);
}

export const add = (a, b) => fraction(a.above * b.below + b.above * a.below, a.below * b.below);
export const negative = (a) => ({ above: -a.above, below: a.below });
export const subtract = (a, b) => add(a, negative(b));
export const multiply = (a, b) => fraction(a.above * b.above, a.below * b.below);
export const divide = (a, b) => (b.above ? fraction(a.above * b.below, a.below * b.above) : MISSING);
export const absolute = (a) => ({ above: magnitude(a.above), below: a.below });

// Below 0, 0, or above 0, as a is less than, equal to, or more than b.
export function compare(a, b) {
  const difference = a.above * b.below - b.above * a.below;
  return difference < 0n ? -1 : Number(difference > 0n);
}

// How many decimals write the number exactly; MISSING where none do, such as a third.
export function decimalsOf(a) {
  let rest = a.below;
  const powers = [2n, 5n].map((prime) => {
    let power = 0n;
    for (; rest % prime === 0n; rest /= prime) power += 1n;
    return power;
  });
  return rest === 1n ? fraction(powers[0] > powers[1] ? powers[0] : powers[1]) : MISSING;
}

// In ten-thousandths, half to even.
function rounded(a) {
  const twice = 2n * magnitude(a.above) * SCALE;
  let whole = twice / (2n * a.below);
  const rest = twice - whole * 2n * a.below;
  if (rest > a.below || (rest === a.below && whole % 2n)) whole += 1n;
  return a.above < 0n ? -whole : whole;
}

// 1.234,5 where group is "." and decimal ","; exactly, or to 4 decimals where there are more.
export function written(a, { group, decimal }) {
  const value = rounded(a);
  const digits = String(magnitude(value) / SCALE).replace(/\B(?=(\d{3})+$)/g, group);
  const decimals = String(magnitude(value) % SCALE).padStart(4, "0").replace(/0+$/, "");
  return (value < 0n ? "-" : "") + digits + (decimals && decimal + decimals);
}
