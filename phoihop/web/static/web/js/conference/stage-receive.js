// Receives the stage: its picture, the voice of who has the floor, the chair's. Comes back by itself after a fault.
import { Line, described, pause, watch } from "./stage-line.js";

const FIRST = 500; // milliseconds before it is tried again, doubled up to LONGEST
const LONGEST = 8_000;

export class Receiver {
  // places: {floor: <video>, voice: <audio>, chair: <audio>}; said(state): "waiting", "live", "lost", "silent".
  constructor(addresses, places, said) {
    this.line = new Line(addresses, "receive");
    this.places = places;
    this.said = said;
    this.spread = 0; // seconds over which those who receive come back
    this.stopped = false;
  }

  async run() {
    let wait = FIRST;
    this.said("waiting");
    while (!this.stopped) {
      try {
        await this.connect();
        wait = FIRST;
        await this.ended;
      } catch (fault) {
        if (fault.status === 403) return this.said("lost"); // shut out: the live client says why
      }
      if (this.stopped) return;
      this.said("lost");
      this.close();
      await pause(wait + Math.random() * Math.max(wait, this.spread * 1000));
      wait = Math.min(LONGEST, wait * 2);
    }
  }

  async connect() {
    const { connection, spread } = await this.line.connection();
    this.spread = spread;
    this.connection = connection;
    connection.ontrack = ({ track, transceiver }) => this.show(transceiver.mid, track);
    this.ended = new Promise((lost) => watch(connection, lost));
    const offered = await this.line.post(this.line.addresses.receive, {});
    this.line.keep(offered.peer);
    await connection.setRemoteDescription({ type: "offer", sdp: offered.sdp });
    const sdp = await described(connection, await connection.createAnswer());
    await this.line.post(this.line.addresses.answer, { peer: offered.peer, sdp });
    this.said("live");
  }

  show(name, track) {
    const place = this.places[name];
    if (!place) return;
    place.srcObject = new MediaStream([track]);
    place.play().catch(() => this.said("silent")); // the browser wants a press first
  }

  // Frames decoded and packets lost since the last time, for the beacon of the page.
  async measured() {
    const last = this.last ?? { frames: 0, lost_packets: 0 };
    const sum = { frames: 0, lost_packets: 0 };
    for (const each of (await this.connection?.getStats())?.values() ?? []) {
      if (each.type !== "inbound-rtp") continue;
      sum.frames += each.framesDecoded ?? 0;
      sum.lost_packets += Math.max(0, each.packetsLost ?? 0);
    }
    this.last = sum;
    return { frames: Math.max(0, sum.frames - last.frames), lost_packets: Math.max(0, sum.lost_packets - last.lost_packets) };
  }

  close() {
    this.connection?.close();
    this.line.end();
    this.last = null;
  }

  stop() {
    this.stopped = true;
    this.close();
  }
}
