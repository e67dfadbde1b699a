// The form's fields as what is sent, and back.
export function readForm(form) {
  const typed = { cells: {}, na: [], consolidated: [], notes: {}, narrative: {}, prefilled: {}, reason: "" };
  for (const field of form.elements) {
    const [kind, ...rest] = (field.name ?? "").split("-");
    const code = rest.join("-");
    if (kind === "c") typed.cells[code] = field.value;
    else if (kind === "n") typed.notes[code] = field.value;
    else if (kind === "s") typed.narrative[code] = field.value;
    else if (kind === "na" && field.checked) typed.na.push(code);
    else if (kind === "pre" && field.value) typed.prefilled[code] = field.value;
    else if (kind === "all" && (field.type === "hidden" || field.checked)) typed.consolidated.push(code);
    else if (field.name === "reason") typed.reason = field.value;
  }
  return typed;
}

// The codes that were filled in and have no field any more are given back.
export function fillFrom(form, typed) {
  for (const field of form.elements) {
    const [kind, ...rest] = (field.name ?? "").split("-");
    const code = rest.join("-");
    if (kind === "c") field.value = typed.cells[code] ?? "";
    else if (kind === "n") field.value = typed.notes[code] ?? "";
    else if (kind === "s") field.value = typed.narrative[code] ?? "";
    else if (kind === "na") field.checked = typed.na.includes(code);
    else if (kind === "pre") field.value = typed.prefilled?.[code] ?? "";
    else if (kind === "all" && field.type === "checkbox") field.checked = typed.consolidated.includes(code);
    else if (field.name === "reason") field.value = typed.reason ?? "";
  }
  const filled = Object.keys(typed.cells).filter((code) => typed.cells[code].trim() || typed.notes[code]?.trim());
  return [...new Set([...filled, ...typed.na])].filter((code) => !form.elements[`c-${code}`]);
}

// Code or section -> its label.
export function labelsOf(form) {
  const fields = [...form.elements].filter((field) => /^[cs]-/.test(field.name ?? ""));
  return Object.fromEntries(
    fields.map((field) => [field.name.slice(2), field.labels[0]?.textContent.trim().replace(/\s+/g, " ") ?? ""]),
  );
}

// A cell holds a figure or “not applicable”, never both: the one given last stays, where it is seen.
export function oneOrTheOther(form) {
  form.addEventListener("input", ({ target }) => {
    const [kind, code] = [target.name?.split("-")[0], target.name?.replace(/^[^-]+-/, "")];
    const [figure, none] = [form.elements[`c-${code}`], form.elements[`na-${code}`]];
    if (kind === "na" && target.checked) figure.value = "";
    else if (kind === "c" && target.value.trim() && none) none.checked = false;
  });
}
