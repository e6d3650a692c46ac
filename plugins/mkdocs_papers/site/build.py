"""A build as a value: what pages are rendered in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Navigation

from mkdocs_papers.library.memory import Stamp
from mkdocs_papers.site.assembly import Assembly
from mkdocs_papers.site.context import Context
from mkdocs_papers.site.files import OwnFile


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files that were there before a build read any of them, by path.

    Attributes:
        everywhere: those on which every page depends.
        docs: those in the docs folder.
        date: the day of the build.
    """

    everywhere: Mapping[str, Stamp]
    docs: Mapping[str, Stamp]
    date: str


@dataclass(frozen=True, slots=True)
class Build:
    """What MkDocs has made of a whole build, or a save of that; `documents` are the pages that MkDocs builds."""

    context: Context
    inputs: Inputs
    assembly: Assembly
    nav: Navigation
    env: jinja2.Environment
    documents: tuple[File, ...]
    others: tuple[File, ...]

    @property
    def config(self) -> MkDocsConfig:
        """MkDocs' configuration."""
        return self.context.config

    def order(self) -> list[str]:
        """The source paths of all pages, in the order in which a whole build writes them."""
        return [*self.out_of_nav(), *[file.src_uri for file in self.documents]]

    def out_of_nav(self) -> dict[str, OwnFile]:
        """Our pages that MkDocs does not build itself, by source path, in order."""
        ours = {**self.assembly.own}
        for path in self.assembly.in_nav:
            ours.pop(path, None)
        return ours


def included(context: Context) -> Callable[[InclusionLevel], bool]:
    """What decides whether a file is part of the site."""
    return InclusionLevel.is_in_serve if context.preview else InclusionLevel.is_included
