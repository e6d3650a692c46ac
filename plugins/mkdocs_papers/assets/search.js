/**
 * Marks in the header's search what it found in text without spaces: Material marks whole words, and such text has none.
 */

const RUN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}ー]+/gu;
const LONGEST = 5;

/** Mark all hits that are shown from now on, and those that are there already. */
export function markHits() {
  const list = document.querySelector(".md-search-result__list");
  const box = document.querySelector(".md-search__input");
  if (!list || !(box instanceof HTMLInputElement)) return;
  /** @param {Iterable<Node>} nodes */
  const mark = (nodes) => {
    const found = pieces(box.value);
    if (!found.length) return;
    const pattern = new RegExp(found.join("|"), "g");
    for (const node of nodes) if (node instanceof Element) markIn(node, pattern);
  };
  new MutationObserver((changes) => changes.forEach((change) => mark(change.addedNodes)))
    .observe(list, { childList: true });
  mark(list.children);
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
 * @param {RegExp} pattern
 */
function markIn(hit, pattern) {
  const walker = document.createTreeWalker(hit, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text && !node.parentElement?.closest("mark, [hidden], .md-search-result__terms")) texts.push(node);
  }
  for (const text of texts) {
    for (const { index, 0: found } of [...text.data.matchAll(pattern)].reverse()) {
      const rest = text.splitText(index);
      rest.splitText(found.length);
      const mark = document.createElement("mark");
      rest.replaceWith(mark);
      mark.append(rest);
    }
  }
}
