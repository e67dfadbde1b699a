// Sends a site's camera and microphone, or its screen. The microphone is open only while the site is to be heard: here, by
// the track itself, and again on the server.
import { Line, described, pause, watch } from "./stage-line.js";

const FIRST = 500;
const LONGEST = 8_000;
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Sender {
  // said(state, sentence): "idle", "sent", "elsewhere", "refused", "lost"
  constructor(addresses, said) {
    this.line = new Line(addresses, "publish");
    this.said = said;
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
    this.picture = connection.addTransceiver(this.shown(), { direction: "sendonly", streams: [this.taken] });
    const sdp = await described(connection, await connection.createOffer());
    const told = await this.line.post(this.line.addresses.publish, { sdp, key: this.key, take_over: this.takesOver });
    this.takesOver = false; // once: a device that was taken over since then does not take it back by itself
    this.line.keep(told.peer, () => this.stop("elsewhere"));
    await connection.setRemoteDescription({ type: "answer", sdp: told.sdp });
  }

  shown() {
    return this.screen?.getVideoTracks()[0] ?? this.taken.getVideoTracks()[0];
  }

  hear(isHeard) {
    this.isHeard = isHeard;
    for (const track of this.taken?.getAudioTracks() ?? []) track.enabled = isHeard;
  }

  // The screen in place of the camera, and back; true while the screen is shown.
  async showScreen() {
    if (this.screen) return this.showCamera();
    try {
      this.screen = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false });
    } catch {
      return false; // whoever was asked said no
    }
    this.screen.getVideoTracks()[0].addEventListener("ended", () => this.showCamera());
    await this.picture?.sender.replaceTrack(this.shown());
    return true;
  }

  async showCamera() {
    for (const track of this.screen?.getTracks() ?? []) track.stop();
    this.screen = null;
    if (this.running) await this.picture?.sender.replaceTrack(this.shown());
    return false;
  }

  stop(state = "idle", sentence = "") {
    this.running = false;
    this.showCamera();
    for (const track of this.taken?.getTracks() ?? []) track.stop();
    this.taken = null;
    this.connection?.close();
    this.line.end();
    this.said(state, sentence);
  }
}
