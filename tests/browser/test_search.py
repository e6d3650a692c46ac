"""The header's search, typed into as readers do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.browser.pages import BADGES, PAGES
from tests.sites import build_site, serve_folder

BOX = ".md-search__input"
META = ".md-search-result__meta"

HITS = """
list => [...list.children].map(hit => {
  const [first] = hit.querySelectorAll("a");
  return {
    address: first.href,
    title: first.querySelector("h1, h2").innerText,
    text: hit.innerText,
    marks: [...hit.querySelectorAll("mark")].filter(mark => mark.checkVisibility()).map(mark => mark.innerText),
  };
})
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a reader sees of one page that was found, and where it leads, relative to the site's root."""

    address: str
    title: str
    text: str
    marks: list[str]


def ask(page: Page, home: str, query: str) -> list[Hit]:
    """Type a query into the search; gives what is found, the best first."""
    box, meta = page.locator(BOX), page.locator(META)
    box.click()
    box.fill("")
    box.press("Shift")
    expect(meta).to_have_text(re.compile("Type to start|键入以开始"))
    # All at once, as an input method for Chinese hands it over: what is found is not that of a part of it.
    page.keyboard.insert_text(query)
    box.press("Shift")
    expect(meta).to_have_text(re.compile("matching|找到|符合条件"))
    found = page.locator(".md-search-result__list").evaluate(HITS)
    return [Hit(**{**hit, "address": _path(hit["address"], home)}) for hit in found]


def _path(address: str, home: str) -> str:
    return unquote(address.removeprefix(home).partition("?")[0])


def addresses(hits: list[Hit]) -> list[str]:
    return [hit.address for hit in hits]


# The library of this repository


@pytest.fixture
def reader(open_page: OpenPage, library: str) -> Page:
    page = open_page(pictures_from=[BADGES])
    # The search is the same on every page; this one is soon there.
    page.goto(library + PAGES["bare-paper"])
    return page


def test_a_paper_is_found_by_its_abbreviation(reader: Page, library: str) -> None:
    first, second, *_ = ask(reader, library, "quest")
    assert (first.address, second.address) == ("papers/2024/Quest/", "notes/2024/Quest/note/")
    assert first.title.startswith("Quest: Query-Aware Sparsity")
    assert first.title.endswith("ICML 2024")
    assert second.title.endswith("ICML 2024")
    assert "Song Han" in first.text
    assert "Quest" in first.marks


def test_what_a_reader_remembers_of_a_paper(reader: Page, library: str) -> None:
    for query, address in {
        "query-aware sparsity long-context inference": "papers/2024/Quest/",
        "Dettmers QLoRA": "papers/2023/qlora/",
        "2406.10774": "papers/2024/Quest/",
        "what perplexity hides": "notes/2024/VB8C61V6/note/",
        "Kwon Berkeley NeurIPS 2022": "papers/2022/fisherpruning/",
        "lora": "papers/2022/lora/",
    }.items():
        assert ask(reader, library, query)[0].address == address


def paste(page: Page, text: str) -> Locator:
    """Paste into the box, with no key that goes up in it; gives the line of figures."""
    box = page.locator(BOX)
    box.fill("")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    box.click(button="left")
    box.evaluate(
        """(box, text) => {
            box.focus();
            document.execCommand("insertText", false, text);
        }""",
        text,
    )
    return page.locator(META)


def test_what_is_pasted_is_looked_for(reader: Page) -> None:
    reader.locator(BOX).click()
    expect(reader.locator(META)).to_have_text("Type to start searching")
    expect(paste(reader, "quest sparsity")).to_have_text(re.compile("matching"))
    expect(reader.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("papers/2024/Quest/"))


def test_the_address_of_a_paper_finds_it_or_says_that_it_is_not_here(reader: Page) -> None:
    reader.locator(BOX).click()
    expect(reader.locator(META)).to_have_text("Type to start searching")
    expect(paste(reader, "https://arxiv.org/abs/2406.10774v2")).to_have_text(re.compile("matching"))
    expect(reader.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("papers/2024/Quest/"))
    expect(paste(reader, "https://arxiv.org/abs/1706.99999")).to_have_text("No matching documents")


