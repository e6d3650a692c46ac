"""What was given to ``add``, told apart: identifiers, files of other programs, PDFs, texts with identifiers in them."""

import dataclasses
import itertools
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs_papers.records.limits import LARGEST_INPUT, cut
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Place
from mkdocs_papers.sources.encoding import text_of
from mkdocs_papers.sources.file_formats import format_of
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.identify import Identifier, identify, mentions
from mkdocs_papers.sources.pdf import PdfError, is_pdf, read_pdf

STANDARD_INPUT = "-"
PASTED = "the text"
"""What a pasted text is called in failures."""

_FROM_TEXT = "--from-text finds identifiers among words"
_IF_WRONG = "save it in UTF-8 if letters are wrong"
_MARKUP = ("<?xml", "<!doctype", "<html", "<xml")
_NO_MARKUP = ("is HTML, or XML of another form than EndNote's", f"export it as BibTeX, RIS or CSL-JSON; {_FROM_TEXT}")

_HEAD = 1000
_LONGEST_SHOWN = 60
_WORD = re.compile(r"[^\s\u200b\ufeff]+")
"""Words; a byte-order mark and a place to break a line are none, nor in one."""

_TEXT = "paste an arXiv id, a DOI, an address, or BibTeX, RIS or CSL-JSON"
_WHAT = "give an arXiv id, a DOI, an address, or a BibTeX, RIS, CSL-JSON, EndNote, PubMed or PDF file"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An identifier that was given.

    Attributes:
        place: where it stands, in a text.
        path: the text's file; "" for an argument.
        page: the text of the first page of the PDF that it was found in; "" for none.
    """

    what: str
    identifier: Identifier
    place: Place | None = None
    path: str = ""
    page: str = ""

    def failure(self, wrong: str, right: str = "") -> Failure:
        """Why it did not become a record."""
        if self.path and self.place:
            return Failure(self.path, f"{self.what}: {wrong}", right, self.place)
        return Failure(self.path or self.what, wrong, right)


Input = Mentioned | Found | Failure
"""One thing that was given: an identifier, an entry of a file, or what cannot be used."""


def inputs(what: str, *, from_text: bool = False) -> Iterator[Input]:
    """What an argument gives, one after the other; each is a record to be, or named as failed.

    Args:
        what: an identifier, an address, the path of a file, or ``-`` for standard input.
        from_text: find the identifiers in a text, whatever else is in it.
    """
    if what == STANDARD_INPUT:
        yield from _of_content(sys.stdin.buffer.read(LARGEST_INPUT + 1), "standard input", from_text=from_text)
    elif _is_file(what):
        try:
            with Path(what).open("rb") as file:
                content = file.read(LARGEST_INPUT + 1)
        except OSError as error:
            yield Failure(what, f"cannot be read: {error.strerror}")
            return
        yield from _of_content(content, what, from_text=from_text)
    elif identifier := identify(what):
        yield Mentioned(what, identifier)
    elif from_text and (found := list(mentions(what))):
        yield from (Mentioned(each.text, each.identifier) for each in found)
    else:
        yield Failure(_shown(what), "is no identifier, no address and no file", _WHAT)


def pasted(text: str) -> Iterator[Input]:
    """What a text of any kind gives that somebody has pasted; no file is read, whatever is in it."""
    if identifier := identify(text.strip()):
        yield Mentioned(_shown(text), identifier)
    elif format_ := format_of(text):
        yield from format_.iterate(text, PASTED)
    else:
        found = list(_of_text(text, PASTED, from_text=not all(map(identify, text.split()))))
        yield from found or [Failure(PASTED, "holds no identifier and no address of a paper", _TEXT)]


def _is_file(what: str) -> bool:
    try:
        return Path(what).is_file()
    except (OSError, ValueError):  # too long for a name, or a zero in it
        return False


def _of_content(content: bytes, path: str, *, from_text: bool) -> Iterator[Input]:
    if len(content) > LARGEST_INPUT:
        wrong = f"has more than {LARGEST_INPUT // 1024**2} MiB, so nothing of it is read"
        yield Failure(path, wrong, "give its arXiv id or DOI instead" if is_pdf(content) else "add it in parts")
        return
    if is_pdf(content):
        try:
            identifier, page = read_pdf(content)
        except PdfError as error:
            yield Failure(path, str(error))
        else:
            yield Mentioned(str(identifier), identifier, path=path, page=page)
        return
    text, odd = text_of(content)
    if from_text:
        yield from _of_text(text or content.decode("latin-1"), path, from_text=True)
    elif "\0" in (text or content.decode("latin-1"))[:_HEAD]:
        yield Failure(path, "is no text and no PDF", _WHAT)
    elif text is None:
        yield Failure(path, "is not in UTF-8, and in which encoding it is cannot be told", "save it in UTF-8")
    elif format_ := format_of(text):
        entries = format_.iterate(text, path)
        yield from _with_warning(entries, Failure(path, odd, _IF_WRONG)) if odd else entries
    elif text[:_HEAD].lstrip("\ufeff \t\r\n").lower().startswith(_MARKUP):
        yield Failure(path, *_NO_MARKUP)
    else:
        yield from _of_text(text, path, from_text=False)


def _with_warning(entries: Iterator[Found | Failure], odd: Failure) -> Iterator[Found | Failure]:
    """The entries, of which the first that can be read says what is odd about the file."""
    for entry in entries:
        if isinstance(entry, Found):
            yield dataclasses.replace(entry, odd=(odd, *entry.odd))
            break
        yield entry
    yield from entries


def _of_text(text: str, path: str, *, from_text: bool) -> Iterator[Input]:
    """The identifiers in a text: among other words with `from_text`, else each word has to be one."""
    if from_text:
        for each in mentions(text):
            yield Mentioned(each.text, each.identifier, each.place, path)
        return
    lines = Lines(text)
    words = list(_WORD.finditer(text))
    found = {word[0]: identify(word[0]) for word in words}
    if words and not any(found.values()):
        yield Failure(path, "is no BibTeX, RIS or CSL-JSON, and holds no identifier", _FROM_TEXT)
        return
    for is_known, group in itertools.groupby(words, lambda word: found[word[0]] is not None):
        run = list(group)
        if not is_known:
            shown = _shown(text[run[0].start() : run[-1].end()])
            yield Failure(path, f"{shown!r} is no identifier", _FROM_TEXT, lines.place(run[0].start()))
        for word in run:
            if identifier := found[word[0]]:
                yield Mentioned(word[0], identifier, lines.place(word.start()), path)


def _shown(what: str) -> str:
    return cut(" ".join(what.split()), _LONGEST_SHOWN)
