"""Changes of a record's text: it says what is wanted, keeps its comments, and else stays as it was."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.formats import format_of
from mkdocs_papers.records.layout import comments_of, laid_out
from mkdocs_papers.records.prototxt import read_prototxt
from mkdocs_papers.records.schema import BaselineBlock, KeywordBlock, PaperBlock, PaperInfo, PubBlock, Status
from tests.records.strategies import Laid, contents, layouts
from tests.written import write_prototxt, write_yaml

PROTOTXT = """# Mine.
paper {
    title: 'Quest'   # as printed
    authors: "A"

    authors: "B"
}
pub { where: "ICML" }
baseline {
  methods: "2023/H2O"
  methods: "TOVA"  # no record
}
"""

YAML = """# Mine.
paper:
    title: Quest   # as printed
    authors:
    - A
    - B
pub: {where: ICML}
baseline:
  methods: [2023/H2O, TOVA]
"""

WANTED = PaperInfo(
    paper=PaperBlock(title="Quest!", authors=("A", "B", "C"), doi="10.1000/x"),
    pub=PubBlock(where="ICML"),
    baseline=BaselineBlock(("2023/New", "TOVA")),
    rating=4,
    status=Status.READ,
)


def test_prototxt() -> None:
    assert (
        amended(PROTOTXT, "x.prototxt", WANTED)
        == """# Mine.
paper {
    title: "Quest!"   # as printed
    authors: "A"

    authors: "B"
    authors: "C"
    doi: "10.1000/x"
}
pub { where: "ICML" }
baseline {
  methods: "2023/New"
  methods: "TOVA"  # no record
}
rating: 4
status: read
"""
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "x.prototxt",
            'paper {\n  title: "Q"\n}\nkeyword {\n  words: a   # mine\n}\n',
            'paper {\n  title: "Q"\n}\nkeyword {\n  words: a   # mine\n  words: b\n}\nrating: 4\n',
        ),
        (
            "x.prototxt",
            'keyword {\n  words: a;  # mine\n}\npaper {\n  title: "Q"\n}\n',
            'keyword {\n  words: a;  # mine\n  words: b\n}\npaper {\n  title: "Q"\n}\nrating: 4\n',
        ),
        (
            "x.yaml",
            "paper:\n  title: Q\nkeyword:\n  words:\n  - a  # mine\n",
            "paper:\n  title: Q\nkeyword:\n  words:\n  - a  # mine\n  - b\nrating: 4\n",
        ),
    ],
)
def test_a_comment_stays_beside_its_value(path: str, text: str, expected: str) -> None:
    wanted = PaperInfo(paper=PaperBlock(title="Q"), keyword=KeywordBlock(("a", "b")), rating=4)
    assert amended(text, path, wanted) == expected


@pytest.mark.parametrize(
    ("path", "text", "words", "expected"),
    [
        (
            "x.yaml",
            "keyword:\n  words:\n    - a  # one\n    - b  # two\n    - c  # three\nrating: 3\n",
            ("a", "c"),
            "keyword:\n  words:\n    - a  # one\n    # two\n    - c  # three\nrating: 3\n",
        ),
        (
            "x.prototxt",
            "keyword {\n  words: a  # one\n  words: b\n  words: c;  # three\n}\nrating: 3\n",
            ("c",),
            "keyword {\n  # one\n  words: c;  # three\n}\nrating: 3\n",
        ),
        ("x.yaml", "keyword: {words: [a, b, c]}  # all\n", ("a", "c"), "keyword: {words: [a, c]}  # all\n"),
        ("x.yaml", "keyword:\n  words: [a, b, c]\n", ("a", "b"), "keyword:\n  words: [a, b]\n"),
        ("x.yaml", "keyword:\n  words: [a]  # one\n", (), "keyword:\n  words: []  # one\n"),
        ("x.prototxt", "keyword { words: ['a', 'b'] }\n", ("b",), "keyword { words: ['b'] }\n"),
        # Taken out of a line of several, which gets the one layout: its comment stays with what it stood beside.
        (
            "x.prototxt",
            "keyword { words: 'a' words: 'b' # two\n words: 'c' # three\n}\n",
            ("b", "c"),
            "keyword {\n  words: b  # two\n  words: c  # three\n}\n",
        ),
        (
            "x.prototxt",
            "keyword { words: a, words: b # two\n words: c }\n",
            ("a",),
            "keyword {\n  words: a\n}\n# two\n",
        ),
        # One that takes the place of another has its comment, and where both is the case, nothing is sure.
        (
            "x.yaml",
            "keyword:\n  words:\n  - a  # one\n  - b\n",
            ("c", "b"),
            "keyword:\n  words:\n  - c  # one\n  - b\n",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_value_that_goes_takes_nothing_with_it(
    path: str, text: str, words: tuple[str, ...], expected: str, line_end: str
) -> None:
    before = format_of(path).read(text, path).content
    assert before
    wanted = dataclasses.replace(before, keyword=KeywordBlock(words))
    assert amended(text.replace("\n", line_end), path, wanted) == expected.replace("\n", line_end)


def test_new_lines_end_as_the_others_do() -> None:
    text = "paper:\r\n  title: Q\r\nkeyword:\r\n  words:\r\n  - a  # mine\r\n"
    wanted = PaperInfo(paper=PaperBlock(title="Q", doi="10.1/x"), keyword=KeywordBlock(("a", "b")), rating=4)
    assert amended(text, "x.yaml", wanted) == (
        'paper:\r\n  title: Q\r\n  doi: "10.1/x"\r\nkeyword:\r\n  words:\r\n  - a  # mine\r\n  - b\r\nrating: 4\r\n'
    )


def test_yaml() -> None:
    assert (
        amended(YAML, "x.yaml", WANTED)
        == """# Mine.
