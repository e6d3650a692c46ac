/**
 * The list of papers found: one page of it, in one of the views.
 */

import { watchBadges } from "../badges.js";
import { element } from "./dom.js";
import { askFor, askForCover, layBy, ROWS } from "./rows.js";

/** @typedef {import("./rows.js").Setting} Setting */

/**
 * What a row takes of the screen's height in each view, in rem, at the least; of cards, several stand side by side.
 */
const HEIGHTS = { table: 1.65, cards: 3, compact: 1.4 };
/** Rows that come with the frame after a key press. */
const FIRST = 3;
/** Rows differ: as many are expected on a screen as there is room for where all are as low as this share of them. */
const LOWEST = 0.3;
/** Rows below the screen follow when a reader has been still so long, in milliseconds; few at a time, should a key be pressed. */
const REST_AFTER = 400;
const AT_A_TIME = 10;
/** Rows that are taken out at a time: the browser throws away what it has laid out of each. */
const MOST_AT_ONCE = 30;
/** Rows that are kept for the next time. */
const MOST_KEPT = 1500;

export class Results {
  /**
   * @param {HTMLElement} room - holds the table, and the other views once they are asked for
   * @param {Setting} setting
   */
  constructor(room, setting) {
    this.room = room;
    this.setting = setting;
    this.table = /** @type {HTMLElement} */ (room.querySelector(".papers-scroll"));
    /** @type {Record<string, HTMLElement>} where the rows of each view go */
    this.holders = { table: /** @type {HTMLElement} */ (this.table.querySelector("tbody")) };
    /** @type {Map<string, HTMLElement>} */
    this.kept = new Map();
    /** @type {{outside: HTMLElement, holder: HTMLElement} | null} what holds rows that are no more shown */
    this.left = null;
    this.turn = 0;
    /** Where the rows that are shown stand. */
    this.shown = this.holders.table;
    /** Where the rows begin on the screen, if the page is not scrolled, and how high they are together, in pixels. */
    this.top = 0;
    this.height = 0;
    this.view = "table";
    /** @type {Record<string, number>} what a row of each view takes of the screen's height, in pixels, where it was measured */
    this.heights = {};
    /** A rem, in pixels; a browser's own before it is measured. */
    this.rem = 16;
  }

  /**
   * Show papers.
   *
   * While somebody types, a key press has to do only with the words of the best papers: the rest of the screen follows
   * with the next frame, rows below it and pictures when the reader is still. (To load a picture takes a browser as long as
   * to draw several rows.) Until then the room for rows keeps its height: neither what is around it is laid out at each key
   * press, nor does the page jump.
   *
   * @param {readonly number[]} ids - those of one page
   * @param {string} view
   * @param {{typing?: boolean}} [options]
   */
  show(ids, view, { typing = false } = {}) {
    this.turn += 1;
    const turn = this.turn;
    const later = (/** @type {() => void} */ work, /** @type {number} */ after) =>
      setTimeout(() => turn === this.turn && work(), after);
    const first = typing ? Math.min(FIRST, this.onScreen(view)) : this.onScreen(view);
    this.view = view;
    this.hold(typing);
    this.shown = this.holder(view);
    const rows = ids.slice(0, first).map((id) => this.row(id, view));
    rows.forEach(typing ? layBy : askForCover);
    if (typing && this.shown.childElementCount > rows.length + MOST_AT_ONCE) this.leave();
    fill(this.shown, rows);
    const add = (/** @type {number} */ many) => {
      const next = this.shown.childElementCount;
      const rows = ids.slice(next, next + many).map((id) => this.row(id, view));
      if (typing) rows.forEach(layBy);
      this.shown.append(...rows);
    };
    // By then the browser has laid them out: if the screen holds more, those come before the frame is drawn, or with the next.
    const fillScreen = () => turn === this.turn && add(this.missing());
    requestAnimationFrame(() => typing ? setTimeout(fillScreen) : fillScreen());
    const more = () => {
      this.hold(false);
      this.measure();
      const before = this.shown.childElementCount;
      add(AT_A_TIME);
      this.askForPictures();
      // Once more when all are there, to measure them.
      if (this.shown.childElementCount > before) later(more, SOON);
    };
    later(more, REST_AFTER);
  }

  /**
   * Hold the room's height, where it fills the screen, or let it be as high as its rows.
   *
   * @param {boolean} held
   */
  hold(held) {
    const { room, height, top } = this;
    if (room.hasAttribute("data-held") === held || (held && height < innerHeight - top)) return;
    room.style.setProperty("--papers-held", `${height}px`);
    room.toggleAttribute("data-held", held);
  }

  /**
   * Let an empty holder take the place of the one that is shown.
   *
   * To throw away what is laid out of a page of rows takes longer than to lay out a screen of others. So the old ones are
   * only hidden, in a way that keeps what is laid out, and taken out a few at a time when the new ones are drawn.
   */
  leave() {
    this.takeOut(Infinity);
    const outside = this.outside(this.view);
    const holder = this.shown;
    const fresh = emptied(outside, holder);
    this.shown = /** @type {HTMLElement} */ (this.view === "table" ? fresh.querySelector("tbody") : fresh);
    this.holders[this.view] = this.shown;
    if (this.view === "table") this.table = fresh;
    outside.removeAttribute("data-view-shown");
    outside.toggleAttribute("data-left", true);
    outside.before(fresh);
    this.left = { outside, holder };
    const takeOut = () => {
      this.takeOut(MOST_AT_ONCE);
      if (this.left) soon(takeOut);
    };
    afterFrame(takeOut);
  }

