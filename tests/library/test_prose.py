"""What a Markdown text says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.prose import Kind, Prose, plain_text

MARKDOWN = st.text(alphabet="ab $`~#*_[](){}<>!-\\\n|\"'.&;注", max_size=60)
"""Texts in which much looks like markup."""


def spans(text: str) -> list[tuple[Kind, str]]:
    return [(span.kind, text[span.start : span.end]) for span in Prose(text).spans]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("a `b` c", Kind.CODE, "`b`"),
        ("a `` b ` c `` d", Kind.CODE, "`` b ` c ``"),
        ("a $b$ c", Kind.MATH, "$b$"),
        ("a $b\\$c$ d", Kind.MATH, "$b\\$c$"),
        ("$$\nb\n$$", Kind.MATH, "$$\nb\n$$"),
        ("a\n```py\nb\n```\nc", Kind.BLOCK, "```py\nb\n```"),
        ("a\n```\nb\n``` \t\nc\n```", Kind.BLOCK, "```\nb\n``` \t"),
        ("~~~~\n```\n~~~\n~~~~~", Kind.BLOCK, "~~~~\n```\n~~~\n~~~~~"),
        ("- a\n\n    ```\n    b\n    ```", Kind.BLOCK, "    ```\n    b\n    ```"),
        ("a\n\n    b\n\n    c\nd", Kind.BLOCK, "    b\n\n    c"),
        ("a <!-- b\n\nc --> d", Kind.COMMENT, "<!-- b\n\nc -->"),
        ("a\n<pre>\n# b\n\n# c\n</pre> d", Kind.RAW, "<pre>\n# b\n\n# c\n"),
        ("<SCRIPT\nx>b</Script> c\n<prey>", Kind.RAW, "<SCRIPT\nx>b"),
        ("  <style>\nb\n", Kind.RAW, "  <style>\nb\n"),
    ],
)
def test_what_is_no_markdown(text: str, kind: Kind, part: str) -> None:
    assert spans(text) == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "a \\`b` c",
        "a `b\n\nc` d",
        "it costs $5 to $6",
        "$ a $",
        "a \\$b$ c",
        "$a\n\nb$",
        "$$a\n\nb$$",
        "```\nnever closed",
        "- a\n\n    b",
        "[^1]: a\n\n    b",
        "a\n    b",
        "<!-- a",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert spans(text) == []


@given(MARKDOWN)
def test_spans_are_in_order_and_blanking_moves_nothing(text: str) -> None:
    prose = Prose(text)
    ends = [0]
    for span in prose.spans:
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)
    assert len(prose.markdown) == len(text)
    assert [len(line) for line in prose.markdown.split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# A #\n\n## B ##x\n\n####### c\n#\n## ##", [(1, "A"), (2, "B ##x")]),
        ("A\n===\n\nB\n---\n\n- c\n---\n\n| d |\n---\n\n---\n---", [(1, "A"), (2, "B")]),
        ('<h1 align="center">A</h1>', [(1, "A")]),
        ("```\n# a\n```\n<!--\n# b\n-->\n    # c", []),
    ],
)
def test_headings(text: str, headings: list[tuple[int, str]]) -> None:
    assert [(heading.level, heading.source) for heading in Prose(text).headings] == headings


@given(MARKDOWN)
def test_headings_stand_where_they_say(text: str) -> None:
    for heading in Prose(text).headings:
        assert heading.source in text[heading.start :]
        assert heading.start == 0 or text[heading.start - 1] == "\n"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a *b* **c** _d_ __e__ ~~f~~ `g *h*`", "a b c d e f g *h*"),
        ("snake_case_name and 2*3*4", "snake_case_name and 234"),
        ('[a $x_1$](b(c).md "t") [d][e] ![f](g) [h][] [^1]', "a $x_1$ d h"),
        ("[![a](b.svg)](c) d", "d"),
        ("<b>a</b> <https://example.org/a_b_c> &lt;b&gt; \\*c\\*", "a https://example.org/a_b_c <b> *c*"),
        ("a { #b .c }", "a"),
        ("$a_b*c*$ and $\\alpha$", "$a_b*c*$ and $\\alpha$"),
        ("a <!-- b --> c", "a c"),
        ("a <!----> b", "a b"),
        ("\U000f0000 $x$", "\ufffd $x$"),
    ],
)
def test_plain_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@given(MARKDOWN)
def test_plain_text_is_one_line(markdown: str) -> None:
    text = plain_text(markdown)
    assert "\n" not in text
    assert text == text.strip()


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("# T\n\nOne *two*.\n\nThree.", "One two. Three."),
        ("# T\nOne.", "One."),
        ('T\n===\n\n![a](b)\n\n<p align="center"><img src="c"></p>\n\nOne.', "One."),
        (
            "- a\n- b\n\n1. c\n\n| a | b |\n|---|---|\n\na | b\n--|--\n\n!!! note\n    x\n\n[a]: b\n\n---\n\nOne.",
            "One.",
        ),
        ("> Quoted\n> words.", "Quoted words."),
        ("One [two][a].\n[a]: b.md 't'\n\n[Note]: three more.", "One two. [Note]: three more."),
        ("Before:\n\n$$\na\n$$\n\nAfter $b$.", "Before: $a$ After $b$."),
        ("```\ncode\n```\n\n    more\n\nOne.", "One."),
        ("", ""),
    ],
)
def test_the_excerpt_is_the_first_paragraphs(text: str, excerpt: str) -> None:
    assert Prose(text).excerpt(400) == excerpt


@pytest.mark.parametrize(
    "above",
    [
        "Song Han, Jeff Pool, John Tran and William J. Dally",
        "> Song Han$^{1,2}$, Jeff Pool<sup>1</sup>, J. van der Tran Jr.\n>\n> MIT, University of California, Berkeley",
        "**Authors:** Song Han et al.",
        "韩松，王小明、李华",
        "[Paper](https://example.org/a) | [Code](https://example.org/b)",
        "Paper: <https://example.org/a>\nCode: [here](b.md)  \n",
        "论文：https://example.org/a",
        "[![badge](a.svg)](b)",
        "**Quest, again**",
        "quest - again",
        "Pruning and Quantization of Large Language Models",
        "Quest: Query-Aware Sparsity for Efficient Long-Context LLM Inference",
        "Venue: ICML 2024\nDate: 2024-05-01",
        "$$\na = b\n$$",
        "Song Han, MIT\\\nJeff Pool, NVIDIA",
    ],
)
def test_an_excerpt_begins_with_the_first_sentence(above: str) -> None:
    text = f"# Quest, again\n\n{above}\n\n[Wanda](a.md) is quick, and Quest quicker.\n\n{above}"
    assert Prose(text).excerpt(60, ("Quest, again",)).startswith("Wanda is quick, and Quest quicker.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sparse, Fast.",
        "Pruning works.",
        "Weights,\nthen activations: both",
        "网络越宽，精度通常越高",
        "Code is at <https://example.org/a>",
        "[SparseGPT](a.md) prunes",
        "$x$ is small",
        "Prune LLMs once",
        "Papers: two of them",
    ],
)
def test_an_excerpt_leaves_no_sentence_out(sentence: str) -> None:
    assert Prose(f"{sentence}\n\nMore.").excerpt(400) == f"{plain_text(sentence)} More."


def test_a_text_without_a_sentence_begins_with_what_it_has() -> None:
    assert Prose("# Quest\n\nMust Read").excerpt(400, ("Quest",)) == "Must Read"


@pytest.mark.parametrize("math", ["$$a\n= b$$", "$$\n  a = b\n$$", "$$ a = b $$"])
def test_display_math_stays_in_an_excerpt(math: str) -> None:
    assert Prose(f"This is\n\n{math}\n\nwith $c$.").excerpt(400) == "This is $a = b$ with $c$."


def test_an_excerpt_is_cut_after_a_word_and_outside_math() -> None:
    assert Prose("one two three four").excerpt(10) == "one two…"
    assert Prose("一二三四五六七八九十百千").excerpt(5) == "一二三四…"
    assert Prose("one $a + b + c + d$ two").excerpt(12) == "one…"


@given(MARKDOWN, st.integers(min_value=2, max_value=30))
def test_an_excerpt_keeps_its_limit(text: str, limit: int) -> None:
    assert len(Prose(text).excerpt(limit)) <= limit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two-three, don't.", 3),
        ("Version 1.5 of x_1", 4),
        ("稀疏注意力 and 量化", 8),
        ('# A title\n\n[link](some/long/path.md) <b class="x y">bold</b>', 4),
        ("The norm $\\lVert x \\rVert$ is $2$.", 5),
        ("```\nno words here\n```\n<!-- nor here -->", 0),
        ("", 0),
    ],
)
def test_words(text: str, words: int) -> None:
    assert Prose(text).words == words


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 50_000,
        "$" * 100_001,
        "a $b " * 40_000,
        "`" * 300 + "".join("`" * n + " " for n in range(1, 400)),
        "".join("`" * n + "\n" for n in range(3, 400)),
        "[" * 100_000,
        "[a](" * 40_000,
        "<a " * 60_000,
        "# " + " " * 200_000 + "x",
        "*a " * 60_000,
        "\n" * 200_000,
        "- " * 100_000,
        "> " * 100_000,
        "<h1>" * 50_000,
        "<pre>\n" * 40_000,
        "<style>\n</style>\n" * 20_000,
        "![" * 60_000 + "](" * 60_000,
    ],
    ids=lambda text: text[:6].replace("\n", "n"),
)
def test_time_is_in_proportion_to_the_text(text: str) -> None:
    """Each would take minutes where every mark looked for its partner to the text's end, and no test may take those."""
    prose = Prose(text)
    assert prose.words >= 0
    assert len(prose.excerpt(400)) <= 400
    assert prose.headings is prose.headings


@pytest.mark.parametrize("text", ["\\``", "\\`` a ``b``", "a\\```x`"])
def test_a_backslash_may_take_the_first_of_several_backticks(text: str) -> None:
    assert Prose(text).words >= 0
    assert [text[span.start : span.end] for span in Prose(text).spans] == (["``b``"] if "b" in text else [])
