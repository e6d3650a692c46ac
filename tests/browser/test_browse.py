"""The browse page as its readers use it."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from mkdocs_papers.pages.browse import SCRIPTS
from tests.browser.accessibility import leave_one_of_each_kind, violations
from tests.browser.conftest import OpenPage, wait_for
from tests.browser.many import build_many
from tests.browser.pages import settle
from tests.hostile import texts
from tests.libraries import PIXEL
from tests.sites import build_site, serve_folder

PAGE_SIZE = 6


def record(title: str, venue: str | None = None, /, **paper: Any) -> str:
    """A record as YAML, which any JSON is."""
    keys = {"code", "cover", "note", "keyword", "baseline", "rating", "status"}
    content: dict[str, Any] = {key: value for key, value in paper.items() if key in keys}
    content["paper"] = {"title": title, **{key: value for key, value in paper.items() if key not in keys}}
    content["pub"] = {"where": "" if venue is None else venue}
    return json.dumps(content, ensure_ascii=False)


CODE = {"type": "PyTorch", "url": "https://github.com/mit-han-lab/quest"}
FILES: dict[str, str | bytes] = {
    "meta/2024/Quest.yaml": record(
        "Quest: Query-Aware Sparsity",
        "ICML",
        abbr="Quest",
        url="https://arxiv.example/quest",
        authors=["Jiaming Tang", "Song Han"],
        institutions=["MIT"],
        code=CODE,
        cover={"url": "cover.svg"},
        keyword={"words": ["kv_cache", "sparse"]},
        rating=5,
        status="read",
    ),
    "notes/2024/Quest/note.md": "# Quest\n\nPages of keys.\n",
    "notes/2024/Quest/cover.svg": PIXEL,
    "meta/2024/Mixed.yaml": record(
        "Mixed *Precision* for $\\infty$ <b>Contexts</b>",
        "ACL Findings",
        url="https://arxiv.example/mixed",
        authors=["Łukasz Kaiser"],
        code={"type": "", "url": "https://code.example/mixed"},
        keyword={"words": ["quantization"]},
    ),
    "meta/2024/Wanda.yaml": record(
        "A Simple Pruning Approach", "ICLR", abbr="Wanda", authors=["Mingjie Sun"], keyword={"words": ["sparse"]}
    ),
    "meta/2023/SmoothQuant.yaml": record(
        "SmoothQuant", "ICML", abbr="SmoothQuant", authors=["Song Han"], keyword={"words": ["quantization"]}, rating=4
    ),
    "meta/2023/注意力.yaml": record("稀疏注意力机制", "计算机学报", authors=["王小明"], keyword={"words": ["sparse"]}),
    "meta/2023/Survey.yaml": record("A Survey of Sparsity", authors=["Ana Peña"], keyword={"words": ["survey"]}),
    "meta/2022/LoRA+.yaml": record("LoRA+", "ICML", abbr="LoRA+", url="https://arxiv.example/lora", status="to_read"),
    "meta/2022/ZeroQuant.yaml": record("ZeroQuant", "NeurIPS", abbr="ZeroQuant", keyword={"words": ["quantization"]}),
    "meta/2021/Old.yaml": record("Old Ideas", "ACL", baseline={"methods": ["2024/Quest"]}),
    "meta/1989/obd.yaml": record("Optimal Brain Damage", "NeurIPS", abbr="OBD", authors=["Yann Le Cun"]),
}
KEYWORDS = {"kv_cache": "KV Cache", "sparse": "Sparsity", "quantization": "Quantization", "survey": "Survey"}
NEWEST = ["Wanda", "Mixed", "Quest", "Survey", "SmoothQuant", "注意力", "LoRA+", "ZeroQuant", "Old", "obd"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small library."""
    options = {"papers": {"keywords": KEYWORDS, "page_size": PAGE_SIZE, "badges": True}}
    built = build_site(tmp_path_factory.mktemp("small"), FILES, {"plugins": ["search", options]})
    with serve_folder(built.site) as home:
        yield home


@pytest.fixture
def papers(open_page: OpenPage, small: str) -> Page:
    """The browse page of the small library, ready."""
    return browse(open_page(pictures_from=["img.shields.io"]), small)


def browse(page: Page, home: str, address: str = "") -> Page:
    """Open the browse page and wait until it is alive."""
    page.goto(f"{home}papers/{address}")
    expect(page.locator("[data-view-shown]")).to_be_attached()
    return page


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Filter papers")


def stems(page: Page) -> list[str]:
    """The stems of the papers that are shown, in order."""
    keys = page.locator("[data-view-shown] [data-paper]").evaluate_all("rows => rows.map(row => row.dataset.paper)")
    return [key.partition("/")[2] for key in keys]


def shows(page: Page, expected: list[str]) -> None:
    """Wait for these papers and no others."""
    rows = page.locator("[data-view-shown] [data-paper]")
    expect(rows).to_have_count(len(expected))
    # Between one look and the next the list may be drawn anew, with as many papers.
    for row, stem in enumerate(expected):
        expect(rows.nth(row)).to_have_attribute("data-paper", re.compile(f"(^|/){re.escape(stem)}$"))


def number(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator(".papers-browse-number")).to_have_text(text)


def facet(page: Page, title: str) -> Locator:
    """A facet, unfolded; where there is little room, all of them are folded away."""
    fold = page.locator("[data-browse=fold]")
    if fold.is_visible() and fold.get_attribute("aria-expanded") == "false":
        fold.click()
    details = page.locator(".papers-facet").filter(
        has=page.locator("summary", has_text=re.compile(f"^{re.escape(title)}$"))
    )
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def entries(details: Locator) -> dict[str, int]:
    """A facet's values and counts as they are shown."""
    lines = details.locator("li").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('span')].map(s => s.textContent))"
    )
    return {label: int(count) for label, count in lines}


def find_of(page: Page) -> str:
    """The query in the page's address."""
    return parse_qs(urlsplit(page.url).query).get("find", [""])[0]


# The box


