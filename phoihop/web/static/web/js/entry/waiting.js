// My reports: sends what waits on this device, and shows what the server has not taken.
import { keepSending, showWaiting } from "./bar.js";
import { showKept } from "./kept.js";
import * as store from "./store.js";
import "../offline.js";

const user = document.body.dataset.user;
const show = () => showKept(user, () => true, () => showWaiting(user));

if (user && (await store.isThere())) {
  show();
  keepSending(user, (event) => event !== "sending" && event !== "answered" && show());
}
