/**
 * The words of queries, and where words stand in texts: as `search/words.py` takes the texts of the index apart.
 */

const UNSPACED =
  "\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9f" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uac00-\\ud7a3";
const LETTER = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}])`;
const WORDS = new RegExp(`([${UNSPACED}]+)|${LETTER}+(?:[-.:/_+]${LETTER}+)*\\+{0,2}`, "gu");
const WORD = new RegExp(`([${UNSPACED}]+)|${LETTER}+\\+{0,2}`, "gu");
const JOINERS = /[-.:/_+]+/u;

/** @type {Record<string, string>} */
const LETTERS = {
  "ß": "ss",
  "æ": "ae",
  "œ": "oe",
  "ø": "o",
  "đ": "d",
  "ð": "d",
  "ł": "l",
  "þ": "th",
  "ı": "i",
};

const FUNCTION_WORDS = new Set(
  "a an and are as at be by for from in is it its of on or that the this to via with".split(" "),
);

/**
 * A text in small letters without accents; letters of full width become common ones.
 *
 * @param {string} text
 */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/gu, (letter) => LETTERS[letter])
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/gu, "")
    .normalize("NFC")
    .toLowerCase();
}

/**
 * The words by which the index knows what a query asks for, and whether they stand there in a row.
 *
 * @param {string} text - a part of a query without spaces, or what stood in quotes
 * @returns {string[]}
 */
export function queryWords(text) {
  /** @type {string[]} */
  const found = [];
  for (const [match, run] of text.normalize("NFKC").matchAll(WORDS)) {
    if (run !== undefined) {
      const letters = fold(run);
      if (letters.length === 1) found.push(letters);
      for (let at = 0; at + 1 < letters.length; at++) found.push(letters.slice(at, at + 2));
    } else {
      const whole = fold(match);
      const parts = whole.split(JOINERS).filter(Boolean);
      if (isWhole(whole, parts)) found.push(whole);
      else found.push(...parts.filter((part) => !FUNCTION_WORDS.has(part)));
    }
  }
  return found;
}

/**
 * Whether joined words are one word.
 *
 * @param {string} whole
 * @param {string[]} parts
 */
function isWhole(whole, parts) {
  if (parts.length < 2) return whole !== parts[0];
  return whole.endsWith("+") || parts.some((part) => part.length === 1 || /\p{N}/u.test(part));
}

/** Whether a word says nothing of a page, so that the index has not got it. @param {string} word */
export function isFunctionWord(word) {
  return FUNCTION_WORDS.has(fold(word));
}

/** Whether a text has letters of a script without spaces. @param {string} text */
export function isUnspaced(text) {
  return new RegExp(`[${UNSPACED}]`, "u").test(text);
}

/**
 * The parts of a text between whose letters there is another script: runs without spaces, and the rest.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function parts(text) {
  return text.normalize("NFKC").split(new RegExp(`([${UNSPACED}]+)`, "u")).filter(Boolean);
}

/**
 * The words of a text in its order, folded; a run without spaces is one.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  return Array.from(text.normalize("NFKC").matchAll(WORD), ([word]) => fold(word));
}

/**
 * A checksum (CRC-32) of every two words of a text that stand in a row, with the function words between them.
 *
 * @param {string} text
 * @returns {number[]}
 */
export function neighbours(text) {
  /** @type {number[]} */
  const found = [];
  let before = "";
  let between = "";
  for (const [match, run] of text.normalize("NFKC").matchAll(WORD)) {
    const word = run === undefined ? fold(match) : "";
    if (FUNCTION_WORDS.has(word)) {
      between += ` ${word}`;
      continue;
    }
    if (before && word) found.push(checksum(`${before}${between} ${word}`));
    before = word;
    between = "";
  }
  return found;
}

/** @param {string} text */
function checksum(text) {
  let left = -1;
  for (const byte of new TextEncoder().encode(text)) {
    left ^= byte;
    for (let bit = 0; bit < 8; bit++) left = (left >>> 1) ^ (left & 1 ? 0xedb88320 : 0);
  }
  return ~left >>> 0;
}

/**
 * Where words that the index knows stand in a text.
 *
 * @param {string} text
 * @param {Set<string>} words
 * @returns {{ start: number, end: number, word: string }[]}
 */
export function places(text, words) {
  /** @type {{ start: number, end: number, word: string }[]} */
  const found = [];
  for (const { 0: match, 1: run, index } of text.matchAll(WORD)) {
    if (run === undefined) {
      const word = fold(match);
      if (isAmong(word, words)) found.push({ start: index, end: index + match.length, word });
      continue;
    }
    for (let at = 0; at < run.length; at++) {
      const pair = run.slice(at, at + 2);
      if (!words.has(pair) && !words.has(run.slice(at, at + 1))) continue;
      const last = found.at(-1);
      const end = index + at + (words.has(pair) ? pair.length : 1);
      // What goes on where another begins, is one.
      if (last && last.end >= index + at) last.end = end;
      else found.push({ start: index + at, end, word: pair });
    }
  }
  return found;
}

/**
 * Whether a word of a text is one of the index's, or a part of one that has several.
 *
 * @param {string} word - folded
 * @param {Set<string>} words
 */
function isAmong(word, words) {
  if (!word) return false;
  if (words.has(word)) return true;
  for (const each of words) if (each.split(JOINERS).includes(word)) return true;
  return false;
}
