/**
 * Pictures in notes open large, over the page. Without a script the same links lead to the pictures themselves.
 */

/** Let the links around pictures open them in a dialog. */
export function offerZooming() {
  const links = document.querySelectorAll("a.papers-zoom");
  if (!links.length || typeof HTMLDialogElement === "undefined") return;
  const words = document.querySelector("[data-close]");
  const close = words instanceof HTMLElement ? words.dataset.close ?? "" : "";
  for (const link of links) {
    if (link instanceof HTMLAnchorElement) {
      link.addEventListener("click", (event) => {
        // With a key held down one wants the picture elsewhere.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        if (link.protocol !== "https:" && link.protocol !== "http:") return;
        event.preventDefault();
        open(link, close);
      });
    }
  }
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} close - what the button is called that closes the dialog
 */
function open(link, close) {
  const shown = link.querySelector("img");
  const image = document.createElement("img");
  image.src = link.href;
  image.alt = shown?.alt ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "papers-lightbox-close";
  button.setAttribute("aria-label", close);
  button.textContent = "×";
  const dialog = document.createElement("dialog");
  dialog.className = "papers-lightbox";
  dialog.setAttribute("aria-label", image.alt || link.getAttribute("aria-label") || close);
  dialog.append(button, image);
  // Anywhere will do: there is nothing else to press.
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
