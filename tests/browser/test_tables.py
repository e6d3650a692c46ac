"""Tables of papers: how many rows a screen has, where their links lead, and what a screen reader hears."""

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import BADGES
from tests.sites import ROOT, build_site, serve_folder


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same papers on a site that configures nothing, beside Material's own navigation."""
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("meta", "notes")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    built = build_site(tmp_path_factory.mktemp("elsewhere"), files, strict=False)
    with serve_folder(built.site) as home:
        yield home


@pytest.mark.slow
@pytest.mark.parametrize(
    ("home", "address"),
    [
        ("library", "papers/"),
        ("library", "venues/"),
        ("library", "years/2024/"),
        ("elsewhere", "papers/"),
        ("elsewhere", "venues/"),
        ("elsewhere", "venues/ICML/"),
        ("elsewhere", "years/2024/"),
    ],
)
def test_a_desk_shows_fourteen_papers_at_once(
    open_page: OpenPage, request: pytest.FixtureRequest, home: str, address: str
) -> None:
    page = open_page(width=1440, height=900, pictures_from=[BADGES])
    page.goto(request.getfixturevalue(home) + address)
    if address == "papers/":
        expect(page.locator("[data-view-shown]")).to_be_attached()
    whole = page.locator("tbody tr").evaluate_all(
        "rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert whole >= 14


@pytest.mark.parametrize("address", ["papers/", "venues/ICML/", "papers/?view=cards", "papers/?view=compact"])
def test_a_title_leads_to_the_papers_page_and_a_mark_to_the_paper(
    open_page: OpenPage, library: str, address: str
) -> None:
    page = open_page(pictures_from=[BADGES])
    page.goto(library + address)
    if "view" in address:
        expect(page.locator("[data-view-shown].papers-cards, [data-view-shown].papers-compact")).to_be_attached()
    row = page.locator("[data-paper='2024/Quest']:visible")
    title = row.get_by_role("link", name="Quest: Query-Aware Sparsity", exact=False)
    assert title.evaluate("link => link.href") == f"{library}papers/2024/Quest/"
    if "cards" not in address:
        mark = row.get_by_role("link", name="arXiv: Quest")
        assert mark.get_attribute("href") == "https://arxiv.org/abs/2406.10774v1"
        assert mark.evaluate("link => getComputedStyle(link, '::before').content") == '"arXiv"'


def test_a_screen_reader_knows_tables_rows_and_columns(open_page: OpenPage, library: str) -> None:
    page = open_page(pictures_from=[BADGES])
    for address, name in {"papers/": "Papers", "venues/ICML/": "ICML", "venues/": "ICML"}.items():
        page.goto(library + address)
        table = page.get_by_role("table", name=name, exact=True)
        # Where a heading says the venue, no column does.
        expect(table.get_by_role("columnheader")).to_have_count(6 if address.startswith("venues") else 7)
        expect(table.get_by_role("rowheader", name="Quest: Query-Aware Sparsity")).to_be_visible()


BROKEN = """() => {
    const broken = [];
    const texts = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const around = text.parentElement;
        if (!around.checkVisibility() || around.closest("pre, math")) continue;
        if (getComputedStyle(around).hyphens === "auto") continue;
        for (const word of text.data.matchAll(/[\\p{L}\\p{N}]{3,}/gu)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            // A word that begins a line has an empty one at the end of the line before.
            const tops = Array.from(range.getClientRects()).filter(rect => rect.width).map(rect => rect.top);
            if (Math.max(...tops) - Math.min(...tops) > 4) broken.push(word[0]);
        }
    }
    return broken;
}"""
"""The words that stand on two lines, a part on each."""


@pytest.mark.parametrize(
    ("address", "width"),
    # A short name beside a long title, a long name in a column, all columns on a tablet, and many names on a phone.
    [("papers/2023/MVUE/", 360), ("papers/", 1440), ("venues/", 768), ("venues/", 390)],
)
def test_no_word_breaks(open_page: OpenPage, library: str, address: str, width: int) -> None:
    page = open_page(width=width, height=800, pictures_from=[BADGES])
    page.goto(library + address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("authors/Song-Han/", ".papers-co-occurring dd a:not([data-hue])"),
        ("stats/", ".papers-bars a"),
        ("years/", ".papers-counts a"),
    ],
)
def test_paper_has_links_as_dark_as_words_and_no_empty_sheet(
    open_page: OpenPage, library: str, address: str, links: str
) -> None:
    page = open_page(width=720, height=4000, colours="dark", pictures_from=[BADGES])
    page.goto(library + address)
    page.emulate_media(media="print")
    words = page.locator(".md-typeset").first.evaluate("words => getComputedStyle(words).color")
    assert page.locator(links).first.evaluate("link => getComputedStyle(link).color") == words
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("address", ["venues/ICML/", "years/2024/"])
def test_rows_far_below_a_phone_are_laid_out_when_a_reader_comes_there(
    open_page: OpenPage, library: str, address: str
) -> None:
    page = open_page(width=360, height=800, pictures_from=[BADGES])
    page.goto(library + address)
    last = page.locator("tr[data-paper] a").last
    shown = "link => link.checkVisibility({ contentVisibilityAuto: true })"
    assert not last.evaluate(shown)
    last.scroll_into_view_if_needed()
    page.wait_for_function(shown, arg=last.element_handle())


