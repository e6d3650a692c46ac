/**
 * Finds pages: which, in which order, and which words of theirs were found.
 */

import { parse } from "./query.js";
import { fold, isFunctionWord, neighbours, wordsOf } from "./words.js";

/** @typedef {import("./files.js").Entry} Entry */
/** @typedef {import("./files.js").Files} Files */
/** @typedef {import("./files.js").Page} Page */
/** @typedef {import("./query.js").Term} Term */

/**
 * @typedef {object} Found
 * @property {Hit[]} hits - the best first
 * @property {string[]} terms - of the query, as they were typed
 */

/**
 * @typedef {object} Hit
 * @property {Page} page
 * @property {number} score
 * @property {Set<string>} words - those by which it was found
 * @property {boolean[]} matched - for each term whether it was found
 */

/** @typedef {Omit<Hit, "page"> & { number: number }} Candidate */
/** @typedef {Map<number, { score: number, words: string[] }>} Scores - by the number of a page */

/**
 * @typedef {object} Match
 * @property {Entry} entry
 * @property {number} quality - 1 for the word itself
 */

const MOST_HITS = 20;
/** Of so many pages and more, fewer hits are read, unless words are asked for that each of them is to have. */
const [MANY, MOST_OF_MANY] = [1000, 8];
/** A word that has begun after others: its first letters say next to nothing, and would load most. */
const BEGUN = /\s[a-z]{1,3}$/i;
/** So many pages are read to find a phrase, and no more once there are enough. */
const MOST_CHECKED = 60;
const ENOUGH = 5;
/** So many postings of words that begin with one are looked through; four bytes each. */
const MOST_POSTINGS = 6000;
const MOST_BEGINNINGS = 12;
const SHORTEST_WITH_TYPO = 5;
const BEGINNING = 0.7;
const TYPO = 0.5;
/** How much more a page counts whose title holds several words as they are asked for. */
const AS_ASKED = 1.3;
/** How much more one counts whose text holds so many words as they are asked for: a sentence that a reader remembers. */
const [REMEMBERED, SENTENCE] = [2, 4];

/**
 * How long no key is to have been pressed, in milliseconds, before a query is worth what it loads.
 *
 * @param {string} text
 * @param {number} pages - how many there are
 */
export function pauseBefore(text, pages) {
  return pages < MANY ? 0 : BEGUN.test(text) ? 320 : 120;
}

/**
 * @param {Files} files
 * @param {string} text
 * @param {AbortSignal} [signal] - says when the answer is of no use any more
 * @returns {Promise<Found>}
 */
export async function search(files, text, signal) {
  const terms = parse(text);
  const wanted = terms.filter((term) => !term.excluded);
  if (!wanted.length) return { hits: [], terms: [] };
  const { pages } = await files.root();
  signal?.throwIfAborted();
  const scored = await Promise.all(terms.map((term) => scoresOf(files, term, pages)));
  signal?.throwIfAborted();
  /** @type {Map<number, Candidate>} */
  const candidates = new Map();
  /** @type {(scores: Scores, ids: number[]) => void} */
  const take = (scores, ids) => {
    for (const [number, { score, words }] of scores) {
      let known = candidates.get(number);
      if (!known) {
        candidates.set(
          number,
          known = {
            number,
            score: 0,
            matched: terms.map(() => false),
            words: new Set(),
          },
        );
      }
      known.score += score;
      for (const id of ids) known.matched[id] = true;
      for (const word of words) known.words.add(word);
    }
  };
  for (const [id, scores] of scored.entries()) if (!terms[id]?.excluded) take(scores, [id]);
  await Promise.all(terms.map(async (term, id) => {
    const next = terms[id + 1];
    if (!next || !isPlain(term) || !isPlain(next)) return;
    const asOne = await scoresOfWord(files, `${term.words[0]}${next.words[0]}`, true, pages);
    for (const [number, found] of asOne) {
      // One word that is both says as much as the two do by themselves, or more.
      const apart = (scored[id]?.get(number)?.score ?? 0) + (scored[id + 1]?.get(number)?.score ?? 0);
      found.score = Math.max(0, found.score - apart);
    }
    take(asOne, [id, id + 1]);
  }));
  const ranked = [...candidates.values()].filter(({ number, matched }) =>
    terms.every((term, id) =>
      term.excluded ? isForTexts(term) || !scored[id]?.has(number) : matched[id] || !term.required
    )
  );
  for (const found of ranked) found.score *= (found.matched.filter(Boolean).length / wanted.length) ** 3;
  // Where pages have all of it, a page that has a part of it is no answer.
  const all = ranked.filter(({ matched }) => terms.every((term, id) => term.excluded || matched[id]));
  const answers = (all.length ? all : ranked).sort((one, other) =>
    other.score - one.score || one.number - other.number
  );
  signal?.throwIfAborted();
  const most = pages < MANY || terms.some(({ required }) => required) ? MOST_HITS : MOST_OF_MANY;
  return { hits: await checked(files, answers, terms, most), terms: wanted.map((term) => term.text) };
}

