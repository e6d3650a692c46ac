"""Questions a reader has, each answered in at most three actions from the home page.

What the right answer is, the records and notes say, read anew; so the library may grow and these tests stay.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library, Paper
from tests.browser.conftest import OpenPage
from tests.browser.pages import BADGES
from tests.sites import ROOT, build_site, serve_folder

MOST_ACTIONS = 3


class Reader:
    """Someone at the home page with a question, who counts what they do: every click, box filled in, and choice."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.actions = 0
        page.goto(home)

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click()

    def choose(self, facet: str, label: str) -> None:
        """Tick a value of a facet that lies open."""
        self.actions += 1
        # A reader sees the papers first.
        expect(self.page.locator("[data-view-shown]")).to_be_attached()
        # Unfolding it would be an action of its own.
        values = self.page.get_by_role("group", name="Filters").get_by_role("list", name=facet, exact=True)
        values.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)}\s*\d+$")).check()

    def go(self, section: str) -> None:
        """Follow the menu to a section of the site."""
        self.click(self.page.get_by_role("navigation", name="Tabs").get_by_role("link", name=section, exact=True))

    def follow(self, name: str, link: str | None = None) -> None:
        """Follow a link in the page itself, not in what stands around it, to a page of that name."""
        self.click(self.page.locator(".md-content").get_by_role("link", name=link or name, exact=True))
        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    def enter(self, name: str) -> None:
        """Follow one of the ways in on the home page."""
        self.click(self.page.locator(".papers-ways").get_by_role("link", name=name))

    def filter(self, query: str) -> None:
        """Fill in the box of the browse page."""
        self.actions += 1
        box = self.page.get_by_role("searchbox", name="Filter papers")
        box.fill(query)
        box.press("Enter")

    def search(self, query: str) -> None:
        """Fill in the box in the header; what it finds is listed at once."""
        self.actions += 1
        box, meta = self.page.locator(".md-search__input"), self.page.locator(".md-search-result__meta")
        box.click()
        expect(meta).to_have_text("Type to start searching")
        box.fill(query)
        # The theme looks at what is typed when a key comes up.
        box.press("Shift")
        expect(meta).to_have_text(re.compile("matching document"))

    def search_and_enter(self, query: str) -> None:
        """The same, with Enter, which opens the best hit."""
        self.search(query)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(re.compile("/(papers|notes)/"))

    def found(self) -> list[str]:
        """Addresses of the pages that the search in the header lists, below the site's root."""
        hits = self.page.locator(".md-search-result__list > li")
        return [self.address(hit.locator("a").first) for hit in hits.all()]

    def address(self, link: Locator) -> str:
        """Where a link leads, below the site's root."""
        address = str(link.evaluate("link => link.href")).removeprefix(self.home)
        return unquote(re.split(r"[?#]", address, maxsplit=1)[0])

    def rows(self, having: str = "") -> list[str]:
        """Keys of the papers of the table on the page; only of rows with a link in that column, where one is named."""
        rows = self.page.locator("tr[data-paper]")
        if having:
            rows = rows.filter(has=self.page.locator(f"td[data-column={having}] a"))
        keys: list[str] = rows.evaluate_all("rows => rows.map(row => row.dataset.paper)")
        return sorted(keys)

    def sees(self, keys: list[str], known: Library) -> None:
        """Check that the browse page shows these papers and no others, and says how many; no two are of one work."""
        number = self.page.locator(".papers-browse-number")
        expect(number).to_have_text(f"{len(keys)} of {works(known)} papers")
        expect(self.page.locator("tr[data-paper]")).to_have_count(len(keys))
        assert self.rows() == keys


@pytest.fixture(scope="module")
def known() -> Library:
    """The library as its folders say."""
    return load(read_settings(ROOT / "mkdocs.yml"))


@pytest.fixture
def reader(open_page: OpenPage, library: str) -> Iterator[Reader]:
    asking = Reader(open_page(pictures_from=[BADGES]), library)
    yield asking
    assert 0 < asking.actions <= MOST_ACTIONS


def those(known: Library, wanted: Callable[[Paper], object]) -> list[str]:
    """Keys of the papers to which something applies; there are some, and not all, or the question is none."""
    keys = sorted(key for key, paper in known.papers.items() if wanted(paper))
    assert 0 < len(keys) < len(known.papers)
    return keys


