/**
 * The colours of venues and keywords, as `pages/hue.py` reckons them.
 */

/**
 * The number of a name's colour, for `data-hue`.
 *
 * @param {string} name
 * @returns {number} 0 to 7
 */
export function hue(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 340 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % 8;
}
