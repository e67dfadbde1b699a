// My reports: sends what waits on this device, and shows what the server has not taken.
import { keepSending, showWaiting } from "./bar.js";
import { showKept } from "./kept.js";
import * as store from "./store.js";
import "../offline.js";

const user = document.body.dataset.user;
const show = () => showKept(user, () => true, () => showWaiting(user));

// What was taken stands elsewhere in the lists now: they are asked for again, and nothing else of the page is touched.
async function refresh() {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const next = fresh.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (next) part.replaceWith(document.adoptNode(next));
  }
}

if (user && (await store.isThere())) {
  show();
  keepSending(user, (event) => {
    if (event === "saved" || event === "submitted") refresh();
    if (event !== "sending" && event !== "answered") show();
  });
}
