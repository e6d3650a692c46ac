"""The blank lines and the indentation that a theme's templates leave between tags, which no browser shows."""

import itertools
import secrets

from turbohtml import TokenType, tokenize

_MARK = f"<!--{secrets.token_hex(16)}-->"
"""Stands for a page's content; made anew in each run, so that no page holds it."""

_VERBATIM = frozenset(("pre", "listing", "plaintext", "script", "style", "textarea", "xmp"))
"""Elements whose white space is read, or shown, as it is written
(https://html.spec.whatwg.org/multipage/rendering.html)."""

_BLANK = " \t\n\f\r"
"""What HTML calls white space; a space that does not break is none (https://infra.spec.whatwg.org/#ascii-whitespace)."""

_TEXT = (TokenType.TEXT, TokenType.CHARACTER_REFERENCE)


def without_blank_lines(html: str, content: str) -> str:
    """A page with one line's end in place of each stretch of blank lines and indentation between two tags.

    Text in which anything else stands, attributes, comments, scripts and whatever browsers show as it is written stay
    as they are, and so does the page's own content.

    Args:
        html: the whole page.
        content: what the theme was given to put in the middle.
    """
    before, found, after = html.partition(content) if content else (html, "", "")
    shell = f"{before}{_MARK}{after}" if found else html
    pieces: list[str] = []
    read: list[str] = []
    verbatim: list[str] = []
    tokens = tokenize(shell, resolve_references=False, capture_source=True, capture_attributes=False)
    for is_text, some in itertools.groupby(tokens, lambda token: token.type in _TEXT):
        if is_text:
            piece = "".join([token.source or token.data or "" for token in some])
            read.append(piece)
            is_blank = not verbatim and "\n" in piece and not piece.strip(_BLANK)
            pieces.append("\n" if is_blank else piece)
            continue
        for token in some:
            piece = token.source or ""
            read.append(piece)
            pieces.append(piece)
            if token.tag in _VERBATIM and token.type is TokenType.START_TAG:
                verbatim.append(token.tag)
            elif token.tag in verbatim:
                while verbatim.pop() != token.tag:
                    pass
    # What the tokenizer has put right, such as a null character, is not the theme's any more.
    if "".join(read) != shell:
        return html
    return "".join(pieces).replace(_MARK, content, 1)
