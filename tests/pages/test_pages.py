"""What the pages of a small library show, and where they lead."""

from collections import Counter

import pytest
from hypothesis import given, settings

from mkdocs_papers.library.model import Attachment, Baseline, Code, Library, Note, Paper
from mkdocs_papers.pages import listing_pages
from mkdocs_papers.pages.address import Address, browse_address
from mkdocs_papers.pages.home import home_page, overview
from mkdocs_papers.pages.indices import indices
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.listing_pages import CountsPage, ListingPage, SectionsPage
from mkdocs_papers.pages.note_pages import NoteHeader, minutes, newest_notes, note_entry, note_headers
from mkdocs_papers.pages.page_inputs import Picture
from mkdocs_papers.pages.page_source import PageSource
from mkdocs_papers.pages.paper_pages import PaperPage
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.statistics import StatisticsPage
from mkdocs_papers.pages.summaries import all_figures, figures, summary
from mkdocs_papers.records.schema import PubBlock, Status
from mkdocs_papers.views.view_inputs import NOTES
from tests.pages.papers import libraries, paper, site
from tests.pages.tree import Node, tree

NOTE = Note("2024/Quest/note.md", "Quest picks $O(n)$", excerpt="The query picks.", words=440, papers=("2024/Quest",))
PAPERS = (
    paper("1989/obd", title="Optimal Brain Damage", venue="NeurIPS", authors=("Yann LeCun",), keywords=("pruning",)),
    paper(
        "2023/H2O",
        title="H2O",
        abbreviation="H2O",
        venue="NeurIPS",
        authors=("Zhenyu Zhang", "Beidi Chen"),
        keywords=("kv_cache", "pruning"),
        code=Code("", "https://github.com/FMInference/H2O"),
        status=Status.TO_READ,
    ),
    paper(
        "2024/Quest",
        title="Quest: to $O(n)$",
        abbreviation="Quest",
        url="https://arxiv.org/abs/2406.10774",
        pdf="https://arxiv.org/pdf/2406.10774",
        venue="ICML",
        authors=("Jiaming Tang", "Song Han"),
        institutions=("MIT",),
        keywords=("kv_cache", "sparse attention"),
        note=Attachment("2024/Quest/note.md"),
        cover=Attachment("2024/Quest/quest.svg"),
        baselines=(Baseline("H2O", "2023/H2O"), Baseline("TOVA")),
        rating=4,
        status=Status.READ,
        updated=1_718_409_600,
        doi="10.1000/1",
    ),
    paper(
        "2024/SparQ", title="SparQ", venue="ICML", authors=("Song Han",), baselines=(Baseline("Quest", "2024/Quest"),)
    ),
)


def library() -> Site:
    made = site(*PAPERS, notes=(NOTE,))
    picture = Picture("notes/2024/Quest/quest.svg", "notes/2024/Quest/quest.svg", 32, 20)
    made.update(made.library, {"2024/Quest/quest.svg": picture})
    return made


SITE = library()
SOURCES = {source.address.path: source for source in (home_page(SITE), *SITE.sources())}
RENDERER = Renderer(language("en"), directory_urls=True)


def page(path: str, renderer: Renderer = RENDERER) -> Node:
    return tree(renderer.page(SOURCES[path]))


def order(node: Node, *names: str) -> list[str]:
    """The classes among those asked for, in the order in which they begin."""
    return [name for each in node for name in each.attributes.get("class", "").split() if name in names]


