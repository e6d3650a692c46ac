/**
 * The site's 404 page: the papers of an author or an institution, where the address is that of one without a page.
 *
 * What stands in the address bar may be anybody's words. They are searched for and shown as text, and are no markup, no
 * address and no part of one but as a query, encoded.
 */

import { PaperIndex } from "./browse/paper-index.js";
import { printTerm } from "./browse/query.js";
import { search } from "./search/engine.js";
import { Files } from "./search/files.js";

/** @type {Record<string, string>} the names of facets, by the folders of their pages */
const FACETS = { authors: "author", institutions: "institution" };
const LONGEST = 200;
const MOST = 20;

/**
 * Show the papers of the name that the address holds, if it holds one.
 *
 * @param {HTMLElement} root
 */
export async function offerPapers(root) {
  const asked = nameAt(location.pathname, root.dataset.root ?? "/");
  const section = root.querySelector("section");
  const browse = section?.querySelector("a");
  if (!asked || !section || !browse) return;
  const found = await (root.dataset.search ? papersOf : papersInIndex)(asked, root);
  const query = found ? printTerm({ kind: "facet", facet: asked.facet, text: found.name }) : asked.words;
  /** @type {HTMLElement} */ (section.querySelector("h2")).textContent = found?.name ?? asked.words;
  /** @type {HTMLElement} */ (section.querySelector("ul")).replaceChildren(...(found?.papers ?? []).map(entry));
  browse.href = `${root.dataset.papers}?${new URLSearchParams({ find: query })}`;
  section.hidden = false;
}

/**
 * The name that an address holds: `authors/Song-Han/` is one of Song Han.
 *
 * @param {string} path
 * @param {string} root - the path of the site's root
 * @returns {{ facet: string, slug: string, words: string } | null}
 */
export function nameAt(path, root) {
  if (!path.startsWith(root)) return null;
  const [folder = "", name = ""] = path.slice(root.length).split("/");
  const facet = Object.hasOwn(FACETS, folder) ? FACETS[folder] : undefined;
  const slug = decoded(name).replace(/\.html$/, "");
  const words = slug.replace(/[^\p{L}\p{M}\p{N}.+]+/gu, " ").trim();
  return facet && words && slug.length <= LONGEST ? { facet, slug, words } : null;
}

/**
 * What the site's search knows of a name; null where it knows none such.
 *
 * @param {{ slug: string, words: string }} asked
 * @param {HTMLElement} root
 * @returns {Promise<{ name: string, papers: { title: string, about: string, href: string }[] } | null>}
 */
async function papersOf({ slug, words }, root) {
  const site = new URL(root.dataset.root ?? "/", location.origin);
  const { hits } = await search(new Files(new URL(root.dataset.search ?? "", site)), words);
  const wanted = slugOf(slug);
  const found = hits.flatMap(({ page }) => {
    const name = page.facts.flatMap((fact) => nameIn(fact.split(", "), wanted))[0];
    return name ? [{ name, title: page.title, about: page.about, href: new URL(page.location, site).href }] : [];
  });
  return found[0] ? { name: found[0].name, papers: found.slice(0, MOST) } : null;
}

/**
 * The same, where the search is none of ours, from the index of the browse page.
 *
 * @param {{ facet: string, slug: string }} asked
 * @param {HTMLElement} root
 * @returns {ReturnType<typeof papersOf>}
 */
async function papersInIndex({ facet: wantedFacet, slug }, root) {
  const site = new URL(root.dataset.root ?? "/", location.origin);
  const answer = await fetch(new URL(root.dataset.index ?? "", site));
  if (!answer.ok) return null;
  const index = new PaperIndex(await answer.json());
  const facet = index.facets.find(({ name }) => name === wantedFacet);
  const wanted = slugOf(slug);
  const value = facet?.values.findIndex((name) => slugOf(name) === wanted) ?? -1;
  if (!facet || value < 0) return null;
  const papers = index.keys.flatMap((_, id) => {
    if (!facet.ids.subarray(facet.starts[id], facet.starts[id + 1]).includes(value)) return [];
    const about = [...index.labels("venue", id), ...index.labels("year", id)].join(" ");
    return { title: index.titles[id], about, href: new URL(index.page(id), site).href };
  });
  return { name: facet.values[value], papers: papers.slice(0, MOST) };
}

/** So many commas a name may hold: "MIT, CSAIL, Cambridge". */
const COMMAS = 4;

/**
 * The name among some, parted at commas, of which it may hold some itself; empty for none.
 *
 * @param {readonly string[]} parts
 * @param {string} wanted - a slug
 */
function nameIn(parts, wanted) {
  const names = parts.flatMap((_, start) =>
    Array.from({ length: COMMAS + 1 }, (_, more) => parts.slice(start, start + more + 1).join(", "))
  );
  return names.filter((name) => slugOf(name) === wanted).slice(0, 1);
}

/**
 * A name as a part of an address (`views/slug.py`), in one letter case.
 *
 * @param {string} name
 */
function slugOf(name) {
  return name.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}_.+-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").toLowerCase();
}

/** @param {{ title: string, about: string, href: string }} paper */
function entry({ title, about, href }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = title;
  item.append(link, about ? ` ${about}` : "");
  return item;
}

/** @param {string} part - of an address */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
