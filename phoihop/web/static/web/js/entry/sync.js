// For the worker: sends what waits when the network is back, though every page is closed. A page that is open hears of it.
import * as store from "./store.js";
import { RESTING, STATES, sendAll } from "./queue.js";

const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Of every user of the device: the server takes only those of who is signed in, the others wait. Where nobody answered it
// fails, so that the browser asks again by itself; a session that ended is asked for when a page is opened.
export async function sendWaiting() {
  if ((await store.all()).some((draft) => draft.state === STATES.draft)) await later(RESTING + 100);
  const told = [];
  let unanswered = false;
  const hear = (event, draft, answer) => {
    unanswered ||= event === "offline" || event === "fault";
    told.push(tellPages({ event, draft, answer }));
  };
  for (const user of new Set((await store.all()).map((draft) => draft.user))) await sendAll(user, hear);
  await Promise.all(told);
  if (unanswered) throw new Error("Drafts still wait.");
}

async function tellPages(message) {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage(message);
}
