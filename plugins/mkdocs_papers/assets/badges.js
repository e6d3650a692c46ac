/**
 * Stars beside code on GitHub, where the site's owner wants them. Each is a request to somebody else, so there is none before
 * a reader has had its row on the screen for a moment.
 */

const STARS = "https://img.shields.io/github/stars/";

/** How long a row has to stand on the screen, in milliseconds: what only passes by asks nobody for anything. */
const SEEN_AFTER = 300;

/** @type {WeakMap<Element, number>} timers of what is on the screen */
const seen = new WeakMap();

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(seen.get(target));
    if (isIntersecting) seen.set(target, setTimeout(() => show(target), SEEN_AFTER));
  }
});

/**
 * Show the stars of these links once each is seen.
 *
 * @param {ParentNode} within
 */
export function watchBadges(within) {
  for (const link of within.querySelectorAll("[data-stars]:not(:has(img))")) watcher.observe(link);
}

/** @param {Element} link */
function show(link) {
  if (!link.isConnected) return watcher.unobserve(link);
  const image = document.createElement("img");
  image.className = "papers-badge";
  image.alt = "";
  image.decoding = "async";
  link.append(image);
  // A narrow table has no room for stars, and asks for none.
  if (image.getClientRects().length === 0) return image.remove();
  watcher.unobserve(link);
  image.src = STARS + link.getAttribute("data-stars");
}
