/**
 * The facets beside the list. What they show is what the query says: a choice here changes the query, and the query's
 * words choose here.
 */

import { element } from "./dom.js";
import { fold } from "./fold.js";
import { closeness, count, interval, meant, wanted } from "./match.js";

/** @typedef {import("./paper-index.js").PaperIndex} PaperIndex */
/** @typedef {import("./match.js").Found} Found */
/** @typedef {import("./query.js").Term} Term */
/** @typedef {import("./words.js").Words} Words */

/** @typedef {"any" | "all" | "none"} Together - which of the values chosen a paper is to have */

/**
 * @typedef {object} Panel
 * @property {(terms: readonly Term[], found: Found) => void} update
 */

/** Values that a facet shows at first, and how many more at each call for more. */
const SHOWN = 8;
const MORE = 24;

/**
 * Bring the facets of the page to life.
 *
 * @param {HTMLElement} facets - holds them
 * @param {PaperIndex} index
 * @param {Words} words
 * @param {(change: (terms: readonly Term[]) => Term[]) => void} ask - changes the query
 * @returns {Panel}
 */
export function facetPanels(facets, index, words, ask) {
  /** @type {{panel: Panel, details: HTMLDetailsElement}[]} */
  const panels = [];
  /** @type {[readonly Term[], Found] | null} */
  let last = null;
  for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (facets.querySelectorAll("[data-facet]"))) {
    const facetId = index.facetIds.get(details.dataset.facet ?? "");
    if (facetId === undefined) continue;
    const make = details.querySelector("[data-range]") ? rangePanel : valuesPanel;
    const panel = make(details, index, facetId, words, ask);
    panels.push({ panel, details });
    details.addEventListener("toggle", () => details.open && last && panel.update(...last));
  }
  return {
    update(terms, found) {
      last = [terms, found];
      for (const { panel, details } of panels) if (details.open) panel.update(terms, found);
    },
  };
}

/**
 * Names to tick.
 *
 * @param {HTMLDetailsElement} details
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {Words} words
 * @param {(change: (terms: readonly Term[]) => Term[]) => void} ask
 * @returns {Panel}
 */
