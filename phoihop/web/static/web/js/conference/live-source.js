// The one stream of this browser; where it cannot be had, questions every two seconds until it can.
const POLL = 2_000; // milliseconds
const SILENT = 40_000; // without even a beat: the stream is dead though it looks open
const TRIES = 2; // failures before questions are asked instead
const LONGEST = 15_000; // between two tries to have the stream back
const RENEW = 60_000; // before a ticket ends

const jitter = (least, most) => least + Math.random() * (most - least);

// addresses: {stream, ticket, lives, tickets, poll}. seq(): the last change known, or null. tell(message).
export function follow(addresses, seq, tell) {
  let ticket = { stream: addresses.stream, ticket: addresses.ticket, until: performance.now() + addresses.lives * 1000 };
  let source = null;
  let failures = 0;
  let heard = performance.now();
  let isOpen = false;
  let isPolling = false;
  let isStopped = false;
  const timers = {};

  function later(name, act, wait) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, wait);
  }

  function drop() {
    source?.close();
    source = null;
    isOpen = false;
  }

  function stop() {
    isStopped = true;
    drop();
    Object.values(timers).forEach(clearTimeout);
    clearInterval(watch);
    removeEventListener("online", again);
    document.removeEventListener("visibilitychange", looked);
  }

  function shut(sentence) {
    stop();
    tell({ kind: "shut", sentence });
  }

  // {status: 0} where nobody answered.
  async function asked(address) {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(10_000) });
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      return { status: answer.status, said: isJson ? await answer.json() : null };
    } catch {
      return { status: 0, said: null };
    }
  }

  async function open() {
    if (isStopped) return;
    if (!ticket || ticket.until - performance.now() < RENEW / 2) await renew();
    if (isStopped) return;
    if (!ticket) return failed();
    if (!ticket.stream) return poll();
    const known = seq() === null ? "" : `&sau=${seq()}`;
    drop();
    const mine = new EventSource(`${ticket.stream}?ve=${encodeURIComponent(ticket.ticket)}${known}`);
    source = mine;
    heard = performance.now();
    const on = (name, hear) => mine.addEventListener(name, (event) => {
      if (mine !== source) return;
      heard = performance.now();
      hear(event.data ? JSON.parse(event.data) : null);
    });
    on("open", () => {
      isOpen = true;
      failures = 0;
      clearTimeout(timers.poll);
      isPolling = false;
      tell({ kind: "status", status: "online" });
    });
    on("snapshot", (said) => tell({ kind: "whole", ...said }));
    on("message", (said) => tell({ kind: "patch", ...said }));
    on("counts", (said) => tell({ kind: "counts", counts: said }));
    on("beat", (said) => tell({ kind: "beat", ...said }));
    on("closed", ended);
    mine.addEventListener("error", () => { if (mine === source) failed(); });
    later("renew", () => { ticket = null; open(); }, Math.max(5_000, ticket.until - performance.now() - jitter(RENEW / 2, RENEW)));
  }

  // The server has closed it: it goes down and comes back, or this ticket does not open it any more.
  function ended({ reason }) {
    drop();
    if (reason !== "stopping") ticket = null;
    later("open", open, reason === "stopping" ? jitter(500, 3_000) : 0);
  }

  function failed() {
    drop();
    failures += 1;
    if (failures >= TRIES && !isPolling) poll();
    later("open", open, Math.min(LONGEST, 500 * 2 ** failures) * jitter(0.5, 1.5));
  }

  async function renew() {
    const { status, said } = await asked(addresses.tickets);
    if (status === 403 || status === 404) shut(said?.refusal ?? "");
    else if (said?.ticket) ticket = { ...said, until: performance.now() + said.lives * 1000 };
  }

  async function poll() {
    if (isStopped || isOpen) return;
    isPolling = true;
    const began = performance.now();
    const { status, said } = await asked(`${addresses.poll}?sau=${seq() ?? ""}`);
    if (isStopped || isOpen) return;
    if (status === 403 || status === 404) return shut(said?.refusal ?? "");
    if (said) {
      tell({ kind: "status", status: "polling" });
      tell({ kind: said.whole ? "whole" : "patch", ...said });
      tell({ kind: "counts", counts: said.counts });
    } else tell({ kind: "status", status: "offline" });
    // A server that answers slowly is asked less often.
    later("poll", poll, Math.max(POLL, 3 * (performance.now() - began)) * jitter(0.9, 1.3));
  }

  function again() {
    if (!isOpen) later("open", open, jitter(0, 2_000));
  }

  function looked() {
    if (!document.hidden && (!isOpen || performance.now() - heard > SILENT / 2)) { drop(); again(); }
  }

  const watch = setInterval(() => {
    if (isOpen && performance.now() - heard > SILENT) failed();
  }, 5_000);
  addEventListener("online", again);
  document.addEventListener("visibilitychange", looked);
  open();
  return { stop };
}
