"""Protobuf text format: what is read, where it stands, and what each defect costs."""

import pytest
from hypothesis import given

from mkdocs_papers.records.limits import DEEPEST_RECORD, MOST_VALUES
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.prototxt import read_prototxt
from mkdocs_papers.records.schema import BaselineBlock, KeywordBlock, PaperBlock, PaperInfo, PubBlock, Status
from tests.records.strategies import Laid, layouts


def problems(text: str) -> list[str]:
    """The problems of a text, each as ``line:column: what; remedy [code]``."""
    return [str(problem).removeprefix(":") for problem in read_prototxt(text).problems]


def test_keywords_bare_and_quoted() -> None:
    located = read_prototxt("keyword { words: kv_cache words: \"KV Cache\" words: ['a', b-c+d, 剪枝, 4bit] }")
    assert located.problems == ()
    assert located.content == PaperInfo(
        keyword=KeywordBlock(words=("kv_cache", "KV Cache", "a", "b-c+d", "剪枝", "4bit"))
    )


def test_status_by_word_text_and_number() -> None:
    for written in ("reading", '"reading"', "2", "0x2"):
        assert read_prototxt(f"status: {written}").content == PaperInfo(status=Status.READING)


def test_all_of_the_language() -> None:
    located = read_prototxt(
        "\ufeff# A record.\r\n"
        "paper: < title: 'It''s' \" \" 'here'; authors: [] authors: ['A', \"B\"], >\r\n"
        "pub { year: - # minus\n 5 } baseline { methods: \"x\" ; methods: 'y' }"
    )
    assert located.problems == ()
    assert located.content == PaperInfo(
        paper=PaperBlock(title="Its here", authors=("A", "B")),
        pub=PubBlock(year=-5),
        baseline=BaselineBlock(methods=("x", "y")),
    )


def test_surrogate_pairs_are_one_character() -> None:
    assert read_prototxt(r'paper { title: "\ud83d\uDE00" }').content == PaperInfo(paper=PaperBlock(title="😀"))


