"""What a Markdown text says: its code and math set apart, its headings, first paragraphs and words.

This is no Markdown processor. It knows as much of Markdown as it takes to find links and plain words, in one pass over
the text, and it takes time in proportion to the text, whatever the text holds.
"""

import bisect
import enum
import functools
import html
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from turbohtml import Token

from mkdocs_papers.library.html_in_markdown import Content, Part, blocks_in, tags_in
from mkdocs_papers.library.names import one_line
from mkdocs_papers.records.limits import LONGEST_PLAIN


class Kind(enum.Enum):
    """What a part of a text is, where it is not Markdown."""

    BLOCK = "fenced or indented code"
    RAW = "HTML whose text Markdown takes as it is"
    CODE = "code in a line"
    MATH = "math"
    COMMENT = "HTML comment"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is not Markdown: the code points from ``start`` to ``end``, delimiters included."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level from 1 to 6, its source without marks, and where its line begins."""

    level: int
    source: str
    start: int


_FENCE = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})(?P<rest>[^\n]*)")
_RAW = re.compile(r" {0,3}<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_MAY_BE_CODE = re.compile(rf"```|~~~|^(?: {{4}}|\t|{_RAW.pattern})", re.MULTILINE | re.IGNORECASE)
_CONTAINER = re.compile(r"[ \t>]*(?:[-+*]|[0-9]{1,9}[.)]|\[\^[^\]\n]+\]:|!!!|\?\?\?\+?|===)[ \t]")
"""Begins a line whose indented continuation is no code: a list's, a footnote's, an admonition's or a tab's."""

_NO_LINE_END = re.compile(r"[^\n]")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_INLINE = re.compile(r"\\[^\n]|`+|<!--|\$\$?")
_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})(?!#)(?P<text>[^\n]*)")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_HTML_HEADING = re.compile(
    r"<h(?P<level>[1-6])\b[^<>]*>(?P<text>(?:[^<\n]|<(?!/?h[1-6]\b))*+)</h(?P=level)>", re.IGNORECASE
)


class Prose:
    """A Markdown text, looked at once; each line end is a line feed."""

    def __init__(self, text: str, *, markdown_in_html: bool = False) -> None:
        self.text = text
        self._markdown_in_html = markdown_in_html

    @functools.cached_property
    def spans(self) -> list[Span]:
        """Its code, math and comments, in order; they do not overlap."""
        blocks = list(_code_blocks(self.text))
        return sorted([*blocks, *_inline_spans(self.text, blocks)], key=lambda span: span.start)

    @functools.cached_property
    def markdown(self) -> str:
        """The text with code, math and comments blanked: every other character stands where it stood."""
        return self.without(*Kind)

    @functools.cached_property
    def html(self) -> str:
        """The same with the HTML whose text Markdown takes as it is."""
        is_raw = any(span.kind is Kind.RAW for span in self.spans)
        return self.without(*set(Kind) - {Kind.RAW}) if is_raw else self.markdown

    @functools.cached_property
    def shown(self) -> str:
        """The text with code blocks and comments blanked."""
        return self.without(Kind.BLOCK, Kind.RAW, Kind.COMMENT)

    def without(self, *kinds: Kind) -> str:
        """The text with the parts of these kinds blanked: every other character stands where it stood."""
        return _blanked(self.text, ((span.start, span.end) for span in self.spans if span.kind in kinds))

    @functools.cached_property
    def tags(self) -> list[tuple[int, Token]]:
        """The tags of its HTML, each with the place where it begins."""
        return list(tags_in(self.html))

    @functools.cached_property
    def _html_blocks(self) -> list[Part]:
        return list(blocks_in(self.text, self.tags, markdown_inside=self._markdown_in_html))

    def outside_html(self, text: str, *contents: Content) -> str:
        """One of its texts with what blocks of HTML hold blanked, where that is of one of these kinds."""
        return _blanked(text, ((part.start, part.end) for part in self._html_blocks if part.content in contents))

    @functools.cached_property
    def headings(self) -> list[Heading]:
        """Its headings, in order, those in HTML included."""
        found, start, before = [], 0, ""
        in_markdown = self.outside_html(self.shown, Content.RAW, Content.LINE)
        for line, shown in zip(in_markdown.split("\n"), self.shown.split("\n"), strict=True):
            heading, above = _atx_heading(line, start) or _html_heading(shown, start), before
            before = "" if heading else line
            if heading is None and _SETEXT.match(line) and above.strip() and not _is_structure(above):
                heading = Heading(1 if "=" in line else 2, above.strip(), start - len(above) - 1)
                before = ""
            if heading:
                found.append(heading)
            start += len(line) + 1
        return found

    @functools.cached_property
    def words(self) -> int:
        """The number of its words, code blocks and comments aside; a formula is one, and so is a Chinese character."""
        text = self.without(Kind.BLOCK, Kind.RAW, Kind.COMMENT, Kind.MATH)
        formulas = sum(span.kind is Kind.MATH for span in self.spans)
        return formulas + len(_WORD.findall(_TARGET.sub("]", _TAG.sub(" ", text))))

    def excerpt(self, limit: int, titles: Collection[str] = ()) -> str:
        """Its first paragraphs as plain text, in which only ``$math$`` is marked.

        What stands above the first sentence is left out: names, links, labels with their values, a title once more, and
        formulas.

        Args:
            limit: how many characters at most; a longer text is cut after a word and ends with ``…``.
            titles: what the text may be called, as plain text.
        """
        known = {letters(title) for title in titles}
        return _cut(_beginning(self.shown, limit, known) or _beginning(self.shown, limit, None), limit)