paper:
    title: Quest!   # as printed
    authors:
    - A
    - B
    - C
    doi: 10.1000/x
pub: {where: ICML}
baseline:
  methods: ["2023/New", TOVA]
rating: 4
status: read
""".replace("title: Quest!", 'title: "Quest!"').replace("doi: 10.1000/x", 'doi: "10.1000/x"')
    )


PLAIN = {
    "x.yaml": ("# Mine.", "paper:", "  # inside", "  title: T  # t", "  doi: 10.1000/x", "# end", "# of it"),
    "x.prototxt": ("# Mine.", "paper: {", "  # inside", "  title: 'T';  # t", "}", "# end", "# of it"),
}


@pytest.mark.parametrize("path", PLAIN)
@given(end=st.integers(4, 7), whole=st.booleans(), more=contents())
def test_what_is_filled_in_leaves_every_line_as_it_is(path: str, end: int, whole: bool, more: PaperInfo) -> None:  # noqa: FBT001
    lines = PLAIN[path][: max(end, 5)]
    text = "\n".join(lines) + ("\n" if whole else "")
    before = format_of(path).read(text, path).content
    assert before is not None
    paper = dataclasses.replace(more.paper, title=before.paper.title, doi=before.paper.doi)
    changed = amended(text, path, dataclasses.replace(more, paper=paper))
    assert changed is not None
    left = iter(changed.splitlines())
    assert [line for line in lines if line not in left] == []


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (
            "paper:\n  title: T\n  authors: [A, B]  # c\n",
            "paper:\n  title: T\n  authors: [A, B]  # c\n  doi: D\n  abstract: W\n",
        ),
        (
            "paper:\n  title: T\n  authors: [A,  # a\n    B, # b\n  ]\n# end",
            "paper:\n  title: T\n  authors: [A,  # a\n    B, # b\n  ]\n  doi: D\n  abstract: W\n# end\n",
        ),
        ("paper: {title: T, authors: [A, B]} # c\n", "paper: {title: T, authors: [A, B], doi: D, abstract: W} # c\n"),
        ("paper: { title: T }\n", "paper: { title: T, authors: [A, B], doi: D, abstract: W }\n"),
        ("paper: {title: T, # t\n}\n", "paper: {title: T, authors: [A, B], doi: D, abstract: W, # t\n}\n"),
    ],
)
def test_lists_and_braces_of_yaml_stay_in_one_line(text: str, changed: str) -> None:
    paper = PaperBlock(title="T", authors=("A", "B"), doi="D", abstract="W")
    wanted = PaperInfo(paper=paper, keyword=KeywordBlock(("a",)), rating=4)
    assert amended(text, "x.yaml", wanted) == f"{changed}keyword:\n  words:\n    - a\nrating: 4\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.yaml", "paper:\n  title: T\nkeyword:  # none yet\nstatus:\n"),
        ("x.yaml", "paper:\n  title: T\nkeyword:\n  words: []  # none yet\n"),
        ("x.yaml", "keyword: {}\npaper: {title: T}  # none yet\n"),
        ("x.prototxt", 'keyword {\n  # none yet\n}\npaper { title: "T" }\n'),
    ],
)
def test_what_stands_there_empty_is_not_written_a_second_time(path: str, text: str) -> None:
    wanted = PaperInfo(paper=PaperBlock(title="T"), keyword=KeywordBlock(("a",)))
    changed = amended(text, path, wanted)
    assert changed is not None
    read = format_of(path).read(changed, path)
    assert (read.content, read.problems, comments_of(changed, path)) == (wanted, (), ["# none yet"])


def test_a_block_stands_twice_where_else_something_would_be_lost() -> None:
    text = "paper: {title: T}\nkeyword:\nother: field\n"
    wanted = PaperInfo(paper=PaperBlock(title="T"), keyword=KeywordBlock(("a",)))
    assert amended(text, "x.yaml", wanted) == f"{text}keyword:\n  words:\n    - a\n"


def test_a_value_goes_with_its_line() -> None:
    fewer = dataclasses.replace(read_prototxt(PROTOTXT).content or PaperInfo(), baseline=BaselineBlock(("TOVA",)))
    after = amended(PROTOTXT, "x.prototxt", fewer)
    assert after is not None
    assert read_prototxt(after).content == fewer
    assert "# no record" in after
    fewer = PaperInfo(paper=PaperBlock(title="Q"), rating=4)
    assert amended("paper:\n  title: Q\n  abbr: q\nrating: 4\n", "x.yaml", fewer) == "paper:\n  title: Q\nrating: 4\n"


@pytest.mark.parametrize(("write", "path"), [(write_prototxt, "x.prototxt"), (write_yaml, "x.yaml")])
@given(before=contents(), after=contents())
def test_a_record_says_what_is_wanted(write: object, path: str, before: PaperInfo, after: PaperInfo) -> None:
    assert callable(write)
    text = f"# A comment.\n{write(before)}"
    changed = amended(text, path, after)
    assert changed is not None
    assert format_of(path).read(changed, path).content == after
    assert comments_of(changed, path) == ["# A comment."]


@given(layouts(), contents())
def test_any_layout_keeps_its_comments(laid: Laid, after: PaperInfo) -> None:
    changed = amended(laid.text, "x.prototxt", after)
    if changed is not None:
        assert read_prototxt(changed).content == after
        assert comments_of(changed, "x.prototxt") == comments_of(laid.text, "x.prototxt")


@given(layouts(), st.data())
def test_values_that_go_from_any_layout_leave_their_comments(laid: Laid, data: st.DataObject) -> None:
    before = read_prototxt(laid.text).content
    if before is None or laid_out(laid.text, "x.prototxt") is None:
        return
    stay = [
        tuple(filter(lambda _: data.draw(st.booleans()), each)) for each in (before.keyword.words, before.same_work)
    ]
    after = dataclasses.replace(before, keyword=KeywordBlock(stay[0]), same_work=stay[1])
    changed = amended(laid.text, "x.prototxt", after)
    assert changed is not None
    assert read_prototxt(changed).content == after
    assert comments_of(changed, "x.prototxt") == comments_of(laid.text, "x.prototxt")


def test_what_would_be_lost_stays() -> None:
    assert 'tittle: "y"' in (amended('paper { title: "x" tittle: "y" }\n', "x.prototxt", WANTED) or "")
    assert amended("paper {", "x.prototxt", WANTED) is None
