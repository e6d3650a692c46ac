"""From a folder of records and notes to a `Library`."""

import functools
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.folder import ChangedPaths, FoundFile, Listing, find_notes, find_records, is_note
from mkdocs_papers.library.library_inputs import FILES, NOT_READ, READINGS, RECORDS, SETTINGS, TEXTS
from mkdocs_papers.library.library_notes import notes
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.notes import NoteText, read_note
from mkdocs_papers.library.notes_folder import other_files
from mkdocs_papers.library.problems import problems, unreadable
from mkdocs_papers.library.relations import papers
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.limits import LARGEST_NOTE, LARGEST_RECORD
from mkdocs_papers.records.problem import Place, Problem, problem
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Reading

Value = TypeVar("Value")


def load(settings: Settings, memory: ReadingMemory | None = None) -> Library:
    """Read a library.

    Never raises on what its files hold: what is wrong is among the library's problems. A missing folder is an empty
    library.

    Args:
        memory: what was read of its files before: this call opens only those that have changed since.

    Raises:
        OSError: a folder is there and cannot be listed.
    """
    return LibraryReader(settings, memory, Database(keeps_up=False)).read()


def library_of(db: Database) -> Library:
    """The library that a database holds."""
    stamps = other_files(db)
    return Library(
        papers=papers(db),
        notes=notes(db),
        files=tuple(stamps),
        stamps=stamps,
        unreadable=unreadable(db),
        problems=problems(db),
    )


@dataclass
class _Files(Generic[Value]):
    """The files of one folder, as they were read the last time.

    Attributes:
        kind: what they are read as.
        folder: where they are, relative to the root.
        limit: how many bytes of each are read at most.
        wanted: says of a path whether it is read.
        parse: what gives the value of a file from its path, relative to the root, and its content.
        failed: what gives the value of a file that cannot be opened from its path and the reason.
        values: the value of each, by path below the folder.
        not_opened: the paths of those that were wanted and could not be opened.
        changed: the paths of those of which the last reading gave another value, or none any more.
    """

    kind: str
    folder: str
    limit: int
    wanted: Callable[[str], bool]
    parse: Callable[[str, bytes], Value]
    failed: Callable[[str, str], Value]
    listing: Listing = field(default_factory=Listing)
    values: Mapping[str, Value] = field(default_factory=dict)
    not_opened: AbstractSet[str] = frozenset()
    changed: AbstractSet[str] = frozenset()

    def read(self, listing: Listing, memory: ReadingMemory) -> Mapping[str, Value]:
        """The values of files, in order; the very same mapping as the last time where nothing has changed."""
        old = self.values
        may_differ = self.not_opened | {path.removeprefix(f"{self.folder}/") for path in memory.uncertain(self.kind)}
        to_read = listing.changed.keys() | (may_differ & listing.files.keys())
        new = {path: self._value(listing.files[path], memory) for path in filter(self.wanted, to_read)}
        self.not_opened = {path for path, value in new.items() if value is None}
        gone = (listing.gone | self.not_opened) & old.keys()
        changed = {path: value for path, value in new.items() if value is not None and value is not old.get(path)}
        if changed or gone:
            values = {**old, **changed}
            if gone or not changed.keys() <= old.keys():
                values = {path: values[path] for path in listing.files if path in values and path not in gone}
            self.values = values
        self.changed = changed.keys() | gone
        memory.forget(self.kind, {f"{self.folder}/{path}" for path in listing.gone | self.not_opened})
        self.listing = listing
        return self.values

    def _value(self, file: FoundFile, memory: ReadingMemory) -> Value | None:
        path = f"{self.folder}/{file.path}"
        content, parse = functools.partial(file.content, self.limit + 1), functools.partial(self.parse, path)
        try:
            return memory.memoize(self.kind, path, file.stamp, content, parse)
        except FileNotFoundError:  # it was deleted meanwhile
            return None
        except OSError as error:
            return self.failed(path, f"the file cannot be opened: {error.strerror}")