def test_typing_finds_papers(papers: Page) -> None:
    shows(papers, NEWEST[:PAGE_SIZE])
    number(papers, "10 papers")
    box(papers).press_sequentially("quant")
    shows(papers, ["Mixed", "SmoothQuant", "ZeroQuant"])
    number(papers, "3 of 10 papers")
    expect(papers).to_have_url(re.compile(r"papers/\?find=quant$"))
    expect(papers.get_by_role("status")).to_have_text("3 of 10 papers")


def test_the_best_match_is_first(papers: Page) -> None:
    box(papers).fill("quest")
    shows(papers, ["Quest"])
    box(papers).fill("s")
    assert stems(papers)[0] == "SmoothQuant"
    expect(papers.locator("#papers-sort option").first).to_have_text("Best match")


def test_chinese_by_substring_and_accents_folded(papers: Page) -> None:
    box(papers).fill("注意力")
    shows(papers, ["注意力"])
    box(papers).fill("pena")
    shows(papers, ["Survey"])
    box(papers).fill("LUKASZ")
    shows(papers, ["Mixed"])


def test_what_is_typed_and_ticked_while_the_index_loads_counts(open_page: OpenPage, small: str) -> None:
    page = open_page(pictures_from=["img.shields.io"])
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/browse.json", keep)
    page.goto(f"{small}papers/")
    expect(page.locator("[data-browse=list]")).to_have_attribute("aria-busy", "false")
    box(page).press_sequentially("quest")
    facet(page, "Venues").get_by_label("ICML").check()
    facet(page, "Venues").get_by_label("ACL Findings").check()
    facet(page, "Venues").get_by_label("ACL Findings").uncheck()
    wait_for(page, waiting)
    waiting[0].continue_()
    shows(page, ["Quest"])
    expect(box(page)).to_have_value("quest venue:ICML")


# Facets


def test_a_choice_is_part_of_the_query_and_the_query_chooses(papers: Page) -> None:
    venues = facet(papers, "Venues")
    venues.get_by_label("ICML").check()
    shows(papers, ["Quest", "SmoothQuant", "LoRA+"])
    expect(box(papers)).to_have_value("venue:ICML")
    assert find_of(papers) == "venue:ICML"
    box(papers).fill('venue:"ACL Findings" venue:icml')
    expect(venues.get_by_label("ACL Findings")).to_be_checked()
    expect(venues.get_by_label("ICML")).to_be_checked()
    venues.get_by_label("ICML").uncheck()
    expect(box(papers)).to_have_value('venue:"ACL Findings"')
    shows(papers, ["Mixed"])


def test_several_values_are_any_of_them_and_several_facets_all_of_them(papers: Page) -> None:
    facet(papers, "Keywords").get_by_label("Quantization").check()
    shows(papers, ["Mixed", "SmoothQuant", "ZeroQuant"])
    facet(papers, "Keywords").get_by_label("Survey").check()
    shows(papers, ["Mixed", "Survey", "SmoothQuant", "ZeroQuant"])
    facet(papers, "Venues").get_by_label("ICML").check()
    shows(papers, ["SmoothQuant"])


def test_counts_say_what_a_choice_would_bring(papers: Page) -> None:
    keywords = facet(papers, "Keywords")
    assert entries(keywords) == {"Sparsity": 3, "Quantization": 3, "KV Cache": 1, "Survey": 1}
    facet(papers, "Venues").get_by_label("ICML").check()
    expect(keywords.locator("li", has_text="Survey")).to_have_count(0)
    assert entries(keywords) == {"Quantization": 1, "KV Cache": 1, "Sparsity": 1}
    # A facet's own choices leave its counts alone.
    assert entries(facet(papers, "Venues"))["NeurIPS"] == 2


def test_flags_are_wanted_all_together(papers: Page) -> None:
    having = facet(papers, "With")
    assert entries(having) == {"Note": 1, "Code": 2, "Cover": 1}
    having.get_by_label("Code").check()
    shows(papers, ["Mixed", "Quest"])
    having.get_by_label("Note").check()
    shows(papers, ["Quest"])
    expect(box(papers)).to_have_value("has:code has:note")


def test_a_range_of_years(papers: Page) -> None:
    years = facet(papers, "Years")
    years.get_by_label("From").select_option("2022")
    expect(box(papers)).to_have_value("year:>=2022")
    years.get_by_label("To").select_option("2023")
    expect(box(papers)).to_have_value("year:2022..2023")
    shows(papers, ["Survey", "SmoothQuant", "注意力", "LoRA+", "ZeroQuant"])
    years.get_by_label("From").select_option("2023")
    expect(box(papers)).to_have_value("year:2023")
    box(papers).fill("year:<2022")
    expect(years.get_by_label("From")).to_have_value("1989")
    expect(years.get_by_label("To")).to_have_value("2021")
    years.get_by_label("To").select_option("2024")
    expect(box(papers)).to_have_value("")


def test_authors_are_found_as_one_types(papers: Page) -> None:
    authors = facet(papers, "Authors")
    authors.get_by_label("Song Han").check()
    shows(papers, ["Quest", "SmoothQuant"])


def test_values_of_a_facet_are_wanted_any_all_or_none(papers: Page) -> None:
    keywords = facet(papers, "Keywords")
    manner = keywords.get_by_role("combobox")
    expect(manner).to_be_hidden()
    keywords.get_by_label("Sparsity").check()
    manner.select_option("all of these")
    expect(box(papers)).to_have_value("keyword:sparse")
    # Counts say now what both together would find.
    expect(keywords.locator("li", has_text="KV Cache").locator(".papers-number")).to_have_text("1")
    keywords.get_by_label("KV Cache").check()
    expect(box(papers)).to_have_value("keyword:sparse+kv_cache")
    shows(papers, ["Quest"])
    assert "find=keyword:sparse%2Bkv_cache" in papers.url
    papers.reload()
    shows(papers, ["Quest"])
    facet(papers, "Keywords")
    expect(manner).to_have_value("all")
    manner.select_option("none of these")
    expect(box(papers)).to_have_value("-keyword:sparse -keyword:kv_cache")
    manner.select_option("any of these")
    expect(box(papers)).to_have_value("keyword:sparse keyword:kv_cache")
    # What no paper can have together is not offered.
    facet(papers, "Venues").get_by_label("ICML").check()
    expect(facet(papers, "Venues").get_by_role("option")).to_have_text(["any of these", "none of these"])


