"""Rendered HTML as a tree, for tests of templates; a tag that is not closed, or closed twice, fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"img", "br", "hr", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track"}


@dataclass
class Node:
    """An element: its name, attributes, and what is in it: elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """The element and all that are in it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    @property
    def text(self) -> str:
        """All words in it, one line."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(parts).split())

    def all(self, tag: str = "", name: str = "") -> list[Node]:
        """The elements of that tag and class in it."""
        return [
            node
            for node in self
            if (not tag or node.tag == tag) and (not name or name in node.attributes.get("class", "").split())
        ]

    def one(self, tag: str = "", name: str = "") -> Node:
        """The only element of that tag and class in it."""
        (found,) = self.all(tag, name)
        return found

    def links(self) -> list[tuple[str, str]]:
        """The words and the address of each link in it; a drawn link's words are its label."""
        return [(a.text, a.attributes["href"]) for a in self.all("a") if "href" in a.attributes]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Node:
    """The elements of an HTML text, below one without a name."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].tag}> is never closed"
    ids = [node.attributes["id"] for node in builder.open[0] if "id" in node.attributes]
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(ids)}"
    return builder.open[0]
