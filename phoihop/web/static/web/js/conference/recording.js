// Says that the stage is recorded, wherever it is shown; and under a site's own picture whether that one is.
// A part that is closed to viewers is not recorded, whoever looks.
import { state } from "./live.js";

const { site, centre } = document.querySelector("[data-stage]")?.dataset ?? {};
const marks = document.querySelectorAll("[data-recording]");
const own = document.querySelector("[data-own-recorded]");

function isRecorded({ conference, item }) {
  return Boolean(conference?.is_recording) && (!item || item.visibility === "open");
}

function ownWord({ floor }) {
  if ((floor?.site || centre) === site) return own.dataset.on;
  return site === centre ? own.dataset.voice : own.dataset.off;
}

function show() {
  const isOn = isRecorded(state());
  for (const mark of marks) mark.hidden = !isOn;
  if (own) own.textContent = isOn ? ownWord(state()) : own.dataset.none;
}

document.addEventListener("live:change", show);
show();
