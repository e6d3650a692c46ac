"""Whom an identifier is asked of, and whose word counts for what, by recordings in the sources' shapes."""

from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import identify
from mkdocs_papers.sources.recording import Replaying
from mkdocs_papers.sources.resolve import Resolved, Resolver
from tests.sources.recorded import (
    BOT_CHECK,
    FLASH,
    FLASH_AUTHORS,
    Recorded,
    crossref_work,
    datacite_of_arxiv,
    entry,
    feed,
    joined,
    openalex_work,
)

ID = "2205.14135"
ARXIV_DOI = f"10.48550/arXiv.{ID}"
DOI = "10.5555/flash.2022"


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    return Recorded(tmp_path / "recording")


def resolve(recorded: Recorded, what: str = ID) -> Resolved:
    identifier = identify(what)
    assert identifier
    return Resolver(Replaying(recorded.folder)).resolve(identifier)


def found(recorded: Recorded, what: str = ID) -> Found:
    said = resolve(recorded, what)
    assert said.found, said.asked
    return said.found


def said(resolved: Resolved) -> list[str]:
    return [str(asked).partition(":")[0] for asked in resolved.asked]


class TestPreprint:
    def test_arxiv_alone(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(comment="26 pages, code at https://github.com/HazyResearch/flash-attention.")))
        paper = found(recorded, f"https://arxiv.org/pdf/{ID}v1.pdf#page=2")
        assert (paper.title, paper.authors) == (FLASH, FLASH_AUTHORS)
        assert (paper.year, paper.arxiv, paper.kind) == (2022, ID, Kind.PREPRINT)
        assert (paper.venue, paper.doi, paper.institutions) == (None, None, ())
        assert paper.codes == (
            ("https://github.com/HazyResearch/flash-attention", "arXiv's comment"),
            ("https://github.com/Dao-AILab/flash-attention", "the abstract"),
        )

    def test_datacite_alone_with_all_others_down(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, "Rate exceeded.", 429)
        recorded.datacite(ARXIV_DOI, datacite_of_arxiv())
        recorded.keep(f"https://api.semanticscholar.org/graph/v1/paper/arXiv:{ID}", '{"code": "429"}', status=429)
        recorded.keep(f"https://dblp.org/search/publ/api?q={FLASH}&format=json", BOT_CHECK, "text/html")
        paper = found(recorded)
        assert (paper.title, paper.authors, paper.year) == (FLASH, FLASH_AUTHORS, 2022)
        assert (paper.source, paper.comment, paper.published_doi, paper.venue) == ("DataCite", None, None, None)

    def test_the_page_where_neither_answers(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, BOT_CHECK)
        authors = "".join(f'<meta name="citation_author" content="{name}" />' for name in ("Dao, Tri", "Fu, Daniel Y."))
        page = (
            f'<html><head><meta name="citation_title" content="{FLASH}" />{authors}'
            f'<meta name="citation_date" content="2022/05/27" /><meta name="citation_arxiv_id" content="{ID}" />'
            '<meta name="citation_abstract" content="Transformers are slow &amp; memory-hungry." /></head></html>'
        )
        recorded.keep(f"https://arxiv.org/abs/{ID}", page, "text/html; charset=utf-8")
        paper = found(recorded)
        assert (paper.authors, paper.year, paper.abstract) == (
            ("Tri Dao", "Daniel Y. Fu"),
            2022,
            "Transformers are slow & memory-hungry.",
        )

    def test_arxiv_goes_first_and_datacite_fills_its_gaps(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(summary="", comment="Fine.")))
        recorded.datacite(ARXIV_DOI, datacite_of_arxiv(title="An older title"))
        paper = found(recorded)
        assert (paper.title, paper.origin("title")) == (FLASH, "arXiv")
        assert paper.abstract
        assert paper.origin("abstract") == "DataCite"

    @pytest.mark.parametrize(
        ("comment", "withdrawn"),
        [
            ("This paper has been withdrawn by the author due to an error in Lemma 2", True),
            ("12 pages; we study cash that is being withdrawn and withdrawn consent", False),
            ("Paper withdrawn due to an error in Lemma 2", True),
            ("9 pages, withdrawn", True),
            ("Withdrawn: superseded", True),
            ("Withdrawn from the workshop, accepted elsewhere", False),
            ("12 pages", False),
        ],
    )
    def test_a_withdrawal_stands_in_the_comment(self, recorded: Recorded, comment: str, *, withdrawn: bool) -> None:
        recorded.arxiv(ID, feed(entry(comment=comment)))
        resolved = resolve(recorded)
        assert resolved.found
        assert (resolved.found.kind is Kind.WITHDRAWN) == withdrawn
        assert any("withdrawn" in note for note in resolved.notes) == withdrawn

    def test_an_unknown_id_is_an_empty_feed(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed())
        recorded.keep(f"https://api.datacite.org/dois/{ARXIV_DOI}", '{"errors":[{"status":"404"}]}', status=404)
        resolved = resolve(recorded)
        assert resolved.found is None
        assert said(resolved) == ["arXiv knows no such paper", "DataCite knows no such paper"]

    def test_a_bad_id_is_an_entry_that_is_an_error(self, recorded: Recorded) -> None:
        error = (
            "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_9999.99999</id><title>Error</title>"
            "<summary>incorrect id format for 9999.99999</summary><author><name>arXiv api core</name></author></entry>"
        )
        recorded.arxiv("9999.99999", feed(error), 400)
        resolved = resolve(recorded, "9999.99999")
        assert resolved.found is None
        assert resolved.asked[0].said == "answered with status 400: incorrect id format for 9999.99999"
        recorded.index.clear()
        recorded.arxiv("9999.99999", feed(error))
        assert resolve(recorded, "9999.99999").asked[0].said == "says: incorrect id format for 9999.99999"

    def test_an_old_id_and_its_affiliations(self, recorded: Recorded) -> None:
        people = (
            "<author><name>Andrew Gould</name><arxiv:affiliation>Ohio State</arxiv:affiliation></author>"
            "<author><name>Susan Dorsher</name><arxiv:affiliation>Ohio State</arxiv:affiliation></author>"
        )
        recorded.arxiv("cs/0112017", feed(entry("cs/0112017v1", authors=()).replace("</entry>", f"{people}</entry>")))
        paper = found(recorded, "arXiv:cs.LG/0112017v1")
        assert (paper.arxiv, paper.institutions) == ("cs/0112017", ("Ohio State",))

    def test_an_answer_about_another_paper_is_none(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry("2205.99999v1", title="Another")))
        recorded.datacite(ARXIV_DOI, {**datacite_of_arxiv(), "doi": "10.48550/arxiv.2205.99999"})
        resolved = resolve(recorded)
        assert resolved.found is None
        assert "answered about another paper, 10.48550/arxiv.2205.99999" in str(resolved.asked[1])


