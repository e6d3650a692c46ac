"""What a paper has to do with the rest of its library: its note, its cover, its baselines, other records of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from mkdocs_papers.library import attachments
from mkdocs_papers.library.addresses import http_address
from mkdocs_papers.library.edits import replaced
from mkdocs_papers.library.folder import COVER_SUFFIXES, NOTE_SUFFIXES, NotesFolder
from mkdocs_papers.library.keys import Keys, looks_like_key, words
from mkdocs_papers.library.model import Attachment, Baseline, Paper
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.papers import baselines
from mkdocs_papers.records.addresses import is_address
from mkdocs_papers.records.codes import problem
from mkdocs_papers.records.problem import Edit, Problem
from mkdocs_papers.records.record import Record

_BACKSLASH = "\\"
_MOST_SUGGESTIONS = 50
"""After so many problems of one record no nearest key is looked for: a hostile record may hold 50,000 wrong ones."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What one paper has to do with the rest of its library.

    Attributes:
        note: its note, or None.
        cover: its picture, or None.
        baselines: what it compares itself with.
        same_work: keys that its own record names.
        problems: what of its record leads nowhere, or not as written.
        words: what it is named by that its record names, and the keys of that, without letter case.
    """

    note: Attachment | None = None
    cover: Attachment | None = None
    baselines: tuple[Baseline, ...] = ()
    same_work: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What is not as it was among what relations lead to.

    Attributes:
        words: what the records are found by that came, went, or are called otherwise now, without letter case.
        names: the names of the files below the notes folder that came or went, without letter case.
        folders: where these lie, below the notes folder.
    """

    words: AbstractSet[str]
    names: AbstractSet[str]
    folders: AbstractSet[str]

    def may_touch(self, paper: Paper, known: Relations) -> bool:
        """Whether the relations of a paper, which has not changed, may be others now."""
        # What leads nowhere may lead somewhere now, and what comes nearest to it may be something else.
        return bool(known.problems) or not self.words.isdisjoint(known.words) or self._touch_files(paper)

    def _touch_files(self, paper: Paper) -> bool:
        if not self.names:
            return False
        info = paper.record.info
        if info.note.url is None and paper.key in self.folders:
            return True
        # Wherever a record's path is looked for, the file has the same name.
        urls = [url.strip().rstrip("/") for url in (info.note.url, info.cover.url) if url]
        return any(fold_case(url.rpartition("/")[2]) in self.names or url.endswith(".") for url in urls)


