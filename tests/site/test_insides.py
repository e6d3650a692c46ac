"""What the plugin touches of MkDocs and Material is still where it was; a newer one that moves it fails here first."""

import inspect

from material.plugins.search.plugin import SearchIndex, SearchPlugin  # type: ignore[import-untyped] # Material has no types
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page


def parameters(function: object) -> list[str]:
    """The names of a function's parameters."""
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_pages_are_rendered_as_mkdocs_does() -> None:
    assert parameters(build.get_context)[:4] == ["nav", "files", "config", "page"]
    assert parameters(vars(build)["_build_template"]) == ["name", "template", "files", "config", "nav"]
    source = inspect.getsource(build)
    # The order of events that `render.render` keeps.
    events = ("on_pre_page", "read_source", "on_page_markdown", "page.render(", "on_page_content")
    assert [source.index(event) for event in events] == sorted(source.index(event) for event in events)
    events = ("get_context(nav", "env.get_template", "on_page_context", "template.render(", "on_post_page")
    assert [source.rindex(event) for event in events] == sorted(source.rindex(event) for event in events)
    assert "config._current_page = page" in source
    assert hasattr(MkDocsConfig, "_current_page")


def test_static_files_are_copied_by_themselves() -> None:
    assert "file.copy_file(dirty)" in inspect.getsource(Files.copy_static_files)
    assert "is_documentation_page()" in inspect.getsource(Files.documentation_pages)
    assert parameters(File.copy_file) == ["self", "dirty"]
    assert list(vars(Files(()))) == ["_src_uris"]
    assert parameters(Page.render) == ["self", "config", "files"]


def test_the_server_calls_its_builder_and_observer() -> None:
    loop = inspect.getsource(vars(LiveReloadServer)["_build_loop"])
    assert "self.builder()" in loop
    assert "self._want_rebuild" in loop
    assert "self._rebuild_cond" in loop
    assert "self.observer.schedule(" in inspect.getsource(LiveReloadServer.watch)
    assert "self.observer.start()" in inspect.getsource(LiveReloadServer.serve)
    assert "self.observer.stop()" in inspect.getsource(LiveReloadServer.shutdown)


def test_the_search_index_holds_its_entries_in_one_list() -> None:
    index = SearchIndex(lang=["en"], separator=" ", pipeline=[], fields={})
    assert index.entries == []
    assert index.generate_search_index(None).endswith('"docs":[]}')


def test_the_search_plugin_takes_from_a_page_what_it_always_took() -> None:
    source = inspect.getsource(SearchPlugin.on_page_context)
    assert source.count("page.content") == 2
    assert r'r"\s?data-search-\w+=\"[^\"]+\"",' in source
