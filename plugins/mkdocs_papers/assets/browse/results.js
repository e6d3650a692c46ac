/**
 * The list of papers found: one page of it, in one of the views.
 */

import { element } from "./dom.js";
import { ROWS } from "./rows.js";

/** @typedef {import("./rows.js").Setting} Setting */

/**
 * What a row takes of the screen's height in each view, in rem, at the least; of cards, several stand side by side. Where
 * there is little room, rows of the table are blocks, one above the other.
 */
const HEIGHTS = { table: 2.6, blocks: 3.1, cards: 3, compact: 1.4 };
/** Rows below the screen follow when a reader has been still so long, in milliseconds, so many at a time. */
const REST_AFTER = 400;
const AT_A_TIME = 50;
/** Rows that are kept for the next time. */
const MOST_KEPT = 1500;
/** How long a reader is still before pictures of others' sites are asked for, in milliseconds. */
const STILL = 400;

export class Results {
  /**
   * @param {HTMLElement} list - holds the table, and the other views once they are asked for
   * @param {Setting} setting
   */
  constructor(list, setting) {
    this.list = list;
    this.setting = setting;
    this.table = /** @type {HTMLElement} */ (list.querySelector(".papers-scroll"));
    const heads = this.table.querySelectorAll("th");
    this.columns = Array.from(heads, (head) => head.dataset.column ?? "");
    /** @type {Record<string, HTMLElement>} where the rows of each view go */
    this.holders = { table: /** @type {HTMLElement} */ (this.table.querySelector("tbody")) };
    /** @type {Map<string, HTMLElement>} */
    this.kept = new Map();
    this.turn = 0;
    /** Where the list begins on the screen, in pixels, if the page is not scrolled. */
    this.top = 0;
    /** A rem, in pixels; a browser's own before it is measured. */
    this.rem = 16;
    /** Whether rows of the table are blocks. */
    this.blocks = false;
  }

  /**
   * Show papers.
   *
   * @param {readonly number[]} ids - those of one page
   * @param {string} view
   */
  show(ids, view) {
    this.turn += 1;
    const turn = this.turn;
    const holder = this.holder(view);
    let next = this.onScreen(view);
    fill(holder, ids.slice(0, next).map((id) => this.row(id, view)));
    const more = () => {
      if (turn !== this.turn) return;
      holder.append(...ids.slice(next, next + AT_A_TIME).map((id) => this.row(id, view)));
      next += AT_A_TIME;
      if (next < ids.length) soon(more);
    };
    if (next < ids.length) setTimeout(more, REST_AFTER);
    setTimeout(() => turn === this.turn && this.askForBadges(), STILL);
  }

  /**
   * Take the rows that the page came with for those of these papers, which they look just like: then they need not be made.
   *
   * @param {readonly number[]} ids
   */
  adopt(ids) {
    Array.from(/** @type {HTMLCollectionOf<HTMLElement>} */ (this.holder("table").children)).forEach((row, place) => {
      if (row.dataset.paper === this.setting.index.keys[ids[place]]) this.kept.set(`table ${ids[place]}`, row);
    });
  }

  /**
   * How many rows fit on the screen, at the most.
   *
   * @param {string} view
   */
  onScreen(view) {
    const name = /** @type {keyof typeof HEIGHTS} */ (view === "table" && this.blocks ? "blocks" : view);
    return 1 + Math.ceil((innerHeight - this.top) / (HEIGHTS[name] * this.rem));
  }

  /**
   * Make rows before they are needed.
   *
   * @param {readonly number[]} ids
   * @param {string} view
   */
  prepare(ids, view) {
    this.measure();
    for (const id of ids.slice(0, this.onScreen(view))) this.row(id, view);
  }

  /** Measure the page, while nobody waits: asked for after a change, the browser would lay the page out at once. */
  measure() {
    this.top = Math.min(innerHeight / 2, Math.max(0, this.list.getBoundingClientRect().top));
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || this.rem;
    this.blocks = getComputedStyle(this.holders.table).display === "block";
  }

  /** The rows that are shown, in order. */
  rows() {
    return /** @type {HTMLElement[]} */ (Array.from(this.list.querySelectorAll("[data-view-shown] [data-paper]")));
  }

  /**
   * @param {string} view
   * @returns {HTMLElement}
   */
  holder(view) {
    this.holders[view] ??= element("ul", { class: `papers-${view}` });
    const holder = this.holders[view];
    const outside = view === "table" ? this.table : holder;
    if (!outside.isConnected) this.list.append(outside);
    for (const child of this.list.children) {
      const shown = child === outside;
      /** @type {HTMLElement} */ (child).hidden = !shown;
      child.toggleAttribute("data-view-shown", shown);
    }
    return holder;
  }

  /**
   * @param {number} id
   * @param {string} view
   */
  row(id, view) {
    const name = `${view} ${id}`;
    let row = this.kept.get(name);
    if (!row) {
      if (this.kept.size > MOST_KEPT) this.kept.clear();
      row = ROWS[view](this.setting, id, this.columns);
      this.kept.set(name, row);
    }
    return row;
  }

  askForBadges() {
    for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (this.list.querySelectorAll("img[data-src]"))) {
      image.src = image.dataset.src ?? "";
      delete image.dataset.src;
    }
  }
}

/**
 * Let an element hold these children; where most are there already, those stay where they are.
 *
 * @param {HTMLElement} holder
 * @param {readonly HTMLElement[]} children
 */
function fill(holder, children) {
  const there = children.filter((child) => child.parentNode === holder).length;
  // Taking many out one by one takes longer than changing all at once.
  if (2 * there < holder.childElementCount) return holder.replaceChildren(...children);
  const wanted = new Set(children);
  for (const child of Array.from(holder.children)) {
    if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
  }
  let at = holder.firstElementChild;
  for (const child of children) {
    if (child === at) at = at.nextElementSibling;
    else holder.insertBefore(child, at);
  }
}

/**
 * Do something once the browser has had time to show what there is.
 *
 * @param {() => void} work
 * @returns {number} for `clearTimeout`
 */
export function soon(work) {
  return setTimeout(work, 30);
}
