/**
 * Editing in the owner's preview: a paper's status, rating, keywords and note on its page, and a box that adds papers. The
 * server puts this on its pages; it is in no build. Each change is one request, and the page follows as after any save.
 */

/**
 * What a page shows again once it has been loaded anew, which the server makes it do after each change.
 * @typedef {{path: string, said?: string, status?: string, rating?: string, keywords?: string[], focus?: string}} Kept
 */

/**
 * What was written, which the page shows however often it is loaded anew: a new folder and the record in it are two changes.
 * @typedef {{path: string, written: {path: string, address: string}[]}} Added
 */

const KEPT = "papers-editing";
const ADDED = "papers-added";

/**
 * Ask the server for a change.
 * @param {string} what
 * @param {object} wanted
 * @param {string} failed - what is said where nobody answers
 * @returns {Promise<{ok: boolean, status: number, said: any}>}
 */
async function ask(what, wanted, failed) {
  const { at = "", token = "" } = box()?.dataset ?? {};
  try {
    const answer = await fetch(at + what, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Papers-Token": token },
      body: JSON.stringify(wanted),
    });
    return { ok: answer.ok, status: answer.status, said: await answer.json() };
  } catch {
    return { ok: false, status: 0, said: { error: failed } };
  }
}

/** The box that adds papers. */
function box() {
  const found = document.querySelector(".papers-adding");
  return found instanceof HTMLElement ? found : null;
}

/** @param {Kept} kept */
function keep(kept) {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

/**
 * What was kept for the page, once.
 * @param {string} name
 */
function kept(name) {
  const found = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  try {
    return found ? JSON.parse(found) : null;
  } catch {
    return null;
  }
}

/** Put the controls of the page's paper beside it, and let them work. */
function offerEditing() {
  const form = document.querySelector("form.papers-editing");
  const side = document.querySelector(".papers-paper .papers-side");
  if (!(form instanceof HTMLFormElement) || !side || side.contains(form)) return;
  side.prepend(form);
  form.hidden = false;
  const before = chosen(form);
  /** @type {Kept | null} */
  const again = kept(KEPT);
  if (again?.path === location.pathname) restore(form, again);
  else if (again) keep(again);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form, before);
  });
  form.querySelector("[name=note]")?.addEventListener("click", () => openNote(form));
}

/**
 * What is chosen in a paper's controls.
 * @param {HTMLFormElement} form
 */
function chosen(form) {
  const values = new FormData(form);
  const added = String(values.get("new") ?? "").trim();
  return {
    status: String(values.get("status")),
    rating: String(values.get("rating")),
    keywords: [...values.getAll("keyword").map(String), ...(added ? [added] : [])],
  };
}

/**
 * Show again what was said and chosen before the page was loaded anew.
 * @param {HTMLFormElement} form
 * @param {Kept} again
 */
function restore(form, again) {
  say(form, again.said ?? "");
  for (const name of /** @type {const} */ (["status", "rating"])) {
    const select = form.querySelector(`[name=${name}]`);
    const value = again[name];
    if (select instanceof HTMLSelectElement && value !== undefined) select.value = value;
  }
  if (again.keywords) {
    for (const each of form.querySelectorAll("[name=keyword]")) {
      if (each instanceof HTMLInputElement) each.checked = again.keywords.includes(each.value);
    }
  }
  const focus = again.focus ? form.querySelector(again.focus) : null;
  if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
}

/**
 * Save what is chosen otherwise than before.
 * @param {HTMLFormElement} form
 * @param {ReturnType<typeof chosen>} before
 */
async function save(form, before) {
  const now = chosen(form);
  const words = form.dataset;
  /** @type {Record<string, unknown>} */
  const wanted = { key: words.key, digest: words.digest };
  if (now.status !== before.status) wanted.status = now.status || null;
  if (now.rating !== before.rating) wanted.rating = now.rating ? Number(now.rating) : null;
  if (now.keywords.join("\n") !== before.keywords.join("\n")) wanted.keywords = now.keywords;
  say(form, words.saving ?? "");
  const { ok, status, said } = await busy(form, () => ask("record", wanted, words.failed ?? ""));
  if (ok) {
    // The page is loaded anew where something has changed.
    if (said.digest !== words.digest) keep({ path: location.pathname, said: words.saved, focus: "[type=submit]" });
    words.digest = said.digest;
    Object.assign(before, now);
    say(form, words.saved ?? "");
    return;
  }
  if (status !== 409) {
    say(form, said.error);
    return;
  }
  // What somebody else has saved is shown beside what was chosen, which a second time takes its place.
  const [read, rated] = ["status", "rating"].map((name) => label(form, name, String(said.now[name] ?? "")));
  const keywords = said.now.keywords.join(", ") || words.nothing;
  const shown = `${words.status}: ${read}; ${words.rating}: ${rated}; ${words.keywords}: ${keywords}`;
  const told = `${said.error}. ${words.now} ${shown}. ${words.again}`;
  words.digest = said.digest;
  const other = {
    status: String(said.now.status ?? ""),
    rating: String(said.now.rating ?? ""),
    keywords: said.now.keywords,
  };
  for (const name of /** @type {const} */ (["status", "rating"])) if (!(name in wanted)) now[name] = other[name];
  if (!("keywords" in wanted)) now.keywords = other.keywords;
  Object.assign(before, other);
  restore(form, { path: "", said: told, ...now });
  // The page is loaded anew for that other change.
  keep({ path: location.pathname, said: told, ...now });
}

