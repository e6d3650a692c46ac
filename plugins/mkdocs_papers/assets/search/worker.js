/**
 * Answers the queries of Material's search box, in the place of Material's own worker.
 *
 * Material sends its index first (type 0, answered by 1), then each query (type 2, answered by 3). It starts a classic
 * worker from a folder of its own, which can load modules only so.
 */

const MODULES = new URL("../../papers/search/", self.location.href);
const INDEX = new URL("../../../search/papers/", self.location.href);

/**
 * @returns {Promise<{
 *   Files: typeof import("./files.js").Files,
 *   search: typeof import("./engine.js").search,
 *   results: typeof import("./hits.js").results,
 * }>}
 */
async function load() {
  const names = ["files.js", "engine.js", "hits.js"];
  return Object.assign({}, ...(await Promise.all(names.map((name) => import(new URL(name, MODULES).href)))));
}

const loading = load();
const opening = loading.then(({ Files }) => new Files(INDEX));

/** Ends the search for the last query: what is found is of no use once another was typed. */
let last = new AbortController();

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) self.postMessage({ type: 1 });
  if (type !== 2) return;
  last.abort();
  const { signal } = last = new AbortController();
  const { search, results } = await loading;
  try {
    const found = results(await search(await opening, data, signal));
    if (!signal.aborted) self.postMessage({ type: 3, data: found });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
});
