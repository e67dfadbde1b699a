// [data-hall-vote]: the open vote with how many have voted, then its result, drawn from what the screens show.
const box = document.querySelector("[data-hall-vote]");
const none = document.querySelector("[data-hall-none]");
const language = document.documentElement.lang.startsWith("en") ? "en" : "vi";
const number = new Intl.NumberFormat(document.documentElement.lang);
const percents = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2 });
const place = (name) => box.querySelector(`[data-hall-${name}]`);
let shown = null; // the vote

if (box) {
  document.addEventListener("live:change", (event) => draw(event.detail.state.vote));
  document.addEventListener("live:counts", (event) => count(event.detail?.vote));
}

function draw(vote) {
  shown = vote?.pk ? vote : null; // none, or of a part that is closed to this screen
  box.hidden = !shown;
  none.hidden = Boolean(shown);
  if (!shown) return;
  place("kind").textContent = box.dataset[vote.kind];
  place("title").textContent = vote.title[language];
  place("entitled").textContent = number.format(vote.entitled ?? 0);
  if (vote.result) count({ pk: vote.pk, voted: vote.result.cast });
  place("result").hidden = place("outcome").hidden = !vote.result;
  place("options").replaceChildren(...(vote.result ? vote.options.map((option) => line(option, vote.result)) : []));
  if (!vote.result) return;
  place("outcome").textContent = outcome(vote);
  place("outcome").className = `hall-vote-outcome ${vote.result.is_adopted ? "is-adopted" : ""}`;
}

// A question is adopted or not; between several options one is chosen, or none has the votes needed.
function outcome({ options, result }) {
  if (options.some((option) => option.key === "no")) return result.is_adopted ? box.dataset.adopted : box.dataset.notAdopted;
  const chosen = options.find((option) => option.key === result.carried);
  return chosen ? `${box.dataset.chosen}: ${chosen[language]}` : box.dataset.noneChosen;
}

function line(option, result) {
  const row = document.createElement("tr");
  const percent = result.percents[option.key];
  const cells = [option[language], number.format(result.counts[option.key]), percent ? `${percents.format(percent)} %` : "–"];
  row.append(...cells.map((text, index) => {
    const cell = document.createElement(index ? "td" : "th");
    if (!index) cell.scope = "row";
    else cell.className = "num";
    cell.textContent = text;
    return cell;
  }));
  if (option.key === result.carried) row.className = "is-carried";
  return row;
}

function count(told) {
  if (shown && told?.pk === shown.pk) place("voted").textContent = number.format(told.voted);
}
