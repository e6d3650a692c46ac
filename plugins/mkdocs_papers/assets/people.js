/**
 * The index pages of people and institutions: a box that finds names on all pages of the index, and the same as a query.
 */

import { fold } from "./browse/fold.js";
import { printTerm } from "./browse/query.js";

/** A name's place among those found: the whole name, a word of it, the beginning of a word, or any other part. */
const RANKS = [
  /** @param {string} name @param {string} sought */ (name, sought) => name === sought,
  /** @param {string} name @param {string} sought */ (name, sought) => ` ${name} `.includes(` ${sought} `),
  /** @param {string} name @param {string} sought */ (name, sought) => ` ${name}`.includes(` ${sought}`),
  /** @param {string} name @param {string} sought */ (name, sought) => name.includes(sought),
];

/**
 * How well a name fits what is sought: 0 is best, `RANKS.length` is not at all.
 *
 * @param {readonly string[]} forms the name, folded, in the orders in which it may be typed
 * @param {string} sought folded
 * @returns {number}
 */
export function rankOf(forms, sought) {
  const rank = RANKS.findIndex((fits) => forms.some((form) => fits(form, sought)));
  return rank < 0 ? RANKS.length : rank;
}

/**
 * A name as it stands in an index, folded, in both orders: "han song" and "song han" for "Han, Song".
 *
 * @param {string} name
 * @returns {string[]}
 */
export function formsOf(name) {
  const [family, ...given] = name.split(", ");
  return [`${family} ${given.join(" ")}`, `${given.join(" ")} ${family}`].map((form) =>
    fold(form.replace(/[\p{P}\s]+/gu, " "))
  );
}

/**
 * Bring such a page to life.
 *
 * @param {HTMLElement} root
 */
export function offerFinding(root) {
  const form = root.querySelector("form");
  const box = form?.querySelector("input");
  const link = /** @type {HTMLAnchorElement | null} */ (root.querySelector(".papers-people-query"));
  const status = form?.querySelector("[role=status]");
  if (!form || !box || !link || !status) return;
  const papers = link.href;
  const shown = Array.from(root.querySelectorAll("nav.papers-letters, section, ul, p"));
  const found = /** @type {HTMLElement} */ (root.querySelector("ul")?.cloneNode(false) ?? document.createElement("ul"));
  found.hidden = true;
  root.append(found);
  /** @type {Promise<ReturnType<typeof entriesOf>> | undefined} */
  let all;

  const filter = async () => {
    all ??= allEntries(root);
    const entries = await all;
    const words = box.value.trim();
    const sought = fold(words.replace(/[\p{P}\s]+/gu, " "));
    for (const each of shown) each.toggleAttribute("hidden", sought !== "");
    found.hidden = sought === "";
    const fitting = entries
      .map((entry) => ({ ...entry, rank: rankOf(entry.forms, sought) }))
      .filter(({ rank }) => rank < RANKS.length)
      .sort((one, other) => one.rank - other.rank || other.papers - one.papers);
    found.replaceChildren(...(sought === "" ? [] : fitting.map(({ item }) => item)));
    status.textContent = String(fitting.length);
    const query = printTerm({ kind: "facet", facet: root.dataset.facet, text: words.split(", ").reverse().join(" ") });
    link.href = sought === "" ? papers : `${papers}?${new URLSearchParams({ find: query })}`;
  };
  box.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // Somebody may have typed before the script came.
  if (box.value !== "") filter();
}

/**
 * The names on all pages of the index by name.
 *
 * @param {HTMLElement} root
 */
async function allEntries(root) {
  const start = /** @type {HTMLAnchorElement | null} */ (root.querySelector(".papers-people-tools nav a"))?.href ??
    location.href;
  const entries = [];
  for (let address = start; address;) {
    const here = address === location.href.split("#")[0];
    const answer = here ? undefined : await fetch(address);
    const page = answer ? new DOMParser().parseFromString(await answer.text(), "text/html") : document;
    entries.push(...entriesOf(page, address));
    const next = page.querySelector(".papers-paging a[rel=next]")?.getAttribute("href");
    address = next ? new URL(next, address).href : "";
  }
  return entries;
}

/**
 * The names on one page: a copy of each, what it is called, and how many papers it has.
 *
 * @param {Document} page
 * @param {string} address
 */
function entriesOf(page, address) {
  return Array.from(page.querySelectorAll(".papers-people li"), (entry) => {
    const item = /** @type {HTMLElement} */ (document.importNode(entry, true));
    const name = item.querySelector("a");
    name?.setAttribute("href", new URL(name.getAttribute("href") ?? "", address).href);
    return {
      item,
      forms: formsOf(name?.textContent ?? ""),
      papers: Number(item.querySelector(".papers-number")?.textContent),
    };
  });
}
