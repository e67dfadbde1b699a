// data-entry-form: what is typed is on the device at once, on the server when it can be, and checked while typing.
import * as store from "./store.js";
import { formatNumber, parseNumber } from "./number-text.js";
import { keepSending, say, showWaiting } from "./bar.js";
import { STATES, send, settle } from "./queue.js";
import { showFindings } from "./findings.js";
import { fillFrom, readForm } from "./fields.js";
import { computeRatios } from "./ratios.js";
import { checkWhileTyping } from "./live-checks.js";
import { askWhichCopy } from "./copies.js";
import "./known.js";
import "../offline.js";

const AUTOSAVE = 2_500; // milliseconds after the last key

const form = document.querySelector("[data-entry-form]");
const facts = JSON.parse(document.getElementById("entry-facts").textContent);
const saved = form.querySelector("[data-saved]");
const id = store.idOf(facts.user, facts.report);
let base = facts.revision;
let fingerprint = facts.fingerprint;
let timer;
let busy = false;

function clock() {
  return new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
}

function draftNow(more = {}) {
  return {
    id, user: facts.user, report: facts.report, title: document.title, send: facts.send, page: facts.page,
    mark: facts.mark, base, fingerprint, typed: readForm(form), submit: false, beside: false,
    key: crypto.randomUUID(), changed: Date.now(), state: STATES.queued, ...more,
  };
}

async function keep(more) {
  const draft = draftNow(more);
  if (!document.body.dataset.leaving) await store.write(draft);
  store.keepForGood();
  return draft;
}

async function sendNow(draft) {
  if (busy) return null;
  busy = true;
  const answer = await send(draft);
  busy = false;
  if (answer.status === "offline") {
    saved.textContent = `${saved.dataset.device} ${clock()}`;
    say("offline");
  } else if (answer.status === "sign_in") {
    keepSending(facts.user);
  } else {
    await settle(draft, answer);
    heard(answer, draft);
  }
  return answer;
}

function heard(answer, draft) {
  if (answer.status === "saved") {
    base = answer.revision;
    fingerprint = answer.fingerprint;
    form.elements.base.value = base;
    saved.textContent = `${saved.dataset.label} ${clock()}`;
    say("");
  } else if (answer.status === "submitted") {
    location.assign(facts.page.replace(/nhap\/$/, ""));
  } else if (answer.status === "newer") {
    askWhichCopy(form, answer, draft, {
      mine: async () => sendNow(await keep({ submit: draft.submit, beside: true, base: null })),
      theirs: async () => { await store.remove(id); location.reload(); },
    });
  } else {
    showFindings(form, answer);
  }
}

async function typed() {
  computeRatios(form, facts);
  checkWhileTyping(form, facts);
  saved.textContent = saved.dataset.unsaved;
  await keep({ state: STATES.draft });
  saved.textContent = `${saved.dataset.device} ${clock()}`;
  clearTimeout(timer);
  timer = setTimeout(async () => sendNow(await keep()), AUTOSAVE);
}

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
  const draft = await keep({ submit });
  if (!navigator.onLine) {
    saved.textContent = `${saved.dataset.device} ${clock()}`;
    await showWaiting(facts.user);
    return;
  }
  await sendNow(draft);
});

async function begin() {
  const mine = await store.read(id);
  if (mine && facts.editable) {
    fillFrom(form, mine.typed);
    base = mine.base ?? base;
    if (mine.state === STATES.draft) await store.write({ ...mine, state: STATES.queued });
    saved.textContent = saved.dataset.device;
    if (mine.state === STATES.refused) showFindings(form, mine.answer);
    if (mine.state === STATES.conflict) heard(mine.answer, mine);
  }
  computeRatios(form, facts);
  checkWhileTyping(form, facts);
  keepSending(facts.user, (event, draft, answer) => {
    if (draft.id === id && answer && event !== "offline" && event !== "sign_in") heard(answer, draft);
  });
}
begin();
