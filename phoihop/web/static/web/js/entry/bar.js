// The quiet bar: no network, what waits on the device, whose session is needed.
import * as store from "./store.js";
import { RESTING, STATES, isTaken, sendAll } from "./queue.js";

const RETRY = 30_000; // milliseconds until what the server failed on is sent again

const bar = document.querySelector("[data-device-bar]");

export function say(name, detail = "", href = "") {
  if (!bar) return;
  bar.replaceChildren();
  bar.hidden = !name;
  if (!name) return;
  bar.append(`${bar.dataset[name]} ${detail}`.trim());
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = bar.dataset.loginLabel;
    bar.append(" ", link);
  }
}

// The browser wakes the worker when the network is back, though this page is closed by then (sync.js). Where it knows no
// such thing (Safari), what waits is sent on opening.
async function wakeLater() {
  const registration = await navigator.serviceWorker?.ready;
  await registration?.sync?.register("drafts").catch(() => {});
}

async function leave(user) {
  const left = await store.ofUser(user);
  if (left.some((draft) => draft.state === STATES.queued || draft.state === STATES.draft)) wakeLater();
}

const signIn = () => `${bar?.dataset.login}?next=${encodeURIComponent(location.pathname)}`;

// `open`: the draft a form on this page is typing in; that form says itself how it stands.
export async function showWaiting(user, open = "") {
  const drafts = (await store.all()).filter((draft) => draft.id !== open);
  const mine = drafts.filter((draft) => draft.user === user && draft.state !== STATES.aside);
  const waiting = mine.filter((draft) => draft.state === STATES.queued || draft.state === STATES.draft);
  const stopped = mine.filter((draft) => !waiting.includes(draft));
  const others = [...new Set(drafts.filter((draft) => draft.user !== user).map((draft) => draft.user))];
  if (!navigator.onLine) say("offline", waiting.map((draft) => draft.title).join("; "));
  else if (stopped.length) say("refused", stopped.map((draft) => `${draft.title}: ${draft.answer?.sentence ?? ""}`).join("; "));
  else if (waiting.length) say("unsent", waiting.map((draft) => draft.title).join("; "));
  else if (others.length) say("other", others.join(", "));
  else say("");
}

// Sends on opening, when the network returns, when the page is looked at again, and whenever it is asked to.
export function keepSending(user, heard = () => {}, open = "") {
  let running = false;
  let again = false;
  let later;

  async function round() {
    const done = [];
    const failed = [];
    let stopped = false;
    await sendAll(user, (event, draft, answer) => {
      heard(event, draft, answer);
      if (event === "offline" || event === "fault") wakeLater();
      if (event === "sign_in") { say("signin", draft.user, signIn()); stopped = true; }
      else if (event === "offline") { say("offline"); stopped = true; }
      else if (event === "fault") failed.push(draft.title);
      else if (draft.id === open || event === "answered") return;
      else if (event === "sending") say("sending", draft.title);
      else if (isTaken(answer)) done.push(draft.title);
    });
    if (stopped) return;
    const left = await store.ofUser(user);
    if (failed.length || left.some((draft) => draft.state === STATES.draft)) {
      clearTimeout(later);
      later = setTimeout(go, failed.length ? RETRY : RESTING + 100);
    }
    if (failed.length) { say("fault", failed.join("; ")); return; }
    if (done.length && !left.some((draft) => draft.answer)) say("sent", done.join("; "));
    else await showWaiting(user, open);
  }

  // What is asked for while one round is under way is done after it, never forgotten.
  async function go() {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await round();
      }
    } finally {
      running = false;
    }
  }

  addEventListener("online", go);
  addEventListener("offline", () => showWaiting(user, open));
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? go() : leave(user)));
  navigator.serviceWorker?.addEventListener("message", ({ data }) => { // what the worker sent while this page slept
    if (data?.draft?.user !== user || data.event === "sending") return;
    heard(data.event, data.draft, data.answer);
    showWaiting(user, open);
  });
  go();
  return go;
}
