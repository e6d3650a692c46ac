"""Pages that share a shell are what the theme would have made of each alone."""

import shutil
from pathlib import Path

import pytest

from mkdocs_papers.pages.blank_lines import without_blank_lines
from mkdocs_papers.site.shell import Shells
from tests import log
from tests.site.editing import differing
from tests.site.previews import Preview, tree
from tests.sites import build_site, rebuild, write_files

FILES = {
    f"meta/{2020 + number % 3}/P{number}.prototxt": (
        f'paper {{\n  title: "Paper {number} & <i>"\n  authors: "A {number}"\n'
        f'  url: "https://arxiv.org/abs/2401.0000{number}"\n}}\n'
    )
    for number in range(9)
}
CONFIG_TEXT = "site_name: Test\ntheme:\n  name: material\n  font: false\nplugins: [search, papers]\n"
CONFIG = {"repo_url": "https://github.com/someone/papers", "edit_uri": "edit/main/docs/"}


def rendered_alone(folder: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The site with each page rendered in full."""
    shutil.rmtree(folder / ".cache")  # or no page would be rendered
    with monkeypatch.context() as patched:
        patched.setattr(Shells, "output", lambda _, page, render: render(page))
        return tree(rebuild(folder, site=site, strict=False).site)


@pytest.mark.parametrize(
    ("directory_urls", "features"),
    # Material makes the address of a file's source of that where it is edited.
    [(True, []), (False, []), (True, ["content.action.edit", "content.action.view"])],
)
def test_shared_shells_change_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, directory_urls: bool, features: list[str]
) -> None:
    config = {**CONFIG, "theme": {"name": "material", "font": False, "features": features}}
    made = build_site(tmp_path, FILES, config, directory_urls=directory_urls)
    alone = rendered_alone(tmp_path, tmp_path / "alone", monkeypatch)
    assert {path: content for path, content in tree(made.site).items() if alone.get(path) != content} == {}


def test_shells_are_shared(tmp_path: Path) -> None:
    records = {f"meta/2024/P{n}.prototxt": f'paper {{ title: "Paper {n}" }}\n' for n in range(60)}
    write_files(tmp_path, {"mkdocs.yml": CONFIG_TEXT, "docs/index.md": "# Home\n\nWords.\n", **records})
    engine = Preview(tmp_path, tmp_path / "site").plugin.engine
    assert len(engine.rendered) > 60
    assert 0 < engine.in_full < 30


def noted(number: int, text: str) -> dict[str, str]:
    """A record and its note."""
    return {
        f"meta/2024/N{number}.prototxt": f'paper {{ title: "Paper {number}" }}\n',
        f"notes/2024/N{number}/note.md": text,
    }


def test_notes_share_shells_whatever_their_headings_and_front_matter_say(tmp_path: Path) -> None:
    heads = ["", "author: Ann\n", "description: Words & more\n", "hide: [toc]\n", "content: x\n", "date: 2024-01-02\n"]
    outlines = ["", "## One\n\n### Two\n", "## One & *three*\n\n### Four\n", '## $x^2$\n\n### "Five"\n', "## `<i>`\n"]
    pairs = [(head, outline) for head in heads for outline in outlines] * 2
    files: dict[str, str] = {}
    for n, (head, outline) in enumerate(pairs):
        files |= noted(n, f"---\n{head}---\n# Note {n}\n\n{outline.replace('One', f'One {n}')}\nWords.\n")
    write_files(tmp_path, {"mkdocs.yml": CONFIG_TEXT, "docs/index.md": "# Home\n\nWords.\n", **files})
    preview = Preview(tmp_path, tmp_path / "site")
    engine = preview.plugin.engine
    # Each pair is there twice.
    assert len(engine.rendered) - engine.in_full > len(pairs) // 2
    shared = preview.tree()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Shells, "output", lambda _, page, render: render(page))
        assert differing(shared, preview.fresh(tmp_path / "alone")) == []


def test_pages_below_a_folder_of_the_menu_link_there_as_the_theme_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str] = {"docs/notes/2024/N7/more.md": "# More\n"}
    for n in range(10):
        files |= noted(n, f"# Note {n}\n")
    build_site(tmp_path, files, CONFIG)
    alone = rendered_alone(tmp_path, tmp_path / "alone", monkeypatch)
    assert b'href="../more/"' in alone["notes/2024/N7/note/index.html"]
    assert differing(tree(tmp_path / "site"), alone) == []


def test_notes_of_one_outline_are_rendered_once_though_each_has_a_date_of_its_own(tmp_path: Path) -> None:
    note = "---\ndate: 2024-01-{:02}\n---\n# Note {}\n\n## Idea {}\n\n## Cost {}\n"
    notes = [noted(n, note.format(n, n, n, n)) for n in range(1, 29)]
    files = {path: text for each in notes for path, text in each.items()}
    write_files(tmp_path, {"mkdocs.yml": CONFIG_TEXT, "docs/index.md": "# Home\n\nWords.\n", **files})
    asks_nothing = Preview(tmp_path, tmp_path / "site").plugin.engine
    override = '{% extends "base.html" %}{% block extrahead %}{{ page.meta.date if page }}{% endblock %}\n'
    with_theme = CONFIG_TEXT.replace("font: false", "font: false\n  custom_dir: overrides")
    write_files(tmp_path, {"mkdocs.yml": with_theme, "overrides/main.html": override})
    asks_for_dates = Preview(tmp_path, tmp_path / "site").plugin.engine
    assert asks_for_dates.in_full - asks_nothing.in_full == len(notes) - 1


def test_an_index_that_stands_in_the_menu_has_a_shell_of_its_own(tmp_path: Path) -> None:
    records = {
        f"meta/2024/P{n}.prototxt": f'paper {{\n  title: "Paper {n}"\n  authors: "Ann Lee{n}"\n}}\n' for n in range(20)
    }
    write_files(tmp_path, {"mkdocs.yml": CONFIG_TEXT, "docs/index.md": "# Home\n\nWords.\n", **records})
    preview = Preview(tmp_path, tmp_path / "site")
    # Some kinds have one page here, such as years: until it was rendered in full often enough, it is.
    for name in ("Somebody New", "Nobody Else", "A Third", "A Fourth"):
        record = tmp_path / "meta/2024/P3.prototxt"
        record.write_text(f'paper {{\n  title: "Paper 3"\n  authors: "{name}"\n}}\n', encoding="utf-8")
        assert preview.save()
    engine = preview.plugin.engine
    in_menu = [path for path in engine.rendered if path in preview.plugin.engine.build.assembly.in_nav]
    assert "authors/index.md" in in_menu
    assert engine.in_full == 0
    assert differing(preview.tree(), preview.fresh(tmp_path / "fresh")) == []


def test_an_index_of_which_the_theme_makes_something_else_is_rendered_alone_and_the_others_go_on_sharing(
    tmp_path: Path,
) -> None:
    records = {
        f"meta/2024/P{n}.prototxt": f'paper {{\n  title: "Paper {n}"\n  authors: "Ann Lee{n}"\n}}\n' for n in range(20)
    }
    block = "{% block extrahead %}{% if page.url == 'authors/' %}{{ page.title | length }}{% endif %}{% endblock %}\n"
    with_theme = CONFIG_TEXT.replace("font: false", "font: false\n  custom_dir: overrides")
    override = f'{{% extends "base.html" %}}{block}'
    write_files(
        tmp_path, {"mkdocs.yml": with_theme, "overrides/main.html": override, "docs/index.md": "# Home\n\nWords.\n"}
    )
    write_files(tmp_path, records)
    preview = Preview(tmp_path, tmp_path / "site")
    for name in ("Somebody New", "Nobody Else", "A Third", "A Fourth"):
        record = tmp_path / "meta/2024/P3.prototxt"
        record.write_text(f'paper {{\n  title: "Paper 3"\n  authors: "{name}"\n}}\n', encoding="utf-8")
        assert preview.save()
    assert "authors/index.md" in preview.plugin.engine.rendered
    assert preview.plugin.engine.in_full == 1
    assert differing(preview.tree(), preview.fresh(tmp_path / "fresh")) == []


def test_a_theme_that_looks_at_the_words_gets_each_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    override = '{% extends "base.html" %}{% block extrahead %}{{ page.title | length }} {{ page.url }}{% endblock %}\n'
    config = {**CONFIG, "theme": {"name": "material", "font": False, "custom_dir": "overrides"}}
    with log.collected():
        made = build_site(tmp_path, {**FILES, "overrides/main.html": override}, config, strict=False)
        alone = rendered_alone(tmp_path, tmp_path / "alone", monkeypatch)
    assert {path: content for path, content in tree(made.site).items() if alone.get(path) != content} == {}


@pytest.mark.parametrize("filters", ["truncate(9, True)", "upper", "replace('entry', '')"])
def test_a_theme_that_changes_the_words_of_some_outlines_gets_each_page_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filters: str
) -> None:
    loop = f"{{% for each in (page.toc | first).children %}}{{{{ each.title | {filters} }}}}{{% endfor %}}"
    block = f"{{% block extrahead %}}{{% if page and page.url[:6] == 'notes/' %}}{loop}{{% endif %}}{{% endblock %}}"
    config = {**CONFIG, "theme": {"name": "material", "font": False, "custom_dir": "overrides"}}
    files = {"overrides/main.html": '{% extends "base.html" %}' + block}
    for n in range(9):
        files |= noted(n, f"# Note {n}\n" + ("\n## A long heading of its own\n" if n > 5 else ""))
    made = build_site(tmp_path, files, config)
    assert differing(tree(made.site), rendered_alone(tmp_path, tmp_path / "alone", monkeypatch)) == []


def test_pages_out_of_the_menu_have_none_of_the_theme_s_blank_lines(tmp_path: Path) -> None:
    note = "# A note\n\n```\nfirst\n\n\nlast\n```\n"
    made = build_site(tmp_path, {**FILES, "notes/2021/P1/note.md": note}, CONFIG)
    html = ""
    for page in ("papers/2021/P1", "papers/2022/P2", "notes/2021/P1/note"):
        html = (made.site / page / "index.html").read_text(encoding="utf-8")
        around = html.partition("<body")[2].partition("<article")[0]
        assert around.count("\n<") > 20
        assert without_blank_lines(around, "") == around
    assert "first\n\n\nlast" in html.replace("</span>", "").replace("<span>", "")
