// One tab of a browser holds the stream and passes on what it hears; when it goes, another takes over.
const PULSE = 10_000; // milliseconds between two signs of life of the holder
const SILENT = 75_000; // a holder not heard for so long is frozen: its place is taken
const ANSWER = 6_000; // and one that does not answer when it is asked

// hear(message): of the holder, or the own one. whole(): messages that tell a newcomer everything.
// lead(tellAll): called when this tab is to hold the stream; returns what gives it up.
export function share(name, { hear, whole, lead }) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  let giveUp = null;
  let release = null;
  let heard = performance.now();
  let answer;
  let isAnswered = false;
  let isGone = false;
  const leaving = new AbortController();

  const tellAll = (message) => {
    hear(message);
    channel?.postMessage({ message, sent: Date.now() });
  };

  channel?.addEventListener("message", ({ data }) => {
    if (data === "hello") {
      if (giveUp) {
        channel.postMessage("pulse");
        whole().forEach((message) => channel.postMessage({ message, sent: Date.now() }));
      }
      return;
    }
    heard = performance.now();
    isAnswered = true;
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
    clearTimeout(answer);
    document.removeEventListener("visibilitychange", ask);
    leaving.abort();
    letGo();
    channel?.close();
  }

  const pulse = setInterval(() => {
    if (giveUp) channel?.postMessage("pulse");
    else if (performance.now() - heard > SILENT) takeOver();
  }, PULSE);

  function takeOver() {
    heard = performance.now();
    if (navigator.locks && channel) claim({ steal: true });
  }

  // Is anybody there? Asked by a tab that has just been opened, and by one that is looked at again.
  function ask() {
    if (giveUp) return;
    isAnswered = false;
    channel?.postMessage("hello");
    clearTimeout(answer);
    if (!document.hidden) answer = setTimeout(() => { if (!giveUp && !isGone && !isAnswered) takeOver(); }, ANSWER);
  }

  document.addEventListener("visibilitychange", ask);
  claim();
  ask();
  return { leave };
}
