"""Records from bytes: what costs the record, what each value shows by itself, and the edits that mend it."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_papers.records.authors import split_names
from mkdocs_papers.records.limits import LARGEST_RECORD
from mkdocs_papers.records.problem import CODES, Edit, Place
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.record import Reading
from mkdocs_papers.records.schema import PaperBlock, PaperInfo
from tests.records.strategies import contents, layouts, mutations
from tests.written import write_prototxt, write_yaml

PLACEHOLDER = "is a placeholder; write the true value, or delete the field [placeholder]"
NO_ADDRESS = "is no http(s) address; write an address that begins with https:// [bad-address]"

META = Path(__file__).parents[2] / "meta"
PATH = "meta/2024/Quest.prototxt"


def read(text: str | bytes, suffix: str = ".prototxt") -> Reading:
    """Read a text as the record of ``2024/Quest``."""
    return read_record(f"meta/2024/Quest{suffix}", "2024/Quest", text.encode() if isinstance(text, str) else text)


def lines(reading: Reading) -> list[str]:
    """The problems, without the path."""
    return [str(problem).partition(":")[2] for problem in reading.problems]


def mended(text: str, edits: Iterable[Edit]) -> str:
    """The text after its edits."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def meaning(content: PaperInfo) -> object:
    """What a record says, space and the joining of authors aside."""
    paper = content.paper
    authors = tuple(name for value in paper.authors for name in split_names(value))
    url = (paper.url or "").strip().replace("http://", "https://")
    return authors, url, (paper.title or "").strip(), (paper.doi or "").strip().removeprefix("https://doi.org/")


# The file.


def test_places_are_those_of_all_values_and_blocks() -> None:
    record = read('rating: 4\npaper {\n  authors: "A"\n  authors: "B"\n}\n').record
    assert record is not None
    places: dict[tuple[str | int, ...], Place] = {("rating",): Place(1, 9), ("paper",): Place(2, 1)}
    places |= {("paper", "authors", 0): Place(3, 12), ("paper", "authors", 1): Place(4, 12)}
    assert (dict(record.places), len(record.places)) == (places, 4)
    assert record.places.get(("paper", "title")) is None


def test_a_record() -> None:
    reading = read('\ufeffpaper {\r\n  title: "Quest"\r\n}\r\n')
    assert reading.problems == ()
    assert reading.record is not None
    assert reading.record.path == PATH
    assert reading.record.key == "2024/Quest"
    assert reading.record.info == PaperInfo(paper=PaperBlock(title="Quest"))
    assert reading.record.place("paper", "title") == Place(2, 10)
    assert reading.record.place("paper", "abbr") == Place(1, 1)
    assert reading.record.place("rating") == Place(1, 1)


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML"])
def test_a_record_in_yaml(suffix: str) -> None:
    reading = read("paper:\r  title: Quest\r", suffix)
    assert reading.problems == ()
    assert reading.record is not None
    assert reading.record.place("paper", "title") == Place(2, 10)


def test_no_such_format() -> None:
    with pytest.raises(ValueError, match=r"meta/2024/Quest.txt: a record's name ends with .prototxt, .yaml, .yml"):
        read("", ".txt")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b'paper {\r\n  title: "\xc3\xa9\xe9" }',
            "2:12: the byte 0xE9 is not UTF-8; save the file as UTF-8 [not-utf8]",
        ),
        (b"\xef\xbb\xbf\xff", "1:1: the byte 0xFF is not UTF-8; save the file as UTF-8 [not-utf8]"),
        (b"a\xed\xa0\x80", "1:2: the byte 0xED is not UTF-8; save the file as UTF-8 [not-utf8]"),
        ("paper".encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8 [not-utf8]"),
        (b'paper {\n  title: "a\x00" }', "2:12: a NUL character stands in the text; delete it [syntax]"),
        (b"\x00", "1:1: a NUL character stands in the text; delete it [syntax]"),
        (b"#" * (LARGEST_RECORD + 1), "1:1: the record is larger than 2 MiB; split it [too-large]"),
    ],
)
@pytest.mark.parametrize("suffix", [".prototxt", ".yaml"])
def test_what_costs_the_record(content: bytes, expected: str, suffix: str) -> None:
    reading = read(content, suffix)
    assert reading.record is None
    assert lines(reading) == [expected]


