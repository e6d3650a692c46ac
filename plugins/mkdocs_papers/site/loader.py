"""Reading the library and making its pages: the one place where ``site`` calls ``library.load`` and ``pages.Site``."""

from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from mkdocs_papers.library.folder import ChangedPaths
from mkdocs_papers.library.history import History, read_history
from mkdocs_papers.library.load import LibraryReader, load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.page_inputs import Options, Picture, PictureFile
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.summaries import summaries, summary

log = get_plugin_logger(__name__)


class Loader:
    """Reads the library and makes its pages, and goes on from what it made before.

    Attributes:
        history: what git says of the project.
        changed_paths: gives the files of a folder that may have changed since the call before, where that is known.
    """

    def __init__(self) -> None:
        self.readings = ReadingMemory()
        self.history = History()
        self.changed_paths: Callable[[Path], ChangedPaths] = lambda _: None
        self._dated: tuple[History, object, Mapping[str, int]] = (self.history, None, {})
        self._keeps_up = False
        self._reader: LibraryReader | None = None
        self._site: Site | None = None

    def begin(self, *, preview: bool) -> None:
        """A whole build begins: nothing made before counts. In a preview, saves follow, so the pages are kept up."""
        self._keeps_up, self._reader, self._site = preview, None, None

    def read_history(self, root: Path) -> None:
        """Ask git when the files of the project were added, where another commit is checked out than before."""
        before, self.history = self.history, read_history(root, self.history)
        if self.history.shallow and not before.shallow:
            log.info(
                "git holds only the last part of the project's history, so when papers were added comes from their "
                "records; 'git fetch --unshallow' gets the rest ('fetch-depth: 0' in a workflow)"
            )

    def forget(self, site: Site) -> None:
        """Forget what only a save would need: in a build none follows."""
        self.readings.clear()
        # Which macros and the heads of notes ask for, and listings hold anyway: to make one anew takes all papers.
        site.forget(summary, summaries)

    def library(self, settings: Settings) -> Library:
        """Read the library; files that have not changed since the last call are not read again.

        Raises:
            OSError: a folder is there and cannot be listed.
        """
        if not self._keeps_up:
            return load(settings, self.readings)
        if self._reader is None:
            self._reader = LibraryReader(settings, self.readings)
        return self._reader.read(lambda folder: self.changed_paths(settings.root / folder))

    def site(
        self,
        library: Library,
        settings: Settings,
        options: Options,
        pictures: Mapping[str, Picture],
        files: Mapping[str, PictureFile],
    ) -> Site:
        """The pages of a library."""
        if self._site is None or not self._keeps_up:
            self._site = Site(library, settings, options, keeps_up=self._keeps_up)
        self._site.update(library, pictures, files, self._times(library, settings))
        return self._site

    def _times(self, library: Library, settings: Settings) -> Mapping[str, int]:
        """When the files of a library were added; the very same as before where nothing came, went or was committed."""
        files = (tuple(library.papers), tuple(library.notes), settings.meta, settings.notes)
        history, names, times = self._dated
        if history is not self.history or names != files:
            paths = [f"{settings.meta}/{key}" for key in library.papers]
            paths += [f"{settings.notes}/{path.rpartition('.')[0]}" for path in library.notes]
            times = self.history.times(paths)
            self._dated = (self.history, files, times)
        return times
