/**
 * The index pages of people and institutions: a box that filters, by name or by number, and the same as a query.
 */

import { fold } from "./browse/fold.js";
import { printTerm } from "./browse/query.js";

/**
 * Bring such a page to life.
 *
 * @param {HTMLElement} root
 */
export function offerFinding(root) {
  const form = root.querySelector("form");
  const box = form?.querySelector("input");
  const link = form?.querySelector("a");
  const status = form?.querySelector("[role=status]");
  if (!form || !box || !link || !status) return;
  const sections = Array.from(root.querySelectorAll("section"), (section) => ({
    section,
    list: /** @type {HTMLElement} */ (section.querySelector("ul")),
    entries: Array.from(section.querySelectorAll("li")),
  }));
  const all = sections.flatMap(({ entries }) => entries);
  const names = new Map(all.map((entry) => [entry, fold(entry.querySelector("a")?.textContent ?? "")]));
  const numbers = new Map(all.map((entry) => [entry, Number(entry.querySelector(".papers-number")?.textContent)]));
  const papers = link.href;
  const letters = root.querySelector("nav");
  const counted = /** @type {HTMLElement} */ (sections[0]?.list.cloneNode(false) ?? document.createElement("ul"));
  counted.hidden = true;
  root.append(counted);

  const filter = () => {
    const sought = fold(box.value);
    for (const entry of all) entry.hidden = !names.get(entry)?.includes(sought);
    for (const { section, entries } of sections) {
      section.hidden = !counted.hidden || entries.every((entry) => entry.hidden);
    }
    status.textContent = String(all.filter((entry) => !entry.hidden).length);
    const query = printTerm({ kind: "facet", facet: root.dataset.facet, text: box.value.trim() });
    link.href = sought === "" ? papers : `${papers}?${new URLSearchParams({ find: query })}`;
  };
  /** @param {string} order */
  const sort = (order) => {
    const byNumber = order === "number";
    counted.hidden = !byNumber;
    letters?.toggleAttribute("hidden", byNumber);
    if (byNumber) {
      counted.append(...all.toSorted((one, other) => Number(numbers.get(other)) - Number(numbers.get(one))));
    } else for (const { list, entries } of sections) list.append(...entries);
    filter();
  };
  box.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-order]"));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
      sort(button.dataset.order ?? "");
    });
  }
  form.hidden = false;
  filter();
}
