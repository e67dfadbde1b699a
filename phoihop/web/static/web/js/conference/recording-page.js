// The items of the agenda beside a recording: a press jumps there, and the one that is played is marked.
const film = document.querySelector("[data-film]");
const chapters = [...document.querySelectorAll("[data-chapter]")];

function mark() {
  const passed = chapters.filter((each) => Number(each.dataset.chapter) <= film.currentTime + 0.1);
  for (const each of chapters) {
    if (each === passed.at(-1)) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}

for (const each of chapters) {
  each.addEventListener("click", (event) => {
    event.preventDefault();
    film.currentTime = Number(each.dataset.chapter);
    film.play().catch(() => {});
  });
}
film?.addEventListener("timeupdate", mark);
film?.addEventListener("seeked", mark);
