"""The names of files and folders are text as well: nothing of them acts, whatever the theme."""

import html.parser
import json
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest

from tests import hostile
from tests.linkcheck import dead_links
from tests.site.wild import PICTURE
from tests.sites import SITE_URL, Build, build_site

THEMES = {
    "material": {"name": "material", "font": False, "features": ["content.action.edit", "content.action.view"]},
    "mkdocs": {"name": "mkdocs"},
    "readthedocs": {"name": "readthedocs"},
}

Shape = list[tuple[str, tuple[str, ...]]]


class _Shapes(html.parser.HTMLParser):
    """The elements of a page, each with the names of its attributes, in order; and its addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shape: Shape = []
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, tuple(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_comment(self, data: str) -> None:
        # Of the theme's own comments none speaks of the page.
        if "mkdocs" not in data.lower():
            self.shape.append(("comment", ()))


def _site(folder: Path, theme: str, names: list[str]) -> Build:
    files: dict[str, str | bytes] = {}
    # Whatever its name, each paper has its place among the others by its title.
    for number, name in enumerate(names):
        written = json.dumps(name, ensure_ascii=False)
        front = f"{{tags: [{written}], author: {written}, source: [{written}], subtitle: {written}}}"
        files |= {
            f"meta/2024/{name}.prototxt": (
                f'paper {{ title: "Title {number:02}" }}\ncover {{ url: {json.dumps(f"./{name}.png")} }}\n'
            ),
            f"notes/2024/{name}/note.md": (
                f"---\n{front}\n---\n# Note {number:02}\n\nOf [it]({quote(f'../../../meta/2024/{name}.prototxt')}).\n"
            ),
            f"notes/2024/{name}/{name}.md": "Without a heading.\n",
            f"notes/2024/{name}/{name}.png": PICTURE,
        }
    config = {
        "theme": THEMES[theme],
        "repo_url": "https://github.com/example/library",
        "edit_uri": "edit/main/docs/",
        "plugins": ["search", "tags", "papers"] if theme == "material" else ["search", "papers"],
    }
    return build_site(folder, files, config)


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_pages_are_as_for_plain_names(tmp_path: Path, theme: str) -> None:
    # A backslash in a link is a slash on some machines, and so a problem of its own.
    names = sorted(name for name in hostile.NAMES if "\\" not in name)
    plain = {name: f"n{number:02}" for number, name in enumerate(names)}
    hostile_site, harmless = (
        _site(tmp_path / "hostile", theme, names),
        _site(tmp_path / "plain", theme, [*plain.values()]),
    )
    assert len(hostile_site.paths("**/*.html")) == len(harmless.paths("**/*.html"))
    for name, other in plain.items():
        for path in ("papers/2024/{0}/index.html", "notes/2024/{0}/note/index.html", "notes/2024/{0}/{0}/index.html"):
            found, wanted = _Shapes(hostile_site.text(path.format(name))), _Shapes(harmless.text(path.format(other)))
            assert found.shape == wanted.shape, (name, path)
        edited = f"https://github.com/example/library/edit/main/meta/2024/{quote(name)}.prototxt"
        assert edited in _Shapes(hostile_site.text(f"papers/2024/{name}/index.html")).addresses
    # The page of what is not there has links of the theme's own making.
    assert [link for link in dead_links(hostile_site.site, SITE_URL) if link.page != "404.html"] == []


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("edit/{path}", "edit/../meta/2024/a%22%20%23%3Fb.prototxt"),
        ("edit?file={path!q}", "edit?file=..%2Fmeta%2F2024%2Fa%22%20%23%3Fb.prototxt"),
        (
            "edit/{path_noext}?file={path!q}",
            "edit/../meta/2024/a%22%20#?b?file=..%2Fmeta%2F2024%2Fa%22%20%23%3Fb.prototxt",
        ),
    ],
)
def test_a_template_of_edit_links(tmp_path: Path, template: str, address: str) -> None:
    files: dict[str, str | bytes] = {'meta/2024/a" #?b.prototxt': 'paper { title: "A" }\n'}
    config = {"repo_url": "https://example.org/x/", "edit_uri_template": template}
    built = build_site(tmp_path, files, config)
    wanted = urljoin("https://example.org/x/", address)
    assert wanted in _Shapes(built.text('papers/2024/a" #?b/index.html')).addresses


def test_tags_of_a_note_are_text_where_a_search_shows_them(tmp_path: Path) -> None:
    note = "---\ntags: ['<img src=x onerror=alert(1)>', 'R&D']\n---\n# A note\n"
    built = build_site(tmp_path, {"notes/2024/a/note.md": note, "meta/2024/a.prototxt": 'paper { title: "A" }\n'})
    files = [json.loads(built.text(path)) for path in built.paths("search/papers/text-*.json")]
    [facts] = [page["facts"] for file in files for page in file.values() if page["location"].startswith("notes/")]
    # The script that shows them escapes them: `tests/browser/test_search_engine.py`.
    assert facts == ["", "<img src=x onerror=alert(1)>", "R&D"]
