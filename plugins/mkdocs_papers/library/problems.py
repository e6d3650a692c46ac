"""All that is wrong with a library."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_papers.incremental.database import Database, query, table
from mkdocs_papers.incremental.operators import Mapped
from mkdocs_papers.library import consistency, library_notes
from mkdocs_papers.library.library_inputs import NOT_READ, READINGS, SETTINGS
from mkdocs_papers.library.relations import wrong_relations
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.problem import Level, Problem

_wrong_texts: Mapped[[], str, tuple[Problem, ...]] = Mapped(READINGS, lambda reading: reading.problems or None)
"""What is wrong with the text of each record, by key."""


@query
def problems(db: Database) -> tuple[Problem, ...]:
    """All that is wrong, as `in_order` has it."""
    return in_order(_found(db), SETTINGS(db))


def in_order(problems: Iterable[Problem], settings: Settings) -> tuple[Problem, ...]:
    """Problems in order of path and place, levels as configured, silenced ones left out."""
    found = [each for each in _at_levels(problems, settings) if each.level is not Level.OFF]
    return tuple(sorted(found, key=lambda each: (each.path, each.place, each.code, each.wrong)))


def _found(db: Database) -> Iterator[Problem]:
    yield from NOT_READ(db)
    each_with_some = (_wrong_texts, wrong_relations, consistency.wrong_in_itself, library_notes.wrong_in_notes)
    for wrong in each_with_some:
        for found in wrong(db).values():
            yield from found
    yield from consistency.misspelt(db)
    yield from consistency.repeated_works(db)
    yield from consistency.collisions(db)


@table
def unreadable(db: Database) -> Mapping[str, tuple[Problem, ...]]:
    """The keys of records that cannot be read, with their problems, levels as configured."""
    settings = SETTINGS(db)
    return {key: tuple(_at_levels(found, settings)) for key, found in library_notes.unreadable(db).items()}


def _at_levels(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """The problems at the levels that the settings say."""
    for found in problems:
        level = settings.levels.get(found.code, found.level)
        yield found if found.level is level else dataclasses.replace(found, level=level)
