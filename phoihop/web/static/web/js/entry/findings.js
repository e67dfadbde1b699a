// What the server found: listed on top, repeated at each field.
export function showFindings(form, answer) {
  const summary = document.querySelector("[data-error-summary]");
  const list = summary.querySelector("ul");
  list.replaceChildren();
  for (const field of form.querySelectorAll("[data-cell]")) mark(field, null);
  const findings = answer.findings ?? (answer.sentence ? [{ sentence: answer.sentence, codes: [], severity: "error" }] : []);
  summary.hidden = findings.length === 0;
  summary.querySelector("[data-again]").hidden = !answer.sentence || Boolean(answer.findings); // about no cell
  const named = answer.field && form.elements[answer.field]; // about one field that is no cell
  markReason(form, named ? answer.sentence : "");
  if (named) summary.querySelector("[data-again]").hidden = true;
  for (const finding of findings) {
    const item = document.createElement("li");
    const code = finding.codes.find((each) => form.querySelector(`[data-cell="${CSS.escape(each)}"]`));
    if (code) {
      item.append(linkTo(`c-${code}`, finding.sentence));
      mark(form.querySelector(`[data-cell="${CSS.escape(code)}"]`), finding);
    } else if (named) item.append(linkTo(answer.field, finding.sentence));
    else item.append(finding.sentence);
    list.append(item);
  }
  if (findings.length) summary.focus();
}

function linkTo(id, text) {
  const link = document.createElement("a");
  [link.href, link.textContent] = [`#${id}`, text];
  return link;
}

function markReason(form, sentence) {
  const [input, line] = [form.elements.reason, form.querySelector("#reason-error")];
  if (!line) return;
  [line.textContent, line.hidden] = [sentence, !sentence];
  line.parentElement.classList.toggle("has-error", Boolean(sentence));
  if (sentence) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

// A warning explained in the note stays said, and no longer asks.
export function mark(field, finding, isExplained = false) {
  const line = field.querySelector(".error");
  const input = field.querySelector("input");
  const isWarning = finding?.severity === "warning";
  field.classList.toggle("has-error", finding?.severity === "error");
  field.classList.toggle("has-warning", isWarning && !isExplained);
  line.hidden = !finding;
  if (line.textContent !== (finding?.sentence ?? "")) line.textContent = finding?.sentence ?? "";
  if (finding?.severity === "error") input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (isWarning && !isExplained) field.querySelector("details").open = true;
}