def plain_text(markdown: str) -> str:
    """One line of Markdown as plain text: no markup, links or images; code without its marks; ``$math$`` stays.

    Only the first `LONGEST_PLAIN` characters count.
    """
    if not _MARK.search(markdown):
        return one_line(markdown[:LONGEST_PLAIN])
    markdown = _PROTECTED.sub("\ufffd", markdown[:LONGEST_PLAIN])
    kept: list[str] = []
    parts, at = [], 0
    for span in _inline_spans(markdown, []):
        parts.append(markdown[at : span.start])
        at = span.end
        if span.kind is not Kind.COMMENT:
            parts.append(chr(_FIRST_PROTECTED + len(kept)))
            source = markdown[span.start : span.end]
            kept.append(_in_line(source) if span.kind is Kind.MATH else source.strip("`").strip())
    text = "".join([*parts, markdown[at:]])
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = html.unescape(text)
    return one_line(_PROTECTED.sub(lambda mark: kept[ord(mark[0]) - _FIRST_PROTECTED], text))


def words_of(markdown: str) -> str:
    """The words of a whole text on one line, those in code and math too: without tags and the targets of links."""
    return one_line(_TARGET.sub("]", _TAG.sub(" ", markdown)))


def letters(text: str) -> str:
    """The letters and digits of a text, whatever their case."""
    return "".join(filter(str.isalnum, text.casefold()))


def _in_line(math: str) -> str:
    """Math as it stands in a line, display math too; nothing where it holds dollars of its own."""
    if not math.startswith("$$"):
        return math
    latex = one_line(math[2:-2])
    return f"${latex}$" if latex and "$" not in latex else ""


_MARK = re.compile("[][!<>{}*_~=+`$&\\\\\U000f0000-\U000ffffd]")
"""What plain words do not hold."""

