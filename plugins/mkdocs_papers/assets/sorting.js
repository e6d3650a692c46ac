/**
 * Tables of papers, sorted by their heads. One that goes on on other pages leads to the browse page instead, which sorts all of
 * it; the browse page has a script of its own.
 */

import { element } from "./browse/dom.js";
import { fold } from "./browse/fold.js";

/** What rows say that no column shows, the latest first. */
const DATES = ["added", "published"];

/**
 * Let the tables of a page be sorted. The sections of one page are sorted together: the first one's heads stand for all.
 *
 * @param {readonly HTMLElement[]} tables
 */
export function offerSorting(tables) {
  const sections = tables.filter((table) => table.closest(".papers-section"));
  const others = tables.filter((table) => !sections.includes(table)).map((table) => [table]);
  for (const together of [sections, ...others]) if (together.length > 0) makeHeads(together);
}

/**
 * What a row sorts by; null, which comes last in both directions, for nothing.
 *
 * @param {HTMLElement} row
 * @param {string} column
 * @returns {string | null}
 */
export function sortedBy(row, column) {
  const cell = row.querySelector(`[data-column="${column}"]`);
  if (DATES.includes(column)) {
    return cell?.getAttribute("datetime") ?? row.getAttribute(`data-${column}`) ?? sortedBy(row, "year");
  }
  const link = cell?.querySelector("a");
  // A cover says nothing, a note the same everywhere, and a paper without a name of its own only that it is one.
  if (column === "cover" || column === "note") return link ? "" : null;
  return link?.className === "papers-quiet" ? null : fold((link ?? cell)?.textContent?.trim() ?? "") || null;
}

/**
 * @param {readonly HTMLElement[]} tables
 */
function makeHeads(tables) {
  const [table] = tables;
  const query = table.closest("[data-query]")?.getAttribute("data-query");
  // One page of many has no order of its own.
  if (!query && document.querySelector(".papers-paging")) return;
  const bodies = tables.map((each) => /** @type {HTMLElement} */ (each.querySelector("tbody")));
  const given = bodies.map((body) => /** @type {HTMLElement[]} */ (Array.from(body.children)));
  const heads = /** @type {HTMLElement[]} */ (Array.from(table.querySelectorAll("th[scope=col]")));
  let [sorted, turned] = ["", false];

  /** @type {(column: string, descends: boolean) => void} */
  const sort = (column, descends) => {
    // By the first press one way, by the second the other, and by the third as it was.
    [sorted, turned] = sorted !== column ? [column, false] : turned ? ["", false] : [column, true];
    const direction = descends === turned ? "ascending" : "descending";
    bodies.forEach((body, place) => {
      body.append(...(sorted ? inOrder(given[place], sorted, direction === "ascending" ? 1 : -1) : given[place]));
    });
    for (const { button, name, head } of buttons) {
      const wanted = name === sorted ? direction : null;
      if (wanted) button.dataset.sorted = wanted;
      else delete button.dataset.sorted;
      if (DATES.includes(name)) button.setAttribute("aria-pressed", String(wanted !== null));
      else if (wanted) head.setAttribute("aria-sort", wanted);
      else head.removeAttribute("aria-sort");
    }
  };

  /** @type {(name: string, words: string, descends: boolean) => HTMLElement} */
  const control = (name, words, descends) => {
    if (query) {
      const address = new URL(query, location.href);
      address.searchParams.set("sort", descends ? `-${name}` : name);
      return element("a", { class: "papers-sort", href: address.href }, words);
    }
    const button = element("button", { class: "papers-sort", type: "button" }, words);
    button.addEventListener("click", () => sort(name, descends));
    return button;
  };

  const buttons = heads.map((head) => {
    const [name, words] = [head.dataset.column ?? "", head.textContent ?? ""];
    const button = control(name, words, "descending" in head.dataset);
    head.replaceChildren(button);
    return { button, name, head };
  });
  const title = heads.find((head) => head.dataset.column === "title");
  const rows = given.flat();
  // Where nothing says when papers were added, they count as added when they were published: one date is enough.
  const once = rows.every((row) => sortedBy(row, "added") === sortedBy(row, "published"));
  for (const name of title ? DATES.slice(Number(once)) : []) {
    if (!query && !differ(rows, name)) continue;
    const button = control(name, table.dataset[name] ?? name, true);
    if (!query) button.setAttribute("aria-pressed", "false");
    // Of the columns this one has room; its name says nothing of the date.
    title?.setAttribute("aria-label", buttons.find(({ head }) => head === title)?.button.textContent ?? "");
    title?.append(" ", button);
    buttons.push({ button, name, head: /** @type {HTMLElement} */ (title) });
  }
}

/**
 * Whether a date tells rows apart that their years do not.
 *
 * @param {readonly HTMLElement[]} rows
 * @param {string} name
 */
function differ(rows, name) {
  const [first, ...others] = rows.map((row) => sortedBy(row, name));
  return others.some((date) => date !== first) && rows.some((row) => sortedBy(row, name) !== sortedBy(row, "year"));
}

/**
 * Rows in an order; those that say the same stay as they were.
 *
 * @param {readonly HTMLElement[]} rows
 * @param {string} column
 * @param {1 | -1} sign
 */
function inOrder(rows, column, sign) {
  const keys = new Map(rows.map((row) => [row, sortedBy(row, column)]));
  return [...rows].sort((one, other) => {
    const [first, second] = [keys.get(one) ?? null, keys.get(other) ?? null];
    if (first === second) return 0;
    if (first === null) return 1;
    if (second === null) return -1;
    return first < second ? -sign : sign;
  });
}
