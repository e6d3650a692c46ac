"""The files on which every page depends, and the fingerprint of all that does."""

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_papers.site import global_inputs as module
from mkdocs_papers.site.build_cache.fingerprint import configuration_fingerprint
from mkdocs_papers.site.global_inputs import files_in, global_inputs, snapshot
from tests.sites import build_site, write_files

CONFIG = """\
INHERIT: base.yml
site_name: Test
theme: {name: mkdocs, custom_dir: overrides}
hooks: [hooks/one.py]
plugins:
  - papers
  - macros: {module_name: tools, include_yaml: [facts.yml, {more: more.yml}], include_dir: pieces}
markdown_extensions:
  - pymdownx.snippets: {base_path: [parts], auto_append: [end.md]}
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "base.yml": "INHERIT: 'deeper.yml'  # what all sites of ours share\nsite_author: Ann\n",
    "deeper.yml": "copyright: Ann\n",
    "docs/index.md": "# Home\n",
    "hooks/one.py": "",
    "overrides/main.html": "",
    "overrides/__pycache__/main.pyc": "",
    "tools.py": "",
    "facts.yml": "a: 1\n",
    "more.yml": "b: 2\n",
    "pieces/a.md": "",
    "parts/end.md": "",
}


def configured(root: Path) -> MkDocsConfig:
    return load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))


def test_every_page_depends_on_these_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)  # from where snippets are looked for
    found = {Path(path).relative_to(tmp_path).as_posix() for path in files_in(global_inputs(configured(tmp_path)))}
    assert found == FILES.keys() - {"docs/index.md", "overrides/__pycache__/main.pyc"}


def test_the_fingerprint_of_a_setting_that_is_a_set_goes_by_its_members(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"mkdocs.yml": "site_name: Test\ntheme: mkdocs\nplugins: [papers]\n", "docs/index.md": "# A\n"}
    )
    names = [f"name{n}" for n in range(50)]

    def fingerprint(members: list[str]) -> bytes:
        config = configured(tmp_path)
        config["extra"] = {"wanted": set(members)}
        return configuration_fingerprint(config)

    assert fingerprint(names) == fingerprint(names[::-1])
    assert fingerprint(names) != fingerprint(names[1:])


def test_links_that_lead_nowhere_stop_no_build(tmp_path: Path) -> None:
    """Editors leave such links beside a page, and MkDocs takes no notice of hidden ones."""
    docs = tmp_path / "docs"
    write_files(docs, {"index.md": "# Home\n"})
    (docs / ".loop").symlink_to(".loop")
    (docs / ".#index.md").symlink_to("me@here.123")
    assert "index.html" in build_site(tmp_path).paths()
    assert list(snapshot([docs])) == [str(docs / "index.md")]


def test_a_file_that_goes_meanwhile_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").touch()
    monkeypatch.setattr(module, "files_in", lambda _: [str(tmp_path / "gone"), str(tmp_path / "a")])
    assert list(snapshot([tmp_path])) == [str(tmp_path / "a")]
