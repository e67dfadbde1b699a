// What the server found: listed on top, repeated at each field.
export function showFindings(form, answer) {
  const summary = document.querySelector("[data-error-summary]");
  const list = summary.querySelector("ul");
  list.replaceChildren();
  for (const field of form.querySelectorAll("[data-cell]")) mark(field, null);
  const findings = answer.findings ?? (answer.sentence ? [{ sentence: answer.sentence, codes: [], severity: "error" }] : []);
  summary.hidden = findings.length === 0;
  summary.querySelector("[data-again]").hidden = !answer.sentence || Boolean(answer.findings); // about no cell
  for (const finding of findings) {
    const item = document.createElement("li");
    const code = finding.codes.find((each) => form.querySelector(`[data-cell="${CSS.escape(each)}"]`));
    if (code) {
      const link = document.createElement("a");
      link.href = `#c-${code}`;
      link.textContent = finding.sentence;
      item.append(link);
      mark(form.querySelector(`[data-cell="${CSS.escape(code)}"]`), finding);
    } else item.append(finding.sentence);
    list.append(item);
  }
  if (findings.length) summary.focus();
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
