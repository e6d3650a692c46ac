"""Hostile records and notes in a real browser: whatever they hold stays text."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.library.load import load
from mkdocs_papers.views.view import VIEWS_BY_NAME
from tests import hostile, hostile_library
from tests.browser.conftest import OpenPage
from tests.browser.pages import settle
from tests.browser.test_hostile_notes import swallows
from tests.browser.test_search import ask
from tests.linkcheck import dead_links
from tests.site.wild import PICTURE
from tests.sites import SITE_URL, Build, rebuild, serve_folder, write_files

BADGES = ["img.shields.io"]

# What a page is made of, without its words: for each element the tags above it, its own, and its attributes' names.
# Math is drawn from words, and so are the places where a long one may break: both count as text; what may be in math is
# checked apart. Pages share nearly all of it, so each text is told once, in `texts`, and elsewhere by its number there.
STRUCTURE = """
(texts) => {
  const numbers = new Map();
  const number = (text) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text);
  };
  const addressed = new Set(["href", "src", "action", "data", "poster", "srcset", "formaction", "xlink:href"]);
  // Nearly all elements are like others: the texts of one are made once.
  const shapes = new Map();
  const shapeOf = (element, names) => {
    const key = element.localName + (names.length ? `[${names}]` : "");
    let shape = shapes.get(key);
    if (!shape) {
      const others = names.filter((name) => name !== "open").sort();
      const text = element.localName + (others.length ? `[${others}]` : "");
      shapes.set(key, shape = { text, number: number(text) });
    }
    return shape;
  };
  const place = (text) => ({ text, below: new Map(), chains: new Map() });
  const below = ({ text, below }, tag) => below.get(tag) ?? below.set(tag, place(`${text}${tag}>`)).get(tag);
  const chain = ({ text, chains }, shape) =>
    chains.get(shape) ?? chains.set(shape, number(text + shape.text)).get(shape);
  const top = place("");
  const pages = {};
  for (const [path, text] of Object.entries(texts)) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const [chains, math, addresses, shaped] = [new Set(), new Set(), new Set(), new Map()];
    const walk = (element, above, aboveInMath) => {
      const names = element.getAttributeNames();
      for (const name of names) if (addressed.has(name)) addresses.add(number(element.getAttribute(name)));
      const shape = shapeOf(element, names);
      const inMath = aboveInMath || element.localName === "math";
      if (inMath) math.add(shape.number);
      else if (element.localName !== "wbr") {
        chains.add(chain(above, shape));
        shaped.set(element, shape.number);
      }
      const here = below(above, element.localName);
      for (let child = element.firstElementChild; child; child = child.nextElementSibling) walk(child, here, inMath);
    };
    walk(page.documentElement, top, false);
    const inside = (element) =>
      [...element.querySelectorAll("*")].filter((each) => shaped.has(each)).map((each) => shaped.get(each));
    const parts = [".papers-head", ".papers-abstract", ".papers-cite", ".papers-colophon"];
    pages[path] = {
      chains: [...chains],
      math: [...math],
      addresses: [...addresses],
      rows: [...page.querySelectorAll("tr[data-paper]")].map((row) => [row.dataset.paper, inside(row)]),
      paper: parts.map((selector) => [...page.querySelectorAll(selector)].map(inside)),
    };
  }
  // Playwright would take a value of so many parts apart one by one.
  return JSON.stringify({ texts: [...numbers.keys()], pages });
}
"""

_MATH = re.compile(
    r"(?:math|semantics|annotation|m[a-z]+|none)(?:\[(?:accent|accentunder|columnalign|columnspacing|depth|display"
    r"|displaystyle|encoding|fence|form|height|largeop|linethickness|lspace|mathvariant|maxsize|minsize|movablelimits"
    r"|notation|rowspacing|rspace|scriptlevel|separator|stretchy|symmetric|width|xmlns|,)*\])?"
)
_SAFE_ADDRESS = re.compile(r"(?:https?://|data:,$|#|[^:/?#\\\s][^:?#\\]*(?:[?#]|$)|\.{1,2}(?:/|$)|$)")


@dataclass
class Pair:
    """Two sites of one shape: one of hostile strings, one of harmless words.

    Attributes:
        hostile: the hostile site.
        harmless: the other.
        keys: each paper's key in the other by its key in the hostile one.
        home: where the hostile site is served.
        structures: what the pages of both are made of, by path.
    """

    hostile: Build
    harmless: Build
    keys: dict[str, str]
    home: str
    structures: tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("hostile")
    write_files(folder / "hostile", hostile_library.hostile_files())
    settings = read_settings(folder / "hostile" / "mkdocs.yml")
    files, keys = hostile_library.harmless_files(load(settings), list(settings.keywords))
    write_files(folder / "harmless", files)
    built = [rebuild(folder / name) for name in ("hostile", "harmless")]
    structures = []
    with browser.new_context() as context:
        page = context.new_page()
        for site in built:
            paths = [path for path in site.paths("**/*.html") if path != "404.html"]
            found: dict[str, Any] = {}
            for start in range(0, len(paths), 200):
                texts = {path: site.text(path) for path in paths[start : start + 200]}
                answer = json.loads(page.evaluate(STRUCTURE, texts))
                found |= {path: _told(each, answer["texts"]) for path, each in answer["pages"].items()}
            structures.append(found)
    with serve_folder(built[0].site) as home:
        yield Pair(built[0], built[1], keys, home, (structures[0], structures[1]))


def _told(page: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    """What a page is made of, with texts in place of their numbers."""

    def told(numbers: list[int]) -> list[str]:
        return [texts[number] for number in numbers]

    return {
        **{name: told(page[name]) for name in ("chains", "math", "addresses")},
        "rows": {key: told(row) for key, row in page["rows"]},
        "paper": [[told(part) for part in parts] for parts in page["paper"]],
    }


def _kind(path: str) -> str:
    """The kind of page that stands at a path."""
    first, _, rest = path.partition("/")
    if rest == "index.html" or rest.startswith("page/"):
        # Which papers such a page begins with depends on their words' order.
        return "…/index.html" if first in VIEWS_BY_NAME else f"{first}/index.html"
    return f"{first}/…" if rest else path


class TestStructure:
    def test_there_is_something_to_see(self, pair: Pair) -> None:
        assert len(pair.keys) > 100
        assert len(pair.structures[0]) > 400
        words = pair.hostile.text("papers/index.html")
        assert "&lt;script&gt;" in words

    def test_no_element_that_no_template_wrote(self, pair: Pair) -> None:
        written: dict[str, set[str]] = {}
        for path, structure in pair.structures[1].items():
            written.setdefault(_kind(path), set()).update(structure["chains"])
        # Which rows such a page begins with depends on their papers' words; each is looked at in the next test.
        in_rows = {chain.partition(">tbody>")[2] for chains in written.values() for chain in chains} - {""}
        foreign = {
            (path, chain)
            for path, structure in pair.structures[0].items()
            for chain in structure["chains"]
            if chain not in written[_kind(path)] and chain.partition(">tbody>")[2] not in in_rows
        }
        assert foreign == set()

    def test_every_row_is_as_it_would_be_for_harmless_words(self, pair: Pair) -> None:
        rows = [{key: row for page in site.values() for key, row in page["rows"].items()} for site in pair.structures]
        assert set(rows[0]) == set(pair.keys)
        for key, harmless in pair.keys.items():
            assert rows[0][key] == rows[1][harmless], key

    def test_every_paper_page_too(self, pair: Pair) -> None:
        papers = json.loads(pair.hostile.text("papers.json"))["papers"]
        others = {paper["key"]: paper["page"] for paper in json.loads(pair.harmless.text("papers.json"))["papers"]}
        pages = {quote(path): structure for path, structure in pair.structures[0].items()}
        assert len(papers) == len(pair.keys)
        for paper in papers:
            other = pair.structures[1][others[pair.keys[paper["key"]]] + "index.html"]
            # Versions of one work are in the order of their keys, which are others there.
            shapes = [
                [[*map(sorted, part)] for part in each["paper"]]
                for each in (pages[paper["page"] + "index.html"], other)
            ]
            assert shapes[0] == shapes[1], paper["key"]

    def test_math_only_draws(self, pair: Pair) -> None:
        shapes = {shape for structure in pair.structures[0].values() for shape in structure["math"]}
        assert shapes
        assert [shape for shape in shapes if not _MATH.fullmatch(shape)] == []

    def test_only_web_addresses_are_linked(self, pair: Pair) -> None:
        addresses = {address for structure in pair.structures[0].values() for address in structure["addresses"]}
        assert [address for address in addresses if not _SAFE_ADDRESS.match(address)] == []
        assert dead_links(pair.hostile.site, SITE_URL) == []


class TestInTheBrowser:
    """What runs or asks anybody for anything fails in `open_page`."""

    def _open(self, open_page: OpenPage, pair: Pair, path: str) -> Page:
        page = open_page(pictures_from=BADGES)
        page.goto(pair.home + path, wait_until="load")
        return page

    def test_pages(self, open_page: OpenPage, pair: Pair) -> None:
        indices = ("venues", "years/2024", "notes", "stats", "keywords", "authors", "institutions")
        for path in ("", "papers/", "papers/page/2/", *(f"{index}/" for index in indices)):
            page = self._open(open_page, pair, path)
            expect(page.locator("h1").first).to_be_visible()

    def test_papers(self, open_page: OpenPage, pair: Pair) -> None:
        papers = json.loads(pair.hostile.text("papers.json"))["papers"]
        page = open_page(pictures_from=BADGES)
        for paper in papers[::8]:
            page.goto(pair.home + paper["page"])
            expect(page.locator("article.papers-paper")).to_have_attribute("data-paper", paper["key"])

    def test_groups(self, open_page: OpenPage, pair: Pair) -> None:
        page = open_page(pictures_from=BADGES)
        for view in ("venues", "keywords", "authors", "institutions"):
            for path in pair.hostile.paths(f"{view}/*/index.html")[::30]:
                page.goto(pair.home + quote(path))
                expect(page.locator("tr[data-paper]").first).to_be_attached()

    def test_search(self, open_page: OpenPage, pair: Pair) -> None:
        page = self._open(open_page, pair, "years/")
        found = page.locator(".md-search-result__list")
        # Material writes titles and texts itself; nothing among them may act, or be more than words.
        acting = (
            "script, style, iframe, object, embed, form, input, button, img, svg, video, audio, link, meta, base, math"
        )
        for words in ("script", "onerror", "javascript", "img src", "refresh", "config", "text"):
            assert ask(page, pair.home, words), words
            assert found.locator(acting).count() == 0, words
            names = set(found.evaluate("list => [...list.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())"))
            odd = {name for name in names if name.startswith("on")} | names & {"style", "src", "srcset", "id"}
            assert odd == set(), words
        settle(page)

    def test_browse(self, open_page: OpenPage, pair: Pair) -> None:
        page = self._open(open_page, pair, "papers/")
        box = page.locator("[data-browse=box]")
        for text in (
            hostile.MARKUP[0],
            "venue:<script>",
            'author:"<img src=x onerror=alert(1)>"',
            "alert",
            "\ue000papers-0\ue001",
        ):
            box.fill(text)
            settle(page, 200)
        box.fill("")
        settle(page)
        tags = page.locator(".papers-browse-list").evaluate(
            "list => [...new Set([...list.querySelectorAll('*:not(math *)')].map((e) => e.localName))]"
        )
        assert set(tags) <= {
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "span",
            "img",
            "math",
            "wbr",
            "button",
            "ul",
            "li",
            "p",
            "mark",
        }

    def test_addresses_that_hold_a_query(self, open_page: OpenPage, pair: Pair) -> None:
        texts = [
            *hostile.MARKUP,
            *hostile.ADDRESSES,
            '"><img src=x onerror=alert(1)>',
            "__proto__:x",
            "\ue000papers-0\ue001",
        ]
        facets = ("venue", "keyword", "author", "institution", "year")
        names = ("q", "find", "h", "sort", "view", "page", "__proto__", "constructor", "code", "note", *facets * 4)
        page = open_page(pictures_from=BADGES)
        parts = [texts[start : start + len(names)] for start in range(0, len(texts), len(names))]
        for part in parts:
            query = "&".join(f"{name}={quote(text, safe='')}" for name, text in zip(names, part, strict=False))
            page.goto(f"{pair.home}papers/?{query}#{quote(part[0])}", wait_until="load")
            expect(page.locator("h1").first).to_be_visible()
        paper = json.loads(pair.hostile.text("papers.json"))["papers"][0]["page"]
        for path, part in zip(
            ("", "notes/", "venues/", "authors/", "institutions/", "stats/", paper, "404.html"), parts, strict=False
        ):
            query = "&".join(f"{name}={quote(text, safe='')}" for name, text in zip(names, part, strict=False))
            page.goto(f"{pair.home}{path}?{query}#{quote(part[-1])}", wait_until="load")
            expect(page.locator("h1").first).to_be_visible()


def test_papers_json_is_safe_in_a_script(open_page: OpenPage, pair: Pair) -> None:
    text = pair.hostile.text("papers.json")
    assert not re.search("[<>&\u2028\u2029]", text)
    page = open_page()
    page.set_content(f"<!doctype html><title>x</title><script>window.library = {text};</script>")
    assert page.evaluate("window.library.papers.length") == len(pair.keys)
    assert page.evaluate("window.library") == json.loads(text)


def test_files_for_other_programs_are_well_formed(pair: Pair) -> None:
    files = [path for path in pair.hostile.paths() if path.endswith((".xml", ".json"))]
    assert len(files) > 4
    for path in files:
        text = pair.hostile.text(path)
        if path.endswith(".json"):
            json.loads(text)
        else:
            ET.fromstring(text)  # noqa: S314 - our own build wrote it


# Notes from strangers


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Build, str]]:
    files: dict[str, str | bytes] = {
        "mkdocs.yml": hostile_library.config({}).replace("badges: true", "sanitize_notes: true"),
        "docs/index.md": "# Home\n",
        "docs/secret.txt": "the secret\n",
    }
    # A picture that is not there would be an error of another kind.
    missing = re.compile(r"((?:src|srcset|poster)=[`'\"]?|!\[t\]\()(?:x:x|x|1)(?=[`'\"\s>/])", re.IGNORECASE)
    vectors = [missing.sub(r"\1a.png", vector) for vector in (*hostile.MARKUP, *hostile.MARKDOWN, *hostile.TEMPLATES)]
    vectors = [vector for vector in vectors if "src=`" not in vector and "a.png/" not in vector]
    for number in range(0, len(vectors), 20):
        part = vectors[number : number + 20]
        front = json.dumps(
            {"title": part[0], "description": part[1], "template": "none.html", "render_macros": True, "icon": "x"}
        )
        text = "\n\n".join(sorted(part, key=swallows))
        files[f"notes/n{number}.md"] = (
            f"---\n{front}\n---\n\n# {part[2]}\n\n{text}\n\n- {part[3]}\n\n| {part[4]} |\n|---|\n"
        )
    for number, vector in enumerate(hostile.MARKUP):
        names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        files[f"notes/{number}.svg"] = f'<svg {names} width="9" height="9">{vector}</svg>'
    files["notes/a.png"] = PICTURE
    files["notes/page.html"] = f"<script>{hostile.ALERT}</script>"
    folder = tmp_path_factory.mktemp("strangers")
    write_files(folder, files)
    built = rebuild(folder)
    with serve_folder(built.site) as home:
        yield built, home


class TestStrangers:
    def test_notes(self, open_page: OpenPage, strangers: tuple[Build, str]) -> None:
        built, home = strangers
        page = open_page()
        notes = built.paths("notes/n*/index.html")
        assert len(notes) > 7
        for path in notes:
            page.goto(home + path, wait_until="load")
            article = page.locator("article.md-content__inner")
            acting = "script, style, iframe, object, embed, form, base, meta, link"
            assert article.evaluate("(a, acting) => a.querySelectorAll(acting).length", acting) == 0
            names = article.evaluate("a => [...a.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())")
            assert [name for name in names if name.startswith("on") or name == "style"] == []
            # No note stands in for a part of the page.
            assert page.locator("#__config").count() == 1
            assert page.locator("#__config").evaluate("e => e.localName") == "script"
        settle(page)

    def test_nothing_comes_into_a_note(self, strangers: tuple[Build, str]) -> None:
        built, _ = strangers
        for path in built.paths("notes/**/*.html"):
            text = built.text(path)
            assert "the secret" not in text
            assert "site_name:" not in text
            assert ">49<" not in text

    def test_pictures_opened_by_themselves(self, open_page: OpenPage, strangers: tuple[Build, str]) -> None:
        built, home = strangers
        page = open_page()
        pictures = built.paths("notes/*.svg")
        assert pictures
        for path in pictures:
            page.goto(home + path)
            assert page.evaluate("document.querySelectorAll('script, a, foreignObject, iframe').length") == 0

    def test_what_runs_is_left_out(self, strangers: tuple[Build, str]) -> None:
        built, _ = strangers
        assert "notes/page.html" not in built.paths()