def works(known: Library) -> int:
    """How many works the papers are: versions of one have a row."""
    return len({frozenset({key, *paper.same_work}) for key, paper in known.papers.items()})


def notes_with(known: Library, *patterns: str) -> list[str]:
    """Addresses of the notes that hold all these patterns, whatever the letter case."""
    found = [
        path
        for path, note in known.notes.items()
        if all(re.search(pattern, f"{note.title} {note.text}", re.IGNORECASE) for pattern in patterns)
    ]
    assert 0 < len(found) < len(known.notes)
    return sorted(note_address(path) for path in found)


def note_address(path: str) -> str:
    """Where a note's page is: ``2024/Quest/note.md`` is at ``notes/2024/Quest/note/``."""
    page = PurePosixPath("notes", path).with_suffix("")
    return f"{page.parent if page.name in {'index', 'README'} else page}/"


FILTERED: dict[str, Callable[[Paper], object]] = {
    'venue:ICML year:2024 keyword:"kv cache" has:code': lambda paper: (
        (paper.venue, paper.year) == ("ICML", 2024) and "kv_cache" in paper.keywords and paper.code
    ),
    'author:"Song Han" year:>=2023': lambda paper: "Song Han" in paper.authors and paper.year >= 2023,
    "keyword:quantization+kv_cache": lambda paper: {"quantization", "kv_cache"} <= set(paper.keywords),
    "place:preprint lacks:code published:>=2024": lambda paper: (
        paper.venue == "arXiv" and not paper.code and paper.year >= 2024
    ),
}
"""What one types into the box of the browse page, and the papers that it asks for."""


def test_what_a_query_asks_for(reader: Reader, known: Library) -> None:
    reader.go("Papers")
    for query, wanted in FILTERED.items():
        reader.filter(query)
        reader.sees(those(known, wanted), known)
    pairs = Counter(
        pair for paper in known.papers.values() for pair in itertools.combinations(sorted(set(paper.institutions)), 2)
    )
    ((two, _),) = pairs.most_common(1)
    reader.filter(f'institution:"{two[0]}"+"{two[1]}"')
    reader.sees(those(known, lambda paper: set(two) <= set(paper.institutions)), known)
    # Baselines of a paper that have a note here.
    noted = {
        key: sorted({each.key for each in paper.baselines if each.key and known.papers[each.key].note})
        for key, paper in known.papers.items()
    }
    most = max(noted, key=lambda key: (len(noted[key]), key))
    reader.filter(f"comparedby:{most} has:note")
    reader.sees(noted[most], known)
    # Each took as many as the last.
    reader.actions = 2


def test_what_builds_on_wanda(reader: Reader, known: Library) -> None:
    reader.search_and_enter("wanda")
    (wanda,) = (key for key, paper in known.papers.items() if paper.abbreviation == "Wanda")
    # The drawing holds the first few; the others stand below it.
    more = reader.page.locator("h3", has_text=re.compile("more that build on it")).locator("+ ul a")
    answer = reader.page.locator("#built-on-by + ul a").or_(more)
    expect(answer.first).to_be_visible()
    keys = those(known, lambda paper: wanda in {baseline.key for baseline in paper.baselines})
    assert sorted(map(reader.address, answer.all())) == sorted(f"papers/{key}/" for key in keys)


def test_notes_that_mention_activation_outliers(reader: Reader, known: Library) -> None:
    # Both words, by their beginnings: a note may write of outliers in activations.
    reader.search("+activation* +outlier*")
    found = [address for address in reader.found() if address.startswith("notes/")]
    assert sorted(found) == notes_with(known, r"\bactivation", r"\boutlier")


def test_how_much_quantization_there_is_at_iclr(reader: Reader, known: Library) -> None:
    expected = those(known, lambda paper: paper.venue == "ICLR" and "quantization" in paper.keywords)
    reader.go("Statistics")
    grid = reader.page.get_by_role("region", name="Keywords by venue")
    reader.click(grid.get_by_role("link", name=f"Quantization, ICLR: {len(expected)} paper"))
    reader.sees(expected, known)


