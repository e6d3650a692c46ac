"""MkDocs' files, which also know records, notes and docs by where they lie in the project."""

import posixpath
from collections.abc import Iterable, Mapping

from mkdocs.structure.files import File, Files

from mkdocs_papers.library.names import fold_case

Lookup = tuple[str, str]
"""A path that a page asked for: the folder it is relative to (``docs`` or ``project``), and the path."""


class LibraryFiles(Files):
    """MkDocs' files, which also know records, notes and docs by where they lie in the project.

    A link from ``docs/index.md`` to ``../meta/2024/Quest.prototxt`` works on GitHub; on the site it leads to the
    paper's page.
    """

    def __init__(
        self,
        files: Iterable[File],
        docs: str,
        by_project_path: Mapping[str, str],
        by_folded_path: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Take the files.

        Args:
            docs: the docs folder, relative to the project's root.
            by_project_path: the source paths of the library's files, by where they lie in the project.
            by_folded_path: the same by these paths without letter case, where they are known.
        """
        super().__init__(files)
        self.docs = docs
        self.by_project_path = by_project_path
        self.by_folded_path = by_folded_path
        self.lookups: dict[Lookup, str | None] | None = None
        """While set, takes every path that is asked for, with the address that it has: what a page depends on."""

    def _alike(self, path: str) -> tuple[str, ...]:
        """The source paths of the files that lie there but for letter case."""
        if self.by_folded_path is None:
            self.by_folded_path = folded(self.by_project_path, {})
        return self.by_folded_path.get(fold_case(path), ())

    def at(self, project_path: str) -> File | None:
        """The file whose source lies there, relative to the project's root, or there but for letter case."""
        return self._noted("project", project_path, self._in_project(project_path))

    def get_file_from_path(self, path: str) -> File | None:
        """The file of that source path, relative to the docs folder, or None."""
        return self._noted("docs", path, self._in_docs(path))

    def address(self, lookup: Lookup) -> str | None:
        """Where a noted path leads now."""
        folder, path = lookup
        file = self._in_docs(path) if folder == "docs" else self._in_project(path)
        return None if file is None else file.url

    def _in_docs(self, path: str) -> File | None:
        # Most often it is written as MkDocs has it, which takes paths apart and puts them together again.
        found = self.src_uris.get(path) or super().get_file_from_path(path)
        if found is None and path.startswith("../"):
            return self._known(self.by_project_path.get(posixpath.normpath(posixpath.join(self.docs, path))))
        return found

    def _in_project(self, path: str) -> File | None:
        found = self._known(self.by_project_path.get(path))
        if found is None and path.startswith(f"{self.docs}/"):
            return super().get_file_from_path(path.removeprefix(f"{self.docs}/"))
        if found is None:
            # The library names it as a problem; until it is mended, the link works as it does on the writer's machine.
            alike = self._alike(path)
            return self._known(alike[0]) if len(alike) == 1 else None
        return found

    def _known(self, source_path: str | None) -> File | None:
        return None if source_path is None else self.src_uris.get(source_path)

    def _noted(self, folder: str, path: str, file: File | None) -> File | None:
        if self.lookups is not None:
            self.lookups[folder, path] = None if file is None else file.url
        return file


def folded(paths: Mapping[str, str], known: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Source paths by project paths without letter case: some, and those that are known."""
    found = {**known}
    for path, source_path in paths.items():
        alike = fold_case(path)
        found[alike] = (*found.get(alike, ()), source_path)
    return found
