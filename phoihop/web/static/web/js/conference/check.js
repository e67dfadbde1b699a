// The check of a site's devices and line. Camera and microphone are looked at here and sent nowhere; a drawn picture goes
// to the server and comes back to this page only. What was measured is kept by the server, which answers in words.
import { Line, described, pause } from "./stage-line.js";

const MEASURED = 8_000; // milliseconds
const CONNECTED_BY = 12_000;
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
const NOT_YET = 409;

const section = document.querySelector("[data-check]");
const find = (name) => document.querySelector(`[data-${name}]`);
const said = find("check-said");
const begin = find("begin");
let result = { run: newRun() };
let isMeasured = false;

function newRun() {
  return crypto.randomUUID().replaceAll("-", "");
}

function tell(state) {
  said.textContent = said.dataset[state];
  said.classList.toggle("is-live", state === "measuring");
}

// Camera and microphone; where they cannot be had together, whichever can.
async function devices() {
  const tracks = [];
  for (const wanted of [{ video: PICTURE }, { audio: true }]) {
    const taken = await navigator.mediaDevices?.getUserMedia(wanted).catch(() => null);
    tracks.push(...(taken?.getTracks() ?? []));
  }
  return new MediaStream(tracks);
}

// The test picture: no two frames alike, so that it needs all that a site may send, whatever a camera sees.
function drawn() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const pen = canvas.getContext("2d");
  const timer = setInterval(() => {
    for (let place = Math.round(Math.random()); place < 144; place += 2) {
      pen.fillStyle = `hsl(${Math.random() * 360} 60% ${30 + Math.random() * 40}%)`;
      pen.fillRect((place % 16) * 20, Math.floor(place / 16) * 20, 20, 20);
    }
  }, 50);
  const [track] = canvas.captureStream(20).getVideoTracks();
  track.contentHint = "motion";
  return { track, stop: () => { clearInterval(timer); track.stop(); } };
}

function countFrames(video) {
  let frames = 0;
  const seen = () => { frames += 1; video.requestVideoFrameCallback(seen); };
  video.requestVideoFrameCallback(seen);
  return () => frames;
}

// The loudest tenth of a second, and the meter meanwhile.
function listen(track) {
  if (!track) return { loudest: () => null, stop() {} };
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const heard = new Float32Array(analyser.fftSize);
  let loudest = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(heard);
    const level = Math.sqrt(heard.reduce((sum, each) => sum + each * each, 0) / heard.length);
    loudest = Math.max(loudest, level);
    find("level").value = level;
  }, 100);
  const stop = () => { clearInterval(timer); context.close(); find("level").value = 0; };
  return { loudest: () => loudest, stop };
}

function connected(connection) {
  return new Promise((done) => {
    const late = setTimeout(() => done(false), CONNECTED_BY);
    const look = () => {
      if (connection.connectionState !== "connected") return;
      clearTimeout(late);
      done(true);
    };
    connection.addEventListener("connectionstatechange", look);
    look();
  });
}

async function send(line, picture) {
  const { connection } = await line.connection();
  connection.addTransceiver("audio", { direction: "sendonly" }); // in the order of every site's: sound, picture
  connection.addTransceiver(picture, { direction: "sendonly" });
  const sdp = await described(connection, await connection.createOffer());
  const told = await line.post(section.dataset.send, { sdp });
  line.keep(told.peer);
  await connection.setRemoteDescription({ type: "answer", sdp: told.sdp });
  return connection;
}

async function receive(line, place) {
  const { connection } = await line.connection();
  connection.ontrack = ({ track }) => {
    place.srcObject = new MediaStream([track]);
    place.play().catch(() => {});
  };
  const told = await offered(line);
  line.keep(told.peer);
  await connection.setRemoteDescription({ type: "offer", sdp: told.sdp });
  const sdp = await described(connection, await connection.createAnswer());
  await line.post(section.dataset.answer, { peer: told.peer, sdp });
  return connection;
}

async function offered(line) {
  for (let left = 8; ; left -= 1) {
    try {
      return await line.post(section.dataset.receive, {});
    } catch (fault) {
      if (fault.status !== NOT_YET || left === 0) throw fault;
      await pause(700);
    }
  }
}