class TestPaper:
    PAGE = page("papers/2024/Quest")

    def test_the_eye_finds_title_people_where_and_when_buttons_first_lines_and_cover(self) -> None:
        parts = (
            "papers-title",
            "papers-authors",
            "papers-published",
            "papers-buttons",
            "papers-excerpt",
            "papers-cover",
        )
        assert order(self.PAGE, *parts) == list(parts)

    def test_the_trail_ends_here(self) -> None:
        assert self.PAGE.one("nav", "papers-trail").text == "Venues ICML Quest"
        assert [href for _, href in self.PAGE.one("nav", "papers-trail").links()] == [
            "../../../venues/",
            "../../../venues/ICML/",
        ]

    def test_the_trail_of_a_paper_without_a_short_name_ends_at_its_venue(self) -> None:
        (source,) = [
            each for each in site(paper("2024/x", venue="ICML")).sources() if each.address.path == "papers/2024/x"
        ]
        assert tree(RENDERER.page(source)).one("nav", "papers-trail").text == "Venues ICML"

    def test_the_title_shows_math(self) -> None:
        assert self.PAGE.one("h1").all("math")
        assert SOURCES["papers/2024/Quest"].title == "Quest: to O(n)"

    def test_buttons_lead_to_paper_pdf_and_note(self) -> None:
        assert self.PAGE.one("p", "papers-buttons").links() == [
            ("Paper", "https://arxiv.org/abs/2406.10774"),
            ("PDF", "https://arxiv.org/pdf/2406.10774"),
            ("Note", "../../../notes/2024/Quest/note/"),
        ]

    def test_the_cover_keeps_its_room(self) -> None:
        (image,) = self.PAGE.one("figure").all("img")
        assert (image.attributes["width"], image.attributes["height"]) == ("32", "20")
        assert image.attributes["alt"] == "Cover of Quest"

    def test_without_a_cover_there_is_no_card_that_says_the_title_again(self) -> None:
        bare = page("papers/2023/H2O")
        assert bare.all("figure") == []
        assert bare.text.count("NeurIPS 2023") == 1

    def test_twelve_authors_are_named_and_the_others_wait_behind_a_button(self) -> None:
        names = tuple(f"Author {chr(65 + place)}" for place in range(26))
        for many in (12, 13, 26):
            papers = paper("2024/x", authors=names[:many]), paper("2023/y", authors=names)
            sources = {each.address.path: each for each in site(*papers).sources()}
            shown = tree(RENDERER.page(sources["papers/2024/x"])).one("div", "papers-authors")
            assert [text for text, _ in shown.links()] == list(names[:many])
            more = shown.all("details")
            assert len(more) == (many > 12)
            if more:
                assert [text for text, _ in more[0].links()] == list(names[12:many])
                assert more[0].one("summary").text == {13: "1 more author", 26: "14 more authors"}[many]

    def test_what_it_builds_on_and_what_builds_on_it_is_drawn_with_years_and_marks_of_notes(self) -> None:
        (drawing,) = self.PAGE.all("div", "papers-drawing")
        before, after = drawing.all("ul")
        assert [item.text for item in before.all("li")] == ["H2O 2023", "TOVA"]
        # A paper without an abbreviation goes by its title.
        assert after.links() == [("SparQ 2024", "../../../papers/2024/SparQ/")]
        assert [node.text for node in drawing.all("span", "papers-node-elsewhere")] == ["TOVA"]
        assert drawing.one("p", "papers-node-self").text == "Quest 2024"
        assert drawing.all("span", "papers-noted") == []
        (noted,) = page("papers/2023/H2O").one("div", "papers-drawing").all("span", "papers-noted")
        assert noted.attributes["aria-label"] == "note"

    def test_what_the_drawing_shows_is_not_said_again(self) -> None:
        assert self.PAGE.one("section", "papers-lineage").all("ul", "papers-links") == []
        many = tuple(Baseline(f"Method {place}") for place in range(8))
        sources = {source.address.path: source for source in site(paper("2024/x", baselines=many)).sources()}
        shown = tree(RENDERER.page(sources["papers/2024/x"])).one("section", "papers-lineage")
        assert [item.text for item in shown.one("ul", "papers-links").all("li")] == ["Method 6", "Method 7"]
        assert shown.all("h3")[-1].text == "2 more that it builds on"

    def test_no_link_is_drawn(self) -> None:
        """A link in SVG has an address that no script can set, which ends Material's swapping of pages."""
        for source in SOURCES.values():
            for drawing in tree(RENDERER.page(source)).all("svg"):
                assert drawing.all("a") == [], source.address.path

    def test_a_paper_without_kin_has_no_drawing(self) -> None:
        assert page("papers/1989/obd").all("", "papers-drawing") == []

    def test_status_and_rating_are_words_too(self) -> None:
        where = self.PAGE.one("p", "papers-published")
        assert where.text.endswith("Status: read")
        assert where.one("span", "papers-rating").attributes["aria-label"] == "Rating: 4 of 5"

    def test_the_bibtex_entry_is_this_papers(self) -> None:
        assert self.PAGE.one("pre", "papers-bibtex").text.startswith(
            "@inproceedings{Quest2024, title = {{Quest: to $O(n)$}},"
        )

    def test_related_papers_say_why(self) -> None:
        crowd = tuple(paper(f"2020/{n}", keywords=("x",)) for n in range(60))
        twins = (
            paper("2024/one", title="One", keywords=("kv_cache",), authors=("A", "B"), baselines=(Baseline("TOVA"),)),
            paper("2024/two", title="Two", keywords=("kv_cache",), authors=("B", "A"), baselines=(Baseline("TOVA"),)),
        )
        sources = {source.address.path: source for source in site(*crowd, *twins).sources()}
        (related,) = tree(RENDERER.page(sources["papers/2024/one"])).all("ul", "papers-related")
        assert related.text == "Two 2024 · Same keywords: KV Cache · Shared authors: A, B · Same baselines: TOVA"

    def test_versions_of_one_work_lead_to_each_other_and_are_one_related_paper(self) -> None:
        shared = {"authors": ("A", "B"), "keywords": ("kv_cache",)}
        preprint = paper("2023/early", title="Early", venue="arXiv", same_work=("2024/late",), **shared)
        published = paper("2024/late", title="Late", venue="ICLR", same_work=("2023/early",), **shared)
        other = paper("2024/other", title="Other", **shared)
        crowd = (paper(f"2020/{n}") for n in range(40))
        made = {source.address.path: source for source in site(preprint, published, other, *crowd).sources()}
        early, late = (tree(RENDERER.page(made[f"papers/{key}"])) for key in ("2023/early", "2024/late"))
        assert early.one("p", "papers-versions").text == "Also published as: ICLR 2024"
        assert late.one("p", "papers-versions").links() == [("arXiv 2023", "../../../papers/2023/early/")]
        (related,) = tree(RENDERER.page(made["papers/2024/other"])).all("ul", "papers-related")
        assert related.text.startswith("Late ICLR 2024 · arXiv 2023 · Same keywords: KV Cache")
        assert [address for _, address in related.links()] == [
            "../../../papers/2024/late/",
            "../../../papers/2023/early/",
        ]


