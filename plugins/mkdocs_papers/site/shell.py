"""The theme around a page: rendered once for pages that differ in their words only.

Around the content of ten thousand papers stands the same header, menu and footer. So the theme's template is rendered
for one page of each kind, with marks where the page's own words go, and the other pages take theirs in between. The
first pages of each kind are rendered in full as well: where a theme does anything else with a page than to print it,
the two differ, and from then on every page is rendered in full.
"""

import contextlib
import copy
import itertools
import posixpath
import secrets
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from mkdocs_papers.site.files import OwnFile, SourcePage

_PROOFS = 3
"""Pages of each kind that are rendered in full, to compare."""

_PROOFS_IN_MENU = 1
"""The same of a page in the menu, which has a shell of its own: it is rendered twice after the first save only."""

_META = ("title", "description")
"""Words in the front matter that are put in."""

_MOST = 200
"""So many shells are kept: each takes as much memory as a page without its content."""

# Made anew in each run, so that no text of a page can be taken for one.
_TOKEN = secrets.token_hex(8)
_BEGIN, _END = f"\ue000{_TOKEN}:", "\ue001"


@dataclass(frozen=True, slots=True)
class _Shell:
    """A theme's page in pieces: plain text, and between it the names of fields."""

    pieces: tuple[str, ...]
    fields: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        parts = [self.pieces[0]]
        for name, piece in zip(self.fields, self.pieces[1:], strict=True):
            parts += (values[name], piece)
        return "".join(parts)


class _FrontMatter(Mapping[str, Any]):
    """The front matter of a page, which takes down what the theme asks of it."""

    __slots__ = ("_asked", "_values")

    def __init__(self, values: Mapping[str, Any], asked: set[str]) -> None:
        self._values, self._asked = values, asked

    def __getitem__(self, name: str) -> Any:
        self._asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        self._asked.update(self._values)
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass
class Shells:
    """The shells of one build.

    Attributes:
        enabled: whether pages may share a shell at all.
        folders: those of the pages in the menu, to which links read otherwise from pages below them.
        in_full: for how many pages the theme's template was rendered.
    """

    enabled: bool = True
    folders: AbstractSet[str] = frozenset()
    in_full: int = 0
    _known: dict[Hashable, _Shell] = field(default_factory=dict)
    _proofs: dict[Hashable, int] = field(default_factory=dict)
    _unshared: set[Hashable] = field(default_factory=set)
    """The kinds of pages in the menu that are rendered in full each time."""
    _asked: set[str] = field(default_factory=set)
    """What the theme has asked of the front matter of any page."""

    def output(self, page: Page, render: Callable[[Page], str]) -> str:
        """A page with the theme around it."""

        def in_full(page: Page) -> str:
            self.in_full += 1
            return render(page)

        # Themes look into the content for its own heading.
        file = page.file
        if not self.enabled or not isinstance(file, OwnFile) or "<h1" not in (page.content or ""):
            return in_full(page)
        kind, values = _kind(page, self.folders), _values(page)
        if kind in self._unshared:
            return in_full(page)
        shell = self._known.get((kind, self._apart(page, values)))
        if shell is None:
            with _marked(page, values, self._asked) as marked:
                shell = _cut(in_full(marked), values)
            if shell is None:
                self._share_no_more(kind, file)
                return in_full(page)
            if len(self._known) == _MOST:
                del self._known[next(iter(self._known))]
            # The theme may have asked for more than before.
            self._known[kind, self._apart(page, values)] = shell
        output = shell.filled(values)
        if self._proofs.get(kind, 0) < (_PROOFS_IN_MENU if file.in_nav else _PROOFS):
            self._proofs[kind] = self._proofs.get(kind, 0) + 1
            full = in_full(page)
            if full != output:
                self._share_no_more(kind, file)
                return full
        return output

    def _share_no_more(self, kind: Hashable, file: OwnFile) -> None:
        """The theme has done something else with a page than to print it."""
        if file.in_nav:
            self._unshared.add(kind)
        else:
            self.enabled = False

    def _apart(self, page: Page, values: Mapping[str, str]) -> Hashable:
        """What keeps pages of one kind from sharing a shell: front matter that the theme asks for, and the outline."""
        asked = sorted(self._asked.difference(values.keys() & _META))
        meta = tuple([(name, repr(page.meta[name])) for name in asked if name in page.meta])
        return meta, _shape(page.toc), tuple(values)


