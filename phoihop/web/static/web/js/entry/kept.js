// data-kept: what this officer typed and the server has not taken, to be read and copied even where its form takes nothing.
import * as store from "./store.js";
import { STATES } from "./queue.js";

const list = document.querySelector("[data-kept]");

const sortedBy = (key) => (a, b) => b[key] - a[key];
const stateOf = (draft) => draft.why ?? (draft.state === STATES.queued && draft.submit ? "submission" : draft.state);

function moment(milliseconds) {
  return new Date(milliseconds).toLocaleString(document.documentElement.lang, {
    day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
  });
}

// [name, what was typed], in the form's order: figures with their notes, then the texts, then the reason.
function linesOf({ typed, labels = {} }) {
  const named = (code) => labels[code] ?? code;
  const codes = [...new Set([...Object.keys(typed.cells), ...typed.na, ...Object.keys(typed.notes)])];
  const figures = codes.map((code) => {
    const figure = typed.na.includes(code) ? list.dataset.na : typed.cells[code]?.trim();
    return [named(code), [figure, typed.notes[code]?.trim()].filter(Boolean).join("\n")];
  });
  const words = Object.entries(typed.narrative).map(([code, text]) => [named(code), text.trim()]);
  return [...figures, ...words, [list.dataset.reason, typed.reason?.trim()]].filter(([, text]) => text);
}

function itemOf(draft, again) {
  const item = list.querySelector("template").content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-kept-${name}]`);
  part("title").textContent = draft.title;
  part("state").textContent = list.dataset[stateOf(draft)];
  part("when").textContent = moment(draft.changed);
  part("sentence").textContent = draft.answer?.sentence ?? "";
  for (const [name, text] of linesOf(draft)) {
    const [term, said] = [document.createElement("dt"), document.createElement("dd")];
    [term.textContent, said.textContent] = [name, text];
    part("typed").append(term, said);
  }
  part("open").href = draft.page;
  part("open").hidden = draft.page === location.pathname;
  part("remove").addEventListener("click", async () => {
    if (!confirm(`${list.dataset.sure}\n${draft.title}`)) return;
    await store.remove(draft.id);
    again();
  });
  return item;
}

// `isShown` picks among the drafts of the user; `changed` hears that one was removed.
export async function showKept(user, isShown, changed = () => {}) {
  if (!list) return;
  const drafts = (await store.ofUser(user)).filter(isShown).sort(sortedBy("changed"));
  const again = () => { showKept(user, isShown, changed); changed(); };
  list.querySelector("ul").replaceChildren(...drafts.map((draft) => itemOf(draft, again)));
  list.hidden = drafts.length === 0;
}