class TestGroups:
    def test_a_line_of_figures(self) -> None:
        assert page("venues/ICML").one("p", "papers-figures").text == "2 papers · 1 with a note"
        assert page("venues/NeurIPS").one("p", "papers-figures").text == "2 papers · 1 with code · 1989–2023"
        assert page("keywords/sparse-attention").one("p", "papers-figures").text == "1 paper"
        assert all_figures(SITE) == figures([summary(SITE, paper.key) for paper in PAPERS])
        assert (all_figures(SITE).notes, all_figures(SITE).code) == (1, 1)

    def test_listings_are_described_to_search_engines(self) -> None:
        assert {
            path: SOURCES[path].description for path in ("", "papers", "venues", "venues/ICML", "stats", "notes")
        } == {
            "": "Test library · 4 papers",
            "papers": "Papers · 4 papers · Test library",
            "venues": "Venues · Test library",
            "venues/ICML": "ICML · 2 papers · Test library",
            "stats": "Statistics · Test library",
            "notes": "Notes · Test library",
        }

    def test_co_authors_and_keywords_that_go_together(self) -> None:
        lists = {each.view: each for each in listing("authors/Song-Han").co_occurring}
        assert [(count.link.text, count.papers) for count in lists["authors"].counts] == [("Jiaming Tang", 1)]
        assert [count.link.text for count in lists["keywords"].counts] == ["KV Cache", "sparse attention"]
        assert page("authors/Song-Han").one("dl").text.startswith("Years 2024 2 Co-authors Jiaming Tang")
        assert [each.view for each in listing("keywords/pruning").co_occurring] == ["keywords"]
        assert page("keywords/pruning").one("dl").text == "Goes with KV Cache"

    def test_neighbours(self) -> None:
        assert page("years/2023").one("nav", "papers-neighbours").links() == [
            ("← 2024", "../../years/2024/"),
            ("1989 →", "../../years/1989/"),
        ]

    def test_an_index_counts_and_is_paged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert page("authors").one("p", "papers-figures").text == "5 authors · 4 papers"
        monkeypatch.setattr(listing_pages, "_MOST_COUNTS", 2)
        paged = [source for source in indices(library()) if source.address.path.startswith("authors")]
        names = ["authors", "authors/page/2", "authors/page/3"]
        assert [source.address.path for source in paged] == [*names, "authors/by/number"]
        assert [source.section for source in paged] == ["", "authors", "authors", "authors"]
        named = [count.link.text for source in paged[:3] for count in counts(source).counts]
        assert named == ["Chen, Beidi", "Han, Song", "LeCun, Yann", "Tang, Jiaming", "Zhang, Zhenyu"]

    def test_letters_lead_to_all_pages_of_an_index(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing_pages, "_MOST_COUNTS", 2)
        _, second, _, by_number = [s for s in indices(library()) if s.address.path.startswith("authors")]
        shown = tree(RENDERER.page(second))
        assert shown.one("nav", "papers-letters").links() == [
            ("C", "../../../authors/#letter-C"),
            ("H", "../../../authors/#letter-H"),
            ("L", "#letter-L"),
            ("T", "#letter-T"),
            ("Z", "../../../authors/page/3/#letter-Z"),
        ]
        assert [each.text for each in shown.all("h2")] == ["L", "T"]
        assert not tree(RENDERER.page(by_number)).all("nav", "papers-letters")

    def test_an_index_of_people_has_a_second_order_by_number(self) -> None:
        (by_number,) = [source for source in indices(SITE) if source.address.path == "authors/by/number"]
        assert by_number.title == "Authors – By number"
        assert [count.link.text for count in counts(by_number).counts] == ["Han, Song"]
        shown = tree(RENDERER.page(by_number))
        assert shown.one("ul", "papers-counts").text == "Han, Song 2"
        assert ("4 more have one paper each: by name", "../../../authors/") in shown.links()
        assert [link for link in shown.links() if link[0].startswith("By ")] == [
            ("By name", "../../../authors/"),
            ("By number", "../../../authors/by/number/"),
        ]
        assert ("By number", "../authors/by/number/") in page("authors").links()
        # Where nobody has two, there is nothing to put in order.
        alone = {source.address.path for source in site(paper(authors=("A", "B"))).sources()}
        assert "authors" in alone
        assert "authors/by/number" not in alone

    def test_a_persons_page_has_its_years_and_the_bibtex_of_all(self) -> None:
        shown = page("authors/Song-Han")
        assert ("2024", "../../papers/?find=author:%22Song%20Han%22%20year:2024") in shown.links()
        assert ("Open as query", "../../papers/?find=author:%22Song%20Han%22") in shown.links()
        cited = shown.one("details", "papers-citations")
        assert cited.one("summary").text == "BibTeX of all 2"
        assert [line for line in cited.one("pre").text.split() if line.startswith("@")] == [
            "@inproceedings{Quest2024,",
            "@inproceedings{SparQ2024,",
        ]
        assert not page("venues/ICML").all("details", "papers-citations")

    def test_very_many_venues_are_not_all_named_on_the_first_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listing_pages, "_MOST_COUNTS", 10)
        crowd = site(*(paper(f"2024/{n}", venue=f"Venue {n}") for n in range(40)), page_size=5)
        pages = [source for source in indices(crowd) if source.address.path.startswith("venues")]
        assert len(pages) == 4
        assert [len(sections(source).counts) for source in pages] == [10, 0, 0, 0]