def folders_of(urls: Iterable[str]) -> set[str]:
    """The folders above some pages, and those that are their own."""
    return {
        folder for url in urls for folder in itertools.accumulate(url.rstrip("/").split("/"), posixpath.join) if folder
    }


def _kind(page: Page, folders: AbstractSet[str]) -> Hashable:
    """What pages have in common that may share a shell: all that a theme can see of them but words and outline."""
    folder = posixpath.dirname(page.url.rstrip("/"))
    while folder and folder not in folders:
        folder = posixpath.dirname(folder)
    template = page.file.source.template if isinstance(page, SourcePage) else "note"
    # A page in the menu is marked there, as no other page is.
    in_menu = isinstance(page.file, OwnFile) and page.file.in_nav
    return page.url.count("/"), folder, id(page.parent), template, in_menu and page.url


def _values(page: Page) -> dict[str, str]:
    """The words of a page, by the names of the fields of its shell; a theme may print nothing where there are none."""
    words = {
        "content": page.content,
        "page title": page.title,
        "canonical": page.canonical_url,
        "edit": page.edit_url,
        **{name: page.meta.get(name) for name in _META},
    }
    for number, entry in enumerate(_entries(page.toc)):
        words |= {f"{name} {number}": word for name, word in _words(entry).items() if _is_plain(word)}
    return {name: word for name, word in words.items() if word and isinstance(word, str)}


@contextlib.contextmanager
def _marked(page: Page, values: Mapping[str, str], asked: set[str]) -> Iterator[Page]:
    """The page with marks for words, and with front matter that takes down what is asked of it.

    It is the very page, since the menu may hold it.
    """
    marks = {name: f"{_BEGIN}{name}{_END}" for name in values}
    before = vars(page).copy()
    page.content = f"<h1>{marks['content']}</h1>"
    page.title = marks.get("page title", page.title)
    page.canonical_url = marks.get("canonical", page.canonical_url)
    page.edit_url = marks.get("edit", page.edit_url)
    meta = {**page.meta, **{name: marks[name] for name in _META if name in marks}}
    page.meta = _FrontMatter(meta, asked)  # type: ignore[assignment] # all that templates ask of it, a mapping answers
    page.toc = copy.deepcopy(page.toc)
    for number, entry in enumerate(_entries(page.toc)):
        entry.title, entry.id = [marks.get(f"{name} {number}", word) for name, word in _words(entry).items()]
    try:
        yield page
    finally:
        vars(page).clear()
        vars(page).update(before)


def _words(entry: AnchorLink) -> dict[str, str]:
    return {"entry": entry.title, "id": entry.id}


def _is_plain(word: str) -> bool:
    """Whether it reads the same where a theme takes the tags away, or escapes it."""
    return not any(sign in word for sign in "<>&'\"") and word == " ".join(word.split())


def _entries(entries: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for entry in entries:
        yield entry
        yield from _entries(entry.children)


def _shape(entries: Iterable[AnchorLink]) -> Hashable:
    """What an outline has besides words that are put in: its levels, and words that a theme may print otherwise."""
    return tuple(
        [
            (entry.level, *[word for word in _words(entry).values() if not _is_plain(word)], _shape(entry.children))
            for entry in entries
        ]
    )


def _cut(text: str, names: Container[str]) -> _Shell | None:
    """A page cut at its marks; None where the theme has made something else of one."""
    first, *others = text.replace(f"<h1>{_BEGIN}content{_END}</h1>", f"{_BEGIN}content{_END}").split(_BEGIN)
    parts = [each.partition(_END) for each in others]
    shell = _Shell((first, *[piece for *_, piece in parts]), tuple([name for name, *_ in parts]))
    rest = "".join(shell.pieces).lower()
    return (
        shell if all(name in names for name in shell.fields) and _TOKEN not in rest and "\ue000" not in rest else None
    )
