// Sends what waits on the device: one at a time, each under its own key, so that sent twice is written once.
import * as store from "./store.js";

const WAIT = 20_000; // milliseconds for one answer on a weak network

export const STATES = { draft: "draft", queued: "queued", conflict: "conflict", refused: "refused" };

function cookie(name) {
  return document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

// {status, ...}: what the server said; {status: "offline"} where nobody answered.
export async function send(draft) {
  const abort = AbortSignal.timeout(WAIT);
  let response;
  try {
    response = await fetch(draft.send, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      signal: abort,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ ...draft.typed, key: draft.key, user: draft.user, submit: draft.submit, base: draft.base, fingerprint: draft.fingerprint, mark: draft.mark, beside: draft.beside }),
    });
  } catch {
    return { status: "offline" };
  }
  if (response.type === "opaqueredirect" || response.status === 401) return { status: "sign_in" };
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    // a proxy's own page, a failure of ours, or a token of an older session
    return { status: response.status === 403 ? "sign_in" : "offline" };
  }
  return response.json();
}

// Everything of this user that waits. `tell(event, draft, answer)` hears what became of each.
export async function sendAll(user, tell) {
  if (!navigator.locks) return sendEach(user, tell);
  return navigator.locks.request("phoihop-queue", { ifAvailable: true }, (lock) => (lock ? sendEach(user, tell) : null));
}

async function sendEach(user, tell) {
  const drafts = (await store.all()).filter((draft) => draft.user === user && draft.state === STATES.queued);
  for (const draft of drafts.sort((a, b) => a.changed - b.changed)) {
    tell("sending", draft);
    const answer = await send(draft);
    if (answer.status === "offline" || answer.status === "sign_in") {
      tell(answer.status, draft, answer);
      return;
    }
    await settle(draft, answer);
    tell(answer.status, draft, answer);
  }
}

// What the answer makes of the device's copy. A draft typed on since then keeps waiting, from the new base.
export async function settle(draft, answer) {
  const now = await store.read(draft.id);
  if (!now) return;
  if (answer.status === "saved" || answer.status === "submitted") {
    if (now.changed === draft.changed) await store.remove(draft.id);
    else await store.write({ ...now, base: answer.revision, fingerprint: answer.fingerprint, key: crypto.randomUUID() });
    return;
  }
  if (now.changed !== draft.changed) return;
  const state = answer.status === "newer" ? STATES.conflict : STATES.refused;
  await store.write({ ...now, state, answer });
}