async function counted(connection) {
  const sum = { at: performance.now(), bytes: 0, sent: 0, lostUp: 0, frames: 0, got: 0, lostDown: 0, delay: null };
  for (const each of (await connection.getStats()).values()) {
    if (each.type === "outbound-rtp") { sum.bytes += each.bytesSent; sum.sent += each.packetsSent; }
    if (each.type === "remote-inbound-rtp") sum.lostUp += Math.max(0, each.packetsLost ?? 0);
    if (each.type === "inbound-rtp") {
      sum.frames += each.framesDecoded ?? 0;
      sum.got += each.packetsReceived ?? 0;
      sum.lostDown += Math.max(0, each.packetsLost ?? 0);
    }
    if (each.type === "candidate-pair" && each.nominated && each.currentRoundTripTime !== undefined) sum.delay = each.currentRoundTripTime * 1000;
  }
  return sum;
}

const share = (lost, all) => (all > 0 ? Math.min(100, (100 * lost) / all) : null);

async function measureLine(up, down) {
  const [up0, down0] = [await counted(up), await counted(down)];
  await pause(MEASURED);
  const [up1, down1] = [await counted(up), await counted(down)];
  const seconds = (up1.at - up0.at) / 1000;
  return {
    up_kbps: ((up1.bytes - up0.bytes) * 8) / 1000 / seconds,
    up_lost_percent: share(up1.lostUp - up0.lostUp, up1.sent - up0.sent),
    down_fps: (down1.frames - down0.frames) / seconds,
    down_lost_percent: share(down1.lostDown - down0.lostDown, down1.got - down0.got + down1.lostDown - down0.lostDown),
    delay_ms: up1.delay ?? down1.delay,
  };
}

async function overLine(picture) {
  const lines = [new Line(section.dataset, "publish"), new Line(section.dataset, "publish")];
  const open = [];
  try {
    open.push(await send(lines[0], picture));
    if (!(await connected(open[0]))) return {};
    open.push(await receive(lines[1], find("back")));
    if (!(await connected(open[1]))) return {};
    tell("measuring");
    return await measureLine(...open);
  } catch {
    return {}; // nothing measured: the lines say what to do
  } finally {
    for (const each of open) each.close();
    for (const each of lines) each.end();
  }
}

async function check() {
  result = { run: newRun(), speaker_heard: result.speaker_heard };
  isMeasured = false;
  tell("devices");
  const taken = await devices();
  find("pictures").hidden = false;
  const [camera] = taken.getVideoTracks();
  const [microphone] = taken.getAudioTracks();
  const own = find("own-picture");
  own.srcObject = taken;
  own.play().catch(() => {});
  const frames = countFrames(own);
  const heard = listen(microphone);
  const picture = drawn();
  const began = performance.now();
  tell("joining");
  Object.assign(result, await overLine(picture.track));
  result.camera_fps = camera ? frames() / ((performance.now() - began) / 1000) : null;
  result.microphone_level = heard.loudest();
  heard.stop();
  picture.stop();
  for (const track of taken.getTracks()) track.stop();
  own.srcObject = null;
  find("back").srcObject = null;
  find("pictures").hidden = true;
  isMeasured = true;
  await keep();
}

async function keep() {
  tell("keeping");
  const answer = await fetch(section.dataset.result, {
    method: "POST",
    headers: { "X-CSRFToken": section.dataset.csrf, "Content-Type": "application/json" },
    body: JSON.stringify(result),
  }).catch(() => null);
  if (!answer?.ok || answer.redirected) return tell("lost");
  const html = await answer.text();
  find("lines").replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  tell(result.speaker_heard === undefined ? "half" : "kept");
}

async function play() {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.value = 0.2;
  volume.connect(context.destination);
  for (const [place, pitch] of [440, 554, 659].entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume);
    tone.start(context.currentTime + place * 0.5);
    tone.stop(context.currentTime + place * 0.5 + 0.45);
  }
  find("heard").hidden = false;
  await pause(1_700);
  context.close();
}

begin.addEventListener("click", async () => {
  begin.disabled = true;
  await check().catch(() => tell("lost"));
  begin.disabled = false;
  begin.focus();
});
find("play").addEventListener("click", play);
for (const button of document.querySelectorAll("[data-hears]")) {
  button.addEventListener("click", () => {
    result.speaker_heard = button.dataset.hears === "yes";
    find("heard").hidden = true;
    find("play").focus();
    if (isMeasured) keep();
  });
}