_ONE_WORD_EACH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_ONE_WORD_EACH}]|[^\\W{_ONE_WORD_EACH}]++(?:['’.,-][^\\W{_ONE_WORD_EACH}]++)*+")
"""A Chinese or Japanese character, or a word of another script, inner apostrophes, hyphens and points included."""

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TARGET = re.compile(r"\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")

_FIRST_PROTECTED = 0xF0000
_PROTECTED = re.compile("[\U000f0000-\U000ffffd]")
"""Private characters that stand for math and code while markup is taken away."""

_MARKUP = (
    (re.compile(r"!\[[^\[\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"), ""),
    (re.compile(r"\[\^[^\[\]]+\]"), ""),
    (re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"), r"\1"),
    (re.compile(r"<([a-z][a-z+.-]*:[^\s<>]*)>", re.IGNORECASE), r"\1"),
    (_TAG, ""),
    (re.compile(r"\{:?[^{}]*\}[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"(?<!\\)(\*\*|~~|==|\+\+)(?=\S)([^*~=+]{1,500})(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\\)\*(?=\S)([^*]{1,500})(?<=\S)\*"), r"\1"),
    (re.compile(r"(?<![\\\w])(__?)(?=\S)([^_]{1,500})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
"""What to take away, in order, until plain words remain: images, footnote marks, links, tags, emphasis, escapes."""

DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)[^\]\n]{1,999}\]:[ \t]*\n?[ \t]*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s<]\S*))"
    r"""[ \t]*(?:\n?[ \t]*(?:".*"|'.*'|\(.*\))[ \t]*)?$""",
    re.MULTILINE,
)
"""What a link in brackets alone leads to, ``[label]: address "title"``; other words behind it make it a sentence."""

_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_NO_PARAGRAPH = re.compile(
    r"[ \t]*(?:\||[-+*][ \t]|[0-9]{1,9}[.)][ \t]|(?:\*\[|\[\^)[^\]\n]+\]:|!!!|\?\?\?|===[ \t]|:[ \t]"
    r"|(?:[-*_][ \t]*){3,}$)"
)
"""Begins a block that is a table, a list, a footnote, an abbreviation, a definition, an admonition or a rule."""

_LINE_BREAK = re.compile(r"(?:(?<! ) {2,}|\\|<br ?/?>)\n|\n(?=[^\n:：]{0,40}[:：])")
"""Where Markdown begins a new line, and where a label may stand."""

_MATH = re.compile(r"\$[^$]*\$")
_LINK = re.compile(r"!?\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])|<?\bhttps?://[^\s<>]+>?")
_LABEL = re.compile(r"[^\W\d_][\w ]{0,20}[:：]")
_LABELLED = re.compile(
    r"(?:authors?|affiliations?|institut(?:ions?|es?)|venue|conference|published(?: in| at)?|date|year|tags?|keywords?"
    r"|paper|arxiv|doi|pdf|links?|code|github|project(?: page)?|website"
    r"|作者|机构|单位|会议|发表|日期|年份|标签|关键词|论文|代码|链接)"
    r"\s*[:：]",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\$[^$]*\$|[*†‡§¶#0-9⁰¹²³⁴-⁹]")
"""What follows names: affiliations' numbers and the like."""

_BETWEEN_NAMES = re.compile(r"[,;:·•、，；：|&]|\band\b|\bet al\b\.?")
_CHINESE_NAME = re.compile(f"[{_ONE_WORD_EACH}]{{2,4}}")
_SENTENCE_END = re.compile(r"[^\W\d_]{4}\.$|[!?。！？…]$")
"""Ends a sentence; the points after initials and such as "Jr." do not."""

_LONG_TITLE, _MORE = 20, 20
"""How many letters no sentence begins with by chance, and how many may follow a title."""

_SMALL_WORDS = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "than", "the", "to", "via"),
        *("with", "without", "da", "de", "del", "den", "der", "di", "du", "la", "le", "van", "von", "zu"),
    )
)
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+\|[-:| \t]*+$", re.MULTILINE)


def _atx_heading(line: str, start: int) -> Heading | None:
    """The heading that is just this line with its number signs, or None."""
    if "#" in line and (atx := _ATX.match(line)) and (text := atx["text"].strip()):
        shortened = text.rstrip("#")
        if shortened:
            return Heading(len(atx["marks"]), shortened.rstrip() if shortened[-1] in " \t" else text, start)
    return None


def _html_heading(line: str, start: int) -> Heading | None:
    """The heading of HTML in this line, or None."""
    tag = _HTML_HEADING.search(line) if "<" in line else None
    return Heading(int(tag["level"]), tag["text"], start) if tag else None


def _blanked(text: str, parts: Iterable[tuple[int, int]]) -> str:
    """A text with these parts of it blanked, lines aside; they are in order and do not overlap."""
    pieces, at = [], 0
    for start, end in parts:
        pieces += [text[at:start], _NO_LINE_END.sub(" ", text[start:end])]
        at = end
    return "".join([*pieces, text[at:]])


def _is_structure(line: str) -> bool:
    """Whether a line above dashes or equals signs is no title: part of a list or a table, or another rule."""
    return "|" in line or _CONTAINER.match(line) is not None or _SETEXT.match(line) is not None


def _blocks(text: str) -> Iterator[str]:
    """The parts of a text between blank lines."""
    at = 0
    for gap in _BLANK_LINE.finditer(text):
        yield text[at : gap.start()]
        at = gap.end()
    yield text[at:]


def _beginning(text: str, limit: int, titles: Collection[str] | None) -> str:
    """The first paragraphs of a text as plain text, until they are longer than the limit.

    Args:
        limit: so many characters are enough.
        titles: the letters of what it may be called, where the first sentence is to be the beginning; None where
            whatever stands first is.
    """
    found: list[str] = []
    length = 0
    for block in _blocks(text):
        if paragraph := _paragraph(block, None if found else titles):
            found.append(paragraph)
            length += len(paragraph) + 1
        if length > limit:
            break
    return " ".join(found)


