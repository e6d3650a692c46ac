"""The notes of a library, and whose they are."""

import posixpath

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Each, Groups, Mapped
from mkdocs_papers.library.library_inputs import READINGS, SETTINGS, TEXTS
from mkdocs_papers.library.model import Note
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.library.notes import excerpt_of
from mkdocs_papers.library.relations import papers
from mkdocs_papers.library.targets import link_problems
from mkdocs_papers.records.problem import Place, Problem, problem

_owners: Groups[[], str, str] = Groups(
    papers, lambda _, paper: (paper.note.path,) if paper.note and paper.note.path else ()
)
"""The keys of the papers that have a note, by its path."""


@query
def note(db: Database, path: str) -> Note:
    """A note, with the papers that name it."""
    text, of = TEXTS.at(db, path), _owners.get(db, path) or ()
    title = text.title or (papers.at(db, of[0]).title if of else path.rpartition("/")[2].rpartition(".")[0])
    return Note(
        path=path,
        title=title,
        draft=text.draft,
        date=text.date,
        excerpt=excerpt_of(text, [papers.at(db, key).title for key in of]),
        words=text.words,
        papers=of,
        text=text.text,
        first_line=text.first_line,
        meta=text.meta,
        targets=text.targets,
    )


notes: Each[[], str, Note] = Each(note, TEXTS.names)
"""The notes by path, in order of path."""


unreadable: Mapped[[], str, tuple[Problem, ...]] = Mapped(
    READINGS, lambda reading: reading.problems if reading.record is None else None
)
"""What is wrong with records that cannot be read, by key."""

_unread_by_key: Groups[[], str, str] = Groups(unreadable, lambda key, _: (fold_case(key),))
_unread_by_stem: Groups[[], str, str] = Groups(unreadable, lambda key, _: (fold_case(key).partition("/")[2],))
_without_note: Groups[[], str, str] = Groups(papers, lambda key, paper: () if paper.note else (fold_case(key),))


@query
def _wrong_in_note(db: Database, path: str) -> tuple[Problem, ...]:
    """What is wrong with a note."""
    orphan = () if _owners.get(db, path) else _orphan(db, path)
    return (*TEXTS.at(db, path).problems, *orphan, *link_problems(db, path))


def _orphan(db: Database, path: str) -> tuple[Problem, ...]:
    """The problem of a note that no record names, unless a record that cannot be read may name it."""
    folder, _, name = fold_case(path).rpartition("/")
    if _unread_by_key.get(db, folder) or _unread_by_stem.get(db, name.rpartition(".")[0]):
        return ()
    right = "name it in a record: note { url }"
    if keys := _without_note.get(db, folder):
        url = posixpath.relpath(path, keys[-1])
        right = f"name it in {papers.at(db, keys[-1]).record.path}: note {{ url: {url!r} }}"
    return (problem("orphan-note", f"{SETTINGS(db).notes}/{path}", Place(), "no record names this note", right),)


wrong_in_notes: Each[[], str, tuple[Problem, ...]] = Each(_wrong_in_note, TEXTS.names)
"""What is wrong with each note, by path."""
