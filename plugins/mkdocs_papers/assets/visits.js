/**
 * What is new since a reader's last visit. Their own browser keeps what it has shown them; nobody else is told.
 */

/** Sites below one address each keep their own. */
const KEPT = `papers seen ${new URL("../../", import.meta.url).pathname}`;
/** A visit ends when a reader has looked at no page for so long, in milliseconds. */
const AWAY = 3_600_000;

/**
 * @typedef {object} Visit
 * @property {number | null} before - what was the newest when the visit before ended; null at the first one
 * @property {number} newest - what is the newest that was shown
 * @property {number} at - when a page was last looked at, in milliseconds
 */

/**
 * Note what a page shows, and say what was the newest at the last visit.
 *
 * @param {readonly number[]} times - when that was added, in seconds
 * @returns {number | null} null where there was no visit, or the browser keeps nothing
 */
export function lastVisit(times) {
  if (times.length === 0) return null;
  try {
    /** @type {Partial<Visit>} */
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    const { before = null, newest = null, at = 0 } = kept;
    const since = newest !== null && Date.now() - at > AWAY ? newest : before;
    const now = { before: since, newest: Math.max(newest ?? 0, ...times), at: Date.now() };
    localStorage.setItem(KEPT, JSON.stringify(now));
    return since;
  } catch {
    return null;
  }
}

/**
 * The query for all papers that were added after a visit.
 *
 * @param {number} since - what was the newest then, in seconds
 */
export function addedAfter(since) {
  return `added:>${new Date(since * 1000).toISOString().replace(/\.\d+/, "")}`;
}

/** Mark what is new in lists of the newest papers and notes, and lead to all papers of it. */
export function markNew() {
  const entries = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll("[data-added]")));
  const since = lastVisit(entries.map((entry) => Number(entry.dataset.added)));
  if (since === null) return;
  const fresh = entries.filter((entry) => Number(entry.dataset.added) > since);
  for (const entry of fresh) {
    const mark = document.createElement("span");
    mark.className = "papers-new";
    mark.textContent = entry.parentElement?.dataset.new ?? "";
    entry.querySelector(":scope > a")?.append(" ", mark);
  }
  const way = document.querySelector(".papers-new-since");
  // It leads to papers; new notes stand in their list.
  const papers = fresh.filter((entry) => entry.parentElement?.classList.contains("papers-newest"));
  const link = way?.querySelector("a");
  if (!(way instanceof HTMLElement) || !link || papers.length === 0) return;
  link.search = `?find=${addedAfter(since)}`;
  way.hidden = false;
}