def test_a_pasted_no_break_space_is_space() -> None:
    assert read_prototxt('paper\xa0{\u3000title: "a" }').content == PaperInfo(paper=PaperBlock(title="a"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('paper {\n  title "a"\n}', "2:9: '\"a\"' stands where ':' belongs [syntax]"),
        ('paper {\n  title: "a\n}', '2:10: the quote opened here is not closed on its line; close it with " [syntax]'),
        ("paper {\n  title: 'a\r}", "2:10: the quote opened here is not closed on its line; close it with ' [syntax]"),
        ('paper {\n  title: "a"\n', "1:1: the block 'paper' is never closed; close it with '}' [syntax]"),
        ("paper: <", "1:1: the block 'paper' is never closed; close it with '>' [syntax]"),
        ("x {", "1:1: the block 'x' is never closed; close it with '}' [syntax]"),
        ('paper { title: "a" >', "1:20: '>' stands where a field's name belongs [syntax]"),
        ("paper {\n}\n}", "3:1: '}' stands where a field's name belongs [syntax]"),
        ("paper {\n  title:\n}", "3:1: '}' stands where a value belongs [syntax]"),
        ("paper { title: ", "1:16: the text ends where a value belongs [syntax]"),
        ("rating", "1:7: the text ends where ':' belongs [syntax]"),
        ("paper", "1:6: the text ends where '{' belongs [syntax]"),
        ('paper "a"', "1:7: '\"a\"' stands where '{' belongs [syntax]"),
        (
            'paper { title: "The "Best" }',
            '1:26: the quote opened here is not closed on its line; close it with " [syntax]',
        ),
        ('paper { title: "The "Best" of" }', "1:26: '\" of\"' stands where ':' belongs [syntax]"),
        ("same_work: ['a' 'b' c]", "1:21: 'c' stands where ',' or ']' belongs [syntax]"),
        ("same_work: ['a',]", "1:17: ']' stands where a value belongs [syntax]"),
        ("x: ['a' c]", "1:9: 'c' stands where ',' or ']' belongs [syntax]"),
        ("rating: 1,,", "1:11: ',' stands where a field's name belongs [syntax]"),
        ("[a.b 1", "1:7: the text ends where ']' belongs [syntax]"),
        ("[a.b/c {", "1:8: '{' stands where ']' belongs [syntax]"),
        ("中: 1 € 2", "1:6: '€' stands where a field's name belongs [syntax]"),
        ("\ufeffx: €", "1:4: '€' stands where a value belongs [syntax]"),
        ("😀", "1:1: '😀' stands where a field's name belongs [syntax]"),
        ("a: 'é' 😀", "1:8: '😀' stands where a field's name belongs [syntax]"),
        ("-a: 1", "1:1: '-a' stands where a field's name belongs [syntax]"),
    ],
)
def test_broken_syntax_costs_the_record(text: str, expected: str) -> None:
    located = read_prototxt(text)
    assert located.content is None
    assert [str(problem).removeprefix(":") for problem in located.problems] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paper { titel: 'a' }", "1:9: unknown field 'titel' in paper; did you mean 'title'? [unknown-field]"),
        ("papr { title: 'a' }", "1:1: unknown field 'papr' in a record; did you mean 'paper'? [unknown-field]"),
        ("title: 'a'", "1:1: unknown field 'title' in a record; it belongs in the block 'paper' [unknown-field]"),
        ("paper { where: 'a' }", "1:9: unknown field 'where' in paper; it belongs in the block 'pub' [unknown-field]"),
        (
            "paper { rating: 1 }",
            "1:9: unknown field 'rating' in paper; it belongs outside of this block; is a '}' missing? [unknown-field]",
        ),
        (
            "pub { award: 'a' }",
            "1:7: unknown field 'award' in pub; known are where, year, volume, number, pages [unknown-field]",
        ),
        ("a: [1, 'b' \"c\", {d: - 5}, <e: x f {}>]", None),
        ("a < b: 1, c: 2; d: [] >", None),
        ("a: []", None),
        ("1: 2", None),
        ("[com.google/x.y] { a: 1 }", None),
    ],
)
def test_unknown_fields_cost_their_value(text: str, expected: str | None) -> None:
    located = read_prototxt(f"{text}\nrating: 3")
    assert located.content == PaperInfo(rating=3)
    found = [str(problem).removeprefix(":") for problem in located.problems]
    if expected:
        assert found == [expected]
    else:
        assert [line.rpartition(" ")[2] for line in found] == ["[unknown-field]"]
        assert found[0].startswith("1:1: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pub { year: '2024' }", "1:13: pub.year is a whole number, not the text '2024'; write 2024 without quotes"),
        ("pub { year: 'soon' }", "1:13: pub.year is a whole number, not the text 'soon'"),
        ("pub { year: MMXXIV }", "1:13: pub.year is a whole number, not 'MMXXIV'"),
        ("pub { year: 20.24 }", "1:13: pub.year is a whole number, not '20.24'"),
        ("pub { year: 09 }", "1:13: pub.year is a whole number, not '09'"),
        ("pub { year: 9223372036854775808 }", "1:13: pub.year is a whole number, not '9223372036854775808'"),
        (f"pub {{ year: {'9' * 100} }}", f"1:13: pub.year is a whole number, not '{'9' * 59}…'"),
        ("pub { year: [2024] }", "1:13: pub.year is a whole number, not a list"),
        ("pub { year { } }", "1:12: pub.year is a whole number, not a block"),
        ("pub { year: { } }", "1:13: pub.year is a whole number, not a block"),
        ("pub { where: ICML }", "1:14: pub.where is a text, not the bare word 'ICML'; write \"ICML\" in quotes"),
        ("pub { where: 3 }", "1:14: pub.where is a text, not the number '3'; write \"3\" in quotes"),
        ("same_work: < a: 1 >", "1:12: same_work is a text, not a block"),
        ("keyword { words: 3 }", "1:18: keyword.words is a keyword, not the number '3'; write \"3\" in quotes"),
        (
            "pub: 'ICML' \"x\"",
            "1:6: pub is a block of fields, not the text 'ICMLx'; write its fields in braces: pub { … }",
        ),
        ("pub: ICML", "1:6: pub is a block of fields, not 'ICML'; write its fields in braces: pub { … }"),
        ("pub: [{}]", "1:6: pub is a block of fields, not a list; write its fields in braces: pub { … }"),
    ],
)
def test_wrong_types_cost_their_value(text: str, expected: str) -> None:
    located = read_prototxt(f"{text} rating: 3")
    assert located.content is not None
    assert located.content.rating == 3
    assert located.content.pub.year is None
    assert [str(problem).removeprefix(":") for problem in located.problems] == [f"{expected} [wrong-type]"]


def test_a_wrong_value_among_good_ones() -> None:
    located = read_prototxt("same_work: ['a', 3, 'b']")
    assert located.content == PaperInfo(same_work=("a", "b"))
    assert list(located.spans) == [("same_work", 0), ("same_work", 1)]
    assert [problem.place.column for problem in located.problems] == [18]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "rating: 1\nrating: 2",
            "2:1: the field 'rating' stands more than once; keep one of them; the first one counts [repeated-field]",
        ),
        (
            "rating: 1 rating: 'x'",
            "1:11: the field 'rating' stands more than once; keep one of them; the first one counts [repeated-field]",
        ),
        (
            "rating: 1 pub { year: 5 } pub { year: 6 where: 'x' }",
            "1:27: the block 'pub' stands more than once; write its fields in one block [repeated-field]",
        ),
    ],
)
def test_the_first_value_counts(text: str, expected: str) -> None:
    located = read_prototxt(text)
    assert located.content is not None
    assert located.content.rating == 1
    assert located.content.pub.year in {None, 5}
    assert located.content.pub.where in {None, "x"}
    assert [str(problem).removeprefix(":") for problem in located.problems] == [expected]


