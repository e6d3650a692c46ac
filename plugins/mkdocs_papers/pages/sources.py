"""The page sources of a library: which pages there are."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages import listing_pages, paper_pages
from mkdocs_papers.pages.browse import INDEX, NOTES, browse_index, notes_file
from mkdocs_papers.pages.feeds import feed_files
from mkdocs_papers.pages.indices import indices
from mkdocs_papers.pages.page_inputs import OPTIONS, PICTURE_FILES, PICTURES, Options, Picture, PictureFile
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.summaries import summaries
from mkdocs_papers.records.problem import Problem
from mkdocs_papers.views import view_inputs
from mkdocs_papers.views.view import VIEWS

_NO_PICTURES: Mapping[str, Picture] = {}
_NO_FILES: Mapping[str, PictureFile] = {}
_NO_TIMES: Mapping[str, int] = {}


def _group_pages(db: Database) -> Iterator[PageSource]:
    for view in VIEWS:
        yield from itertools.chain.from_iterable(listing_pages.group_pages(db, view.name).values())


OTHERS: tuple[Callable[[Database], Iterable[PageSource]], ...] = (
    _group_pages,
    lambda db: paper_pages.paper_pages(db).values(),
    paper_pages.unreadable_pages,
)
"""The kinds of pages besides those of `INDICES`."""


@query
def papers_shown(db: Database) -> tuple[object, ...]:
    """All papers and what listings show of them."""
    return view_inputs.PAPERS(db), summaries(db)


class Site(Database):
    """The pages of one library, under the site's options; where it keeps up, `update` is quick."""

    def __init__(self, library: Library, settings: Settings, options: Options, *, keeps_up: bool = False) -> None:
        super().__init__(keeps_up=keeps_up)
        self.settings, self.options = settings, options
        self.set(view_inputs.SETTINGS, settings)
        self.set(OPTIONS, options)
        self.update(library)

    def update(
        self,
        library: Library,
        pictures: Mapping[str, Picture] = _NO_PICTURES,
        files: Mapping[str, PictureFile] = _NO_FILES,
        added: Mapping[str, int] = _NO_TIMES,
    ) -> None:
        """Take another library, under the same settings and options.

        Args:
            pictures: covers as listings show them, by path below the notes folder.
            files: pictures as the pages of notes and papers show them, by path below the notes folder.
            added: when git says that records and notes were added, in Unix seconds, by path relative to the root,
                without suffix.
        """
        self.library = library
        preview = self.options.preview
        problems: dict[str, tuple[Problem, ...]] = {}
        for problem in library.problems if preview else ():
            problems[problem.path] = (*problems.get(problem.path, ()), problem)
        self.set(view_inputs.PAPERS, library.papers)
        notes = library.notes if preview else {path: note for path, note in library.notes.items() if not note.draft}
        self.set(view_inputs.NOTES, notes)
        self.set(view_inputs.UNREADABLE, library.unreadable if preview else {})
        self.set(view_inputs.PROBLEMS, problems)
        self.set(PICTURES, pictures)
        self.set(PICTURE_FILES, files)
        self.set(view_inputs.ADDED, added)

    def sources(self) -> Iterator[PageSource]:
        """All pages that the library makes, index pages first; the home page and the notes are not among them."""
        yield from indices(self)
        for pages in OTHERS:
            yield from pages(self)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files beside the pages but for exports, such as feeds and the browse page's index: path and content."""
        yield INDEX, browse_index(self)
        yield NOTES, notes_file(self)
        yield from feed_files(self)
