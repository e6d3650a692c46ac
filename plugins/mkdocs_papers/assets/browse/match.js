/**
 * Which papers a query finds, and how many it would find with one choice more.
 */

import { fold } from "./fold.js";

/** @typedef {import("./paper-index.js").PaperIndex} PaperIndex */
/** @typedef {import("./paper-index.js").Facet} Facet */
/** @typedef {import("./query.js").Term} Term */

/** Answers to words that are kept for the next time: one takes a byte for each paper. */
const MOST_KNOWN = 200;

/** A paper that the query does not find. */
export const OUT = 255;

/**
 * @typedef {object} Found
 * @property {Uint8Array} standing - for each paper: 0 where it is found; a facet's position plus one where only the
 *   values chosen in that facet keep it out; else `OUT`
 * @property {number} count - how many papers are found
 * @property {Needle[]} needles - the words it was asked for
 * @property {Uint8Array} worded - for each paper, 1 where it holds the words
 * @property {number} examined - how many papers' texts were looked into
 */

/**
 * @typedef {object} Needle
 * @property {string} text - folded
 * @property {boolean} whole - whether it must stand as whole words
 * @property {boolean} open - whether its last word may go on
 * @property {boolean} not
 */

/**
 * Find papers.
 *
 * Values of one facet: any of them will do, but flags are wanted all together, and limits (`year:>=2023`) hold besides.
 * Everything else must hold together.
 *
 * @param {PaperIndex} index
 * @param {readonly Term[]} terms
 * @param {Found | null} [before] - what an earlier query found; where this one can only find fewer, only those are looked at
 * @returns {Found}
 */
export function find(index, terms, before = null) {
  terms = terms.map((term) => asKey(index, term));
  const needles = toNeedles(terms);
  const { worded, examined } = findWords(index, needles, before);
  const standing = new Uint8Array(index.size);
  for (let id = 0; id < standing.length; id += 1) if (!worded[id]) standing[id] = OUT;
  for (const term of terms) {
    if (term.facet === NOTE) keepNotes(index, term, standing);
    else if (asksForMoment(term)) keepLater(index, term, standing);
  }
  index.facets.forEach((_, facetId) => {
    const choice = choose(index, facetId, terms);
    if (choice) sift(index.facets[facetId], choice, standing, facetId + 1);
  });
  let count = 0;
  for (let id = 0; id < standing.length; id += 1) if (standing[id] === 0) count += 1;
  return { standing, count, needles, worded, examined };
}

/**
 * A word that is a key, or was one, asks for that paper.
 *
 * @param {PaperIndex} index
 * @param {Term} term
 * @returns {Term}
 */
function asKey(index, term) {
  const key = term.kind === "word" ? index.keyOf.get(fold(term.text)) : undefined;
  return key === undefined ? term : { ...term, kind: "facet", facet: "key", text: key };
}

/** The facets whose values are keys of papers. */
const OF_KEYS = new Set(["baseline", "comparedby", "key"]);

/** The name under which a query asks for words of notes: no facet, for it has no values to choose from. */
export const NOTE = "note";