# The values.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ['1:1: the record has no title; write title: "…" in the block paper [missing-title]']),
        ("pub {}\npaper {}", ['2:1: the record has no title; write title: "…" in the block paper [missing-title]']),
        ("paper { title: '' }", ['1:16: the record has no title; write title: "…" in the block paper [missing-title]']),
        (
            "paper { title: ' ' }",
            ['1:16: the record has no title; write title: "…" in the block paper [missing-title]'],
        ),
        # Another problem says already why the title is missing.
        ("paper { titel: 'a' }", ["1:9: unknown field 'titel' in paper; did you mean 'title'? [unknown-field]"]),
        ("papr { title: 'a' }", ["1:1: unknown field 'papr' in a record; did you mean 'paper'? [unknown-field]"]),
        ("title: 'a'", ["1:1: unknown field 'title' in a record; it belongs in the block 'paper' [unknown-field]"]),
        ("paper { title: 5 }", ["1:16: paper.title is a text, not the number '5'; write \"5\" in quotes [wrong-type]"]),
        (
            "paper: 'a'",
            ["1:8: paper is a block of fields, not the text 'a'; write its fields in braces: paper { … } [wrong-type]"],
        ),
        # But not these.
        (
            "rating: 1 rating: 2",
            [
                '1:1: the record has no title; write title: "…" in the block paper [missing-title]',
                (
                    "1:11: the field 'rating' stands more than once; keep one of them; "
                    "the first one counts [repeated-field]"
                ),
            ],
        ),
        (
            "paper { abr: 'a' }",
            [
                '1:1: the record has no title; write title: "…" in the block paper [missing-title]',
                "1:9: unknown field 'abr' in paper; did you mean 'abbr'? [unknown-field]",
            ],
        ),
    ],
)
def test_missing_title(text: str, expected: list[str]) -> None:
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("rating: 0", "2:9: rating is 0; write a number from 1 to 5 [out-of-range]"),
        ("rating: 6", "2:9: rating is 6; write a number from 1 to 5 [out-of-range]"),
        ("pub { year: 20244 }", "2:13: pub.year is 20244; write a number from 1000 to 9999 [out-of-range]"),
        ("update_time: -1", "2:14: update_time is -1; write a number from 0 to 253402300799 [out-of-range]"),
        (
            "update_time: 253402300800",
            "2:14: update_time is 253402300800; write a number from 0 to 253402300799 [out-of-range]",
        ),
        ("rating: 5 update_time: 0 pub { year: 1000 }", None),
        ("paper { institutions: 'inst2' }", f"2:23: 'inst2' {PLACEHOLDER}"),
        ("paper { abbr: ' xxx ' }", f"2:15: 'xxx' {PLACEHOLDER}"),
        ("paper { url: 'TODO' }", f"2:14: 'TODO' {PLACEHOLDER}"),
        ("paper { authors: 'TODO: ask, then write' }", f"2:18: 'TODO: ask, then write' {PLACEHOLDER}"),
        ("paper { authors: 'Author 1' }", f"2:18: 'Author 1' {PLACEHOLDER}"),
        ("keyword { words: none } baseline { methods: 'None' }", None),
        ("paper { abbr: 'ToDo lists at scale' } pub { where: '' } note { url: '' }", None),
        ("paper { abbr: ' Quest' }", "2:15: paper.abbr begins with space; write 'Quest' [stray-space]"),
        ("paper { abbr: 'Quest\\n' }", "2:15: paper.abbr ends with space; write 'Quest' [stray-space]"),
        ("same_work: '\xa0'", "2:12: same_work begins with space; write '' [stray-space]"),
        ("note { url: ' note.md' }", "2:13: note.url begins with space; write 'note.md' [stray-space]"),
        (
            "paper { abbr: '2\\times' }",
            (
                "2:15: paper.abbr holds the control character U+0009, written \\t; "
                "write two backslashes for a LaTeX command [control-character]"
            ),
        ),
        (
            "paper { abbr: 'a\\033b' }",
            "2:15: paper.abbr holds the control character U+001B; delete it [control-character]",
        ),
        ("paper { abstract: 'One.\\n\\tTwo.' }", None),
        (
            "paper { authors: 'A B, C D' }",
            "2:18: 2 authors stand in one value; write one in each, as in authors: 'A B' [joined-authors]",
        ),
        (
            "paper { authors: 'Song Han, ' }",
            "2:18: a comma stands where no other author does; write 'Song Han' [joined-authors]",
        ),
        ("paper { authors: ',;' }", "2:18: a comma stands where no other author does; write '' [joined-authors]"),
        ("paper { authors: 'Guy Steele, Jr.' institutions: 'UC, Berkeley' }", None),
        (
            "paper { url: 'arxiv.org/abs/1' }",
            "2:14: 'arxiv.org/abs/1' is no http(s) address; did you mean 'https://arxiv.org/abs/1'? [bad-address]",
        ),
        (
            "code { url: 'htps:/github.com/a' }",
            "2:13: 'htps:/github.com/a' is no http(s) address; did you mean 'https://github.com/a'? [bad-address]",
        ),
        (
            "paper { url: '//a.org/c' }",
            "2:14: '//a.org/c' is no http(s) address; did you mean 'https://a.org/c'? [bad-address]",
        ),
        (
            "paper { url: 'https:a.org' }",
            "2:14: 'https:a.org' is no http(s) address; did you mean 'https://a.org'? [bad-address]",
        ),
        ("paper { url: 'javascript:alert(1)' }", f"2:14: 'javascript:alert(1)' {NO_ADDRESS}"),
        ("paper { url: 'https://[::1' }", f"2:14: 'https://[::1' {NO_ADDRESS}"),
        ("paper { url: 'https://' }", f"2:14: 'https://' {NO_ADDRESS}"),
        (
            "paper { url: 'https://a.org/c d' }",
            (
                "2:14: 'https://a.org/c d' is no http(s) address; "
                "an address holds no space; write %20 for one [bad-address]"
            ),
        ),
        ("note { url: 'data:text/html,x' }", f"2:13: 'data:text/html,x' {NO_ADDRESS}"),
        ("note { url: '../a/b.md' } cover { url: 'https://a.org/c.svg' } code { url: 'HTTP://a.org' }", None),
        (
            "paper { url: 'http://arxiv.org/abs/1' }",
            "2:14: the address of arXiv is not https; write 'https://arxiv.org/abs/1' [arxiv-http]",
        ),
        ("paper { url: 'http://arxiv.organic/abs/1' }", None),
        ("paper { doi: '10.1/a.org(c)' }", None),
        (
            "paper { doi: 'doi: 10.1/a' }",
            "2:14: the address of a resolver stands before the DOI; write '10.1/a' [bad-doi]",
        ),
        (
            f"paper {{ url: 'a.org/{'b' * 2000}' }}",
            "2:14: paper.url has 2,006 characters; write at most 2,000 [too-long]",
        ),
        ("paper { doi: 'none' }", "2:14: 'none' is no DOI; a DOI looks like 10.48550/arXiv.2406.10774 [bad-doi]"),
    ],
)
def test_values(fields: str, expected: str | None) -> None:
    reading = read(f"paper {{ title: 'Quest' }}\n{fields}")
    # The block of the title stands twice where the fields have one, too.
    found = [line for line in lines(reading) if not line.endswith("[repeated-field]")]
    assert found == ([expected] if expected else [])