def listing(path: str) -> ListingPage:
    content = SOURCES[path].content
    assert isinstance(content, ListingPage)
    return content


def counts(source: PageSource) -> CountsPage:
    assert isinstance(source.content, CountsPage)
    return source.content


def sections(source: PageSource) -> SectionsPage:
    assert isinstance(source.content, SectionsPage)
    return source.content


def test_a_keyword_with_math_shows_it_everywhere_but_in_the_title_bar() -> None:
    label = "$O(n)$ attention"
    made = {source.address.path: source for source in site(paper(keywords=(label,), venue="ICML")).sources()}
    source = next(source for path, source in made.items() if path.startswith("keywords/"))
    assert source.title == "O(n) attention"
    shown = tree(RENDERER.page(source))
    assert shown.one("h1").all("math")
    assert shown.one("nav", "papers-trail").all("math")
    assert len(tree(RENDERER.page(made["stats"])).all("math")) == 2


class TestHome:
    def test_a_papers_date_is_its_update_time_else_its_year(self) -> None:
        newest = overview(SITE).newest
        assert [(each.paper.key, each.date) for each in newest] == [
            ("2024/Quest", "2024-06-15"),
            ("2024/SparQ", "2024"),
            ("2023/H2O", "2023"),
            ("1989/obd", "1989"),
        ]

    def test_where_all_notes_are_of_one_day_the_list_says_only_what_a_note_says_itself(self) -> None:
        alone = Note("a.md", "A", date="2023-01-01")
        assert note_entry(site(notes=(alone,)), alone.path).date == "2023-01-01"
        assert note_entry(site(*PAPERS, notes=(NOTE,)), NOTE.path).date is None

    def test_a_notes_date_is_its_own_else_its_papers(self) -> None:
        notes = (
            Note("a.md", "A", date="2023-01-01"),
            Note("b.md", "B"),
            Note("b2.md", "a"),
            Note("c.md", "C", papers=("2023/H2O",)),
            Note("d.md", "D", date="2025-01-01"),
            NOTE,
        )
        made = site(*PAPERS, notes=notes)
        newest = [NOTES.at(made, path) for path in newest_notes(made)]
        assert [note.path for note in newest] == ["d.md", "2024/Quest/note.md", "a.md", "c.md", "b2.md", "b.md"]
        headers = [note_headers(made)[note.path] for note in newest]
        assert headers[0].previous is None
        assert headers[-1].next is None
        assert [header.next.text for header in headers[:-1] if header.next] == [note.title for note in newest[1:]]

    def test_it_names_counts_the_newest_and_ways_in(self) -> None:
        home = page("")
        assert home.one("h1").text == "Test library"
        assert home.one("ul", "papers-ways").links()[:2] == [("4 Papers", "papers/"), ("2 Venues", "venues/")]
        assert ("1 Notes", "notes/") in home.one("ul", "papers-ways").links()
        assert home.one("ul", "papers-newest").links()[0] == ("Quest: to O(n)O(n)", "papers/2024/Quest/")
        assert home.one("ol", "papers-columns").tag
        assert home.one("table", "papers-bars").tag

    def test_an_empty_library_says_how_to_begin(self) -> None:
        empty = site()
        for source in (home_page(empty), *empty.sources()):
            shown = tree(RENDERER.page(source))
            assert shown.one("", "papers-empty").text
            assert shown.all("svg") == []