/** A term that asks for what was added after a moment: `added:>2026-10-05T09:30:00Z`. */
const MOMENT = /^>(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\dZ$/;

/** @param {Term} term */
const asksForMoment = ({ facet, text }) => facet === "added" && MOMENT.test(text);

/**
 * Leave out the papers that were not added after a moment. Of the latest the index knows the second, of the others the day.
 *
 * @param {PaperIndex} index
 * @param {Term} term
 * @param {Uint8Array} standing
 */
function keepLater(index, { text, not }, standing) {
  const seconds = Date.parse(text.slice(1)) / 1000;
  const [, day] = MOMENT.exec(text) ?? [];
  for (let id = 0; id < standing.length; id += 1) {
    const later = id < index.added.length ? index.added[id] > seconds : index.labels("added", id)[0] >= day;
    if (later === (not ?? false)) standing[id] = OUT;
  }
}

/**
 * Leave out the papers whose notes do not hold a term's words, or do where it excludes them.
 *
 * @param {PaperIndex} index
 * @param {Term} term
 * @param {Uint8Array} standing
 */
function keepNotes({ noteTexts }, { text, all, not }, standing) {
  const words = (all ?? [text]).map(fold);
  for (let id = 0; id < standing.length; id += 1) {
    const note = noteTexts?.[id] ?? "";
    if (words.every((word) => note.includes(word)) === (not ?? false)) standing[id] = OUT;
  }
}

/**
 * How many of the papers found have each value of a facet; the facet's own chosen values are left out of account, so that a
 * count says what choosing that value as well would bring.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {Found} found
 * @returns {Uint32Array}
 */
export function count(index, facetId, { standing }) {
  const { values, starts, ids } = index.facets[facetId];
  const counts = new Uint32Array(values.length);
  for (let id = 0; id < standing.length; id += 1) {
    if (standing[id] === 0 || standing[id] === facetId + 1) {
      for (let at = starts[id]; at < starts[id + 1]; at += 1) counts[ids[at]] += 1;
    }
  }
  return counts;
}

/**
 * @param {readonly Term[]} terms
 * @returns {Needle[]}
 */
function toNeedles(terms) {
  return terms
    .filter((term) => term.kind !== "facet")
    .map((term) => ({
      text: fold(term.text),
      whole: term.kind === "phrase",
      open: term.open ?? false,
      not: term.not ?? false,
    }))
    .filter((needle) => needle.text !== "");
}

/**
 * @param {PaperIndex} index
 * @param {Needle[]} needles
 * @param {Found | null} before
 * @returns {{worded: Uint8Array, examined: number}}
 */
function findWords(index, needles, before) {
  if (needles.length === 0) return { worded: new Uint8Array(index.size).fill(1), examined: 0 };
  const narrower = before !== null && before.needles.every((old) => needles.some((needle) => implies(needle, old)));
  // What the words of before left is all that is worth a look, and words that all papers left have held hold still.
  const left = narrower ? before.worded : null;
  const fresh = narrower ? needles.filter((needle) => !before.needles.some((old) => sameNeedle(needle, old))) : needles;
  if (left && fresh.length === 0) return { worded: left, examined: 0 };
  // What was found before is found again when a reader takes letters back.
  /** @type {Map<string, Uint8Array>} */
  const known = index.keep("worded", () => new Map());
  const name = JSON.stringify(needles);
  const again = known.get(name);
  if (before && again) return { worded: again, examined: 0 };
  index.prepare(Infinity);
  const worded = new Uint8Array(index.size);
  const { texts } = index;
  let examined = 0;
  // One needle after another, each where those before it are: most often there is only one.
  for (let id = 0; id < worded.length; id += 1) {
    worded[id] = left ? left[id] : 1;
    examined += worded[id];
  }
  for (const { text, whole, open, not } of fresh) {
    for (let id = 0; id < worded.length; id += 1) {
      if (worded[id] === 0) continue;
      const held = whole ? holdsWhole(texts[id], text, open) : texts[id].includes(text);
      if (held === not) worded[id] = 0;
    }
  }
  if (known.size > MOST_KNOWN) known.clear();
  known.set(name, worded);
  return { worded, examined };
}

/**
 * Whether every paper that the first lets pass is one that the second lets pass.
 *
 * @param {Needle} needle
 * @param {Needle} old
 */
function implies(needle, old) {
  if (sameNeedle(needle, old)) return true;
  return !needle.not && !old.not && !old.whole && needle.text.includes(old.text);
}

/**
 * @param {Needle} one
 * @param {Needle} other
 */
function sameNeedle(one, other) {
  return one.text === other.text && one.whole === other.whole && one.open === other.open && one.not === other.not;
}

/**
 * How a text holds some: 0 as whole words, 1 where a word begins, 2 within one, 3 not at all.
 *
 * @param {string} text
 * @param {string} wanted
 * @param {number} [end] - where to stop looking
 */
export function closeness(text, wanted, end = text.length) {
  let best = 3;
  for (let at = text.indexOf(wanted); at >= 0 && at < end; at = text.indexOf(wanted, at + 1)) {
    if (!wordEnds(text, at)) best = Math.min(best, 2);
    else if (wordEnds(text, at + wanted.length)) return 0;
    else best = 1;
  }
  return best;
}

/**
 * Whether a text holds some as whole words.
 *
 * @param {string} text
 * @param {string} wanted
 * @param {boolean} open - whether the last word may go on
 * @returns {boolean}
 */
function holdsWhole(text, wanted, open) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (wordEnds(text, at) && (open || wordEnds(text, at + wanted.length))) return true;
  }
  return false;
}

