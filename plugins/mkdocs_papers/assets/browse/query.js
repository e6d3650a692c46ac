/**
 * The query language of the browse page.
 *
 *     words "exact words" venue:ICML venue:"ACL Findings" keyword:a+b year:>=2023 has:note -keyword:survey
 *
 * A query is a list of terms; it is the one state behind both the box and the facets. A word may stand anywhere in a
 * text, quoted words stand there as whole words. `name:value` asks a facet; a name that is no facet's is a plain word, so
 * that "N:M" needs no quotes. A plus between values wants all of them on one paper. A minus before a term excludes. Inside
 * quotes, a doubled quote is a quote. A word that is the address of a paper on arXiv, or a DOI, asks for that paper.
 */

import { identifier, lengthOfMargin } from "./identifiers.js";

/**
 * @typedef {object} Term
 * @property {"word" | "phrase" | "facet"} kind
 * @property {string} text - the word, the words inside the quotes, or the facet's value
 * @property {string} [facet] - name of the facet
 * @property {string[]} [all] - the values, where `text` may stand for several that are wanted together
 * @property {boolean} [not] - whether it excludes
 * @property {boolean} [open] - whether it ends with the box, its quotes still open: somebody is typing
 */

const COLON = /[:：]/;
const OPENING = /["“”„]/;
const SPACE = /\s/;
const PLUS = "+";

/** Other names of facets. */
/** @type {Record<string, string>} */
const ALSO = { compares: "baseline" };

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
  while (end < text.length && !SPACE.test(text[end])) end += 1;
  const named = identifier(text.slice(at, end));
  if (named && facets.has(named.facet)) return [{ kind: "facet", ...named }, end + lengthOfMargin(text.slice(end))];
  end = at;
  while (end < text.length && !SPACE.test(text[end])) {
    if (COLON.test(text[end])) {
      const name = text.slice(at, end).toLowerCase();
      const facet = Object.hasOwn(ALSO, name) ? ALSO[name] : name;
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
  const values = [];
  let end = at;
  let open = false;
  for (let more = true; more; end += Number(more)) {
    if (end < text.length && OPENING.test(text[end])) {
      const quoted = readQuoted(text, end);
      values.push(quoted.text);
      ({ end, open } = quoted);
    } else {
      const start = end;
      while (end < text.length && !SPACE.test(text[end]) && text[end] !== PLUS) end += 1;
      values.push(text.slice(start, end));
      open = end === at;
    }
    more = text[end] === PLUS;
  }
  const all = values.filter((value) => value !== "");
  return [
    { kind: "facet", facet, text: values.join(PLUS), ...(all.length > 1 && { all }), ...(open && { open: true }) },
    end,
  ];
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
  const values = term.all ? term.all.map(printValue) : [printValue(term.text)];
  return `${minus}${term.facet}:${values.join(PLUS)}`;
}

/** @param {string} text */
function printValue(text) {
  return text === "" || /[\s+]/.test(text) || OPENING.test(text) ? quote(text) : text;
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
