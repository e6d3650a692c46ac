/**
 * The browse page: a box, facets and a list, all of one state, which the address holds.
 */

import { Address, read, START, write } from "./address.js";
import { element, mark, part, word } from "./dom.js";
import { download } from "./exports.js";
import { facetPanels } from "./facet-panels.js";
import { listenToKeys } from "./keyboard.js";
import { find, NOTE } from "./match.js";
import { inOrder } from "./order.js";
import { PaperIndex } from "./paper-index.js";
import { parse, print, printTerm } from "./query.js";
import { afterFrame, Results, soon } from "./results.js";
import { speak } from "./words.js";
import { addedAfter, lastVisit } from "../visits.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./match.js").Found} Found */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./words.js").Words} Words */

/**
 * @typedef {object} Settings
 * @property {string} index - the index file, relative to the site's root
 * @property {string} notes - the file with the words of the notes, likewise
 * @property {number} pageSize
 * @property {boolean} badges
 * @property {string} language
 * @property {Record<string, import("./exports.js").Export>} exports
 * @property {Record<string, string>} words
 */

/** How long a reader is still before the number found is said aloud, in milliseconds. */
const SAID_AFTER = 600;
/** How long nobody types before what later key presses need is made ready, in milliseconds. */
const PAUSE = 1000;
/** Papers whose words are made ready at a time, so that no key press waits for them. */
const READY_AT_A_TIME = 500;
/** What words begin with, the most frequent first: most readers will have begun before the last. */
const LETTERS = Array.from("satcpmbdrlfeginohuwvkqyjxz0123456789");
/** What the first key presses ask for: in quotes, a letter stands for many words too, and each of them is looked at. */
const BEGINNINGS = [...LETTERS, ...LETTERS.map((letter) => `"${letter}`)];

/** @type {Map<string, Promise<PaperIndex>>} where pages are swapped without loading anew, the index is loaded once */
const loaded = new Map();
/** @type {AbortController | null} ends what listens beyond the page that was there before */
let leaving = null;

/**
 * Bring a browse page to life.
 *
 * @param {HTMLElement} root
 */
export async function start(root) {
  leaving?.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  /** @type {Settings} */
  const settings = JSON.parse(root.dataset.settings ?? "");
  const words = speak(settings.words, settings.language);
  const box = /** @type {HTMLInputElement} */ (part(root, "box"));
  const state = read(location.search);
  box.value = state.query || box.value;
  showMenus(root, signal);
  unfoldFacets(root, signal);
  // What is not to be shown must not show while the index loads.
  const waiting = state.query !== "" || state.page !== START.page || state.sort !== "" || state.view !== START.view;
  part(root, "list").toggleAttribute("data-waiting", waiting);
  part(root, "list").setAttribute("aria-busy", String(waiting));
  try {
    const index = await load(new URL((root.dataset.root ?? "") + settings.index, location.href).href);
    // To read the index and to show what is in it are a task each: a finger waits for neither.
    await new Promise((done) => setTimeout(done));
    if (!signal.aborted) new Browser(root, index, settings, words, signal).start();
  } catch (error) {
    part(root, "number").textContent = words("browse.failed");
    throw error;
  } finally {
    part(root, "list").removeAttribute("data-waiting");
    part(root, "list").removeAttribute("aria-busy");
  }
}

/**
 * Where facets fold away, a button shows them, before the index is there too.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
function unfoldFacets(root, signal) {
  const fold = part(root, "fold");
  fold.addEventListener("click", () => {
    const open = part(root, "facets").classList.toggle("papers-facets-open");
    fold.setAttribute("aria-expanded", String(open));
  }, { signal });
}

/**
 * @param {string} url
 * @returns {Promise<PaperIndex>}
 */
function load(url) {
  let index = loaded.get(url);
  if (!index) {
    index = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    }).then((file) => new PaperIndex(file));
    index.catch(() => loaded.delete(url));
    loaded.set(url, index);
  }
  return index;
}

