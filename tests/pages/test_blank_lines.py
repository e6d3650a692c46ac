"""The theme's blank lines go, and nothing that a browser shows or a script reads."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from turbohtml import Element, Text, parse

from mkdocs_papers.pages.blank_lines import without_blank_lines


def test_a_line_s_end_stays_of_blank_lines_and_indentation_between_tags() -> None:
    page = "<body>\n\n    <p>Words</p>\n  \t\n\n\n  <hr>  <i>a</i> <b>b</b>\n</body>"
    assert without_blank_lines(page, "") == "<body>\n<p>Words</p>\n<hr>  <i>a</i> <b>b</b>\n</body>"


@pytest.mark.parametrize(
    "kept",
    [
        "<pre>\n\n  <b>\n\n  </b>\n\n</pre>",
        "<textarea>\n\n  \n</textarea>",
        "<script>\n\n  x = `\n\n  `;\n</script>",
        "<style>\n\n  a {}\n</style>",
        "<!--\n\n  words\n-->",
        '<p title="\n\n  ">x</p>',
        "<p>\n\n  Words\n\n  and more\n</p>",
        "<p>\n \N{NO-BREAK SPACE}\n</p>",
        "<p>&nbsp;\n\N{NO-BREAK SPACE}\n</p>",
        "<pre><pre>\n\n</pre>\n\n  </pre>",
    ],
)
def test_whatever_is_shown_or_read_as_it_is_written_stays(kept: str) -> None:
    assert without_blank_lines(f"<body>{kept}\n\n</body>", "") == f"<body>{kept}\n</body>"


def test_the_page_s_own_content_stays_and_what_is_around_it_is_seen_as_one_page() -> None:
    content = "<h1>T</h1>\n\n  <p>x</p>\n\n"
    page = f"<div>\n\n{content}\n\n</div>"
    assert without_blank_lines(page, content) == f"<div>\n{content}\n</div>"
    # Here it stands in an element that goes on behind it.
    page = f"<pre>\n\n{content}\n\n</pre>"
    assert without_blank_lines(page, content) == page


@pytest.mark.parametrize("torn", ["<p>\n\n<b", "<p>\n\n\0</p>", "<p>\r\n\r\n</p>"])
def test_what_a_parser_puts_right_stays_as_it_is(torn: str) -> None:
    assert without_blank_lines(torn, "") == torn


_PIECES = st.sampled_from(
    (
        *("<p>", "</p>", "<pre>", "</pre>", "<b title='\n\n '>", "</b>", "<br>", "&amp;", "x", " ", "\n", "\n\n   "),
        *(
            "<textarea>",
            "</textarea>",
            "<script>",
            "</script>",
            "<!-- \n\n -->",
            "<svg>",
            "</svg>",
            "<",
            ">",
            "'",
            "\t",
        ),
    )
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@example("&amp;</pre>\n\n   ")
@example("<pre></textarea>\n\n   ")
def test_nothing_changes_but_the_length_of_white_space_outside_of_verbatim_elements(page: str) -> None:
    assert _told(without_blank_lines(page, "")) == _told(page)


def _told(page: str) -> list[object]:
    """A page's elements with their attributes, and its texts, outside of verbatim elements as browsers show them."""
    told: list[object] = []
    for node in parse(page).descendants:
        if isinstance(node, Element):
            told.append((node.tag, dict(node.attrs)))
        elif isinstance(node, Text):
            above = {each.tag for each in node.ancestors if isinstance(each, Element)}
            verbatim = not above.isdisjoint(("pre", "textarea", "script"))
            # A tag that a parser drops stands between two parts of one text.
            told.append(node.data if verbatim else re.sub(r"[ \t\n]+", " ", node.data))
    return told