function valuesPanel(details, index, facetId, words, ask) {
  const facet = index.facets[facetId];
  const list = /** @type {HTMLElement} */ (details.querySelector("ul"));
  const box = /** @type {HTMLInputElement | null} */ (details.querySelector(".papers-facet-find"));
  const button = /** @type {HTMLButtonElement | null} */ (details.querySelector(".papers-facet-more"));
  const nothing = element("p", { class: "papers-facet-none", hidden: true }, words("browse.none"));
  list.after(nothing);
  /** @type {Together} */
  let together = "any";
  const manner = makeManner();
  list.before(manner);
  /** @type {Map<number, HTMLElement>} */
  const entries = new Map();
  let most = button ? SHOWN : facet.values.length;
  /** @type {number[]} */
  let shown = [];
  /** @type {[readonly Term[], Found] | null} */
  let last = null;

  /** Which of the values chosen are wanted: of use only once there is one. */
  function makeManner() {
    const ways = /** @type {const} */ (["any", "all", "none"]).filter((way) => way !== "all" || hasSeveral(facet));
    const made = element("select", {
      class: "papers-facet-manner",
      hidden: true,
      "aria-label": words("browse.manner", { title: details.querySelector("summary")?.textContent ?? "" }),
    }, ...ways.map((way) => element("option", { value: way }, words(`browse.manner.${way}`))));
    made.addEventListener("change", () => {
      together = /** @type {Together} */ (made.value);
      ask((terms) => arrange(index, facetId, terms, together));
    });
    return made;
  }

  /** @param {number} value */
  function entry(value) {
    let made = entries.get(value);
    if (!made) {
      const box = element("input", { type: "checkbox", value: facet.values[value] });
      box.addEventListener("change", () => ask((terms) => toggle(index, facetId, value, terms, together)));
      const number = element("span", { class: "papers-number" });
      made = element("li", {}, element("label", {}, box, element("span", {}, facet.labels[value]), number));
      entries.set(value, made);
    }
    return made;
  }

  /**
   * @param {Uint32Array} counts
   * @param {Uint8Array} chosen
   */
  function choose(counts, chosen) {
    const sought = fold(box?.value ?? "");
    const { labels } = index.folded(facetId);
    const fits = (/** @type {number} */ value) => labels[value].includes(sought);
    // Whole words first, then beginnings, then the rest.
    const near = (/** @type {number} */ value) => sought === "" ? 0 : closeness(labels[value], sought);
    const all = Array.from(counts.keys()).filter((value) => fits(value) && (counts[value] > 0 || chosen[value] > 0));
    const few = facet.values.length <= SHOWN + 2 || facet.kind === "scale";
    // A short list keeps its order, so that nothing moves; in a long one what is chosen, then what is frequent, comes first.
    if (!few) {
      all.sort((one, other) =>
        chosen[other] - chosen[one] || near(one) - near(other) || counts[other] - counts[one] || one - other
      );
    }
    shown = all.slice(0, most);
    list.replaceChildren(...shown.map(entry));
    nothing.hidden = all.length > 0;
    if (button) {
      const left = all.length - shown.length;
      button.hidden = left <= 0 && most === SHOWN;
      button.textContent = left > 0 ? words("browse.more", { n: left }) : words("browse.fewer");
    }
  }

  /**
   * @param {readonly Term[]} terms
   * @param {Found} found
   */
  function update(terms, found) {
    last = [terms, found];
    const counts = count(index, facetId, found);
    const own = terms.filter((term) => term.facet === facet.name);
    const chosen = marks(index, facetId, own.filter((term) => !term.not));
    const excluded = marks(index, facetId, own.filter((term) => term.not));
    together = mannerOf(index, facetId, own, together);
    manner.value = together;
    manner.hidden = facet.kind !== "names" || own.length === 0;
    // Nothing moves beneath a reader's hand.
    if (!list.contains(document.activeElement)) choose(counts, chosen.map((value, id) => value | excluded[id]));
    for (const value of shown) {
      const made = entry(value);
      const box = /** @type {HTMLInputElement} */ (made.querySelector("input"));
      box.checked = chosen[value] === 1;
      box.indeterminate = excluded[value] === 1;
      made.classList.toggle("papers-facet-empty", counts[value] === 0);
      made.classList.toggle("papers-facet-not", excluded[value] === 1);
      /** @type {HTMLElement} */ (made.querySelector(".papers-number")).textContent = String(counts[value]);
    }
  }

  const again = () => last && update(...last);
  box?.addEventListener("input", () => {
    most = SHOWN;
    again();
  });
  box?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || box.value === "" || shown.length === 0) return;
    event.preventDefault();
    const [first] = shown;
    box.value = "";
    ask((terms) => toggle(index, facetId, first, terms, together));
  });
  button?.addEventListener("click", () => {
    most = list.childElementCount < most ? SHOWN : most + MORE;
    again();
  });
  list.addEventListener("focusout", (event) => {
    if (!list.contains(/** @type {Node | null} */ (event.relatedTarget))) setTimeout(again);
  });
  // The boxes that the page came with give way to live ones at the first update; a reader may have ticked some already.
  const ticked = Array.from(
    list.querySelectorAll("input"),
    (box) => (box.checked ? facet.values.indexOf(box.value) : -1),
  )
    .filter((value) => value >= 0);
  if (ticked.length > 0) {
    setTimeout(() => ask((terms) => ticked.reduce((all, value) => toggle(index, facetId, value, all), [...terms])));
  }
  return { update };
}

/**
 * The values that some terms mean.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {readonly Term[]} terms
 * @returns {Uint8Array}
 */
function marks(index, facetId, terms) {
  const all = new Uint8Array(index.facets[facetId].values.length);
  for (const text of terms.flatMap((term) => wanted(index, facetId, term))) {
    const own = meant(index, facetId, text);
    for (let value = 0; value < all.length; value += 1) all[value] |= own[value];
  }
  return all;
}

/**
 * Whether a paper can have several values of a facet.
 *
 * @param {import("./paper-index.js").Facet} facet
 */
function hasSeveral({ starts }) {
  for (let id = 0; id + 1 < starts.length; id += 1) if (starts[id + 1] - starts[id] > 1) return true;
  return false;
}

/**
 * Which of the values chosen a facet's terms want.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {readonly Term[]} own
 * @param {Together} before - what was wanted before: of one value, all are any
 * @returns {Together}
 */
function mannerOf(index, facetId, own, before) {
  const asked = own.filter((term) => !term.not);
  if (own.length === 0) return "any";
  if (asked.length === 0) return "none";
  if (asked.some((term) => wanted(index, facetId, term).length > 1)) return "all";
  return before === "all" && own.length === 1 ? "all" : "any";
}

/**
 * A query that wants a facet's values in another manner.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {readonly Term[]} terms
 * @param {Together} together
 * @returns {Term[]}
 */
