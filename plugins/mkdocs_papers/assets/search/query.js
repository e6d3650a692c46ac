/**
 * What a query asks for.
 */

import { fold, isFunctionWord, isUnspaced, parts, queryWords } from "./words.js";

/**
 * @typedef {object} Term
 * @property {string} text - as it was typed
 * @property {string[]} words - as the index knows them
 * @property {boolean} phrase - whether they must stand in a row
 * @property {boolean} required - whether a page without them is none
 * @property {boolean} excluded - whether a page with them is none
 * @property {boolean} whole - whether only the words themselves count, and not what begins with them
 * @property {boolean} unspaced - whether they are letters written without spaces, of which a page may have some only
 */

const PIECES = /([+-]?)(?:"([^"]*)"?|(\S+))/gu;
const ARXIV = /(?:arxiv(?:\.org)?[/:](?:abs\/|pdf\/|html\/)?)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})/iu;
const ARXIV_NUMBER = /^(\d{4}\.\d{4,5})v\d+$/iu;
const DOI = /10\.\d{4,9}\/\S+/u;

/**
 * @param {string} text
 * @returns {Term[]}
 */
export function parse(text) {
  /** @type {Term[]} */
  const terms = [];
  // A word that says nothing may be the beginning of one that does.
  const begun = isFunctionWord(text);
  for (const [, sign = "", quoted, bare = ""] of text.matchAll(PIECES)) {
    const more = { required: sign === "+", excluded: sign === "-", phrase: false, whole: false, unspaced: false };
    const identifier = quoted === undefined ? identifierIn(bare) : "";
    if (quoted !== undefined) {
      const words = queryWords(quoted);
      const phrase = words.length > 1;
      terms.push({ ...more, text: quoted, words, phrase, required: true, whole: true, unspaced: isUnspaced(quoted) });
    } else if (identifier) {
      terms.push({ ...more, text: bare, words: [identifier], excluded: false, whole: true });
    } else {
      for (const part of parts(bare)) {
        const words = begun ? [fold(part)] : queryWords(part);
        terms.push({ ...more, text: part, words, unspaced: isUnspaced(part) });
      }
    }
  }
  return terms.filter(({ words }) => words.length);
}

/**
 * An arXiv number without its version, or a DOI, where an address or a text without spaces holds one.
 *
 * @param {string} text
 */
function identifierIn(text) {
  const arxiv = ARXIV.exec(text) ?? ARXIV_NUMBER.exec(text);
  if (arxiv?.[1]) return fold(arxiv[1]);
  const doi = DOI.exec(text);
  return doi ? fold(doi[0].replace(/[).,;]+$/u, "")) : "";
}
