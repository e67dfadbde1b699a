// data-kept-texts: puts the chosen text into the reason, where it can be changed before it is sent.
const texts = document.querySelector("[data-kept-texts]");
const reason = document.querySelector("[data-reason]");

function take() {
  if (!texts.value) return;
  reason.value = [reason.value.trim(), texts.value].filter(Boolean).join("\n").slice(0, reason.maxLength);
  texts.value = "";
  reason.focus();
}

texts?.addEventListener("change", take);
if (texts) take(); // chosen before this script was there