def test_papers_by_an_author(reader: Page, library: str) -> None:
    found = ask(reader, library, '"song han"')
    assert "papers/2024/Quest/" in addresses(found)
    assert all({"song", "han"} <= {mark.lower() for mark in hit.marks} for hit in found[:5])


def test_words_of_a_note_lead_to_the_note(reader: Page, library: str) -> None:
    found = ask(reader, library, "+activations +outliers")
    notes = [hit for hit in found if hit.address.startswith("notes/")]
    assert "notes/2024/massive-activations/note/" in addresses(notes)
    assert all({mark.lower() for mark in hit.marks} & {"activations", "outliers"} for hit in notes)
    assert all(
        re.search(r"[A-Za-z]+ \d{4}$", hit.title) for hit in found if hit.address.startswith(("notes/", "papers/"))
    )


def test_words_in_quotes_stand_in_a_row(reader: Page, library: str) -> None:
    found = ask(reader, library, '"persistent outliers"')
    assert "notes/2024/massive-activations/note/" in addresses(found)
    assert all("persistent outliers" in hit.text for hit in found)
    assert ask(reader, library, '"outliers persistent"') == []


def test_a_title_with_a_colon(reader: Page, library: str) -> None:
    """Which Material takes for a question about a field that is called Pruner."""
    title = "LLM-Pruner: On the Structural Pruning of Large Language Models"
    assert ask(reader, library, title)[0].address == "papers/2023/LLM-Pruner/"
    assert ask(reader, library, "x^n LLM-Pruner: ~")[0].address == "papers/2023/LLM-Pruner/"


def test_function_words_find_nothing(reader: Page, library: str) -> None:
    """As beginnings of words they would find half of the library."""
    assert addresses(ask(reader, library, "at the quest")) == addresses(ask(reader, library, "quest"))
    assert ask(reader, library, "of the") == []
    assert "papers/2024/Quest/" not in addresses(ask(reader, library, "quest -jiaming"))


def test_no_listing_is_ever_found(reader: Page, library: str) -> None:
    for query in ("ICML", "2024", "sparse pruning", "song", "note", "papers", "copy"):
        for address in addresses(ask(reader, library, query)):
            assert re.fullmatch(r"(papers/\d{4}/[^/]+/|notes/.+|guide/.*|reference/.*|)(#.*)?", address)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_hits(open_page: OpenPage, library: str, colours: str) -> None:
    page = open_page(colours=colours, width=360, pictures_from=[BADGES])
    page.goto(library + "?q=activation+outliers")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert violations(page) == []


# A library in several languages

WANDA = """\
paper {
  title: "A Simple and Effective Pruning Approach"
  abbr: "Wanda"
  authors: "Mingjie Sun"
  authors: "José Müller"
  institutions: "Łódź University"
  abstract: "%s The tenth sentence mentions calibration."
}
pub {
  where: "ICLR"
}
"""
HOSTILE = """\
paper {
  title: "<img src=x onerror=alert(1)>"
  abbr: "</script><b>王小明</b>"
  authors: "\\" onmouseover=\\"alert(2)"
}
"""
FILES: dict[str, str | bytes] = {
    "meta/2024/wanda.prototxt": WANDA % " ".join(f"Sentence {number} says little." for number in range(90)),
    "meta/2024/Quest.prototxt": 'paper {\n  title: "Quest"\n}\npub {\n  where: "ICML"\n}\n',
    "meta/2023/SparseCN.prototxt": 'paper {\n  title: "面向大语言模型的稀疏注意力机制"\n  authors: "王小明"\n}\n'
    'pub {\n  where: "计算机学报"\n}\n',
    "meta/2023/hostile.prototxt": HOSTILE,
    "notes/2024/Quest/note.md": "# 查询决定页面\n\n本文提出一种稀疏注意力机制，只读取与当前查询相关的页。\n\n"
    "另一段与此无关。\n\nKV缓存很大，使用GPU加速。\n\nEnglish words about pages.\n",
    "notes/2024/wanda/note.md": "# Wanda\n\n模型压缩与剪枝。注意到力的作用不同，注重意义。\n\n"
    "알고리즘을 사용하여 양자화한다。\n\nアテンション機構を用いる。\n\n| 方法 | 位数 |\n|---|---|\n| 量化 | 4 |\n",
    "docs/guide.md": "# Guide\n\nHow to find: 注意力。\n",
}