class TestPublishedVersion:
    def test_by_the_join_then_crossref_and_openalex(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry()))
        recorded.semantic_scholar(f"arXiv:{ID}", joined(year=2021, venue="NeurIPS", ArXiv=ID, DOI=DOI))
        recorded.crossref(DOI, crossref_work(year=2023))
        recorded.openalex(DOI, openalex_work(institutions=("Stanford University", "AT&amp;T")))
        paper = found(recorded)
        assert (paper.venue, paper.year, paper.doi, paper.kind) == (
            "Advances in Neural Information Processing Systems",
            2023,
            DOI,
            Kind.PUBLISHED,
        )
        assert paper.institutions == ("Stanford University", "AT&T")
        assert [paper.origin(name) for name in ("title", "venue", "year", "doi", "institutions")] == [
            "arXiv",
            *["Crossref"] * 3,
            "OpenAlex",
        ]

    def test_by_the_authors_own_doi(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(doi=DOI, journal_ref="NeurIPS 35 (2022)")))
        recorded.crossref(DOI, crossref_work())
        assert found(recorded).doi == DOI

    def test_by_the_doi_that_datacite_relates(self, recorded: Recorded) -> None:
        related = [{"relationType": "IsVersionOf", "relatedIdentifier": DOI, "relatedIdentifierType": "DOI"}]
        recorded.datacite(ARXIV_DOI, datacite_of_arxiv(relatedIdentifiers=related))
        recorded.crossref(DOI, crossref_work())
        assert found(recorded).doi == DOI

    def test_openalex_where_crossref_does_not_answer(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(doi=DOI)))
        recorded.keep(f"https://api.crossref.org/works/{DOI}", "Resource not found.", "text/plain", 404)
        recorded.openalex(DOI, openalex_work())
        paper = found(recorded)
        assert (paper.venue, paper.doi) == ("Advances in Neural Information Processing Systems", DOI)
        assert paper.origin("venue") == "OpenAlex"

    @pytest.mark.parametrize(
        "work",
        [
            crossref_work(title="Attention with IO-Awareness: a Survey"),
            crossref_work(title=f"{FLASH} 2"),
            crossref_work(authors=("Tri Dao", "Ying Sheng", "Song Han", "Ji Lin", "Wei Wang")),
            crossref_work(authors=()),
        ],
        ids=["title", "number in the title", "authors", "no authors"],
    )
    def test_not_where_title_or_authors_differ(self, recorded: Recorded, work: dict[str, object]) -> None:
        recorded.arxiv(ID, feed(entry()))
        recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=DOI))
        recorded.crossref(DOI, work)
        resolved = resolve(recorded)
        assert resolved.found
        assert (resolved.found.venue, resolved.found.doi, resolved.found.year) == (None, None, 2022)
        assert "is not taken for the published version" in resolved.notes[0]

    def test_a_published_version_that_was_withdrawn_is_said_and_none(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry()))
        recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=DOI))
        recorded.crossref(DOI, {**crossref_work(), "updated-by": [{"type": "retraction", "DOI": "10.5555/r"}]})
        resolved = resolve(recorded)
        assert resolved.found
        assert resolved.found.venue is None
        assert resolved.notes == (f"Crossref says that doi:{DOI} was withdrawn, so it counts as a preprint",)

    def test_another_preprint_is_no_published_version(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(doi=DOI)))
        recorded.crossref(DOI, crossref_work(type="posted-content", venue="Research Square"))
        assert found(recorded).doi is None

    def test_author_order_is_the_preprints(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(doi=DOI)))
        recorded.crossref(DOI, crossref_work(authors=sorted(FLASH_AUTHORS)))
        paper = found(recorded)
        assert (paper.doi, paper.authors) == (DOI, FLASH_AUTHORS)

    def test_names_are_written_out_but_never_abbreviated(self, recorded: Recorded) -> None:
        short = ("Tri Dao", "D. Y. Fu", "Stefano Ermon", "Atri Rudra", "C. Re")
        recorded.arxiv(ID, feed(entry(authors=short, doi=DOI)))
        recorded.crossref(DOI, crossref_work(authors=("T. Dao", *FLASH_AUTHORS[1:])))
        assert found(recorded).authors == FLASH_AUTHORS

    def test_dblp_where_no_doi_is_known(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry()))
        people = {"author": [{"@pid": "1", "text": f"{name} 0001"} for name in FLASH_AUTHORS]}
        preprint = {"authors": people, "title": f"{FLASH}.", "venue": "CoRR", "year": "2022", "type": "Informal"}
        review = {
            "authors": {"author": {"text": "H. D. Block"}},
            "title": f"A Review of {FLASH}",
            "venue": "X",
            "year": "2023",
        }
        recorded.dblp(FLASH.replace(":", "").replace("-", " "), [review, preprint, {**preprint, "venue": "NeurIPS"}])
        paper = found(recorded)
        assert (paper.venue, paper.year, paper.doi, paper.authors) == ("NeurIPS", 2022, None, FLASH_AUTHORS)

    def test_a_lone_author_of_dblps(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(title="Optimal Brain Damage", authors=("Yann LeCun",))))
        hit = {
            "authors": {"author": {"@pid": "1", "text": "Yann LeCun"}},
            "title": "Optimal Brain Damage.",
            "year": "1989",
        }
        recorded.dblp("Optimal Brain Damage", [{**hit, "venue": ["NIPS", "X"], "doi": "10.5555/obd"}])
        paper = found(recorded)
        assert (paper.venue, paper.year, paper.doi) == ("NIPS", 1989, "10.5555/obd")

    def test_dblp_knows_nothing(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(title="Optimal Brain Damage")))
        recorded.dblp("Optimal Brain Damage", [])
        assert found(recorded).venue is None

    def test_arxivs_own_doi_is_no_published_version(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry(doi=ARXIV_DOI)))
        recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=ARXIV_DOI))
        resolved = resolve(recorded)
        assert resolved.found
        assert resolved.found.doi is None
        assert not [asked for asked in resolved.asked if "doi:" in asked.about]

    def test_an_acl_paper_of_a_preprint(self, recorded: Recorded) -> None:
        doi = "10.18653/v1/2024.acl-long.678"
        recorded.arxiv(ID, feed(entry()))
        recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=doi))
        recorded.crossref(doi, crossref_work(venue="ACL"))
        recorded.openalex(doi, openalex_work())
        paper = found(recorded)
        assert (paper.doi, paper.venue, paper.origin("institutions")) == (doi, "ACL", "OpenAlex")

    def test_openreview_where_it_was_accepted(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry()))
        content = {
            "title": FLASH,
            "authors": list(FLASH_AUTHORS),
            "venue": "ICLR 2023 poster",
            "venueid": "ICLR.cc/2023/Conference",
        }
        submitted = {
            **content,
            "venue": "Submitted to ICLR 2024",
            "venueid": "ICLR.cc/2024/Conference/Rejected_Submission",
        }
        notes = [{"id": "a", "content": {k: {"value": v} for k, v in each.items()}} for each in (submitted, content)]
        recorded.keep(
            f"https://api2.openreview.net/notes?content.title={FLASH.replace(' ', '+')}",
            '{"notes": ' + str(notes).replace("'", '"') + "}",
        )
        paper = found(recorded)
        assert (paper.venue, paper.year) == ("ICLR", 2023)

    @pytest.mark.parametrize(("year", "venue"), [(2022, None), (2023, "ICLR")])
    def test_a_joined_venue_counts_only_with_a_year_that_is_not_the_preprints(
        self, recorded: Recorded, year: int, venue: str | None
    ) -> None:
        recorded.arxiv(ID, feed(entry()))
        recorded.semantic_scholar(f"arXiv:{ID}", joined(year=year, venue="ICLR", ArXiv=ID))
        resolved = resolve(recorded)
        assert resolved.found
        assert (resolved.found.venue, resolved.found.year) == (venue, year)
        offered = () if venue else (("Semantic Scholar names this venue, and dates it as the preprint:", "ICLR"),)
        assert tuple((about, info.pub.where) for about, info in resolved.found.offers) == offered


