// The pictures of a page of sites on the hall's wall. Which sites: the server says; the tiles (data-tile="slug") are drawn
// with the scene, and drawn again when it moves. A new page is a new connection, and the old one is closed after it.
import { Line, described, watch } from "./stage-line.js";
import { state } from "./live.js";

const AGAIN = 4_000; // milliseconds: a site that begins to send is seen after that
const FIRST = 300; // before it is tried again, doubled up to LONGEST
const LONGEST = 8_000;
const STALE = 3_000;
const NOT_NOW = 409;
const SHUT = 403;

class Mosaic {
  constructor(addresses) {
    this.addresses = addresses;
    this.asking = new Line(addresses, "mosaic");
    this.streams = new Map(); // site -> its picture
    this.seen = new Map(); // site -> when its last frame was drawn
    this.page = "";
    this.isBusy = false;
    this.wait = FIRST;
    this.waits = null;
    this.stopped = false;
  }

  get wanted() {
    const { scene, sites = [] } = state().hall ?? {};
    return scene === "mosaic" ? sites : null;
  }

  async look() {
    if (this.stopped) return undefined;
    const { wanted } = this;
    if (wanted === null) return this.close();
    if (this.isBusy) return undefined;
    this.isBusy = true;
    try {
      const page = wanted.join(" ");
      const have = page === this.page ? [...this.streams.keys()] : [];
      await this.renew(have);
      this.page = page;
      this.wait = FIRST;
    } catch (fault) {
      if (fault.status === SHUT) return this.stop();
      if (fault.status === NOT_NOW) this.close();
      this.wait = Math.min(LONGEST, this.wait * 2);
      return this.soon();
    } finally {
      this.isBusy = false;
    }
    if (this.wanted?.join(" ") !== this.page) this.soon();
    return undefined;
  }

  soon() {
    clearTimeout(this.waits);
    this.waits = setTimeout(() => { this.waits = null; this.look(); }, this.wait);
  }

  // Now and then; not while it waits to try again.
  again() {
    if (this.waits === null) this.look();
    this.mark();
  }

  async renew(have) {
    const told = await this.asking.post(this.addresses.sites, { have });
    if (!told.sdp) {
      if (have.length === 0) this.close();
      return;
    }
    const line = new Line(this.addresses, "mosaic");
    line.grant = this.asking.grant; // enough to end what has begun on the server
    line.keep(told.peer);
    const streams = new Map();
    let connection = null;
    try {
      ({ connection } = await line.connection());
      connection.ontrack = ({ track, transceiver }) => streams.set(told.sites[transceiver.mid], new MediaStream([track]));
      await connection.setRemoteDescription({ type: "offer", sdp: told.sdp });
      const sdp = await described(connection, await connection.createAnswer());
      await line.post(this.addresses.answer, { peer: told.peer, sdp });
    } catch (fault) {
      connection?.close();
      line.end();
      throw fault;
    }
    if (this.stopped) {
      connection.close();
      line.end();
      return;
    }
    this.close();
    Object.assign(this, { line, connection, streams });
    watch(connection, () => { if (this.connection === connection) this.close(); });
    this.place();
  }

  // Each picture in its tile, also after the scene was drawn again.
  place() {
    for (const tile of document.querySelectorAll("[data-tile]")) {
      const site = tile.dataset.tile;
      const stream = this.streams.get(site) ?? null;
      if (tile.srcObject === stream) continue;
      tile.srcObject = stream;
      if (stream) tile.play().catch(() => {});
      const drawn = () => {
        if (tile.srcObject !== stream) return;
        this.seen.set(site, performance.now());
        tile.requestVideoFrameCallback(drawn);
      };
      if (stream) tile.requestVideoFrameCallback(drawn);
    }
    this.mark();
  }

  mark() {
    for (const tile of document.querySelectorAll("[data-tile]")) {
      const isLive = performance.now() - (this.seen.get(tile.dataset.tile) ?? -STALE) < STALE;
      tile.parentElement.classList.toggle("is-live", isLive);
    }
  }

  close() {
    this.connection?.close();
    this.line?.end();
    this.connection = this.line = null;
    this.streams = new Map();
    this.page = "";
  }

  stop() {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.waits);
    this.close();
  }
}

export function showSites(addresses) {
  const mosaic = new Mosaic(addresses);
  document.addEventListener("live:change", () => mosaic.look());
  document.addEventListener("panel:shown", () => mosaic.place());
  document.addEventListener("live:shut", () => mosaic.stop());
  addEventListener("pagehide", () => mosaic.stop());
  mosaic.timer = setInterval(() => mosaic.again(), AGAIN);
  setInterval(() => mosaic.mark(), 1_000);
}
