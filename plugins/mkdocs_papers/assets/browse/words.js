/**
 * The interface's words, as the page hands them over.
 */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Words */

/**
 * @param {Record<string, string>} texts - by key; a key that is there with `.one` as well has a singular
 * @param {string} language - for numbers
 * @returns {Words}
 */
export function speak(texts, language) {
  const numbers = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const text = values.n === 1 && `${key}.one` in texts ? texts[`${key}.one`] : texts[key];
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? numbers.format(value) : value;
    });
  };
}
