"""The HTML of a page's own text: parsed once as browsers parse it, changed in one walk over the tree, written once.

Nothing here looks for patterns in markup. A parser of the HTML standard (turbohtml) says what is an element, an
attribute and text, so that words in one attribute are never taken for another.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from turbohtml import Element, Namespace, Text, TokenType, parse_fragment, tokenize

from mkdocs_papers.library.links import ADDRESSES, OF_SEVERAL
from mkdocs_papers.library.prose import letters
from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.sanitize import is_inside, safe_id
from mkdocs_papers.records.limits import DEEPEST_MARKUP, MOST_ATTRIBUTES, MOST_MARKUP

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - one list
_FORMATTING = frozenset("b big code em font i s small strike strong tt u".split())  # noqa: SIM905 - one list
"""Elements that a parser opens again in the next paragraph where they were left open
(https://html.spec.whatwg.org/multipage/parsing.html#reconstruct-the-active-formatting-elements); of the links, which
it opens again too, only one can be open."""

_FAR = 50
"""How many open elements are looked through for the one that an end tag closes."""

_FEW_TAGS = 400
"""A text with fewer tags than this makes fewer than `MOST_MARKUP` elements, whatever they are."""

_MOST_PASSES = 4

_COLUMN = 930
"""The width of Material's column on a desk, in pixels of a page."""
_MARGINS = 32
"""What Material leaves beside it on a phone, in pixels of a page."""
_FIRST_SCREEN = 1_500
"""More characters than this fill a phone."""


class MarkupError(ValueError):
    """HTML that is not made into a page; what is wrong with it, as a sentence about the note."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a link shows of a paper while one points at it: HTML inside of it, hidden from its name, and its id."""

    id: str
    content: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that the site shows.

    Attributes:
        width: in pixels.
        height: in pixels.
        candidates: the files that a browser may choose from, the narrowest first: address on the site, or None for the
            picture itself, and width in pixels.
    """

    width: int
    height: int
    candidates: tuple[tuple[str | None, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteContext:
    """What the site knows of the addresses in a note, as its writer wrote them.

    Attributes:
        resolve: gives the address on the site.
        card: gives the card for a link to a paper, or None.
        picture: gives what is known of a picture, or None.
        zoom: what a link to a picture is called that has no text alternative.
        title: the note's, as plain text.
    """

    resolve: Callable[[str], str]
    card: Callable[[str], Card | None] = lambda _: None
    picture: Callable[[str], Shown | None] = lambda _: None
    zoom: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A note's HTML, and the names in it that a link after ``#`` may lead to.

    Attributes:
        has_title: whether a heading of level 1 is in it.
        title_id: the name of the heading that was made one of level 1, since it says the title; else empty.
    """

    html: str
    anchors: frozenset[str]
    has_title: bool
    title_id: str = ""


def finished(html: str, context: NoteContext, mark: str = "") -> Finished:
    """A note's HTML with all that it gets besides what its writer wrote.

    Links lead to pages, formulas are MathML, links to papers have cards. Pictures have their room before they load,
    come in the width that the screen needs, and have a link around them that opens them large. Cards and full pictures
    are there without a script and a request. A first heading that says the title is one of level 1, where there is
    none.

    Args:
        html: what Markdown made of the note, raw HTML included; it may be torn.
        context: what the site knows.
        mark: begins the value of every attribute of the plugin's own, for `sanitize.passive_html` to know it by; empty
            where the HTML is not cut down after this.

    Raises:
        MarkupError: it is nested too deeply, or its unclosed tags would fill the memory.
    """
    root = parsed(html)
    elements = _elements(root)
    first, title_id = next((element for element in elements if element.tag in _HEADINGS), None), ""
    has_title = any(element.tag == "h1" for element in elements)
    said = letters(context.title)
    if first and said and not has_title and letters(first.text) == said:
        first.tag, has_title, title_id = "h1", True, first.attr("id") or ""
    walk = _Walk(context, mark)
    for element in elements:
        walk.visit(element)
    return Finished(written(root), frozenset(walk.anchors), has_title, title_id)


def with_links(html: str, resolve: Callable[[str], str]) -> str:
    """HTML with every address in it replaced by what ``resolve`` gives for it; as it was where none is another.

    Raises:
        MarkupError: as `finished`.
    """
    root = parsed(html)
    changed = [_resolve(element, resolve) for element in _elements(root)]
    return written(root) if any(changed) else html


def parsed(html: str) -> Element:
    """An element that holds what a browser would make of HTML inside a ``<div>``.

    Raises:
        MarkupError: its unclosed tags would fill the memory.
    """
    try:
        html.encode()
    except UnicodeEncodeError:
        # Half of a character is no text in any encoding, and the parser takes none.
        html = html.encode(errors="replace").decode()
    if html.count("<") > _FEW_TAGS:
        _check_growth(html)
    return parse_fragment(html, positions=False)


def written(root: Element) -> str:
    """What an element holds, as HTML that parses into the same tree.

    Raises:
        MarkupError: no HTML does.
    """
    html = root.inner_html
    for _ in range(_MOST_PASSES):
        # Some trees, such as a form in a form, come out of torn markup but not out of their own HTML.
        again = parse_fragment(html, positions=False).inner_html
        if again == html:
            return html
        html = again
    raise MarkupError("its HTML is torn: it reads differently each time")


def _check_growth(html: str) -> None:
    """Refuse HTML whose unclosed tags would make far more elements than it has tags.

    Only a formatting element that is closed while nothing else is open in it counts as closed.
    """
    tokens = unclosed = most = 0
    opened: list[str] = []
    for token in tokenize(html, resolve_references=False, capture_attributes=False):
        tokens += 1
        tag = token.tag
        if tag is None:
            continue
        if token.type is TokenType.START_TAG:
            if tag not in _VOID:
                opened.append(tag)
            if tag in _FORMATTING:
                unclosed += 1
                most = max(most, unclosed)
        elif opened and opened[-1] == tag:
            opened.pop()
            unclosed -= tag in _FORMATTING
        else:
            _close(opened, tag)
    if tokens * (1 + most) > max(MOST_MARKUP, 12 * tokens):
        raise MarkupError(f"{most} formatting tags in its HTML are left open")


def _close(opened: list[str], tag: str) -> None:
    """Close the elements whose end tags may be left out above the one that an end tag closes."""
    for back in range(1, min(len(opened), _FAR) + 1):
        if opened[-back] == tag:
            del opened[-back:]
            return
        if opened[-back] in _FORMATTING:
            return


def _elements(root: Element) -> list[Element]:
    """The elements inside one, in order."""
    elements = list(root.iter_elements())
    if len(elements) > DEEPEST_MARKUP:
        ways = [iter(root.children)]
        while ways:
            inner = next((node for node in ways[-1] if isinstance(node, Element)), None)
            if inner is None:
                ways.pop()
            elif len(ways) > DEEPEST_MARKUP:
                raise MarkupError(f"its HTML is nested more than {DEEPEST_MARKUP} deep")
            else:
                ways.append(iter(inner.children))
    return elements


class _Walk:
    """The changes to a note's elements, each by itself, in order."""

    def __init__(self, context: NoteContext, mark: str) -> None:
        self._context = context
        self._mark = mark
        self._is_first = True
        self.anchors: set[str] = set()

    def visit(self, element: Element) -> None:
        """Do all that there is to do with an element."""
        tag, attributes = element.tag, element.attrs
        # What has no parent stood in a formula, and has given way to its drawing.
        if element.parent is None or (not attributes and tag != "plaintext"):
            return
        if self._mark:
            for name in list(attributes)[MOST_ATTRIBUTES:]:
                del attributes[name]
        for anchor in filter(None, (element.attr("id"), element.attr("name"))):
            self.anchors.add(safe_id(anchor) if self._mark else anchor)
        if element.namespace is Namespace.SVG and (address := element.attr("href")) is not None:
            self._name_as_xlink(element, address)
        if element.namespace is not Namespace.HTML:
            return
        if tag in ADDRESSES:
            self._finish(element)
        elif tag in {"span", "div"} and element.attr("class") == "arithmatex":
            self._draw(element)
        elif tag == "plaintext":
            # It would take in the rest of the page.
            element.tag = "pre"

    def _finish(self, element: Element) -> None:
        """Let the addresses of an element lead where they lead on the site, and give it what goes with them."""
        address = element.attr("href") if element.tag == "a" else None
        card = None if address is None else self._context.card(address)
        picture = self._context.picture((element.attr("src") or "").strip()) if element.tag == "img" else None
        _resolve(element, self._context.resolve)
        if card is not None:
            self._attach(element, card)
        if element.tag == "img":
            if picture is not None:
                _make_room(element, picture)
                self._offer_candidates(element, picture)
            # Signs among words are no pictures.
            if "emoji" not in (element.attr("class") or ""):
                self._let_wait(element)
                self._offer_zoom(element)

    def _name_as_xlink(self, element: Element, address: str) -> None:
        """Write an address inside SVG in its older form, which browsers know as well.

        Material's `navigation.instant` sets ``href`` wherever it stands, and inside SVG it cannot be set: from then on
        addresses would change, and pages would not.
        """
        del element.attrs["href"]
        element.attrs["xlink:href"] = self._context.resolve(address) if element.tag == "a" else address

    def _draw(self, element: Element) -> None:
        """Draw a formula that `arithmatex` marked; one that cannot be read stays as it was written."""
        if element.closest("pre, code") is not None:
            return
        source = element.text.strip()
        display = source.startswith(("\\[", "\\begin"))
        latex = source.removeprefix("\\(").removeprefix("\\[").removesuffix("\\)").removesuffix("\\]").strip()
        try:
            drawn = parse_fragment(mathml(latex, display=display), positions=False)
        except MathError:
            code = Element("code", {"class": self._own("papers-math")})
            code.text = latex
            element.replace_with(code)
            return
        if element.tag == "div":
            _set(element, {"class": self._own("papers-math"), "data-search-exclude": self._own("")})
            element.clear()
            element.extend(list(drawn.children))
            return
        # A search would find and show the formula twice: drawn, and as it was written.
        for annotation in drawn.select("annotation"):
            _set(annotation, {"data-search-exclude": self._own(""), **_attributes(annotation)})
        element.replace_with(*drawn.children)

    def _attach(self, link: Element, card: Card) -> None:
        attributes = _attributes(link)
        names = " ".join(filter(None, (self._own("papers-known"), attributes.pop("class", None))))
        _set(link, {"class": names, "aria-describedby": self._own(card.id), **attributes})
        inside = parse_fragment(card.content, "a", positions=False)
        if self._mark:
            for element in inside.iter_elements():
                for name, value in _attributes(element).items():
                    words = value.split() if name == "class" else [value]
                    element.attrs[name] = " ".join(map(self._own, words))
        for at, node in enumerate(list(inside.children)):
            link.insert(at, node)

    def _offer_candidates(self, image: Element, picture: Shown) -> None:
        """Let the browser choose the width of a picture, where its writer has not."""
        own = (image.attr("src") or "").strip()
        names = [(address or own, width) for address, width in picture.candidates]
        # Either would end an address there.
        is_told_apart = not any(sign.isspace() or sign == "," for name, _ in names for sign in name)
        if not names or not is_told_apart or not {"srcset", "sizes"}.isdisjoint(_attributes(image)):
            return
        if image.closest("picture") is None:
            width, height = _pixels(image.attr("width")), _pixels(image.attr("height"))
            if width is None and height is not None and image.attr("width") is None:
                width = round(height * picture.width / picture.height)
            shown = max(1, min(width or _COLUMN, _COLUMN))
            image.attrs["srcset"] = self._own(", ".join(f"{address} {width}w" for address, width in names))
            image.attrs["sizes"] = self._own(f"min(100vw - {_MARGINS}px, {shown}px)")

    def _let_wait(self, image: Element) -> None:
        """Let a picture load when its reader comes near it, where that is below the first screen."""
        is_first, self._is_first = self._is_first, False
        if (is_first and _characters_before(image) <= _FIRST_SCREEN) or "loading" in _attributes(image):
            return
        image.attrs["loading"] = self._own("lazy")

    def _offer_zoom(self, image: Element) -> None:
        attributes = _attributes(image)
        source = attributes.get("src", "").strip()
        if not source or not _opens(source):
            return
        if (self._mark and not is_inside(source)) or image.closest("a, button, label, picture, summary") is not None:
            return
        link = {"class": self._own("papers-zoom"), "href": source}
        if not attributes.get("alt", "").strip():
            link["aria-label"] = self._own(self._context.zoom)
            # The link says what there is to say; without this, its address would be read out.
            image.attrs["alt"] = self._own("")
        image.wrap(Element("a", link))

    def _own(self, value: str) -> str:
        return f"{self._mark}{value}"


def _attributes(element: Element) -> dict[str, str]:
    """An element's attributes, in order."""
    return {name: element.attr(name) or "" for name in element.attrs}


def _set(element: Element, attributes: dict[str, str]) -> None:
    """Give an element these attributes, in this order, and no other; without those of no proper name, such as ``=``."""
    for name in list(element.attrs):
        del element.attrs[name]
    for name, value in attributes.items():
        with contextlib.suppress(ValueError):
            element.attrs[name] = value


def _resolve(element: Element, resolve: Callable[[str], str]) -> bool:
    """Let the addresses of an element lead where they lead on the site; says whether any is another."""
    changed = False
    if element.namespace is not Namespace.HTML:
        return False
    for name in ADDRESSES.get(element.tag, ()):
        address = element.attr(name)
        if address is not None and (resolved := resolve(address)) != address:
            element.attrs[name] = resolved
            changed = True
    candidates = element.attr("srcset") if element.tag in OF_SEVERAL else None
    if candidates is not None:
        parts = (part.strip().partition(" ") for part in candidates.split(","))
        resolved = ", ".join(" ".join(filter(None, (resolve(url), size))) for url, _, size in parts if url)
        if resolved != candidates:
            element.attrs["srcset"] = resolved
            changed = True
    return changed


def _make_room(image: Element, picture: Shown) -> None:
    """Give a picture the attributes that it lacks to have its room before it loads; what its writer chose stays."""
    attributes = _attributes(image)
    if "height" in attributes:
        return
    if "width" not in attributes:
        _set(image, {"width": str(picture.width), "height": str(picture.height), **attributes})
    elif chosen := _pixels(attributes["width"]):
        _set(image, {"height": str(max(1, round(chosen * picture.height / picture.width))), **attributes})


def _pixels(width: str | None) -> int | None:
    """A width in whole pixels, of at most five digits; None for another, and for none."""
    if width is None or not (width.isascii() and width.isdigit()) or len(width) > 5:  # noqa: PLR2004 - as above
        return None
    return int(width) or None


def _characters_before(image: Element) -> int:
    """How many characters of a note stand before a picture; of more than a screen, no more are counted."""
    count = 0
    for node in image.preceding:
        count += len(node.data) if isinstance(node, Text) else 0
        if count > _FIRST_SCREEN:
            break
    return count


def _opens(address: str) -> bool:
    """Whether an address is one that a browser opens as a page: a path, http or https.

    Browsers take no notice of white space and control characters in a scheme
    (https://url.spec.whatwg.org/#url-parsing).
    """
    scheme, colon, _ = "".join(sign for sign in address if sign > " ").partition(":")
    if not colon or not scheme[:1].isalpha() or not all(sign.isalnum() or sign in "+-." for sign in scheme):
        return True
    return scheme.lower() in {"http", "https"}
