// Sends a site's camera and microphone, or its screen. The microphone is open only while the site is to be heard: here, by
// the track itself, and again on the server.
import { Line, described, pause, watch } from "./stage-line.js";

const FIRST = 500;
const LONGEST = 8_000;
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function end(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export class Sender {
  // said(state, sentence): "idle", "sent", "elsewhere", "refused", "lost"; pictured(): the screen is sent, or no longer.
  constructor(addresses, said, pictured) {
    this.line = new Line(addresses, "publish");
    this.said = said;
    this.pictured = pictured;
    this.key = crypto.randomUUID();
    this.isHeard = false;
    this.takesOver = false; // from another device, which a person asked for
    this.running = false;
  }

  async start({ camera, microphone, takesOver = false }) {
    if (this.running) return;
    try {
      this.taken = await navigator.mediaDevices.getUserMedia({
        video: camera ? { ...PICTURE, deviceId: { exact: camera } } : PICTURE,
        audio: microphone ? { ...SOUND, deviceId: { exact: microphone } } : SOUND,
      });
    } catch {
      return this.said("refused");
    }
    this.running = true;
    this.takesOver = takesOver;
    this.hear(this.isHeard);
    await this.run();
  }

  async run() {
    let wait = FIRST;
    while (this.running) {
      try {
        await this.connect();
        wait = FIRST;
        this.said("sent");
        await this.ended;
      } catch (fault) {
        if (fault.status === 409) return this.stop("elsewhere", fault.message);
        if (fault.status === 403 || fault.status === 422) return this.stop("idle", fault.message);
      }
      if (!this.running) return;
      this.said("lost");
      this.connection?.close();
      await pause(wait + Math.random() * wait);
      wait = Math.min(LONGEST, wait * 2);
    }
  }

  async connect() {
    const { connection } = await this.line.connection();
    this.connection = connection;
    this.ended = new Promise((lost) => watch(connection, lost));
    const [sound] = this.taken.getAudioTracks();
    connection.addTransceiver(sound, { direction: "sendonly", streams: [this.taken] });
    this.sent = connection.addTransceiver(this.shown(), { direction: "sendonly", streams: [this.taken] });
    const sdp = await described(connection, await connection.createOffer());
    const told = await this.line.post(this.line.addresses.publish, { sdp, key: this.key, take_over: this.takesOver });
    this.takesOver = false; // once: a device that was taken over since then does not take it back by itself
    this.line.keep(told.peer, () => this.stop("elsewhere"));
    await connection.setRemoteDescription({ type: "answer", sdp: told.sdp });
  }

  shown() {
    return this.picture.getVideoTracks()[0];
  }

  hear(isHeard) {
    this.isHeard = isHeard;
    for (const track of this.taken?.getAudioTracks() ?? []) track.enabled = isHeard;
  }

  // What this device sends: its screen or, without one, its camera.
  get picture() {
    return this.screen ?? this.taken;
  }

  // The screen in place of the camera, and back.
  async showScreen() {
    if (this.screen) return this.showCamera();
    const wanted = { video: { frameRate: { max: 15 } }, audio: false };
    const screen = await navigator.mediaDevices.getDisplayMedia(wanted).catch(() => null); // whoever was asked said no
    if (!screen) return undefined;
    if (!this.running || this.screen) return end(screen); // it was asked for too late, or twice
    this.screen = screen;
    screen.getVideoTracks()[0].addEventListener("ended", () => this.showCamera());
    return this.replace();
  }

  async showCamera() {
    end(this.screen);
    this.screen = null;
    if (this.running) await this.replace();
  }

  async replace() {
    this.pictured();
    await this.sent?.sender.replaceTrack(this.shown()).catch(() => {}); // a lost connection: the next begins with it
  }

  stop(state = "idle", sentence = "") {
    this.running = false;
    this.showCamera();
    end(this.taken);
    this.taken = null;
    this.connection?.close();
    this.line.end();
    this.said(state, sentence);
  }
}
