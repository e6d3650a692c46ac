"""The home page of a site whose owner has put little on it, or asks for the plugin's."""

from mkdocs.structure.pages import Page

from mkdocs_papers.library.prose import Kind, Prose
from mkdocs_papers.pages.address import HOME
from mkdocs_papers.site.files import OwnPage
from mkdocs_papers.site.macros import Macros

BLOCK = "papers_home"
"""The comment ``<!-- papers_home -->`` asks for what the macro of that name gives."""


def with_home(markdown: str, page: Page, macros: Macros) -> str:
    """The Markdown of a page in ``docs/`` with what the library holds, where a comment asks for it.

    The site's home page has it below its title too where its owner wrote nothing else.
    """
    if isinstance(page, OwnPage):
        return markdown
    prose = Prose(markdown)
    asked = [
        span
        for span in prose.spans
        if span.kind is Kind.COMMENT and markdown[span.start + 4 : span.end - 3].strip() == BLOCK
    ]
    for span in reversed(asked):
        markdown = f"{markdown[: span.start]}{macros.home()}{markdown[span.end :]}"
    is_home = page.file.dest_uri == HOME.file(directory_urls=True)
    # A template of the theme's own may show what the text does not say.
    if is_home and not asked and "template" not in page.meta and _is_bare(prose):
        return f"{markdown}{macros.home()}"
    return markdown


def _is_bare(prose: Prose) -> bool:
    """Whether a text is empty, or no more than a heading."""
    first, *others = prose.without(Kind.COMMENT).strip().split("\n")
    return not first or (bool(prose.headings) and not "".join(others).strip("=- "))