def test_what_i_have_still_to_read_of_icml(reader: Reader, known: Library) -> None:
    reader.go("Statistics")
    reader.click(reader.page.get_by_role("link", name="to read", exact=True))
    reader.choose("Venues", "ICML")
    reader.sees(those(known, lambda paper: paper.status == "to_read" and paper.venue == "ICML"), known)


def test_quantization_papers_that_i_have_notes_on(reader: Reader, known: Library) -> None:
    reader.go("Papers")
    reader.choose("Keywords", "Quantization")
    reader.choose("With", "Note")
    reader.sees(those(known, lambda paper: "quantization" in paper.keywords and paper.note), known)


def test_the_iclr_and_arxiv_versions_of_one_work(reader: Reader, known: Library) -> None:
    reader.search("Sparse-IFT")
    (hit,) = [address for address in reader.found() if address.startswith("papers/")]
    assert hit == "papers/2024/Sparse-IFT/"
    expect(reader.page.locator(".md-search-result__list")).to_contain_text("ICML 2024 · arXiv 2023")
    reader.page.keyboard.press("Enter")
    reader.click(reader.page.locator(".papers-versions").get_by_role("link", name="arXiv 2023"))
    reader.page.wait_for_url(re.compile("/papers/2023/Sparse-IFT/$"))
    assert known.papers["2023/Sparse-IFT"].same_work == ("2024/Sparse-IFT",)


def test_the_same_by_browsing(reader: Reader, known: Library) -> None:
    reader.go("Papers")
    reader.filter("Sparse-IFT")
    row = reader.page.locator("[data-view-shown] tr[data-paper]")
    expect(row).to_have_count(1)
    expect(row).to_have_attribute("data-paper", "2024/Sparse-IFT")
    number = reader.page.locator(".papers-browse-number")
    assert works(known) == len(known.papers) - 1
    expect(number).to_have_text(f"1 of {works(known)} papers in 2 versions")
    reader.click(row.get_by_role("link", name="arXiv 2023"))
    reader.page.wait_for_url(re.compile("/papers/2023/Sparse-IFT/$"))


def test_the_baseline_that_most_compare_with(reader: Reader, known: Library) -> None:
    reader.go("Statistics")
    chart = reader.page.locator("#baselines + .papers-chart")
    compared = Counter(each.key or each.name for paper in known.papers.values() for each in set(paper.baselines))
    ((baseline, papers),) = compared.most_common(1)
    first = chart.locator("tbody tr").first
    expect(first).to_contain_text(str(papers))
    # A method that is no paper here: its bar leads to those that compare with it.
    assert baseline not in known.papers
    reader.click(first.get_by_role("link", name=baseline, exact=True))
    expect(reader.page.locator(".papers-browse-number")).to_have_text(f"{papers} of {works(known)} papers")


def test_whom_dan_alistarh_writes_with_most(reader: Reader, known: Library) -> None:
    name = "Dan Alistarh"
    reader.go("Authors")
    reader.follow(name, "Alistarh, Dan")
    papers = [paper for paper in known.papers.values() if name in paper.authors]
    together = Counter(author for paper in papers for author in paper.authors if author != name)
    assert reader.rows() == sorted(paper.key for paper in papers)
    others = reader.page.locator(".papers-co-occurring > div", has_text="Co-authors").locator("dd > span").all()
    # Someone with a single paper has no number.
    shown = [re.fullmatch(r"(.*?)(?:\s(\d+))?", other.inner_text().strip()) for other in others]
    counts = [(other[1], int(other[2] or 1)) for other in shown if other]
    assert dict(counts).items() <= together.items()
    assert [count for _, count in counts] == [count for _, count in together.most_common(len(counts))]
    assert len(counts) > 3


def test_notes_on_nm_sparsity(reader: Reader, known: Library) -> None:
    reader.go("Keywords")
    reader.follow("N:M Sparsity")
    assert reader.rows() == those(known, lambda paper: "nm_sparsity" in paper.keywords)
    assert reader.rows("note") == those(known, lambda paper: "nm_sparsity" in paper.keywords and paper.note)


def test_neurips_papers_with_an_implementation(reader: Reader, known: Library) -> None:
    reader.go("Venues")
    reader.follow("NeurIPS")
    assert reader.rows() == those(known, lambda paper: paper.venue == "NeurIPS")
    assert reader.rows("code") == those(known, lambda paper: paper.venue == "NeurIPS" and paper.code)


