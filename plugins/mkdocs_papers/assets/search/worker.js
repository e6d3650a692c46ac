/**
 * Answers the queries of Material's search box, in the place of Material's own worker.
 *
 * Material sends its index first (type 0, answered by 1), then each query (type 2, answered by 3). It starts a classic
 * worker, which can load modules only so.
 */

const loading = Promise.all([import("./files.js"), import("./engine.js"), import("./hits.js")]);

/** @type {Promise<import("./files.js").Files> | null} */
let files = null;
/** The number of the last query: what was found for those before is of no use any more. */
let last = 0;

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) {
    files = loading.then(([{ Files }]) => new Files(new URL("../../../search/papers/", self.location.href)));
    self.postMessage({ type: 1 });
  } else if (type === 2) {
    const number = ++last;
    const [, { search }, { results }] = await loading;
    const found = files ? await search(await files, data) : { hits: [], terms: [] };
    if (number === last) self.postMessage({ type: 3, data: results(found) });
  }
});
