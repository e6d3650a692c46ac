import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.names import Aliases, fold, fold_case, fold_words, is_usable_name, one_line, paragraphs


def test_one_line_trims_joins_and_replaces_what_no_page_can_hold() -> None:
    assert one_line(" \ufeffA\u00a0 B\r\n\tC\u2028D ") == "\ufeffA B C D"
    assert one_line("a\x00b\x1bc\ud800d\uffff") == "a\ufffdb\ufffdc\ufffdd\ufffd"


@given(st.text())
def test_one_line_is_one_line_that_utf8_can_hold(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip() == one_line(line)
    assert line.encode().decode() == line


def test_paragraphs_keep_their_lines() -> None:
    assert paragraphs("\r\n One.\r\nTwo.\x00\r\n") == "One.\nTwo.\ufffd"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("github", "Github"),
        ("Shanghai Jiaotong", "Shanghai Jiao-Tong"),
        ("Université de Montréal", "Universite de Montreal"),
        ("ICLR.", "ICLR"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("LoRA", "LoRA+"), ("注意力", "稀疏"), ("ICML", "ICLR"), ("$x$", "x")])
def test_different_names_do_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_stay_apart_where_names_are_short() -> None:
    assert fold_words("Jae-joon Kim") == fold_words("Jae Joon  KIM")
    assert fold_words("Xi An") != fold_words("Xian")


def test_accents_in_either_form_are_one_letter_case() -> None:
    assert fold_case("Ty\u0301r") == fold_case("T\u00fdr") == fold_case("TÝR")


def test_aliases_settle_exactly_or_in_other_letter_case() -> None:
    aliases = Aliases({"nvidia": "NVIDIA", "Stanford": "Stanford University"})
    assert [aliases.canonical(n) for n in ("Nvidia", "NVIDIA", "stanford", "MIT")] == [
        "NVIDIA",
        "NVIDIA",
        "Stanford University",
        "MIT",
    ]


def test_aliases_lead_on_to_others_but_not_in_a_circle() -> None:
    aliases = Aliases({"FAIR": "Meta", "Meta": "Meta AI", "a": "b", "b": "a"})
    assert [aliases.canonical(n) for n in ("FAIR", "Meta", "Meta AI", "a", "b")] == [
        "Meta AI",
        "Meta AI",
        "Meta AI",
        "b",
        "a",
    ]


@pytest.mark.parametrize("name", ["2024/LoRA+.prototxt", "2024/Týr the Pruner.yaml", "2024/稀疏\u3000注意力.md"])
def test_usual_names_of_files_are_usable(name: str) -> None:
    assert is_usable_name(name)


@pytest.mark.parametrize("name", ["a\nb", "a\x7fb", "a\u2028b", "a\udcffb"])
def test_names_that_break_lines_or_are_no_text_are_not(name: str) -> None:
    assert not is_usable_name(name)
