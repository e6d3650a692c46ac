/**
 * How one paper looks in each view. A row of the table is what `templates/papers/row.html` and `cells.html` make of it.
 */

import { element, withMath } from "./dom.js";
import { hue } from "./hue.js";
import { isElsewhere, plain } from "./paper-index.js";
import { isLong, wrapped } from "./wrapping.js";

/** @typedef {import("./paper-index.js").PaperIndex} PaperIndex */
/** @typedef {import("./words.js").Words} Words */

/**
 * @typedef {object} Setting
 * @property {PaperIndex} index
 * @property {Words} words
 * @property {string} root - the way to the site's root
 * @property {boolean} badges - whether code on GitHub shows its stars
 */

/** @typedef {(setting: Setting, id: number) => HTMLElement} Row */

/** The cells that are drawn; those of other columns are text. */
/** @type {Record<string, (setting: Setting, id: number) => Node | null>} */
const CELLS = {
  paper: paperLink,
  title: titleCell,
  cover: thumb,
  venue: venueMark,
  code: codeLink,
  note: noteLink,
};

/** @type {Record<string, Row>} */
export const ROWS = { table: tableRow, cards: card, compact: compactRow };

/**
 * @param {Setting} setting
 * @param {number} id
 */
function tableRow(setting, id) {
  const { index } = setting;
  const row = element("tr", { "data-paper": index.keys[id] });
  for (const column of index.columns) {
    if (!column.shown) {
      const date = index.cell(column, id);
      if (column.facet && date.length === MONTH.length) row.setAttribute(`data-${column.name}`, date);
      continue;
    }
    const drawn = CELLS[column.name];
    const cell = drawn ? drawn(setting, id) : index.cell(column, id);
    const attributes = { "data-column": column.name, class: column.wide ? "papers-wide" : null };
    row.append(
      column.heading ? element("th", { scope: "row", ...attributes }, cell) : element("td", attributes, cell),
    );
  }
  return row;
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function card(setting, id) {
  const { index, root } = setting;
  const page = root + index.page(id);
  const cover = index.cover(id);
  return element(
    "li",
    { "data-paper": index.keys[id] },
    element(
      "a",
      { class: "papers-cards-cover", href: page, tabindex: -1, "aria-hidden": "true" },
      cover && cover.path !== null ? picture(root + cover.path, "", cover) : cardOfWords(index, id),
    ),
    element("h2", {}, titleLink(setting, id, "papers-row-title")),
    element("p", { class: "papers-cards-names" }, index.labels("author", id).join(", ")),
    facts(setting, id),
  );
}

/**
 * What stands in for a cover.
 *
 * @param {PaperIndex} index
 * @param {number} id
 */
function cardOfWords(index, id) {
  const [keyword] = index.labels("keyword", id);
  return element(
    "span",
    { class: "papers-card", "data-hue": cardHue(index, id) },
    element("span", { class: "papers-card-name" }, ...cardName(index, id)),
    keyword === undefined ? null : element("span", { class: "papers-card-keyword" }, keyword),
  );
}

/**
 * What stands on a card of words: the paper's abbreviation, or where or when it was published; its title stands next to it.
 *
 * @param {PaperIndex} index
 * @param {number} id
 * @returns {(Node | string)[]}
 */
function cardName(index, id) {
  if (index.abbreviation(id) !== null) return drawn(index, id, "abbreviation");
  return wrapped(venue(index, id) || index.labels("year", id)[0]);
}

/**
 * The colour of a card of words: that of its first keyword, or of its venue.
 *
 * @param {PaperIndex} index
 * @param {number} id
 */
function cardHue(index, id) {
  return hue(index.labels("keyword", id)[0] ?? venue(index, id));
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function compactRow(setting, id) {
  const { index, root } = setting;
  const abbreviation = index.abbreviation(id);
  return element(
    "li",
    { "data-paper": index.keys[id] },
    element(
      "p",
      {},
      abbreviation === null ? null : element(
        "a",
        { class: "papers-compact-name", href: root + index.page(id) },
        ...drawn(index, id, "abbreviation"),
      ),
      titleLink(setting, id, "papers-row-title"),
      elsewhere(setting, id),
    ),
    facts(setting, id),
  );
}

/**
 * Venue and year, code and note on one line.
 *
 * @param {Setting} setting
 * @param {number} id
 */
function facts(setting, id) {
  const { index, words } = setting;
  const note = noteLink(setting, id);
  if (note) {
    note.textContent = words("browse.has.note");
    note.className = "papers-row-note";
  }
  const parts = {
    venue: venueMark(setting, id),
    year: index.labels("year", id)[0],
    code: codeLink({ ...setting, badges: false }, id),
    note,
  };
  const spans = Object.entries(parts).map(([column, part]) => element("span", { "data-column": column }, part));
  return element("p", { class: "papers-row-facts" }, ...spans, versionLinks(setting, id));
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function paperLink({ index, words, root }, id) {
  const title = plainTitle(index, id);
  const attributes = { href: root + index.page(id), title };
  const abbreviation = index.abbreviation(id);
  if (abbreviation !== null) {
    const sized = { ...attributes, class: isLong(abbreviation) ? "papers-long" : null };
    return element("a", sized, ...drawn(index, id, "abbreviation"));
  }
  const label = { class: "papers-quiet", "aria-label": `${words("details")}: ${title}` };
  return element("a", { ...attributes, ...label }, words("details"));
}

/**
 * @param {Setting} setting
 * @param {number} id
 * @param {string | null} [className]
 */
function titleLink({ index, root }, id, className = null) {
  return element("a", { href: root + index.page(id), class: className }, ...drawn(index, id, "title"));
}

/**
 * The title, the paper elsewhere, and who wrote it.
 *
 * @param {Setting} setting
 * @param {number} id
 */
function titleCell(setting, id) {
  const cell = document.createDocumentFragment();
  const authors = byline(setting, setting.index.labels("author", id));
  const mark = elsewhere(setting, id);
  const versions = versionLinks(setting, id);
  cell.append(titleLink(setting, id));
  const added = dayAdded(setting, id);
  if (mark || versions || authors || added) {
    cell.append(
      element(
        "span",
        { class: "papers-under" },
        mark,
        versions,
        authors && element("span", { "data-column": "authors" }, authors),
        added && " ",
        added,
      ),
    );
  }
  return cell;
}

/**
 * Links to the other papers of the same work, by where and when they were published; null where there are none.
 *
 * @param {Setting} setting
 * @param {number} id
 */
function versionLinks({ index, root }, id) {
  const links = index.versions(id).map((version) =>
    element(
      "a",
      { href: root + index.page(version) },
      `${venue(index, version)} ${index.labels("year", version)[0]}`.trim(),
    )
  );
  return links.length > 0 ? element("span", { class: "papers-versions", "data-column": "versions" }, ...links) : null;
}

/**
 * The day on which a paper was added; null where it is not known.
 *
 * @param {Setting} setting
 * @param {number} id
 */
function dayAdded({ index, words }, id) {
  const [day] = index.labels("added", id);
  if (day?.length !== DAY.length || !index.datesDiffer) return null;
  return element("time", { "data-column": "added", datetime: day, title: words("column.added") }, day);
}

/** How a day and a month are written. */
const [DAY, MONTH] = ["2024-06-15", "2024-06"];

/** So many authors are all named. */
const FEW = 3;

/**
 * Who wrote a paper: `pages/description.py` says the same.
 *
 * @param {Setting} setting
 * @param {readonly string[]} authors
 */
function byline({ words }, authors) {
  if (authors.length <= FEW) return authors.join(", ") || null;
  return [authors[0], words("authors_between", { n: authors.length - 2 }), authors[authors.length - 1]].join(", ");
}

/**
 * The mark that leads to the paper elsewhere; null where its address is not known.
 *
 * @param {Setting} setting
 * @param {number} id
 */
function elsewhere({ index, words }, id) {
  const href = index.urls[id];
  if (!href) return null;
  const mark = hostMark(href) ?? words("paper");
  const label = `${mark}: ${plainName(index, id)}`;
  return element("a", { class: "papers-elsewhere", href, "data-mark": mark, "aria-label": label });
}

/**
 * What a link to a paper elsewhere is called: `pages/description.py` says the same.
 *
 * @param {string} url
 */
function hostMark(url) {
  const [, host, path] = /^\w+:\/\/([^/?#]*)([^?#]*)/.exec(url) ?? [];
  if (/^(?:.*\.)?arxiv\.org$/i.test(host)) return "arXiv";
  return /\.pdf$/i.test(path) ? "PDF" : null;
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function thumb({ index, words, root }, id) {
  const cover = index.cover(id);
  if (!cover) return null;
  const label = words("cover_of", { name: plainName(index, id) });
  const shown = cover.path === null
    ? element("span", { class: "papers-hidden" }, label)
    : picture(root + cover.path, label, cover);
  return element("a", { href: root + cover.original, class: "papers-thumb" }, shown);
}

/**
 * A picture that is not asked for yet: its address and its words lie by, for `askFor`. (Words without an address would be
 * drawn in its place.)
 *
 * @param {string} src
 * @param {string} alt
 * @param {{width: number, height: number}} size
 */
function picture(src, alt, { width, height }) {
  const size = width && height ? { width, height } : {};
  return element("img", { "data-src": src, "data-alt": alt, loading: "lazy", decoding: "async", ...size });
}

/**
 * Lay by the pictures of a row that have not come yet.
 *
 * @param {HTMLElement} row
 */
export function layBy(row) {
  for (const image of row.getElementsByTagName("img")) {
    if (image.complete || !image.hasAttribute("src")) continue;
    image.dataset.src = image.getAttribute("src") ?? "";
    image.dataset.alt = image.alt;
    image.removeAttribute("src");
    image.removeAttribute("alt");
  }
}

/**
 * Ask for a picture whose address lies by.
 *
 * @param {HTMLImageElement} image
 */
export function askFor(image) {
  const { src, alt } = image.dataset;
  if (src === undefined) return;
  if (alt !== undefined) image.alt = alt;
  image.src = src;
  delete image.dataset.src;
  delete image.dataset.alt;
}

/**
 * Ask for a row's cover.
 *
 * @param {HTMLElement} row
 */
export function askForCover(row) {
  for (const image of row.getElementsByTagName("img")) askFor(image);
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function venueMark({ index }, id) {
  const value = venue(index, id);
  return value ? element("span", { class: "papers-venue", "data-hue": hue(value) }, value) : null;
}

/**
 * @param {PaperIndex} index
 * @param {number} id
 * @returns {string} empty for none
 */
function venue(index, id) {
  const facet = index.facets[index.facetIds.get("venue") ?? -1];
  return facet?.values[facet.ids[facet.starts[id]]] ?? "";
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function codeLink({ index, badges }, id) {
  const code = index.code(id);
  if (!code) return null;
  const name = plainName(index, id);
  const repository = badges
    ? /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:[/?#]|$)/.exec(code.url)
    : null;
  const attributes = {
    class: "papers-code",
    href: code.url,
    "aria-label": `${code.label}: ${name}`,
    "data-stars": repository?.slice(1).map(encodeURIComponent).join("/"),
  };
  return element("a", attributes, ...wrapped(code.label));
}

/**
 * @param {Setting} setting
 * @param {number} id
 */
function noteLink({ index, words, root }, id) {
  const note = index.note(id);
  if (note === null) return null;
  const href = isElsewhere(note) ? note : root + note;
  return element("a", { href, "aria-label": `${words("note")}: ${plainName(index, id)}` }, words("note"));
}

/**
 * A text of a paper with its math drawn.
 *
 * @param {PaperIndex} index
 * @param {number} id
 * @param {"title" | "abbreviation"} what
 * @returns {(Node | string)[]}
 */
function drawn(index, id, what) {
  const parts = index.math[id]?.[what];
  if (what === "title") return [parts ? withMath(parts) : index.titles[id]];
  return parts ? [withMath(parts, wrapped)] : wrapped(index.name(id));
}

/**
 * @param {PaperIndex} index
 * @param {number} id
 */
function plainTitle(index, id) {
  const parts = index.math[id]?.title;
  return parts ? plain(parts) : index.titles[id];
}

/**
 * @param {PaperIndex} index
 * @param {number} id
 */
function plainName(index, id) {
  const abbreviation = index.abbreviation(id);
  if (abbreviation === null) return plainTitle(index, id);
  const parts = index.math[id]?.abbreviation;
  return parts ? plain(parts) : abbreviation;
}
