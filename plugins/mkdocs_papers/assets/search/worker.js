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
 *   pauseBefore: typeof import("./engine.js").pauseBefore,
 *   search: typeof import("./engine.js").search,
 *   results: typeof import("./hits.js").results,
 * }>}
 */
async function load() {
  const names = ["files.js", "engine.js", "hits.js"];
  return Object.assign({}, ...(await Promise.all(names.map((name) => import(new URL(name, MODULES).href)))));
}

/** What answers queries: few of those who open a page search for anything, so it is loaded for the first query. */
async function opened() {
  const { Files, ...modules } = await load();
  return { ...modules, files: new Files(INDEX) };
}

/** @type {ReturnType<typeof opened> | null} */
let opening = null;

/** Ends the search for the last query: what is found is of no use once another was typed. */
let last = new AbortController();

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) self.postMessage({ type: 1 });
  if (type !== 2) return;
  last.abort();
  const { signal } = last = new AbortController();
  // Material asks for nothing when a page opens.
  if (!data.trim()) return self.postMessage({ type: 3, data: { items: [] } });
  const { pauseBefore, search, results, files } = await (opening ??= opened());
  try {
    const { pages } = await files.root();
    const pause = pauseBefore(data, pages);
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    signal.throwIfAborted();
    const found = results(await search(files, data, signal));
    if (!signal.aborted) self.postMessage({ type: 3, data: found });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
});
