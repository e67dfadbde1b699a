// data-sign-out: warns of drafts that were never sent, then takes everything of the officer off the device.
import * as store from "./entry/store.js";

const form = document.querySelector("[data-sign-out]");

form?.addEventListener("submit", async (event) => {
  if (form.dataset.sure) return;
  event.preventDefault();
  if (!navigator.onLine) {
    alert(form.dataset.offline); // the session would stay, and the drafts would be gone
    return;
  }
  const user = document.body.dataset.user;
  const drafts = (await store.all().catch(() => [])).filter((draft) => draft.user === user);
  if (drafts.length && !confirm(`${form.dataset.signOut}\n${drafts.map((draft) => draft.title).join("\n")}`)) return;
  document.body.dataset.leaving = "yes"; // the form writes nothing more
  for (const draft of drafts) await store.remove(draft.id);
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage("forget");
  form.dataset.sure = "yes";
  form.submit();
});