class Browser {
  /**
   * @param {HTMLElement} root
   * @param {PaperIndex} index
   * @param {Settings} settings
   * @param {Words} words
   * @param {AbortSignal} signal
   */
  constructor(root, index, settings, words, signal) {
    this.root = root;
    this.index = index;
    this.settings = settings;
    this.words = words;
    this.signal = signal;
    this.base = root.dataset.root ?? "";
    this.names = new Set([...index.facets.map((facet) => facet.name), NOTE]);
    this.box = /** @type {HTMLInputElement} */ (part(root, "box"));
    this.number = part(root, "number");
    this.status = part(root, "status");
    this.pager = part(root, "pager");
    this.chosen = part(root, "chosen");
    this.sort = /** @type {HTMLSelectElement} */ (part(root, "sort"));
    this.direction = /** @type {HTMLButtonElement} */ (part(root, "direction"));
    this.views = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-view]"));
    this.list = part(root, "list");
    this.results = new Results(part(root, "rows"), { index, words, root: this.base, badges: settings.badges });
    this.heads = /** @type {NodeListOf<HTMLElement>} */ (this.results.table.querySelectorAll("thead th"));
    this.panels = facetPanels(part(root, "facets"), index, words, (change) => this.ask(change));
    this.nothing = element("div", { class: "papers-empty", hidden: true });
    this.list.before(this.nothing);
    this.address = new Address();
    /** @type {State} */
    this.state = START;
    /** @type {Term[]} */
    this.terms = [];
    /** @type {Found | null} */
    this.found = null;
    /** @type {number[]} */
    this.ids = [];
    /** @type {Promise<Record<string, string>> | null} the words of the notes, once they are asked for */
    this.loadingNotes = null;
    this.said = 0;
    this.turn = 0;
    this.preparing = 0;
    /** What is looked for before anybody asks. */
    this.beginnings = BEGINNINGS;
  }

  start() {
    this.listen();
    this.makeHeads();
    // The box may hold more than the address: a reader has typed while the index was loading.
    const typed = this.box.value;
    const state = read(location.search);
    this.show(state, { given: JSON.stringify(state) === JSON.stringify(START) });
    if (typed.trim() !== state.query) this.type(typed);
    this.showNew();
    this.makeReady();
  }

  /** Lead a reader who comes back to what is new. */
  showNew() {
    const since = lastVisit(this.index.added);
    if (since === null || !this.index.added.some((time) => time > since)) return;
    const button = part(this.root, "new");
    button.hidden = false;
    button.addEventListener("click", () => this.go({ query: addedAfter(since), page: 1 }));
  }

  /** Make ready what the first key press needs: the papers' words, a few at a time. */
  makeReady() {
    if (this.signal.aborted) return;
    const ready = this.index.prepare(READY_AT_A_TIME);
    this.preparing = soon(() => ready ? this.rehearse() : this.makeReady());
  }

  /** Leave the processor to a reader who types, and go on when there is a pause. */
  pause() {
    clearTimeout(this.preparing);
    this.preparing = setTimeout(() => this.makeReady(), PAUSE);
  }

  /**
   * Look for every letter while nobody waits: the first one of a word finds most, and takes longest. The browser has compiled
   * then what a key press runs.
   */
  rehearse() {
    const [beginning, ...others] = this.beginnings;
    if (this.signal.aborted || beginning === undefined) return;
    const found = find(this.index, parse(beginning, this.names));
    const ids = inOrder(this.index, found, "");
    this.preparing = soon(() => {
      this.results.prepare(ids, this.state.view);
      this.beginnings = others;
      this.preparing = soon(() => this.rehearse());
    });
  }

  listen() {
    const { root, box, signal } = this;
    box.addEventListener("input", () => this.type(box.value), { signal });
    box.addEventListener("blur", () => this.address.flush(), { signal });
    part(root, "form").addEventListener("submit", (event) => event.preventDefault(), { signal });
    listenToKeys(box, this.results, () => this.go({ query: "", page: 1 }), signal);
    globalThis.addEventListener("popstate", () => {
      this.address.turned();
      this.show(read(location.search));
    }, { signal });
    this.sort.addEventListener("change", () => this.sortBy(this.sort.value), { signal });
    this.direction.addEventListener("click", () => this.sortBy(this.state.sort.replace(/^-/, "")), { signal });
    for (const button of this.views) {
      button.addEventListener("click", () => this.go({ view: button.dataset.view }), { signal });
    }
    part(root, "copy").addEventListener("click", () => this.copyLink(), { signal });
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll("[data-export]"))) {
      link.addEventListener("click", (event) => this.export(event, link.dataset.export ?? ""), { signal });
    }
    this.pager.addEventListener("click", (event) => this.turnPage(event), { signal });
  }

  /** The heads of the table become buttons that sort. */
  makeHeads() {
    for (const head of this.heads) {
      const column = head.dataset.column ?? "";
      const button = element("button", { type: "button", class: "papers-sort" }, head.textContent);
      button.addEventListener("click", () => this.sortBy(column));
      head.replaceChildren(button);
    }
  }

  /**
   * Sort by a column; where the list is sorted by it already, the other way round.
   *
   * @param {string} column
   */
  sortBy(column) {
    const { sort } = this.state;
    const { descending } = this.index.columns.find(({ name }) => name === column) ?? {};
    const [first, other] = descending ? [`-${column}`, column] : [column, `-${column}`];
    this.go({ sort: sort === first ? other : first, page: 1 });
  }

  /**
   * What a reader types.
   *
   * @param {string} text
   */
  type(text) {
    this.pause();
    this.show({ ...this.state, query: text, page: 1 }, { typing: true });
    this.address.type(this.state);
  }

  /**
   * What a reader chooses.
   *
   * @param {Partial<State>} change
   */
  go(change) {
    this.show({ ...this.state, ...change });
    this.address.choose(this.state);
  }

  /**
   * Ask another query.
   *
   * @param {(terms: readonly Term[]) => Term[]} change
   */
  ask(change) {
    this.go({ query: print(change(parse(this.box.value, this.names))), page: 1 });
  }

  /**
   * Show a state.
   *
   * @param {State} state
   * @param {{given?: boolean, typing?: boolean}} [options] - whether the page as it came shows it already; whether the reader
   *   is typing it
   */
  show(state, { given = false, typing = false } = {}) {
    const { pageSize } = this.settings;
    this.terms = parse(state.query, this.names);
    if (!this.index.noteTexts && this.terms.some((term) => term.facet === NOTE)) {
      this.state = state;
      this.loadNotes();
      return;
    }
    this.found = find(this.index, this.terms, this.found);
    this.ids = inOrder(this.index, this.found, state.sort);
    const rows = this.index.oneOfEachWork(this.ids);
    const pages = Math.max(1, Math.ceil(rows.length / pageSize));
    const page = Math.min(state.page, pages);
    this.state = { ...state, page };
    if (this.box.value !== state.query) this.box.value = state.query;
    const ids = rows.slice((page - 1) * pageSize, page * pageSize);
    if (given) this.results.adopt(ids);
    else this.results.show(ids, state.view, { typing });
    this.showNothing();
    for (const button of this.views) mark(button, "aria-pressed", String(button.dataset.view === state.view));
    const chosen = this.terms.filter((term) => term.kind === "facet").length;
    word(this.chosen, chosen > 0 ? ` (${chosen})` : "");
    const tell = () => {
      this.showNumber(rows.length);
      this.showSort();
      this.showPager(pages);
    };
    if (!typing) tell();
    // The papers first; what tells of them follows when those are on the screen.
    this.turn += 1;
    const turn = this.turn;
    const update = () => {
      if (turn !== this.turn) return;
      if (typing) tell();
      if (this.found) this.panels.update(this.terms, this.found);
    };
    if (given) update();
    else afterFrame(update);
  }

  /** Fetch the words of the notes, and show then what a reader asks for by that time. */
  async loadNotes() {
    const { index, settings, words, signal, list } = this;
    list.setAttribute("aria-busy", "true");
    this.loadingNotes ??= fetch(this.base + settings.notes).then((answer) => {
      if (!answer.ok) throw new Error(`${settings.notes}: ${answer.status}`);
      return answer.json();
    });
    try {
      const texts = await this.loadingNotes;
      if (!index.noteTexts) index.takeNotes(texts);
      list.removeAttribute("aria-busy");
      if (!signal.aborted) this.show(this.state);
    } catch (error) {
      // The network may be back at the next key.
      this.loadingNotes = null;
      this.number.textContent = words("browse.failed");
      throw error;
    }
  }

  /**
   * Say how many papers are found: as many as there are rows, and where several are versions of one work, how many those are.
   *
   * @param {number} n
   */
  showNumber(n) {
    const { index, ids, words } = this;
    const found = ids.length === index.size
      ? words("papers", { n })
      : words("browse.found", { n, total: index.workCount });
    const text = ids.length === n ? found : words("browse.versions", { papers: found, n: ids.length });
    if (this.number.textContent === text) return;
    this.number.textContent = text;
    clearTimeout(this.said);
    this.said = setTimeout(() => (this.status.textContent = text), SAID_AFTER);
  }

  /** Say so where nothing is found, and offer the way back. */
  showNothing() {
    const { nothing, terms, words } = this;
    const some = this.ids.length > 0;
    if (nothing.hidden !== some) nothing.hidden = some;
    if (this.list.hidden === some) this.list.hidden = !some;
    if (some) return;
    const clear = element("button", { type: "button", class: "papers-browse-button" }, words("browse.clear"));
    clear.addEventListener("click", () => {
      this.go({ query: "", page: 1 });
      this.box.focus();
    });
    const ways = element("p", { class: "papers-browse-ways" }, clear);
    const absent = terms.filter(({ facet, not }) => !not && (facet === "arxiv" || facet === "doi"))
      .filter((term) => find(this.index, [term]).count === 0)
      .map((term) => element("p", {}, words("browse.absent", { paper: printTerm(term) })));
    nothing.replaceChildren(element("p", {}, element("strong", {}, words("browse.nothing"))), ...absent, ways);
    if (terms.length > 1) soon(() => this.offerLess(ways));
  }

  /**
   * Offer to leave out one term, where that finds papers.
   *
   * @param {HTMLElement} ways
   */
  offerLess(ways) {
    const { terms, words } = this;
    if (!ways.isConnected || this.ids.length > 0) return;
    for (const term of terms.slice(0, 8)) {
      const others = terms.filter((other) => other !== term);
      const { count } = find(this.index, others, null);
      if (count === 0) continue;
      const label = `${words("browse.without", { term: printTerm(term) })} (${count})`;
      const button = element("button", { type: "button", class: "papers-browse-button" }, label);
      button.addEventListener("click", () => this.go({ query: print(others), page: 1 }));
      ways.append(button);
    }
  }

  showSort() {
    const { sort } = this.state;
    const column = sort.replace(/^-/, "");
    const worded = this.found?.needles.some((needle) => !needle.not);
    word(this.sort.options[0], this.words(worded ? "browse.best" : "browse.newest"));
    if (this.sort.value !== column) this.sort.value = column;
    this.direction.hidden = column === "";
    mark(this.direction, "aria-pressed", String(sort.startsWith("-")));
    word(this.direction, sort.startsWith("-") ? "↓" : "↑");
    for (const head of this.heads) {
      if (head.dataset.column !== column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
    }
  }

  /** @param {number} pages */
  showPager(pages) {
    const { pager, words } = this;
    const { page } = this.state;
    if (pages === 1) return pager.replaceChildren();
    const link = (/** @type {number} */ to, /** @type {string} */ rel, /** @type {string} */ label) => {
      if (to < 1 || to > pages) return element("span");
      const href = write({ ...this.state, page: to }, new URL(location.href)).href;
      return element("a", { rel, href, "data-page": to }, label);
    };
    pager.replaceChildren(
      element(
        "nav",
        { class: "papers-paging", "aria-label": words("pages") },
        link(page - 1, "prev", `← ${words("previous_page")}`),
        element("span", {}, words("page_of", { number: page, pages })),
        link(page + 1, "next", `${words("next_page")} →`),
      ),
    );
  }

  /** @param {Event} event */
  turnPage(event) {
    const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-page]"));
    const pressed = /** @type {MouseEvent} */ (event);
    if (!link || pressed.ctrlKey || pressed.metaKey || pressed.shiftKey || pressed.altKey) return;
    event.preventDefault();
    // Material would load the page anew, for all it can tell.
    event.stopPropagation();
    this.go({ page: Number(link.dataset.page) });
    const again = this.pager.querySelector(`[rel=${link.getAttribute("rel")}]`) ?? this.pager.querySelector("a");
    /** @type {HTMLElement | null} */ (again)?.focus({ preventScroll: true });
    this.root.scrollIntoView();
  }

  async copyLink() {
    const button = part(this.root, "copy");
    const { words } = this;
    await navigator.clipboard.writeText(location.href);
    button.textContent = words("copied");
    this.status.textContent = words("copied");
    setTimeout(() => (button.textContent = words("browse.copy")), 2000);
  }

  /**
   * @param {Event} event
   * @param {string} path
   */
  async export(event, path) {
    event.preventDefault();
    event.stopPropagation();
    try {
      await download(this.settings.exports[path], this.base, this.index.keys, this.ids);
    } catch (error) {
      this.number.textContent = this.words("browse.export.failed");
      throw error;
    }
    closeMenus(this.root);
  }
}

/**
 * Let menus close when a reader goes elsewhere.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
function showMenus(root, signal) {
  document.addEventListener("click", (event) => closeMenus(root, /** @type {Node} */ (event.target)), { signal });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget) closeMenus(root, /** @type {Node} */ (event.relatedTarget));
  }, { signal });
  root.addEventListener("keydown", (event) => {
    const menu = /** @type {Element} */ (event.target).closest(".papers-browse-menu[open]");
    if (event.key !== "Escape" || !menu) return;
    closeMenus(root);
    /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
  }, { signal });
}

/**
 * @param {HTMLElement} root
 * @param {Node | null} [but] - menus that hold this stay open
 */
function closeMenus(root, but = null) {
  for (const menu of root.querySelectorAll(".papers-browse-menu[open]")) {
    if (!menu.contains(but)) menu.removeAttribute("open");
  }
}