class TestStatistics:
    PAGE = page("stats")

    def test_each_bar_and_cell_leads_to_as_many_papers_as_it_says(self) -> None:
        content = SOURCES["stats"].content
        assert isinstance(content, StatisticsPage)
        every = [*content.years.counts, *(count for chart in content.charts for count in chart.counts)]
        assert content.grid is not None
        every += [*content.grid.columns, *(row.head for row in content.grid.rows)]
        for count in every:
            address = count.link.address
            if count.papers == 1 and address.path.startswith("papers/"):
                assert isinstance(SOURCES[address.path].content, PaperPage)
            elif address.query:
                assert address.query == f"status:{'read' if count.link.text == 'read' else 'to_read'}"
            else:
                shown = listing(address.path).figures
                assert shown is not None
                assert shown.papers == count.papers
        pairs = Counter((each.venue, keyword) for each in PAPERS for keyword in each.keywords)
        cells = [cell for row in content.grid.rows for cell in row.cells if cell]
        assert sum(cell.papers for cell in cells) == sum(pairs.values())
        assert {cell.link.address.query for cell in cells} == {
            "venue:NeurIPS keyword:pruning",
            "venue:NeurIPS keyword:kv_cache",
            "venue:ICML keyword:kv_cache",
            'venue:ICML keyword:"sparse attention"',
        }

    def test_each_chart_is_a_table_too(self) -> None:
        tables = self.PAGE.all("table")
        assert len(tables) == len(self.PAGE.all("h2")) == 6
        years = tables[0]
        assert [(row.one("th").text, row.one("td").text) for row in years.all("tr")[1:]] == [
            ("1989", "1"),
            ("2023", "1"),
            ("2024", "2"),
        ]

    def test_a_column_is_a_link_with_words(self) -> None:
        columns = self.PAGE.one("ol", "papers-columns").all("a")
        assert [(a.attributes["aria-label"], a.attributes["href"]) for a in columns] == [
            ("1989: 1 paper", "../years/1989/"),
            ("2023: 1 paper", "../years/2023/"),
            ("2024: 2 papers", "../years/2024/"),
        ]

    def test_a_cell_asks_the_browse_page(self) -> None:
        cells = self.PAGE.one("table", "papers-grid").all("td")
        assert ("1", "../papers/?find=venue:ICML%20keyword:%22sparse%20attention%22") in [
            link for cell in cells for link in cell.links()
        ]

    def test_what_most_papers_compare_with(self) -> None:
        wanda = Baseline("Wanda", "2024/wanda")
        tova = Baseline("TOVA")
        made = site(
            paper("2024/wanda", abbreviation="Wanda"),
            *(paper(f"2025/{n}", baselines=(wanda, tova)[: 1 + (n > 1)]) for n in range(4)),
            paper("2025/once", baselines=(Baseline("H2O"),)),
        )
        (shown,) = [source for source in indices(made) if source.address.path == "stats"]
        assert ("baselines", "Most compared with") in [(heading.id, heading.text) for heading in shown.outline]
        assert isinstance(shown.content, StatisticsPage)
        (chart,) = [each for each in shown.content.charts if each.name == "baselines"]
        assert [(count.link.text, count.link.address, count.papers) for count in chart.counts] == [
            ("Wanda", Address("papers/2024/wanda"), 4),
            ("TOVA", browse_address(("baseline", "TOVA")), 2),
        ]

    def test_what_has_no_values_is_not_there(self) -> None:
        bare = {source.address.path: source for source in site(paper("2024/x"), paper("2023/y")).sources()}
        shown = tree(RENDERER.page(bare["stats"]))
        assert [heading.text for heading in shown.all("h2")] == ["Papers by year"]
        assert [heading.text for heading in bare["stats"].outline] == ["Papers by year"]


