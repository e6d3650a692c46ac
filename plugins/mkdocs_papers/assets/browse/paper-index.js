/**
 * What the browse page knows of all papers, out of the index file (`pages/browse.py` says what is in it).
 */

import { fold } from "./fold.js";

/** @typedef {import("./dom.js").MathTree} MathTree */

/**
 * @typedef {object} Facet
 * @property {string} name - as queries name it
 * @property {"names" | "scale" | "range" | "flags" | "date" | "hidden"} kind - how its values are chosen and compared
 * @property {boolean} searched - whether plain words look into it
 * @property {boolean} [aside] - whether a paper comes last of which only it holds a plain word
 * @property {string[]} values
 * @property {string[]} labels - what readers see
 * @property {Uint32Array} starts - where in `ids` the values of each paper begin; one more for the end
 * @property {Uint32Array} ids - positions in `values`
 */

/**
 * @typedef {object} Column - one of the listing's, as `pages/listing.py` declares it
 * @property {string} name
 * @property {string} [facet] - whose values its cells show
 * @property {(string | number | null)[]} [values] - of each paper
 * @property {boolean} [heading] - whether its cells are the headings of their rows
 * @property {boolean} [descending] - whether whoever sorts by it most often wants the last first
 * @property {boolean} [wide] - whether it is left out where there is little room
 * @property {boolean} [shown] - whether tables have it
 */

export class PaperIndex {
  /** @param {any} file - the parsed index file */
  constructor(file) {
    /** @type {string[]} */
    this.keys = file.keys;
    /** @type {number} */
    this.size = this.keys.length;
    /** @type {string[]} */
    this.titles = file.titles;
    /** @type {Record<string, {title?: (string | MathTree)[], abbreviation?: (string | MathTree)[]}>} */
    this.math = file.math;
    /** @type {(string | 0 | 1)[]} */
    this._abbreviations = file.abbreviations;
    /** @type {(string | 0)[]} */
    this.urls = file.urls;
    /** @type {string} */
    this._page = file.page;
    /** @type {(string | 0)[]} */
    this._notes = file.notes;
    this._code = file.code;
    this._covers = file.covers;
    /** @type {Map<number, number[]>} for each paper of a work that has several all of them, the one that stands for it first */
    this.works = new Map(file.works.flatMap((/** @type {number[]} */ work) => work.map((id) => [id, work])));
    /** How many works the papers are: a row each, if all are shown. */
    this.workCount = this.size - this.works.size + file.works.length;
    /** @type {number[]} when the first papers were added, in seconds: those that may be new to a reader */
    this.added = file.added;
    /** @type {Column[]} */
    this.columns = file.columns;
    /** @type {Facet[]} */
    this.facets = file.facets.map((/** @type {any} */ column) => readFacet(column, this));
    const baselines = file.facets.find((/** @type {any} */ column) => column.name === "baseline");
    if (baselines) this.facets.push(comparedBy(baselines, this));
    const own = [...this.keys.keys()];
    this.facets.push(readFacet({ name: "key", kind: "hidden", searched: false, values: own, ids: own }, this));
    /** @type {Map<string, string>} the keys of papers, by the folded keys that they have or had before */
    this.keyOf = new Map(this.keys.map((key) => [fold(key), key]));
    for (const [old, id] of Object.entries(file.former ?? {})) {
      if (!this.keyOf.has(fold(old))) this.keyOf.set(fold(old), this.keys[id]);
    }
    /** Whether the dates on which papers were added tell any of them apart. */
    this.datesDiffer = (this.facets.find(({ name }) => name === "added")?.values.length ?? 0) > 1;
    /** @type {string[] | null} the folded words of each paper's note, once a query has asked for some */
    this.noteTexts = null;
    /** @type {Map<string, number>} */
    this.facetIds = new Map(this.facets.map((facet, id) => [facet.name, id]));
    /** @type {string[]} the folded words of each paper, one text a line, its title first, and last what stands aside */
    this.texts = [];
    /** @type {number[]} where in each paper's words those begin that stand aside */
    this.ends = [];
    /** @type {string[]} folded */
    this.nicknames = [];
    /** @type {string[][]} */
    this._foldedValues = [];
    /** @type {Map<unknown, any>} what others work out of it once and keep */
    this.kept = new Map();
  }

