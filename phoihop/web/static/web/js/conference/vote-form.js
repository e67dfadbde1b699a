// form[data-vote-form]: the vote of a seat. It is sent until somebody answers, under one key, so that it is counted
// once however often it had to be sent. What was chosen in a named vote is remembered by this browser alone.
const FIRST_WAIT = 1_000; // milliseconds; doubled up to the longest
const LONGEST_WAIT = 15_000;
const PATIENCE = 20_000; // under a rush an answer takes its time; asking again too soon makes it worse
const said = document.querySelector("[data-vote-said]"); // outside the form: a vote may end while one is under way
let pending = null; // {form, body, choice, wait, timer, isUnderWay}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-vote-form]");
  if (!form) return;
  event.preventDefault();
  if (pending) return;
  const body = new FormData(form);
  body.append(event.submitter.name, event.submitter.value);
  pending = { form, body, choice: event.submitter.textContent.trim(), wait: FIRST_WAIT, timer: 0, isUnderWay: false };
  event.submitter.setAttribute("aria-pressed", "true");
  setBusy(form, true);
  say(form.dataset.sending);
  send();
});
addEventListener("online", () => { if (pending) send(); });
document.addEventListener("live:status", (event) => { if (pending && event.detail !== "offline") send(); });
addEventListener("beforeunload", (event) => { if (pending) event.preventDefault(); });
document.addEventListener("panel:shown", () => {
  if (!pending && said?.classList.contains("good")) said.hidden = true; // the part itself says so
  tellOwnVotes();
});
tellOwnVotes();

async function send() {
  const sent = pending;
  if (!sent || sent.isUnderWay) return;
  clearTimeout(sent.timer);
  sent.isUnderWay = true;
  const answer = await posted(sent.form.action, sent.body);
  sent.isUnderWay = false;
  if (answer === null) {
    say(sent.form.dataset.waiting, "warn");
    sent.timer = setTimeout(send, sent.wait * (0.5 + Math.random())); // not every phone at once
    sent.wait = Math.min(2 * sent.wait, LONGEST_WAIT);
    return;
  }
  pending = null;
  if (answer.ok) finish(sent);
  else refuse(sent, answer.refusal || sent.form.dataset.failed);
}

// null: nobody answered, or the server could not
async function posted(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
    return answer.status >= 500 ? null : {};
  } catch {
    return null;
  }
}

function finish({ form, choice }) {
  const isNamed = form.dataset.kind === "named";
  if (isNamed) remember(form.dataset.vote, choice);
  say(isNamed ? `${form.dataset.done} ${form.dataset.own.replace("{choice}", choice)}` : form.dataset.done, "good");
  form.remove();
}

function refuse({ form }, sentence) {
  setBusy(form, false);
  form.querySelectorAll("[aria-pressed]").forEach((each) => each.removeAttribute("aria-pressed"));
  say(sentence, "bad");
}

function setBusy(form, isBusy) {
  form.setAttribute("aria-busy", String(isBusy));
  form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", String(isBusy)));
}

function say(sentence, shape = "") {
  said.className = `notice ${shape}`;
  said.textContent = sentence;
  said.hidden = false;
}

function remember(vote, choice) {
  try {
    sessionStorage.setItem(`phoihop-vote-${vote}`, choice);
  } catch {
    // a browser that keeps nothing: the page then does not say what was chosen
  }
}

function tellOwnVotes() {
  for (const place of document.querySelectorAll("[data-own-vote]")) {
    const choice = sessionStorage.getItem(`phoihop-vote-${place.dataset.ownVote}`);
    if (!choice) continue;
    place.textContent = place.dataset.said.replace("{choice}", choice);
    place.hidden = false;
  }
}
