"""The library: papers, notes, and how they hang together.

Everything here is a value: made once by `load`, never changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.records.problem import Problem
from mkdocs_papers.records.record import Record
from mkdocs_papers.records.schema import Status


@dataclass(frozen=True, slots=True)
class Attachment:
    """A note or a cover: a file below ``notes/``, or an address.

    Attributes:
        path: relative to the notes folder, with ``/``: ``2024/Quest/note.md``; None for an address.
        address: an http(s) address; None for a file.
    """

    path: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A paper's implementation: a label (may be empty) and an http(s) address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a paper compares itself with: a method's name and, where the library has the paper, its key."""

    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A work, as its record describes it, after trimming, splitting, defaults and aliases.

    Attributes:
        key: year folder and stem of its record, ``2024/Quest``; unique.
        title: never empty (the abbreviation or the stem stands in for a missing one); may hold ``$math$``.
        abbreviation: the method's nickname, or None.
        url: http(s) address of the paper, or None.
        pdf: address of its PDF where the address implies one (arXiv), or None.
        arxiv: arXiv identifier without version where the address holds one, or None.
        authors: one name each; placeholders such as ``author1`` are left out.
        institutions: one name each; placeholders such as ``inst1`` are left out.
        venue: the series, ``ICML``, or None for none.
        keywords: keyword ids, in the configuration's order, then as written.
        baselines: what it compares itself with.
        same_work: keys of other records of the same work, whichever side names it.
        updated: Unix seconds, or None.
        rating: 1 to 5, or None.
        added: when it came into the library, in ISO form as exactly as it is known; None where that was not asked: its
            record does not say (`views.groups.shown_paper`).
    """

    key: str
    record: Record
    title: str
    year: int
    abbreviation: str | None = None
    url: str | None = None
    pdf: str | None = None
    arxiv: str | None = None
    authors: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    venue: str | None = None
    code: Code | None = None
    keywords: tuple[str, ...] = ()
    note: Attachment | None = None
    cover: Attachment | None = None
    baselines: tuple[Baseline, ...] = ()
    same_work: tuple[str, ...] = ()
    updated: int | None = None
    rating: int | None = None
    status: Status | None = None
    doi: str | None = None
    abstract: str | None = None
    added: str | None = None

    @property
    def name(self) -> str:
        """What it is called in a link: its abbreviation, else its title."""
        return self.abbreviation or self.title


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown file below ``notes/``.

    Attributes:
        path: relative to the notes folder, with ``/``.
        title: front matter ``title``, else the first heading of level 1 as plain text, else the paper's title or the
            file's stem; may hold ``$math$``.
        draft: front matter ``draft: true``: shown in ``serve`` only.
        date: front matter ``date`` as ISO text (``2024-05-01``), or None.
        excerpt: its first paragraphs as plain text (no markup, links or images; ``$math$`` stays), at most 400
            characters.
        words: number of words, each Chinese character one.
        papers: keys of the papers whose note this is.
        text: the whole source after the front matter, each line end a line feed.
        first_line: the line of the file on which ``text`` begins, from 1.
        meta: the front matter, as YAML's plain values.
        targets: where its relative links and pictures lead, as paths relative to the project's root, each once, in
            order.
    """

    path: str
    title: str
    draft: bool = False
    date: str | None = None
    excerpt: str = ""
    words: int = 0
    papers: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    first_line: int = 1
    meta: Mapping[str, object] = field(default_factory=dict, repr=False)
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of records and notes.

    Attributes:
        papers: by key, in order of key.
        notes: by path below the notes folder, in order of path.
        files: other files below the notes folder (images and the like), by path, in order.
        stamps: of these files, when the folder was listed.
        unreadable: keys of records that cannot be read, with their problems.
        problems: everything that is wrong, in order of path and place, levels as configured, silenced ones left out.
    """

    papers: Mapping[str, Paper]
    notes: Mapping[str, Note]
    files: tuple[str, ...] = ()
    stamps: Mapping[str, Stamp] = field(default_factory=dict, repr=False, compare=False)
    unreadable: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
