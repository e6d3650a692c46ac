"""YAML: what is read, where it stands, and what each defect costs."""

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings

from mkdocs_papers.records import yamltext
from mkdocs_papers.records.limits import DEEPEST_RECORD, MOST_VALUES
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Place
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import KeywordBlock, PaperBlock, PaperInfo, PubBlock, Status
from mkdocs_papers.records.yamltext import read_yaml
from tests.records.strategies import contents, mutations
from tests.written import write_yaml


@pytest.fixture(params=["LibYAML", "Python"], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML comes with and without LibYAML; both give the same."""
    if request.param == "Python":
        monkeypatch.setattr(yamltext, "LOADER", yaml.SafeLoader)


def _problems(text: str) -> list[str]:
    return [str(problem).removeprefix(":") for problem in read_yaml(text).problems]


def test_the_schema_types_the_scalars() -> None:
    located = read_yaml(
        "paper: {title: on, abbr: 123, url: 2024-01-01, authors: yes, institutions: ['no', 1.5, ~, null, 'null']}\n"
        "pub: {where: 'null', year: '2024'}\n"
        "keyword: {words: none}\n"
        "rating: 0x5\n"
        "update_time: 010\n"
        "status: read\n"
    )
    assert located.problems == ()
    assert located.content == PaperInfo(
        paper=PaperBlock(
            title="on", abbr="123", url="2024-01-01", authors=("yes",), institutions=("no", "1.5", "null")
        ),
        pub=PubBlock(where="null", year=2024),
        keyword=KeywordBlock(words=("none",)),
        rating=5,
        update_time=8,
        status=Status.READ,
    )


@pytest.mark.parametrize(
    "text", ["", "# Nothing.\n", "---\n", "~", "---\n...\n", "{}", "paper:\n", "paper: ~\nrating:\n"]
)
def test_nothing_is_an_empty_record(text: str) -> None:
    located = read_yaml(text)
    assert located.problems == ()
    assert located.content == PaperInfo()


def test_places_count_code_points_after_mark_and_line_ends() -> None:
    text = '\ufeffpaper:\r\n  title: "😀"  # 😀\r  authors: [😀, "b\u2028", c]\n  abbr: |\n    text\r\nrating: 5'
    located = read_yaml(text)
    assert located.problems == ()
    assert {at: Lines(text).place(start) for at, (start, _) in located.spans.items()} == {
        ("paper",): Place(1, 1),
        ("paper", "title"): Place(2, 10),
        ("paper", "authors", 0): Place(3, 13),
        ("paper", "authors", 1): Place(3, 16),
        ("paper", "authors", 2): Place(3, 22),
        ("paper", "abbr"): Place(4, 9),
        ("rating",): Place(6, 1 + len("rating: ")),
    }


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("paper: {title: a", (1, 17), "syntax"),
        ("paper:\n  title: a: b\n", (2, 11), "syntax"),
        ('paper:\n  title: "a\\q"\n', (2, 12), "syntax"),
        ("paper:\n\ttitle: a\n", (2, 1), "syntax"),
        ("paper:\n  title: a\n abbr: b\n", (3, 2), "syntax"),
        ("rating: 1\n---\nrating: 2\n", (2, 1), "syntax"),
        ("😀: 'a\x07'", (1, 6), "syntax"),
        ("\ufeff'a' \ufffe", (1, 5), "syntax"),
        ("- paper\n", (1, 1), "wrong-type"),
        ("just text", (1, 1), "wrong-type"),
        ("paper: {title: !!python/object/apply:os.system ['x']}", (1, 16), "yaml-feature"),
        ("paper: {title: !x a}", (1, 16), "yaml-feature"),
        ("paper: !!map {}", (1, 8), "yaml-feature"),
        ("paper: &a {title: b}", (1, 8), "yaml-feature"),
        ("x: *a", (1, 4), "yaml-feature"),
        ("# One.\r\n\n%YAML 1.1\n---\n", (3, 1), "yaml-feature"),
        ("x: [1, 2, &b 3]", (1, 11), "yaml-feature"),
    ],
)
def test_what_costs_the_record(text: str, place: tuple[int, int], code: str) -> None:
    located = read_yaml(text)
    assert located.content is None
    (problem,) = located.problems
    assert (problem.code, problem.place) == (code, Place(*place))
    assert problem.wrong


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("after", ["", "\n", "\n  abbr: x\nnote: {url: a}\n", "\n\n\n"])
def test_a_quote_that_is_never_closed_is_named_where_it_begins(quote: str, after: str) -> None:
    located = read_yaml(f"\ufeff# x\r\npaper:\r\n  title: {quote}never closed{after}")
    (found,) = located.problems
    assert (found.place, found.code) == (Place(3, 10), "syntax")
    assert found.right == "close the quote that begins here"


def test_common_mistakes_have_a_remedy() -> None:
    assert "a text that holds ': ' needs quotes" in _problems("paper:\n  title: a: b\n")[0]
    assert "write two backslashes for one" in _problems('paper:\n  title: "$\\infty$"\n')[0]
    assert "indent with spaces" in _problems("paper:\n\ttitle: a\n")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paper: {titel: a}", "1:9: unknown field 'titel' in paper; did you mean 'title'? [unknown-field]"),
        (
            "title: [a, {b: c}]",
            "1:1: unknown field 'title' in a record; it belongs in the block 'paper' [unknown-field]",
        ),
        ("? [a, b]\n: c", "1:3: the name of a field is a list; write a name [unknown-field]"),
        ("? {a: b}\n: [c]", "1:3: the name of a field is a mapping; write a name [unknown-field]"),
        (
            "paper: [a]",
            "1:8: paper is a block of fields, not a list; write its fields below it, each indented [wrong-type]",
        ),
        (
            "paper: a",
            "1:8: paper is a block of fields, not the text 'a'; write its fields below it, each indented [wrong-type]",
        ),
        ("paper: {title: [a]}", "1:16: paper.title is a text, not a list [wrong-type]"),
        ("paper: {title: {a: b}}", "1:16: paper.title is a text, not a mapping [wrong-type]"),
        ("paper: {authors: {a: b}}", "1:18: paper.authors is a text, not a mapping [wrong-type]"),
        ("paper: {authors: [[a]]}", "1:19: paper.authors is a text, not a list [wrong-type]"),
        ("pub: {year: soon}", "1:13: pub.year is a whole number, not 'soon' [wrong-type]"),
        ("pub: {year: 2024.0}", "1:13: pub.year is a whole number, not '2024.0' [wrong-type]"),
        ("status: [read]", "1:9: status is one of to_read, reading, read, not a list [wrong-type]"),
        ("keyword: {words: {a: b}}", "1:18: keyword.words is a keyword, not a mapping [wrong-type]"),
        ("status: reed", "1:9: unknown status 'reed'; did you mean 'read'? [unknown-status]"),
    ],
)
def test_what_costs_a_value(text: str, expected: str) -> None:
    located = read_yaml(f"{text}\nrating: 3")
    assert located.content == PaperInfo(rating=3)
    assert [str(problem).removeprefix(":") for problem in located.problems] == [expected]


@pytest.mark.parametrize(
    ("text", "content", "what"),
    [
        ("rating: 1\nrating: 2", PaperInfo(rating=1), "the field 'rating'"),
        ("pub: {year: 1}\npub: {year: 2, where: x}", PaperInfo(pub=PubBlock(year=1, where="x")), "the block 'pub'"),
        ("same_work: a\nsame_work: [b]", PaperInfo(same_work=("a", "b")), "the key 'same_work'"),
    ],
)
def test_keys_that_stand_twice(text: str, content: PaperInfo, what: str) -> None:
    located = read_yaml(text)
    assert located.content == content
    (problem,) = located.problems
    assert (problem.code, problem.place) == ("repeated-field", Place(2, 1))
    assert problem.wrong == f"{what} stands more than once"


def test_a_billion_laughs_end_in_one_problem() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert _problems(laughs) == ["1:4: an anchor stands here; write the value without it [yaml-feature]"]


def test_limits() -> None:
    deepest = "x: " + "{a: " * DEEPEST_RECORD + "1" + "}" * DEEPEST_RECORD + "\nrating: 1"
    assert read_yaml(deepest).content == PaperInfo(rating=1)
    for text in (
        "x: " + "{a: " * (DEEPEST_RECORD + 1),
        "x: " + "[" * 100_000,
        "[" * 100_000,
        "paper: " + "{authors: [" * 50_000,
    ):
        assert [problem.code for problem in read_yaml(text).problems] in (["too-large"], ["wrong-type"])
    assert [problem.code for problem in read_yaml("same_work:\n" + "- a\n" * (MOST_VALUES + 1)).problems] == [
        "too-large"
    ]


# Most mutations are no YAML any more, and some seeds meet little else.
@settings(suppress_health_check=list(HealthCheck))
@given(mutations(contents().map(write_yaml), "-:#[]{},\"'\\ \n\t|>&*!%@a0~"))
def test_texts_are_as_yaml_reads_them(text: str) -> None:
    located = read_yaml(text)
    assume(located.content is not None and not located.problems)
    assert located.content is not None
    # A base loader takes every scalar for a text, as the schema does with most.
    base = yaml.BaseLoader if yamltext.LOADER is yaml.SafeLoader else yaml.CBaseLoader
    plain = yaml.load(text, Loader=base)  # noqa: S506  # It makes texts, lists and mappings only.
    assume(isinstance(plain, dict) and isinstance(plain.get("paper"), dict))
    title = plain["paper"].get("title")
    assert located.content.paper.title in {title, None}
    authors = plain["paper"].get("authors") or []
    assume(isinstance(authors, list))
    assert [author for author in authors if author in located.content.paper.authors] == list(
        located.content.paper.authors
    )


def test_an_alias_is_refused_where_it_stands() -> None:
    """Even one whose anchor is not there; an anchor before it would be refused first."""
    reading = read_record("meta/2024/A.yaml", "2024/A", b"paper:\n  title: X\n  abbr: *a\n")
    assert reading.record is None
    (problem,) = reading.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("yaml-feature", 3, 9)
    assert problem.wrong == "an alias stands here"
