"""Shapes as values, and the one place that turns them into SVG text.

Nothing else in this folder knows how SVG is written: drawings are trees of
`Shape`, built by `shape` and `group`, and `document` serialises them. ElementTree
does the escaping, numbers lose their needless decimals, and the same shapes always
give the same text.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WIDTH = 320
HEIGHT = 200


@dataclass(frozen=True, slots=True)
class Shape:
    """One SVG element: its name, attributes, children and text."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Shape, ...] = ()
    text: str = ""


def number(value: float) -> str:
    """Write a number with at most one decimal and no trailing zero.

    >>> number(12.0), number(3.14159), number(-0.01)
    ('12', '3.1', '0')
    """
    return f"{round(value, 1) + 0:g}"


def _written(attributes: Mapping[str, float | str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.replace("_", "-"), value if isinstance(value, str) else number(value))
        for name, value in attributes.items()
    )


def shape(tag: str, /, *children: Shape, **attributes: float | str) -> Shape:
    """Build a shape; underscores in attribute names become hyphens."""
    return Shape(tag, _written(attributes), children)


def words(tag: str, text: str, /, **attributes: float | str) -> Shape:
    """Build a shape that holds text instead of other shapes."""
    return Shape(tag, _written(attributes), text=text)


def group(*children: Shape, **attributes: float | str) -> Shape:
    """Put shapes in one `<g>`, which may carry attributes for all of them."""
    return shape("g", *children, **attributes)


def _element(tree: Shape) -> ET.Element:
    element = ET.Element(tree.tag, dict(tree.attributes))
    element.text = tree.text or None
    element.extend(_element(child) for child in tree.children)
    return element


def document(name: str, title: str, description: str, shapes: Iterable[Shape]) -> str:
    """Serialise a whole drawing, with its text alternative.

    `name` only makes the ids of title and description unique, should two drawings
    ever be put into one page.
    """
    prefix = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    root = shape(
        "svg",
        words("title", title, id=f"{prefix}-title"),
        words("desc", description, id=f"{prefix}-desc"),
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
    )
    element = _element(root)
    ET.indent(element, space=" ")
    return ET.tostring(element, encoding="unicode") + "\n"
