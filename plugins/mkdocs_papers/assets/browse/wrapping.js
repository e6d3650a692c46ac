/**
 * Where a long name may wrap: `pages/text.py` finds the same places, and says why.
 */

const LONG = /([A-Za-z0-9_]{11,})/;
const AFTER_SLASH = /(?<=\/)(?=[A-Za-z]{3})/;
const BETWEEN = /(?<=_)|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
const LEAST = 3;
const ROOM = 11;

/**
 * The parts of a name that are to stay whole; together they are the name.
 *
 * @param {string} name
 * @returns {string[]}
 */
export function pieces(name) {
  const found = [""];
  name.split(LONG).forEach((text, place) => {
    const [first, ...others] = place % 2 ? partsOf(text) : text.split(AFTER_SLASH);
    found[found.length - 1] += first;
    found.push(...others);
  });
  return found;
}

/** @param {string} word */
function partsOf(word) {
  const parts = [""];
  for (const part of word.split(BETWEEN)) {
    const last = parts.length - 1;
    if (part.length < LEAST || parts[last].length < LEAST) parts[last] += part;
    else parts.push(part);
  }
  return parts;
}

/**
 * A name as the page shows it.
 *
 * @param {string} name
 * @returns {(string | Node)[]}
 */
export function wrapped(name) {
  return pieces(name).flatMap((piece, place) => place === 0 ? [piece] : [document.createElement("wbr"), piece]);
}

/**
 * Whether a part of a name that stays whole needs smaller letters in its column.
 *
 * @param {string} name
 */
export function isLong(name) {
  return pieces(name).some((piece) => piece.split(/[\s/-]+/).some((run) => [...run].length > ROOM));
}