@pytest.mark.parametrize("width", [390, 1440])
def test_an_anchor_leads_to_its_section(open_page: OpenPage, library: str, width: int) -> None:
    """What was not laid out above it does not push it away."""
    page = open_page(width=width, height=800, pictures_from=[BADGES])
    page.goto(f"{library}venues/#iclr-oral", wait_until="networkidle")
    heading, header = page.locator("#iclr-oral").bounding_box(), page.locator(".md-header").bounding_box()
    assert heading
    assert header
    assert header["height"] <= heading["y"] <= header["height"] + 80


def test_the_heads_of_a_table_stand_on_each_sheet(open_page: OpenPage, library: str) -> None:
    page = open_page(pictures_from=[BADGES])
    page.goto(f"{library}years/2024/")
    expect(page.locator("thead button").first).to_be_attached()
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    assert len(sheets) > 1
    assert [sheet for sheet in sheets if "Title" not in sheet or "Venue" not in sheet] == []


def test_a_citation_leaves_no_room_on_paper_for_its_button(open_page: OpenPage, library: str) -> None:
    page = open_page(width=718, pictures_from=[BADGES])
    page.goto(f"{library}papers/2024/Quest/")
    page.emulate_media(media="print")
    room = page.locator(".papers-bibtex").first.evaluate("text => getComputedStyle(text, '::before').display")
    assert room == "none"


def test_a_long_section_begins_where_there_is_room_on_the_sheet(open_page: OpenPage, library: str) -> None:
    """Material keeps what folds in one piece, and would begin a new sheet."""
    page = open_page(pictures_from=[BADGES])
    page.goto(f"{library}venues/")
    page.emulate_media(media="print")
    breaks = page.locator(".papers-fold").evaluate_all("all => all.map(each => getComputedStyle(each).breakInside)")
    assert set(breaks) == {"auto"}


def test_a_finger_finds_the_shortest_venue(open_page: OpenPage, library: str) -> None:
    page = open_page(width=360, height=780, pictures_from=[BADGES])
    page.goto(f"{library}venues/")
    boxes = page.locator("nav > .papers-counts a").evaluate_all("all => all.map(each => each.getBoundingClientRect())")
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_the_number_of_a_venue_stands_beside_its_name_where_that_wraps(open_page: OpenPage, library: str) -> None:
    page = open_page(width=360, height=780, pictures_from=[BADGES])
    page.goto(f"{library}venues/")
    apart = page.locator("nav > .papers-counts > li").evaluate_all(
        """all => all.filter(each => each.lastElementChild.getBoundingClientRect().top
            >= each.firstElementChild.getBoundingClientRect().bottom).map(each => each.textContent)"""
    )
    assert apart == []


def test_what_folds_has_its_arrow_in_forced_colours(open_page: OpenPage, library: str) -> None:
    page = open_page(pictures_from=[BADGES])
    page.emulate_media(forced_colors="active")
    page.goto(f"{library}venues/")
    arrow, words = page.locator(".papers-fold > summary").first.evaluate(
        "each => [getComputedStyle(each, '::after').backgroundColor, getComputedStyle(document.body).color]"
    )
    assert arrow == words
