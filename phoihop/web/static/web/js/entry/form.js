// data-entry-form: what is typed is on the device at once, on the server when it can be, and checked while typing.
import * as store from "./store.js";
import { formatNumber, parseNumber } from "./number-text.js";
import { keepSending } from "./bar.js";
import { STATES } from "./queue.js";
import { showFindings } from "./findings.js";
import { fillFrom, labelsOf, oneOrTheOther, readForm } from "./fields.js";
import { computeProgress, computeRatios } from "./ratios.js";
import { checkWhileTyping } from "./live-checks.js";
import { askWhichCopy } from "./copies.js";
import { showKept } from "./kept.js";
import { markAgain } from "./known.js";
import "../offline.js";

const AUTOSAVE = 2_500; // milliseconds after the last key

const form = document.querySelector("[data-entry-form]");
const facts = JSON.parse(document.getElementById("entry-facts").textContent);
const saved = form.querySelector("[data-saved]");
const id = store.idOf(facts.user, facts.report);
let base = facts.revision;
let fingerprint = facts.fingerprint;
const labels = labelsOf(form); // so that the device's copy can be read without its form
let last = 0; // when the copy on the device was last written
let waits = false; // a submission waits for the network
let timer;
let go = () => {};

function clock() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

const tell = (name) => { saved.textContent = `${saved.dataset[name]} ${clock()}`; };

function draftNow(more = {}) {
  return {
    id, user: facts.user, report: facts.report, title: document.title.replace(/ – Phối Hợp$/, ""), send: facts.send, page: facts.page,
    mark: facts.mark, labels, base, fingerprint, typed: readForm(form), submit: false, beside: false,
    key: crypto.randomUUID(), changed: Date.now(), state: STATES.queued, ...more,
  };
}

async function keep(more) {
  const draft = draftNow(more);
  last = draft.changed;
  if (!document.body.dataset.leaving) await store.write(draft);
  store.keepForGood();
  return draft;
}

function heard(event, draft, answer) {
  if (draft.id !== id) return;
  if (event === "offline" || event === "fault") tell("device");
  else if (event === "answered") takeBase(answer);
  else if (event === "saved") { if (draft.changed === last) tell("label"); }
  else if (event === "submitted") { if (draft.changed === last) location.assign(facts.page.replace(/nhap\/$/, "")); }
  else if (event === "newer") chooseCopy(draft, answer);
  else if (answer) showFindings(form, answer);
}

// Before the device's copy is settled, so that what is typed in that instant begins from the new base already.
function takeBase(answer) {
  if (answer.status !== "saved") return;
  base = answer.revision;
  fingerprint = answer.fingerprint;
  form.elements.base.value = base;
}

function chooseCopy(draft, answer) {
  askWhichCopy(form, answer, draft, {
    mine: async () => { await keep({ submit: draft.submit, beside: true, base: null }); go(); },
    theirs: async () => {
      await putAside(draftNow(), "aside");
      await store.remove(id);
      location.reload();
    },
  });
}

// A copy that is never sent, to be read until the officer removes it. `why` names what is said of it.
const putAside = (draft, why) => store.write({ ...draft, id: `${id}/${draft.changed}`, state: STATES.aside, why });

function sendPlainly(submit) {
  const action = document.createElement("input");
  [action.type, action.name, action.value] = ["hidden", "action", submit ? "submit" : "save"];
  form.append(action);
  form.submit();
}

async function typed() {
  computeRatios(form, facts);
  computeProgress(form, facts);
  checkWhileTyping(form, facts);
  saved.textContent = saved.dataset.unsaved;
  try {
    await keep({ state: STATES.draft });
  } catch {
    return; // it says “not saved yet”, and the buttons still save
  }
  tell(waits ? "reopened" : "device");
  clearTimeout(timer);
  timer = setTimeout(async () => { await keep(); go(); }, AUTOSAVE);
}

oneOrTheOther(form);
form.addEventListener("input", typed);
form.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.name?.startsWith("c-")) return;
  const read = parseNumber(field.value, facts.mark);
  if (read.kind === "number") field.value = formatNumber(read.text, facts.mark);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  const submit = event.submitter?.value === "submit";
  showFindings(form, { status: "" });
  waits = submit;
  try {
    await keep({ submit });
  } catch {
    sendPlainly(submit); // a browser that keeps nothing: as without a script
    return;
  }
  tell("device");
  go();
});

// Typed under the other language's decimal mark: 1.234 here must not become 1,234 there.
function inThisLanguage({ mark, typed: { cells, ...others } }) {
  const rewritten = Object.entries(cells).map(([code, text]) => {
    const read = parseNumber(text, mark);
    return [code, read.kind === "number" ? formatNumber(read.text, facts.mark) : text];
  });
  return { ...others, cells: Object.fromEntries(rewritten) };
}

async function begin() {
  const mine = await store.read(id).catch(() => null);
  if (mine && facts.editable) {
    if (fillFrom(form, inThisLanguage(mine)).length) await putAside(mine, "gone");
    base = mine.base ?? base;
    last = mine.changed;
    waits = mine.submit && mine.state === STATES.queued;
    if (mine.state === STATES.draft) await store.write({ ...mine, state: STATES.queued });
    saved.textContent = saved.dataset.device;
    if (mine.state === STATES.refused) showFindings(form, mine.answer);
    if (mine.state === STATES.conflict) chooseCopy(mine, mine.answer);
  }
  markAgain();
  computeRatios(form, facts);
  computeProgress(form, facts);
  checkWhileTyping(form, facts);
  if (!(await store.isThere())) return;
  go = keepSending(facts.user, heard, id);
  showKept(facts.user, (draft) => draft.report === facts.report && (draft.id !== id || !facts.editable));
}
begin();
