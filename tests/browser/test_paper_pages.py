"""The page of a paper as its readers see it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPage
from tests.sites import build_site, serve_folder

LONG = "A Rather Long Title of a Method without any Abbreviation: Or, How Words Come to Be Cut Off at Their Ends"
FILES: dict[str, str | bytes] = {
    "meta/2023/Long.yaml": f'{{paper: {{title: "{LONG}"}}, pub: {{where: ICML}}}}\n',
    "meta/2022/Bit.yaml": "{paper: {title: T, abbr: DoubleSparsity-And-Quantization}, pub: {where: ICML}}\n",
    "meta/2024/Quest.yaml": """
paper: {title: "Quest", abbr: Quest}
pub: {where: ICML}
status: to_read
code: {type: AnImplementationOfALongName, url: "https://code.example/quest"}
baseline: {methods: [2023/Long, 2022/Bit, "Something that is nowhere else in this library and has a long name"]}
""",
    **{
        f"meta/2025/after{place}.yaml": (
            f'{{paper: {{title: "{place} {LONG}"}}, pub: {{where: ICML}}, baseline: {{methods: [2024/Quest]}}}}\n'
        )
        for place in range(3)
    },
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built = build_site(tmp_path_factory.mktemp("papers"), FILES)
    with serve_folder(built.site) as home:
        yield home


@pytest.mark.parametrize("width", [360, 390, 768, 1440, 1920])
def test_names_in_the_lineage_are_whole(open_page: OpenPage, small: str, width: int) -> None:
    """None is cut off, runs out of its box, or lies on another."""
    page = open_page(width=width)
    page.goto(f"{small}papers/2024/Quest/")
    expect(page.locator(".papers-node")).to_have_count(7)
    wrong = page.evaluate(
        """() => {
            const nodes = [...document.querySelectorAll(".papers-node")];
            const boxes = nodes.map(node => node.getBoundingClientRect());
            const words = node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return range.getBoundingClientRect();
            };
            const wide = nodes.filter((node, at) => words(node).left < boxes[at].left
                || words(node).right > boxes[at].right || words(node).bottom > boxes[at].bottom);
            const out = nodes.filter((_, at) => boxes[at].left < 0 || boxes[at].right > innerWidth);
            const over = nodes.filter((_, at) => boxes.some((box, other) => other !== at
                && box.left < boxes[at].right && boxes[at].left < box.right
                && box.top < boxes[at].bottom && boxes[at].top < box.bottom));
            return [...wide, ...out, ...over].map(node => node.textContent);
        }"""
    )
    assert wrong == []


def test_a_wide_page_has_two_halves_and_a_narrow_one_its_parts_in_order(open_page: OpenPage, library: str) -> None:
    parts = [".papers-title", ".papers-facts", ".papers-excerpt", ".papers-cover", ".papers-lineage", ".papers-cite"]
    boxes = "parts => parts.map(part => document.querySelector(part).getBoundingClientRect().toJSON())"
    page = open_page(width=360)
    page.goto(f"{library}papers/2024/Quest/")
    tops = [box["top"] for box in page.evaluate(boxes, parts)]
    assert tops == sorted(tops)
    page.set_viewport_size({"width": 1440, "height": 900})
    title, facts, excerpt, cover, lineage, cite = page.evaluate(boxes, parts)
    assert max(title["right"], excerpt["right"], lineage["right"]) < min(facts["left"], cover["left"], cite["left"])
    assert facts["bottom"] <= cover["top"] < cover["bottom"] <= cite["top"]
    assert cite["right"] > 1200


def test_charts_can_be_read_in_colours_of_the_readers_own(browser: Browser, small: str) -> None:
    """Where colours are forced upon a page, words and bars differ from what they stand on."""
    with browser.new_context(forced_colors="active", color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{small}stats/")
        ground, *colours = page.evaluate(
            """() => [
                getComputedStyle(document.body).backgroundColor,
                ...[...document.querySelectorAll(".papers-chart :is(span, th a)")]
                    .map(each => getComputedStyle(each).color),
                ...[...document.querySelectorAll(".papers-bar")].map(each => getComputedStyle(each).fill),
            ]"""
        )
        assert len(colours) > 10
        assert ground == "rgb(0, 0, 0)"
        assert ground not in colours


def test_a_status_stays_in_one_line(open_page: OpenPage, small: str) -> None:
    page = open_page()
    page.goto(f"{small}papers/2024/Quest/")
    status = page.locator(".papers-status")
    expect(status).to_have_text("Status: to read")
    for width in range(200, 320, 10):
        page.set_viewport_size({"width": width, "height": 600})
        assert status.evaluate("status => status.getClientRects().length") == 1, width


@pytest.mark.parametrize(("media", "width"), [("print", 718), ("screen", 1440), ("screen", 700)])
def test_a_label_of_code_stays_in_its_column(open_page: OpenPage, small: str, media: str, width: int) -> None:
    page = open_page(width=width)
    page.emulate_media(media="print" if media == "print" else "screen")
    page.goto(f"{small}venues/ICML/")
    code = page.locator(".papers-code")
    assert (
        code.evaluate("code => code.getBoundingClientRect().right - code.parentElement.getBoundingClientRect().right")
        <= 0
    )
    assert code.evaluate("code => code.scrollWidth - code.clientWidth") <= 0


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_the_ways_in_fill_their_rows(open_page: OpenPage, library: str, width: int) -> None:
    page = open_page(width=width)
    page.goto(library)
    ends = page.locator(".papers-ways").evaluate(
        """ways => {
            const ends = {};
            for (const way of ways.children) {
                const { top, right } = way.getBoundingClientRect();
                ends[Math.round(top)] = Math.round(right);
            }
            return Object.values(ends);
        }"""
    )
    assert len(set(ends)) == 1, ends
