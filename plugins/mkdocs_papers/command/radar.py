"""``mkdocs-papers radar``: which preprints of the library have been published since."""

import argparse
import dataclasses
import difflib
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_papers.command import answering
from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.command.exits import DONE, SOME_FAILED
from mkdocs_papers.command.known import known_paper
from mkdocs_papers.command.placing import LibraryRecords
from mkdocs_papers.command.progress import Progress, read_library
from mkdocs_papers.command.writing import remove_leftovers, write_whole
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.names import fold_case, printable
from mkdocs_papers.library.papers import DEFAULT_VENUE
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.sources.found import Found
from mkdocs_papers.sources.identify import Scheme
from mkdocs_papers.sources.registry import SOURCES
from mkdocs_papers.sources.resolve import Resolved
from mkdocs_papers.sources.source import Role

DESCRIPTION = (
    "Find the preprints on arXiv that have been published since, and print what their records would "
    "say, each with its source. Nothing is written without --fix. Exits with 3 where a source did not answer about "
    "some."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="look at these papers only, such as 2024/Quest")
    parser.add_argument(
        "--fix", nargs="+", default=[], metavar="KEY", help="write what was found of these papers, or of 'all'"
    )
    parser.add_argument(
        "--format", choices=("text", "markdown"), default="text", help="markdown is the body of a pull request (text)"
    )
    answering.add_arguments(parser)


ALL = "all"
"""What stands for every preprint, in place of a key."""

_JOINS = frozenset(source.name for source in SOURCES if source.has(Role.JOIN, Scheme.ARXIV))
"""The sources without which nobody can tell whether a preprint was published; others are asked where they answer."""

_FENCE = re.compile("`{3,}")


@dataclass(frozen=True, slots=True)
class Publication:
    """What a record would say of the published version.

    Attributes:
        before: the record's text.
        after: the same with venue, year and DOI of the published version.
        info: what it says then.
    """

    paper: Paper
    before: str
    after: str
    info: PaperInfo
    found: Found

    @property
    def source(self) -> str:
        """Who says so, and of which DOI."""
        doi = f", doi:{self.found.doi}" if self.found.doi else ""
        return f"{self.found.origin('venue')}{doi}"

    @property
    def moved(self) -> str:
        """The command that moves the record to the folder of its year; "" where it lies there."""
        folder, _, name = self.paper.key.partition("/")
        year = self.info.pub.year
        keys = shlex.join([self.paper.key, f"{year}/{name}"])
        return f"mkdocs-papers rename {keys}" if year and str(year) != folder else ""

    def difference(self) -> Iterator[str]:
        """The change of the file, line by line, as a unified difference."""
        path = self.paper.record.path
        lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), path, path, n=1, lineterm="")
        return map(printable, lines)


def run(arguments: argparse.Namespace) -> int:
    """Look for published versions."""
    settings = read_settings(arguments.config)
    if arguments.fix:
        remove_leftovers(*settings.folders)
    library = read_library(settings)
    fixed = {known_paper(key, library, settings).key for key in arguments.fix if key != ALL}
    papers = _preprints(library, settings, arguments.keys or sorted(fixed))
    progress = Progress(len(papers))
    resolver = answering.resolver(arguments, settings, progress)
    records = LibraryRecords(library, settings)
    found, unanswered, failed = 0, 0, 0
    for paper in papers:
        resolved = resolver.published(_known(paper))
        progress.step()
        if resolved.found is None or resolved.found.venue is None:
            unanswered += _report_gaps(paper, resolved, progress)
            continue
        found += 1
        progress.clear()
        try:
            publication = _publication(paper, resolved.found, records, settings)
            print("\n".join(_as_markdown(publication) if arguments.format == "markdown" else _as_text(publication)))
            if paper.key in fixed or ALL in arguments.fix:
                _write(publication, settings)
        except (OSError, ValueError) as error:
            failed += 1
            print(printable(f"{paper.record.path}: {error}"), file=sys.stderr)
    progress.clear()
    counts = f"{found} of them published since, {unanswered} not answered about, {failed} failed"
    print(f"{len(papers)} preprints, {counts}", file=sys.stderr)
    return SOME_FAILED if unanswered or failed else DONE


def _preprints(library: Library, settings: Settings, keys: Sequence[str]) -> list[Paper]:
    """The papers on arXiv that name no other venue: those of some keys, or all."""
    papers = [known_paper(key, library, settings) for key in keys] if keys else list(library.papers.values())
    venues = {None, fold_case(DEFAULT_VENUE)}
    return [paper for paper in papers if paper.arxiv and (paper.venue and fold_case(paper.venue)) in venues]


def _known(paper: Paper) -> Found:
    title, authors = paper.title, paper.authors
    return Found("the record", title, authors, year=paper.year, arxiv=paper.arxiv, url=paper.url)


def _publication(paper: Paper, found: Found, records: LibraryRecords, settings: Settings) -> Publication:
    """What the record would say."""
    said = records.info(found)
    info = paper.record.info
    paper_block = dataclasses.replace(info.paper, doi=said.paper.doi or info.paper.doi)
    wanted = dataclasses.replace(info, pub=said.pub, paper=paper_block)
    before = (settings.root / paper.record.path).read_bytes().decode("utf-8")
    after = amended(before, paper.record.path, wanted)
    if after is None:
        raise ValueError("it was published, and something in the record would be lost; see mkdocs-papers check")
    return Publication(paper, before, after, wanted, found)


def _write(publication: Publication, settings: Settings) -> None:
    """Write what the record says now."""
    file = settings.root / publication.paper.record.path
    if not write_whole(file, publication.after.encode(), expected=publication.before.encode()):
        raise ValueError("somebody has just changed it, so it stays")


def _report_gaps(paper: Paper, resolved: Resolved, progress: Progress) -> bool:
    """Say which sources did not answer about a paper, so that it is not known whether it was published."""
    silent = [str(asked) for asked in resolved.asked if asked.source in _JOINS and not asked.answered]
    if silent:
        progress.clear()
        print(printable(f"{paper.key}: {'; '.join(silent)}"), file=sys.stderr)
    return bool(silent)


def _as_text(publication: Publication) -> Iterator[str]:
    yield from publication.difference()
    yield printable(f"by {publication.source}")
    if publication.moved:
        yield f"its year is another then; {publication.moved} moves it"
    yield ""


def _as_markdown(publication: Publication) -> Iterator[str]:
    """A section of a pull request's body. What sources say is not trusted, and stands in a fence, where it is text."""
    lines = [*publication.difference(), f"# by {printable(publication.source)}"]
    if publication.moved:
        lines.append(f"# then: {publication.moved}")
    longest = max((len(fence) for line in lines for fence in _FENCE.findall(line)), default=2)
    fence = "`" * (longest + 1)
    yield f"{fence}diff"
    yield from lines
    yield fence
    yield ""
