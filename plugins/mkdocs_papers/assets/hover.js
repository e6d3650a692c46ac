/**
 * Cards over links to papers need no script; this lets Escape put one away, until one points at its link anew.
 */

const DISMISSED = "papers-dismissed";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const link of document.querySelectorAll(".papers-known:is(:hover, :focus-visible)")) {
    link.classList.add(DISMISSED);
    for (const left of ["mouseleave", "blur"]) {
      link.addEventListener(left, () => link.classList.remove(DISMISSED), { once: true });
    }
  }
});

export {};
