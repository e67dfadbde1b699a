// data-panel="address" data-keys="queue floor": a part of the page that is fetched again alone when a key it follows
// has moved. data-every="10": also every ten seconds. data-jitter="2000": after a wait of up to two seconds, where
// thousands follow. Inside it, a form[data-panel-find] and an a[data-panel-link] choose which of many lines it shows
// from now on; without scripts they are an ordinary search and link of the page. The focus, what is open and what is typed in a part stay as they were (panel-keep.js).
import { keep, restore } from "./panel-keep.js";

const SETTLE = 120; // milliseconds: several changes of one act are one fetch
const AGAIN = 3000;

function typedIn(part) {
  const field = document.activeElement;
  return part.contains(field) && field.matches("input:not([type=hidden]), textarea, select") && !field.matches("[type=submit]");
}

function replace(part, html) {
  const kept = keep(part);
  part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  restore(part, kept);
  part.dispatchEvent(new CustomEvent("panel:shown", { bubbles: true }));
}

class Panel {
  constructor(part) {
    this.part = part;
    this.keys = new Set((part.dataset.keys ?? "").split(" "));
    this.waits = null;
    this.asked = this.shown = 0; // how often it was asked for; which of the answers is shown
    this.address = part.dataset.panel;
    part.addEventListener("submit", (event) => this.find(event));
    part.addEventListener("click", (event) => this.turn(event));
    if (part.dataset.every) setInterval(() => this.soon(), Number(part.dataset.every) * 1000);
  }

  soon(wait = SETTLE) {
    clearTimeout(this.waits);
    this.waits = setTimeout(() => this.fetch(), wait + Math.random() * Number(this.part.dataset.jitter ?? 0));
  }

  find(event) {
    if (!event.target.matches("[data-panel-find]")) return;
    event.preventDefault();
    this.show(new URLSearchParams(new FormData(event.target)));
  }

  turn(event) {
    const link = event.target.closest("a[data-panel-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.show(new URL(link.href).searchParams);
  }

  show(chosen) {
    clearTimeout(this.waits);
    this.address = `${this.part.dataset.panel}?${chosen}`;
    this.fetch(true);
  }

  async fetch(isAsked = false) {
    if (!isAsked && typedIn(this.part)) return this.soon(AGAIN);
    this.asked += 1;
    const { asked: mine, address } = this;
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
      if (answer.status >= 500) return this.soon(AGAIN); // the server is coming back
      if (answer.status === 403) return location.reload(); // the duty is gone: the page itself says who may
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      const isSaidAlready = this.part.ariaLive && html === this.html; // not read out again
      if (mine < this.shown || address !== this.address) return; // not only the last: answers may take longer than a turn
      this.shown = mine;
      if (!isSaidAlready) replace(this.part, html);
      this.html = html;
    } catch {
      this.soon(AGAIN); // no network: the bar of the live client says so
    }
  }
}

const panels = [...document.querySelectorAll("[data-panel]")].map((part) => new Panel(part));
const shownAt = Number(document.querySelector("[data-live]")?.dataset.seq ?? -1);

document.addEventListener("live:change", ({ detail }) => {
  if (detail.first && detail.seq === shownAt) return; // the page was drawn from this very state
  for (const panel of panels) if (detail.changed.some((key) => panel.keys.has(key))) panel.soon();
});

let counted = null;

function showCounts() {
  for (const place of document.querySelectorAll("[data-voted]")) {
    if (counted && String(counted.pk) === place.dataset.voted) place.textContent = counted.voted;
  }
}

document.addEventListener("live:counts", ({ detail }) => {
  counted = detail?.vote ?? null;
  showCounts();
});
document.addEventListener("panel:shown", showCounts); // counts are told only when they move
