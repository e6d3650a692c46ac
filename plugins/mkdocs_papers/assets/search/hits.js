/**
 * What is shown of a hit, as Material's list of results takes it.
 */

import { places } from "./words.js";

/** @typedef {import("./engine.js").Found} Found */
/** @typedef {import("./engine.js").Hit} Hit */

/**
 * @typedef {object} Item
 * @property {string} location
 * @property {string} title - HTML
 * @property {string} text - HTML
 * @property {number} score
 * @property {Record<string, boolean>} terms
 */

const BEFORE = 60;
const LINE = 180;
const MOST_PARTS = 3;

/**
 * @param {Found} found
 * @returns {{ items: Item[][] }}
 */
export function results({ hits, terms }) {
  return { items: hits.map((hit) => itemsOf(hit, terms)) };
}

/**
 * A hit, and the parts of its page in which words were found.
 *
 * @param {Hit} hit
 * @param {string[]} terms
 * @returns {Item[]}
 */
function itemsOf({ page, score, words, matched }, terms) {
  const shown = Object.fromEntries(terms.map((term, id) => [term, matched[id] ?? false]));
  const kind = page.kind ? ` data-kind="${escaped(page.kind)}"` : "";
  const about = page.about || page.kind ? ` <small class="papers-hit"${kind}>${escaped(page.about)}</small>` : "";
  const facts = page.facts.filter(Boolean).join(" · ");
  const lines = page.parts
    .map(([anchor, heading, text]) => ({ anchor, heading, ...lineOf(text, words) }))
    .filter(({ heading, count }) => count || lineOf(heading, words).count)
    .sort((one, other) => other.count - one.count);
  const [best] = lines;
  const inFacts = lineOf(facts, words);
  const first = [
    inFacts.count || (facts && !best) ? `<p>${inFacts.html}</p>` : "",
    best && !best.heading ? `<p>${best.html}</p>` : "",
  ];
  return [
    { location: page.location, title: marked(page.title, words) + about, text: first.join(""), score, terms: shown },
    ...lines.filter(({ heading }) => heading).slice(0, MOST_PARTS).map(({ anchor, heading, html }, place) => ({
      location: anchor ? `${page.location}#${anchor}` : page.location,
      title: marked(heading, words),
      text: `<p>${html}</p>`,
      score: place ? 0 : score,
      terms: shown,
    })),
  ];
}

/**
 * The line of a text in which most of the words stand, with marks, and how many they are.
 *
 * @param {string} text - each paragraph on a line
 * @param {Set<string>} words
 * @returns {{ html: string, count: number }}
 */
function lineOf(text, words) {
  let best = { paragraph: text.split("\n", 1)[0] ?? "", from: 0, count: 0 };
  for (const paragraph of text.split("\n")) {
    const found = places(paragraph, words);
    for (const { start } of found) {
      const within = found.filter((place) => place.start >= start && place.end <= start + LINE - BEFORE);
      const count = new Set(within.map(({ word }) => word)).size;
      if (count > best.count) best = { paragraph, from: start, count };
    }
  }
  const { paragraph, from, count } = best;
  const start = from <= BEFORE ? 0 : Math.min(from, paragraph.indexOf(" ", from - BEFORE) + 1 || from - BEFORE);
  const last = start + LINE;
  const end = last >= paragraph.length ? paragraph.length : Math.max(paragraph.lastIndexOf(" ", last), last - BEFORE);
  const html = marked(paragraph.slice(start, end), words);
  return { html: `${start ? "… " : ""}${html}${end < paragraph.length ? " …" : ""}`, count };
}

/**
 * A text as HTML, the words in it marked.
 *
 * @param {string} text
 * @param {Set<string>} words
 */
function marked(text, words) {
  let html = "";
  let at = 0;
  for (const { start, end } of places(text, words)) {
    html += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escaped(text.slice(at));
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/gu, (letter) => `&#${letter.charCodeAt(0)};`);
}
