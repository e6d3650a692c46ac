/**
 * Help for the header's search: what is pasted, dropped or spoken counts as typed.
 */

/** Boxes that are helped already. */
const helped = new WeakSet();

/** @param {HTMLInputElement} box - where queries are typed */
export function help(box) {
  if (helped.has(box)) return;
  helped.add(box);
  // What the first query needs is on its way while it is typed (`search/worker.js`).
  import("./search/engine.js");
  import("./search/hits.js");
  // Material looks only at keys going up.
  box.addEventListener("input", () => box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })));
}
