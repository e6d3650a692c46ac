"""What a build keeps for the next one, in the project's cache folder.

Three files lie in the folder:

- ``state``: the library as it was read, and what each page was made from;
- ``pages``: the finished pages, one after the other, then where each begins and what else came of it;
- ``last``: what later builds have changed, and which files the last one left in the site.

The first two are written where much has changed, the third by every build. Nothing in them is believed because it is
there. Each file names the version, configuration and theme that it is of, and begins with a digest of all that follows,
and each page has a digest of its own. What is read from them can only be values: their reader knows our value classes
and a few of Python's, and refuses everything else, since Python's pickles may name any function to be called.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import enum
import hashlib
import io
import operator
import os
import pathlib
import pickle
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from markupsafe import Markup
from mkdocs.plugins import get_plugin_logger

from mkdocs_papers.library.cache import make_cache_folder
from mkdocs_papers.library.memory import ReadingMemory, Stamp, stamp
from mkdocs_papers.library.model import Note
from mkdocs_papers.pages.contents import NoteHeader
from mkdocs_papers.pages.memory import Memory
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.records.lines import Lines, Places
from mkdocs_papers.site.files import Lookup
from mkdocs_papers.site.folding import digest_of, folded, read_chunk, unfolded
from mkdocs_papers.site.garbage import uncollected
from mkdocs_papers.site.laying import KeptPlace, Laying
from mkdocs_papers.views.facets import facet

log = get_plugin_logger(__name__)

MadeFrom = PageSource | tuple[Note, NoteHeader]
"""What a page was made from: a page of the library, or a note and what stands around it."""

_Owned = tuple[str, Stamp]
"""The source path of what a file of the site is of, and the file's stamp. An address may be another's in time."""

_MAGIC = b"mkdocs-papers kept build 1\n"
_DIGEST = 32
_TOKEN = 16
_LENGTH = 8
_HEAD = len(_MAGIC) + 2 * _DIGEST

_HELD = ".papers-kept"
"""Where pages wait, or are laid out, while MkDocs empties the site's folder: it leaves hidden names alone."""

_SHARE = 20
"""Once more than one in so many pages differs from what was written in full, all is written in full again."""

_MANY = 1000
"""From so many pages on it is worth another process to lay them out."""

_PART = ".part"
"""The end of the names of files that are not yet whole."""

_LEAST_CONSTANT = 256
"""Text that pages share is kept once, if it has at least so many bytes."""

_VALUES: frozenset[object] = frozenset(
    {
        dt.date,
        dt.datetime,
        dt.timedelta,
        dt.timezone,
        pathlib.PosixPath,
        pathlib.WindowsPath,
        Markup,
        ReadingMemory,
        Memory,
        Places,
        Lines,
        facet,
    }
)
"""What the files may name besides our dataclasses and enumerations."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that a build has written.

    Attributes:
        address: the file that it is written to, relative to the site's folder.
        lookups: the paths that it asked for, with the addresses that they had.
        entries: what the search finds on it.
        output: the page itself, where it has changed since ``pages`` was written; else empty.
        offset: where it begins in ``pages``.
        length: how many bytes it has there.
        digest: of these bytes.
    """

    address: str
    lookups: dict[Lookup, str | None]
    entries: list[Any]
    output: bytes = b""
    offset: int = 0
    length: int = 0
    digest: bytes = b""


@dataclass(slots=True)
class _State:
    token: bytes
    reading: ReadingMemory
    pages: Memory
    made_from: dict[str, MadeFrom]


@dataclass(slots=True)
class _Index:
    token: bytes
    menu: bytes
    constants: list[bytes]
    pages: dict[str, tuple[Any, ...]]


@dataclass(slots=True)
class _Last:
    token: bytes
    site: str
    made_from: dict[str, MadeFrom]
    pages: dict[str, KeptPage]
    stamps: dict[str, _Owned]
    copies: dict[str, Stamp]


def remove_held(site: Path) -> None:
    """Remove what a build that was interrupted has left in the site's folder."""
    held = site / _HELD
    if held.is_symlink():
        held.unlink()
    else:
        shutil.rmtree(held, ignore_errors=True)


class UnusableError(Exception):
    """A kept file cannot be used; its text says why."""


