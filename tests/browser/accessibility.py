"""What axe-core, Deque's checker of accessibility, finds on a page."""

import functools
import importlib.resources
from typing import Any

from playwright.sync_api import Page


@functools.cache
def _axe() -> str:
    """The checker's script; a Python package brings it, so that no test needs Node."""
    return importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


_LISTED = "tbody > tr, li, .papers-section"
_REMOVE_OF_KNOWN_KIND = r"""
(every) => {
  const named = ({ name, value }) => (name === "data-hue" ? value : name);
  const shape = ({ localName, classList, attributes }) =>
    [localName, ...classList, ...[...attributes].map(named)].join(" ");
  const known = new Set();
  for (const each of every) {
    const around = [each.parentElement.parentElement, each.parentElement, each].map(shape).join("\n");
    const inside = [...each.querySelectorAll("*")].map((one) => `${shape(one.parentElement)}\n${shape(one)}`);
    const found = [around, ...inside.map((one) => `${around}\n${one}`)];
    if (found.every((one) => known.has(one))) each.remove();
    found.forEach((one) => known.add(one));
  }
}
"""


def leave_one_of_each_kind(page: Page) -> None:
    """Remove from what a page lists all but the first element of its classes, attributes and colours.

    Axe compares all with all.
    """
    page.locator(_LISTED).evaluate_all(_REMOVE_OF_KNOWN_KIND)


def violations(page: Page, within: str = "html", *, colours_alone: bool = False) -> list[str]:
    """Everything that axe finds wrong on a page as it is shown now.

    Args:
        page: the open page.
        within: CSS selector of the part to look at.
        colours_alone: whether only the rules about colours are asked; that takes a third of the time.

    Returns:
        One line for each element: rule, weight, the element's selector and what would be right.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
        # What is off the screen may be laid out only when a reader comes there; axe would measure what nobody sees.
        page.add_style_tag(content="* { content-visibility: visible !important; }")
    found: dict[str, Any] = page.evaluate(
        """([part, coloursAlone]) => axe.run(part, {
            resultTypes: ["violations"],
            ...(coloursAlone && { runOnly: ["color-contrast", "link-in-text-block"] }),
            // WCAG 2.2, which axe leaves out unless asked: fingers need room.
            ...(!coloursAlone && { rules: { "target-size": { enabled: true } } }),
        })""",
        [within, colours_alone],
    )
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {rule['help']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