class TestNotes:
    def header(self) -> NoteHeader:
        return note_headers(SITE)[NOTE.path]

    def shown(self, title: str, *, has_title: bool) -> Node:
        values = {"page": self.header(), "title": title, "has_title": has_title}
        return tree(RENDERER.fragment("note_header.html", "../../../../", **values))

    def test_a_title_is_said_once(self) -> None:
        title = "Quest: to $O(n)$"
        assert self.shown("Other", has_title=True).text.count("Quest: to") == 1
        again = self.shown(title, has_title=True)
        assert "Quest: to" not in again.text
        assert ("ICML 2024", "../../../../papers/2024/Quest/") in again.links()
        assert not again.all("h1")
        assert self.shown(title, has_title=False).one("h1").all("math")

    def test_a_slim_header_of_facts(self) -> None:
        shown = tree(
            RENDERER.fragment("note_header.html", "../../../../", page=self.header(), title=NOTE.title, has_title=True)
        )
        assert shown.one("nav", "papers-trail").text == "Notes Quest"
        assert "ICML 2024 · Paper · 2024-06-15 · 2 min read" in shown.text

    def test_the_index_shows_math_in_titles(self) -> None:
        assert page("notes").one("ul", "papers-notes").all("math")

    def test_cards_for_links_to_papers_and_their_notes_but_not_its_own(self) -> None:
        other = Note(
            "other.md",
            "Other",
            papers=("2023/H2O",),
            targets=("notes/2024/Quest/note.md", "meta/2024/SparQ.prototxt", "meta/2023/H2O.prototxt", "docs/index.md"),
        )
        cards = note_headers(site(*PAPERS, notes=(NOTE, other)))[other.path].cards
        assert [(path, each.key) for path, each in cards] == [
            ("notes/2024/Quest/note.md", "2024/Quest"),
            ("meta/2024/SparQ.prototxt", "2024/SparQ"),
        ]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_page_renders_in_every_language(code: str) -> None:
    renderer = Renderer(language(code), directory_urls=False)
    for path in SOURCES:
        assert page(path, renderer).one("h1").text


