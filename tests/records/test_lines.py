from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Place


def test_lines_end_with_lf_crlf_and_cr_only() -> None:
    text = "a\nb\r\nc\rd\x0b\x0c\x85\u2028e\n\rf"
    lines = Lines(text)
    found = {character: lines.place(text.index(character)) for character in "abcdef"}
    assert found == {
        "a": Place(1, 1),
        "b": Place(2, 1),
        "c": Place(3, 1),
        "d": Place(4, 1),
        "e": Place(4, 6),
        "f": Place(6, 1),
    }
    assert lines.start(text.index("e")) == text.index("d")


def test_a_byte_order_mark_is_no_column() -> None:
    lines = Lines("\ufeffa\n\ufeffb")
    assert [lines.place(offset) for offset in range(6)] == [
        Place(1, 1),
        Place(1, 1),
        Place(1, 2),
        Place(2, 1),
        Place(2, 2),
        Place(2, 3),
    ]
    assert lines.start(2) == 1


@given(st.text("a😀\n\r\t\u2028"), st.data())
def test_places_are_those_of_a_plain_count(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    # Nothing begins between the two halves of a line end.
    assume(not (before.endswith("\r") and text[offset:].startswith("\n")))
    unified = before.replace("\r\n", "\n").replace("\r", "\n")
    expected = Place(unified.count("\n") + 1, len(unified) - unified.rfind("\n"))
    assert Lines(text).place(offset) == expected


@given(st.text(alphabet="\ufeffa\r\n\u2028"), st.data())
def test_an_offset_is_where_its_place_is(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=int(text.startswith("\ufeff")), max_value=max(len(text), 1)))
    if text[max(at - 1, 0) : at + 1] != "\r\n":  # inside a line end there is no place
        assert Lines(text).offset(Lines(text).place(at)) == at
    assert Lines(text).offset(Place(len(text) + 2, 1)) is None
