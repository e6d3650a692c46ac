"""Notes from strangers: their HTML without anything that acts, and the files beside them that only show something.

The HTML is cut down by nh3, the Python binding of ammonia (https://docs.rs/ammonia), which parses as browsers do; what
may stay is listed here: text, tables, pictures of the site itself, raw MathML, and what Markdown extensions write
(classes, code, footnotes, tabs, task lists, icons).

An SVG picture is XML with links, scripts and style sheets of its own; `passive_svg` writes it anew with what draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import nh3

PASSIVE_SUFFIXES = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico", ".tif", ".tiff"),
        *(".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".mp4", ".m4v", ".webm", ".ogv", ".mov"),
        *(".pdf", ".ps", ".eps", ".txt", ".text", ".log", ".csv", ".tsv", ".json", ".jsonl", ".bib", ".ris", ".tex"),
        *(
            ".zip",
            ".gz",
            ".bz2",
            ".xz",
            ".zst",
            ".tar",
            ".tgz",
            ".7z",
            ".npy",
            ".npz",
            ".ipynb",
            ".yaml",
            ".yml",
            ".toml",
        ),
        *(".py", ".c", ".cc", ".cpp", ".cu", ".cuh", ".h", ".hpp", ".rs", ".go", ".jl", ".sh", ".prototxt", ".onnx"),
        *(
            ".doc",
            ".docx",
            ".ppt",
            ".pptx",
            ".xls",
            ".xlsx",
            ".odt",
            ".odp",
            ".ods",
            ".epub",
            ".drawio",
            ".vtt",
            ".srt",
        ),
    )
)
"""Suffixes of files that a browser shows or stores, and never runs as a part of the site."""

_DRAWN_MATH = frozenset(
    """
    math semantics annotation mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup
    msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd merror
    """.split()  # noqa: SIM905 - names read best as words
)
_ICONS = frozenset(("svg", "path", "g", "circle", "rect", "ellipse", "line", "polyline", "polygon", "title", "desc"))
_TAGS = (
    nh3.ALLOWED_TAGS
    | _DRAWN_MATH
    | (_ICONS - {"title", "desc"})
    | {"audio", "del", "input", "label", "picture", "section", "small", "source", "tfoot", "track", "video"}
)
_ANYWHERE = frozenset(("class", "id", "title", "lang", "dir", "align", "role", "width", "height"))
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
_MATH_ATTRIBUTES = (
    *("display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "accent", "accentunder", "lspace", "rspace"),
    *("depth", "linethickness", "fence", "form", "separator", "largeop", "movablelimits", "minsize", "maxsize"),
    *("columnalign", "rowspacing", "columnspacing", "notation", "encoding"),
)
_ICON_ATTRIBUTES = (
    *("viewBox", "xmlns", "d", "fill", "stroke", "stroke-width", "cx", "cy", "r", "rx", "ry", "x", "y"),
    *("x1", "y1", "x2", "y2", "points", "transform", "fill-rule", "clip-rule"),
)
_ATTRIBUTES: dict[str, set[str]] = {
    tag: {
        *_ANYWHERE,
        *_BY_TAG.get(tag, ()),
        *(_MATH_ATTRIBUTES if tag in _DRAWN_MATH else ()),
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
_OF_THE_THEME = re.compile(r"(?:md-(?!button(?:--primary)?$)|papers-|js-)")
_OF_EXTENSIONS = re.compile(r"__(?:tabbed_\d+(?:_\d+)?|(?:span|codelineno)-\d+-\d+)")


def passive_html(html: str) -> str:
    """HTML without scripts, handlers, styles, frames, forms, and pictures from other sites.

    Links lead where they led, but only to http, https and mail addresses. Ids and classes that the theme's own script
    or style sheet look for are dropped, so that no note can stand in for a part of the page.
    """
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that may stay, or None."""
    check = _CHECKS.get(name)
    return value if check is None else check(tag, value)


def _inside(_tag: str, address: str) -> str | None:
    return None if _OUTSIDE.match(_IGNORED_IN_ADDRESSES.sub("", address)) else address


def _all_inside(tag: str, candidates: str) -> str | None:
    return candidates if all(_inside(tag, part) for part in candidates.split(",")) else None


def _id(_tag: str, value: str) -> str | None:
    return None if value.startswith("__") and not _OF_EXTENSIONS.fullmatch(value) else value


def _classes(_tag: str, value: str) -> str | None:
    return " ".join(name for name in value.split() if not _OF_THE_THEME.match(name)) or None


def _input_type(_tag: str, value: str) -> str | None:
    return value if value.lower() in {"checkbox", "radio"} else "checkbox"


_CHECKS: dict[str, Callable[[str, str], str | None]] = {
    "class": _classes,
    "for": _id,
    "id": _id,
    "name": _id,
    "poster": _inside,
    "src": _inside,
    "srcset": _all_inside,
    "style": lambda _tag, value: value if _ALIGNMENT.fullmatch(value) else None,
    # A track has a type as well as a list's and an input's.
    "type": lambda tag, value: _input_type(tag, value) if tag == "input" else value,
}


class UnsafeFileError(ValueError):
    """The file may run something, and cannot be made safe."""


def passive_file(name: str, content: Callable[[], bytes]) -> bytes | None:
    """A file beside notes, made safe to serve.

    Args:
        name: its name.
        content: gives what is in it.

    Returns:
        What to serve in its stead, or None where it may be served as it is.

    Raises:
        UnsafeFileError: it is better not served; why, to be read after its name.
        OSError: it cannot be read.
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
_DEEPEST = 200


def passive_svg(content: bytes) -> bytes:
    """An SVG picture without scripts, handlers, links, animations and references to anything but itself.

    Args:
        content: the file.

    Returns:
        The picture, UTF-8.

    Raises:
        UnsafeFileError: it is not well-formed XML, no SVG, declares entities, or is nested too deeply.
    """
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
        if self._depth > _DEEPEST:
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
