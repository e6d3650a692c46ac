"""What pages say of themselves to programs."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.address import Website, paper_address
from mkdocs_papers.pages.head import Head, insert_head, note_head, page_head
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.summaries import summaries
from tests.pages.papers import FULL, anything, libraries, paper, site, text

WEB = Website("https://example.org/library/", directory_urls=True)
NOTE = Note(
    "2024/Quest/note.md", "What *Quest* does", date="2024-07-01", excerpt="It reads.", words=2, papers=("2024/Quest",)
)
DESCRIPTION = (
    "Quest: Query-Aware Sparsity to O(∞) & 50% {fast}_er. "
    "Jiaming Tang, Guido van Rossum, Sammy Davis, Jr. et al. ICML 2024."
)
RENDERER = Renderer(language("en"), directory_urls=True)


class Tags(HTMLParser):
    """The tags of a piece of HTML, and the text inside of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.script = ""
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.script += data
        else:
            self.text += data.strip()

    def metas(self) -> dict[str, list[str]]:
        """Contents by name or property, in order."""
        found: dict[str, list[str]] = {}
        for tag, attributes in self.tags:
            if tag == "meta":
                name = attributes.get("property") or attributes.get("name") or ""
                found.setdefault(name, []).append(attributes["content"] or "")
        return found


def rendered(head: Head) -> Tags:
    return Tags(RENDERER.fragment("head.html", "../../", head=head))


def of_paper(here: Site, key: str = "2024/Quest") -> Head:
    return page_head(here, next(source for source in here.sources() if source.address == paper_address(key)))


def json_ld(head: Head) -> Any:
    return json.loads(rendered(head).script)


def test_a_paper_page() -> None:
    tags = rendered(of_paper(site(FULL, website=WEB)))
    assert tags.metas() == {
        "og:type": ["article"],
        "og:title": ["Quest: Query-Aware Sparsity to O(∞) & 50% {fast}_er"],
        "og:description": [DESCRIPTION],
        "og:site_name": ["Test library"],
        "og:url": ["https://example.org/library/papers/2024/Quest/"],
        "og:image": ["https://example.org/library/notes/2024/Quest/%C3%BCnder%20cover.png"],
        "og:image:alt": ["Cover of Quest"],
        "twitter:card": ["summary_large_image"],
    }
    assert [attributes["href"] for tag, attributes in tags.tags if tag == "link"] == [
        "../../feed.xml",
        "../../feed.json",
    ]
    assert json.loads(tags.script) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Quest: Query-Aware Sparsity to O(∞) & 50% {fast}_er",
        "alternateName": "Quest",
        "datePublished": "2024",
        "isPartOf": {"@type": "PublicationVolume", "name": "ICML"},
        "url": "https://arxiv.org/abs/2406.10774",
        "image": "https://example.org/library/notes/2024/Quest/%C3%BCnder%20cover.png",
        "mainEntityOfPage": "https://example.org/library/papers/2024/Quest/",
        "author": [{"@type": "Person", "name": name} for name in FULL.authors],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/a_b"},
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2406.10774"},
        ],
        "sameAs": "https://doi.org/10.1000/a_b",
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": "https://arxiv.org/pdf/2406.10774",
            "encodingFormat": "application/pdf",
        },
        "keywords": ["KV Cache", "sparse attention"],
        "abstract": 'First paragraph. Second, with "quotes".',
    }


def test_formulas_of_an_abstract_are_words() -> None:
    tags = rendered(of_paper(site(replace(FULL, abstract="Up to $\\infty$ keys."), website=WEB)))
    assert json.loads(tags.script)["abstract"] == "Up to ∞ keys."


def test_a_note() -> None:
    head = note_head(site(FULL, notes=(NOTE,), website=WEB), NOTE)
    assert rendered(head).metas()["og:type"] == ["article"]
    assert rendered(head).metas()["article:published_time"] == ["2024-07-01"]
    assert rendered(head).metas()["og:url"] == ["https://example.org/library/notes/2024/Quest/note/"]
    posting = json_ld(head)
    (about,) = posting.pop("about")
    assert posting == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": "What *Quest* does",
        "description": "It reads.",
        "datePublished": "2024-07-01",
        "wordCount": 2,
        "mainEntityOfPage": "https://example.org/library/notes/2024/Quest/note/",
    }
    assert (about["@type"], about["url"]) == ("ScholarlyArticle", FULL.url)
    assert about["mainEntityOfPage"] == "https://example.org/library/papers/2024/Quest/"


def test_a_note_says_no_more_of_a_paper_than_the_papers_summary() -> None:
    """So a note's page depends on the summary alone, and need not be made anew where a paper changes otherwise."""
    one, other = (site(paper(institutions=(name,), doi=name), notes=(NOTE,), website=WEB) for name in "ab")
    assert summaries(one) == summaries(other)
    assert note_head(one, NOTE) == note_head(other, NOTE)


def test_a_note_that_no_paper_names() -> None:
    note = Note("a.md", "A")
    head = note_head(site(notes=(note,), website=WEB), note)
    assert "about" not in json_ld(head)
    assert rendered(head).metas()["twitter:card"] == ["summary"]