const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that write no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** For each plain character, by its code, whether it is a letter or a digit. */
const PLAIN = Array.from({ length: 128 }, (_, code) => LETTER.test(String.fromCharCode(code)));

/**
 * Whether one word ends and another begins at a position of a text.
 *
 * @param {string} text
 * @param {number} at
 */
function wordEnds(text, at) {
  if (at === 0 || at >= text.length) return true;
  // Most characters are plain ones, and there are very many of them.
  const [left, right] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  if (left < PLAIN.length && right < PLAIN.length) return !PLAIN[left] || !PLAIN[right];
  const [before, after] = [text[at - 1], text[at]];
  return !LETTER.test(before) || !LETTER.test(after) || UNSPACED.test(before) || UNSPACED.test(after);
}

/**
 * @typedef {object} Choice
 * @property {Uint8Array | null} any - 1 for each value that will do; null where nothing is said of single values
 * @property {Uint8Array[][]} together - values that will do too, if a paper has one of each of these
 * @property {Uint8Array[]} each - of each of these, one value is wanted
 * @property {Uint8Array[][]} none - values that will not do, if a paper has one of each of these
 */

/**
 * What a query's terms ask of a facet; null for nothing.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {readonly Term[]} terms
 * @returns {Choice | null}
 */
function choose(index, facetId, terms) {
  const facet = index.facets[facetId];
  const own = terms.filter((term) => term.facet === facet.name && !asksForMoment(term));
  if (own.length === 0) return null;
  const sets = (/** @type {Term} */ term) => wanted(index, facetId, term).map((text) => meant(index, facetId, text));
  const none = own.filter((term) => term.not).map(sets);
  const asked = own.filter((term) => !term.not);
  const limits = asked.filter((term) => isLimit(facet, term.text)).flatMap(sets);
  const values = asked.filter((term) => !isLimit(facet, term.text)).map(sets);
  if (facet.kind === "flags") return { any: null, together: [], each: values.flat(), none };
  const single = union(values.filter((all) => all.length === 1).flat());
  return {
    any: intersection(single ? [...limits, single] : limits),
    together: values.filter((all) => all.length > 1),
    each: [],
    none,
  };
}

/**
 * The values that a term wants together: those between its plus signs, unless one of just that name exists.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {Term} term
 * @returns {string[]}
 */
export function wanted(index, facetId, term) {
  if (!term.all || isCompared(index.facets[facetId])) return [term.text];
  const { values, labels } = index.folded(facetId);
  const name = fold(term.text);
  return values.includes(name) || labels.includes(name) ? [term.text] : term.all;
}

/**
 * @param {Facet} facet
 * @param {Choice} choice
 * @param {Uint8Array} standing
 * @param {number} mark - for papers that only the values chosen keep out, of which any one would do
 */
function sift({ starts, ids }, { any, together, each, none }, standing, mark) {
  // Where all are wanted together, a value more finds fewer papers, and none besides.
  const out = together.length > 0 && !any ? OUT : mark;
  for (let id = 0; id < standing.length; id += 1) {
    if (standing[id] === OUT) continue;
    const has = (/** @type {Uint8Array} */ values) => meets(values, ids, starts[id], starts[id + 1]);
    if (none.some((all) => all.every(has)) || !each.every(has)) standing[id] = OUT;
    else if ((any || together.length > 0) && !(any && has(any)) && !together.some((all) => all.every(has))) {
      standing[id] = standing[id] === 0 ? out : OUT;
    }
  }
}

/**
 * @param {Uint8Array} values
 * @param {Uint32Array} ids
 * @param {number} start
 * @param {number} end
 */
function meets(values, ids, start, end) {
  for (let at = start; at < end; at += 1) if (values[ids[at]]) return true;
  return false;
}

/**
 * The values that a term means. A value or label that there is stands for itself, in any letter case; else all that hold the
 * term's text are meant, so that half a name finds its papers already. Numbers are compared.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {string} text
 * @returns {Uint8Array} 1 for each value that is meant
 */
export function meant(index, facetId, text) {
  const asked = index.keep("asked", () => new Map());
  const name = `${facetId} ${text}`;
  if (!asked.has(name)) {
    if (asked.size > 500) asked.clear();
    asked.set(name, meantNow(index, facetId, text));
  }
  return asked.get(name);
}

/**
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {string} text
 * @returns {Uint8Array}
 */
