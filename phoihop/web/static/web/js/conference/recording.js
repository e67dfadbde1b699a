// Says that the stage is recorded, wherever it is shown; and under a site's own picture whether that one is.
// A part that is closed to viewers is not recorded, whoever looks.
import { state } from "./live.js";
import { centreNow } from "./stage-exposure.js";

const { site, centre: written } = document.querySelector("[data-stage]")?.dataset ?? {};
const marks = document.querySelectorAll("[data-recording]");
const own = document.querySelector("[data-own-recorded]");
const sent = document.querySelector("[data-own-picture]"); // hidden while nothing is sent

function isRecorded({ conference, item }) {
  return Boolean(conference?.is_recording) && (!item || item.visibility === "open");
}

function ownWord({ floor, muted }) {
  if (sent.hidden) return own.dataset.idle;
  const centre = centreNow(written);
  const isMuted = Boolean(muted?.sites?.[site]);
  if ((floor?.site || centre) === site) return isMuted ? own.dataset.picture : own.dataset.on;
  return site === centre && !isMuted ? own.dataset.voice : own.dataset.off;
}

function show() {
  const isOn = isRecorded(state());
  for (const mark of marks) mark.hidden = !isOn;
  if (own) own.textContent = isOn ? ownWord(state()) : own.dataset.none;
}

if (sent) new MutationObserver(show).observe(sent, { attributeFilter: ["hidden"] });
document.addEventListener("live:change", show);
show();