/**
 * How a value is called in its control.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function label(form, name, value) {
  const select = form.querySelector(`[name=${name}]`);
  const options = select instanceof HTMLSelectElement ? [...select.options] : [];
  return (value && options.find((each) => each.value === value)?.text) || value || form.dataset.nothing;
}

/** @param {HTMLFormElement} form */
async function openNote(form) {
  say(form, form.dataset.saving ?? "");
  const { said } = await busy(form, () => ask("note", { key: form.dataset.key }, form.dataset.failed ?? ""));
  const told = said.error ?? [said.path, said.problem].filter(Boolean).join(": ");
  say(form, told);
  if (said.written) keep({ path: location.pathname, said: told, focus: "[name=note]" });
}

/**
 * Say something below a form, where screen readers hear of it.
 * @param {HTMLElement} form
 * @param {string} words
 */
function say(form, words) {
  const said = form.querySelector(".papers-said");
  if (said) said.textContent = words;
}

/**
 * Let nothing in a form be pressed while something is done. What has the focus keeps it.
 * @template Done
 * @param {HTMLFormElement} form
 * @param {() => Promise<Done>} doing
 */
async function busy(form, doing) {
  const buttons = [...form.querySelectorAll("button")];
  const focused = document.activeElement;
  for (const each of buttons) each.disabled = true;
  try {
    return await doing();
  } finally {
    for (const each of buttons) each.disabled = false;
    if (focused instanceof HTMLElement && form.contains(focused)) focused.focus({ preventScroll: true });
  }
}

/** Let the box look papers up and write them. */
function offerAdding() {
  const aside = box();
  const form = aside?.querySelector("form");
  const write = form?.querySelector("[name=write]");
  if (!aside || !form || !(write instanceof HTMLButtonElement)) return;
  aside.hidden = false;
  aside.addEventListener("keydown", (event) => {
    const details = aside.querySelector("details");
    if (event.key !== "Escape" || !details?.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lookUp(aside, form, write);
  });
  write.addEventListener("click", () => writeRecords(form, write));
  /** @type {Added | null} */
  const added = kept(ADDED);
  if (added?.path !== location.pathname) return;
  const details = aside.querySelector("details");
  if (details) details.open = true;
  showWritten(form, added.written);
}

/**
 * @param {HTMLElement} aside
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} write
 */
async function lookUp(aside, form, write) {
  const words = form.dataset;
  const found = form.querySelector(".papers-adding-found");
  found?.replaceChildren();
  write.hidden = true;
  sessionStorage.removeItem(ADDED);
  say(form, words.asking ?? "");
  const what = String(new FormData(form).get("what") ?? "");
  const { ok, said } = await busy(form, () => ask("look-up", { what }, words.failed ?? ""));
  if (!ok) {
    say(form, said.error);
    return;
  }
  const model = aside.querySelector("template")?.content.firstElementChild;
  for (const record of said.records) {
    const shown = model?.cloneNode(true);
    if (!(shown instanceof HTMLElement)) continue;
    const [path, text, origins] = ["code", "pre", "ul"].map((name) => shown.querySelector(name));
    if (path) path.textContent = record.path;
    if (text) text.textContent = record.text;
    text?.setAttribute("aria-label", record.path);
    origins?.append(...record.origins.map((/** @type {string} */ line) => item(line.trim())));
    const tick = shown.querySelector("input");
    if (tick) tick.value = record.id;
    found?.append(shown);
  }
  write.hidden = !said.records.length;
  say(form, [said.records.length ? words.found : "", ...said.known, ...said.failed].filter(Boolean).join("\n"));
}

/** @param {string} text */
function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} write
 */
async function writeRecords(form, write) {
  const words = form.dataset;
  const records = new FormData(form).getAll("record").map(String);
  if (!records.length) return;
  say(form, words.saving ?? "");
  const { ok, said } = await busy(form, () => ask("write", { records }, words.failed ?? ""));
  if (!ok) {
    say(form, said.error);
    return;
  }
  write.hidden = true;
  form.reset();
  showWritten(form, said.written);
  say(form, [form.querySelector(".papers-said")?.textContent ?? "", ...said.failed].filter(Boolean).join("\n"));
}

/**
 * Links to the pages of what was written; they are there once the server has made them.
 * @param {HTMLFormElement} form
 * @param {{path: string, address: string}[]} written
 */
function showWritten(form, written) {
  if (written.length) sessionStorage.setItem(ADDED, JSON.stringify({ path: location.pathname, written }));
  const list = document.createElement("ul");
  for (const each of written) {
    const link = document.createElement("a");
    link.href = each.address;
    link.textContent = each.path;
    const made = document.createElement("li");
    made.append(link);
    list.append(made);
  }
  form.querySelector(".papers-adding-found")?.replaceChildren(...(written.length ? [list] : []));
  say(form, written.length ? form.dataset.written ?? "" : "");
}

offerAdding();
// Where Material swaps pages without loading them anew (`navigation.instant`), it says so here, of the first page too.
const swapped = /** @type {{document$?: {subscribe: (then: () => void) => void}}} */ (globalThis).document$;
if (swapped) swapped.subscribe(offerEditing);
else offerEditing();
