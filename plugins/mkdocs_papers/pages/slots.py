"""What macros gave, put into the HTML of a page.

The page is parsed for it, so that nothing else than a parser says where an attribute, a text or a comment is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from turbohtml import Comment, Element, Node, Text, parse_fragment

from mkdocs_papers.pages.markup import MarkupError, parsed, written

_RAW = frozenset({"iframe", "noembed", "noframes", "noscript", "script", "style", "xmp"})
"""Elements whose text is no HTML text: no way of writing words into it is safe in all of them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What takes a token's place: HTML, its plain words, and whether it is a block."""

    content: Markup
    text: str
    block: bool = False


def filled(html: str, tokens: re.Pattern[str], slot: Callable[[str], Slot]) -> str:
    """HTML with what macros gave in place of their tokens.

    Among elements it is markup; a block takes the place of a paragraph that holds nothing else. In an attribute, and in
    an element that holds only text, it is words. In a script, a style or a comment it is nothing. HTML that cannot be
    read gets words everywhere.

    Args:
        html: of a page's content.
        tokens: finds the tokens, which begin with a character that stands nowhere else; its one group is what tells
            them apart.
        slot: gives what a token stands for, by its group.
    """
    if tokens.pattern[0] not in html:
        return html

    def words(text: str) -> str:
        return tokens.sub(lambda token: slot(token[1]).text, text)

    try:
        root = parsed(html)
        for node in list(root.descendants):
            if isinstance(node, Element):
                if node.tag == "code" and not tokens.search(node.inner_html) and tokens.search(node.text):
                    # A highlighter has taken a token for several words.
                    node.set_text(words(node.text))
                for name in node.attrs:
                    value = node.attr(name)
                    if value is not None and tokens.search(value):
                        node.attrs[name] = words(value)
            elif isinstance(node, Comment | Text) and tokens.search(node.data):
                _fill(node, tokens, slot)
        # Left over is what stands in a name of an element or an attribute.
        return tokens.sub("", written(root))
    except MarkupError:
        return tokens.sub(lambda token: str(Markup.escape(slot(token[1]).text)), html)


def _fill(node: Comment | Text, tokens: re.Pattern[str], slot: Callable[[str], Slot]) -> None:
    """Put what macros gave into a text or a comment."""
    parent = node.parent
    tag = parent.tag if isinstance(parent, Element) else ""
    if isinstance(node, Comment) or tag in _RAW:
        node.data = tokens.sub("", node.data)
        return
    if tag in {"textarea", "title"}:
        node.data = tokens.sub(lambda token: slot(token[1]).text, node.data)
        return
    first, *rest = tokens.split(node.data)
    made: list[Node] = [Text(first)]
    blocks = not first.strip()
    for number, behind in zip(rest[::2], rest[1::2], strict=True):
        given = slot(number)
        blocks = blocks and given.block and not behind.strip()
        made += list(parse_fragment(str(given.content), positions=False).children)
        made.append(Text(behind))
    if blocks and isinstance(parent, Element) and tag == "p" and len(list(parent.children)) == 1:
        parent.replace_with(*made)
    else:
        node.replace_with(*made)
