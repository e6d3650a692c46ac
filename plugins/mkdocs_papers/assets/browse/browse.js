/**
 * The browse page: a box, facets and a list, all of one state, which the address holds.
 */

import { read, START, write } from "./address.js";
import { element, part } from "./dom.js";
import { download } from "./exports.js";
import { facetPanels } from "./facet-panels.js";
import { listenToKeys } from "./keyboard.js";
import { find } from "./match.js";
import { inOrder, sorts } from "./order.js";
import { PaperIndex } from "./paper-index.js";
import { parse, print, printTerm } from "./query.js";
import { Results, soon } from "./results.js";
import { speak } from "./words.js";

/** @typedef {import("./address.js").State} State */
/** @typedef {import("./match.js").Found} Found */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./words.js").Words} Words */

/**
 * @typedef {object} Settings
 * @property {string} index - the index file, relative to the site's root
 * @property {number} pageSize
 * @property {boolean} badges
 * @property {string} language
 * @property {Record<string, import("./exports.js").Export>} exports
 * @property {Record<string, string>} words
 */

/** How long a reader is still before the number found is said aloud, in milliseconds. */
const SAID_AFTER = 600;
/** Papers whose words are made ready at a time, so that no key press waits for them. */
const READY_AT_A_TIME = 500;

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
  const settings = JSON.parse(part(root, "settings").textContent ?? "");
  const words = speak(settings.words, settings.language);
  const box = /** @type {HTMLInputElement} */ (part(root, "box"));
  const state = read(location.search);
  box.value = state.query || box.value;
  showMenus(root, signal);
  // What is not to be shown must not show while the index loads.
  const waiting = state.query !== "" || state.page !== START.page || state.sort !== "" || state.view !== START.view;
  part(root, "list").toggleAttribute("data-waiting", waiting);
  part(root, "list").setAttribute("aria-busy", String(waiting));
  try {
    const index = await load(new URL((root.dataset.root ?? "") + settings.index, location.href).href);
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
    this.names = new Set(index.facets.map((facet) => facet.name));
    this.box = /** @type {HTMLInputElement} */ (part(root, "box"));
    this.sort = /** @type {HTMLSelectElement} */ (part(root, "sort"));
    this.direction = /** @type {HTMLButtonElement} */ (part(root, "direction"));
    this.results = new Results(part(root, "list"), { index, words, root: this.base, badges: settings.badges });
    this.panels = facetPanels(part(root, "facets"), index, words, (change) => this.ask(change));
    this.nothing = element("div", { class: "papers-empty", hidden: true });
    this.results.list.before(this.nothing);
    /** @type {State} */
    this.state = START;
    /** @type {Term[]} */
    this.terms = [];
    /** @type {Found | null} */
    this.found = null;
    /** @type {number[]} */
    this.ids = [];
    this.typing = false;
    this.said = 0;
  }

  start() {
    this.listen();
    this.makeHeads();
    const state = { ...read(location.search) };
    // The box may hold more: a reader has typed while the index was loading.
    const typed = this.box.value;
    this.show(state, { first: true });
    if (typed.trim() !== state.query) this.type(typed);
    this.makeReady();
  }

  /** Make the papers' words ready, a few at a time. */
  makeReady() {
    if (!this.signal.aborted && !this.index.prepare(READY_AT_A_TIME)) soon(() => this.makeReady());
  }

  listen() {
    const { root, box, signal } = this;
    box.addEventListener("input", () => this.type(box.value), { signal });
    part(root, "form").addEventListener("submit", (event) => event.preventDefault(), { signal });
    listenToKeys(box, this.results, () => this.go({ query: "", page: 1 }), signal);
    globalThis.addEventListener("popstate", () => this.show(read(location.search)), { signal });
    this.sort.addEventListener("change", () => this.go({ sort: this.sort.value, page: 1 }), { signal });
    this.direction.addEventListener("click", () => this.sortBy(this.state.sort.replace(/^-/, "")), { signal });
    for (const button of this.viewButtons()) {
      button.addEventListener("click", () => this.go({ view: button.dataset.view }), { signal });
    }
    const fold = part(root, "fold");
    fold.addEventListener("click", () => {
      const open = part(root, "facets").classList.toggle("papers-facets-open");
      fold.setAttribute("aria-expanded", String(open));
    }, { signal });
    part(root, "copy").addEventListener("click", () => this.copyLink(), { signal });
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll("[data-export]"))) {
      link.addEventListener("click", (event) => this.export(event, link.dataset.export ?? ""), { signal });
    }
    part(root, "pager").addEventListener("click", (event) => this.turnPage(event), { signal });
  }

  /** @returns {NodeListOf<HTMLElement>} */
  viewButtons() {
    return this.root.querySelectorAll("[data-view]");
  }

  /** The heads of the table become buttons that sort. */
  makeHeads() {
    for (
      const head of /** @type {NodeListOf<HTMLElement>} */ (this.results.table.querySelectorAll("th[data-column]"))
    ) {
      const column = head.dataset.column ?? "";
      if (!sorts(column)) continue;
      const title = head.textContent ?? "";
      const button = element("button", { type: "button", class: "papers-browse-head" }, title);
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
    // Years are most often wanted from the newest.
    const first = column === "year" ? `-${column}` : column;
    const other = column === "year" ? column : `-${column}`;
    this.go({ sort: sort === first ? other : first, page: 1 });
  }

  /**
   * What a reader types: one step back undoes all of it.
   *
   * @param {string} text
   */
  type(text) {
    const how = this.typing ? "replaceState" : "pushState";
    this.typing = true;
    this.show({ ...this.state, query: text, page: 1 }, { how });
  }

  /**
   * Go to another state.
   *
   * @param {Partial<State>} change
   */
  go(change) {
    this.typing = false;
    this.show({ ...this.state, ...change }, { how: "pushState" });
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
   * @param {{how?: "pushState" | "replaceState", first?: boolean}} [options] - how the address comes to hold it, where it does
   *   not yet; whether this is the first state, which the page itself may show already
   */
  show(state, { how, first = false } = {}) {
    const before = this.state;
    this.state = state;
    this.terms = parse(state.query, this.names);
    this.found = find(this.index, this.terms, this.found);
    this.ids = inOrder(this.index, this.found, state.sort);
    const pages = Math.max(1, Math.ceil(this.ids.length / this.settings.pageSize));
    if (state.page > pages) this.state = state = { ...state, page: pages };
    // While somebody types, the box is theirs.
    if (this.box !== document.activeElement || this.box.value.trim() !== state.query.trim()) {
      this.box.value = state.query;
    }
    const given = first && JSON.stringify(state) === JSON.stringify(START);
    if (!given) {
      this.results.show(
        this.ids.slice((state.page - 1) * this.settings.pageSize, state.page * this.settings.pageSize),
        state.view,
      );
    } else this.results.holder(state.view);
    this.showNumber();
    this.showNothing();
    this.showSort();
    this.showPager(pages);
    for (const button of this.viewButtons()) {
      button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
    }
    this.panels.update(this.terms, this.found);
    const chosen = this.terms.filter((term) => term.kind === "facet").length;
    part(this.root, "chosen").textContent = chosen > 0 ? ` (${chosen})` : "";
    if (how) this.remember(how);
    else this.typing = false;
    if (before.page !== state.page && !first) this.results.list.scrollIntoView({ block: "nearest" });
  }

  /** @param {"pushState" | "replaceState"} how */
  remember(how) {
    const address = write(this.state, new URL(location.href));
    if (address.href !== location.href) history[how](history.state, "", address);
  }

  showNumber() {
    const { index, ids, words } = this;
    const text = ids.length === index.size
      ? words("papers", { n: index.size })
      : words("browse.found", { n: ids.length, total: index.size });
    const number = part(this.root, "number");
    const changed = number.textContent !== text;
    number.textContent = text;
    clearTimeout(this.said);
    if (changed) this.said = setTimeout(() => (part(this.root, "status").textContent = text), SAID_AFTER);
  }

  /** Say so where nothing is found, and offer the way back. */
  showNothing() {
    const { nothing, terms, words } = this;
    nothing.hidden = this.ids.length > 0;
    this.results.list.hidden = this.ids.length === 0;
    if (nothing.hidden) return;
    const clear = element("button", { type: "button", class: "papers-browse-button" }, words("browse.clear"));
    clear.addEventListener("click", () => {
      this.go({ query: "", page: 1 });
      this.box.focus();
    });
    const ways = element("p", { class: "papers-browse-ways" }, clear);
    nothing.replaceChildren(element("p", {}, element("strong", {}, words("browse.nothing"))), ways);
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
    this.sort.options[0].textContent = this.words(worded ? "browse.best" : "browse.newest");
    this.sort.value = sort;
    if (this.sort.value !== sort) this.sort.value = column;
    this.direction.hidden = column === "";
    this.direction.setAttribute("aria-pressed", String(sort.startsWith("-")));
    this.direction.textContent = sort.startsWith("-") ? "↓" : "↑";
    for (const head of /** @type {NodeListOf<HTMLElement>} */ (this.results.table.querySelectorAll("th"))) {
      if (head.dataset.column === column) {
        head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      } else head.removeAttribute("aria-sort");
    }
  }

  /** @param {number} pages */
  showPager(pages) {
    const { words } = this;
    const { page } = this.state;
    const pager = part(this.root, "pager");
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
    const rel = link.getAttribute("rel");
    (/** @type {HTMLElement | null} */ (part(this.root, "pager").querySelector(`[rel=${rel}]`) ??
      part(this.root, "pager").querySelector("a")))?.focus({ preventScroll: true });
    this.root.scrollIntoView();
  }

  async copyLink() {
    const button = part(this.root, "copy");
    const { words } = this;
    await navigator.clipboard.writeText(location.href);
    button.textContent = words("copied");
    part(this.root, "status").textContent = words("copied");
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
      part(this.root, "number").textContent = this.words("browse.export.failed");
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