def test_names_in_a_facet_are_found_by_whole_words_first(open_page: OpenPage, tmp_path: Path) -> None:
    others = "Intel NVIDIA Google Meta Apple Stanford Cornell Princeton Berkeley Oxford Tsinghua EPFL"
    names = ["Summit Laboratory", "Mitsubishi", "MIT", *others.split()]
    files = {
        f"meta/2024/{copy}{place}.yaml": record(f"Paper {copy}{place}", institutions=[name])
        for place, name in enumerate(names)
        for copy in "ab"[: 2 if place < 2 else 1]
    }
    with serve_folder(build_site(tmp_path, files).site) as home:
        page = browse(open_page(), home)
        institutions = facet(page, "Institutions")
        institutions.get_by_role("searchbox").fill("mit")
        expect(institutions.locator("li > label > span:first-of-type")).to_have_text(
            ["MIT", "Mitsubishi", "Summit Laboratory"]
        )


def test_an_address_that_is_pasted_finds_its_paper_or_says_that_it_is_not_here(
    open_page: OpenPage, tmp_path: Path
) -> None:
    files = {
        "meta/2024/Quest.yaml": record("Quest", url="https://arxiv.org/abs/2406.10774v1"),
        "meta/2023/Other.yaml": record("Other"),
    }
    with serve_folder(build_site(tmp_path, files).site) as home:
        page = browse(open_page(), home)
        page.evaluate("navigator.clipboard.writeText('https://arxiv.org/pdf/2406.10774v3')")
        box(page).focus()
        page.keyboard.press("Control+v")
        shows(page, ["Quest"])
        box(page).fill("https://arxiv.org/abs/1706.03762")
        expect(page.locator(".papers-empty")).to_contain_text("arxiv:1706.03762 is not in this library.")


def test_an_excluded_value_is_struck_through(papers: Page) -> None:
    box(papers).fill("-keyword:sparse")
    excluded = facet(papers, "Keywords").locator("li", has_text="Sparsity")
    expect(excluded).to_have_class(re.compile("papers-facet-not"))
    expect(excluded.get_by_role("checkbox")).to_be_checked(indeterminate=True)
    excluded.get_by_role("checkbox").click()
    expect(box(papers)).to_have_value("")


def test_facets_without_values_are_not_there(open_page: OpenPage, tmp_path: Path) -> None:
    built = build_site(tmp_path, {"meta/2024/A.yaml": record("A"), "meta/2023/B.yaml": record("B")})
    with serve_folder(built.site) as home:
        page = browse(open_page(), home)
        expect(page.locator(".papers-facet summary")).to_have_text(["Years"])


# Order and views


def test_heads_sort(papers: Page) -> None:
    head = papers.get_by_role("columnheader", name="Title")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert stems(papers)[:2] == ["Wanda", "Survey"]
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(papers).to_have_url(re.compile("sort=-title$"))
    assert stems(papers)[0] == "注意力"
    papers.get_by_label("Sort by").select_option("Year")
    expect(head).not_to_have_attribute("aria-sort", re.compile(""))
    expect(papers).to_have_url(re.compile("sort=-year$"))
    assert stems(papers)[0] == "Wanda"
    papers.get_by_role("button", name="Descending").click()
    assert stems(papers)[0] == "obd"
    papers.get_by_label("Sort by").select_option(index=0)
    expect(papers).to_have_url(re.compile("papers/$"))


@pytest.mark.parametrize(("view", "holder"), [("Cards", ".papers-cards"), ("List", ".papers-compact")])
def test_views(papers: Page, view: str, holder: str) -> None:
    papers.get_by_role("button", name=view, exact=True).click()
    expect(papers.locator(holder)).to_be_visible()
    expect(papers.locator(".papers-table")).to_be_hidden()
    shows(papers, NEWEST[:PAGE_SIZE])
    papers.reload()
    expect(papers.locator(holder)).to_be_visible()
    expect(papers.get_by_role("button", name=view, exact=True)).to_have_attribute("aria-pressed", "true")
    papers.get_by_role("button", name="Table").click()
    expect(papers.locator(".papers-table")).to_be_visible()
    expect(papers).to_have_url(re.compile("papers/$"))


def test_pages(papers: Page) -> None:
    papers.get_by_role("link", name="Next page").click()
    shows(papers, NEWEST[PAGE_SIZE:])
    expect(papers).to_have_url(re.compile(r"papers/\?page=2$"))
    expect(papers.locator(".papers-paging")).to_contain_text("Page 2 of 2")
    # Another query begins at its first page.
    box(papers).fill("s")
    expect(papers).not_to_have_url(re.compile("page="))


def test_a_page_that_is_no_more_is_the_last(open_page: OpenPage, small: str) -> None:
    page = browse(open_page(pictures_from=["img.shields.io"]), small, "?page=99")
    shows(page, NEWEST[PAGE_SIZE:])


@pytest.mark.parametrize("badges", [True, False])
def test_rows_that_the_script_makes_are_those_of_the_page(open_page: OpenPage, tmp_path: Path, *, badges: bool) -> None:
    options = {"papers": {"keywords": KEYWORDS, "badges": badges}}
    built = build_site(tmp_path, FILES, {"plugins": ["search", options]})
    tidy = """rows => rows.map(row => {
        for (const image of row.querySelectorAll("img[data-src]")) {
            image.src = image.dataset.src;
            delete image.dataset.src;
        }
        for (const badge of row.querySelectorAll(".papers-badge")) badge.remove();
        const sorted = node => node.nodeType === 3 ? node.data.trim() : [
            node.localName, Object.fromEntries([...node.attributes].map(a => [a.name, a.value]).sort()),
            ...[...node.childNodes].map(sorted).filter(child => child.length)
        ];
        return sorted(row);
    })"""
    with serve_folder(built.site) as home:
        page = browse(open_page(pictures_from=["img.shields.io"]), home)
        rows = page.locator("tbody [data-paper]")
        given = rows.evaluate_all(tidy)
        assert len(given) == len(NEWEST)
        box(page).fill("zzz")
        expect(rows).to_have_count(0)
        box(page).fill("")
        expect(rows).to_have_count(len(NEWEST))
        for made, row in zip(rows.evaluate_all(tidy), given, strict=True):
            assert made == row


