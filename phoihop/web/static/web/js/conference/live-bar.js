// data-live-bar: says quietly that the page is not up to date, and plainly that this device is shut out.
import { serverTime } from "./live-clock.js";

const AFTER = 4_000; // milliseconds: a short break is not worth a word
const bar = document.querySelector("[data-live-bar]");
let waiting;

export function showStatus(status, sentence = "") {
  if (!bar || bar.dataset.status === "shut") return;
  clearTimeout(waiting);
  if (status === "offline") {
    const since = clock();
    waiting = setTimeout(() => show("offline", bar.dataset.offline.replace("{time}", since)), AFTER);
  } else if (status === "shut") show("shut", sentence || bar.dataset.shut);
  else show(status, ""); // whether by the stream or by questions, the page is up to date
}

function show(status, sentence) {
  bar.dataset.status = status;
  bar.querySelector("[data-live-said]").textContent = sentence;
  bar.querySelector("[data-live-door]").hidden = status !== "shut";
  bar.hidden = !sentence;
}

function clock() {
  return serverTime().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
}
