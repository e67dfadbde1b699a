// The server's clock, whatever the device's own says. Measured against the page's monotonic clock, which nobody sets.
const KEPT = 20;
let measured = []; // server minus monotonic clock, milliseconds
let slowest = 0;

// `text`: the server's time as a message was written; it arrived just now, `lag` milliseconds after this browser had it.
export function heardAt(text, lag = 0) {
  const written = Date.parse(text);
  if (Number.isNaN(written)) return;
  measured.push(written - (performance.now() - lag));
  measured = measured.slice(-KEPT);
  slowest = Math.max(slowest, best() - measured.at(-1));
}

// The message that travelled quickest is nearest to the truth.
const best = () => Math.max(...measured);

export function serverTime() {
  return new Date(measured.length ? best() + performance.now() : Date.now());
}

// How far the device's clock is ahead, and how much later than the quickest the slowest message since came.
export function clockReport() {
  const report = { skew_ms: measured.length ? Math.round(Date.now() - serverTime()) : null, delay_ms: Math.round(slowest) };
  slowest = 0;
  return report;
}
