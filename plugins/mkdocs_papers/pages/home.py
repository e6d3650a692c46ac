"""The home page of a site that has none of its own."""

from __future__ import annotations

from mkdocs_papers.pages import contents
from mkdocs_papers.pages.address import HOME, NOTES, PAPERS, Address
from mkdocs_papers.pages.catalogue import Catalogue
from mkdocs_papers.pages.contents import Link
from mkdocs_papers.pages.source import PageSource
from mkdocs_papers.views import order
from mkdocs_papers.views.view import VIEWS


def home_page(catalogue: Catalogue) -> PageSource:
    """A home page, for a site that has none of its own."""
    newest = sorted(
        catalogue.library.papers.values(), key=lambda paper: (-(paper.updated or 0), order.newest_first(paper))
    )
    ways = [
        Link(catalogue.options.language("view.papers"), PAPERS),
        Link(catalogue.options.language("view.notes"), NOTES),
    ]
    ways += [Link(catalogue.view_title(view), Address(view.name, index=True)) for view in VIEWS]
    page = contents.HomePage(
        title=catalogue.options.name,
        papers=len(catalogue.library.papers),
        notes=len(catalogue.notes),
        newest=tuple(catalogue.summaries[paper.key] for paper in newest[:10]),
        ways=tuple(ways),
        meta=catalogue.settings.meta,
    )
    return PageSource(HOME, catalogue.options.name, "home.html", page)