@settings(max_examples=settings().max_examples // 2)
@given(libraries)
def test_any_text_in_any_field_stays_text(papers: tuple[Paper, ...]) -> None:
    """The tree's builder fails where a value closes or opens an element, or an attribute."""
    made = site(*papers)
    for source in (home_page(made), *made.sources()):
        if source.template == "browse.html":
            continue
        shown = tree(RENDERER.page(source))
        assert {node.tag for node in shown if node.tag in {"script", "i", "style", "iframe"}} == set()
        for node in shown:
            assert not any(name.startswith("on") for name in node.attributes)


def test_library_is_a_value() -> None:
    """Two makings of the same pages are equal: what rebuilds rely on."""
    assert list(library().sources()) == list(library().sources())
    assert isinstance(SITE.library, Library)


@pytest.mark.parametrize(
    ("pub", "shown"),
    [
        (PubBlock(volume="12", number="3", pages="45-67"), "ICML 2024, 12 (3), 45–67"),
        (PubBlock(pages=" e1024 "), "ICML 2024, e1024"),
        (PubBlock(volume="<b>", number=" "), "ICML 2024, <b>"),
        (PubBlock(), "ICML 2024"),
    ],
)
def test_volume_number_and_pages_stand_beside_venue_and_year(pub: PubBlock, shown: str) -> None:
    made = site(paper(venue="ICML", pub=pub))
    (found,) = (source for source in made.sources() if isinstance(source.content, PaperPage))
    assert tree(RENDERER.page(found)).one("p", "papers-published").text == shown


@pytest.mark.parametrize(("words", "time"), [(0, 1), (329, 1), (331, 2), (2200, 10)])
def test_how_long_a_note_takes_to_read(words: int, time: int) -> None:
    assert minutes(words) == time
