// Picture and sound of a page that follows a conference: it receives the stage, and a site's own device may send.
// data-site: slug of the page's site; data-centre: of the site that was the central one then, whose microphone stays open.
import { measureWith } from "./live-beacon.js";
import { state } from "./live.js";
import { centreNow, exposure } from "./stage-exposure.js";
import { showSites } from "./stage-mosaic.js";
import { Receiver } from "./stage-receive.js";
import { Sender } from "./stage-send.js";

const STALE = 2_000; // milliseconds without a new picture

const section = document.querySelector("[data-stage]");
const find = (name) => document.querySelector(`[data-${name}]`);
const { site, centre } = section?.dataset ?? {};

function floorSite() {
  return state().floor?.site ?? "";
}

// How the page is composed: who speaks alone, half of it, or small beside the rest. On the hall's wall the pictures of
// the sites take the stage's place; every other page keeps the stage then.
function layout() {
  const { scene = "speaker", layout: chosen } = state().hall ?? {};
  if (scene === "speaker") return "full";
  if (scene === "mosaic") return section.closest(".hall-walls") ? "mosaic" : "full";
  return chosen === "half" ? "half" : "corner";
}

function receive() {
  const places = { floor: find("picture"), voice: find("voice"), chair: find("chair") };
  const said = find("stage-said");
  const sound = find("sound");
  const card = find("no-picture");
  let connection = "waiting";
  let seenAt = 0;

  const receiver = new Receiver(section.dataset, places, (told) => {
    if (told === "silent") sound.hidden = false;
    else connection = told;
    show();
  });

  // Frames are counted: the clock of a stream goes on without them.
  function frame() {
    seenAt = performance.now();
    places.floor.requestVideoFrameCallback(frame);
  }

  function show() {
    const isSeen = connection === "live" && seenAt > 0 && performance.now() - seenAt < STALE;
    card.hidden = isSeen;
    const text = connection === "live" ? "" : said.dataset[connection] ?? "";
    if (said.textContent !== text) said.textContent = text;
    const words = connection === "live" ? said.dataset.none : text;
    if (!isSeen && card.textContent !== words) card.textContent = words;
  }

  // A site does not hear itself.
  function hear() {
    const now = centreNow(centre);
    places.voice.muted = site !== "" && (floorSite() || now) === site;
    places.chair.muted = site !== "" && now === site;
    section.dataset.layout = layout();
  }

  sound.addEventListener("click", () => {
    sound.hidden = true;
    for (const place of Object.values(places)) place.play().catch(() => { sound.hidden = false; });
  });
  document.addEventListener("live:change", hear);
  document.addEventListener("live:shut", () => receiver.stop());
  addEventListener("pagehide", () => receiver.stop());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  places.floor.requestVideoFrameCallback(frame);
  setInterval(show, 500);
  measureWith(() => receiver.measured());
  hear();
  receiver.run();
}

async function list(places) {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  for (const [kind, place] of places) {
    const chosen = place.value;
    const found = devices.filter((each) => each.kind === kind && each.deviceId);
    place.replaceChildren(...found.map((each, number) => new Option(each.label || `${number + 1}`, each.deviceId)));
    if (found.some((each) => each.deviceId === chosen)) place.value = chosen;
    place.closest("label").hidden = found.length < 2;
  }
}

function send() {
  const said = find("own-said");
  const head = find("own-head"); // the same on top of the page, wherever it is scrolled to
  const own = find("own-picture");
  const duties = { centre: find("as-centre"), other: find("as-other") };
  const buttons = { send: find("send"), over: find("take-over"), screen: find("screen"), stop: find("stop") };
  const cameras = find("cameras");
  const microphones = find("microphones");
  const places = [["videoinput", cameras], ["audioinput", microphones]];
  let told = "idle";
  let sentence = "";

  const sender = new Sender(section.dataset, (now, words = "") => {
    told = now;
    sentence = words;
    if (now === "sent") list(places); // names of devices are told once they may be used
    show();
  }, () => show());

  function show() {
    const where = exposure(site, centre);
    sender.hear(where.isHeard);
    duties.centre.hidden = centreNow(centre) !== site;
    duties.other.hidden = !duties.centre.hidden;
    const isSending = told === "sent" || told === "lost";
    const words = told === "sent" && where.words.length > 0 ? [...where.words] : [told];
    if (isSending && sender.screen) words.push("screenSent");
    const text = sentence || words.map((word) => said.dataset[word]).join(" ");
    if (said.textContent !== text) said.textContent = text;
    const isLive = told === "sent" && where.isExposed;
    head.textContent = text;
    head.hidden = !isSending;
    for (const each of [said, head]) each.classList.toggle("is-live", isLive);
    buttons.send.hidden = isSending || told === "elsewhere";
    buttons.over.hidden = told !== "elsewhere";
    buttons.stop.hidden = !isSending;
    buttons.screen.hidden = !isSending || !navigator.mediaDevices.getDisplayMedia;
    buttons.screen.setAttribute("aria-pressed", String(Boolean(sender.screen)));
    own.hidden = !isSending;
    if (isSending && own.srcObject !== sender.picture) { own.srcObject = sender.picture; own.play().catch(() => {}); }
    if (!isSending) own.srcObject = null;
  }

  const begin = (takesOver) => sender.start({ camera: cameras.value, microphone: microphones.value, takesOver });
  buttons.send.addEventListener("click", () => begin(false));
  buttons.over.addEventListener("click", () => begin(true));
  buttons.stop.addEventListener("click", () => sender.stop());
  buttons.screen.addEventListener("click", () => sender.showScreen());
  document.addEventListener("live:change", show);
  document.addEventListener("live:shut", () => sender.stop());
  addEventListener("pagehide", () => sender.stop());
  list(places);
  show();
}

if (section) {
  receive();
  if (section.dataset.sites) showSites(section.dataset);
  if (find("own")) send();
}
