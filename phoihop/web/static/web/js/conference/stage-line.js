// One connection for pictures and sound: what is exchanged with the server under a grant, and what becomes of it.
const GATHERING = 2_000; // milliseconds: a relay that does not answer must not hold the others up
const KEPT = 110_000; // a grant's two minutes, nearly: the one at hand always stands when the page goes away

export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

export class Line {
  constructor(addresses, part) {
    this.addresses = addresses;
    this.part = part;
    this.grant = null;
    this.peer = null;
  }

  // A fresh grant for each exchange that begins something: {grant, ice, spread}.
  async granted(more = {}) {
    const asked = Date.now();
    const answer = await fetch(this.addresses.grants, {
      method: "POST",
      headers: { "X-CSRFToken": this.addresses.csrf, Accept: "application/json" },
      body: new URLSearchParams({ part: this.part }),
      ...more,
    });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, told.refusal);
    this.grant = { token: told.grant, renewed: asked + told.lives * 900, until: asked + told.lives * 1000 };
    return told;
  }

  async post(address, said, more = {}) {
    const good = more.keepalive ? this.grant?.until : this.grant?.renewed; // a page that goes away waits for no other
    if (!(Date.now() < good)) await this.granted(more);
    const answer = await fetch(address, {
      method: "POST",
      headers: { Authorization: `Bearer ${this.grant.token}`, "Content-Type": "application/json" },
      body: JSON.stringify(said),
      ...more,
    });
    const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, told.refusal);
    return told;
  }

  async connection() {
    const told = await this.granted();
    const connection = new RTCPeerConnection({ iceServers: told.ice, bundlePolicy: "max-bundle" });
    return { connection, spread: told.spread };
  }

  // gone(): the server says that this connection is no longer the one of its site.
  keep(peer, gone = () => {}) {
    this.peer = peer;
    clearInterval(this.timer);
    this.timer = setInterval(async () => {
      const fault = await this.post(this.addresses.alive, { peer }).catch((error) => error);
      if (fault?.status === 410) gone();
    }, KEPT);
  }

  end() {
    clearInterval(this.timer);
    const { peer, grant } = this;
    this.peer = null;
    if (peer && grant) this.post(this.addresses.end, { peer }, { keepalive: true }).catch(() => {});
  }
}

// The description with the candidates in it: one exchange is enough then.
export async function described(connection, description) {
  await connection.setLocalDescription(description);
  if (connection.iceGatheringState !== "complete") {
    await new Promise((done) => {
      const late = setTimeout(done, GATHERING);
      connection.addEventListener("icegatheringstatechange", () => {
        if (connection.iceGatheringState !== "complete") return;
        clearTimeout(late);
        done();
      });
    });
  }
  return connection.localDescription.sdp;
}

// lost() once, when a connection will not come back by itself.
export function watch(connection, lost) {
  let waits = null;
  const once = () => { clearTimeout(waits); connection.onconnectionstatechange = null; lost(); };
  connection.onconnectionstatechange = () => {
    clearTimeout(waits);
    const { connectionState } = connection;
    if (connectionState === "failed" || connectionState === "closed") once();
    if (connectionState === "disconnected") waits = setTimeout(once, 1_500);
  };
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