  /**
   * Take out rows that are no more shown.
   *
   * @param {number} many
   */
  takeOut(many) {
    if (!this.left) return;
    const { outside, holder } = this.left;
    for (let row = holder.lastElementChild; row && many > 0; row = holder.lastElementChild) {
      row.remove();
      layBy(/** @type {HTMLElement} */ (row));
      many -= 1;
    }
    if (holder.childElementCount > 0) return;
    outside.remove();
    this.left = null;
  }

  /**
   * Take the rows that the page came with for those of these papers, which they look just like: then they need not be made.
   *
   * @param {readonly number[]} ids
   */
  adopt(ids) {
    watchBadges(this.shown);
    this.measure();
    Array.from(/** @type {HTMLCollectionOf<HTMLElement>} */ (this.holder("table").children)).forEach((row, place) => {
      if (row.dataset.paper === this.setting.index.keys[ids[place]]) this.kept.set(`table ${ids[place]}`, row);
    });
  }

  /**
   * How many rows are expected on the screen.
   *
   * @param {string} view
   */
  onScreen(view) {
    return 1 + Math.floor((innerHeight - this.top) / (this.heights[view] ?? this.least(view)));
  }

  /** How many rows, at the most, are missing for the screen to be full. */
  missing() {
    const last = this.shown.lastElementChild;
    const room = last ? innerHeight - last.getBoundingClientRect().bottom : 0;
    return room > 0 ? Math.ceil(room / this.least(this.view)) : 0;
  }

  /**
   * The least height of a row, in pixels.
   *
   * @param {string} view
   */
  least(view) {
    return HEIGHTS[/** @type {keyof typeof HEIGHTS} */ (view)] * this.rem;
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
    const { room, shown, view } = this;
    const { top, height: whole } = room.getBoundingClientRect();
    this.top = Math.min(innerHeight / 2, top + scrollY);
    this.height = whole;
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || this.rem;
    const { firstElementChild: first, lastElementChild: last, childElementCount: many } = shown;
    if (!first || !last || many < this.onScreen(view)) return;
    const heights = Array.from(shown.children, (row) => row.getBoundingClientRect().height).sort((one, other) =>
      one - other
    );
    // Where several stand side by side, each takes less of the screen than it is high.
    const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    const part = height / heights.reduce((all, one) => all + one);
    this.heights[view] = Math.max(this.least(view), part * heights[Math.floor(LOWEST * many)]);
  }

  /** The rows that are shown, in order. */
  rows() {
    return /** @type {HTMLElement[]} */ (Array.from(this.shown.children));
  }

  /**
   * @param {string} view
   * @returns {HTMLElement}
   */
  holder(view) {
    this.holders[view] ??= element("ul", { class: `papers-${view}` });
    const holder = this.holders[view];
    const outside = this.outside(view);
    if (!outside.isConnected) this.room.append(outside);
    for (const child of this.room.children) {
      if (child === this.left?.outside) continue;
      const shown = child === outside;
      /** @type {HTMLElement} */ (child).hidden = !shown;
      child.toggleAttribute("data-view-shown", shown);
    }
    return holder;
  }

  /**
   * What stands in the list for a view: its holder, or the table around that.
   *
   * @param {string} view
   */
  outside(view) {
    return view === "table" ? this.table : this.holders[view];
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
      row = ROWS[view](this.setting, id);
      this.kept.set(name, row);
    }
    return row;
  }

  /** Ask for the pictures of the rows that are shown. */
  askForPictures() {
    for (const image of this.shown.getElementsByTagName("img")) askFor(image);
    watchBadges(this.shown);
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
 * An element without the rows that it holds; what else is in it moves to the new one, with whoever listens to it.
 *
 * @param {HTMLElement} element
 * @param {HTMLElement} holder - of the rows
 * @returns {HTMLElement}
 */
function emptied(element, holder) {
  const made = /** @type {HTMLElement} */ (element.cloneNode(false));
  if (element === holder) return made;
  for (const child of /** @type {HTMLElement[]} */ (Array.from(element.children))) {
    made.append(child.contains(holder) ? emptied(child, holder) : child);
  }
  return made;
}

/** How long the browser has to show what there is, in milliseconds. */
const SOON = 30;

/**
 * Do something once the browser has had time to show what there is.
 *
 * @param {() => void} work
 * @returns {number} for `clearTimeout`
 */
export function soon(work) {
  return setTimeout(work, SOON);
}

/**
 * Do something once the browser has shown what there is, and has been at rest for as long as that may take.
 *
 * @param {() => void} work
 */
export function afterFrame(work) {
  // A page that is not looked at has no frames.
  if (document.hidden) soon(work);
  else requestAnimationFrame(() => soon(work));
}
