"""Works: papers that are versions of one, such as a preprint and what a conference made of it."""

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.library.papers import DEFAULT_VENUE
from mkdocs_papers.views.view_inputs import PAPERS


@query
def versions(db: Database, key: str) -> tuple[str, ...]:
    """The papers of the work that a paper belongs to, itself among them; the one that stands for the work is first.

    It is the latest that was published elsewhere than as a preprint.
    """
    found = [key]
    for known in found:
        found += [other for other in PAPERS.at(db, known).same_work if other not in found]
    return tuple(sorted(found, key=lambda each: _place(db, each))) if len(found) > 1 else (key,)


def _place(db: Database, key: str) -> tuple[bool, int, str]:
    paper = PAPERS.at(db, key)
    return (paper.venue in {None, DEFAULT_VENUE}, -paper.year, key)
