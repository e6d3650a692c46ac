"""Orders of papers; each function is a sort key."""

from mkdocs_papers.library.model import Paper
from mkdocs_papers.library.person import person
from mkdocs_papers.views.dates import published


def oldest_first(paper: Paper) -> tuple[int, str, str]:
    """By year, then title (casefolded, by code point): the order within a venue."""
    return (paper.year, " ".join(paper.title.split()).casefold(), paper.key)


def newest_first(paper: Paper) -> tuple[int, str, str]:
    """By date of publication downwards, then title; of what has only a year, that year's months come first."""
    return (-int(published(paper).replace("-", "").ljust(6, "0")), " ".join(paper.title.split()).casefold(), paper.key)


def by_family_name(value: str) -> tuple[str, str]:
    """Names of people by their family names, ``van Rossum, Guido``, in any letter case."""
    return by_name(person(value).inverted)


def by_name(value: str) -> tuple[str, str]:
    """Names in any letter case, side by side."""
    return (value.casefold(), value)
