// data-board="address" data-every="5": the numbers of the live board, fetched again alone while it stands on the screen.
// What is shown at all is told by the conference's log (panels.js); a board that went meanwhile is answered with nothing.
const asked = new WeakMap(); // board -> when it was asked for last

async function renew(board) {
  asked.set(board, performance.now());
  try {
    const answer = await fetch(board.dataset.board, { headers: { "X-Requested-With": "fetch" } });
    if (answer.status !== 200 || answer.redirected) return;
    const html = await answer.text();
    board.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  } catch {
    // no network: the bar of the live client says so, and the board its own hour
  }
}

// Thousands of screens are shown the board at once and must not ask at once: the first wait is any part of a turn.
function first(board, every) {
  asked.set(board, performance.now() - Math.random() * every * 0.5);
}

setInterval(() => {
  for (const board of document.querySelectorAll("[data-board]")) {
    const every = Number(board.dataset.every) * 1000;
    if (!asked.has(board)) first(board, every);
    else if (performance.now() - asked.get(board) >= every) renew(board);
  }
}, 1000);
