/**
 * The files of the index, each loaded once and when it is needed.
 */

/**
 * @typedef {object} Root
 * @property {number} version
 * @property {number} pages
 * @property {number} texts
 * @property {string} state
 * @property {number} rows - how many files of rows there are
 * @property {[string, string][]} words - the first word of each file of words, and its name
 * @property {[string, string][]} ends - the first end of each file of ends, and its name
 */

/**
 * @typedef {object} Words
 * @property {string[]} words - in order
 * @property {number[]} counts - in how many pages each stands
 * @property {number[]} most - how much it says at the most
 * @property {[number, string][]} files - from which word on the postings are in which file
 * @property {Map<string, number>} [starts] - where the postings of the first word of a file begin
 */

/**
 * @typedef {object} Page
 * @property {string} location
 * @property {string} title
 * @property {string} about
 * @property {string} kind
 * @property {string[]} facts
 * @property {[string, string, string][]} parts - anchor, heading and text
 */

/**
 * @typedef {object} Entry
 * @property {string} word
 * @property {number} count
 * @property {number} most
 * @property {string} file - of its postings
 * @property {number} start - where they begin in it, in postings
 */

export class Files {
  /** @type {Map<string, Promise<any>>} */
  #loaded = new Map();
  /** @type {Promise<Root> | null} */
  #root = null;
  #folder;

  /** @param {string | URL} folder - where the files are */
  constructor(folder) {
    this.#folder = folder;
  }

  /** @returns {Promise<Root>} */
  root() {
    this.#root ??= fetch(this.#address("index.json", ""), { cache: "no-cache" }).then((answer) => answer.json());
    return this.#root;
  }

  /**
   * The entries of words, from one on to the last that begins with it, and no others.
   *
   * @param {string} prefix
   * @returns {Promise<Entry[]>}
   */
  async beginning(prefix) {
    const { words } = await this.root();
    const found = await Promise.all(holding(words, prefix).map((file) => this.#words(file)));
    return found.flatMap((file) => entries(file, prefix));
  }

  /**
   * Words of five letters and more, from whose second letter on stands what is given.
   *
   * @param {string} end - some letters
   * @returns {Promise<string[]>}
   */
  async ending(end) {
    const { ends } = await this.root();
    const found = await Promise.all(
      holding(ends, end).map((file) => this.#load(file, (answer) => answer.json())),
    );
    return found.flat().filter((word) => [...word].slice(1).join("").startsWith(end));
  }

  /**
   * @param {number} checksum - of two words
   * @returns {Promise<Set<number>>} the numbers of the pages where they stand in a row, and hardly any other
   */
  async inRow(checksum) {
    const { rows } = await this.root();
    const bytes = await this.#load(`rows-${checksum % rows}.bin`, (answer) => answer.arrayBuffer());
    const postings = new Uint32Array(bytes).filter((posting) => posting >>> 24 === checksum >>> 24);
    return new Set(postings.map((posting) => posting & 0xffffff));
  }

  /**
   * @param {Entry} entry
   * @returns {Promise<Uint32Array>} its postings, the greatest first
   */
  async postings(entry) {
    const bytes = await this.#load(entry.file, (answer) => answer.arrayBuffer());
    return new Uint32Array(bytes, entry.start * 4, entry.count);
  }

  /**
   * @param {number} number - of a page
   * @returns {Promise<Page>}
   */
  async page(number) {
    const pages = await this.#load(`text-${number >>> 8}.json`, (answer) => answer.json());
    return pages[number & 255];
  }

  /**
   * @param {string} file
   * @returns {Promise<Words>}
   */
  #words(file) {
    return this.#load(file, async (answer) => {
      const found = await answer.json();
      return { ...found, words: found.words.split("\n") };
    });
  }

  /**
   * @template T
   * @param {string} file
   * @param {(answer: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  async #load(file, read) {
    const { state } = await this.root();
    let loading = this.#loaded.get(file);
    if (!loading) {
      loading = fetch(this.#address(file, state)).then((answer) => {
        if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
        return read(answer);
      });
      // A network that was away may be back at the next key.
      loading.catch(() => this.#loaded.delete(file));
      this.#loaded.set(file, loading);
    }
    return loading;
  }

  /**
   * @param {string} file
   * @param {string} state
   */
  #address(file, state) {
    const address = new URL(file, this.#folder);
    if (state) address.search = state;
    return address;
  }
}

/**
 * The names of the files that may hold what begins with a prefix.
 *
 * @param {[string, string][]} files - in order, each with what it begins with
 * @param {string} prefix
 */
function holding(files, prefix) {
  return files
    .filter(([first], place) => {
      const next = files[place + 1]?.[0];
      return (next === undefined || next >= prefix) && (first <= prefix || first.startsWith(prefix));
    })
    .map(([, file]) => file);
}

/**
 * The entries of the words in a file that begin with a prefix.
 *
 * @param {Words} file
 * @param {string} prefix
 * @returns {Entry[]}
 */
function entries({ words, counts, most, files }, prefix) {
  /** @type {Entry[]} */
  const found = [];
  let place = 0;
  let start = 0;
  let at = -1;
  for (const [id, word] of words.entries()) {
    if (files[place]?.[0] === id) {
      at = place++;
      start = 0;
    }
    const count = counts[id] ?? 0;
    if (word.startsWith(prefix)) found.push({ word, count, most: most[id] ?? 0, file: files[at]?.[1] ?? "", start });
    start += count;
  }
  return found;
}
