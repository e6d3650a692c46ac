"""Papers and notes in few plain words; ``assets/browse/rows.js`` says the same of authors and of links elsewhere."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.pages.text import plain

_MOST_PEOPLE = 3
_LONGEST = 200
_FEW = 3
"""So many authors are all named."""


def paper_facts(paper: Paper) -> str:
    """Who wrote it, where and when it was published: ``Jiaming Tang, Yilong Zhao. ICML 2024.``."""
    people = ", ".join(paper.authors[:_MOST_PEOPLE]) + (" et al." if len(paper.authors) > _MOST_PEOPLE else "")
    return plain(" ".join(_sentence(part) for part in (people, published(paper.venue, paper.year)) if part))


def published(venue: str | None, year: int) -> str:
    """Where, if that is known, and when a paper was published: ``ICML 2024``."""
    return f"{venue or ''} {year}".strip()


def paper_description(paper: Paper) -> str:
    """Its title and facts."""
    return f"{_sentence(plain(paper.title))} {paper_facts(paper)}"


def note_description(note: Note) -> str:
    """What its front matter says, else its first words; empty for a note without words."""
    described = note.meta.get("description")
    return shortened(plain(described if isinstance(described, str) else note.excerpt))


def _sentence(line: str) -> str:
    return line if line.endswith((".", "!", "?", "。", "！", "？")) else f"{line}."


def shortened(line: str) -> str:
    """A line of at most 200 characters, cut between words where it can be."""
    if len(line) <= _LONGEST:
        return line
    cut = line[: _LONGEST - 1]
    words = cut.rpartition(" ")[0]
    # Chinese has no spaces to cut at.
    return f"{words if len(words) > _LONGEST // 2 else cut}…"


def byline(authors: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The authors to name, each once, and how many are left out between the first and the last of them."""
    names = tuple(dict.fromkeys(authors))
    return (names, 0) if len(names) <= _FEW else ((names[0], names[-1]), len(names) - 2)


def host_mark(url: str) -> str | None:
    """What a link to a paper elsewhere is called: ``arXiv`` or ``PDF``; None for no more than that it is elsewhere."""
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    host = address.netloc.lower()
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return "arXiv"
    return "PDF" if address.path.lower().endswith(".pdf") else None