def _keyed(paths: Iterable[str], folder: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The keys of the records in a folder, of two files with one key the first; and the problems of the others."""
    keys = {path: _key(path) for path in paths}
    first = {key: path for path, key in reversed(keys.items())}
    repeated: list[Problem] = []
    for path in [path for path, key in keys.items() if first[key] != path]:
        key = keys.pop(path)
        wrong = f"{folder}/{first[key]} has the same key, {key!r}, so this file is not read"
        right = "keep one of the two files"
        repeated.append(problem("repeated-record", f"{folder}/{path}", Place(), wrong, right))
    return keys, tuple(repeated)


def _key(path: str) -> str:
    """The key of a record by its path below their folder."""
    return path.rpartition(".")[0]


class LibraryReader:
    """Reads the files of a library, and again those that have changed."""

    def __init__(self, settings: Settings, memory: ReadingMemory | None = None, db: Database | None = None) -> None:
        self._settings = settings
        self._memory = ReadingMemory() if memory is None else memory
        self._db = Database() if db is None else db
        # Something else may be wanted of them now.
        self._memory.forget_folders()
        alike = {
            path for path, _, note in self._memory.values("note") if note.markdown_in_html == settings.markdown_in_html
        }
        self._memory.keep_only("note", alike)
        # No method of its own, which would keep it, and all that a build has read, until garbage is looked for.
        reading = functools.partial(_reading, settings.meta)
        self._records = _Files("record", settings.meta, LARGEST_RECORD, lambda _path: True, reading, _unreadable_record)
        self._keys, self._repeated = dict[str, str](), tuple[Problem, ...]()
        self._is_read = False
        read = functools.partial(read_note, markdown_in_html=settings.markdown_in_html)
        self._notes = _Files("note", settings.notes, LARGEST_NOTE, is_note, read, _unreadable_note)

    def read(self, changed_paths: Callable[[str], ChangedPaths] = lambda _: None) -> Library:
        """Read the library.

        Args:
            changed_paths: gives for a folder, relative to the root, which files may have changed since the call before.

        Raises:
            OSError: a folder is there and cannot be listed.
        """
        settings, memory, db = self._settings, self._memory, self._db
        # What a reading has heard that raises, the next one does not hear again.
        goes_on, self._is_read = self._is_read, False
        changed = {folder: changed_paths(folder) for folder in {settings.meta, settings.notes}} if goes_on else {}
        found_records = find_records(settings, self._records.listing, memory, changed.get(settings.meta))
        found_notes = find_notes(settings, self._notes.listing, memory, changed.get(settings.notes))
        known = self._records.values
        readings, texts = self._records.read(found_records, memory), self._notes.read(found_notes, memory)
        unusable = [
            *[_unusable_name(f"{settings.meta}/{path}") for path in found_records.unusable],
            *[_unusable_name(f"{settings.notes}/{path}") for path in found_notes.unusable],
        ]
        db.look_again()
        db.set(SETTINGS, settings)
        differing = self._records.changed
        if readings.keys() != known.keys() or not goes_on:
            repeated, (self._keys, self._repeated) = self._repeated, _keyed(readings, settings.meta)
            records = {f"{settings.meta}/{path}": key for path, key in self._keys.items()}
            # Of two files with one key another may count now.
            is_known = goes_on and not repeated and not self._repeated
            db.set(RECORDS, records, {f"{settings.meta}/{path}" for path in differing} if is_known else None)
        if readings is not known or not goes_on:
            values = {key: readings[path] for path, key in self._keys.items()}
            db.set(READINGS, values, set(map(_key, differing)) if goes_on else None)
        db.set(TEXTS, texts, self._notes.changed if goes_on else None)
        if found_notes.changed or found_notes.gone or not goes_on:
            stamps = {path: file.stamp for path, file in found_notes.files.items()}
            db.set(FILES, stamps, found_notes.changed.keys() | found_notes.gone if goes_on else None)
        db.set(NOT_READ, (*unusable, *self._repeated))
        self._is_read = True
        return library_of(db)


def _reading(folder: str, path: str, content: bytes) -> Reading:
    """What is read of a record below a folder."""
    return read_record(path, _key(path[len(folder) + 1 :]), content)


def _unreadable_record(path: str, why: str) -> Reading:
    """What is read of a record that cannot be opened."""
    return Reading(None, (problem("syntax", path, Place(), why),))


def _unreadable_note(path: str, why: str) -> NoteText:
    """The same of a note."""
    wrong = problem("unusable-note", path, Place(), why)
    return NoteText("", draft=False, date=None, meta={}, text="", first_line=1, excerpt="", words=0, problems=(wrong,))


def _unusable_name(path: str) -> Problem:
    """The problem of a file whose name no address can hold."""
    return problem("file-name", path, Place(), "the file's name holds a control character", "rename it")