def test_how_to_cite_a_paper_whose_title_i_have(reader: Reader, known: Library) -> None:
    paper = known.papers["2022/obc"]
    reader.search_and_enter(paper.title)
    reader.click(reader.page.locator(".papers-cite").get_by_role("button"))
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert paper.title in copied
    assert f"year = {{{paper.year}}}" in copied
    assert f"author = {{{' and '.join(paper.authors)}}}" in copied


def test_bibtex_of_what_a_query_finds(reader: Reader, known: Library) -> None:
    expected = those(known, lambda paper: paper.venue == "ICML" and "quantization" in paper.keywords)
    reader.go("Papers")
    reader.filter("venue:ICML keyword:quantization")
    reader.sees(expected, known)
    with reader.page.expect_download() as waiting:
        reader.click(reader.page.get_by_role("link", name="BibTeX", exact=True))
    entries = Path(waiting.value.path()).read_text(encoding="utf-8").split("\n\n")
    assert len(entries) == len(expected)
    for key in expected:
        assert sum(known.papers[key].title in entry for entry in entries) == 1


def test_chinese_notes_on_attention(reader: Reader, known: Library) -> None:
    reader.search("注意力")
    found = [address for address in reader.found() if address.startswith("notes/")]
    assert sorted(found) == notes_with(known, "注意力")


def test_notes_in_chinese_by_date(reader: Reader, known: Library) -> None:
    reader.go("Papers")
    reader.filter("language:zh")
    # Two more are in English and hold a paragraph in Chinese.
    chinese = [
        path for path, note in known.notes.items() if 4 * len(re.findall("[\u4e00-\u9fff]", note.text)) > len(note.text)
    ]
    expected = those(known, lambda paper: paper.note and paper.note.path in chinese)
    reader.sees(expected, known)
    # What is not sorted otherwise goes by when it was added.
    expect(reader.page.get_by_label("Sort by").locator("option:checked")).to_have_text("Last added")
    # Where all came on one day, none of them says so.
    shown = reader.page.locator("tr[data-paper] time[data-column=added]").all_inner_texts()
    assert len(shown) in {0, len(expected)}
    assert shown == sorted(shown, reverse=True)


def most(known: Library, values: Callable[[Paper], Iterable[str | int | None]]) -> str:
    """What most papers have; of several the one that is the first by its letters."""
    counts = Counter(str(value) for paper in known.papers.values() for value in set(values(paper)) if value)
    return min(counts, key=lambda value: (-counts[value], value))


def test_the_papers_of_a_year(reader: Reader, known: Library) -> None:
    year = most(known, lambda paper: [paper.year])
    reader.enter("Years")
    reader.follow(year)
    assert reader.rows() == those(known, lambda paper: str(paper.year) == year)


def test_who_has_written_most(reader: Reader, known: Library) -> None:
    reader.enter("Authors")
    reader.click(reader.page.get_by_role("link", name="By number", exact=True))
    reader.page.wait_for_url(re.compile("number/$"))
    first = reader.page.locator(".papers-counts > li").first
    counts = Counter(author for paper in known.papers.values() for author in set(paper.authors))
    ((_, papers),) = counts.most_common(1)
    expect(first.locator(".papers-number")).to_have_text(str(papers))
    family, _, given = first.locator("a").inner_text().partition(", ")
    assert counts[f"{given} {family}"] == papers


def test_the_papers_of_an_institution_by_its_name_alone(reader: Reader, known: Library) -> None:
    name = most(known, lambda paper: paper.institutions)
    own = those(known, lambda paper: name in paper.institutions)
    reader.enter("Papers")
    reader.filter(name)
    number = reader.page.locator(".papers-browse-number")
    expect(number).to_contain_text(" of ")
    expect(reader.page.locator("tr[data-paper]")).to_have_count(int(number.inner_text().split()[0]))
    versions = {version for key in own for version in known.papers[key].same_work}
    assert set(own) - set(reader.rows()) <= versions


