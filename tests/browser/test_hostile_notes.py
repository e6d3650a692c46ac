"""Notes from strangers in a real browser: each class of hostile markup beside a harmless twin."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from playwright.sync_api import Page

from mkdocs_papers.records.problem import CODES
from tests.browser.conftest import OpenPage
from tests.browser.pages import settle
from tests.browser.test_search import ask
from tests.hostile import MARKUP
from tests.hostile_notes import NOTES
from tests.site.wild import PICTURE
from tests.sites import Build, SiteHandler, rebuild, serve_folder, write_files

CONFIG = """\
site_name: Hostile
site_url: https://example.org/sub/path/
theme:
  name: material
  font: false
  features: [content.code.copy, content.tooltips, content.code.annotate]
plugins:
  - search
  - papers:
      sanitize_notes: true
      # What is wrong with such notes is the concern of other tests.
      levels: LEVELS
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight: {anchor_linenums: true}
  - pymdownx.snippets
  - pymdownx.superfences:
      custom_fences: [{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ''}]
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
"""
TWIN = "# A note\n\nWords.\n\n## Part\n\nMore $x^2$ and [a link](n0.md).\n\n### Deep\n\n## Last\n"
AT_ONCE = 8
"""So many strings stand in one note; three times as many, where none can take another for its text."""

# What stands around the note, before a script of the theme changes it: for each element those above it and its own.
AROUND = """
async () => {
  const text = await (await fetch(location.href)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const own = page.querySelector("article.md-content__inner");
  const shape = (each) => each.localName + "[" + each.getAttributeNames().sort() + "]";
  const found = new Set();
  for (const each of page.querySelectorAll("*")) {
    if (own.contains(each) && each !== own) continue;
    if (each.closest("[data-md-component=toc] li")) continue;
    const chain = [];
    for (let at = each; at; at = at.parentElement) chain.unshift(shape(at));
    found.add(chain.join(">"));
  }
  const outline = [...page.querySelectorAll("[data-md-component=toc] *")].filter((each) => !each.closest("math"));
  const before = own.querySelector(":scope > .papers-note-header");
  const after = own.querySelector(":scope > .papers-neighbours, :scope > nav");
  return {
    found: [...found], outline: [...new Set(outline.map(shape))],
    framed: before !== null && after !== null, articles: page.querySelectorAll("article").length,
  };
}
"""

# What is odd in a note, beside what the plugin and the theme's own script put into it.
INSIDE = r"""
() => {
  const own = document.querySelector("article.md-content__inner");
  const odd = [];
  const acting = ("script style iframe frame object embed form base meta link select textarea template dialog use " +
    "image foreignobject nav main header footer aside article").split(" ");
  const attributes = ("srcdoc formaction action ping target background xlink:href contenteditable tabindex hidden " +
    "popover accesskey download").split(" ");
  const ours = ".papers-note-header, .papers-neighbours, .papers-pager, .md-code__nav, .md-annotation, " +
    ".md-clipboard, .md-code__button, .tabbed-control, .md-typeset__scrollwrap, .headerlink";
  const names = new Map();
  for (const each of document.querySelectorAll("[id]")) names.set(each.id, (names.get(each.id) ?? 0) + 1);
  for (const each of own.querySelectorAll("*")) {
    if (each.closest(ours) && !each.matches(".md-typeset__scrollwrap *")) continue;
    if (each.closest(":scope > nav, article > nav")) continue;
    if (acting.includes(each.localName)) odd.push("element " + each.outerHTML);
    for (const { name, value } of each.attributes) {
      const script = name === "tabindex" && each.matches("pre, code, label > a, .md-typeset__table, .papers-math");
      if (name.startsWith("on") || (attributes.includes(name) && !script)) odd.push(name + " of " + each.outerHTML);
      if (name === "style" && !/^(text-align:|--md-|min-width)/.test(value)) odd.push("style of " + each.outerHTML);
      const painted = /^(fill|stroke|filter|mask|cursor|clip-path|style)$/.test(name);
      if (painted && /url\s*\(|\\/i.test(value)) odd.push(name + "=" + value);
    }
    for (const name of ["href", "src", "poster", "cite"]) {
      const value = each.getAttribute(name);
      if (value === null) continue;
      const url = new URL(value, document.baseURI);
      if (!/^(https?|mailto):$/.test(url.protocol)) odd.push("address " + value);
      if (/^(src|poster)$/.test(name) && url.origin !== location.origin) odd.push("picture " + value);
    }
    if (names.get(each.id) > 1 && /^(_|md-|mkdocs|papers-)/.test(each.id)) odd.push("id " + each.id);
    if (/^__(?!tabbed_|span-|codelineno-|code_)/.test(each.id)) odd.push("id " + each.id);
    const look = getComputedStyle(each);
    if (look.position === "fixed" || look.position === "sticky") odd.push("position of " + each.outerHTML);
    if (Number(look.zIndex) > 3) odd.push("z-index of " + each.outerHTML);
    const box = each.getBoundingClientRect();
    if (box.width && box.height && box.bottom + scrollY < 0) odd.push("above the page: " + each.outerHTML);
  }
  return odd;
}
"""

# Whoever points at something, or comes to it: no handler is there for any event, nor does a link lead to a script.
POINT = """
() => {
  addEventListener("click", (event) => event.preventDefault(), { capture: true });
  const kinds = "click mouseover focus focusin pointerenter toggle error load wheel".split(" ");
  for (const each of document.querySelectorAll("article *")) {
    for (const kind of kinds) each.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
  }
}
"""

STRINGS = (*MARKUP, *NOTES)
_SWALLOWS = re.compile(
    r"<(?:!|\?|/|textarea|title|plaintext|xmp|noembed|noframes|noscript|style|script|iframe|select)", re.IGNORECASE
)


def swallows(string: str) -> bool:
    """Whether what follows a string may be its text, and no markup."""
    return bool(_SWALLOWS.search(string))


CHUNKS = [
    strings[start : start + many]
    for strings, many in (
        ([string for string in STRINGS if not swallows(string)], 3 * AT_ONCE),
        ([string for string in STRINGS if swallows(string)], AT_ONCE),
    )
    for start in range(0, len(strings), many)
]


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Build, str]]:
    files: dict[str, str | bytes] = {
        "mkdocs.yml": CONFIG.replace("LEVELS", json.dumps(dict.fromkeys(CODES, "off"))),
        "docs/index.md": "# Home\n",
        "notes/a.png": PICTURE,
        "notes/m-first.md": TWIN,
        "notes/m-twin.md": TWIN,
    }
    for number, strings in enumerate(CHUNKS):
        files[f"notes/n{number}.md"] = f"{TWIN}\n" + "\n\n".join(strings) + "\n"
    files["notes/z-last.md"] = TWIN
    folder = tmp_path_factory.mktemp("hostile-notes")
    write_files(folder, files)
    built = rebuild(folder)
    with serve_folder(built.site, handler=_EveryPicture) as home:
        yield built, home


class _EveryPicture(SiteHandler):
    """Has every picture that a page asks for: one that is not there would be an error of another kind."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if self.headers["Sec-Fetch-Dest"] not in {"image", "video", "audio"}:
            super().send_error(code, message, explain)
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(PICTURE)))
        self.end_headers()
        self.wfile.write(PICTURE)


