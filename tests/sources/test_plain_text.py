"""Texts and names made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.sources.plain_text import (
    code_addresses,
    is_withdrawn,
    joined_lines,
    line,
    natural,
    paragraphs,
    people,
    person,
    without_number,
    year_of,
)

MATHML = (
    ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
    (
        "<mrow>\n <msub><mi>H</mi><mn>10</mn></msub>\n <mo>+</mo> <mfrac><mi>a</mi><mi>b</mi></mfrac></mrow>",
        r"H_{10}+\frac{a}{b}",
    ),
    ("<msubsup><mi>l</mi><mn>1</mn><mi>p</mi></msubsup>", "l_1^p"),
    ("<msup><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow><mn>2</mn></msup>", "{(x)}^2"),
    ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\bar{x}"),
    ("<mover accent='true'><mi>x</mi><mo>⏞</mo></mover>", r"\overset{⏞}{x}"),
    ("<munder><mi>lim</mi><mi>n</mi></munder>", r"\underset{n}{\mathrm{lim}}"),
    ("<mroot><mi>x</mi><mn>3</mn></mroot><msqrt><mi>y</mi><mi>z</mi></msqrt>", r"\sqrt[3]{x}\sqrt{yz}"),
    ("<mtext>if &lt;</mtext><mi>γ</mi>", r"\text{if <}γ"),
    ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>y</annotation></semantics>", "x"),
    ("<mrow></mrow><mo> </mo><msup><mn>10</mn><mn>3</mn></msup>", "10^3"),
    ("<msup><mi>x</mi></msup><mfenced><mi>a</mi><mi>b</mi></mfenced><mstyle><mi>c</mi>", "x(a,b)c"),
)

TEX = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \begin{document}$$O(N^2)$$\end{document}"

BOTH = f"<jats:alternatives><mml:math><mml:mi>O</mml:mi></mml:math><tex-math>{TEX}</tex-math></jats:alternatives>"


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("Quest &amp; Answers", "Quest & Answers"),
        ("AT&amp;amp;T", "AT&T"),
        ("  two\n   lines ", "two lines"),
        ("<i>In vivo</i> CO<sub>2</sub> of 10<sup>-12</sup>", "In vivo CO$_2$ of 10$^{-12}$"),
        ("&lt;i&gt;E. coli&lt;/i&gt;", "E. coli"),
        ("p<0.05 and a<b", "p<0.05 and a<b"),
        ('$x<y$ and <span class="nocase">BERT</span> <!-- ? -->', "$x<y$ and BERT <!-- ? -->"),
        ("K-means<fn><p>Funded by A.</p></fn>", "K-means"),
        (r"<inline-formula><tex-math>\(x\)</tex-math></inline-formula>", "$x$"),
        ("List<T> of x<y>z", "List<T> of x<y>z"),
        ("a <unknown>b</unknown>", "a <unknown>b</unknown>"),
        ("at <jats:uri>http://a.org</jats:uri> <jats:email>b<jats:break/>c</jats:email>", "at http://a.org b c"),
        ("x<jats:p and y", "x<jats:p and y"),
        ("$k$-NN with $a &lt; b$", "$k$-NN with $a < b$"),
        ("<mml:math><mml:mi>α</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math> tests", "$α=1$ tests"),
        *((f"<math>{source}</math>", f"${formula}$") for source, formula in MATHML),
        ("<jats:inline-formula><jats:tex-math>a&lt;b</jats:tex-math></jats:inline-formula>", "$a<b$"),
        (f"in <jats:inline-formula>{BOTH}</jats:inline-formula> time", "in $O(N^2)$ time"),
        ("", None),
        (None, None),
        (12, None),
    ],
)
def test_a_line(source: object, plain: str | None) -> None:
    assert line(source) == plain


def test_paragraphs_of_jats() -> None:
    source = (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>One &amp; two.</jats:p>"
        "</jats:sec><jats:p>\n   Three.\n</jats:p>"
    )
    assert paragraphs(source) == "Aim\n\nOne & two.\n\nThree."


def test_lines_that_are_broken_anywhere_are_joined() -> None:
    assert joined_lines("  One\nparagraph.\n\nAnother\n one.") == "One paragraph.\n\nAnother one."


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    plain = line(text)
    assert plain is None or plain == " ".join(plain.split())


TAGS = ("msup", "mfrac", "mover", "mroot", "msqrt", "mfenced", "mrow", "mi", "semantics", "annotation")
PARTS = st.sampled_from(
    (*(f"<{end}{tag}>" for tag in (*TAGS, "sub", "p", "fn", "tex-math") for end in ("", "/")), "x", " ")
)


@given(st.lists(PARTS, max_size=12))
def test_no_markup_is_too_odd(parts: list[str]) -> None:
    plain = line(f"<math>{''.join(parts)}")
    assert plain is None or plain == " ".join(plain.split())


@given(st.text(st.characters(categories=["L", "N", "P"], exclude_characters="<&")))
def test_words_without_markup_stay(text: str) -> None:
    assert (line(text) or "") == text or text.casefold() in {"abstract", "summary", "abstract."}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Dao, Tri", "Tri Dao"),
        ("Tri Dao", "Tri Dao"),
        ("van Rossum, Guido", "Guido van Rossum"),
        ("Davis, Sammy, Jr.", "Sammy Davis, Jr."),
        ("Davis, Jr., Sammy", "Sammy Davis, Jr."),
        ("Universities of A, B, and C", "Universities of A, B, and C"),
        ("R&eacute;, Christopher", "Christopher Ré"),
        ("", None),
    ],
)
def test_names_given_name_first(source: str, name: str | None) -> None:
    assert natural(source) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("王, 小明", "王小明"),
        ("김, 철수", "김철수"),
        ("大谷, Shohei", "Shohei 大谷"),
        ("OpenAI, Inc.", "OpenAI, Inc."),
        ("Li, Wei 0002", "Wei Li"),
        ("King, Martin Luther, III", "Martin Luther King III"),
    ],
)
def test_names_of_other_orders_and_of_companies(source: str, name: str) -> None:
    assert natural(source) == name


def test_signs_between_words_are_no_tags() -> None:
    assert line("where a<b and c>d") == "where a<b and c>d"
    assert line("where a<i>n</i>") == "where an"


def test_parts_of_names() -> None:
    assert person("Andres", "M. Bran") == "Andres M. Bran"
    assert person(None, "Aristotle") == "Aristotle"
    assert person("Sammy", "Davis", "Jr.") == "Sammy Davis, Jr."
    assert person(None, None) is None
    assert without_number("Wei Wang 0001") == "Wei Wang"


def test_years() -> None:
    dates: list[object] = ["2022-05-27T17:53:09Z", 2022, "May 2022", None, "20221", {}]
    assert [year_of(date) for date in dates] == [2022, 2022, None, None, None, None]


def test_addresses_of_code() -> None:
    text = "Code (https://github.com/mit-han-lab/quest). Data: https://example.org/x, https://a.github.io/b/."
    assert code_addresses(text, "the abstract") == (
        ("https://github.com/mit-han-lab/quest", "the abstract"),
        ("https://a.github.io/b", "the abstract"),
    )
    assert code_addresses(None, "x") == ()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Doe, Jane; Roe, Richard", ("Jane Doe", "Richard Roe")),
        ("Jane Doe and Richard Roe", ("Jane Doe", "Richard Roe")),
        ("Jane Doe, Richard Roe, and Guido van Rossum", ("Jane Doe", "Richard Roe", "Guido van Rossum")),
        ("Doe, Jane and Roe, Richard", ("Jane Doe", "Richard Roe")),
        ("Doe J, Roe RA", ("J Doe", "RA Roe")),
        ("Doe, J., Roe, R. A.", ("J. Doe", "R. A. Roe")),
        ("Health and Human Services", ("Health and Human Services",)),
        ("García Márquez, Gabriel José", ("Gabriel José García Márquez",)),
        ("Núñez Pérez, José Luis, Jr.", ("José Luis Núñez Pérez, Jr.",)),
        ("Van Durme, Benjamin David; De Sa, Christopher M", ("Benjamin David Van Durme", "Christopher M De Sa")),
        ("王小明, 李四", ("王小明", "李四")),
        ("山田, 太郎", ("山田太郎",)),
        ("Institute of Arts and Letters, Kiln", ("Institute of Arts and Letters, Kiln",)),
        ("Press, William H.", ("William H. Press",)),
        ("Davis Jr., Sammy*", ("Sammy Davis, Jr.",)),
        ("*Jane Doe¹", ("Jane Doe",)),
        ("Group 42", ("Group 42",)),
    ],
)
def test_several_names_in_one_value(source: str, names: tuple[str, ...]) -> None:
    assert people(source) == names


@pytest.mark.parametrize("letters", ["a" * 300_000, "and " * 80_000, "a" * 300_000 + "1 J"])
def test_what_is_no_name_takes_time_in_proportion_to_its_length(letters: str) -> None:
    """Initials behind it were looked for from each of its letters: minutes would pass."""
    assert people(letters) == (letters.strip(),)


@pytest.mark.parametrize("tag", ["math", "sup"])
def test_elements_without_end_take_time_in_proportion(tag: str) -> None:
    """Each looked at all around it: minutes would pass."""
    assert "words" in (line(f"<{tag}>" * 100_000 + "words") or "")


@pytest.mark.parametrize(
    ("comment", "abstract", "withdrawn"),
    [
        ("The authors withdraw this paper", None, True),
        (None, "This paper has been withdrawn by the author due to an error.", True),
        (None, "This arXiv submission was withdrawn.", True),
        ("We have withdrawn this paper due to an error", None, True),
        ("I am withdrawing the manuscript", None, True),
        ("12 pages. Withdrawn from arXiv", None, True),
        ("This paper is being withdrawn", None, True),
        ("Retracted by the authors", None, True),
        (None, "We withdraw this paper.", True),
        (None, "[Withdrawn]", True),
        (None, "The authors have withdrawn this article.", True),
        ("It has been withdrawn from ICLR; v2 mends it", "Withdrawn drugs are counted.", False),
        ("We withdraw the assumption of v1", "We withdraw the assumption.", False),
        ("Replaces withdrawn article 1001.0001", "We study bids. This paper is withdrawn from nothing.", False),
    ],
)
def test_what_was_withdrawn_says_so(comment: str | None, abstract: str | None, *, withdrawn: bool) -> None:
    assert is_withdrawn(comment, abstract) is withdrawn