def _paragraph(block: str, titles: Collection[str] | None) -> str:
    """The block as plain text, from its first sentence on where titles are given; nothing where it is no paragraph."""
    lines = DEFINITION.sub("", _QUOTE.sub("", block)).strip("\n").split("\n")
    while lines and (not lines[0].strip() or _atx_heading(lines[0], 0) or _html_heading(lines[0], 0)):
        del lines[0]
    if not lines or _NO_PARAGRAPH.match(lines[0]) or any(map(_TABLE_RULE.match, lines[1:2])):
        return ""
    if len(lines) > 1 and _SETEXT.match(lines[1]):
        return ""
    source = "\n".join(lines)
    if titles is not None:
        parts = itertools.dropwhile(lambda part: _is_preamble(part, titles), _LINE_BREAK.split(source))
        source = "\n".join(parts)
    return plain_text(source)


def _is_preamble(part: str, titles: Collection[str]) -> bool:
    """Whether a part of a paragraph is no sentence: a title, links, a label with its value, names, a formula."""
    text, words = plain_text(part), plain_text(_LINK.sub("", part[:LONGEST_PLAIN]))
    if not letters(_MATH.sub("", text)) or _is_title(text, titles):
        return True
    is_links = text != words and not letters(_LABEL.sub("", words))
    return is_links or _LABELLED.match(text) is not None or _is_byline(text)


def _is_title(text: str, titles: Collection[str]) -> bool:
    """Whether a text is a title, or a long one with a few words more, such as where it was published."""
    said = letters(text)
    longer = any(
        len(title) >= _LONG_TITLE and said.startswith(title) for title in titles if len(said) - len(title) <= _MORE
    )
    return said in titles or (longer and not _SENTENCE_END.search(text))


def _is_byline(text: str) -> bool:
    """Whether a text is nothing but names or a title: each word has a capital, but for the small words of both."""
    names = [name.split() for name in _BETWEEN_NAMES.split(_MARKS.sub("", text).strip()) if name]
    is_short = len(names) + len(text.split()) <= 2  # noqa: PLR2004 - a word alone, which may be anything
    return not is_short and not _SENTENCE_END.search(text) and all(_is_name(words) for words in names)


def _is_name(words: Sequence[str]) -> bool:
    return all(
        word[0].isupper() or word in _SMALL_WORDS or not word[0].isalpha() or _CHINESE_NAME.fullmatch(word)
        for word in words
    )


def _cut(text: str, limit: int) -> str:
    """The text, cut before the limit and outside math where it is longer; after a word where words have spaces."""
    if len(text) <= limit:
        return text
    end = limit - 1
    for span in _inline_spans(text, []):
        if span.start < end < span.end:
            end = span.start
    space = text.rfind(" ", max(end - 40, 0), end + 1)
    return text[: space if space > 0 else end].rstrip() + "…"


def _code_blocks(text: str) -> Iterator[Span]:
    """The fenced and indented code of a text, and its raw HTML; a fence that nothing closes is none.

    All as in Python-Markdown.
    """
    if not _MAY_BE_CODE.search(text):
        return
    lines = text.split("\n")
    raw_ends: dict[str, list[int]] = {}
    fences = [_FENCE.match(line) for line in lines]
    longest = _longest_closing(fences)
    start, at, in_container, after_blank = 0, 0, False, True
    while at < len(lines):
        line, fence, first, kind = lines[at], fences[at], at, Kind.BLOCK
        if raw := _RAW.match(line):
            at, kind = _raw_end(lines, at, raw[1].lower(), raw_ends), Kind.RAW
        elif fence and _opens(fence) and longest[at + 1].get(fence["marks"][0], 0) >= len(fence["marks"]):
            at += 1
            while not _closes(fences[at], fence["marks"]):
                at += 1
        elif line.startswith(("    ", "\t")) and line.strip() and after_blank and not in_container:
            while at + 1 < len(lines) and (lines[at + 1].startswith(("    ", "\t")) or not lines[at + 1].strip()):
                at += 1
        else:
            if _CONTAINER.match(line):
                in_container = True
            elif line.strip() and not line.startswith((" ", "\t")) and after_blank:
                in_container = False
            after_blank = not line.strip()
            at += 1
            start += len(line) + 1
            continue
        at += 1
        end = start + sum(len(part) + 1 for part in lines[first:at]) - 1
        if raw and (closing := re.search(f"</{raw[1]}", lines[at - 1], re.IGNORECASE)):
            yield Span(kind, start, end - len(lines[at - 1]) + closing.start())
        else:
            yield Span(kind, start, end)
        start, after_blank = end + 1, True


