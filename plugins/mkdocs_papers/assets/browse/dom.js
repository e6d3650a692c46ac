/**
 * Elements, made one by one: whatever a record holds stays text.
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @typedef {string | number | boolean | null | undefined} Value */
/** @typedef {string | Node | null | undefined} Child */
/** @typedef {[string, Record<string, string>, ...(string | MathTree)[]]} MathTree */

/**
 * An element.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Value>} [attributes] - false, null and undefined leave one out, true leaves it empty
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  for (const child of children) if (child !== null && child !== undefined) made.append(child);
  return made;
}

/**
 * Let an element say something. Where it says so already, nothing is touched: the browser would lay it out anew.
 *
 * @param {Element} element
 * @param {string} text
 */
export function word(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Set an attribute, where it is not set already.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export function mark(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * A title's parts: words, and math as MathML.
 *
 * @param {readonly (string | MathTree)[]} parts
 * @param {(text: string) => (string | Node)[]} [worded] - how words are shown
 * @returns {DocumentFragment}
 */
export function withMath(parts, worded = (text) => [text]) {
  const fragment = document.createDocumentFragment();
  for (const part of parts) fragment.append(...(typeof part === "string" ? worded(part) : [mathElement(part)]));
  return fragment;
}

/**
 * @param {MathTree} tree
 * @returns {Element}
 */
function mathElement([name, attributes, ...children]) {
  const made = document.createElementNS(MATHML, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  for (const child of children) made.append(typeof child === "string" ? child : mathElement(child));
  return made;
}

/**
 * The element inside another that the page's template promises.
 *
 * @param {ParentNode} within
 * @param {string} part - the value of its `data-browse`
 * @returns {HTMLElement}
 */
export function part(within, part) {
  const found = within.querySelector(`[data-browse="${part}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the browse page has no part ${part}`);
  return found;
}
