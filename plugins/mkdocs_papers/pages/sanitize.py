"""Untrusted notes: their HTML without anything that acts, and the files beside them that only show something.

The HTML is cut down by nh3, the Python binding of ammonia (https://docs.rs/ammonia), which parses as browsers do; what
may stay is listed here: text, tables, pictures of the site itself, raw MathML, and what Markdown extensions write
(classes, code, footnotes, tabs, task lists, icons). It is the last thing that is done to a note: what the plugin itself
put into it before, such as the cards of links, carries a mark that nobody else can know, and loses it here.

An SVG picture is XML with links, scripts and style sheets of its own; `passive_svg` writes it anew with what draws.
"""

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import nh3

from mkdocs_papers.pages.mathml import ATTRIBUTES, ELEMENTS
from mkdocs_papers.records.limits import DEEPEST_SVG, LARGEST_SVG

PASSIVE_SUFFIXES = frozenset(
    f".{name}"
    for name in """
    png jpg jpeg gif webp avif svg bmp ico tif tiff mp3 m4a ogg oga opus wav flac mp4 m4v webm ogv mov pdf ps eps
    txt text log csv tsv json jsonl bib ris tex zip gz bz2 xz zst tar tgz 7z npy npz ipynb yaml yml toml py c cc
    cpp cu cuh h hpp rs go jl sh prototxt onnx doc docx ppt pptx xls xlsx odt odp ods epub drawio vtt srt
    """.split()  # noqa: SIM905 - names read best as words
)
"""Suffixes of files that a browser shows or stores, and never runs as a part of the site."""

_DRAWN_MATH = ELEMENTS | {"semantics", "annotation", "merror"}
_ICONS = frozenset(("svg", "path", "g", "circle", "rect", "ellipse", "line", "polyline", "polygon", "title", "desc"))
# Without what is a part of the page rather than of an article.
_TAGS = (
    (nh3.ALLOWED_TAGS - {"area", "article", "aside", "footer", "header", "hgroup", "map", "nav"})
    | _DRAWN_MATH
    | (_ICONS - {"title", "desc"})
    | {"audio", "del", "input", "label", "picture", "section", "small", "source", "tfoot", "track", "video"}
)
_ANYWHERE = frozenset(("class", "id", "title", "lang", "dir", "align", "role", "width", "height"))
_OF_THE_PLUGIN = frozenset(("aria-describedby", "aria-hidden", "aria-label", "data-search-exclude"))
"""Attributes that only the plugin's own elements have."""

