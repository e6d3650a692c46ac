/**
 * Exports of just the papers that are shown.
 *
 * The site holds a file of all papers for each format. It is its opening, one entry a paper with a separator between them,
 * and its closing (`pages/exports` promises so), its entries in order of key. So no format has to be known here.
 */

/**
 * @typedef {object} Export
 * @property {string} path - of the whole file, relative to the site's root
 * @property {string} type - its media type
 * @property {string} opening
 * @property {string} separator
 * @property {string} closing
 * @property {boolean} marked - whether it begins with a byte-order mark, which reading it drops
 */

/**
 * Cut an export down to some papers.
 *
 * @param {string} text - the whole file
 * @param {Export} format
 * @param {readonly string[]} keys - of all papers
 * @param {readonly number[]} wanted - positions in `keys`, in the order of the cut
 * @returns {string}
 */
export function cut(text, format, keys, wanted) {
  const { opening, separator, closing } = format;
  const inside = text.slice(opening.length, text.length - closing.length);
  const entries = keys.length === 0 ? [] : inside.split(separator);
  if (!text.startsWith(opening) || !text.endsWith(closing) || entries.length !== keys.length) {
    throw new Error(`${format.path} does not hold the papers of this page`);
  }
  const places = new Uint32Array(keys.length);
  Array.from(keys.keys())
    .sort((one, other) => compareCodePoints(keys[one], keys[other]))
    .forEach((id, place) => (places[id] = place));
  return opening + wanted.map((id) => entries[places[id]]).join(separator) + closing;
}

/**
 * Compare texts code point by code point. (JavaScript's `<` compares halves of characters beyond U+FFFF.)
 *
 * @param {string} one
 * @param {string} other
 */
export function compareCodePoints(one, other) {
  const [first, second] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < first.length && at < second.length; at += 1) {
    if (first[at] !== second[at]) return Number(first[at].codePointAt(0)) - Number(second[at].codePointAt(0));
  }
  return first.length - second.length;
}

/**
 * Hand a reader the papers shown as a file.
 *
 * @param {Export} format
 * @param {string} root - the way to the site's root
 * @param {readonly string[]} keys
 * @param {readonly number[]} wanted
 */
export async function download(format, root, keys, wanted) {
  const answer = await fetch(root + format.path);
  if (!answer.ok) throw new Error(`${format.path}: ${answer.status}`);
  const text = cut(await answer.text(), format, keys, wanted);
  const url = URL.createObjectURL(new Blob([format.marked ? `\ufeff${text}` : text], { type: format.type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = format.path.slice(format.path.lastIndexOf("/") + 1);
  link.click();
  URL.revokeObjectURL(url);
}
