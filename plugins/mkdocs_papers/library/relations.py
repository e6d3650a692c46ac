"""What a paper has to do with the rest of its library: its note, its cover, its baselines, other records of it."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Each, Groups, Mapped
from mkdocs_papers.library import attachments
from mkdocs_papers.library.edits import edits_of_file
from mkdocs_papers.library.folder import COVER_SUFFIXES, NOTE_SUFFIXES
from mkdocs_papers.library.keys import Keys, Meant, former_keys, looks_like_key
from mkdocs_papers.library.model import Attachment, Baseline, Paper
from mkdocs_papers.library.notes_folder import NotesFolder
from mkdocs_papers.library.papers import baselines, parsed
from mkdocs_papers.records.addresses import http_address, is_address
from mkdocs_papers.records.draft import dotted
from mkdocs_papers.records.problem import Edit, Problem, problem
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import Path

_BACKSLASH = "\\"
_MOST_SUGGESTIONS = 50
"""After so many problems of one record no nearest key is looked for: a hostile record may hold 50,000 wrong ones."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A paper with what it has to do with the rest of its library, and what leads nowhere, or not as written."""

    paper: Paper
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SameWork:
    """The other records of a paper's work that its own record names, and what is wrong with how it names them."""

    keys: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


_NONE = SameWork()
_written_same_work: Mapped[[], str, Path] = Mapped(parsed, lambda paper: paper.record.info.same_work or None)


@query
def _same_work(db: Database, key: str) -> SameWork:
    finder = _Finder(db, parsed.at(db, key).record)
    return SameWork(tuple(dict.fromkeys(finder.same_work())), tuple(finder.problems))


same_work: Each[[], str, SameWork] = Each(_same_work, _written_same_work.names)
"""The other records that each record names as those of its work, by its key; a record that names none is left out."""

_naming: Groups[[], str, str] = Groups(same_work, lambda _, named: named.keys)


@query
def resolved(db: Database, key: str) -> Resolved:
    """A paper with what it has to do with the rest of its library."""
    paper = parsed.at(db, key)
    finder = _Finder(db, paper.record)
    note = finder.attachment("note", NOTE_SUFFIXES)
    cover = finder.attachment("cover", COVER_SUFFIXES)
    found = tuple(dict.fromkeys(finder.baselines()))
    finder.check_former_keys(paper)
    own = _same_work(db, key) if paper.record.info.same_work else _NONE
    others = {*own.keys, *(_naming.get(db, key) or ())}
    problems = (*finder.problems, *own.problems)
    if note or cover or found or others:
        paper = dataclasses.replace(paper, note=note, cover=cover, baselines=found, same_work=tuple(sorted(others)))
    return Resolved(paper, problems)


_resolved: Each[[], str, Resolved] = Each(resolved, parsed.names)

papers: Mapped[[], str, Paper] = Mapped(_resolved, lambda each: each.paper)
"""The papers by key, in order of key."""

wrong_relations: Mapped[[], str, tuple[Problem, ...]] = Mapped(_resolved, lambda each: each.problems or None)
"""What of each record leads nowhere, or not as written, by key."""