/** Whether a term is one word that may be the half of another. @param {Term} term */
function isPlain({ words, phrase, required, excluded, whole }) {
  return words.length === 1 && !phrase && !required && !excluded && !whole;
}

/**
 * The best candidates in which phrases stand as they are asked for.
 *
 * @param {Files} files
 * @param {Candidate[]} candidates - the best first
 * @param {Term[]} terms
 * @param {number} few - how many are read where there is no phrase to be found in them
 * @returns {Promise<Hit[]>}
 */
async function checked(files, candidates, terms, few) {
  const phrases = terms.filter((term) => term.phrase);
  const [most, step] = phrases.length ? [MOST_CHECKED, MOST_HITS] : [few, few];
  const asked = telling(terms.filter(({ excluded }) => !excluded).map(({ text }) => text).join(" ")).trimEnd();
  /** @type {Hit[]} */
  const hits = [];
  // Whether more than two words stand in a row, only the pages' texts say: so many at a time until some are found.
  for (let start = 0; start < most && hits.length < ENOUGH; start += step) {
    const chosen = candidates.slice(start, start + step);
    const pages = await Promise.all(chosen.map(({ number }) => files.page(number)));
    for (const [place, { score, matched, words }] of chosen.entries()) {
      const page = pages[place];
      if (page && phrases.every((term) => holds(page, term) !== term.excluded)) {
        const several = asked.split(" ").length - 1;
        const holdsIt = (/** @type {string} */ text) => telling(text).includes(asked);
        const factor = several >= SENTENCE && textsOf(page).some(holdsIt)
          ? REMEMBERED
          : several > 1 && holdsIt(page.title)
          ? AS_ASKED
          : 1;
        hits.push({ page, score: factor * score, matched, words });
      }
    }
  }
  // Of two that say the same, the paper before its note: from there it is one step to all there is.
  return hits.sort((one, other) => other.score - one.score || one.page.kind.length - other.page.kind.length);
}

/** Whether the index cannot tell what of a phrase stands in a row. @param {Term} term */
function isForTexts({ phrase, unspaced, text }) {
  return phrase && (unspaced || !neighbours(text).length);
}

/**
 * Whether the words of a phrase stand in a row somewhere on a page.
 *
 * @param {Page} page
 * @param {Term} term
 */
function holds(page, term) {
  // Between words that are written without spaces there may be one for looks.
  const form = term.unspaced ? unspaced : row;
  const wanted = form(term.text);
  return textsOf(page).some((text) => form(text).includes(wanted));
}

/** @param {string} text */
function row(text) {
  return ` ${wordsOf(text).join(" ")} `;
}

/** The same without the words that no query looks for. @param {string} text */
function telling(text) {
  return ` ${wordsOf(text).filter((word) => !isFunctionWord(word)).join(" ")} `;
}

/** @param {string} text */
function unspaced(text) {
  return fold(text).replace(/\s+/gu, "");
}

/**
 * All that a page says.
 *
 * @param {Page} page
 */
function textsOf(page) {
  return [page.title, page.about, ...page.facts, ...page.parts.flatMap(([, heading, text]) => [heading, text])];
}

/**
 * How well each page has all words of a term. Of a long run without spaces, where no page has all of it, half will do.
 *
 * @param {Files} files
 * @param {Term} term
 * @param {number} pages - how many there are
 * @returns {Promise<Scores>}
 */
async function scoresOf(files, term, pages) {
  const each = await Promise.all(term.words.map((word) => scoresOfWord(files, word, term.whole, pages)));
  /** @type {Map<number, { score: number, words: string[], count: number }>} */
  const all = new Map();
  for (const scores of each) {
    for (const [number, { score, words }] of scores) {
      const known = all.get(number) ?? { score: 0, words: [], count: 0 };
      all.set(number, { score: known.score + score, words: [...known.words, ...words], count: known.count + 1 });
    }
  }
  const most = Math.max(0, ...Array.from(all.values(), ({ count }) => count));
  const enough = term.unspaced && !term.whole ? Math.min(most, term.words.length) : term.words.length;
  if (enough * 2 < term.words.length) return new Map();
  const having = [...all].filter(([, { count }]) => count >= enough);
  if (!having.length || !term.phrase || isForTexts(term)) return new Map(having);
  const rows = await Promise.all(neighbours(term.text).map((checksum) => files.inRow(checksum)));
  return new Map(having.filter(([number]) => rows.every((row) => row.has(number))));
}

