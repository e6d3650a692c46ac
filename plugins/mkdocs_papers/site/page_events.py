"""Rendering one page, as MkDocs does: the one module that calls what MkDocs keeps for itself to do so.

- ``build.get_context``: what a theme's templates see. There is no public way to render one page.
- ``config._current_page``: MkDocs sets it around each page, and other plugins read it.
"""

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from mkdocs_papers.pages.blank_lines import without_blank_lines
from mkdocs_papers.site.build import Build
from mkdocs_papers.site.files import OwnFile, SourcePage
from mkdocs_papers.site.shell import Shells


def new_page(file: OwnFile, build: Build) -> Page:
    """A page that is not in the navigation, with the index page above it that the navigation marks as its place."""
    page = file.new_page(build.config)
    for section in file.sections:
        index = build.assembly.files.get_file_from_path(f"{section}/index.md")
        if index is not None and index.page in build.nav.pages:
            # A page's parent is a section, says MkDocs; all that it and themes ask of it, a page can answer too.
            page.parent = index.page  # type: ignore[assignment]
            break
    return page


def render(page: Page, build: Build, shells: Shells) -> bytes:
    """Render a page with all of MkDocs' events in their order, as it is to be written."""
    config, files, plugins = build.config, build.assembly.files, build.config.plugins
    # A page of the library has no Markdown.
    is_blank = isinstance(page, SourcePage) and build.context.only_known_plugins
    config._current_page = page  # noqa: SLF001
    try:
        page = plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        if not is_blank or _macros_act_on_every_page(config):
            page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        page.active = True
        context = mkdocs_build.get_context(build.nav, list(build.documents), config, page)
        context = plugins.on_page_context(context, page=page, config=config, nav=build.nav)

        def in_full(page: Page) -> str:
            html = build.env.get_template(page.meta.get("template", "main.html")).render({**context, "page": page})
            # What stands in the menu MkDocs renders in a whole build, and leaves it as the template has it.
            is_ours = isinstance(page.file, OwnFile) and not page.file.in_nav
            return without_blank_lines(html, page.content or "") if is_ours else html

        output = shells.output(page, in_full)
        output = plugins.on_post_page(output, page=page, config=config)
    finally:
        page.active = False
        config._current_page = None  # noqa: SLF001
    return output.encode("utf-8", errors="xmlcharrefreplace")


def _macros_act_on_every_page(config: MkDocsConfig) -> bool:
    """Whether mkdocs-macros-plugin calls functions of the site's owner for each page, whatever it says."""
    macros = config.plugins.get("macros")
    return any(getattr(macros, f"{when}_macro_functions", ()) for when in ("pre", "post"))