def test_text_blocks_in_yaml_may_end_with_their_line_end() -> None:
    reading = read("paper:\n  title: >\n    Quest\n  abstract: |\n    One.\n    Two.\n", ".yaml")
    assert lines(reading) == []
    assert reading.record is not None
    assert reading.record.info.paper == PaperBlock(title="Quest\n", abstract="One.\nTwo.\n")


def test_problems_stand_in_the_order_of_the_text() -> None:
    reading = read("rating: 9\npaper {\n  url: ' a'\n  titel: 'x'\n  authors: 'A B,C D'\n}")
    assert [(problem.place, problem.code) for problem in reading.problems] == [
        (Place(1, 9), "out-of-range"),
        (Place(3, 8), "bad-address"),
        (Place(3, 8), "stray-space"),
        (Place(4, 3), "unknown-field"),
        (Place(5, 12), "joined-authors"),
    ]


# The edits.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'paper {\r\n  title: "Q" # Quest\r\n  authors: "A B, C D ,E F" # three\r\n}',
            'paper {\r\n  title: "Q" # Quest\r\n  authors: "A B"\r\n  authors: "C D"\r\n  authors: "E F" # three\r\n}',
        ),
        ("\ufeffpaper{title:'Q'authors:'A B, C D'}", "\ufeffpaper{title:'Q'authors:['A B', 'C D']}"),
        ("paper{title:'Q'authors:['A B, C D', 'E']}", "paper{title:'Q'authors:['A B', 'C D', 'E']}"),
        (
            "paper { title: 'Q'\n authors: [\n  'E',\n  'A B, C D'\n ] }",
            "paper { title: 'Q'\n authors: [\n  'E',\n  'A B', 'C D'\n ] }",
        ),
        ("paper { title: 'Q'\n authors:\n  'A B, C D' }", "paper { title: 'Q'\n authors:\n  ['A B', 'C D'] }"),
        (
            "paper { title: 'Q'\n authors: 'A, '\n authors: 'B'\n authors: ',' }",
            "paper { title: 'Q'\n authors: 'A'\n authors: 'B'\n authors: '' }",
        ),
        ("paper { title: ' Q ' }", "paper { title: 'Q' }"),
        ("paper { title: 'Q' url: ' ' }", "paper { title: 'Q' url: '' }"),
        ("paper { title: 'Q' url: ' http://arxiv.org/abs/1' }", "paper { title: 'Q' url: 'https://arxiv.org/abs/1' }"),
        ("paper { title: 'Q' doi: ' https://doi.org/10.1/a' }", "paper { title: 'Q' doi: '10.1/a' }"),
        ('paper { title: "$\\infty$" }', 'paper { title: "$\\\\infty$" }'),
    ],
)
def test_edits_in_prototxt(before: str, after: str) -> None:
    reading = read(before)
    assert mended(before, (edit for problem in reading.problems for edit in problem.edits)) == after
    assert lines(read(after)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "paper:\n  title: Q\n  authors:\n    - A B, C D  # two\n    - 'E F,G H'\n",
            "paper:\n  title: Q\n  authors:\n    - A B\n    - C D  # two\n    - 'E F'\n    - 'G H'\n",
        ),
        ('paper:\n  title: Q\n  authors: "A B, C D"', 'paper:\n  title: Q\n  authors: ["A B", "C D"]'),
        ("paper:\n  title: Q\n  authors: A B, C D", "paper:\n  title: Q\n  authors: [A B, C D]"),
        ('paper: {title: Q, authors: [E, "A B, C D"]}', 'paper: {title: Q, authors: [E, "A B", "C D"]}'),
        ("paper: {title: ' Q', url: 'http://arxiv.org/abs/1 '}", "paper: {title: 'Q', url: 'https://arxiv.org/abs/1'}"),
    ],
)
def test_edits_in_yaml(before: str, after: str) -> None:
    reading = read(before, ".yaml")
    assert mended(before, (edit for problem in reading.problems for edit in problem.edits)) == after
    assert lines(read(after, ".yaml")) == []


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("paper { title: 'Q' authors: 'LeCun, Yann' }", ".prototxt"),
        ("paper { title: 'Q' authors: 'A B, C\\x20D' }", ".prototxt"),
        ("paper { title: 'Q' authors: 'A B,' ' C D' }", ".prototxt"),
        ("paper { title: 'Q' authors: [ # two\n 'A B, C D' ] }", ".prototxt"),
        ("paper { title: 'Q' authors: # two:\n 'A B, C D' }", ".prototxt"),
        ("paper { title: 'Q' authors:" + " " * 300 + "'A B, C D' }", ".prototxt"),
        ("paper { title: 'Q' authors: 'A B\\\\, C D' }", ".prototxt"),
        ("paper { title: 'Q' abbr: 'Q\\x20' }", ".prototxt"),
        ("paper { title: 'Q' url: 'http\\x3a//arxiv.org/abs/1' }", ".prototxt"),
        ("paper: {title: Q, authors: 'O''Neill A, C D'}", ".yaml"),
        ("paper:\n  title: Q\n  authors: A B, C [D]", ".yaml"),
        ("paper:\n  title: Q\n  authors: >\n    A B, C D", ".yaml"),
    ],
)
def test_no_edit_where_no_answer_is_certain(text: str, suffix: str) -> None:
    (problem,) = read(text, suffix).problems
    assert problem.code in {"joined-authors", "stray-space", "arxiv-http"}
    assert problem.edits == ()