def test_a_listing() -> None:
    here = site(FULL, website=WEB)
    head = page_head(here, next(source for source in here.sources() if source.address.path == "venues/ICML"))
    assert rendered(head).metas()["og:type"] == ["website"]
    assert rendered(head).metas()["og:title"] == ["ICML"]
    assert head.json_ld is None
    assert len(head.feeds) == 4


def test_a_site_that_does_not_say_where_it_is_gives_no_absolute_addresses() -> None:
    tags = rendered(of_paper(site(FULL)))
    assert not {"og:url", "og:image"} & tags.metas().keys()
    assert "mainEntityOfPage" not in json.loads(tags.script)
    assert "image" not in json.loads(tags.script)
    assert [tag for tag, _ in tags.tags if tag == "link"] == []


@pytest.mark.parametrize(
    ("cover", "image"),
    [
        ("a.jpg", "https://example.org/library/notes/a.jpg"),
        ("a.WEBP", "https://example.org/library/notes/a.WEBP"),
        ("a.svg", "https://example.org/library/card.png"),
        ("a.avif", "https://example.org/library/card.png"),
        (None, "https://example.org/library/card.png"),
    ],
)
def test_only_pictures_that_networks_show_are_named(cover: str | None, image: str) -> None:
    each = paper(cover=Attachment(cover) if cover else None)
    head = of_paper(site(each, website=WEB, social_image="card.png"))
    assert head.social
    assert head.social.image == image


def test_another_plugin_may_say_how_networks_show_a_page() -> None:
    head = of_paper(site(FULL, website=WEB, social=False))
    assert rendered(head).metas() == {}
    assert head.json_ld


def test_citation_tags_are_an_option() -> None:
    assert not any(name.startswith("citation_") for name in rendered(of_paper(site(FULL, website=WEB))).metas())
    here = site(FULL, paper("2023/H2O", venue="TMLR"), website=WEB, citation_tags=True)
    found = rendered(of_paper(here)).metas()
    assert {name: value for name, value in found.items() if name.startswith("citation_")} == {
        "citation_title": ["Quest: Query-Aware Sparsity to O(∞) & 50% {fast}_er"],
        "citation_author": list(FULL.authors),
        "citation_publication_date": ["2024"],
        "citation_conference_title": ["ICML"],
        "citation_volume": ["V_12"],
        "citation_firstpage": ["45"],
        "citation_lastpage": ["67"],
        "citation_doi": ["10.1000/a_b"],
        "citation_arxiv_id": ["2406.10774"],
        "citation_abstract_html_url": ["https://arxiv.org/abs/2406.10774"],
        "citation_pdf_url": ["https://arxiv.org/pdf/2406.10774"],
        "citation_keywords": ["KV Cache", "sparse attention"],
    }
    assert rendered(of_paper(here, "2023/H2O")).metas()["citation_journal_title"] == ["TMLR"]


@given(library=libraries, name=text)
def test_any_text_stays_text(library: tuple[Paper, ...], name: str) -> None:
    here = site(*library, name=name, website=WEB, citation_tags=True)
    for each in library:
        tags = rendered(of_paper(here, each.key))
        assert {tag for tag, _ in tags.tags} <= {"meta", "link", "script"}
        assert [attributes for tag, attributes in tags.tags if tag == "script"] == [{"type": "application/ld+json"}]
        assert all(attributes.keys() <= ALLOWED[tag] for tag, attributes in tags.tags)
        assert tags.text == ""
        found = json.loads(tags.script)
        if "$" not in each.title:
            assert found["headline"] == one_line(each.title)
        assert [author["name"] for author in found.get("author", ())] == [one_line(name) for name in each.authors]


ALLOWED = {"meta": {"name", "property", "content"}, "link": {"rel", "type", "title", "href"}, "script": {"type"}}


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("<html><head><title>t</title></head><body></body>", "<html><head><title>t</title>NEW</head><body></body>"),
        ("<HEAD></HEAD >\n<BODY class=x>", "<HEAD>NEW</HEAD >\n<BODY class=x>"),
        ("<head><script>'</head>'</script></head>\n<body>", "<head><script>'</head>'</script>NEW</head>\n<body>"),
        ("<head></head><!-- --><body>", "<head>NEW</head><!-- --><body>"),
        ("<head></head><body><pre></head></pre></body>", "<head>NEW</head><body><pre></head></pre></body>"),
        ("<head><!-- </head><body> --></head><body>", "<head><!-- </head><body> -->NEW</head><body>"),
        ("<head>\r\n<title>a\rb</title>\n</head>", "<head>\r\n<title>a\rb</title>\nNEW</head>"),
        (f"<head>{' ' * 8188}</head>", f"<head>{' ' * 8188}NEW</head>"),
        ("<title>no head</title>", "<title>no head</title>"),
        ("", ""),
    ],
)
def test_insert_head(html: str, whole: str) -> None:
    assert insert_head(html, "NEW") == whole


@given(anything, anything)
def test_insert_head_only_inserts(html: str, head: str) -> None:
    assert insert_head(html, head) in {html, *(html[:at] + head + html[at:] for at in range(len(html) + 1))}
    assert insert_head(f"<head></head><body>{html}", head) == f"<head>{head}</head><body>{html}"
    assert insert_head(html, "") == html
