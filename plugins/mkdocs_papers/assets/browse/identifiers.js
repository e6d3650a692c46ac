/**
 * Papers by their arXiv number or DOI, as readers paste them: an address, or the number with its prefix or without.
 */

/** @typedef {{facet: "arxiv" | "doi", text: string}} Identifier */

const ARXIV =
  /^(?:https?:\/\/(?:[\w-]+\.)?(?:arxiv\.org|alphaxiv\.org)\/[a-z]+\/|https?:\/\/huggingface\.co\/papers\/|arxiv:|https?:\/\/(?:dx\.)?doi\.org\/10\.48550\/arxiv\.|(?:doi:)?10\.48550\/arxiv\.)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\/?(?:[?#].*)?$/i;
const BARE_ARXIV = /^(\d{4}\.\d{4,5})(?:v\d+)?$/i;
/** What stands after the number in the margin of a paper: its subject, and when it came. */
const MARGIN = /^\s+\[[a-z-]+(?:\.[a-z-]+)?\](?:\s+\d{1,2}\s+[a-z]{3}\s+\d{4})?/i;
const DOI = /^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:)?(10\.\d{4,9}\/[^\s?#]+)/i;

/**
 * What a word names, if it names a paper; null otherwise.
 *
 * @param {string} word
 * @returns {Identifier | null}
 */
export function identifier(word) {
  const arxiv = ARXIV.exec(word) ?? BARE_ARXIV.exec(word);
  if (arxiv) return { facet: "arxiv", text: arxiv[1].toLowerCase() };
  const doi = DOI.exec(word);
  return doi ? { facet: "doi", text: decoded(doi[1]).toLowerCase() } : null;
}

/**
 * How long what follows a paper's number is that was copied from its margin with it.
 *
 * @param {string} text
 */
export function lengthOfMargin(text) {
  return MARGIN.exec(text)?.[0].length ?? 0;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
