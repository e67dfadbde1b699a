// data-countdown data-began="ISO" data-allotted="420": time left, by the server's clock; data-over is the word that
// stands under it once the time is over (css/conference.css draws it).
// data-spent="95" data-began="ISO": seconds spoken before, and those since.
// data-clock: the hour in Viet Nam.
import { now } from "./live.js";

const HOUR = new Intl.DateTimeFormat("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" });
const written = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function show(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function countdown(place) {
  const spent = Math.floor((now() - Date.parse(place.dataset.began)) / 1000);
  const left = Number(place.dataset.allotted) - spent;
  const over = left < 0;
  show(place, over ? `+${written(-left)}` : written(left));
  place.classList.toggle("is-over", over);
  place.classList.toggle("is-near", !over && left <= 30);
}

function spent(place) {
  const running = Math.floor((now() - Date.parse(place.dataset.began)) / 1000);
  show(place, written(Number(place.dataset.spent) + Math.max(0, running)));
}

function tick() {
  for (const place of document.querySelectorAll("[data-countdown]")) countdown(place);
  for (const place of document.querySelectorAll("[data-spent]")) spent(place);
  for (const place of document.querySelectorAll("[data-clock]")) show(place, HOUR.format(now()));
}

tick();
setInterval(tick, 250);
document.addEventListener("panel:shown", tick);
