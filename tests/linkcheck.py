"""Finds dead links in a built site: every page, raw HTML, style sheet and sitemap, as a browser would resolve them.

It reads files, not a server, and compares letter by letter, so a link that only works where file names ignore letter
case is dead here too.
"""

from __future__ import annotations

import html.parser
import os
import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src",),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
"""Which attributes of which elements a browser follows; ``srcset`` and ``style`` apart."""

_CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)""")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A candidate of a srcset: an address without white space that does not end in a comma, then its width or density.
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+[^,\s]+)?\s*(?:,|$)")
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*url\s*=\s*['\"]?(.*?)['\"]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """A link that leads nowhere.

    Attributes:
        page: the file that holds it, relative to the site's root, with ``/``.
        line: where, from 1.
        link: the address as written.
        why: what is wrong with it.
    """

    page: str
    line: int
    link: str
    why: str

    def __str__(self) -> str:
        """One line for a test's output."""
        return f"{self.page}:{self.line}: {self.link} ({self.why})"


def dead_links(site: Path, site_url: str) -> list[DeadLink]:
    """Every internal link of a built site that leads nowhere.

    Args:
        site: the folder of the built site.
        site_url: the address of its root, ``https://example.org/sub/path/``: the links are resolved below it.

    Returns:
        The dead links, by page and line. Links to other sites are not looked at.
    """
    checker = _Site.scan(site, site_url)
    return sorted({dead for path in checker.files for dead in checker.check(path)})


class _Page(html.parser.HTMLParser):
    """The links, each with its line, and the anchors of one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[int, str]] = []
        self.anchors: set[str] = set()
        self.base = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        self.anchors.update(attributes[name] for name in ("id", "name") if name in attributes and _anchors(tag, name))
        if tag == "base":
            self.base = self.base or attributes.get("href", "")
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            self._add(*_REFRESH.findall(attributes.get("content", "")))
        elif tag == "link" and attributes.get("rel", "").lower() in {"preconnect", "dns-prefetch"}:
            return
        self._add(*(attributes[name] for name in _ADDRESSES.get(tag, ()) if name in attributes))
        self._add(*_CANDIDATE.findall(attributes.get("srcset", "")))
        self._add(*_css_links(attributes.get("style", "")))

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._add(*_css_links(data))
            self._in_style = False

    def _add(self, *links: str) -> None:
        line = self.getpos()[0]
        self.links.extend((line, link) for link in links)


def _anchors(tag: str, attribute: str) -> bool:
    """Whether that attribute of that element is something an address can point to."""
    return attribute == "id" or tag == "a"


def _css_links(css: str) -> Iterator[str]:
    if "url(" in css:
        for quoted, single, bare in _CSS_ADDRESS.findall(_CSS_COMMENT.sub("", css)):
            yield quoted or single or bare


@dataclass(slots=True)
class _Site:
    folder: Path
    site_url: str
    files: list[str]
    known: set[str]
    folders: set[str]
    pages: dict[str, _Page] = field(default_factory=dict)

    @classmethod
    def scan(cls, folder: Path, site_url: str) -> _Site:
        files = sorted(
            (Path(parent) / name).relative_to(folder).as_posix()
            for parent, _, names in os.walk(folder)
            for name in names
        )
        folders = {parent for file in files for parent in _parents(file)}
        return cls(folder, site_url.rstrip("/") + "/", files, set(files), folders)

    def check(self, path: str) -> Iterator[DeadLink]:
        suffix = posixpath.splitext(path)[1].lower()
        if suffix in {".html", ".htm"}:
            page = self.page(path)
            # The error page is served at any address: its links must hold at each.
            own = urljoin(self.site_url, "no/such/page/" if path == "404.html" else _address(path))
            yield from self.check_links(path, page.links, urljoin(own, page.base))
        elif suffix == ".css":
            css = (self.folder / path).read_text(encoding="utf-8", errors="replace")
            yield from self.check_links(path, [(1, link) for link in _css_links(css)], self.site_url + _address(path))
        elif path == "sitemap.xml":
            root = ET.parse(self.folder / path).getroot()  # noqa: S314 - our own build wrote it
            locations = [(element.text or "").strip() for element in root.iter() if element.tag.endswith("}loc")]
            outside = [link for link in locations if not link.startswith(self.site_url)]
            yield from (DeadLink(path, 1, link, "not below the site's address") for link in outside)
            yield from self.check_links(path, [(1, link) for link in locations], self.site_url)

    def check_links(self, path: str, links: list[tuple[int, str]], base: str) -> Iterator[DeadLink]:
        for line, link in links:
            if why := self.why_dead(base, link):
                yield DeadLink(path, line, link, why)

    def why_dead(self, base: str, link: str) -> str:
        """What is wrong with a link on a page with that base address; empty if it leads somewhere or off the site."""
        try:
            target = urlsplit(urljoin(base, link.strip()))
        except ValueError:
            return "no address"
        home = urlsplit(self.site_url)
        if target.scheme not in {"http", "https"} or target.netloc != home.netloc:
            return ""
        if not target.path.startswith(home.path):
            return "leaves the site"
        path = unquote(target.path[len(home.path) :])
        file = path + "index.html" if path.endswith("/") or not path else path
        if file not in self.known:
            if path in self.folders:
                return "a folder without its slash"
            alike = next((other for other in self.files if other.casefold() == file.casefold()), None)
            return f"in other letter case: {alike}" if alike else "no such file"
        return self.why_no_anchor(file, target.fragment)

    def why_no_anchor(self, file: str, fragment: str) -> str:
        name = fragment.partition(":~:")[0]
        if name in {"", "top"} or not file.endswith((".html", ".htm")):
            return ""
        anchors = self.page(file).anchors
        return "" if name in anchors or unquote(name) in anchors else "no such anchor"

    def page(self, path: str) -> _Page:
        if path not in self.pages:
            page = _Page()
            page.feed((self.folder / path).read_text(encoding="utf-8", errors="replace"))
            page.close()
            self.pages[path] = page
        return self.pages[path]


def _parents(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _address(path: str) -> str:
    """The address of a file below the site's root, as a browser sees it."""
    # `?` and `#` would end the path, `%` would start an escape; the rest does not matter to resolving links.
    quoted = path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    folder, name = posixpath.split(quoted)
    return f"{folder}/".lstrip("/") if name == "index.html" else quoted
