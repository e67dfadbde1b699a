// The quiet bar: no network, what waits on the device, whose session is needed.
import * as store from "./store.js";
import { STATES, sendAll } from "./queue.js";

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

const signIn = () => `${bar?.dataset.login}?next=${encodeURIComponent(location.pathname)}`;

export async function showWaiting(user) {
  const drafts = await store.all();
  const mine = drafts.filter((draft) => draft.user === user && draft.state !== STATES.draft);
  const others = [...new Set(drafts.filter((draft) => draft.user !== user).map((draft) => draft.user))];
  if (mine.length) say(navigator.onLine ? "unsent" : "offline", mine.map((draft) => draft.title).join("; "));
  else if (!navigator.onLine) say("offline");
  else if (others.length) say("other", others.join(", "));
  else say("");
}

// Sends on opening, when the network returns and when the page is looked at again.
export function keepSending(user, heard = () => {}) {
  const done = [];
  const go = async () => {
    let stopped = false;
    await sendAll(user, (event, draft, answer) => {
      heard(event, draft, answer);
      if (event === "sending") say("sending", draft.title);
      else if (event === "sign_in") { say("signin", draft.user, signIn()); stopped = true; }
      else if (event === "offline") { say("offline"); stopped = true; }
      else if (event === "saved" || event === "submitted") done.push(draft.title);
      else { say("refused", `${draft.title}: ${answer?.sentence ?? ""}`); stopped = true; }
    });
    if (stopped) return;
    if (done.length) say("sent", done.splice(0).join("; "));
    else await showWaiting(user);
  };
  addEventListener("online", go);
  addEventListener("offline", () => showWaiting(user));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go());
  go();
  return go;
}
