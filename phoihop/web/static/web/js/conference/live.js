// Follows a conference and tells the page, on document:
//   live:change  {state, changed: [keys], first, seq}  what is shown has moved; seq: of the last change
//   live:counts  {vote: {pk, voted} | null}          counted beside the log, once a second at most; for the
//                                                    presidium also {sites: [slug]}, those that are connected
//   live:status  "online" | "polling" | "offline"
//   live:shut    "sentence"                          this device takes part no longer
// Tabs of one browser share one stream: one of them holds it and passes on what it hears.
import { showStatus } from "./live-bar.js";
import { sendBeacons } from "./live-beacon.js";
import { heardAt, serverTime } from "./live-clock.js";
import { follow } from "./live-source.js";
import { share } from "./live-tabs.js";

const element = document.querySelector("[data-live]");
let shown = {};
let seq = null; // of the last change laid over
let counts = null;
let status = null;

export const now = () => serverTime(); // a Date of the server's clock
export const state = () => shown;

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
}

const kinds = {
  whole(message) {
    const first = seq === null;
    const changed = Object.keys(message.patch).filter((key) => first || !isSame(shown[key], message.patch[key]));
    shown = message.patch;
    seq = message.seq;
    if (first || changed.length) tell("change", { state: shown, changed, first, seq });
  },
  patch(message) {
    if (seq === null || message.seq <= seq) return;
    seq = message.seq;
    const changed = Object.keys(message.patch);
    shown = { ...shown, ...message.patch };
    if (changed.length) tell("change", { state: shown, changed, first: false, seq });
  },
  counts(message) {
    if (isSame(counts, message.counts)) return;
    counts = message.counts;
    tell("counts", counts);
  },
  status(message) {
    if (message.status === status) return;
    status = message.status;
    showStatus(status);
    tell("status", status);
  },
  shut(message) {
    showStatus("shut", message.sentence);
    tell("shut", message.sentence);
  },
  beat() {},
};

function hear(message) {
  if (message.now) heardAt(message.now, message.lag ?? 0);
  kinds[message.kind](message);
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function join() {
  return share(`phoihop-live-${element.dataset.share}`, {
    hear,
    // What a tab that has just been opened is told by the one that holds the stream.
    whole: () => [
      ...(seq === null ? [] : [{ kind: "whole", seq, patch: shown }]),
      ...(counts === null ? [] : [{ kind: "counts", counts }]),
      ...(status === null ? [] : [{ kind: "status", status }]),
    ],
    lead: (tellAll) => {
      const source = follow(element.dataset, () => seq, tellAll);
      const beacons = "beacons" in element.dataset ? sendBeacons(element.dataset) : null;
      return () => { source.stop(); beacons?.stop(); };
    },
  });
}

if (element) {
  const [page] = performance.getEntriesByType("navigation");
  heardAt(element.dataset.now, performance.now() - (page?.responseStart ?? 0));
  let tabs = join();
  addEventListener("pagehide", () => tabs.leave());
  addEventListener("pageshow", (event) => { if (event.persisted) tabs = join(); });
}