_PIECES = st.sampled_from(
    [" ", ",", ";", "，", " and ", "A", "B C", "Jr.", "é", "#", "-", "[", "http://arxiv.org/", "\\"]
)
_VALUES = st.lists(_PIECES, max_size=6).map("".join)
_LAYOUTS = st.sampled_from(
    [
        (".prototxt", 'paper {{\n  title: "{0}"\n  authors: "{1}"\n  url: "{2}"\n}}\n'),
        (".prototxt", "paper {{ title: '{0}' authors: '{1}' url: '{2}' authors: ['{0}', '{1}'] }}"),
        (".yaml", 'paper:\n  title: "{0}"\n  authors:\n    - "{1}"\n    - {0}\n  url: "{2}"\n'),
        (".yaml", "paper:\r\n  title: '{0}'\r\n  authors: {1}\r\n  url: {2}\r\n"),
        (".yaml", "paper: {{title: '{0}', authors: ['{1}', {0}], url: '{2}'}}"),
    ]
)


@given(_LAYOUTS, _VALUES, _VALUES, _VALUES)
@example((".prototxt", 'paper {{ title: "{0}" authors: "{1}" url: "{2}" }}'), "Q", "A B\\, C D", " http://arxiv.org/a")
@example((".yaml", "paper: {{title: '{0}', authors: ['{1}', {0}], url: '{2}'}}"), ";,", "", "")
def test_edits_mend_and_change_no_meaning(layout: tuple[str, str], title: str, authors: str, url: str) -> None:
    suffix, template = layout
    text = template.format(title, authors, url)
    before = read(text, suffix)
    edits = [edit for problem in before.problems for edit in problem.edits]
    after = read(mended(text, edits), suffix)
    if before.record is None:
        assert edits == []
        return
    assert after.record is not None
    assert meaning(after.record.info) == meaning(before.record.info)
    # What had an answer is mended, and nothing else is wrong now.
    left = [problem.code for problem in before.problems if not problem.edits]
    assert sorted(left) == sorted(problem.code for problem in after.problems)


