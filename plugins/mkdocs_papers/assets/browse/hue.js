/**
 * The colours of venues and keywords: `pages/hue.py` reckons the same.
 */

const HUES = 8;
const STEP = 340;
const ROUND = 997;

/**
 * The number of a name's colour.
 *
 * @param {string} name
 * @returns {number}
 */
export function hue(name) {
  let sum = 0;
  for (const character of name) sum = (sum * STEP + Number(character.codePointAt(0))) % ROUND;
  return sum % HUES;
}