class TestDoi:
    def test_by_its_agency(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "Crossref")
        jats = "<jats:title>Abstract</jats:title><jats:p>Fast &amp; exact: O(N<jats:sup>2</jats:sup>).</jats:p>"
        recorded.crossref(
            DOI, crossref_work(abstract=jats, title=["FlashAttention &amp;amp; IO"], subtitle=["An <i>exact</i> one"])
        )
        resolved = resolve(recorded, f"https://doi.org/{DOI}")
        paper = resolved.found
        assert paper
        assert (paper.title, paper.abstract) == ("FlashAttention & IO: An exact one", "Fast & exact: O(N$^2$).")
        assert (paper.url, paper.doi, paper.year) == (f"https://doi.org/{DOI}", DOI, 2022)
        assert said(resolved)[:2] == ["doi.org says that Crossref has it", "Crossref knows it"]

    @pytest.mark.parametrize(
        ("kind", "more", "venue"),
        [
            ("monograph", {}, "MIT Press"),
            ("dissertation", {"institution": [{"name": "MIT"}]}, "MIT"),
            ("journal-article", {}, None),
            ("posted-content", {"institution": {"name": "bioRxiv"}}, "bioRxiv"),
        ],
    )
    def test_who_published_what_stands_by_itself(
        self, recorded: Recorded, kind: str, more: dict[str, Any], venue: str | None
    ) -> None:
        recorded.agency("10.5555", "Crossref")
        work = {"type": kind, "container-title": [], "publisher": "MIT Press", **more}
        recorded.crossref(DOI, crossref_work(**work))
        assert found(recorded, DOI).venue == venue

    def test_an_initial_is_written_out(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "Crossref")
        names = [("Jane Doe", "J. Doe"), ("John Roe", "J. Row"), ("Ann Poe", None), (None, "E. Poe")]
        authorships = [{"author": {"display_name": name}, "raw_author_name": raw} for name, raw in names]
        recorded.openalex(DOI, openalex_work(authorships=authorships))
        assert found(recorded, DOI).authors == ("Jane Doe", "J. Row", "Ann Poe", "E. Poe")

    def test_datacite_where_that_is_the_agency(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "DataCite")
        attributes = datacite_of_arxiv(
            url="https://zenodo.org/records/1", publisher="Zenodo", types={"resourceTypeGeneral": "Text"}
        )
        attributes["creators"].append(
            {"name": "DeepSeek-AI", "nameType": "Organizational", "affiliation": [{"name": "X"}]}
        )
        recorded.datacite(DOI, attributes)
        paper = found(recorded, f"doi:{DOI}")
        assert (paper.venue, paper.doi, paper.arxiv, paper.url) == ("Zenodo", DOI, None, "https://zenodo.org/records/1")
        assert (paper.authors[-1], paper.institutions) == ("DeepSeek-AI", ("X",))

    def test_arxivs_own_doi_is_an_arxiv_id(self, recorded: Recorded) -> None:
        recorded.arxiv(ID, feed(entry()))
        assert found(recorded, f"https://doi.org/{ARXIV_DOI}v3").arxiv == ID

    def test_another_paper_is_not_taken_for_it(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "Crossref")
        recorded.crossref(DOI, {**crossref_work(), "DOI": "10.5555/other"})
        resolved = resolve(recorded, DOI)
        assert resolved.found is None
        assert str(resolved.asked[1]) == "Crossref answered about another paper, 10.5555/other"

    def test_openalex_where_the_agency_does_not_answer(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "Crossref")
        recorded.keep(
            f"https://api.crossref.org/works/{DOI}", "<html><body>502 Bad Gateway</body></html>", "text/html", 502
        )
        recorded.openalex(DOI, openalex_work(abstract_inverted_index={"Fast": [0], "exact.": [2], "and": [1]}))
        paper = found(recorded, DOI)
        assert (paper.venue, paper.abstract) == ("Advances in Neural Information Processing Systems", "Fast and exact.")

    def test_collectives_suffixes_and_null_dates(self, recorded: Recorded) -> None:
        work = crossref_work(issued={"date-parts": [[None]]})
        work["author"] = [
            {"given": "Sammy", "family": "Davis", "suffix": "Jr."},
            {"name": "The LLaMA Team", "sequence": "additional"},
            {"family": "Aristotle"},
        ]
        recorded.crossref(DOI, {**work, "published-print": {"date-parts": [["2023", 5, 1]]}, "published": None})
        paper = found(recorded, DOI)
        assert paper.authors == ("Sammy Davis, Jr.", "The LLaMA Team", "Aristotle")
        assert paper.year == 2023

    def test_a_book_of_a_series(self, recorded: Recorded) -> None:
        titles = ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2022"]
        recorded.crossref(DOI, {**crossref_work(), "container-title": titles})
        assert found(recorded, DOI).venue == "Computer Vision – ECCV 2022"

    def test_authors_in_alphabetical_order_get_the_papers(self, recorded: Recorded) -> None:
        doi = "10.52202/068431-1189"
        recorded.crossref(
            doi, crossref_work(authors=("Tri Dao", "Stefano Ermon", "Daniel Y. Fu", "Christopher Ré", "Atri Rudra"))
        )
        resolved = resolve(recorded, doi)
        assert resolved.notes == ("Crossref has the authors in alphabetical order; the paper's may be another",)
        recorded.semantic_scholar(
            f"DOI:{doi}", joined(authors=("Tri Dao", "D. Fu", "S. Ermon", "A. Rudra", "C. Ré"), DOI=doi)
        )
        assert found(recorded, doi).authors == FLASH_AUTHORS

    def test_a_bot_check_is_called_that(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "Crossref")
        recorded.keep(f"https://api.crossref.org/works/{DOI}", BOT_CHECK, "text/html; charset=utf-8")
        resolved = resolve(recorded, DOI)
        assert resolved.found is None
        assert "Crossref gave a bot check instead of JSON" in str(resolved.asked[1])

    def test_names_in_capitals(self, recorded: Recorded) -> None:
        recorded.agency("10.5555", "Crossref")
        recorded.crossref(DOI, crossref_work(authors=("TRI DAO", "ATRI RUDRA", "NVIDIA")))
        assert found(recorded, DOI).authors == ("Tri Dao", "Atri Rudra", "NVIDIA")


