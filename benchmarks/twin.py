"""The plain twin: a library's site written out by hand, for MkDocs without the plugin.

The words and tables of every page of the built site as Markdown, under the same address, with the same theme, the same
navigation and the same notes. What nobody would write by hand, such as drawings, is left out and costs it nothing.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

_SKIPPED = frozenset({"script", "style", "svg", "math", "button", "template", "dialog", "form"})
_BLOCKS = frozenset({"p", "div", "section", "article", "nav", "dl", "details", "summary", "figure", "header", "aside"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_CONTENT = re.compile(r'<article class="md-content__inner md-typeset">(.*?)</article>\s*</div>', re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


class _Markdown(HTMLParser):
    """HTML of a page's content as the Markdown that someone would have written."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._folder = posixpath.dirname(page)
        self._source = page
        self._out: list[str] = []
        self._skip: list[str] = []
        self._links: list[str] = []
        self._row: list[str] | None = None
        self._header = False

    def text(self) -> str:
        """The Markdown so far."""
        return re.sub(r"\n{3,}", "\n\n", "".join(self._out)).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip or tag in _SKIPPED:
            self._skip.append(tag)
            return
        values = dict(attrs)
        if tag in _HEADINGS:
            self._out.append(f"\n\n{_HEADINGS[tag]} ")
        elif tag in ("li", "dt"):
            self._out.append("\n- ")
        elif tag == "dd":
            self._out.append(": ")
        elif tag == "a" and values.get("href"):
            self._links.append(self._link(values["href"] or ""))
            self._out.append("[")
        elif tag == "img":
            self._out.append(f"![{_plain(values.get('alt') or '')}]({self._link(values.get('src') or '')})")
        elif tag == "pre":
            self._out.append("\n\n```\n")
        elif tag == "tr":
            self._row = []
            self._out.append("\n|")
        elif tag in ("td", "th"):
            self._header = tag == "th"
            self._out.append(" ")
        elif tag in _BLOCKS and self._row is None:
            self._out.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._skip and tag not in _SKIPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            if self._skip[-1] == tag:
                self._skip.pop()
            return
        if tag == "a" and self._links:
            self._out.append(f"]({self._links.pop()})")
        elif tag == "pre":
            self._out.append("\n```\n\n")
        elif tag in ("td", "th"):
            self._out.append(" |")
            if self._row is not None:
                self._row.append("---")
        elif tag == "tr" and self._row is not None:
            if self._header:
                self._out.append("\n|" + "|".join(self._row) + "|")
            self._row, self._header = None, False
        elif tag in _HEADINGS or (tag in _BLOCKS and self._row is None) or tag in ("ul", "ol", "table"):
            self._out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._out.append(_plain(data) if self._row is None else _plain(" ".join(data.split())))

    def _link(self, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        target = posixpath.normpath(posixpath.join(self._folder, unquote(parts.path)))
        source = target if posixpath.splitext(target)[1] in (".svg", ".png", ".jpg", ".json", ".xml") else None
        if source is None:
            source = "index.md" if target == "." else f"{target}.md"
        if address.endswith("/") and target in _FOLDERS:
            source = f"{target}/index.md"
        relative = posixpath.relpath(source, posixpath.dirname(source_of(self._source)) or ".")
        return relative.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


_FOLDERS = frozenset({"papers", "venues", "years", "keywords", "institutions", "authors", "notes", "stats"})


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def source_of(page: str) -> str:
    """The Markdown file of a built page: ``papers/2024/Quest/index.html`` comes from ``papers/2024/Quest.md``."""
    folder = posixpath.dirname(page)
    if not folder:
        return "index.md"
    return f"{folder}/index.md" if folder in _FOLDERS else f"{folder}.md"


def write_twin(library: Path, site: Path, twin: Path) -> int:
    """Write the plain twin of a library's built site.

    Args:
        library: the library's project, for its notes and pictures.
        site: its built site, with directory URLs.
        twin: where the twin's project goes.

    Returns:
        How many pages it has.
    """
    docs = twin / "docs"
    pages = 0
    for built in sorted(site.rglob("index.html")):
        page = built.relative_to(site).as_posix()
        source = docs / source_of(page)
        note = library / source_of(page) if page.startswith("notes/") else None
        source.parent.mkdir(parents=True, exist_ok=True)
        if note is not None and note.is_file():
            text = re.sub(
                r"\]\((?:\.\./)+meta/([^)\s]+)\.(?:prototxt|yaml)\)",
                r"](../../../papers/\1.md)",
                note.read_text(encoding="utf-8"),
            )
        else:
            found = _CONTENT.search(built.read_text(encoding="utf-8"))
            converter = _Markdown(page)
            converter.feed(found[1] if found else "")
            converter.close()
            listed = not re.match(r"papers/\d{4}/", page)
            text = ("---\nsearch:\n  exclude: true\n---\n" if listed else "") + converter.text()
        source.write_text(text, encoding="utf-8")
        pages += 1
    for picture in (library / "notes").rglob("*"):
        if picture.is_file() and picture.suffix != ".md":
            target = docs / "notes" / picture.relative_to(library / "notes")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, target)
    _write_configuration(library, twin)
    return pages


def _write_configuration(library: Path, twin: Path) -> None:
    config = yaml.load((library / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - ours
    config["plugins"] = ["search"]
    names = ("papers", "venues", "years", "keywords", "institutions", "authors", "notes")
    config["nav"] = [{"Home": "index.md"}, {"Library": [{name.title(): f"{name}/index.md"} for name in names]}]
    config["not_in_nav"] = "/papers/\n/venues/\n/years/\n/keywords/\n/institutions/\n/authors/\n/notes/\n/stats/\n"
    # What the twin links to and does not have (drawings, exports) is no news to it.
    config["validation"] = {"links": {"not_found": "ignore", "unrecognized_links": "ignore", "anchors": "ignore"}}
    config["markdown_extensions"] = [*config["markdown_extensions"], {"pymdownx.arithmatex": {"generic": True}}]
    for name in ("site_url", "repo_url", "edit_uri", "hooks"):
        config.pop(name, None)
    (twin / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
