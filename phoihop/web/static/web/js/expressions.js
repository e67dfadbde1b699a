// The value of an expression's tree, such as [">", ["name", "value"], ["number", "100"]]. Pure.
// The Python twin is phoihop/reports/checks/expressions/compile.py; both pass tests/reports/checks/truth.json.
import {
  MISSING, NA, absolute, add, compare, decimalsOf, divide, isNumber, literal, multiply, negative, subtract,
} from "./exact.js";

const ARITHMETIC = { "+": add, "-": subtract, "*": multiply, "/": divide };
const OF_ONE = { negative, abs: absolute, decimals: decimalsOf };
const ORDER = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};
const STATES = {
  given: (value) => value !== MISSING && value !== NA,
  missing: (value) => value === MISSING,
  na: (value) => value === NA,
};
const isAbsent = (value) => value === MISSING || value === NA;

// Missing where a part is missing; what does not apply adds nothing, and nothing at all is missing.
function sum(parts) {
  const numbers = parts.filter(isNumber);
  return parts.includes(MISSING) || !numbers.length ? MISSING : numbers.reduce(add);
}

function isSame(a, b) {
  return isNumber(a) && isNumber(b) ? compare(a, b) === 0 : a === b;
}

function between(sign, a, b) {
  if (sign in ARITHMETIC) return isAbsent(a) || isAbsent(b) ? MISSING : ARITHMETIC[sign](a, b);
  if (isAbsent(a) || isAbsent(b)) return false;
  if (sign in ORDER) return ORDER[sign](compare(a, b));
  return isSame(a, b) === (sign === "==");
}

// `named` says what a name stands for: a number, MISSING, NA, true, false, or text.
export function evaluate([op, ...parts], named) {
  if (op === "number") return literal(parts[0]);
  if (op === "text") return parts[0];
  if (op === "name") return named(parts[0]);
  const value = (index) => evaluate(parts[index], named);
  if (op === "and") return value(0) && value(1);
  if (op === "or") return value(0) || value(1);
  if (op === "not") return !value(0);
  if (op === "sum") return sum(parts.map((part) => evaluate(part, named)));
  if (op in STATES) return STATES[op](value(0));
  if (op in OF_ONE) return isAbsent(value(0)) ? MISSING : OF_ONE[op](value(0));
  return between(op, value(0), value(1));
}
