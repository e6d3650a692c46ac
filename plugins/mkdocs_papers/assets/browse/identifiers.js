/**
 * Papers by their arXiv number or DOI, as readers paste them: an address, or the number with its prefix.
 */

/** @typedef {{facet: "arxiv" | "doi", text: string}} Identifier */

const ARXIV =
  /^(?:https?:\/\/(?:[\w-]+\.)?(?:arxiv\.org|alphaxiv\.org)\/[a-z]+\/|https?:\/\/huggingface\.co\/papers\/|arxiv:|https?:\/\/(?:dx\.)?doi\.org\/10\.48550\/arxiv\.|(?:doi:)?10\.48550\/arxiv\.)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\/?(?:[?#].*)?$/i;
const DOI = /^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:)?(10\.\d{4,9}\/[^\s?#]+)/i;

/**
 * What a word names, if it names a paper; null otherwise.
 *
 * @param {string} word
 * @returns {Identifier | null}
 */
export function identifier(word) {
  const arxiv = ARXIV.exec(word);
  if (arxiv) return { facet: "arxiv", text: arxiv[1].toLowerCase() };
  const doi = DOI.exec(word);
  return doi ? { facet: "doi", text: decoded(doi[1]).toLowerCase() } : null;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
