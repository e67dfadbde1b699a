// Sends what waits on the device: one at a time, each under its own key, so that sent twice is written once.
import * as store from "./store.js";

const WAIT = 20_000; // milliseconds for one answer on a weak network
export const RESTING = 10_000; // a draft untouched for so long is of no open form, or of one that was left

// draft: being typed; aside: the officer chose another device's copy, this one is kept and never sent
export const STATES = { draft: "draft", queued: "queued", conflict: "conflict", refused: "refused", aside: "aside" };

// A worker, which has no document, asks the browser.
async function cookie(name) {
  if (!globalThis.document) return (await cookieStore.get(name))?.value ?? "";
  return document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

// {status, ...}: what the server said; "offline" where nobody answered, "fault" where the server failed.
async function send(draft) {
  const abort = AbortSignal.timeout(WAIT);
  try {
    const response = await fetch(draft.send, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      signal: abort,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": await cookie("csrftoken") },
      body: JSON.stringify({ ...draft.typed, key: draft.key, user: draft.user, submit: draft.submit, base: draft.base, fingerprint: draft.fingerprint, mark: draft.mark, beside: draft.beside }),
    });
    if (response.type === "opaqueredirect" || response.status === 401) return { status: "sign_in" };
    if (response.status >= 500) return { status: "fault" }; // of the server, or on the way to it: another draft may pass
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
      // a proxy's own page, or a token of an older session
      return { status: response.status === 403 ? "sign_in" : "offline" };
    }
    return await response.json();
  } catch {
    return { status: "offline" }; // no network, too slow, or cut off in the middle of the answer
  }
}

// Everything of this user that waits. `tell(event, draft, answer)` hears what became of each.
export async function sendAll(user, tell) {
  if (!navigator.locks) return sendEach(user, tell);
  return navigator.locks.request("phoihop-queue", () => sendEach(user, tell)); // another page may be sending
}

const isDue = (draft) =>
  draft.state === STATES.queued || (draft.state === STATES.draft && Date.now() - draft.changed > RESTING);

async function sendEach(user, tell) {
  const drafts = (await store.ofUser(user)).filter(isDue);
  for (const draft of drafts.sort((a, b) => a.changed - b.changed)) {
    tell("sending", draft);
    const answer = await send(draft);
    if (answer.status === "offline" || answer.status === "sign_in") {
      tell(answer.status, draft, answer);
      return;
    }
    if (answer.status === "fault") { // it stays as it is and is tried again; the others do not wait for it
      tell("fault", draft, answer);
      continue;
    }
    tell("answered", draft, answer);
    await settle(draft, answer);
    tell(answer.status, draft, answer);
  }
}

export const isTaken = (answer) => answer.status === "saved" || answer.status === "submitted";

// What the answer makes of the device's copy. A draft typed on since then keeps waiting, from the new base.
function settle(draft, answer) {
  return store.change(draft.id, (now) => {
    const same = now.changed === draft.changed;
    if (isTaken(answer)) {
      if (same) return null;
      return { ...now, base: answer.revision, fingerprint: answer.fingerprint, key: crypto.randomUUID() };
    }
    if (!same) return undefined;
    return { ...now, state: answer.status === "newer" ? STATES.conflict : STATES.refused, answer };
  });
}
