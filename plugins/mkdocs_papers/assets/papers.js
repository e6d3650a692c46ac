/**
 * The library's pages with a script: what is loaded on every page, and no more than it needs.
 */

/** Show the copy buttons, and let each copy the text before it. */
function offerCopying() {
  for (const button of document.querySelectorAll(".papers-copy")) {
    if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement?.querySelector("pre")?.textContent ?? "");
      button.textContent = button.dataset.copied ?? label;
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
}

/** Give Material's search dialog the name that its box has: it has none, and a screen reader would say so. */
function nameSearch() {
  const name = document.querySelector(".md-search__input")?.getAttribute("aria-label");
  if (name) document.querySelector('.md-search[role="dialog"]')?.setAttribute("aria-label", name);
}

/** Mark what the header's search finds in text without spaces, once somebody asks for some. */
function markUnspaced() {
  const box = document.querySelector(".md-search__input");
  if (!(box instanceof HTMLInputElement) || box.dataset.papers) return;
  box.dataset.papers = "watched";
  const look = async () => {
    if (!/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(box.value)) return;
    box.removeEventListener("input", look);
    (await import("./search.js")).markHits();
  };
  box.addEventListener("input", look);
  // An address may bring the query with it.
  look();
}

/** Bring the browse page to life, on the page that is one. */
async function browse() {
  const root = document.querySelector('[data-browse="root"]');
  if (root instanceof HTMLElement) (await import("./browse/browse.js")).start(root);
}

/** Let pictures in notes open over the page, and Escape put away what a link shows of its paper. */
async function annotations() {
  if (document.querySelector(".papers-zoom")) (await import("./zoom.js")).offerZooming();
  if (document.querySelector(".papers-known")) await import("./hover.js");
}

/** What each page needs, once it is there. */
function start() {
  nameSearch();
  markUnspaced();
  offerCopying();
  browse();
  annotations();
}

// Where Material swaps pages without loading them anew (`navigation.instant`), it says so here, of the first page too.
const swapped = /** @type {{document$?: {subscribe: (then: () => void) => void}}} */ (globalThis).document$;
if (swapped) swapped.subscribe(start);
else start();