# The address


def test_an_address_brings_the_same_view(open_page: OpenPage, small: str) -> None:
    page = browse(open_page(pictures_from=["img.shields.io"]), small, "?find=venue:ICML+-lora&sort=title&view=compact")
    shows(page, ["Quest", "SmoothQuant"])
    expect(box(page)).to_have_value("venue:ICML -lora")
    expect(page.locator(".papers-compact")).to_be_visible()
    expect(facet(page, "Venues").get_by_label("ICML")).to_be_checked()
    expect(page.get_by_label("Sort by")).to_have_value("title")


def test_back_and_forth(papers: Page) -> None:
    box(papers).press_sequentially("quan")
    expect(papers).to_have_url(re.compile("find=quan$"))
    box(papers).press_sequentially("t")
    expect(papers).to_have_url(re.compile("find=quant$"))
    facet(papers, "Venues").get_by_label("ICML").check()
    shows(papers, ["SmoothQuant"])
    papers.get_by_role("button", name="Cards").click()
    expect(papers).to_have_url(re.compile("view=cards"))
    papers.go_back()
    expect(papers.locator(".papers-table")).to_be_visible()
    papers.go_back()
    expect(box(papers)).to_have_value("quant")
    shows(papers, ["Mixed", "SmoothQuant", "ZeroQuant"])
    expect(facet(papers, "Venues").get_by_label("ICML")).not_to_be_checked()
    # What was typed at a stretch is one step.
    papers.go_back()
    expect(box(papers)).to_have_value("")
    shows(papers, NEWEST[:PAGE_SIZE])
    papers.go_forward()
    expect(box(papers)).to_have_value("quant")


def test_back_from_a_paper(papers: Page) -> None:
    box(papers).press_sequentially("wand")
    papers.get_by_role("link", name="Wanda", exact=True).click()
    expect(papers).to_have_url(re.compile("papers/2024/Wanda/$"))
    papers.go_back()
    shows(papers, ["Wanda"])
    expect(box(papers)).to_have_value("wand")


def test_copied_link(papers: Page) -> None:
    box(papers).press_sequentially("venue:icml")
    papers.get_by_role("button", name="Copy link").click()
    expect(papers.locator("[data-browse=copy]")).to_have_text("Copied")
    copied = papers.evaluate("navigator.clipboard.readText()")
    assert copied == papers.url
    assert copied.endswith("papers/?find=venue:icml")


# Exports


def exported(page: Page, name: str) -> str:
    """The text of an export of the papers found."""
    menu = page.locator(".papers-browse-export")
    menu.locator("summary").click()
    return downloaded(page, menu.get_by_role("link", name=name, exact=True))


def downloaded(page: Page, link: Locator) -> str:
    """The text of the file that a link gives."""
    with page.expect_download() as waiting:
        link.click()
    return Path(waiting.value.path()).read_bytes().decode("utf-8")


def test_exports_hold_just_the_papers_found(papers: Page) -> None:
    box(papers).fill("venue:icml")
    papers.get_by_label("Sort by").select_option("Title")
    assert re.findall(r"^@\w+\{([^,]+),", exported(papers, "BibTeX"), re.MULTILINE) == [
        "LoRA+2022",
        "Quest2024",
        "SmoothQuant2023",
    ]
    assert [each["title"][:5] for each in json.loads(exported(papers, "CSL-JSON"))] == ["LoRA+", "Quest", "Smoot"]
    assert re.findall(r"^TI  - (.{5})", exported(papers, "RIS"), re.MULTILINE) == ["LoRA+", "Quest", "Smoot"]
    rows = list(csv.DictReader(exported(papers, "CSV").removeprefix("\ufeff").splitlines()))
    assert [row["key"] for row in rows] == ["2022/LoRA+", "2024/Quest", "2023/SmoothQuant"]
    assert exported(papers, "CSV").startswith("\ufeff")
    assert [each["key"] for each in json.loads(exported(papers, "JSON"))["papers"]] == [row["key"] for row in rows]


def test_bibtex_needs_no_menu_where_there_is_room(papers: Page) -> None:
    box(papers).fill("quest")
    shows(papers, ["Quest"])
    button = papers.get_by_role("link", name="BibTeX", exact=True)
    assert re.findall(r"^@\w+\{([^,]+),", downloaded(papers, button), re.MULTILINE) == ["Quest2024"]
    papers.set_viewport_size({"width": 360, "height": 780})
    expect(button).to_have_count(0)
    assert "Quest2024" in exported(papers, "BibTeX")


def test_exports_hold_all_pages(papers: Page) -> None:
    assert len(json.loads(exported(papers, "CSL-JSON"))) == len(NEWEST)


# Nothing found


def test_nothing_found_and_the_way_back(papers: Page) -> None:
    box(papers).fill("venue:ICML zzz year:>=2023")
    nothing = papers.locator(".papers-empty")
    expect(nothing).to_contain_text("No paper fits.")
    expect(papers.locator(".papers-table")).to_be_hidden()
    number(papers, "0 of 10 papers")
    nothing.get_by_role("button", name="Without zzz (2)").click()
    shows(papers, ["Quest", "SmoothQuant"])
    expect(nothing).to_be_hidden()
    box(papers).fill("zzz")
    papers.get_by_role("button", name="Show all papers").click()
    shows(papers, NEWEST[:PAGE_SIZE])
    expect(box(papers)).to_be_focused()


