/**
 * The library's pages with a script: what is loaded on every page, and no more than it needs.
 */

/** Show the copy buttons, and let each copy the text before it. */
function offerCopying() {
  for (const button of document.querySelectorAll(".papers-copy")) {
    if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement?.querySelector("code")?.textContent ?? "");
      button.textContent = button.dataset.copied ?? label;
      setTimeout(() => (button.textContent = label), 2000);
    });
  }
}

offerCopying();