def _raw_end(lines: list[str], at: int, tag: str, known: dict[str, list[int]]) -> int:
    """The line that closes an element of raw HTML, else the last one; `known` keeps what was looked up."""
    if tag not in known:
        known[tag] = [number for number, line in enumerate(lines) if f"</{tag}" in line.lower()]
    following = bisect.bisect_left(known[tag], at)
    return known[tag][following] if following < len(known[tag]) else len(lines) - 1


def _longest_closing(fences: list[re.Match[str] | None]) -> list[dict[str, int]]:
    """For each line, how many marks of either kind the longest closing fence from there on has."""
    longest: dict[str, int] = {}
    found = [longest]
    for fence in reversed(fences):
        if fence and not fence["rest"].strip() and len(fence["marks"]) > longest.get(fence["marks"][0], 0):
            longest = {**longest, fence["marks"][0]: len(fence["marks"])}
        found.append(longest)
    return found[::-1]


def _opens(fence: re.Match[str]) -> bool:
    return fence["marks"][0] == "~" or "`" not in fence["rest"]


def _closes(fence: re.Match[str] | None, marks: str) -> bool:
    return (
        fence is not None
        and fence["marks"][0] == marks[0]
        and len(fence["marks"]) >= len(marks)
        and not fence["rest"].strip()
    )


def _inline_spans(text: str, blocks: list[Span]) -> Iterator[Span]:
    """The code, math and comments between the code blocks of a text, in order."""
    at = 0
    for block in blocks:
        yield from _InlineScanner(text, at, block.start).spans()
        at = block.end
    yield from _InlineScanner(text, at, len(text)).spans()


class _InlineScanner:
    """Goes through one stretch of a text that holds no code block."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._gaps = [gap.start() for gap in _BLANK_LINE.finditer(text, start, end)]
        self._no_comment_after = end
        self._ticks: dict[int, list[int]] = {}
        for run in re.compile("`+").finditer(text, start, end):
            self._ticks.setdefault(run.end() - run.start(), []).append(run.start())

    def spans(self) -> Iterator[Span]:
        """The spans, in order."""
        at = self._start
        while mark := _INLINE.search(self._text, at, self._end):
            span = self._span(mark)
            if span:
                yield span
            at = span.end if span else mark.end()

    def _span(self, mark: re.Match[str]) -> Span | None:
        """The span that a mark begins, if it begins one."""
        start, marks = mark.start(), mark[0]
        if marks == "<!--":
            return self._comment(start)
        if marks.startswith("\\"):
            return None
        gap = bisect.bisect(self._gaps, start)
        paragraph_end = self._gaps[gap] if gap < len(self._gaps) else self._end
        if marks == "$$":
            end = self._text.find("$$", start + 2, paragraph_end)
            return Span(Kind.MATH, start, end + 2) if end >= 0 else None
        if marks == "$":
            return self._dollar(start, paragraph_end)
        # A backslash may have taken the first of a run, which is then none that closes anything.
        closing = self._ticks.get(len(marks), [])
        following = bisect.bisect(closing, start)
        if following < len(closing) and closing[following] < paragraph_end:
            return Span(Kind.CODE, start, closing[following] + len(marks))
        return None

    def _comment(self, start: int) -> Span | None:
        if start >= self._no_comment_after:
            return None
        end = self._text.find("-->", start + 4, self._end)
        if end < 0:
            self._no_comment_after = start
            return None
        return Span(Kind.COMMENT, start, end + 3)

    def _dollar(self, start: int, limit: int) -> Span | None:
        """Math between single dollars: no space just inside them, and no digit after, as in "$5 to $6"."""
        text, end = self._text, self._text.find("$", start + 1, limit)
        while end >= 0 and text[end - 1] == "\\":
            end = text.find("$", end + 1, limit)
        if end <= start + 1 or text[start + 1].isspace() or text[end - 1].isspace():
            return None
        return None if text[end + 1 : end + 2].isdigit() else Span(Kind.MATH, start, end + 1)