_BY_TAG = {
    "a": ("href", "hreflang", "name"),
    "audio": ("src", "controls", "loop", "muted", "preload"),
    "blockquote": ("cite",),
    "col": ("span",),
    "colgroup": ("span",),
    "details": ("open",),
    "div": ("data-tabs",),
    "img": ("src", "srcset", "sizes", "alt", "loading", "decoding"),
    "input": ("type", "checked", "disabled", "name"),
    "label": ("for",),
    "li": ("value",),
    "ol": ("start", "type", "reversed"),
    "q": ("cite",),
    "source": ("src", "srcset", "sizes", "media", "type"),
    "td": ("colspan", "rowspan", "headers", "style", "valign"),
    "th": ("colspan", "rowspan", "headers", "scope", "style", "valign"),
    "time": ("datetime",),
    "track": ("src", "kind", "srclang", "label", "default"),
    "video": ("src", "poster", "controls", "loop", "muted", "preload"),
}
_ICON_ATTRIBUTES = (
    *("viewBox", "xmlns", "d", "fill", "stroke", "stroke-width", "cx", "cy", "r", "rx", "ry", "x", "y"),
    *("x1", "y1", "x2", "y2", "points", "transform", "fill-rule", "clip-rule"),
)
_ATTRIBUTES: dict[str, set[str]] = {
    tag: {
        *_ANYWHERE,
        *_OF_THE_PLUGIN,
        *_BY_TAG.get(tag, ()),
        *((*ATTRIBUTES, "encoding") if tag in _DRAWN_MATH else ()),
        *(_ICON_ATTRIBUTES if tag in _ICONS else ()),
    }
    for tag in _TAGS
}
_DROPPED_WITH_CONTENT = {
    *("script", "style", "iframe", "noscript", "template", "object", "embed", "textarea", "title", "xmp", "noembed"),
    *("noframes", "select", "frameset"),
}

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]\s*[\\/]", re.IGNORECASE)
_IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20]+")
_ALIGNMENT = re.compile(r"\s*text-align:\s*(left|right|center|justify)\s*;?\s*", re.IGNORECASE)
_LENGTH = re.compile(r"\s*[0-9]{0,4}(?:\.[0-9]{1,6})?\s*(?:px|%|em|ex|rem|pt)?\s*")
_NEAR = re.compile(r"\s*[+-]?(?:[0-9]{0,2}(?:\.[0-9]{0,6})?)\s*(?:em|ex|px|pt|mu|%)?\s*|[a-z]+")
"""A length in a formula, by which nothing in it is drawn far from its place."""
_PAINT = re.compile(r"[A-Za-z]+|#[0-9A-Fa-f]{3,8}|(?:rgb|hsl)a?\([0-9.,%/ ]+\)")
"""A colour by its name or numbers (https://www.w3.org/TR/css-color-4/), and no address of one."""
_DRAWN_WITH = re.compile(r"[\w\s.,%()+-]*", re.ASCII)
"""Numbers, and the names of what is done with them: a path, a list of points, a transformation."""
_DESCRIPTOR = re.compile(r"[1-9][0-9]{0,4}w|[0-9]{1,2}(?:\.[0-9]{1,3})?x")
_ROLE = re.compile(
    r"doc-[a-z]+|img|math|none|note|presentation|group|list|listitem|table|row|cell|columnheader|rowheader"
)

_CLASSES = frozenset(
    """
    admonition attention caution danger error hint important note tip warning abstract info success question failure bug
    example quote seealso summary tldr todo check done help faq fail missing cite snippet inline end open
    highlight highlighttable codehilite codehilitetable linenos linenodiv linenums filename code hll special normal nf
    tabbed-set tabbed-alternate tabbed-labels tabbed-label tabbed-labels--linked tabbed-content tabbed-block
    task-list task-list-item task-list-control task-list-indicator task-list-indicator-checkbox
    footnote footnote-ref footnote-backref headerlink toc toctitle arithmatex twemoji emojione gemoji emoji keys
    critic critic_break comment ins del mark block md-button md-button--primary md-mathblock annotate grid cards
    left right center align-left align-right align-center caption img-caption figure figure-caption
    """.split()  # noqa: SIM905 - names read best as words
)
"""Classes that Markdown extensions and their users write."""
_CLASS_FAMILIES = tuple("admonition- language- key- linenos lineno- tabbed- task-list- footnote- toc- critic-".split())  # noqa: SIM905 - names read best as words
_TOKEN_CLASS = re.compile(r"[a-z][a-z0-9]{0,2}")
"""What Pygments calls the parts of code (https://pygments.org/docs/tokens/): ``kd``, ``s1``."""

_OF_EXTENSIONS = re.compile(r"__(?:tabbed_\d+(?:_\d+)?|(?:span|codelineno)-\d+-\d+)")
_TAKEN_IDS = frozenset(
    """
    404-page-not-found base_url content_search define exports global hljs jquery katex keyboard_shortcuts
    keyboardmodallabel lunr main-content mathjax mermaid module process prism require search search_index searchbox
    searchmodallabel shortcuts site_name
    """.split()  # noqa: SIM905 - names read best as words
)
"""Ids of themes, and names that scripts look for: an element of that id would stand in for what they mean
(https://html.spec.whatwg.org/multipage/nav-history-apis.html#named-access-on-the-window-object)."""
_TAKEN_FAMILIES = tuple("_ md- papers- js- mkdocs rtd- wy- navbar nav- toc-collapse theme- hljs-".split())  # noqa: SIM905 - names read best as words