  /** @param {number} id */
  abbreviation(id) {
    const written = this._abbreviations[id];
    if (written === 1) return this.keys[id].slice(this.keys[id].indexOf("/") + 1);
    return written === 0 ? null : written;
  }

  /**
   * What a paper is called in a link.
   *
   * @param {number} id
   */
  name(id) {
    return this.abbreviation(id) ?? this.titles[id];
  }

  /**
   * Papers without those that another of them, of the same work, stands for.
   *
   * @param {readonly number[]} ids
   */
  oneOfEachWork(ids) {
    if (this.works.size === 0) return ids;
    const those = new Set(ids);
    return ids.filter((id) => (this.works.get(id) ?? [id]).find((version) => those.has(version)) === id);
  }

  /**
   * The other papers of the same work.
   *
   * @param {number} id
   */
  versions(id) {
    return (this.works.get(id) ?? []).filter((version) => version !== id);
  }

  /**
   * Its page, relative to the site's root.
   *
   * @param {number} id
   */
  page(id) {
    return this._place(this._page, id);
  }

  /**
   * Its note, relative to the site's root or elsewhere, or null.
   *
   * @param {number} id
   */
  note(id) {
    const note = this._notes[id];
    if (note === 0) return null;
    return isElsewhere(note) ? note : this._place(note, id);
  }

  /**
   * Its code, or null.
   *
   * @param {number} id
   * @returns {{label: string, url: string} | null}
   */
  code(id) {
    const label = this._code.ids[id];
    return label < 0 ? null : { label: this._code.labels[label], url: this._code.urls[id] };
  }

  /**
   * Its cover, or null; paths are relative to the site's root. Without a path, a card of words stands in for it.
   *
   * @param {number} id
   * @returns {{path: string | null, original: string, width: number, height: number} | null}
   */
  cover(id) {
    const cover = this._covers[id];
    if (!cover) return null;
    const [path, original, width, height] = cover;
    return {
      path: path === 0 ? null : this._place(path, id),
      original: this._place(original === 0 ? path : original, id),
      width,
      height,
    };
  }

  /**
   * The labels of a paper's values under a facet; none where there is no such facet.
   *
   * @param {string} name
   * @param {number} id
   * @returns {string[]}
   */
  labels(name, id) {
    const facet = this.facets[this.facetIds.get(name) ?? -1];
    if (!facet) return [];
    return Array.from(facet.ids.subarray(facet.starts[id], facet.starts[id + 1]), (value) => facet.labels[value]);
  }

  /**
   * What a paper's cell in a column says; empty for nothing.
   *
   * @param {Column} column
   * @param {number} id
   */
  cell({ facet, values }, id) {
    return values ? String(values[id] ?? "") : this.labels(facet ?? "", id).join(", ");
  }

  /**
   * A facet's values and labels, folded.
   *
   * @param {number} facetId
   * @returns {{values: string[], labels: string[]}}
   */
  folded(facetId) {
    return this.keep(`folded ${facetId}`, () => {
      const { values, labels } = this.facets[facetId];
      const folded = values.map(fold);
      return { values: folded, labels: labels === values ? folded : labels.map(fold) };
    });
  }

  /**
   * Make the next papers' texts ready for words to be looked for.
   *
   * @param {number} many
   * @returns {boolean} whether all are ready
   */
  prepare(many) {
    const searched = this.facets.flatMap((
      facet,
      id,
    ) => (facet.searched ? [{ ...facet, folded: this.folded(id) }] : []));
    const end = Math.min(this.size, this.texts.length + many);
    for (let id = this.texts.length; id < end; id += 1) {
      const nickname = fold(this.abbreviation(id) ?? "");
      const lines = [fold(this.titles[id]), nickname];
      if (id in this.math) lines.push(...Object.values(this.math[id]).map((parts) => fold(plain(parts))));
      /** @type {string[]} */
      const last = [];
      for (const { starts, ids, folded, aside } of searched) {
        const into = aside ? last : lines;
        for (let at = starts[id]; at < starts[id + 1]; at += 1) {
          into.push(folded.labels[ids[at]]);
          if (folded.values !== folded.labels) into.push(folded.values[ids[at]]);
        }
      }
      this.nicknames.push(nickname);
      const text = lines.join("\n");
      this.ends.push(text.length);
      this.texts.push([text, ...last].join("\n"));
    }
    return end === this.size;
  }

