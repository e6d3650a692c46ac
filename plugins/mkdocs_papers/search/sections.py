"""The parts of a page that the search finds: a heading each, and the text below it.

What belongs to which part is as Material's search plugin has it (`material/plugins/search/plugin.py`), which reads each
page with Python's own parser of HTML; that takes a tenth of a cold build.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from turbohtml import Element, Node, Text, parse_fragment

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SKIPPED = frozenset(("object", "script", "style"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_LINES = frozenset(("p", "li", "pre"))
"""Elements that are paragraphs."""
_END = "\0"
"""Stands between paragraphs while they are put together; no HTML holds it."""


@dataclass
class Section:
    """A part of a page.

    Attributes:
        tag: of its heading; none has the first part where text stands above all headings.
        id: of its heading; empty for the first part.
        depth: in how many elements it stands, with its heading; where the last of them ends, it ends.
        is_excluded: whether no search is to find it.
    """

    tag: str = ""
    id: str = ""
    depth: float = 0
    is_excluded: bool = False
    _title: list[str] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """Its heading as one line; None where that holds nothing."""
        heading = "".join(self._title)
        return " ".join(heading.replace(_END, " ").split()) if heading.strip(_END) else None

    @property
    def text(self) -> str:
        """Its text, one line for each paragraph."""
        return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(self._text).split(_END))))

    def add(self, text: str, tags: list[str], *, in_permalink: bool) -> None:
        """Add some text that stands in elements of these tags."""
        if self.tag not in tags:
            self._text.append(text)
        elif not in_permalink:
            self._title.append(text)


def sections(html: str) -> list[Section]:
    """The parts of a page's content, in order."""
    walk = _Walk()
    for node, ends in _nodes(parse_fragment(html.replace("\u200b", ""))):
        if isinstance(node, Text):
            walk.take(node.data)
        elif isinstance(node, Element) and node.tag not in _VOID:
            (walk.end if ends else walk.begin)(node)
    return [each for each in walk.found if not each.is_excluded]


def _nodes(root: Node) -> Iterator[tuple[Node, bool]]:
    """All nodes below another, each as it begins and as it ends."""
    left = [(each, False) for each in reversed(root.children)]
    while left:
        node, ends = left.pop()
        yield node, ends
        if not ends and not isinstance(node, Text):
            left.append((node, True))
            left += [(each, False) for each in reversed(node.children)]


def _is_permalink(element: Element) -> bool:
    return element.tag == "a" and element.attr("class") == "headerlink"


class _Walk:
    """Goes through a page and puts what stands there into its parts."""

    def __init__(self) -> None:
        self.found: list[Section] = []
        self._now = Section()
        self._tags: list[str] = []
        """Of the elements that stand open."""
        self._permalinks = 0
        """How many of them are a heading's link to itself."""
        self._skipped = set(_SKIPPED)

    def begin(self, element: Element) -> None:
        """An element begins."""
        tag, attributes, first = element.tag, element.attrs, not self.found
        self._tags.append(tag)
        self._permalinks += _is_permalink(element)
        depth = len(self._tags)
        if tag in _HEADINGS and "id" in attributes:
            if first and tag != "h1":
                self.found.append(Section(depth=depth))
            name = str(attributes["id"] or "") if self.found else ""
            self._open(Section(tag, name, depth, "data-search-exclude" in attributes))
        elif first:
            self._open(Section())
        if "data-search-exclude" in attributes or element.attr("class") == "linenodiv":
            self._skipped.add(tag)
        elif tag in _LINES:
            self.take(_END)

    def end(self, element: Element) -> None:
        """An element ends."""
        depth = len(self._tags)
        if self._now.depth > depth:
            outer = next((each for each in reversed(self.found) if each.depth <= depth), None)
            if outer is not None:
                self._now.depth, self._now = math.inf, outer
        tag = self._tags.pop()
        self._permalinks -= _is_permalink(element)
        if tag in self._skipped:
            self._skipped -= {tag} - _SKIPPED
        elif tag in _LINES:
            self.take(_END)

    def take(self, text: str) -> None:
        """Some text comes."""
        if self._skipped.isdisjoint(self._tags):
            if not self.found:
                self._open(Section())
            self._now.add(text, self._tags, in_permalink=self._permalinks > 0)

    def _open(self, section: Section) -> None:
        self._now = section
        self.found.append(section)