# The keyboard


def test_the_keyboard_is_enough(papers: Page) -> None:
    papers.keyboard.press("/")
    expect(box(papers)).to_be_focused()
    # Material's own search stays shut, though it listens for that key too.
    expect(papers.locator("#__search")).not_to_be_checked()
    papers.keyboard.type("venue:icml")
    shows(papers, ["Quest", "SmoothQuant", "LoRA+"])
    papers.keyboard.press("ArrowDown")
    expect(papers.get_by_role("link", name="Quest", exact=True)).to_be_focused()
    papers.keyboard.press("ArrowDown")
    expect(papers.get_by_role("link", name="SmoothQuant", exact=True).first).to_be_focused()
    papers.keyboard.press("End")
    expect(papers.get_by_role("link", name="LoRA+", exact=True).first).to_be_focused()
    papers.keyboard.press("Home")
    papers.keyboard.press("ArrowUp")
    expect(box(papers)).to_be_focused()
    papers.keyboard.press("Enter")
    papers.keyboard.press("Enter")
    expect(papers).to_have_url(re.compile("papers/2024/Quest/$"))


def test_the_first_paper_is_few_stops_away(papers: Page) -> None:
    papers.keyboard.press("Tab")
    expect(papers.locator(".md-skip")).to_be_focused()
    papers.keyboard.press("Enter")
    papers.keyboard.press("Tab")
    skip = papers.get_by_role("link", name="Skip to the papers")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    papers.keyboard.press("Enter")
    assert papers.evaluate("document.activeElement.closest('[data-paper]').dataset.paper") == "2024/Wanda"