def test_a_value_after_a_wrong_one_is_no_repetition() -> None:
    located = read_prototxt("rating: x rating: 2")
    assert located.content == PaperInfo(rating=2)
    assert [problem.code for problem in located.problems] == ["wrong-type"]


def test_unknown_status() -> None:
    assert problems("status: reed") == ["1:9: unknown status 'reed'; did you mean 'read'? [unknown-status]"]
    assert problems("status: 4") == ["1:9: unknown status '4'; write to_read, reading or read [unknown-status]"]


@pytest.mark.parametrize(
    ("literal", "value", "column", "edits"),
    [
        (r'"$\infty$ and $\pi$"', r"$\infty$ and $\pi$", 11, [10, 23]),
        (r'"a\?"', r"a\?", 11, [10]),
        (r'"\ud800x"', r"\ud800x", 10, [9]),
        (r'"\udc00\ud800"', r"\udc00\ud800", 10, [9, 15]),
        (r'"\400"', r"\400", 10, [9]),
        (r'"\xg"', r"\xg", 10, [9]),
        (r'"\u12"', r"\u12", 10, [9]),
        (r'"\U00110000"', r"\U00110000", 10, [9]),
        (r'"\中"', r"\中", 10, [9]),
        (r'"\303"', "\ufffd", 9, []),
    ],
)
def test_bad_escapes_cost_nothing(literal: str, value: str, column: int, edits: list[int]) -> None:
    text = f"pub{{where:{literal}}}"
    located = read_prototxt(text)
    assert located.content == PaperInfo(pub=PubBlock(where=value))
    (problem,) = located.problems
    assert (problem.code, problem.field, problem.place.column) == ("bad-escape", "pub.where", column + 2)
    assert [edit.start - 2 for edit in problem.edits] == edits
    for edit in reversed(problem.edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    if edits:
        mended = read_prototxt(text)
        assert mended.problems == ()
        assert mended.content == located.content


@given(layouts())
def test_places_are_where_the_values_begin(laid: Laid) -> None:
    located = read_prototxt(laid.text)
    lines = Lines(laid.text)
    right = {path: lines.place(offset) for path, offset in laid.offsets.items()}
    found = {at: lines.place(start) for at, (start, _) in located.spans.items()}
    assert {path: right.get(path) for path in found} == found
    # What has no place was of the right type, but no good value: a number too large, say.
    assert len(right) - len(found) <= len(located.problems)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a {" * DEEPEST_RECORD + "b {", 3 * DEEPEST_RECORD + 3),
        ("paper {" + "a: [ {" * (DEEPEST_RECORD // 2), 7 + 6 * (DEEPEST_RECORD // 2)),
    ],
)
def test_deep_nesting_ends_in_one_problem(text: str, column: int) -> None:
    located = read_prototxt(text)
    assert located.content is None
    assert [str(problem).removeprefix(":") for problem in located.problems] == [
        f"1:{column}: nested more than 20 deep; nest no deeper than the schema does [too-large]"
    ]


def test_the_deepest_nesting_that_is_read() -> None:
    located = read_prototxt("a {" * DEEPEST_RECORD + "}" * DEEPEST_RECORD + " rating: 1")
    assert located.content == PaperInfo(rating=1)


def test_very_deep_nesting_takes_no_stack() -> None:
    for text in (
        "a {" * 100_000,
        "a: [" * 100_000,
        "a: " + "[" * 100_000,
        "paper {" * 100_000,
        "same_work: " + "[" * 100_000,
    ):
        assert [problem.code for problem in read_prototxt(text).problems] in (["too-large"], ["syntax"])


def test_too_many_values_end_in_one_problem() -> None:
    located = read_prototxt("same_work: 'a'\n" * (MOST_VALUES + 1))
    assert located.content is None
    assert [str(problem).removeprefix(":") for problem in located.problems] == [
        "50001:12: more than 50,000 values; split the record [too-large]"
    ]
    assert read_prototxt("a: 1\n" * (MOST_VALUES + 1)).content is None
    assert read_prototxt(f"a: [{'1,' * MOST_VALUES} 1]").content is None


def test_many_values_are_read() -> None:
    content = read_prototxt("paper {" + "authors: 'a'\n" * 10_000 + "}").content
    assert content is not None
    assert len(content.paper.authors) == 10_000
