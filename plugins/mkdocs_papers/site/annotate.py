"""What a note's HTML gets besides what its writer wrote: cards on links to papers, and pictures that open large."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

# Bounds, and no way back, so that a text made of torn tags costs no time.
_INSIDE = r"([^<>\"']*+(?:(?:\"[^\"]{0,4000}+\"|'[^']{0,4000}+')[^<>\"']*+){0,60}+)"
_TAGS = re.compile(
    # What looks like a tag in these is none; one that never ends goes on to the end.
    r"<(script|style|textarea)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)"
    rf"|<(/?)(a|picture|button)\b{_INSIDE}>|<img\b{_INSIDE}>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?:^|\s)(href|src|alt|class|width|height)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE
)
_PIXELS = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Card:
    """What a link shows of a paper while one points at it.

    Attributes:
        id: of the HTML, for `aria-describedby`.
        content: the HTML; it stands inside the link, hidden from its name.
    """

    id: str
    content: str


def annotate(
    content: str, card: Callable[[str], Card | None], size: Callable[[str], tuple[int, int] | None], zoom: str
) -> str:
    """HTML with cards in its links to papers, room for its pictures, and a link around every one that is none yet.

    A card is there without a script and a request; so is the full picture, one click away. A picture whose size is
    known does not move what stands below it when it loads.

    Args:
        content: the HTML, its addresses as the note's writer wrote them.
        card: gives the card for a link with such an address, or None.
        size: gives width and height in pixels of a picture with such an address, or None.
        zoom: what a link to a picture is called that has no text alternative.
    """
    depth = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal depth
        _, closing, name, inside, picture = match.groups()
        if picture is not None:
            attributes = _attributes(picture)
            image = f"{match[0][:4]}{_room(attributes, size)}{match[0][4:]}"
            return image if depth else _zoomed(image, attributes, zoom)
        if name is None:
            return match[0]
        if closing:
            depth = max(0, depth - 1)
            return match[0]
        depth += 1
        attributes = _attributes(inside) if name.lower() == "a" else {}
        found = card(attributes["href"]) if "href" in attributes else None
        return match[0] if found is None else _known(inside, attributes, found)

    return _TAGS.sub(tag, content)


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag that matter here, by name in small letters; the first of its name counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), html.unescape(value[1:-1] if value[0] in "\"'" else value))
    return found


def _known(inside: str, attributes: dict[str, str], card: Card) -> str:
    names = " ".join(filter(None, ("papers-known", attributes.get("class"))))
    others = _ATTRIBUTE.sub(lambda match: "" if match[1].lower() == "class" else match[0], inside)
    return f'<a class="{html.escape(names)}" aria-describedby="{card.id}"{others}>{card.content}'


def _room(attributes: dict[str, str], size: Callable[[str], tuple[int, int] | None]) -> str:
    """The attributes that a picture lacks to have its room before it loads; what its writer chose stays."""
    found = size(attributes.get("src", "").strip())
    if found is None or "height" in attributes:
        return ""
    width, height = found
    chosen = attributes.get("width")
    if chosen is None:
        return f' width="{width}" height="{height}"'
    return f' height="{max(1, round(int(chosen) * height / width))}"' if _PIXELS.fullmatch(chosen) else ""


def _zoomed(image: str, attributes: dict[str, str], zoom: str) -> str:
    source = attributes.get("src", "").strip()
    # Signs among words are no pictures.
    if not source or "emoji" in attributes.get("class", ""):
        return image
    name = "" if attributes.get("alt", "").strip() else f' aria-label="{html.escape(zoom)}"'
    return f'<a class="papers-zoom" href="{html.escape(source)}"{name}>{image}</a>'
