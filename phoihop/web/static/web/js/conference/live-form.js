// form[data-live-form]: sent without leaving the page. A refusal's sentence appears in its [data-refusal] element.
// Fires "live:sent" on the form with the answer {ok, seq}, or "live:refused" with {refusal}. data-live-reset empties it
// once it is sent.
const WAITS = [0, 1_000, 3_000]; // milliseconds before each try: under a key it is counted once; without one it is tried once
const words = document.querySelector("[data-live]")?.dataset ?? {};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-live-form]");
  if (!form) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
});

async function send(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  refuse(form, "");
  setBusy(form, true);
  const answer = await posted(address, body);
  setBusy(form, false);
  if (answer.ok) {
    if ("liveReset" in form.dataset) form.reset();
    if (form.elements.key) form.elements.key.value = newKey();
    form.dispatchEvent(new CustomEvent("live:sent", { bubbles: true, detail: answer }));
  } else {
    refuse(form, answer.refusal);
    form.dispatchEvent(new CustomEvent("live:refused", { bubbles: true, detail: answer }));
    submitter?.focus();
  }
}

async function posted(address, body) {
  for (const wait of body.get("key") ? WAITS : [0]) {
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(15_000) });
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (isJson) return await answer.json();
      if (answer.status < 500) return { refusal: words.refused ?? "" };
    } catch {
      // nobody answered: tried again under the same key
    }
  }
  return { refusal: words.unreachable ?? "" };
}

function setBusy(form, isBusy) {
  form.setAttribute("aria-busy", String(isBusy));
  // Not [disabled]: the button keeps the focus, and a screen reader its place.
  form.querySelectorAll("button, input[type=submit]").forEach((button) => button.setAttribute("aria-disabled", String(isBusy)));
}

function refuse(form, sentence) {
  let place = form.querySelector("[data-refusal]");
  if (!place && !sentence) return;
  if (!place) {
    place = document.createElement("p");
    place.dataset.refusal = "";
    form.append(place);
  }
  place.setAttribute("role", "alert");
  place.textContent = sentence ?? "";
  place.hidden = !sentence;
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
