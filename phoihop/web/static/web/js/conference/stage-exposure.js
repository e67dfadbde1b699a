// Where a site that sends is seen and heard now, from what the conference's log says: the words of its own state line.
import { state } from "./live.js";

// Whom the stage reaches: "all", "sites", or "none" in a part that is the presidium's own.
function reach() {
  const { item, conference } = state();
  if (item?.is_closed_part || item?.visibility === "hidden") return "none";
  return conference?.state === "open" && (item?.visibility ?? "open") === "open" ? "all" : "sites";
}

// The central site as of now; until anything is heard, as the page was written.
export const centreNow = (written) => state().conference?.centre ?? written;

// {words: names of the sentences, isHeard: the microphone is open, isExposed: somebody sees or hears the site}
export function exposure(site, written) {
  const centre = centreNow(written);
  const { floor, hall, muted } = state();
  const reached = reach();
  const onStage = (floor?.site ?? centre) === site;
  const mutedBy = muted?.sites?.[site] ?? "";
  const isHeard = (onStage || site === centre) && mutedBy === "";
  const shown = reached === "sites" ? "Sites" : "";
  const words = [];
  if (reached !== "none" && onStage) words.push(`${isHeard ? "heard" : "seen"}${shown}`);
  if (reached !== "none" && !onStage && isHeard) words.push(`chairHeard${shown}`);
  if (hall?.scene === "mosaic" && hall.sites?.includes(site)) words.push("mosaic");
  const isExposed = words.length > 0;
  if (!isExposed && mutedBy) words.push("sent");
  if (mutedBy) words.push(mutedBy === "chair" ? "mutedChair" : "mutedDirector");
  return { words, isHeard, isExposed };
}
