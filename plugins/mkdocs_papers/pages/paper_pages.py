"""The pages of papers, and of records that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import note_address, paper_address
from mkdocs_papers.pages.catalogue import Catalogue, minutes
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.description import paper_description
from mkdocs_papers.pages.memory import Recalled
from mkdocs_papers.pages.neighbours import Around, neighbours
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.dates import moment
from mkdocs_papers.views.related import Reason, Related
from mkdocs_papers.views.view import NONE


def paper_pages(catalogue: Catalogue) -> Iterable[PageSource]:
    """The page of each paper."""
    memory, library = catalogue.memory, catalogue.library
    papers, summaries, notes = library.papers, catalogue.summaries, catalogue.notes
    related, built_on_by, problems = catalogue.related, library.built_on_by, catalogue.problems_by_path
    around = _around(catalogue)
    relations_changed = catalogue.differing("related", related) | catalogue.differing("built on by", built_on_by)
    named = memory.recall_each(
        "papers named on a page",
        catalogue.keys,
        lambda key: (papers[key], built_on_by.get(key, ()), related[key]),
        _named,
        stale=catalogue.changed_papers | relations_changed,
        part=True,
    ).values

    # All that `_paper_page` reads, beside where the links lead to the groups that the paper stands in; what else it
    # reads differs only where one of these does.
    def made_from(key: str) -> _MadeFrom:
        paper = papers[key]
        return (
            paper,
            around.values[key],
            summaries[key],
            _note(catalogue, paper),
            problems.get(paper.record.path),
            catalogue.citation_keys[key],
            related[key],
            built_on_by.get(key),
            tuple([summaries[other] for other in named[key]]),
        )

    renewed = catalogue.renewed
    stale = {key for key, others in named.items() if not renewed.isdisjoint(others)} if renewed else set()
    stale |= catalogue.changed_papers | renewed | relations_changed | around.renewed
    stale |= catalogue.recited | catalogue.papers_of_moved_notes
    stale |= {key for path in catalogue.changed_notes for key in notes[path].papers}
    if catalogue.changed_problems:
        stale |= {key for key, paper in papers.items() if paper.record.path in catalogue.changed_problems}
    return memory.recall_each(
        "paper page",
        catalogue.keys,
        made_from,
        lambda _, each: _paper_page(catalogue, each[0], *each[1]),
        stale=stale,
        ground=catalogue.moves,
    ).values.values()


_MadeFrom = tuple[
    Paper,
    Around,
    contents.Summary,
    Note | None,
    tuple[str, ...] | None,
    str,
    tuple[Related, ...],
    tuple[str, ...] | None,
    tuple[contents.Summary, ...],
]


_NO_NEIGHBOURS: Mapping[str, Mapping[str, Around]] = {}
_NO_NEIGHBOURS_YET: Mapping[str, Around] = {}


def _named(_key: str, made_from: tuple[Paper, tuple[str, ...], tuple[Related, ...]]) -> tuple[str, ...]:
    """The keys of the other papers that the page of a paper names."""
    paper, built_on_by, related = made_from
    baselines = [each.key for each in paper.baselines if each.key is not None]
    return (*baselines, *built_on_by, *paper.same_work, *[each.key for each in related])


def _note(catalogue: Catalogue, paper: Paper) -> Note | None:
    return catalogue.notes.get(paper.note.path) if paper.note and paper.note.path else None


def _around(catalogue: Catalogue) -> Recalled[str, Around]:
    """The papers before and after each in its venue, by key."""
    memory, papers, groups = catalogue.memory, catalogue.library.papers, catalogue.groups_by_value["venues"]
    links = memory.recall_each(
        "link to a paper",
        catalogue.keys,
        lambda key: papers[key].name,
        lambda key, _: catalogue.paper_link(key),
        stale=catalogue.changed_papers,
        part=True,
    )
    by_group = memory.recall_each(
        "neighbours in a venue",
        catalogue.values["venues"],
        lambda value: tuple([links.values[paper.key] for paper in groups[value].papers]),
        lambda value, each: neighbours(dict(zip([paper.key for paper in groups[value].papers], each, strict=True))),
        stale=catalogue.changed_groups["venues"],
        part=True,
    )
    before = memory.last("neighbours in venues", _NO_NEIGHBOURS)
    memory.keep("neighbours in venues", by_group.values, part=True)
    stale = {
        key
        for value in by_group.renewed
        for key, each in by_group.values[value].items()
        if before.get(value, _NO_NEIGHBOURS_YET).get(key) != each
    }
    return memory.recall_each(
        "neighbours",
        catalogue.keys,
        lambda key: by_group.values[papers[key].venue or NONE][key],
        lambda _, each: each,
        stale=stale | catalogue.changed_papers,
        part=True,
    )


def _paper_page(catalogue: Catalogue, paper: Paper, previous: Link | None, next_: Link | None) -> PageSource:
    summary = catalogue.summaries[paper.key]
    venue = catalogue.link("venues", paper.venue or NONE)
    note = _note(catalogue, paper)
    page = contents.PaperPage(
        summary=summary,
        record=paper.record.path,
        paper=paper,
        citation_key=catalogue.citation_keys[paper.key],
        authors=tuple(catalogue.link("authors", name) for name in dict.fromkeys(paper.authors)),
        institutions=tuple(catalogue.link("institutions", name) for name in dict.fromkeys(paper.institutions)),
        keywords=tuple(catalogue.link("keywords", word) for word in dict.fromkeys(paper.keywords)),
        venue=venue if paper.venue else None,
        year=catalogue.link("years", str(paper.year)),
        pdf=paper.pdf,
        doi=paper.doi,
        abstract=paper.abstract,
        cover_url=paper.cover.address if paper.cover else None,
        excerpt=contents.Excerpt(note.excerpt, note_address(note.path), minutes(note.words)) if note else None,
        builds_on=tuple(
            contents.BaselineLink(each.name) if each.key is None else _relative(catalogue.summaries[each.key])
            for each in paper.baselines
        ),
        built_on_by=tuple(
            _relative(catalogue.summaries[key]) for key in catalogue.library.built_on_by.get(paper.key, ())
        ),
        same_work=tuple(_work_link(catalogue, key) for key in paper.same_work),
        related=tuple([_related_link(catalogue, each) for each in catalogue.related[paper.key]]),
        trail=(catalogue.index_link("venues"), venue),
        previous=previous,
        next=next_,
        rating=paper.rating,
        status=paper.status,
        updated=None if paper.updated is None else moment(paper.updated)[:10],
        problems=catalogue.problems_of(paper.record.path),
    )
    return PageSource(
        paper_address(paper.key),
        plain(paper.title),
        "paper.html",
        page,
        section="venues",
        record=paper.record.path,
        searchable=True,
        description=paper_description(paper),
    )


def _relative(paper: contents.Summary) -> contents.BaselineLink:
    name = paper.abbreviation or paper.title
    return contents.BaselineLink(name, paper.address, paper.year, paper.note is not None)


def _related_link(catalogue: Catalogue, other: Related) -> contents.RelatedLink:
    return contents.RelatedLink(
        catalogue.summaries[other.key],
        tuple([(_REASONS[reason], _shared(catalogue, reason, values)) for reason, values in other.reasons]),
    )


_REASONS = {reason: f"same.{reason}" for reason in Reason}
"""The keys of the reasons in the language table."""


def _shared(catalogue: Catalogue, reason: Reason, values: tuple[str, ...]) -> tuple[str, ...]:
    if reason is Reason.KEYWORDS:
        labels = catalogue.keyword_labels
        return tuple([labels.get(word, word) for word in values])
    if reason is Reason.BASELINES:
        papers = catalogue.library.papers
        return tuple([papers[value].name if value in papers else value for value in values])
    return values


def _work_link(catalogue: Catalogue, key: str) -> Link:
    paper = catalogue.library.papers[key]
    return Link(f"{paper.title} ({paper.venue or '–'} {paper.year})", paper_address(key))


def unreadable_pages(catalogue: Catalogue) -> Iterator[PageSource]:
    """At the address of each record that cannot be read, what is wrong with it."""
    for key, problems in catalogue.library.unreadable.items():
        page = contents.UnreadablePage(key, problems[0].path, tuple(str(problem) for problem in problems))
        yield PageSource(paper_address(key), key, "unreadable.html", page, section="papers", record=problems[0].path)
