/**
 * The list of papers found: one page of it, in one of the views.
 */

import { element } from "./dom.js";
import { ROWS } from "./rows.js";

/** @typedef {import("./rows.js").Setting} Setting */

/** So many rows are made at once: more than a screen shows. The others follow while nobody waits. */
const AT_ONCE = 24;
const AT_A_TIME = 40;
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
    holder.replaceChildren(...ids.slice(0, AT_ONCE).map((id) => this.row(id, view)));
    let next = AT_ONCE;
    const more = () => {
      if (turn !== this.turn) return;
      holder.append(...ids.slice(next, next + AT_A_TIME).map((id) => this.row(id, view)));
      next += AT_A_TIME;
      if (next < ids.length) soon(more);
    };
    if (next < ids.length) soon(more);
    setTimeout(() => turn === this.turn && this.askForBadges(), STILL);
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
 * Do something once the browser has shown what there is.
 *
 * @param {() => void} work
 */
export function soon(work) {
  setTimeout(work, 16);
}
