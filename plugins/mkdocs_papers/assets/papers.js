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

/** Let the buttons to copy code be no landmarks: Material puts each into one without a name. */
function unmarkCopying() {
  const unmark = () => {
    for (const around of document.querySelectorAll("pre > nav:not([role])")) around.setAttribute("role", "none");
  };
  // They come by themselves, each in its time.
  for (const code of document.querySelectorAll("pre:has(> code)")) {
    new MutationObserver(unmark).observe(code, { childList: true });
  }
  unmark();
}

/** Let the keyboard reach tables and formulas that scroll inside themselves: Material puts each table into a box that no key gets to. */
function reachScrolling() {
  const article = document.querySelector(".md-content__inner");
  if (!article?.querySelector("table:not([class]), div.papers-math")) return;
  const reach = () => {
    for (const around of article.querySelectorAll(".md-typeset__scrollwrap, div.papers-math")) {
      if (around.scrollWidth > around.clientWidth) around.setAttribute("tabindex", "0");
      else around.removeAttribute("tabindex");
    }
  };
  // The boxes come by themselves, and what scrolls differs with the window.
  new MutationObserver(() => requestAnimationFrame(reach)).observe(article, { childList: true, subtree: true });
  new ResizeObserver(reach).observe(article);
}

/** Help the header's search, once somebody uses it. */
function search() {
  const box = document.querySelector(".md-search__input");
  if (!(box instanceof HTMLInputElement)) return;
  const help = async () => (await import("./search.js")).help(box);
  // An address may bring a query with it.
  if (box.value) help();
  else box.addEventListener("focus", help, { once: true });
}

/** Bring the browse page to life, on the page that is one. */
async function browse() {
  const root = document.querySelector('[data-browse="root"]');
  if (!(root instanceof HTMLElement)) return;
  // The papers first, since what is fetched at the same time slows them down; but not where the address asks for others.
  if (!location.search) await painted();
  // All modules at once: each would be found only in the one before.
  for (const script of (root.dataset.scripts ?? "").split(" ")) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(`browse/${script}.js`, import.meta.url).href;
    document.head.append(link);
  }
  const { start } = await import("./browse/browse.js");
  if (root.isConnected) start(root);
}

/** Let readers filter an index of people or institutions. */
async function people() {
  const root = document.querySelector(".papers-people");
  if (root instanceof HTMLElement) (await import("./people.js")).offerFinding(root);
}

/** Offer the papers of a name where it has no page. */
async function missing() {
  const root = document.querySelector(".papers-missing");
  if (root instanceof HTMLElement) (await import("./missing.js")).offerPapers(root);
}

/** A page that is never drawn is waited for so long, in milliseconds. */
const UNDRAWN = 2000;

/** When the page has been drawn, or is not looked at. */
async function painted() {
  if (document.hidden) return;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  if (!PerformanceObserver.supportedEntryTypes?.includes("paint")) return;
  // A busy browser hands its frame to the screen some time after that, and notes when it has.
  await new Promise((done) => {
    new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").length > 0 && done(null))
      .observe({ type: "paint", buffered: true });
    setTimeout(done, UNDRAWN);
  });
}

/** Let pictures in notes open over the page, and Escape put away what a link shows of its paper. */
async function annotations() {
  if (document.querySelector(".papers-zoom")) (await import("./zoom.js")).offerZooming();
  if (document.querySelector(".papers-known")) await import("./hover.js");
}

/** Show GitHub's stars beside code, row by row, as a reader sees them. (The browse page shows other rows soon, and does so itself.) */
async function badges() {
  if (!document.querySelector("[data-stars]") || document.querySelector('[data-browse="root"]')) return;
  (await import("./badges.js")).watchBadges(document);
}

/** Let tables of papers be sorted by their heads. */
async function sorting() {
  const tables = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll(".papers-table")));
  if (tables.length === 0 || document.querySelector('[data-browse="root"]')) return;
  (await import("./sorting.js")).offerSorting(tables);
}

/** Mark what is new to a reader who comes back. */
async function visits() {
  if (document.querySelector("[data-added]")) (await import("./visits.js")).markNew();
}

/** What each page needs, once it is there. */
function start() {
  nameSearch();
  unmarkCopying();
  reachScrolling();
  search();
  offerCopying();
  browse();
  people();
  visits();
  sorting();
  missing();
  badges();
  annotations();
}

// Where Material swaps pages without loading them anew (`navigation.instant`), it says so here, of the first page too.
const swapped = /** @type {{document$?: {subscribe: (then: () => void) => void}}} */ (globalThis).document$;
if (swapped) swapped.subscribe(start);
else start();
