"""Records that would swell: each ends in one problem or one page, and the site stays small."""

import json
from pathlib import Path

import pytest

from tests.marked import defects_in
from tests.sites import build_site

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""A billion laughs: in full it would be nine to the tenth power."""

RECORDS = {
    "bomb.yaml": f"{BOMB}paper:\n  title: *i\n",
    "merge.yaml": "a: &a {title: x}\npaper:\n  <<: *a\n",
    "tag.yaml": "paper:\n  title: !!python/object/apply:os.system ['id']\n",
    "nested.yaml": "paper:\n  title: " + "[" * 50_000 + "]" * 50_000 + "\n",
    "deep.prototxt": "paper { title: 'x' " + "paper { " * 50_000 + "}" * 50_001,
    "lists.prototxt": "paper { title: 'x' authors: " + "[" * 50_000 + "]" * 50_000 + " }",
    "large.prototxt": "paper { title: '" + "x" * (3 * 1024 * 1024) + "' }",
    "title.prototxt": "paper { title: '" + "word " * 200_000 + "end' }",
    "address.prototxt": "paper { title: 'Long' url: 'https://example.net/" + "x" * 1_000_000 + "' }",
    "math.prototxt": "paper { title: '$" + "{" * 390 + "$' }",
    "quotes.prototxt": "paper { title: " + "'x' " * 40_000 + "}",
    "words.prototxt": "paper { title: 'Words' } keyword { words: [" + ", ".join(f"w{n}" for n in range(60_000)) + "] }",
    "escapes.yaml": 'paper:\n  title: "' + "\\u0041" * 100_000 + '"\n',
    "comments.prototxt": "#\n" * 500_000 + "paper { title: 'Comments' }",
    "unclosed.prototxt": "paper { title: 'x' " * 20_000,
}
EXPECTED = {
    "bomb.yaml": "yaml-feature",
    "merge.yaml": "yaml-feature",
    "tag.yaml": "yaml-feature",
    "nested.yaml": "too-large",
    "deep.prototxt": "too-large",
    "lists.prototxt": "too-large",
    "large.prototxt": "too-large",
    "title.prototxt": "too-long",
    "address.prototxt": "too-long",
    "quotes.prototxt": "too-long",
    "words.prototxt": "too-large",
    "escapes.yaml": "too-long",
    "unclosed.prototxt": "too-large",
}


def test_each_ends_in_one_problem_or_one_page(tmp_path: Path) -> None:
    files = {f"meta/2024/{name}": text for name, text in RECORDS.items()}
    built = build_site(tmp_path, dict(files), {"theme": {"name": "mkdocs"}}, strict=False)
    found = {(path.removeprefix("meta/2024/"), code) for code, path, *_ in defects_in(built.messages)}
    assert found == set(EXPECTED.items())
    assert len(built.warnings) == len(EXPECTED)
    assert all(len(line) < 500 for line in built.messages)
    papers = {paper["key"] for paper in json.loads(built.text("papers.json"))["papers"]}
    readable = set(RECORDS) - {name for name, code in EXPECTED.items() if code != "too-long"}
    assert papers == {f"2024/{name.rpartition('.')[0]}" for name in readable}
    for path in built.paths("**/*.html"):
        assert (built.site / path).stat().st_size < 200_000, path


@pytest.mark.slow
def test_hundreds_of_authors_of_one_long_title(tmp_path: Path) -> None:
    authors = "".join(f'  authors: "Author Number{number}x"\n' for number in range(400))
    record = f'paper {{\n  title: "{"long words " * 90_000}"\n{authors}}}\n'
    plugins = [{"papers": {"levels": {"too-long": "off"}, "own_page_from": 1}}]
    built = build_site(tmp_path, {"meta/2024/many.prototxt": record}, {"theme": {"name": "mkdocs"}, "plugins": plugins})
    assert len(built.paths("authors/*/index.html")) == 400
    # Each author has a page, and each page is small, whatever the title.
    sizes = [(built.site / path).stat().st_size for path in built.paths("authors/*/index.html")]
    assert max(sizes) < 30_000


def test_hundreds_of_authors_in_one_value(tmp_path: Path) -> None:
    record = f'paper {{ title: "t" authors: "{", ".join(f"A{number} B" for number in range(400))}" }}'
    config = {"theme": {"name": "mkdocs"}, "plugins": [{"papers": {"own_page_from": 1}}]}
    built = build_site(tmp_path, {"meta/2024/a.prototxt": record}, config, strict=False)
    assert [code for code, *_ in defects_in(built.messages)] == ["joined-authors"]
    assert len(built.paths("authors/*/index.html")) == 400
