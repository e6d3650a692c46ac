/**
 * Orders of papers. The papers of the index are in the listing's own order, newest first; every other order falls back on it.
 */

import { fold } from "./fold.js";
import { closeness } from "./match.js";

/** @typedef {import("./paper-index.js").PaperIndex} PaperIndex */
/** @typedef {import("./paper-index.js").Column} Column */
/** @typedef {import("./match.js").Found} Found */
/** @typedef {import("./query.js").Term} Term */

/** What a column sorts by that neither a facet nor values of its own say; a paper without it comes last in both directions. */
/** @type {Record<string, (index: PaperIndex, id: number) => string | null>} */
const SORTED_BY = {
  paper: (index, id) => index.abbreviation(id),
  title: (index, id) => index.titles[id],
  cover: (index, id) => (index.cover(id) ? "" : null),
  code: (index, id) => index.code(id)?.label ?? null,
  note: (index, id) => (index.note(id) === null ? null : ""),
};

/**
 * What a column sorts by.
 *
 * @param {PaperIndex} index
 * @param {Column} column
 * @returns {(id: number) => string | number | null}
 */
function sortedBy(index, { name, facet, values }) {
  if (values) return (id) => values[id];
  if (facet !== undefined) return (id) => first(index, facet, id);
  return (id) => SORTED_BY[name](index, id);
}

/**
 * All papers in an order.
 *
 * @param {PaperIndex} index
 * @param {string} sort - name of a column, with `-` before it for downwards; empty for the listing's own order
 * @returns {Uint32Array} positions of papers
 */
export function order(index, sort) {
  return index.keep(`order ${sort}`, () => {
    const ids = Uint32Array.from({ length: index.size }, (_, id) => id);
    const column = index.columns.find(({ name }) => name === sort.replace(/^-/, ""));
    if (!column) return ids;
    const sign = sort.startsWith("-") ? -1 : 1;
    const keyOf = sortedBy(index, column);
    const keys = Array.from(ids, (id) => {
      const key = keyOf(id);
      return typeof key === "string" ? fold(key) : key;
    });
    return ids.sort((one, other) => {
      const [first, second] = [keys[one], keys[other]];
      if (first === second) return one - other;
      if (first === null) return 1;
      if (second === null) return -1;
      return first < second ? -sign : sign;
    });
  });
}

/** How much a name says of the words that a reader looks for: it is they, begins with them, or a title does; or none of it. */
const NAMES = 3;
/** Where papers stand that hold some of the words so closely only aside. */
const ASIDE = NAMES + 1;
/** Shelves on which papers stand: one for those of just that name, then those of each closeness by what their names say. */
const SHELVES = 1 + 3 * ASIDE;
/** From so many letters on it counts whether they are a whole word: nearly every text has words of one letter. */
const WORD = 2;

/**
 * The papers found, in an order. Without one, where a query has words, papers come first that bear them as their name; then
 * those that hold them as whole words, those in which words begin with them, and the rest; among those, names and titles
 * that begin with them come first, and institutions last.
 *
 * @param {PaperIndex} index
 * @param {Found} found
 * @param {string} sort
 * @returns {number[]} positions of papers
 */
export function inOrder(index, found, sort) {
  const needles = found.needles.filter((needle) => !needle.not);
  const words = needles.map((needle) => needle.text).join(" ");
  const long = needles.filter(({ text }) => text.length >= WORD).map(({ text }) => text);
  const all = order(index, sort);
  const { standing } = found;
  const { size } = index;
  const shelves = new Uint8Array(size);
  const starts = new Array(SHELVES + 1).fill(0);
  const ranked = sort === "" && words !== "";
  const letter = words.charCodeAt(0);
  const letters = ranked ? firstLetters(index) : null;
  for (let id = 0; id < size; id += 1) {
    if (standing[id] !== 0) continue;
    if (letters) {
      // Most names begin with another letter, and need no closer look.
      const begins = letters[2 * id] === letter || letters[2 * id + 1] === letter;
      shelves[id] = shelf(index, id, long, begins ? nearness(index, id, words) : NAMES);
    }
    starts[shelves[id] + 1] += 1;
  }
  for (let shelf = 1; shelf < starts.length; shelf += 1) starts[shelf] += starts[shelf - 1];
  /** @type {number[]} */
  const ids = new Array(found.count);
  for (let place = 0; place < all.length; place += 1) {
    const id = all[place];
    if (standing[id] === 0) ids[starts[shelves[id]]++] = id;
  }
  return ids;
}

/**
 * @param {PaperIndex} index
 * @param {number} id
 * @param {readonly string[]} words - which the paper holds
 * @param {number} name - what its name says, 0 to `NAMES`
 */
function shelf({ texts, ends }, id, words, name) {
  if (name === 0) return 0;
  let worst = 0;
  for (const word of words) {
    const own = closeness(texts[id], word, ends[id]);
    const all = own === 0 ? 0 : closeness(texts[id], word);
    if (all < own) name = ASIDE;
    worst = Math.max(worst, all);
  }
  return worst * ASIDE + name;
}

/**
 * What the abbreviation and the title of each paper begin with.
 *
 * @param {PaperIndex} index - with all texts ready
 * @returns {Uint16Array} two a paper; 0 for nothing
 */
function firstLetters(index) {
  return index.keep("first letters", () => {
    const letters = new Uint16Array(2 * index.size);
    for (let id = 0; id < index.size; id += 1) {
      letters[2 * id] = index.nicknames[id].charCodeAt(0);
      letters[2 * id + 1] = index.texts[id].charCodeAt(0);
    }
    return letters;
  });
}

/**
 * @param {PaperIndex} index
 * @param {number} id
 * @param {string} words
 */
function nearness(index, id, words) {
  const nickname = index.nicknames[id];
  if (nickname === words) return 0;
  if (nickname.startsWith(words)) return 1;
  return index.texts[id].startsWith(words) ? 2 : NAMES;
}

/**
 * The first value of a paper under a facet, a number where the facet's are.
 *
 * @param {PaperIndex} index
 * @param {string} name
 * @param {number} id
 */
function first(index, name, id) {
  const facet = index.facets[index.facetIds.get(name) ?? -1];
  if (!facet || facet.starts[id] === facet.starts[id + 1]) return null;
  const value = facet.values[facet.ids[facet.starts[id]]];
  if (value === "") return null;
  return facet.kind === "range" || facet.kind === "scale" ? Number(value) : value;
}