# Anything at all.


def _assert_sound(content: bytes, suffix: str) -> None:
    reading = read(content, suffix)
    text = content.decode(errors="replace")
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert reading.record or len(reading.problems) == 1
    assert list(reading.problems) == sorted(reading.problems, key=lambda each: (each.place, each.code))
    for problem in reading.problems:
        assert problem.level is CODES[problem.code]
        assert problem.path.endswith(suffix)
        assert 1 <= problem.place.line <= count
        assert "\n" not in str(problem)
        assert all(0 <= edit.start <= edit.end <= len(text) for edit in problem.edits)


@given(st.binary(max_size=60), st.sampled_from([".prototxt", ".yaml"]))
def test_any_bytes(content: bytes, suffix: str) -> None:
    _assert_sound(content, suffix)


@given(mutations(layouts().map(lambda laid: laid.text), "{}<>[]:,;#\"'\\ \n\r\t01-\x00\x85\ufeffpub"))
def test_any_prototxt(text: str) -> None:
    _assert_sound(text.encode(), ".prototxt")


@given(mutations(contents().map(write_yaml), "-:#[]{},\"'\\ \n\r\t|>&*!%@`?0~\x85\u2028\ufeff"))
def test_any_yaml(text: str) -> None:
    _assert_sound(text.encode(), ".yaml")


@given(contents())
def test_values_of_any_record(content: PaperInfo) -> None:
    for suffix, written in ((".prototxt", write_prototxt(content)), (".yaml", write_yaml(content))):
        _assert_sound(written.encode(), suffix)
        found = read(written, suffix)
        assert found.record is not None
        assert found.record.info == content


@pytest.mark.parametrize("name", sorted(str(path.relative_to(META)) for path in META.glob("[0-9]*/*.*")))
def test_the_records_of_this_library(name: str) -> None:
    path = META / name
    reading = read_record(f"meta/{name}", str(Path(name).with_suffix("")), path.read_bytes())
    assert lines(reading) == []
    assert reading.record is not None
    content = reading.record.info
    assert content.paper.title
    for suffix, written in ((".prototxt", write_prototxt(content)), (".yaml", write_yaml(content))):
        again = read(written, suffix)
        assert again.problems == ()
        assert again.record is not None
        assert again.record.info == content
