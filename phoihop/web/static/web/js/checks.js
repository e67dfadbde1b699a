// The server's rules at work on what is typed. Pure: no page, no clock, no network.
//   findings(rules, facts, cells, consolidated) -> [{ check, severity, codes, sentence }], errors first
// rules, facts   as rules_for_page() and page_facts() of phoihop/reports/checks/page.py hand them over
// cells          { code: "12.5" | "na" }: canonical text; a blank cell is left out
// consolidated   the codes whose value stands for the units below
import { MISSING, NA, faultOf, isNumber, literal, stateOf, written } from "./exact.js";
import { evaluate } from "./expressions.js";

const PLACEHOLDER = /\{([a-z0-9_.]+)\}/g;
const TEXTS = new Set(["label", "level"]);
const LONGEST = 40; // of a text quoted in a sentence
const NOWHERE = { codes: {}, numbers: {} };

function known(facts, name) {
  const fact = facts?.[name];
  return typeof fact === "boolean" || TEXTS.has(name) ? fact : stateOf(fact);
}

class Reading {
  constructor(facts, cells, consolidated) {
    this.facts = facts;
    this.cells = cells;
    this.consolidated = new Set(consolidated);
  }

  isAsked(code) {
    return this.facts.cells[code]?.is_asked === true;
  }

  value(code) {
    return this.isAsked(code) ? stateOf(this.cells[code]) : MISSING;
  }

  // What only the page knows, because it is typed; everything else is a fact of the server's.
  fact(code, name) {
    switch (name) {
      case "value": return this.value(code);
      case "moved": return isNumber(this.value(code)) ? this.value(code) : known(this.facts.cells[code], "movement");
      case "is_consolidated": return this.consolidated.has(code);
      case "code": return code;
      case "label": return this.facts.cells[code]?.label ?? code;
      case "text": return quoted(this.cells[code] ?? "");
      case "fault": return faultIn(this.cells[code]);
      default: return known(this.facts.cells[code], name);
    }
  }
}

function quoted(text) {
  const signs = [...text];
  return signs.length <= LONGEST ? text : `${signs.slice(0, LONGEST).join("")}…`;
}

function faultIn(text) {
  return text === undefined || text === "na" ? "" : faultOf(text);
}

function namesOf(reading, row, code) {
  return (name) => {
    const [role, fact] = name.includes(".") ? name.split(".") : [null, name];
    if (role === "report") return known(reading.facts.report, fact);
    if (role === null && fact in row.numbers) return literal(row.numbers[fact]);
    return reading.fact(role === null ? code : row.codes[role], fact);
  };
}

function said(value, language) {
  if (value === MISSING || value === NA) return "–";
  return isNumber(value) ? written(value, language) : value;
}

function sentenceOf(rule, named, language) {
  const chosen = rule.sentences.find((each) => !each.when || evaluate(each.when, named)) ?? rule.sentences.at(-1);
  const text = chosen.count && !isOne(evaluate(chosen.count, named)) ? chosen.many : chosen.one;
  const meant = (name) => (Object.hasOwn(rule.let, name) ? evaluate(rule.let[name], named) : named(name));
  return text.replace(PLACEHOLDER, (_all, name) => said(meant(name), language));
}

function isOne(value) {
  return isNumber(value) && value.above === 1n && value.below === 1n;
}

function* asked(rule, reading) {
  for (const row of rule.rows) yield { row, severity: row.severity, codes: rule.codes.map((role) => row.codes[role]) };
  if (rule.each === "report") yield { row: NOWHERE, severity: rule.severity, codes: [] };
  if (rule.each !== "cell" && rule.each !== "entry") return;
  for (const code of Object.keys(reading.cells)) {
    if (rule.each === "entry" || reading.isAsked(code)) yield { row: NOWHERE, severity: rule.severity, codes: [code] };
  }
}

function* findingsOf(rule, reading, language) {
  for (const { row, severity, codes } of asked(rule, reading)) {
    const named = namesOf(reading, row, codes[0]);
    if (evaluate(rule.condition, named)) {
      yield { check: rule.check, severity, codes, sentence: sentenceOf(rule, named, language) };
    }
  }
}

// Errors first, then by the check's name, then as the cells stand.
export function findings({ rules, group, decimal }, facts, cells, consolidated = []) {
  const reading = new Reading(facts, cells, consolidated);
  const found = rules.flatMap((rule) => [...findingsOf(rule, reading, { group, decimal })]);
  const rank = (finding) => (finding.severity === "error" ? 0 : 1);
  const byName = (a, b) => (a.check < b.check ? -1 : Number(a.check > b.check));
  return found.sort((a, b) => rank(a) - rank(b) || byName(a, b));
}
