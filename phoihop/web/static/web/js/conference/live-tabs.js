// One tab of a browser holds the stream and passes on what it hears; when it goes, another takes over.
const PULSE = 10_000; // milliseconds between two signs of life of the holder
const SILENT = 75_000; // a holder not heard for so long is frozen: its place is taken

// hear(message): of the holder, or the own one. whole(): messages that tell a newcomer everything.
// lead(tellAll): called when this tab is to hold the stream; returns what gives it up.
export function share(name, { hear, whole, lead }) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  let giveUp = null;
  let release = null;
  let heard = performance.now();
  let isGone = false;
  const leaving = new AbortController();

  const tellAll = (message) => {
    hear(message);
    channel?.postMessage({ message, sent: Date.now() });
  };

  channel?.addEventListener("message", ({ data }) => {
    if (data === "hello") {
      if (giveUp) whole().forEach((message) => channel.postMessage({ message, sent: Date.now() }));
      return;
    }
    heard = performance.now();
    if (giveUp || data === "pulse") return;
    hear({ ...data.message, lag: Math.max(0, Date.now() - data.sent) });
  });

  function hold() {
    if (isGone) return null;
    giveUp = lead(tellAll);
    return new Promise((resolve) => { release = resolve; });
  }

  function letGo() {
    giveUp?.();
    giveUp = null;
    release?.();
  }

  // Fails where another tab took the place of this one while it slept: it follows again.
  function claim(options = { signal: leaving.signal }) {
    if (!navigator.locks || !channel) {
      hold(); // a tab of its own: there are no locks on a page without TLS
      return;
    }
    navigator.locks.request(name, options, hold).catch(() => {
      letGo();
      if (!isGone) claim();
    });
  }

  function leave() {
    isGone = true;
    clearInterval(pulse);
    leaving.abort();
    letGo();
    channel?.close();
  }

  const pulse = setInterval(() => {
    if (giveUp) channel?.postMessage("pulse");
    else if (performance.now() - heard > SILENT) {
      heard = performance.now();
      claim({ steal: true });
    }
  }, PULSE);

  claim();
  channel?.postMessage("hello");
  return { leave };
}