@dataclass
class KeptBuild:
    """The pages of the build before, and those that this build keeps for the next.

    Attributes:
        folder: the cache folder.
        ground: the digest of what every page depends on.
        site: the site's folder.
        reading: what reading the library remembers.
        memory: what making its pages remembers.
        made_from: what the pages of the build before were made from, by source path.
    """

    folder: Path
    ground: bytes
    site: Path
    reading: ReadingMemory = field(default_factory=ReadingMemory)
    memory: Memory = field(default_factory=lambda: Memory(keeps_parts=False))
    made_from: dict[str, MadeFrom] = field(default_factory=dict)
    _token: bytes = b""
    _index: _Index | None = None
    _before: _Last | None = None
    _pages: IO[bytes] | None = None
    _taken: Mapping[str, KeptPage] = field(default_factory=dict)
    _there: dict[str, Stamp] = field(default_factory=dict)
    _now: _Last | None = None
    _state: Path | None = None
    _writer: _PagesWriter | None = None
    _laying: Laying | None = None
    _planned: Mapping[str, str] = field(default_factory=dict)
    """The source paths of the pages that are laid out, by address."""

    # Before the library is read

    def open(self) -> None:
        """Read what the build before kept, if it is there and can be used; if it cannot, say so in one line.

        The pages of the site are put aside, before MkDocs empties its folder; where there are none, another process
        begins to lay them out.
        """
        for part in self.folder.glob(f"*{_PART}"):
            with contextlib.suppress(OSError):
                part.unlink()
        try:
            with uncollected():
                self._read()
        except FileNotFoundError:
            self._forget()
        except (UnusableError, OSError) as error:
            log.info("every page is built: %s cannot be used, %s", self.folder, error)
            self._forget()

    def _read(self) -> None:
        self._pages = (self.folder / "pages").open("rb")
        index = _index_of(self._pages, self.ground)
        last = _loaded(self.folder / "last", self.ground, _Last)
        if not self._hold(last):
            self._lay_out(index, last)
        # The largest, and last: in the meantime pages are laid out.
        state = _loaded(self.folder / "state", self.ground, _State)
        if not state.token == index.token == last.token:
            raise UnusableError("its files are of different builds")
        self._token, self._index, self._before = state.token, index, last
        self.reading, self.memory = state.reading, state.pages
        self.made_from = state.made_from | last.made_from
        self.reading.doubt()

    def _forget(self) -> None:
        self._stop_laying()
        remove_held(self.site)
        self._close_pages()
        self.reading, self.memory, self.made_from = ReadingMemory(), Memory(keeps_parts=False), {}
        self._index, self._before, self._token = None, None, b""

    def _close_pages(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _hold(self, last: _Last) -> bool:
        """Put the pages of the site aside, if they are those of the build before; gives whether there were any."""
        if last.site != os.fspath(self.site):
            return False
        held = self.site / _HELD
        there = [self.site / name for name in {path.partition("/")[0] for path in last.stamps if "/" in path}]
        # Where a link leads is not ours.
        there = [folder for folder in there if folder.is_dir() and not folder.is_symlink()]
        for folder in there:
            with contextlib.suppress(OSError):
                held.mkdir(exist_ok=True)
                folder.rename(held / folder.name)
        return bool(there)

    def _lay_out(self, index: _Index, last: _Last) -> None:
        """Begin to lay out the pages of the build before where they would wait if the site were there."""
        every = [(path, KeptPage(*values)) for path, values in index.pages.items() if path not in last.made_from]
        pages = [(path, page) for path, page in every if _is_inside(page.address)]
        self._planned = {page.address: path for path, page in pages}
        places = [KeptPlace(page.address, page.offset, page.length, page.digest.hex()) for _, page in pages]
        if len(places) >= _MANY:
            # Where there can be no other process, the pages are written as they come.
            with contextlib.suppress(OSError):
                self._laying = Laying(self.folder / "pages", self.site / _HELD, index.constants, places)

    def _stop_laying(self) -> dict[str, Stamp]:
        """Lay out no more pages; gives the stamps of those that are there."""
        laying, self._laying = self._laying, None
        return laying.stop() if laying else {}

    # Once the library is read, and its pages are known

    def kept(self, menu: bytes) -> Mapping[str, KeptPage]:
        """The pages of the build before by source path; none, if the menu was another."""
        if self._index is None or self._before is None or self._index.menu != menu:
            return {}
        # A page that has changed since, and was not kept then, is not what it was before that either.
        changed = self._before.made_from
        pages = {path: KeptPage(*values) for path, values in self._index.pages.items() if path not in changed}
        return {**pages, **self._before.pages}

    def settle(
        self,
        menu: bytes,
        taken: Mapping[str, KeptPage],
        own: Mapping[str, MadeFrom],
        addresses: Mapping[str, str],
        copies: Mapping[str, Stamp],
    ) -> None:
        """Decide which pages this build takes over, and begin to keep its own.

        Args:
            menu: the digest of the menu.
            taken: the pages to take over, by source path.
            own: what all pages of this build are made from, by source path.
            addresses: the files that they are written to, by source path, relative to the site's folder.
            copies: the stamps of the files that are copied as they are, by the address of the copy, which is their
                source path, too.
        """
        self._taken = taken
        copied = self._before.copies if self._before else {}
        same = {address: address for address, source in copies.items() if copied.get(address) == source}
        self._put_back({**same, **{addresses[path]: path for path in taken}})
        changed = [path for path in own if path not in taken or taken[path].output]
        if self._index is None or not self._token or self._index.menu != menu or len(changed) * _SHARE > len(own):
            changed = []
            self._token = secrets.token_bytes(_TOKEN)
            with contextlib.suppress(OSError):
                # Early: once many pages are rendered, there is less room.
                state = _State(self._token, self.reading, self.memory, dict(own))
                self._state = _written(self.folder, self.ground, state)
                constants = list(self._index.constants) if self._index else []
                self._writer = _PagesWriter(self.folder, _Index(self._token, menu, constants, {}))
        if changed or self._writer or taken:
            self._now = _Last(self._token, os.fspath(self.site), {path: own[path] for path in changed}, {}, {}, {})
        # What was remembered is written, or still lies there: the pages need it no more.
        self.reading, self.memory, self.made_from = ReadingMemory(), Memory(keeps_parts=False), {}

    def _put_back(self, wanted: Mapping[str, str]) -> None:
        """Put the pages that were set aside, or laid out, in their places; those that are not wanted go.

        Args:
            wanted: the source paths of what is wanted, by address.
        """
        laid = self._stop_laying()
        held, back = self.site / _HELD, set()
        for folder in _folders_in(held) if self._before else ():
            # What cannot be moved is written anew.
            with contextlib.suppress(OSError):
                if not (self.site / folder.name).exists():
                    folder.rename(self.site / folder.name)
                    back.add(folder.name)
        remove_held(self.site)
        if laid:
            for address, found in laid.items():
                if address.partition("/")[0] in back:
                    if wanted.get(address, "") == self._planned.get(address):
                        self._there[address] = found
                    else:
                        _remove(self.site, address)
        elif self._before:
            owned = self._before.stamps.items()
            stamps = {address: found for address, (path, found) in owned if wanted.get(address) == path}
            for name in back:
                _prune(os.fspath(self.site / name), f"{name}/", stamps, self._there)

    # While pages are written

    def take(self, path: str) -> KeptPage | None:
        """The page of the build before that this build takes over, or None."""
        return self._taken.get(path)

    def stamp_of(self, address: str) -> Stamp | None:
        """The stamp of a file of the site, if it is there just as the build before left it; else None."""
        return self._there.get(address)

    def content(self, page: KeptPage) -> bytes:
        """A page as it is written.

        Raises:
            DamagedError: it is damaged.
            OSError: it cannot be read.
        """
        if page.output:
            return page.output
        assert self._index is not None  # noqa: S101 - pages that lie there were found there
        return unfolded(self._chunk(page), self._index.constants)

    def _chunk(self, page: KeptPage) -> bytes:
        assert self._pages is not None  # noqa: S101 - as above
        return read_chunk(self._pages, page.offset, page.length, page.digest)

    def keep_stamp(self, path: str, address: str, stamp: Stamp | None) -> None:
        """Keep the stamp of a file of the site, where it is known; in any thread.

        Args:
            path: the source path of the page.
            address: the file, relative to the site's folder.
            stamp: its stamp.
        """
        if self._now is not None and stamp is not None:
            self._now.stamps[address] = (path, stamp)

    def keep_copy(self, address: str, stamp: Stamp, source: Stamp) -> None:
        """Keep the stamps of a file that was copied.

        Args:
            address: the copy, relative to the site's folder, and its source path.
            stamp: the stamp of the copy.
            source: the stamp of the file.
        """
        if self._now is not None:
            self._now.stamps[address] = (address, stamp)
            self._now.copies[address] = source

    def keep_taken(self, path: str, page: KeptPage) -> None:
        """Keep a page that was taken over.

        Args:
            path: its source path.
            page: the page.

        Raises:
            DamagedError: it is damaged.
        """
        if self._now is None:
            return
        if self._writer is None:
            if page.output:
                self._now.pages[path] = page
        elif page.output:
            self._writer.add(path, page, page.output, ())
        else:
            self._writer.add_folded(path, page, self._chunk(page))

    def keep(self, path: str, page: KeptPage, constants: Iterable[bytes]) -> None:
        """Keep a page that was rendered.

        Args:
            path: its source path.
            page: the page, with its output.
            constants: text in it that other pages share, in order.
        """
        if self._now is None:
            return
        if self._writer is not None:
            self._writer.add(path, page, page.output, constants)
        else:
            self._now.pages[path] = page

    # At the end

    def close(self) -> None:
        """Write down what this build keeps."""
        if self._now is not None:
            # A cache that cannot be written costs time next time, and nothing else.
            with contextlib.suppress(OSError), uncollected():
                if self._writer is not None and self._state is not None:
                    pages = self._writer.finished(self.ground)
                    self._state.replace(self.folder / "state")
                    pages.replace(self.folder / "pages")
                _written(self.folder, self.ground, self._now).replace(self.folder / "last")
        self._close_pages()

    def abandon(self) -> None:
        """Leave what the build before kept as it is."""
        self._stop_laying()
        remove_held(self.site)
        self._close_pages()
        if self._writer is not None:
            self._writer.abandon()
        if self._state is not None:
            self._state.unlink(missing_ok=True)


class _PagesWriter:
    """Writes the file of pages.

    Raises:
        OSError: the folder cannot be written to.
    """

    def __init__(self, folder: Path, index: _Index) -> None:
        self._path, self._file = _part(folder)
        self._index = index
        self._numbers = {constant: number for number, constant in enumerate(index.constants)}
        self._offset = 0
        self._broken: OSError | None = None

    def add(self, path: str, page: KeptPage, output: bytes, constants: Iterable[bytes]) -> None:
        """Add a page."""
        chunk = folded(output, self._known(constants))
        if chunk is not None:
            self.add_folded(path, page, chunk)

    def add_folded(self, path: str, page: KeptPage, chunk: bytes) -> None:
        """Add a page that is folded already."""
        try:
            self._file.write(chunk)
        except OSError as error:
            self._broken = error
        where = (self._offset, len(chunk), digest_of(chunk))
        self._index.pages[path] = (page.address, page.lookups, page.entries, b"", *where)
        self._offset += len(chunk)

    def _known(self, constants: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
        for constant in constants:
            if len(constant) >= _LEAST_CONSTANT:
                number = self._numbers.setdefault(constant, len(self._numbers))
                if number == len(self._index.constants):
                    self._index.constants.append(constant)
                yield number, constant

    def finished(self, ground: bytes) -> Path:
        """End the file; gives where it is.

        Raises:
            OSError: something of it could not be written.
        """
        with self._file as file:
            buffer = io.BytesIO()
            _ValueWriter(buffer, pickle.HIGHEST_PROTOCOL).dump(self._index)
            content = buffer.getbuffer()
            file.write(content)
            file.write(_head(ground, content))
            file.write(len(content).to_bytes(_LENGTH, "big"))
        if self._broken:
            raise self._broken
        return self._path

    def abandon(self) -> None:
        """Throw away what was written."""
        with contextlib.suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)


def _is_inside(address: str) -> bool:
    """Whether an address leads into a folder of the site and nowhere else, on Windows too."""
    is_plain = not any(mark in address for mark in ("\\", ":", "\0"))
    return is_plain and "/" in address and not {"", ".", ".."}.intersection(address.split("/"))


def _folders_in(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if not each.is_symlink()] if folder.is_dir() else []


def _remove(site: Path, address: str) -> None:
    """Remove a file of the site, and the folders that are empty then."""
    path = site / address
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        while (path := path.parent) != site:
            path.rmdir()


def _prune(folder: str, prefix: str, wanted: Mapping[str, Stamp], kept: dict[str, Stamp]) -> bool:
    """Remove everything below a folder but the wanted files that are as they were left, which are noted down.

    Returns:
        Whether anything is left of the folder.
    """
    left = False
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                left |= _prune(entry.path, f"{path}/", wanted, kept)
                continue
            found = stamp(entry.stat(follow_symlinks=False))
            if wanted.get(path) == found:
                kept[path] = found
                left = True
            else:
                os.unlink(entry.path)  # noqa: PTH108 - there are many thousands
    if not left:
        os.rmdir(folder)  # noqa: PTH106 - as above
    return left


# Files that are not believed unless they are whole


def _head(ground: bytes, content: memoryview) -> bytes:
    return _MAGIC + ground + hashlib.blake2b(content, digest_size=_DIGEST).digest()


def _part(folder: Path) -> tuple[Path, IO[bytes]]:
    make_cache_folder(folder)
    handle, name = tempfile.mkstemp(dir=folder, suffix=_PART)
    return Path(name), os.fdopen(handle, "wb", buffering=1 << 20)


def _written(folder: Path, ground: bytes, value: object) -> Path:
    """Write a value; gives the file, which still has to be put in its place."""
    path, file = _part(folder)
    with uncollected(), file:
        digesting = _Digesting(file)
        file.write(bytes(_HEAD))
        _ValueWriter(digesting, pickle.HIGHEST_PROTOCOL).dump(value)
        file.seek(0)
        file.write(_MAGIC + ground + digesting.digest())
    return path


class _Digesting:
    """Passes on what is written, and takes its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.blake2b(digest_size=_DIGEST)

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        return self._file.write(content)

    def digest(self) -> bytes:
        return self._digest.digest()


def _loaded(path: Path, ground: bytes, kind: type[Any]) -> Any:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        digest = hashlib.blake2b(digest_size=_DIGEST)
        while content := file.read(1 << 20):
            digest.update(content)
        file.seek(_HEAD)
        return _checked(file, head, ground, digest.digest(), kind)


def _index_of(pages: IO[bytes], ground: bytes) -> _Index:
    end = pages.seek(0, os.SEEK_END) - _LENGTH - _HEAD
    pages.seek(max(end, 0))
    head = pages.read(_HEAD)
    length = int.from_bytes(pages.read(_LENGTH), "big")
    if end < 0 or length > end:
        raise UnusableError("a file in it is damaged")
    pages.seek(end - length)
    content = pages.read(length)
    digest = hashlib.blake2b(content, digest_size=_DIGEST).digest()
    found: _Index = _checked(io.BytesIO(content), head, ground, digest, _Index)
    return found


def _checked(content: IO[bytes], head: bytes, ground: bytes, digest: bytes, kind: type[Any]) -> Any:
    if not head.startswith(_MAGIC):
        raise UnusableError("it is damaged, or of another version")
    if head[len(_MAGIC) : -_DIGEST] != ground:
        raise UnusableError("it is of another configuration, theme or version")
    if head[-_DIGEST:] != digest:
        raise UnusableError("a file in it is damaged")
    try:
        found = _ValueReader(content).load()
    except Exception as error:  # whatever a pickle that is none of ours leads to
        raise UnusableError(f"a file in it holds what it must not ({error})") from error
    if type(found) is not kind:
        raise UnusableError("a file in it stands for another")
    return found


class _ValueWriter(pickle.Pickler):
    """Writes values: our dataclasses as calls with all their fields, which are read several times as fast."""

    def __init__(self, file: Any, protocol: int) -> None:
        super().__init__(file, protocol)
        self._fields: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}

    def reducer_override(self, value: Any) -> Any:
        """How a value is written."""
        kind = type(value)
        if kind not in self._fields:
            self._fields[kind] = _fields_of(kind)
        fields = self._fields[kind]
        return NotImplemented if fields is None else (kind, fields(value))


def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the fields of a dataclass in the order in which it takes them; None for what is no such class."""
    if not dataclasses.is_dataclass(kind) or "__reduce__" in vars(kind):
        return None
    fields = dataclasses.fields(kind)
    if not all(each.init for each in fields):
        return None
    names = [each.name for each in fields]
    if len(names) < 2:  # noqa: PLR2004 - attrgetter gives one value by itself
        return lambda value: tuple(getattr(value, name) for name in names)
    return operator.attrgetter(*names)


class _ValueReader(pickle.Unpickler):
    """Reads values, and refuses whatever could act."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one of a value."""
        if module.partition(".")[0] in ("mkdocs_papers", "datetime", "pathlib", "markupsafe"):
            found = super().find_class(module, name)
            is_ours = isinstance(found, type) and found.__module__.startswith("mkdocs_papers.")
            if found in _VALUES or (is_ours and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum))):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