def test_bibtex_of_all_that_somebody_wrote(reader: Reader, known: Library) -> None:
    name = most(known, lambda paper: paper.authors)
    reader.enter("Papers")
    reader.filter(f'author:"{name}"')
    expect(reader.page.locator(".papers-browse-number")).to_contain_text(" of ")
    with reader.page.expect_download() as waiting:
        reader.click(reader.page.get_by_role("link", name="BibTeX", exact=True))
    entries = Path(waiting.value.path()).read_text(encoding="utf-8")
    own = those(known, lambda paper: name in paper.authors)
    assert len(re.findall("^@", entries, re.MULTILINE)) == len(own)


def test_what_a_keyword_goes_with(reader: Reader, known: Library) -> None:
    keyword = most(known, lambda paper: paper.keywords)
    reader.enter("Keywords")
    reader.click(reader.page.locator(f".papers-counts a[href$='{keyword}/']"))
    with_it = [paper for paper in known.papers.values() if keyword in paper.keywords]
    counts = Counter(other for paper in with_it for other in set(paper.keywords) if other != keyword)
    shown = reader.page.locator(".papers-co-occurring > div", has_text="Goes with").locator("dd > span").first
    expect(shown.locator(".papers-number")).to_have_text(str(max(counts.values())))


def test_where_a_paper_can_be_read(reader: Reader, known: Library) -> None:
    key = max(key for key, paper in known.papers.items() if paper.pdf and paper.abbreviation)
    reader.search_and_enter(known.papers[key].title)
    reader.page.wait_for_url(re.compile(f"/papers/{re.escape(key)}/"))
    button = reader.page.locator(".papers-buttons").get_by_role("link", name="PDF")
    assert button.get_attribute("href") == known.papers[key].pdf


def test_the_oldest_papers(reader: Reader, known: Library) -> None:
    reader.enter("Papers")
    expect(reader.page.locator("[data-view-shown]")).to_be_attached()
    reader.actions += 1
    reader.page.get_by_label("Sort by").select_option(label="Year")
    reader.click(reader.page.get_by_role("button", name="Descending"))
    expect(reader.page).to_have_url(re.compile(r"sort=year"))
    first = reader.page.locator("tr[data-paper]").first
    expect(first).to_contain_text(str(min(paper.year for paper in known.papers.values())))


def test_what_i_found_for_a_colleague(reader: Reader, known: Library) -> None:
    venue = most(known, lambda paper: [paper.venue])
    reader.enter("Papers")
    reader.filter(f"venue:{venue} lacks:note")
    wanted = those(known, lambda paper: paper.venue == venue and not paper.note)
    reader.sees(wanted, known)
    reader.click(reader.page.get_by_role("button", name="Copy link"))
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    reader.page.goto(reader.page.evaluate("navigator.clipboard.readText()"))
    reader.sees(wanted, known)


def test_how_many_papers_have_code(reader: Reader, known: Library) -> None:
    reader.enter("Papers")
    flags = reader.page.get_by_role("group", name="Filters").get_by_role("list", name="With", exact=True)
    with_code = sum(paper.code is not None for paper in known.papers.values())
    expect(flags.locator("li", has_text="Code").locator(".papers-number")).to_have_text(str(with_code))


@pytest.fixture
def elsewhere(open_page: OpenPage, tmp_path: Path) -> Iterator[Reader]:
    """A reader of another library, without git, some of whose records say when they last changed."""
    record = 'paper {{\n  title: "{}"\n}}\nupdate_time: {}\n'
    month = {"September": 1_790_000_000, "October": 1_790_900_000, "November": 1_793_600_000}
    files = {f"meta/2024/{name}.prototxt": record.format(name, time) for name, time in month.items()}
    files["meta/2023/Old.prototxt"] = 'paper {\n  title: "Old"\n}\n'
    with serve_folder(build_site(tmp_path, files, {"nav": None}).site) as home:
        asking = Reader(open_page(), home)
        yield asking
    assert 0 < asking.actions <= MOST_ACTIONS


def test_what_came_in_last_month(elsewhere: Reader) -> None:
    elsewhere.page.goto(f"{elsewhere.home}papers/")
    elsewhere.filter("added:2026-10")
    expect(elsewhere.page.locator("tr[data-paper]")).to_have_count(1)
    assert elsewhere.rows() == ["2024/October"]
    elsewhere.filter("added:>=2026-10")
    expect(elsewhere.page.locator("tr[data-paper]")).to_have_count(2)
    assert elsewhere.rows() == ["2024/November", "2024/October"]