function meantNow(index, facetId, text) {
  const facet = index.facets[facetId];
  if (facet.kind === "date") {
    const test = dateComparison(text);
    return Uint8Array.from(facet.values, (value) => Number(test !== null && test(value)));
  }
  if (isNumeric(facet)) {
    const test = comparison(text);
    return Uint8Array.from(facet.values, (value) => Number(test !== null && test(Number(value))));
  }
  const key = OF_KEYS.has(facet.name) ? index.keyOf.get(fold(text)) : undefined;
  const wanted = fold(key ?? text);
  const { values, labels } = index.folded(facetId);
  const exact = Uint8Array.from(values, (value, id) => Number(value === wanted || labels[id] === wanted));
  if (exact.includes(1) || wanted === "") return exact;
  const held = Uint8Array.from(values, (value, id) => Number(value.includes(wanted) || labels[id].includes(wanted)));
  // Somebody is typing a second value.
  return held.includes(1) || !text.endsWith("+") ? held : meantNow(index, facetId, text.slice(0, -1));
}

/**
 * Whether a facet's values are compared.
 *
 * @param {Facet} facet
 */
function isCompared(facet) {
  return isNumeric(facet) || facet.kind === "date";
}

/** @param {Facet} facet */
export function isNumeric(facet) {
  return facet.kind === "range" || facet.kind === "scale";
}

/**
 * Whether a term sets a limit on numbers or dates, rather than naming some.
 *
 * @param {Facet} facet
 * @param {string} text
 */
function isLimit(facet, text) {
  return isCompared(facet) && /^[<>]/.test(text);
}

/**
 * What a text asks of a number: `2024`, `>=2023`, `<2020`, `2020..2022`, `2020..`; null for what is no such text.
 *
 * @param {string} text
 * @returns {((value: number) => boolean) | null}
 */
export function comparison(text) {
  const bounds = interval(text);
  return bounds && ((value) => value >= bounds[0] && value <= bounds[1]);
}

/** Dates after all that begin with a text. */
const LAST = "~";

/**
 * What a text asks of a date: `2026-10`, `>=2026-10`, `<2026`, `2026-01..2026-06`, `2026-01..`; null for what is no such text.
 * A date of which only the month or the year is known is that of its beginning, but no day in it.
 *
 * @param {string} text
 * @returns {((date: string) => boolean) | null}
 */
export function dateComparison(text) {
  const begins = (/** @type {string} */ date) => `${date}-01-01`.slice(0, DAY_LENGTH);
  const [, sign, limit] = /^([<>]=?)(\d[\d-]*)$/.exec(text) ?? [];
  if (sign === ">=") return (date) => begins(date) >= limit;
  if (sign === ">") return (date) => begins(date) > limit + LAST;
  if (sign === "<") return (date) => begins(date) < limit;
  if (sign === "<=") return (date) => begins(date) < limit + LAST;
  const range = /^(\d[\d-]*)?(?:\.\.|…)(\d[\d-]*)?$/.exec(text);
  if (range) return (date) => begins(date) >= (range[1] ?? "") && begins(date) < (range[2] ?? "") + LAST;
  return /^\d[\d-]*$/.test(text) ? (date) => date.startsWith(text) : null;
}

const DAY_LENGTH = 10;

/**
 * The whole numbers that such a text means, from the first to the last.
 *
 * @param {string} text
 * @returns {[number, number] | null}
 */
export function interval(text) {
  const [, sign, limit] = /^([<>]=?)(\d+)$/.exec(text) ?? [];
  if (sign) {
    const number = Number(limit);
    if (sign[0] === ">") return [sign === ">" ? number + 1 : number, Infinity];
    return [-Infinity, sign === "<" ? number - 1 : number];
  }
  const range = /^(\d*)(?:\.\.|…)(\d*)$/.exec(text);
  if (range) return [range[1] ? Number(range[1]) : -Infinity, range[2] ? Number(range[2]) : Infinity];
  return /^\d+$/.test(text) ? [Number(text), Number(text)] : null;
}

/**
 * @param {Uint8Array[]} sets
 * @returns {Uint8Array | null} null for no sets
 */
function union(sets) {
  return sets.length === 0 ? null : sets.reduce((all, set) => all.map((value, id) => value | set[id]));
}

/**
 * @param {Uint8Array[]} sets
 * @returns {Uint8Array | null} null for no sets
 */
function intersection(sets) {
  return sets.length === 0 ? null : sets.reduce((all, set) => all.map((value, id) => value & set[id]));
}
