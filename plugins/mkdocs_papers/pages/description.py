"""Papers and notes in one plain line, for places that hold no markup."""

from __future__ import annotations

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.pages.text import plain

_MOST_PEOPLE = 3
_LONGEST = 200


def paper_facts(paper: Paper) -> str:
    """Who wrote it, where and when it was published: ``Jiaming Tang, Yilong Zhao. ICML 2024.``."""
    people = ", ".join(paper.authors[:_MOST_PEOPLE]) + (" et al." if len(paper.authors) > _MOST_PEOPLE else "")
    published = " ".join(filter(None, (paper.venue, str(paper.year))))
    return plain(" ".join(_sentence(part) for part in (people, published) if part))


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