@dataclass(slots=True)
class _Finder:
    """Finds what a record leads to, and what is wrong with how it says so."""

    db: Database
    record: Record
    problems: list[Problem] = field(default_factory=list)

    def attachment(self, block: str, suffixes: tuple[str, ...]) -> Attachment | None:
        """The note or cover that the record names in that block."""
        written = getattr(self.record.info, block).url
        if written is None:
            path = attachments.default_note(self.record.key, NotesFolder(self.db)) if block == "note" else None
            return Attachment(path=path) if path else None
        url = written.strip()
        if not url:
            return None
        if is_address(url):
            address = http_address(url)
            return Attachment(address=address) if address else None
        return self._file(block, url, suffixes)

    def _file(self, block: str, url: str, suffixes: tuple[str, ...]) -> Attachment | None:
        at, key, folder = (block, "url"), self.record.key, NotesFolder(self.db)
        found = attachments.find(url, key, folder)
        if found.path is None:
            if found.outside:
                right = f"write {url.replace(_BACKSLASH, '/')!r}" if _BACKSLASH in url else "name a file below it"
                self._report("outside-notes", at, f"the {block} {url!r} {found.why}", right)
            else:
                near = attachments.nearest(url, key, folder, suffixes)
                right = f"did you mean {near!r}?" if near else ""
                self._report(f"missing-{block}", at, f"the {block} {url!r} {found.why}", right)
            return None
        if not found.path.lower().endswith(suffixes):
            kind = "Markdown file" if block == "note" else "picture"
            right = f"name a file that ends with {', '.join(suffixes[:-1])} or {suffixes[-1]}"
            self._report("wrong-file-type", at, f"the {block} {url!r} is no {kind}", right)
            return None
        if not found.exact:
            wrong = f"the {block} {url!r} is there in other letter case only"
            self._report(f"wrong-case-{block}", at, wrong, f"write {found.written!r}", found.written)
        return Attachment(path=found.path)

    def baselines(self) -> Iterator[Baseline]:
        """What the record names as baselines."""
        own = self.record.key
        for i, written in baselines(self.record):
            if not looks_like_key(written):
                yield Baseline(written, Keys(self.db).by_name(written, own))
                continue
            meant = self._meant("baseline", ("baseline", "methods", i), written, "write the method's name")
            paper = meant.key and parsed.get(self.db, meant.key)
            yield Baseline(paper.name, paper.key if paper.key != own else None) if paper else Baseline(written)

    def same_work(self) -> Iterator[str]:
        """The keys of the records that the record names as other ones of its work."""
        for i, written in enumerate(self.record.info.same_work):
            if written.strip():
                key = self._meant("same-work", ("same_work", i), written.strip(), "").key
                if key and key != self.record.key and parsed.get(self.db, key):
                    yield key

    def check_former_keys(self, paper: Paper) -> None:
        """Name the keys that the record had before and another has now, or had before as well."""
        keys = Keys(self.db)
        for i, written in enumerate(paper.record.info.former_keys):
            key = written.strip()
            if key not in former_keys(paper):
                continue
            now = [other for other in keys.now_at(key) if other != paper.key]
            first = keys.by_former_key(key)
            if now or (first and first != paper.key):
                wrong = f"the key {key!r} is that of another record now" if now else f"{first} had the key {key!r} too"
                self._report("taken-former-key", ("former_keys", i), wrong, "take it out: it leads to the other one")

    def _meant(self, what: str, at: tuple[str | int, ...], written: str, instead: str) -> Meant:
        """What a key means; a problem where that is nothing, or it is not written as the record's."""
        suggest = len(self.problems) < _MOST_SUGGESTIONS
        meant = Keys(self.db).by_key(written, self.record.key, suggest=suggest)
        if meant.key is None:
            right = f"did you mean {meant.suggestion!r}?" if meant.suggestion else instead
            self._report(f"missing-{what}", at, f"no record has the key {written!r}", right)
        elif not meant.exact:
            wrong = f"the key {written!r} is not written as its record's"
            if meant.former:
                wrong = f"the record that had the key {written!r} has another now"
            self._report(f"wrong-case-{what}", at, wrong, f"write {meant.key!r}", meant.key)
        return meant

    def _report(self, code: str, path: tuple[str | int, ...], wrong: str, right: str, new: str = "") -> None:
        """Note a problem of a value, and the edit that makes it a new one where one is given."""
        record = self.record
        place = record.place(*path)
        edits: tuple[Edit, ...] = ()
        if new:
            value: object = record.info
            for step in path:
                value = value[step] if isinstance(value, tuple) and isinstance(step, int) else getattr(value, str(step))
            edits = edits_of_file(self.db, record.path, place, str(value).strip(), new)
        self.problems.append(problem(code, record.path, place, wrong, right, dotted(path), edits))