class TestElsewhere:
    BIB = (
        '@inproceedings{alizadeh-etal-2024-llm,\n    title = "{LLM} in a flash: Efficient Inference",\n'
        '    author = "Alizadeh, Keivan  and\n      Mirzadeh, Seyed Iman",\n    booktitle = "Proceedings of ACL",\n'
        '    month = aug,\n    year = "2024",\n    url = "https://aclanthology.org/2024.acl-long.678/",\n'
        '    doi = "10.18653/v1/2024.acl-long.678",\n'
        '    abstract = "Large {\\textquotedblleft}models{\\textquotedblright}."\n}\n'
    )

    @pytest.mark.parametrize(
        "what", ["2024.acl-long.678", "https://aclanthology.org/2024.acl-long.678.pdf", "10.18653/v1/2024.acl-long.678"]
    )
    def test_acl_by_its_bib(self, recorded: Recorded, what: str) -> None:
        recorded.keep("https://aclanthology.org/2024.acl-long.678.bib", self.BIB, "text/plain")
        paper = found(recorded, what)
        assert paper.title == "LLM in a flash: Efficient Inference"
        assert paper.authors == ("Keivan Alizadeh", "Seyed Iman Mirzadeh")
        assert (paper.venue, paper.year, paper.doi) == ("Proceedings of ACL", 2024, "10.18653/v1/2024.acl-long.678")
        assert (paper.source, paper.key, paper.place) == ("ACL Anthology", None, None)

    def test_acl_by_crossref_where_there_is_no_bib(self, recorded: Recorded) -> None:
        recorded.crossref(
            "10.18653/v1/N18-2074", crossref_work(title="Self-Attention with Relative Position Representations")
        )
        assert found(recorded, "10.18653/v1/n18-2074").doi == "10.18653/v1/N18-2074"

    def test_openreview(self, recorded: Recorded) -> None:
        venue = '"venue": {"value": "Submitted to ICML"}'
        content = f'{{"title": {{"value": "Quest"}}, "authors": {{"value": ["Jiaming Tang"]}}, {venue}}}'
        recorded.keep(
            "https://api2.openreview.net/notes?id=KzACYw0MTV",
            f'{{"notes": [{{"id": "KzACYw0MTV", "content": {content}}}]}}',
        )
        paper = found(recorded, "https://openreview.net/pdf?id=KzACYw0MTV")
        assert (paper.title, paper.authors, paper.venue, paper.url) == (
            "Quest",
            ("Jiaming Tang",),
            None,
            "https://openreview.net/forum?id=KzACYw0MTV",
        )

    def test_openreviews_page_where_it_wants_a_login(self, recorded: Recorded) -> None:
        refused = '{"name":"ChallengeRequiredError","status":403,"message":"Please log in"}'
        recorded.keep("https://api2.openreview.net/notes?id=abc", refused, status=403)
        page = '<meta name="citation_title" content="Quest"><meta name="citation_author" content="Jiaming Tang">'
        recorded.keep("https://openreview.net/forum?id=abc", page, "text/html")
        resolved = resolve(recorded, "https://openreview.net/forum?id=abc")
        assert resolved.found
        assert "OpenReview gave a bot check" in str(resolved.asked[0])

    def test_a_page_by_its_tags(self, recorded: Recorded) -> None:
        page = """<!doctype html><html><head>
            <meta name="citation_title" content="Deja Vu: Contextual Sparsity &amp; LLMs"/>
            <meta name="citation_author" content="Zichang Liu"/><meta name="citation_author" content="Ré, Christopher"/>
            <meta name="citation_author_institution" content="Rice University"/>
            <meta name="citation_publication_date" content="2023-07-03"/>
            <meta name="citation_conference_title" content="International Conference on Machine Learning"/>
            <meta name="citation_pdf_url" content="liu23am/liu23am.pdf"/></head>"""
        recorded.keep("https://proceedings.mlr.press/v202/liu23am.html", page, "text/html")
        paper = found(recorded, "https://proceedings.mlr.press/v202/liu23am/liu23am.pdf")
        assert (paper.title, paper.authors) == (
            "Deja Vu: Contextual Sparsity & LLMs",
            ("Zichang Liu", "Christopher Ré"),
        )
        assert (paper.venue, paper.year) == ("International Conference on Machine Learning", 2023)
        assert (paper.institutions, paper.source) == (("Rice University",), "proceedings.mlr.press")

    def test_a_pages_gaps_by_its_doi_only_where_they_agree(self, recorded: Recorded) -> None:
        people = "".join(f'<meta name="citation_author" content="{name}">' for name in FLASH_AUTHORS)
        page = f'<meta name="citation_title" content="{FLASH}">{people}<meta name="citation_doi" content="doi:{DOI}">'
        recorded.keep("https://example.org/paper", page, "text/html")
        assert found(recorded, "https://example.org/paper").venue is None
        recorded.crossref(DOI, crossref_work())
        paper = found(recorded, "https://example.org/paper")
        assert (paper.venue, paper.year, paper.doi) == ("Advances in Neural Information Processing Systems", 2022, DOI)
        recorded.index.pop()
        recorded.crossref(DOI, crossref_work(title="Something else"))
        assert found(recorded, "https://example.org/paper").venue is None

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            ("<html><title>A blog</title></html>", "has no citation_* tags"),
            ("%PDF-1.7 ...", "is a PDF, but the PDF cannot be read"),
            ("<html><title>Just a moment...</title></html>", "gave a bot check"),
        ],
    )
    def test_a_page_that_says_nothing(self, recorded: Recorded, body: str, why: str) -> None:
        recorded.keep("https://example.org/paper", body, "text/html")
        resolved = resolve(recorded, "https://example.org/paper")
        assert resolved.found is None
        assert why in str(resolved.asked[0])


def test_everybody_is_named_where_nobody_answers(recorded: Recorded) -> None:
    recorded.keep("https://example.org/", "x")
    resolved = resolve(recorded)
    assert resolved.found is None
    assert [asked.source for asked in resolved.asked] == ["arXiv", "DataCite", "arXiv's page"]
    assert all("is not in the recording" in asked.said for asked in resolved.asked)
