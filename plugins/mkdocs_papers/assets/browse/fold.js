/**
 * Folding: texts that a reader takes for the same become the same.
 */

/** Letters that Unicode does not take apart, though readers type them without their stroke. */
const PLAIN = new Map(
  Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ς: "σ" }),
);
const ODD = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "g");
const ACCENTS = /[\u0300-\u036f]/g;
const PLAIN_ASCII = /^[ -~]*$/;

/**
 * A text without letter case, accents (of Latin, Greek and Cyrillic letters), width and superfluous white space.
 * Marks of other scripts stay: they make another letter there, not an accented one.
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  if (PLAIN_ASCII.test(text)) return oneLine(text).toLowerCase();
  const bare = text.normalize("NFKD").replace(ACCENTS, "").toLowerCase().replace(ACCENTS, "");
  return oneLine(bare.replace(ODD, (letter) => PLAIN.get(letter) ?? letter));
}

/** @param {string} text */
function oneLine(text) {
  return text.trim().replace(/\s+/g, " ");
}