def _around(page: Page) -> dict[str, Any]:
    return dict(page.evaluate(AROUND))


def test_each_stays_in_its_article_and_does_nothing(open_page: OpenPage, strangers: tuple[Build, str]) -> None:
    _, home = strangers
    page = open_page()
    page.goto(f"{home}notes/m-twin/", wait_until="load")
    twin = _around(page)
    assert twin["framed"]
    assert page.evaluate(INSIDE) == []
    for number, strings in enumerate(CHUNKS):
        page.goto(f"{home}notes/n{number}/", wait_until="load")
        around = _around(page)
        assert set(around["found"]) == set(twin["found"]), strings
        assert set(around["outline"]) <= set(twin["outline"]), strings
        assert (around["framed"], around["articles"]) == (True, 1), strings
        assert page.evaluate(INSIDE) == [], strings
        page.evaluate(POINT)
    # The last ones' timers and pictures have had their time.
    settle(page)


def test_search_hits(open_page: OpenPage, strangers: tuple[Build, str]) -> None:
    """What the search's script writes as HTML holds no element of a note, but for the marks around words."""
    _, home = strangers
    page = open_page()
    page.goto(f"{home}notes/m-twin/")
    shape = "list => [...new Set([...list.querySelectorAll('*')].map(e => `${e.localName}[${e.getAttributeNames()}]`))]"
    hits = page.locator(".md-search-result__list")
    assert ask(page, home, "words")
    known = set(hits.evaluate(shape)) | {"mark[]", "p[]", "h2[]", "a[href,class,tabindex]", "nav[class,aria-label]"}
    known |= {
        "small[class]",
        "small[class,data-kind]",
        "article[class]",
        "details[class]",
        "summary[tabindex]",
        "div[]",
    }
    for query in ("onerror alert", "script", "img src", "elsewhere", "javascript", "style", "svg"):
        found = ask(page, home, query)
        assert set(hits.evaluate(shape)) <= known, query
        assert all(hit.address.startswith("notes/") for hit in found)


def test_without_a_script_too(open_page: OpenPage, strangers: tuple[Build, str]) -> None:
    _, home = strangers
    page = open_page(scripts=False)
    for number in range(0, len(CHUNKS), 6):
        page.goto(f"{home}notes/n{number}/", wait_until="load")
        assert page.locator("article").count() == 1
        assert page.locator("article > .papers-note-header").count() == 1
        assert page.locator("footer").count() >= 1
