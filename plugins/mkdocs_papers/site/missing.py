"""The site's 404 page: where the papers of a name are found that has no page of its own."""

from urllib.parse import urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_papers.pages.address import PAPERS
from mkdocs_papers.pages.browse import INDEX
from mkdocs_papers.pages.group_links import index_link
from mkdocs_papers.site import search
from mkdocs_papers.site.context import LibraryContext

TEMPLATE = "404.html"
"""The name of the page's template, and of its file: GitHub Pages and other servers show it at any address."""

_AROUND = "{% extends theirs %}{% block content %}{{ super() }}{{ missing }}{% endblock %}"
"""Themes, and sites in their stead, have their content in a block of this name."""


def with_papers(template: jinja2.Template, config: MkDocsConfig, library: LibraryContext) -> jinja2.Template:
    """The template of the 404 page with our words below its own."""
    links = [index_link(library.site, view) for view in ("authors", "institutions", "papers")]
    missing = library.renderer.fragment(
        "missing.html",
        # As MkDocs has it: the page is shown at any address, so no link of it can be relative.
        urlsplit(config.site_url or "/").path,
        links=links,
        papers=PAPERS,
        index=INDEX,
        search=f"{search.FOLDER}/" if search.worker(config) else "",
    )
    return template.environment.from_string(_AROUND, globals={"theirs": template, "missing": missing})