@dataclass
class Finder:
    """Finds the relations of papers.

    Attributes:
        keys: the library's keys.
        notes: the files below the notes folder.
        text: gives the text of a file, by its path relative to the root.
    """

    keys: Keys
    notes: NotesFolder
    text: Callable[[str], str]
    _problems: list[Problem] = field(default_factory=list)

    def relations(self, paper: Paper) -> Relations:
        """The relations of one paper."""
        self._problems = []
        record = paper.record
        note = self._attachment(record, "note", NOTE_SUFFIXES)
        cover = self._attachment(record, "cover", COVER_SUFFIXES)
        found = tuple(dict.fromkeys(self._baselines(record)))
        same_work = tuple(dict.fromkeys(self._same_work(record)))
        named = [*[written for _, written in baselines(record)], *map(str.strip, record.info.same_work)]
        keys = [baseline.key for baseline in found if baseline.key is not None]
        words = tuple(dict.fromkeys(map(fold_case, (*named, *keys))))
        return Relations(note, cover, found, same_work, tuple(self._problems), words)

    def changes(self, keys: Keys, notes: NotesFolder) -> Changes | None:
        """What is not as it was.

        Args:
            keys: the library's keys the time before.
            notes: the notes folder the time before.

        Returns:
            None where all is as it was.
        """
        if keys is self.keys and notes is self.notes:
            return None
        others = [*self.keys.differing(keys), *keys.differing(self.keys)]
        paths = () if notes is self.notes else self.notes.known ^ notes.known
        return Changes(
            words=frozenset([word for other in others for word in words(other)]),
            names=frozenset([fold_case(path.rpartition("/")[2]) for path in paths]),
            folders=frozenset([path.rpartition("/")[0] for path in paths]),
        )

    def _report(
        self, code: str, record: Record, path: tuple[str | int, ...], wrong: str, right: str, new: str = ""
    ) -> None:
        """Note a problem of a value, and the edit that makes it a new one where one is given."""
        place = record.place(*path)
        edits: tuple[Edit, ...] = ()
        if new:
            value: object = record.info
            for step in path:
                value = value[step] if isinstance(value, tuple) and isinstance(step, int) else getattr(value, str(step))
            in_yaml = not record.path.lower().endswith(".prototxt")
            edits = replaced(self.text(record.path), place, str(value).strip(), new, in_yaml=in_yaml)
        name = ".".join(step for step in path if isinstance(step, str))
        self._problems.append(problem(code, record.path, place, wrong, right, name, edits))

    def _attachment(self, record: Record, block: str, suffixes: tuple[str, ...]) -> Attachment | None:
        """The note or cover that the record names in that block."""
        written = getattr(record.info, block).url
        if written is None:
            path = attachments.default_note(record.key, self.notes) if block == "note" else None
            return Attachment(path=path) if path else None
        url = written.strip()
        if not url:
            return None
        if is_address(url):
            address = http_address(url)
            return Attachment(address=address) if address else None
        return self._file(record, block, url, suffixes)

    def _file(self, record: Record, block: str, url: str, suffixes: tuple[str, ...]) -> Attachment | None:
        at = (block, "url")
        found = attachments.find(url, record.key, self.notes)
        if found.path is None:
            if found.outside:
                right = f"write {url.replace(_BACKSLASH, '/')!r}" if _BACKSLASH in url else "name a file below it"
                self._report("outside-notes", record, at, f"the {block} {url!r} {found.why}", right)
            else:
                near = attachments.nearest(url, record.key, self.notes, suffixes)
                right = f"did you mean {near!r}?" if near else ""
                self._report(f"missing-{block}", record, at, f"the {block} {url!r} {found.why}", right)
            return None
        if not found.path.lower().endswith(suffixes):
            kind = "Markdown file" if block == "note" else "picture"
            right = f"name a file that ends with {', '.join(suffixes[:-1])} or {suffixes[-1]}"
            self._report("wrong-file-type", record, at, f"the {block} {url!r} is no {kind}", right)
            return None
        if not found.exact:
            wrong = f"the {block} {url!r} is there in other letter case only"
            self._report(f"wrong-case-{block}", record, at, wrong, f"write {found.written!r}", found.written)
        return Attachment(path=found.path)

    def _baselines(self, record: Record) -> Iterator[Baseline]:
        for i, written in baselines(record):
            at = ("baseline", "methods", i)
            if not looks_like_key(written):
                yield Baseline(written, self.keys.by_name(written, record.key))
                continue
            meant = self.keys.by_key(written, record.key, suggest=len(self._problems) < _MOST_SUGGESTIONS)
            if meant.key is None:
                right = f"did you mean {meant.suggestion!r}?" if meant.suggestion else "write the method's name"
                self._report("missing-baseline", record, at, f"no record has the key {written!r}", right)
            elif not meant.exact:
                wrong = f"the key {written!r} is not written as its record's"
                self._report("wrong-case-baseline", record, at, wrong, f"write {meant.key!r}", meant.key)
            paper = self.keys.papers.get(meant.key or "")
            if paper is None:
                yield Baseline(written)
            else:
                yield Baseline(paper.name, paper.key if paper.key != record.key else None)

    def _same_work(self, record: Record) -> Iterator[str]:
        for i, written in enumerate(record.info.same_work):
            key = written.strip()
            if not key:
                continue
            meant = self.keys.by_key(key, record.key, suggest=len(self._problems) < _MOST_SUGGESTIONS)
            if meant.key is None:
                right = f"did you mean {meant.suggestion!r}?" if meant.suggestion else ""
                self._report("missing-same-work", record, ("same_work", i), f"no record has the key {key!r}", right)
            elif not meant.exact:
                wrong = f"the key {key!r} is not written as its record's"
                self._report("wrong-case-same-work", record, ("same_work", i), wrong, f"write {meant.key!r}", meant.key)
            if meant.key and meant.key in self.keys.papers and meant.key != record.key:
                yield meant.key
