/**
 * The query language of the browse page.
 *
 *     words "exact words" venue:ICML venue:"ACL Findings" year:>=2023 year:2020..2022 has:note -keyword:survey
 *
 * A query is a list of terms; it is the one state behind both the box and the facets. A word may stand anywhere in a
 * text, quoted words stand there as whole words. `name:value` asks a facet; a name that is no facet's is a plain word, so
 * that "N:M" needs no quotes. A minus before a term excludes. Inside quotes, a doubled quote is a quote.
 */

/**
 * @typedef {object} Term
 * @property {"word" | "phrase" | "facet"} kind
 * @property {string} text - the word, the words inside the quotes, or the facet's value
 * @property {string} [facet] - name of the facet
 * @property {boolean} [not] - whether it excludes
 * @property {boolean} [open] - whether it ends with the box, its quotes still open: somebody is typing
 */

const COLON = /[:：]/;
const OPENING = /["“”„]/;
const SPACE = /\s/;

/**
 * Read a query.
 *
 * @param {string} text
 * @param {ReadonlySet<string>} facets - their names
 * @returns {Term[]}
 */
export function parse(text, facets) {
  /** @type {Term[]} */
  const terms = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text[at])) {
      at += 1;
      continue;
    }
    const not = text[at] === "-" && at + 1 < text.length && !SPACE.test(text[at + 1]);
    if (not) at += 1;
    /** @type {Term} */
    let term;
    [term, at] = readTerm(text, at, facets);
    if (not) term.not = true;
    // A dash alone, empty quotes and a facet without a value say nothing yet; an empty value in quotes does.
    if (term.text !== "" || (term.kind === "facet" && term.open === undefined)) {
      if (term.kind !== "word" || term.text !== "-") terms.push(term);
    }
  }
  return terms;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {ReadonlySet<string>} facets
 * @returns {[Term, number]}
 */
function readTerm(text, at, facets) {
  if (OPENING.test(text[at])) {
    const quoted = readQuoted(text, at);
    return [{ kind: "phrase", text: quoted.text, ...(quoted.open && { open: true }) }, quoted.end];
  }
  let end = at;
  while (end < text.length && !SPACE.test(text[end])) {
    if (COLON.test(text[end])) {
      const facet = text.slice(at, end).toLowerCase();
      if (facets.has(facet)) return readValue(text, end + 1, facet);
    }
    end += 1;
  }
  return [{ kind: "word", text: text.slice(at, end) }, end];
}

/**
 * @param {string} text
 * @param {number} at
 * @param {string} facet
 * @returns {[Term, number]}
 */
function readValue(text, at, facet) {
  if (at < text.length && OPENING.test(text[at])) {
    const quoted = readQuoted(text, at);
    return [{ kind: "facet", facet, text: quoted.text, ...(quoted.open && { open: true }) }, quoted.end];
  }
  let end = at;
  while (end < text.length && !SPACE.test(text[end])) end += 1;
  return [{ kind: "facet", facet, text: text.slice(at, end), ...(end === at && { open: true }) }, end];
}

/**
 * @param {string} text
 * @param {number} at - of the opening quote; one of those that phones set for quotes is closed by its like
 * @returns {{text: string, end: number, open: boolean}}
 */
function readQuoted(text, at) {
  const closing = text[at] === '"' ? /"/ : OPENING;
  let inside = "";
  let end = at + 1;
  while (end < text.length) {
    if (closing.test(text[end])) {
      if (text[end] !== '"' || text[end + 1] !== '"') return { text: inside, end: end + 1, open: false };
      end += 1;
    }
    inside += text[end];
    end += 1;
  }
  return { text: inside, end, open: true };
}

/**
 * Write a query, so that `parse` reads the same terms again.
 *
 * @param {readonly Term[]} terms
 * @returns {string}
 */
export function print(terms) {
  return terms.map(printTerm).join(" ");
}

/**
 * @param {Term} term
 * @returns {string}
 */
export function printTerm(term) {
  const minus = term.not ? "-" : "";
  if (term.kind === "word") return minus + term.text;
  if (term.kind === "phrase") return minus + quote(term.text);
  return `${minus}${term.facet}:${
    term.text === "" || /\s/.test(term.text) || OPENING.test(term.text) ? quote(term.text) : term.text
  }`;
}

/** @param {string} text */
function quote(text) {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * Whether two terms ask the same.
 *
 * @param {Term} one
 * @param {Term} other
 */
export function same(one, other) {
  return one.kind === other.kind && one.facet === other.facet && one.text === other.text && !one.not === !other.not;
}
