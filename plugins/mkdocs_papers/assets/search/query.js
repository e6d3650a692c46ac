/**
 * What a query asks for.
 */

import { fold, isFunctionWord, isUnspaced, queryWords } from "./words.js";

/**
 * @typedef {object} Term
 * @property {string} text - as it was typed
 * @property {string[]} words - as the index knows them
 * @property {boolean} phrase - whether they must stand in a row
 * @property {boolean} required - whether a page without them is none
 * @property {boolean} excluded - whether a page with them is none
 * @property {boolean} whole - whether only the words themselves count, and not what begins with them
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
  for (const [, sign = "", quoted, bare] of text.matchAll(PIECES)) {
    const typed = quoted ?? bare ?? "";
    const identifier = quoted === undefined ? identifierIn(typed) : "";
    const words = identifier ? [identifier] : begun ? [fold(typed)] : queryWords(typed);
    if (!words.length) continue;
    terms.push({
      text: typed,
      words,
      phrase: (quoted !== undefined && words.length > 1) || (!identifier && isUnspaced(typed)),
      required: sign === "+" || quoted !== undefined,
      excluded: sign === "-" && !identifier,
      whole: quoted !== undefined || identifier !== "",
    });
  }
  return terms;
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