def passive_html(html: str, mark: str = "") -> str:
    """HTML without scripts, handlers, styles, frames, forms, and pictures from other sites.

    Links lead where they led, but only to http, https and mail addresses. Classes stay that Markdown extensions write,
    and ids that nothing else goes by, so that no note can stand in for a part of the page, or lie over it.

    Args:
        html: the HTML, which may be torn.
        mark: begins the attribute values, and the names of classes, that the plugin itself has put in. They stay, and
            the mark is taken off. Nobody must be able to guess it. Empty where there are none.
    """
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=functools.partial(_kept, mark),
        clean_content_tags=_DROPPED_WITH_CONTENT,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def is_inside(address: str) -> bool:
    """Whether a browser looks for what has this address on the same site."""
    return not _OUTSIDE.match(_IGNORED_IN_ADDRESSES.sub("", address))


def safe_id(value: str) -> str:
    """An id that only the note goes by: the same, or, where it may mean something to the theme, another."""
    folded = value.casefold()
    if _OF_EXTENSIONS.fullmatch(value) or not (folded in _TAKEN_IDS or folded.startswith(_TAKEN_FAMILIES)):
        return value
    return f"note-{value}"


def _kept(mark: str, tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that may stay, or None."""
    if name == "class":
        return _classes(mark, value)
    if mark and value.startswith(mark):
        return value.removeprefix(mark)
    if name in _OF_THE_PLUGIN:
        return None
    check = _CHECKS.get(name)
    return value if check is None else check(tag, value)


def _classes(mark: str, value: str) -> str | None:
    names = (
        name.removeprefix(mark) if mark and name.startswith(mark) else name if _is_known_class(name) else ""
        for name in value.split()
    )
    return " ".join(filter(None, names)) or None


def _is_known_class(name: str) -> bool:
    return name in _CLASSES or name.startswith(_CLASS_FAMILIES) or _TOKEN_CLASS.fullmatch(name) is not None


def _all_inside(_tag: str, candidates: str) -> str | None:
    """The addresses of pictures, each with the width or the density of pixels that it is for."""
    parts = [part.split() for part in candidates.split(",")]
    known = all(parts) and all(len(part) == 1 or (len(part) == 2 and _DESCRIPTOR.fullmatch(part[1])) for part in parts)  # noqa: PLR2004
    return candidates if known and all(is_inside(part[0]) for part in parts) else None


def _link(_tag: str, address: str) -> str | None:
    """A link into the note itself leads where its id is now."""
    return f"#{safe_id(address[1:])}" if address.startswith("#") else address


def _only(pattern: re.Pattern[str]) -> Callable[[str, str], str | None]:
    return lambda _tag, value: value if pattern.fullmatch(value) else None


def _length(tag: str, value: str) -> str | None:
    return value if (_NEAR if tag in _DRAWN_MATH else _LENGTH).fullmatch(value) else None


_CHECKS: Mapping[str, Callable[[str, str], str | None]] = {
    **dict.fromkeys(
        ("d", "points", "transform", "viewBox", "stroke-width", "fill-rule", "clip-rule"), _only(_DRAWN_WITH)
    ),
    **dict.fromkeys(("cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2"), _only(_DRAWN_WITH)),
    **dict.fromkeys(("fill", "stroke"), _only(_PAINT)),
    **dict.fromkeys(("width", "height"), _length),
    **dict.fromkeys(("depth", "lspace", "rspace", "linethickness", "minsize", "maxsize"), _only(_NEAR)),
    **dict.fromkeys(("for", "id", "name"), lambda _tag, value: safe_id(value)),
    **dict.fromkeys(("poster", "src"), lambda _tag, address: address if is_inside(address) else None),
    "href": _link,
    "role": _only(_ROLE),
    "srcset": _all_inside,
    "style": _only(_ALIGNMENT),
    # A track has a type as well as a list's and an input's.
    "type": lambda tag, value: "checkbox" if tag == "input" and value.lower() not in {"checkbox", "radio"} else value,
}


class UnsafeFileError(ValueError):
    """The file may run something, and cannot be made safe."""


def passive_file(name: str, content: Callable[[], bytes]) -> bytes | None:
    """A file beside notes, made safe to serve: what to serve in its stead, or None where it may be served as it is.

    Raises:
        UnsafeFileError: it is better not served; why, to be read after its name.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in PASSIVE_SUFFIXES:
        raise UnsafeFileError("is of a type that may run scripts")
    if suffix != ".svg":
        return None
    try:
        return passive_svg(content())
    except UnsafeFileError as error:
        raise UnsafeFileError(f"is an SVG that cannot be made safe: {error}") from error


_DRAWING = frozenset(
    """
    svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath image
    linearGradient radialGradient stop pattern clipPath mask marker switch style
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905 - names read best as words
)
"""Elements that draw (https://www.w3.org/TR/SVG2/eltindex.html): no script, link, frame or animation."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_LOCAL_REFERENCE = re.compile(r"#[\w.:-]+")
_EMBEDDED_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*")
_CSS_REACHES_OUT = re.compile(
    r"@|\\|expression|javascript:|image\s*\(|image-set|cross-fade|src\s*\(|element\s*\("
    r"|url\s*\(\s*(?![\"']?\s*#[\w.:-]+\s*[\"']?\s*\))",
    re.IGNORECASE,
)
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_][\w.-]*")


def passive_svg(content: bytes) -> bytes:
    """An SVG picture in UTF-8 without scripts, handlers, links, animations and references to anything but itself.

    Raises:
        UnsafeFileError: it is too large, not well-formed XML, no SVG, declares entities, or is nested too deeply.
    """
    if len(content) > LARGEST_SVG:
        raise UnsafeFileError(f"it is larger than {LARGEST_SVG // 1024**2} MiB")
    writer = _SvgWriter()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = writer.entity
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes no keywords
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnsafeFileError(str(error)) from error
    return writer.document()


class _SvgWriter:
    """Writes the part of a picture that only draws, as the parser goes through it."""

    def __init__(self) -> None:
        self._parts: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n']
        self._depth = 0
        self._skipping = 0
        self._style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST_SVG:
            raise UnsafeFileError("it is nested too deeply")
        namespace, _, tag = name.rpartition(" ")
        if self._depth == 1 and (namespace, tag) != (_SVG, "svg"):
            raise UnsafeFileError("it is no SVG")
        if (namespace, tag) == (_SVG, "a"):
            tag = "g"  # what is linked is still drawn
        if self._skipping or namespace != _SVG or tag not in _DRAWING or self._style is not None:
            self._skipping += 1
            return
        kept = [_drawn_attribute(tag, name, value) for name, value in attributes.items()]
        spaces = f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"' if self._depth == 1 else ""
        self._parts.append(f"<{tag}{spaces}{''.join(kept)}>")
        if tag == "style":
            self._style = []

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        if self._style is not None:
            css = "".join(self._style)
            self._style = None
            self._parts.append("" if _CSS_REACHES_OUT.search(css) else escape(css))
        tag = name.rpartition(" ")[2]
        self._parts.append("</g>" if tag == "a" else f"</{tag}>")

    def text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
        elif not self._skipping:
            self._parts.append(escape(text))

    def entity(self, *_declaration: object) -> None:
        raise UnsafeFileError("it declares entities")

    def document(self) -> bytes:
        return ("".join(self._parts) + "\n").encode()


def _drawn_attribute(tag: str, name: str, value: str) -> str:
    """An attribute as it is written, with a space before it, or nothing where it does more than draw."""
    namespace, _, local = name.rpartition(" ")
    if not _ATTRIBUTE_NAME.fullmatch(local) or local.lower().startswith("on"):
        return ""
    if local == "href" and namespace in {"", _XLINK}:
        text = value.strip()
        if not _LOCAL_REFERENCE.fullmatch(text) and not (tag == "image" and _EMBEDDED_PICTURE.fullmatch(text)):
            return ""
        return f" {'xlink:' if namespace else ''}href={quoteattr(text)}"
    if namespace == _XML and local in {"space", "lang"}:
        return f" xml:{local}={quoteattr(value)}"
    if namespace or _CSS_REACHES_OUT.search(value):
        return ""
    return f" {local}={quoteattr(value)}"