  /**
   * Take the words of the notes.
   *
   * @param {Record<string, string>} texts - by key
   */
  takeNotes(texts) {
    this.noteTexts = this.keys.map((key) => Object.hasOwn(texts, key) ? fold(texts[key]) : "");
  }

  /**
   * What was worked out once under a name.
   *
   * @template Kept
   * @param {unknown} name
   * @param {() => Kept} make
   * @returns {Kept}
   */
  keep(name, make) {
    if (!this.kept.has(name)) this.kept.set(name, make());
    return this.kept.get(name);
  }

  /**
   * @param {string} path - with `*` for the key
   * @param {number} id
   */
  _place(path, id) {
    return path.replace("*", () => this.keys[id].split("/").map(encodeURIComponent).join("/"));
  }
}

/**
 * Whether an address leads off the site.
 *
 * @param {string} address
 */
export function isElsewhere(address) {
  return /^https?:/i.test(address);
}

/**
 * @param {any} column
 * @param {PaperIndex} index
 * @returns {Facet}
 */
function readFacet(column, index) {
  const starts = new Uint32Array(column.ids.length + 1);
  const ids = column.ids.flat();
  column.ids.forEach((/** @type {number | number[]} */ own, /** @type {number} */ id) => {
    starts[id + 1] = starts[id] + (typeof own === "number" ? 1 : own.length);
  });
  const values = column.values.map((/** @type {string | number} */ value) =>
    typeof value === "number" ? index.keys[value] : value
  );
  const named = column.values.some((/** @type {string | number} */ value) => typeof value === "number");
  const labels = named
    ? column.values.map((
      /** @type {string | number} */ value,
    ) => (typeof value === "number" ? index.name(value) : value))
    : (column.labels ?? values);
  const { name, kind, searched, aside } = column;
  const order = inOrder(kind, values.length, ids);
  const sorted = order.map((value) => values[value]);
  const places = new Uint32Array(values.length);
  order.forEach((value, place) => places[value] = place);
  return {
    name,
    kind,
    searched,
    aside,
    values: sorted,
    labels: labels === values ? sorted : order.map((value) => labels[value]),
    starts,
    ids: Uint32Array.from(ids, (id) => places[id]),
  };
}

/**
 * The values of a facet in the order in which readers see them: numbers as they rise, others the most frequent first,
 * and equal ones as the file has them.
 *
 * @param {string} kind
 * @param {number} length - how many they are
 * @param {readonly number[]} ids - those of the papers
 */
function inOrder(kind, length, ids) {
  const counts = new Uint32Array(length);
  for (const id of ids) counts[id]++;
  const values = [...counts.keys()];
  return kind === "range" || kind === "scale" ? values : values.sort((one, other) => counts[other] - counts[one]);
}

/**
 * The papers with which others compare themselves, by those others: the baselines of a paper that are papers here.
 *
 * @param {any} baselines - the facet of what papers compare themselves with, as the file has it
 * @param {PaperIndex} index
 * @returns {Facet}
 */
function comparedBy({ values, ids }, index) {
  /** @type {number[][]} */
  const own = Array.from({ length: index.size }, () => []);
  ids.forEach((/** @type {number | number[]} */ named, /** @type {number} */ id) => {
    for (const value of [named].flat()) if (typeof values[value] === "number") own[values[value]].push(id);
  });
  const column = { name: "comparedby", kind: "hidden", searched: false, values: [...index.keys.keys()], ids: own };
  return readFacet(column, index);
}

/**
 * The words of a title, its math without the LaTeX that it keeps for copying.
 *
 * @param {readonly (string | MathTree)[]} parts
 * @returns {string}
 */
export function plain(parts) {
  return parts.map((part) => (typeof part === "string" ? part : plainMath(part))).join("");
}

/**
 * @param {MathTree} tree
 * @returns {string}
 */
function plainMath([name, , ...children]) {
  if (name === "annotation") return "";
  return children.map((child) => (typeof child === "string" ? child : plainMath(child))).join("");
}