export function arrange(index, facetId, terms, together) {
  const { name } = index.facets[facetId];
  const isOwn = (/** @type {Term} */ term) => term.facet === name;
  const all = [...new Set(terms.filter(isOwn).flatMap((term) => wanted(index, facetId, term)))];
  /** @type {Term[]} */
  const arranged = together === "all" && all.length > 1
    ? [{ kind: "facet", facet: name, text: all.join("+"), all }]
    : all.map((text) => ({ kind: "facet", facet: name, text, ...(together === "none" && { not: true }) }));
  const at = terms.findIndex(isOwn);
  return [
    ...terms.slice(0, at).filter((term) => !isOwn(term)),
    ...arranged,
    ...terms.slice(at).filter((t) => !isOwn(t)),
  ];
}

/**
 * A query with one value more, or, where it asks for that value or excludes it, without. A term that means other values too
 * is replaced by those, where they are few.
 *
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {number} value
 * @param {readonly Term[]} terms
 * @param {Together} [together] - which of the values chosen are wanted
 * @returns {Term[]}
 */
export function toggle(index, facetId, value, terms, together = "any") {
  const facet = index.facets[facetId];
  const { values } = index.folded(facetId);
  let there = false;
  const kept = terms.flatMap((term) => {
    if (term.facet !== facet.name) return [term];
    return wanted(index, facetId, term).flatMap((text) => {
      const { all: _, open: __, ...single } = { ...term, text };
      const own = meant(index, facetId, text);
      if (!own[value]) return [single];
      there = true;
      // A value of the same letters in another case is not told apart, so it goes with this one.
      const others = Array.from(own.entries()).filter(([id, is]) => is && values[id] !== values[value]);
      return others.length > SHOWN ? [] : others.map(([id]) => ({ ...single, text: facet.values[id] }));
    });
  });
  /** @type {Term} */
  const added = { kind: "facet", facet: facet.name, text: facet.values[value] };
  const chosen = there ? kept : [...kept, added];
  return together === "any" || !chosen.some((term) => term.facet === facet.name)
    ? chosen
    : arrange(index, facetId, chosen, together);
}

/**
 * Numbers from one to another.
 *
 * @param {HTMLDetailsElement} details
 * @param {PaperIndex} index
 * @param {number} facetId
 * @param {Words} _words
 * @param {(change: (terms: readonly Term[]) => Term[]) => void} ask
 * @returns {Panel}
 */
function rangePanel(details, index, facetId, _words, ask) {
  const facet = index.facets[facetId];
  const numbers = facet.values.map(Number);
  const bars = details.querySelectorAll("rect");
  const [from, to] = /** @type {HTMLSelectElement[]} */ (Array.from(details.querySelectorAll("[data-range]")));
  const last = numbers.length - 1;
  const choose = () => {
    const [low, high] = [from.selectedIndex, to.selectedIndex].sort((one, other) => one - other);
    ask((terms) => [
      ...terms.filter((term) => term.facet !== facet.name || term.not),
      ...(low === 0 && high === last
        ? []
        : [{ kind: /** @type {const} */ ("facet"), facet: facet.name, text: range(low, high) }]),
    ]);
  };
  /**
   * @param {number} low
   * @param {number} high
   */
  const range = (low, high) => {
    if (low === high) return facet.values[low];
    if (high === last) return `>=${facet.values[low]}`;
    return low === 0 ? `<=${facet.values[high]}` : `${facet.values[low]}..${facet.values[high]}`;
  };
  from.addEventListener("change", choose);
  to.addEventListener("change", choose);
  return {
    update(terms, found) {
      const counts = count(index, facetId, found);
      const most = Math.max(1, ...counts);
      const [low, high] = bounds(
        terms.filter((term) => term.facet === facet.name && !term.not).map((term) => term.text),
      );
      numbers.forEach((number, value) => {
        const height = counts[value] === 0 ? 0 : Math.max(1, (20 * counts[value]) / most);
        bars[value].setAttribute("y", String(20 - height));
        bars[value].setAttribute("height", String(height));
        bars[value].classList.toggle("papers-bar-out", number < low || number > high);
      });
      from.selectedIndex = Math.max(0, numbers.findIndex((number) => number >= low));
      to.selectedIndex = numbers.findLastIndex((number) => number <= high) < 0
        ? last
        : numbers.findLastIndex((number) => number <= high);
    },
  };
}

/**
 * The least and the greatest number that terms let through: any of the numbers named, within all limits.
 *
 * @param {readonly string[]} texts
 * @returns {[number, number]}
 */
function bounds(texts) {
  let [low, high] = [-Infinity, Infinity];
  /** @type {[number, number] | null} */
  let named = null;
  for (const text of texts) {
    const own = interval(text);
    if (!own) continue;
    if (/^[<>]/.test(text)) [low, high] = [Math.max(low, own[0]), Math.min(high, own[1])];
    else named = named ? [Math.min(named[0], own[0]), Math.max(named[1], own[1])] : own;
  }
  return named ? [Math.max(low, named[0]), Math.min(high, named[1])] : [low, high];
}
