/**
 * The state of the browse page, and the address that holds all of it.
 *
 * (Not in `?q=`: with that parameter in an address, Material opens its own search.)
 */

/**
 * @typedef {object} State
 * @property {string} query - as it stands in the box
 * @property {string} sort - a column, with `-` before it for downwards; empty for the listing's own order
 * @property {string} view - `table`, `cards` or `compact`
 * @property {number} page - from 1
 */

export const VIEWS = ["table", "cards", "compact"];

/** @type {State} */
export const START = { query: "", sort: "", view: VIEWS[0], page: 1 };

/**
 * The state that an address holds; whatever makes no sense in it is left out.
 *
 * @param {string} search - of an address, `?find=...`
 * @returns {State}
 */
export function read(search) {
  const given = new URLSearchParams(search);
  const view = given.get("view") ?? "";
  const page = given.get("page") ?? "";
  return {
    query: given.get("find") ?? START.query,
    sort: given.get("sort") ?? START.sort,
    view: VIEWS.includes(view) ? view : START.view,
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : START.page,
  };
}

/**
 * An address with a state in it; parameters that are none of ours stay.
 *
 * @param {State} state
 * @param {URL} address
 * @returns {URL}
 */
export function write(state, address) {
  const written = new URL(address);
  const given = written.searchParams;
  const query = state.query.trim();
  for (
    const [name, value, start] of /** @type {const} */ ([
      ["find", query, START.query],
      ["sort", state.sort, START.sort],
      ["view", state.view, START.view],
      ["page", String(state.page), String(START.page)],
    ])
  ) {
    if (value === start) given.delete(name);
    else given.set(name, value);
  }
  // Colons and commas may stand in a query as they are, and addresses with them are easier to read.
  written.search = given.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return written;
}

/** How long before the address holds what a reader types, in milliseconds: writing it takes longer than finding papers. */
const WRITTEN_AFTER = 400;

/**
 * Keeps the address of the page. A choice is a step that the back button undoes; all that somebody types at a stretch is one.
 */
export class Address {
  constructor() {
    /** @type {State | null} what was typed and is not written yet */
    this.typed = null;
    this.timer = 0;
    this.typing = false;
  }

  /**
   * Hold what somebody chose.
   *
   * @param {State} state
   */
  choose(state) {
    this.flush();
    this.typing = false;
    this.put(state, "pushState");
  }

  /**
   * Hold what somebody types, soon.
   *
   * @param {State} state
   */
  type(state) {
    this.typed = state;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WRITTEN_AFTER);
  }

  /** Hold now what was typed, because the reader turns to something else. */
  flush() {
    clearTimeout(this.timer);
    const { typed, typing } = this;
    this.typed = null;
    if (!typed) return;
    this.typing = true;
    this.put(typed, typing ? "replaceState" : "pushState");
  }

  /** The address has changed by itself: the reader has gone back or forth. */
  turned() {
    clearTimeout(this.timer);
    this.typed = null;
    this.typing = false;
  }

  /**
   * @param {State} state
   * @param {"pushState" | "replaceState"} how
   */
  put(state, how) {
    const address = write(state, new URL(location.href));
    if (address.href !== location.href) history[how](history.state, "", address);
  }
}
