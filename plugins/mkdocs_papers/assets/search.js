/**
 * Help for the header's search: a title with a colon is found, and what was found in text without spaces is marked.
 */

import { identifier } from "./browse/identifiers.js";

const FIELDS = ["title", "text", "tags"];
const RUN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}ー]+/gu;
const LONGEST = 5;

/** By this the index knows text without spaces; it is invisible, but what one reads has no need of it. */
const INDEX_MARK = "\u2063";

/** Boxes that are helped already. */
const helped = new WeakSet();

/** @param {HTMLInputElement} box - where queries are typed */
export function help(box) {
  if (helped.has(box)) return;
  helped.add(box);
  readAsWords(box);
  // Material looks at keys going up, and so misses what is pasted, dropped or spoken.
  box.addEventListener("input", () => box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })));
  finishHits(box);
}

/**
 * Let Material read what is typed as words. To its search engine, `LLM-Pruner: On` asks for something in a field called
 * Pruner, which there is not, so that it finds nothing at all.
 *
 * @param {HTMLInputElement} box
 */
function readAsWords(box) {
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  if (!value?.get) return;
  const { get, set } = value;
  Object.defineProperty(box, "value", { get: () => words(get.call(box)), set, configurable: true });
}

/**
 * A query without colons, `~` and `^`, where they cannot be meant as the search engine understands them. The address of a
 * paper on arXiv and a DOI are looked for as they stand in records.
 *
 * @param {string} query
 */
function words(query) {
  return query
    .replace(/\S+/g, (word) => {
      const named = identifier(word);
      return named ? `"${named.text.replaceAll("/", " ")}"` : word;
    })
    .replace(/([^\s:]*):/g, (found, word) => FIELDS.includes(word.replace(/^[+-]/, "")) ? found : `${word} `)
    .replace(/[~^](?!\d+(?:\s|$))/g, " ");
}

/**
 * Finish all hits that are shown from now on, and those that are there already: Material marks only words that stand
 * between spaces.
 *
 * @param {HTMLInputElement} box
 */
function finishHits(box) {
  const list = document.querySelector(".md-search-result__list");
  if (!list) return;
  /** @param {Iterable<Node>} nodes */
  const finish = (nodes) => {
    const found = pieces(box.value);
    const pattern = found.length ? new RegExp(found.join("|"), "g") : null;
    for (const node of nodes) if (node instanceof Element) finishIn(node, pattern);
  };
  new MutationObserver((changes) => changes.forEach((change) => finish(change.addedNodes)))
    .observe(list, { childList: true });
  finish(list.children);
}

/**
 * What a query asks for in text without spaces, as the index takes it apart: a long run after every third character,
 * so that at least three are left.
 *
 * @param {string} query
 * @returns {string[]} the longest first
 */
function pieces(query) {
  const found = (query.match(RUN) ?? []).flatMap((run) =>
    run.length > LONGEST ? run.replace(/.{3}(?=.{3})/gu, "$& ").split(" ") : [run]
  );
  return found.sort((one, other) => other.length - one.length);
}

/**
 * @param {Element} hit
 * @param {RegExp | null} pattern - what to mark
 */
function finishIn(hit, pattern) {
  const walker = document.createTreeWalker(hit, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text && !node.parentElement?.closest("[hidden]")) texts.push(node);
  }
  for (const text of texts) {
    if (text.data.includes(INDEX_MARK)) text.data = text.data.replaceAll(INDEX_MARK, "");
    if (pattern && !text.parentElement?.closest("mark, .md-search-result__terms")) mark(text, pattern);
  }
}

/**
 * @param {Text} text
 * @param {RegExp} pattern
 */
function mark(text, pattern) {
  for (const { index, 0: found } of [...text.data.matchAll(pattern)].reverse()) {
    const rest = text.splitText(index);
    rest.splitText(found.length);
    const marked = document.createElement("mark");
    rest.replaceWith(marked);
    marked.append(rest);
  }
}