@pytest.fixture(scope="module", params=["en", "zh"])
def mixed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library in English and Chinese, under a theme in each of them."""
    theme = {"name": "material", "font": False, "language": request.param, "features": ["search.highlight"]}
    built = build_site(tmp_path_factory.mktemp("mixed"), FILES, {"theme": theme})
    with serve_folder(built.site) as home:
        yield home


@pytest.fixture
def mixed_reader(open_page: OpenPage, mixed: str) -> Page:
    page = open_page()
    page.goto(mixed)
    return page


def test_chinese_words_within_words(mixed_reader: Page, mixed: str) -> None:
    found = ask(mixed_reader, mixed, "注意力")
    assert addresses(found) == ["papers/2023/SparseCN/", "guide/", "notes/2024/Quest/note/"]
    assert found[0].title == "面向大语言模型的稀疏注意力机制 计算机学报 2023"


def test_of_a_note_the_paragraph_is_shown_and_the_words_in_it_marked(mixed_reader: Page, mixed: str) -> None:
    ask(mixed_reader, mixed, "注意力机制")
    hit = mixed_reader.locator(".md-search-result__item", has_text="查询决定页面")
    expect(hit.locator("mark:visible")).to_have_text(["注意力机制"])
    text = hit.inner_text()
    assert "本文提出一种稀疏注意力机制，只读取与当前查询相关的页。" in text
    assert "另一段" not in text
    assert text.count("注意力机制") == 1


def test_queries(mixed_reader: Page, mixed: str) -> None:
    quest, wanda = "notes/2024/Quest/note/", "papers/2024/wanda/"
    for query, expected in {
        "稀疏注意力": ["papers/2023/SparseCN/", quest],
        # In pieces, since it is long: 大语言 is there.
        "大语言模型剪枝": ["papers/2023/SparseCN/"],
        "GPU加速": [quest],
        "缓存KV": [quest],
        "王小明": ["papers/2023/hostile/", "papers/2023/SparseCN/"],
        "页": [quest],
        "양자화": ["notes/2024/wanda/note/"],
        "機構": ["notes/2024/wanda/note/"],
        "量化": ["notes/2024/wanda/note/"],
        "pruning": [wanda],
        "jose muller": [wanda],
        "josé": [wanda],
        "lodz": [wanda],
        "矩阵": [],
    }.items():
        assert addresses(ask(mixed_reader, mixed, query)) == expected, query


def test_a_hit_by_its_title_is_short(mixed_reader: Page, mixed: str) -> None:
    paper, note = ask(mixed_reader, mixed, "wanda")
    assert (paper.address, note.address) == ("papers/2024/wanda/", "notes/2024/wanda/note/")
    assert "Mingjie Sun" in paper.text
    assert "Sentence 1" not in paper.text
    item = mixed_reader.locator(".md-search-result__item").first
    assert item.evaluate("hit => hit.offsetHeight") < 150


def test_a_word_of_the_abstract_is_shown_where_it_stands(mixed_reader: Page, mixed: str) -> None:
    (hit,) = ask(mixed_reader, mixed, "calibration")
    assert hit.marks == ["calibration"]


def test_a_page_that_was_found_marks_the_words(mixed_reader: Page, mixed: str) -> None:
    ask(mixed_reader, mixed, "注意力")
    mixed_reader.locator(".md-search-result__item a", has_text="查询决定页面").click()
    mixed_reader.wait_for_url("**/notes/2024/Quest/note/**")
    expect(mixed_reader.locator("main mark")).to_have_text(["注意力"])


def test_an_address_brings_its_query(mixed_reader: Page, mixed: str) -> None:
    mixed_reader.goto(mixed + "?q=注意力")
    expect(mixed_reader.locator(".md-search-result__list mark:visible").first).to_have_text("注意力")


def test_hostile_words_stay_words(mixed_reader: Page, mixed: str) -> None:
    (hit,) = ask(mixed_reader, mixed, "onerror")
    assert "<img src=x onerror=alert(1)>" in hit.title
    assert "</script><b>王小明</b>: " in hit.title
    assert '" onmouseover="alert(2)' in ask(mixed_reader, mixed, "onmouseover")[0].text
    assert mixed_reader.locator(".md-search-result__list :is(img, b, script)").count() == 0