/**
 * @param {Files} files
 * @param {string} word
 * @param {boolean} whole
 * @param {number} pages
 * @returns {Promise<Scores>}
 */
async function scoresOfWord(files, word, whole, pages) {
  const matches = await matchesOf(files, word, whole);
  const count = Math.max(0, ...matches.map(({ entry }) => entry.count));
  const rarity = Math.log(1 + pages / Math.max(1, count));
  const postings = await Promise.all(matches.map(({ entry }) => files.postings(entry)));
  /** @type {Scores} */
  const scores = new Map();
  for (const [place, { entry, quality }] of matches.entries()) {
    for (const posting of postings[place] ?? []) {
      const number = posting & 0xffffff;
      const score = rarity * quality * (posting >>> 24);
      const known = scores.get(number);
      if (!known) scores.set(number, { score, words: [entry.word] });
      else {
        known.words.push(entry.word);
        if (score > known.score) known.score = score;
      }
    }
  }
  return scores;
}

/**
 * The words of the index that are meant by one of a query: the word itself and those that begin with it; where there is
 * none, those that differ by one slip of the finger.
 *
 * @param {Files} files
 * @param {string} word
 * @param {boolean} whole
 * @returns {Promise<Match[]>}
 */
async function matchesOf(files, word, whole) {
  const found = await files.beginning(word);
  const exact = found.filter((entry) => entry.word === word);
  if (whole) return exact.map((entry) => ({ entry, quality: 1 }));
  if (found.length) {
    // A figure is not meant as the beginning of all years and numbers.
    const begins = !/^\d{1,2}$/u.test(word);
    const longer = found.filter((entry) => begins && entry.word !== word).sort((one, other) =>
      other.most - one.most || one.word.length - other.word.length || other.count - one.count
    );
    // A letter or two are the beginning of much, and of a word that is still being typed.
    let left = MOST_POSTINGS * Math.min(1, word.length / 4);
    const isOnlyOne = word.length >= 4 && !exact.length;
    const chosen = longer.slice(0, MOST_BEGINNINGS).filter((entry, place) =>
      (left -= entry.count) > 0 || (isOnlyOne && place === 0)
    );
    return [
      ...exact.map((entry) => ({ entry, quality: 1 })),
      ...chosen.map((entry) => ({ entry, quality: BEGINNING * (0.5 + 0.5 * word.length / entry.word.length) })),
    ];
  }
  if ([...word].length < SHORTEST_WITH_TYPO) return [];
  // Most slips leave the first letter; then the first two may be swapped, or one too many, or one missing.
  const [first = "", second = "", ...rest] = word;
  let alike = await slipped(files, word, first);
  if (!alike.length) alike = await slipped(files, word, second);
  if (!alike.length) {
    const ends = await Promise.all([word, `${second}${rest.join("")}`].map((end) => files.ending(end)));
    const likely = [...new Set(ends.flat())].sort((one, other) => one.length - other.length).slice(0, MOST_BEGINNINGS);
    const entries = await Promise.all(likely.map((each) => files.beginning(each)));
    alike = entries.flat().filter((entry) => likely.includes(entry.word));
  }
  const most = Math.max(...alike.map((entry) => entry.most));
  return alike.filter((entry) => entry.most * 2 >= most).slice(0, MOST_BEGINNINGS).map((entry) => ({
    entry,
    quality: TYPO,
  }));
}

/**
 * The words that begin with some letters and differ from what was typed by one slip of the finger.
 *
 * @param {Files} files
 * @param {string} typed
 * @param {string} beginning
 */
async function slipped(files, typed, beginning) {
  return (await files.beginning(beginning)).filter((entry) => isOneSlip(typed, entry.word));
}

/**
 * Whether two words, or one and the beginning of the other, differ by one letter more, less or other, or by two
 * neighbours swapped.
 *
 * @param {string} typed
 * @param {string} word
 */
export function isOneSlip(typed, word) {
  const difference = word.length - typed.length;
  if (difference < -1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === word[start]) start++;
  const left = typed.slice(start);
  const right = word.slice(start);
  // What is typed may be a beginning still.
  return right.startsWith(left.slice(1)) || right.slice(1).startsWith(left) ||
    right.slice(1).startsWith(left.slice(1)) ||
    (left.length > 1 && left[0] === right[1] && left[1] === right[0] && right.slice(2).startsWith(left.slice(2)));
}