def test_the_first_paper_is_few_stops_away_without_a_script(open_page: OpenPage, small: str) -> None:
    page = open_page(scripts=False)
    page.goto(f"{small}papers/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(".papers-skip:focus").count():
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("[data-paper='2024/Wanda'] :focus").count() == 1


def test_arrows_stay_in_their_column(papers: Page) -> None:
    papers.locator("tbody th[data-column=title] a").first.focus()
    papers.keyboard.press("ArrowDown")
    focused = papers.evaluate("document.activeElement.closest('th').dataset.column")
    assert focused == "title"


def test_escape_starts_again(papers: Page) -> None:
    box(papers).fill("wanda")
    papers.keyboard.press("ArrowDown")
    papers.keyboard.press("Escape")
    expect(box(papers)).to_be_focused()
    papers.keyboard.press("Escape")
    expect(box(papers)).to_have_value("")
    shows(papers, NEWEST[:PAGE_SIZE])
    papers.keyboard.press("Escape")
    expect(box(papers)).not_to_be_focused()


def test_a_slash_in_the_box_is_a_slash(papers: Page) -> None:
    box(papers).press_sequentially("a/b")
    expect(box(papers)).to_have_value("a/b")


def test_menus_close(papers: Page) -> None:
    menu = papers.locator(".papers-browse-export")
    menu.locator("summary").click()
    papers.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    papers.get_by_role("heading", name="Papers").click()
    expect(menu).not_to_have_attribute("open", "")


# Looks


# As it first looks, `test_accessibility` looks at it.
VIEWS = ["?view=cards", "?view=compact", "?find=zzz+venue:ICML", "?find=-keyword:sparse&sort=-venue"]


@pytest.mark.parametrize(("width", "colours"), [(360, "light"), (1440, "dark")])
def test_everybody_can_use_it(open_page: OpenPage, small: str, width: int, colours: str) -> None:
    page = open_page(width=width, colours=colours, pictures_from=["img.shields.io"])
    for address in VIEWS:
        browse(page, small, address)
        if width == 360:
            page.get_by_role("button", name="Filters").click()
        page.locator(".papers-browse-help summary").click()
        leave_one_of_each_kind(page)
        assert violations(page, "main") == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_filters_fold_on_a_phone(open_page: OpenPage, small: str) -> None:
    page = browse(open_page(width=360, pictures_from=["img.shields.io"]), small, "?find=venue:ICML")
    fold = page.get_by_role("button", name="Filters (1)")
    expect(page.locator(".papers-facets")).to_be_hidden()
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(page.locator(".papers-facets")).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")
    facet(page, "Venues").get_by_label("ICML").uncheck()
    number(page, "10 papers")


def test_fingers_have_room(browser: Browser, small: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    context.route(re.compile("shields.io"), lambda route: route.abort())
    page = browse(context.new_page(), small)
    page.get_by_role("button", name="Filters").click()
    controls = ".papers-browse :is(button, select, label:has(input), summary, input[type=search])"
    heights = page.locator(controls).evaluate_all(
        """all => all.filter(one => one.checkVisibility() && !one.closest("thead"))
            .map(one => [one.textContent, one.getBoundingClientRect().height])"""
    )
    context.close()
    assert len(heights) > 20
    assert [name for name, height in heights if height < 36] == []


def test_nothing_moves_while_the_page_comes_alive(open_page: OpenPage, small: str) -> None:
    page = open_page(pictures_from=["img.shields.io"], listens=True)
    page.add_init_script(
        """window.shifts = [];
        const where = ({ node, previousRect, currentRect }) =>
            [node?.className || node?.nodeName, previousRect.x, previousRect.y, currentRect.x, currentRect.y];
        const note = entry => [entry.value, ...entry.sources.map(where)];
        new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(note)))
            .observe({ type: "layout-shift", buffered: true });"""
    )
    settle(browse(page, small))
    assert page.evaluate("window.shifts") == []


def test_the_papers_show_before_anything_is_fetched_to_filter_them(open_page: OpenPage, small: str) -> None:
    page = browse(open_page(pictures_from=["img.shields.io"]), small)
    fetched = page.evaluate(
        """() => {
            const [shown] = performance.getEntriesByName("first-contentful-paint");
            const fetched = performance.getEntriesByType("resource")
                .filter(({ name }) => /papers\\/browse[./]/.test(name));
            return fetched.map(({ name, startTime }) => [name.split("/").pop(), startTime > shown.startTime]);
        }"""
    )
    assert sorted(name for name, _ in fetched) == sorted([*(f"{name}.js" for name in SCRIPTS), "browse.json"])
    assert all(later for _, later in fetched)


def test_rows_that_came_with_the_page_come_back(papers: Page) -> None:
    papers.locator("tbody tr").evaluate_all("rows => rows.forEach(row => row.toggleAttribute('data-came'))")
    box(papers).fill("zzz")
    expect(papers.locator("tbody tr")).to_have_count(0)
    box(papers).fill("")
    shows(papers, NEWEST[:PAGE_SIZE])
    expect(papers.locator("tbody tr[data-came]")).to_have_count(PAGE_SIZE)


# Stars

STARS: dict[str, str | bytes] = {
    f"meta/2024/p{place:02}.yaml": record(
        f"Paper {place:02}", "ICML", code={"type": "PyTorch", "url": f"https://github.com/owner/p{place:02}"}
    )
    for place in range(60)
}


@pytest.fixture(scope="module")
def starred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a library with code on GitHub throughout."""
    options = {"papers": {"badges": True, "page_size": 100}}
    built = build_site(tmp_path_factory.mktemp("starred"), STARS, {"plugins": ["search", options]})
    with serve_folder(built.site) as home:
        yield home


@pytest.mark.parametrize("address", ["papers/", "venues/ICML/"])
def test_stars_are_asked_for_when_their_row_is_seen(open_page: OpenPage, starred: str, address: str) -> None:
    page = open_page(pictures_from=["img.shields.io"], listens=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "shields" in request.url else None)
    page.goto(starred + address)
    expect(page.locator(".papers-badge").first).to_be_visible()
    settle(page)
    seen = page.locator("tbody tr:visible").evaluate_all(
        "rows => rows.filter(row => row.getBoundingClientRect().top < innerHeight).length"
    )
    assert 0 < len(asked) <= seen < 30
    page.locator("tbody tr").nth(59).scroll_into_view_if_needed()
    expect(page.locator("tbody tr").nth(59).locator(".papers-badge")).to_be_visible()
    # What has passed by was never asked for.
    assert not any(url.endswith("/p28") for url in asked)


def test_where_no_stars_are_shown_none_are_asked_for(open_page: OpenPage, starred: str) -> None:
    page = open_page()
    for view in ("cards", "compact"):
        settle(browse(page, starred, f"?view={view}"))
    assert page.locator(".papers-badge").count() == 0
    page = open_page(width=360)
    page.goto(f"{starred}venues/ICML/")
    settle(page)
    assert page.locator("tbody tr").first.is_visible()
    assert page.locator(".papers-badge").count() == 0


# Where there is nothing to press


@pytest.mark.parametrize("width", [500, 1440])
def test_the_table_has_all_the_room_on_paper_and_without_a_script(open_page: OpenPage, small: str, width: int) -> None:
    fills = "() => ['.papers-browse', '.papers-browse-list'].map(part => document.querySelector(part).clientWidth)"
    bare = open_page(width=width, scripts=False, pictures_from=["img.shields.io"])
    bare.goto(f"{small}papers/")
    around, inside = bare.evaluate(fills)
    assert inside == around
    page = browse(open_page(width=width, pictures_from=["img.shields.io"]), small)
    page.emulate_media(media="print")
    around, inside = page.evaluate(fills)
    assert inside == around


@pytest.mark.parametrize("address", ["papers/", "papers/?view=compact", "papers/?view=cards", "venues/ICML/", "stats/"])
def test_the_ring_around_what_has_the_keyboard_is_whole(open_page: OpenPage, small: str, address: str) -> None:
    """Nothing that scrolls or hides what runs over cuts it."""
    page = open_page(pictures_from=["img.shields.io"])
    page.goto(small + address)
    settle(page, 200)
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".md-content :is(a, button, input, select, summary)")]
            .filter(each => each.checkVisibility() && each.tabIndex >= 0)
            .flatMap(each => {
                each.focus({ focusVisible: true, preventScroll: true });
                const style = getComputedStyle(each);
                const ring = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
                if (style.outlineStyle === "none") return [`no ring: ${each.outerHTML}`];
                const box = each.getBoundingClientRect();
                for (let around = each.parentElement; around; around = around.parentElement) {
                    const { overflowX } = getComputedStyle(around);
                    if (overflowX === "visible" || around === document.body) continue;
                    const room = around.getBoundingClientRect();
                    if (room.left - 0.5 > box.left - ring) return [`left: ${each.outerHTML}`];
                    if (around.scrollWidth <= around.clientWidth && box.right + ring > room.right + 0.5) {
                        return [`right: ${each.outerHTML}`];
                    }
                }
                return [];
            })"""
    )
    assert cut == []


# Without a script


def test_without_a_script_the_table_is_complete(open_page: OpenPage, small: str) -> None:
    page = open_page(scripts=False, pictures_from=["img.shields.io"])
    page.goto(f"{small}papers/")
    assert page.locator("tbody [data-paper]").count() == PAGE_SIZE
    expect(page.locator(".papers-browse-box")).to_be_hidden()
    expect(page.locator(".papers-facets")).to_be_hidden()
    expect(page.get_by_label("Sort by")).to_be_hidden()
    assert page.locator("noscript a").all_inner_texts() == ["Venues", "Years", "Keywords", "Institutions", "Authors"]
    page.get_by_role("link", name="Next page").click()
    assert page.locator("tbody [data-paper]").count() == len(NEWEST) - PAGE_SIZE
    page.goto(f"{small}papers/")
    assert downloaded(page, page.get_by_role("link", name="BibTeX")).count("@") == len(NEWEST)
    assert exported(page, "BibTeX").count("@") == len(NEWEST)


# Other sites


def test_without_directory_urls(open_page: OpenPage, tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, directory_urls=False)
    with serve_folder(built.site) as home:
        page = browse(open_page(), home, "index.html?find=quest&view=cards")
        hrefs = page.locator("[data-view-shown] a").evaluate_all("links => links.map(link => link.href)")
        inside = [urlsplit(href).path.removeprefix("/sub/path/") for href in hrefs if href.startswith(home)]
        assert "papers/2024/Quest.html" in inside
        assert "notes/2024/Quest/note.html" in inside
        assert all((built.site / path).is_file() for path in inside)


def test_where_pages_are_swapped_without_loading(open_page: OpenPage, tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    built = build_site(tmp_path, {**FILES, "docs/index.md": "# Home\n\n[All](papers/index.md)\n"}, {"theme": theme})
    # Material swaps pages that the sitemap knows; the address that they are served at is known only now.
    with serve_folder(built.site) as home:
        sitemap = built.site / "sitemap.xml"
        sitemap.write_text(
            _SITEMAP.format(
                "".join(f"<url><loc>{home}{path}</loc></url>" for path in ("", "papers/", "papers/2024/Wanda/"))
            )
        )
        page = open_page(listens=True)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2]))
        # Until Material knows the sitemap it lets the browser load each page anew.
        with page.expect_response(re.compile(r"/sitemap\.xml$")):
            page.goto(home)
        settle(page)
        page.evaluate("window.same = true")
        page.get_by_role("link", name="All", exact=True).click()
        expect(page.locator("[data-view-shown]")).to_be_attached()
        box(page).press_sequentially("wanda")
        shows(page, ["Wanda"])
        page.get_by_role("link", name="Wanda", exact=True).click()
        expect(page).to_have_url(re.compile("papers/2024/Wanda/$"))
        page.go_back()
        shows(page, ["Wanda"])
        page.keyboard.press("/")
        page.keyboard.type("x")
        page.go_back()
        assert page.evaluate("window.same") is True
        assert asked.count("browse.json") == 1
        # It may still be fetching something, and the server goes.
        page.close()


_SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
)


def test_in_chinese(open_page: OpenPage, tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "language": "zh"}
    built = build_site(tmp_path, FILES, {"theme": theme})
    with serve_folder(built.site) as home:
        page = browse(open_page(), home)
        page.get_by_role("searchbox", name="筛选论文").fill("注意力")
        number(page, "1 / 10 篇论文")


def test_an_index_that_does_not_come_leaves_the_table(browser: Browser, small: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        context.route(re.compile("shields.io|browse.json"), lambda route: route.abort())
        page.goto(f"{small}papers/?find=x")
        number(page, "The filters could not be loaded. Reload the page to try again.")
        assert page.locator("tbody [data-paper]").count() == PAGE_SIZE


def test_hostile_words_stay_words(open_page: OpenPage, tmp_path: Path) -> None:
    words = [text for text in texts(160) if text.strip() and "\x00" not in text]
    files = {
        f"meta/2024/p{place}.yaml": record(
            text,
            words[-place],
            abbr=words[place - 7][:200],
            authors=[words[place - 3]],
            keyword={"words": [words[place - 5]]},
        )
        for place, text in enumerate(words)
    }
    built = build_site(tmp_path, files, {"plugins": ["search", {"papers": {"page_size": 1000}}]}, strict=False)
    with serve_folder(built.site) as home:
        page = browse(open_page(), home)
        for view in ("Cards", "List", "Table"):
            page.get_by_role("button", name=view, exact=True).click()
            expect(page.locator("[data-view-shown] [data-paper]").nth(120)).to_be_attached()
            assert page.locator("[data-view-shown] :is(script, iframe, form, object, embed, style, svg)").count() == 0
        for title in ("Authors", "Keywords"):
            facet(page, title).locator("li input").first.check()
        assert page.locator(".papers-facets :is(script, iframe, img)").count() == 0
        # It may still be fetching something, and the server goes.
        page.close()


# Very many papers


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with ten thousand papers on its browse page."""
    return build_many(tmp_path_factory.mktemp("many"), 10_000)


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a thousand, for what a page of 200 rows shows."""
    return build_many(tmp_path_factory.mktemp("thousand"), 1000)


def test_ten_thousand_papers(open_page: OpenPage, many: Path) -> None:
    """The work that a key press makes is that of a screen, however many papers there are."""
    with serve_folder(many) as home:
        page = browse(open_page(), home)
        number(page, re.compile(" in 10,000 versions$"))
        # All in one go, so that nothing that is left for later is done by then.
        made = page.evaluate(
            """() => {
                const made = [];
                document.createElement = function (name, ...rest) {
                    if (name === "tr") made[made.length - 1] += 1;
                    return Document.prototype.createElement.call(document, name, ...rest);
                };
                const box = document.querySelector('[data-browse="box"]');
                for (const text of ["q", "qu", "que", ""]) {
                    made.push(0);
                    box.value = text;
                    box.dispatchEvent(new Event("input"));
                    made.push(document.querySelectorAll("[data-view-shown] tbody [data-paper]").length, 0);
                }
                return made;
            }"""
        )
        assert all(0 < count <= 40 for count in made[1::3])
        assert all(count <= 40 for count in made)
        # The rest of the page follows when nobody waits, and no more than the page.
        expect(page.locator(".papers-paging")).to_contain_text("Page 1 of 50")
        expect(page.locator("tbody [data-paper]")).to_have_count(200)


@pytest.mark.parametrize("view", ["table", "cards", "compact"])
def test_rows_of_before_are_taken_out_when_nobody_waits(open_page: OpenPage, thousand: Path, view: str) -> None:
    """A key press leaves those of a whole page behind, where neither eyes nor keys find them; a few go at a time."""
    with serve_folder(thousand) as home:
        page = browse(open_page(), home, f"?view={view}")
        number(page, re.compile(" in 1,000 versions$"))
        if view == "table":
            page.locator("thead th[data-column=year]").get_by_role("button").click()
            page.locator("thead th[data-column=year]").get_by_role("button").click()
        expect(page.locator("[data-view-shown] [data-paper]")).to_have_count(200)
        removed = page.evaluate(
            """() => {
                const list = document.querySelector('[data-browse="list"]');
                const counts = [];
                const count = records => counts.push(records
                    .flatMap(({ removedNodes }) => [...removedNodes])
                    .filter(({ dataset }) => dataset?.paper).length);
                window.later = counts;
                const observer = new MutationObserver(count);
                observer.observe(list, { childList: true, subtree: true });
                const box = document.querySelector('[data-browse="box"]');
                box.value = "quant";
                box.dispatchEvent(new Event("input"));
                count(observer.takeRecords());
                const left = list.querySelector("[data-left]");
                return [counts[0], left.querySelectorAll("[data-paper]").length, left.clientHeight];
            }"""
        )
        assert removed[0] <= 45
        assert removed[1] >= 150
        assert removed[2] == 0
        expect(page.locator("[data-left]")).to_have_count(0)
        assert all(count <= 45 for count in page.evaluate("window.later"))
        assert page.locator("[data-view-shown]").count() == 1
        expect(page.locator("[data-view-shown] [data-paper]")).to_have_count(200)
        if view == "table":
            # The heads have moved to the new table, with what they do.
            expect(page.locator("thead th[data-column=year]")).to_have_attribute("aria-sort", "ascending")
            page.locator("thead th[data-column=year]").get_by_role("button").click()
            expect(page.locator("thead th[data-column=year]")).to_have_attribute("aria-sort", "descending")


@pytest.mark.parametrize("width", [360, 1440])
def test_a_key_press_shows_a_screen_of_words(open_page: OpenPage, thousand: Path, width: int) -> None:
    """First the best rows, in the next frame those that the screen holds; pictures when the reader is still."""
    with serve_folder(thousand) as home:
        page = browse(open_page(width=width), home)
        number(page, re.compile(" in 1,000 versions$"))
        # What a row takes is measured while nobody waits.
        settle(page)
        answers = page.evaluate(
            """async () => {
                const answers = [];
                const box = document.querySelector('[data-browse="box"]');
                // The reader is not still yet, however late a frame comes.
                const { setTimeout: start, clearTimeout: stop } = window;
                const waiting = new Map();
                window.setTimeout = (work, after) =>
                    after ? waiting.set(1e9 + waiting.size, work) && 1e9 + waiting.size - 1 : start(work);
                window.clearTimeout = timer => waiting.has(timer) ? waiting.set(timer, () => 0) : stop(timer);
                for (const text of ["q", "qu", "qua", "s", ""]) {
                    box.value = text;
                    box.dispatchEvent(new Event("input"));
                    await new Promise(requestAnimationFrame);
                    const first = document.querySelectorAll("[data-view-shown] tbody tr").length;
                    await new Promise(done => start(done));
                    const rows = [...document.querySelectorAll("[data-view-shown] tbody tr")];
                    const images = [...document.querySelectorAll("[data-view-shown] tbody img")];
                    answers.push({
                        first,
                        filled: rows.at(-1).getBoundingClientRect().bottom >= innerHeight,
                        below: rows.filter(row => row.getBoundingClientRect().top > innerHeight).length,
                        loading: images.filter(image => image.hasAttribute("src") && !image.complete).length,
                        laidBy: images.filter(image => image.dataset.src).length,
                        broken: images.filter(image => !image.hasAttribute("src")
                            && getComputedStyle(image).visibility !== "hidden").length,
                    });
                }
                Object.assign(window, { setTimeout: start, clearTimeout: stop });
                waiting.forEach(work => start(work));
                return answers;
            }"""
        )
        assert all(0 < answer["first"] <= 3 for answer in answers), answers
        assert all(answer["filled"] for answer in answers), answers
        assert all(answer["below"] <= 5 for answer in answers), answers
        assert all(answer["loading"] == 0 for answer in answers)
        assert any(answer["laidBy"] for answer in answers)
        assert all(answer["broken"] == 0 for answer in answers)
        expect(page.locator("tbody tr")).to_have_count(200)
        expect(page.locator("tbody img[data-src]")).to_have_count(0)
        expect(page.locator("tbody img:not([alt])")).to_have_count(0)


def test_a_key_press_lays_out_rows_and_nothing_else(open_page: OpenPage, thousand: Path) -> None:
    """The box and the room for rows are laid out by themselves; the page keeps its height until the reader is still."""
    with serve_folder(thousand) as home:
        page = browse(open_page(width=1440), home)
        settle(page)
        browser = page.context.browser
        assert browser
        browser.start_tracing(page=page, categories=["devtools.timeline", "blink.user_timing"])
        heights = page.evaluate(
            """() => {
                const box = document.querySelector('[data-browse="box"]');
                const height = () => document.documentElement.scrollHeight;
                const heights = [height()];
                box.focus();
                for (const letter of "qua") {
                    performance.mark(`typed ${box.value}`);
                    document.execCommand("insertText", false, letter);
                    heights.push(height());
                }
                performance.mark("end");
                return heights;
            }"""
        )
        events = json.loads(browser.stop_tracing())["traceEvents"]
        marks = {event["name"]: event["ts"] for event in events if event.get("cat") == "blink.user_timing"}
        roots = {
            root["nodeName"].split("'")[1].split()[0] if "'" in root["nodeName"] else root["nodeName"]
            for event in events
            if event["name"] == "Layout" and marks["typed q"] < event["ts"] < marks["end"]
            for root in event["args"]["endData"]["layoutRoots"]
        }
        assert roots == {"papers-browse-box", "papers-browse-rows"}
        assert len(set(heights)) == 1
        expect(page.locator("[data-held]")).to_have_count(0)


def test_ten_thousand_papers_come_in_little(many: Path) -> None:
    page = (many / "papers" / "index.html").read_bytes()
    own = [*(many / "assets" / "papers").glob("*.*"), *(many / "assets" / "papers" / "browse").iterdir()]
    first = len(gzip.compress(page)) + sum(len(gzip.compress(path.read_bytes())) for path in own)
    # Material's own style sheet and script take some 70 kB more.
    assert first < 130_000
    assert len(gzip.compress((many / "papers" / "browse.json").read_bytes())) < 450_000
