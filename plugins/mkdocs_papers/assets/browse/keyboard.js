/**
 * The keyboard on the browse page: `/` to the box, arrow keys through the papers, Escape back.
 */

/** @typedef {import("./results.js").Results} Results */

/**
 * @param {HTMLInputElement} box
 * @param {Results} results
 * @param {() => void} clear - empties the box
 * @param {AbortSignal} signal - when the page is left
 */
export function listenToKeys(box, results, clear, signal) {
  // Caught on its way down, before Material, which opens its own search with this key.
  globalThis.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      box.focus();
      box.select();
    },
    { capture: true, signal },
  );
  // Between the link and the papers stand buttons that sort.
  document.querySelector(".papers-skip")?.addEventListener("click", (event) => {
    const first = linkIn(results.rows()[0]);
    if (!first) return;
    event.preventDefault();
    first.focus();
  }, { signal });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      linkIn(results.rows()[0])?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (box.value === "") box.blur();
      else clear();
    }
  }, { signal });
  results.room.addEventListener("keydown", (event) => {
    const row = /** @type {Element} */ (event.target).closest("[data-paper]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const rows = results.rows();
    const at = rows.indexOf(/** @type {HTMLElement} */ (row));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0) box.focus();
      else linkIn(rows[to], placeOf(/** @type {Element} */ (event.target)))?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      box.focus();
    }
  }, { signal });
}

/**
 * The link in a row at a place, or its first.
 *
 * @param {Element | undefined} row
 * @param {string} [place] - a selector
 * @returns {HTMLElement | null}
 */
function linkIn(row, place = "a") {
  return row?.querySelector(`${place}:not([tabindex="-1"])`) ?? row?.querySelector('a:not([tabindex="-1"])') ?? null;
}

/**
 * Where in its row a link stands: in which column of the table.
 *
 * @param {Element} link
 */
function placeOf(link) {
  const column = /** @type {HTMLElement | null} */ (link.closest("[data-column]"))?.dataset.column;
  return column ? `[data-column="${column}"] a` : "a";
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true;
  }
  return target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "reset"].includes(target.type);
}
