"""What the controls on a paper's page show."""

from dataclasses import dataclass

from mkdocs_papers.editing.record import seen
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.schema import Status

RATINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Controls:
    """The controls of one paper.

    Attributes:
        path: its file, relative to the project's root.
        digest: of the file as it is.
        keywords: what may be chosen, in the order in which keywords are shown.
        free: whether any other word may be a keyword, too.
    """

    key: str
    path: str
    digest: str
    statuses: tuple[str, ...]
    status: str
    ratings: tuple[int, ...]
    rating: int | None
    keywords: tuple[Choice, ...]
    free: bool
    noted: bool


def controls(paper: Paper, library: Library, settings: Settings) -> Controls:
    """The controls of a paper, by its record as it is on the disk.

    Raises:
        RefusedError: the record is gone, cannot be read, or may not be changed.
    """
    now = seen(paper, settings)
    labels = {word: keyword.label for word, keyword in settings.keywords.items()}
    listed = labels or sorted({word for each in library.papers.values() for word in each.keywords})
    words = {word: labels.get(word, word) for word in (*listed, *now.keywords)}
    return Controls(
        key=paper.key,
        path=now.path,
        digest=now.digest,
        statuses=tuple(Status),
        status=now.info.status or "",
        ratings=RATINGS,
        rating=now.info.rating,
        keywords=tuple(Choice(word, label, word in now.keywords) for word, label in words.items()),
        free=not labels,
        noted=paper.note is not None,
    )
