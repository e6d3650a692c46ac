"""BibTeX and BibLaTeX, as people and Zotero, Better BibTeX, JabRef, Mendeley, EndNote and Scopus write it.

Pybtex reads the values. What it drops or trips over in files from the wild is dealt with around it: an entry without a
key, a field or a key that stands twice, a missing comma, a brace too many or too few, an ``@string`` that is not
defined or grows beyond measure, ``crossref`` and ``xdata``. Fields as in "BibTeXing" (Oren Patashnik, 1988) and in the
manual of BibLaTeX (https://ctan.org/pkg/biblatex), sections 2.1 to 2.3.
"""

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from pybtex.bibtex.utils import split_name_list
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError
from pybtex.scanner import Literal, Pattern, PybtexSyntaxError, Token

from mkdocs_papers.records.limits import LONGEST_JOINED
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.schema import Status
from mkdocs_papers.sources.entry import Words, found, is_arxiv
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.latex import latex_to_text, verbatim_to_text, with_asides
from mkdocs_papers.sources.plain_text import is_suffix, listed, people, person
from mkdocs_papers.sources.without_markup import plain, plain_paragraphs

_NEVER_CLOSED = "a brace or quote is opened and never closed"

_COMMAND = re.compile(r"@\s*(?P<name>[A-Za-z][\w:.+-]*)\s*(?P<open>[{(])")
_COMMAND_LINE = re.compile(
    r"^[ \t]*@(?:(?:string|preamble|comment)\s*[{(]|[A-Za-z]+\s*[{(][^\s,{}=()]*,)", re.MULTILINE | re.IGNORECASE
)
"""The beginning of a command on a line of its own. No value holds one: a brace before it was never closed."""

_BEGINS_A_LINE = re.compile(rf"^[ \t]*{_COMMAND.pattern}", re.MULTILINE)
"""What may be a command, where the one before cannot be read: in doubt it is read, and named where it is none."""

_BRACES = re.compile("[{}]")

_NO_KEY = re.compile(r"\s*(?:,|(?=[A-Za-z][\w-]*\s*=))")
_KEY = re.compile(r"\s*+([^\s,={}#%]++(?:[^\S\n]++[^\s,={}#%]++)*+)\s*+(?=,)")
"""A key with spaces, which BibTeX knows none of, up to its comma."""

_NEXT_FIELD = re.compile(r"\s*[A-Za-z][\w:.+-]*\s*=")
_LEFT_OVER = re.compile(r"\s*(?:,\s*)?(?:\}|[A-Za-z][\w-]*\s*=\s*[{\"\d])")
_INHERITS = re.compile(r"\b(?:crossref|xdata)\s*=", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_FOLDED = re.compile(r"\n[ \t]+|(?<=,)[ \t]*\n")
"""Where a list of keywords goes on in the next line."""

_NAME_PART = re.compile(
    r"\s*(family|given|prefix|suffix|(?:family|given|prefix|suffix)-i|useprefix|id)\s*=\s*(.*)", re.DOTALL
)

_AND_ALONE = re.compile(r"(?:\s+and)+\s+(?=and\s|$)|^\s*(?:and\s+)+", re.IGNORECASE)
"""An "and" with nothing on one of its sides."""

_AND_OTHERS = re.compile(r"(?:^|\s+)(?:others|\{*et\.? al\.?\}*|…|\.{3}|\\l?dots(?:\{\})?)\s*$", re.IGNORECASE)
"""What stands for authors who are not named; ``{others}`` in braces is called so, as the export writes it."""
_COMMA_AND = re.compile(r",\s+and\s")
"""The end of a list in prose, "A, B, and C"."""

_BETWEEN_NAMES = (";", "&")
_VOLUMES = frozenset({"proceedings", "mvproceedings", "xdata", "set"})
"""Entries that stand for no paper where others refer to them."""

_ITS_OWN = frozenset(("title", "subtitle", "author", "shorttitle", "key", "doi", "url", "abstract"))
"""What an entry does not inherit by ``crossref``."""

_EDITED = frozenset({"book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"})
"""Entries that an editor stands for, where they have no author."""

_BY_PUBLISHER = _EDITED.union(
    ("inbook", "booklet", "manual", "misc", "online", "electronic", "www", "software", "dataset")
)
"""Entries of what its publisher, an organization or a site publishes by itself."""

_VENUE_ALONE = frozenset({"publisher", "organization", "howpublished"})

_READ = {"read": Status.READ, "skimmed": Status.READING}
"""JabRef's ``readstatus``; its ``ranking`` is ``rank1`` to ``rank5``."""

_RANK = re.compile("rank([1-5])")
_SUPPORTED = frozenset(
    """
    title subtitle author date year issued journaltitle journal booktitle maintitle eventtitle conference school
    institution volume number issue pages eid articleno article-number art_number doi
    url link ee pdf eprint arxivid arxiv
    archiveprefix eprinttype primaryclass eprintclass abstract shorttitle keywords keyword readstatus ranking
    crossref xdata ids
    """.split()  # noqa: SIM905 - many words read better than many quoted ones
)
"""The fields of which a record says what they say. A name of who published or edited counts where it stands for the
venue or the authors."""

_JOURNALS: Mapping[str, str] = json.loads(
    (files("mkdocs_papers") / "sources/journals.json").read_text(encoding="utf-8")
)
"""Journals that the Astrophysics Data System names by LaTeX commands, https://ui.adsabs.harvard.edu/help/actions/journal-macros."""

_WEIGHTY = ("title", "author", "year", "date", "doi", "url", "journal", "booktitle", "eprint")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the file.

    Attributes:
        start: where it begins, in code points.
        kind: its type, in small letters.
        key: its citation key; may be empty.
        fields: its values by name in small letters; of a field that stands twice, the first.
        again: further values of such fields.
        odd: what is odd about it and costs nothing: the offset, what is wrong, what was made of it.
    """

    start: int
    kind: str
    key: str
    fields: Mapping[str, str]
    again: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    odd: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Broken:
    """An entry that cannot be read: where it begins, where and why reading stopped."""

    start: int
    key: str
    at: int
    wrong: str


def iterate(text: str, path: str) -> Iterator[Found | Failure]:
    """The entries of a BibTeX file, one after the other; only those that others inherit from are kept."""
    lines = Lines(text)
    parents = _parents(text) if _INHERITS.search(text) else {}
    for entry in _Reader(text):
        place = lines.place(entry.start)
        if isinstance(entry, _Broken):
            stopped = lines.place(entry.at)
            where = f" (line {stopped.line}, column {stopped.column})" if stopped.line != place.line else ""
            name = f"the entry {entry.key!r}" if entry.key else "it"
            yield Failure(path, f"{name} cannot be read: {entry.wrong}{where}", "mend it and add the file again", place)
        elif entry.kind in _VOLUMES and entry.key.lower() in parents:
            wrong = f"the entry {entry.key!r} is what others refer to, and no paper"
            yield Failure(path, wrong, "nothing is lost: they have its fields", place)
        else:
            fields = _inherited(entry, parents)
            yield _found(entry, fields, path, lines)


def _parents(text: str) -> dict[str, Entry]:
    """The entries that others refer to, by key in small letters."""
    entries = [entry for entry in _Reader(text) if isinstance(entry, Entry)]
    named = (entry.fields.get(name, "").split(",") for entry in entries for name in ("crossref", "xdata"))
    wanted = {key.strip().lower() for keys in named for key in keys}
    return {key: entry for entry in reversed(entries) if (key := entry.key.lower()) in wanted}


def _inherited(entry: Entry, parents: Mapping[str, Entry]) -> dict[str, str]:
    """The fields of an entry, with those that it inherits; a circle ends where it began."""
    fields = dict(entry.fields)
    seen = {entry.key.lower()}
    waiting = [(name, entry.fields.get(name, "")) for name in ("xdata", "crossref")]
    while waiting:
        how, keys = waiting.pop(0)
        for key in filter(None, (part.strip().lower() for part in keys.split(","))):
            parent = parents.get(key)
            if parent is None or key in seen:
                continue
            seen.add(key)
            for name, value in parent.fields.items():
                if how == "crossref" and name in _ITS_OWN:
                    if name == "title" and entry.kind not in {"article", "book"}:
                        fields.setdefault("booktitle", value)
                else:
                    fields.setdefault(name, value)
            waiting += [(name, parent.fields.get(name, "")) for name in ("xdata", "crossref")]
    return fields


# From fields to facts.


def _found(entry: Entry, fields: Mapping[str, str], path: str, lines: Lines) -> Found:
    def text(*names: str) -> str:
        return next((value for name in names if (value := _text(fields.get(name, "")))), "")

    def verbatim(*names: str) -> tuple[str, ...]:
        return tuple(value for name in names if name in fields and (value := verbatim_to_text(fields[name])))

    eprint = verbatim("eprint", "arxivid", "arxiv")
    archive = (text("archiveprefix", "eprinttype") or "arxiv").lower()
    by_itself = entry.kind in _BY_PUBLISHER
    how = text("howpublished")
    edited = entry.kind in _EDITED and not fields.get("author")
    supported = _SUPPORTED.union(_VENUE_ALONE if by_itself else (), ("editor",) if edited else ())
    title = text("title")
    if subtitle := text("subtitle"):
        title = f"{title}: {subtitle}"
    journal = text("journaltitle", "journal")
    journal = _JOURNALS.get(journal, journal)
    words = Words(
        title=title,
        authors=names(fields.get("editor" if edited else "author", "")),
        year=tuple(filter(None, (text("date"), text("year"), text("issued")))),
        venue=(
            journal,
            "" if entry.kind in _EDITED else text("booktitle", "maintitle"),
            "" if "://" in how or how.startswith("www.") else how,
            text("eventtitle", "conference"),
            text("school"),
            text("institution"),
        ),
        publisher=text("organization", "publisher") if by_itself else "",
        volume=text("volume"),
        number=text("number", "issue"),
        pages=text("pages", "eid", "articleno", "article-number", "art_number"),
        dois=verbatim("doi"),
        addresses=verbatim("url", "howpublished", "link", "ee"),
        pdfs=verbatim("pdf"),
        eprints=(*(eprint if archive == "arxiv" else ()), *filter(is_arxiv, verbatim("eid", "pages"))),
        remarks=(
            f"{journal} {text('volume')}",
            text("volume"),
            *(
                _text(row)
                for name in ("note", "number", "annote", "annotation", "comment", "publisher")
                for row in fields.get(name, "").splitlines()
            ),
        ),
        abstract=plain_paragraphs(
            "\n\n".join(map(latex_to_text, _PARAGRAPH.split(with_asides(fields.get("abstract", "")))))
        ),
        short=text("shorttitle"),
        keywords=_keywords(entry, fields),
        key=entry.key,
        status=_READ.get(text("readstatus").lower()),
        rating=int(rank[1]) if (rank := _RANK.fullmatch(text("ranking"))) else None,
        odd=tuple(_odd(entry, path, lines)),
        unsupported=tuple(name for name in entry.fields if name not in supported),
    )
    return found(words, path, lines.place(entry.start))


def _odd(entry: Entry, path: str, lines: Lines) -> Iterator[Failure]:
    """What is odd about an entry, each with its place."""
    for offset, wrong, right in entry.odd:
        yield Failure(path, wrong, right, lines.place(offset))
    if _AND_OTHERS.search(entry.fields.get("author", "")):
        wrong, right = f"{entry.key!r} does not name all of its authors", "add the others, or the paper by its DOI"
        yield Failure(path, wrong, right, lines.place(entry.start))
    for name in _WEIGHTY:
        others = {_text(value) for value in entry.again.get(name, ())} - {_text(entry.fields.get(name, ""))}
        if others:
            wrong = f"the field {name!r} of {entry.key!r} stands again, with another value"
            yield Failure(path, wrong, "the first one counts", lines.place(entry.start))


@functools.lru_cache(maxsize=4096)
def _text(source: str) -> str:
    return plain(latex_to_text(source))


def _keywords(entry: Entry, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Keywords, outside of braces parted by semicolons, or each on a line as EndNote has them, or by commas."""
    values = [fields.get("keywords", ""), *entry.again.get("keywords", ()), fields.get("keyword", "")]
    if "unique-id" in fields:  # the Web of Science puts all values into braces
        values = [value.removeprefix("{").removesuffix("}") for value in values]
    lists = ([_split(_FOLDED.sub(" ", value), sign) for sign in ";\n,"] for value in values)
    parts = (part for ways in lists for part in next((way for way in ways if len(way) > 1), ways[0]))
    return tuple(word for part in parts if (word := _text(part)))


# Names.


def names(source: str) -> tuple[str, ...]:
    """The names in a value of ``author``, as they are said; what is in braces is one name.

    Args:
        source: ``Rossum, Guido van and {NVIDIA Corporation} and family=Doe, given=Jane and others``.
    """
    if not source.strip():
        return ()
    found: list[str] = []
    # A list may be broken into lines anywhere.
    listed = split_name_list(_AND_ALONE.sub(" ", f" {' '.join(source.split())} ").strip())
    if len(listed) == 1:
        listed = next((parts for sign in _BETWEEN_NAMES if len(parts := _named(source, sign)) > 1), listed)
    for each in listed:
        found += _several(_AND_OTHERS.sub("", each))
    if _COMMA_AND.search(source) and len(told := people(_text(source))) > len(found):
        return told
    return tuple(found)


def _named(source: str, sign: str) -> list[str]:
    """The parts of a list around a sign; the whole where that may belong to a name, as in "Barnes & Noble"."""
    parts = _split(source.replace("\\&", "&"), sign)
    return parts if sign == ";" or all("," in part for part in parts) else [source]


def _several(source: str) -> list[str]:
    """The name, or the names of a list whose writer used commas in place of "and"."""
    parts = [part.strip() for part in _split(source, ",")]
    if _NAME_PART.fullmatch(parts[0]) and len(parts) > 1:
        return [_extended(parts)]
    texts = list(filter(None, map(_text, parts)))
    if len(texts) == 1:  # a comma in braces parts nothing
        return [person("", texts[0]) or ""]
    found = listed(texts)
    # Names of groups stand in braces, so more than one comma parts people.
    return texts if len(found) == 1 and sum(not is_suffix(text) for text in texts) > 2 else found  # noqa: PLR2004


def _extended(parts: list[str]) -> str:
    """A name in BibLaTeX's own form, ``family=Rossum, given=Guido, prefix=van``."""
    said = {match[1]: _text(match[2].strip().strip('"')) for part in parts if (match := _NAME_PART.fullmatch(part))}
    return person(said.get("given"), said.get("family"), said.get("suffix"), said.get("prefix")) or ""


def _split(source: str, separator: str) -> list[str]:
    """The parts of a value between separators that stand in no braces."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"\\.|[{{}}{separator}]", source, re.DOTALL):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif match[0] == separator and depth <= 0:
            parts.append(source[start : match.start()])
            start = match.end()
    return [*parts, source[start:]]


# The reader.


class _TooLongError(PybtexError):  # type: ignore[misc]  # pybtex declares no types
    """A value that `@string`s make longer than any real one."""


class _Reader(LowLevelParser):  # type: ignore[misc]  # pybtex declares no types
    """Pybtex's reader of commands and values, which goes on after whatever is wrong and says where that was."""

    pos: int
    current_value: list[str]

    def __init__(self, text: str) -> None:
        super().__init__(text, macros=dict(month_names))
        self._limit = len(text)
        self._following = -1
        self._key = ""
        self._values: list[tuple[str, str]] = []
        self._odd: list[tuple[int, str, str]] = []

    def __iter__(self) -> Iterator[Entry | _Broken]:
        """The entries, in order. Strings, preambles and comments are none."""
        while command := _COMMAND.search(self.text, self.pos):
            name = command["name"].lower()
            start, self.pos = command.start(), command.end()
            if name == "comment":
                self._skip_comment(command["open"])
                continue
            self.command_start, self._key, self._values, self._odd = start, "", [], []
            end = self.RBRACE if command["open"] == "{" else self.RPAREN
            # Looked for once, however many commands stand before it, or none is.
            if self._following < self.pos:
                following = _COMMAND_LINE.search(self.text, self.pos)
                self._following = following.start() if following else len(self.text)
            self._limit = self._following
            body = {"string": self._string, "preamble": self.parse_preamble_body}.get(name, self._entry)
            try:
                body(end)
                self.required([end])
                if _LEFT_OVER.match(self.text, self.pos):
                    raise PybtexSyntaxError("a brace too many ends it before its last field", self)  # noqa: TRY301
            except (PybtexSyntaxError, _TooLongError, RecursionError) as error:
                ended = self.pos >= self._limit
                where, why = (start, _NEVER_CLOSED) if ended else (self.pos, _reason(error))
                yield _Broken(start, self._key, where, why)
                line = self.text.rfind("\n", 0, self.pos) + 1
                again = _BEGINS_A_LINE.search(self.text, max(0 if ended else line, start + 1))
                self.pos = again.start() if again else len(self.text)
                continue
            if name not in {"string", "preamble"}:
                yield self._made(start, name)

    def _made(self, start: int, kind: str) -> Entry:
        fields: dict[str, str] = {}
        again: dict[str, list[str]] = {}
        for name, value in self._values:
            if fields.setdefault(name.lower(), value) is not value and value:
                again.setdefault(name.lower(), []).append(value)
        twice = {name: tuple(values) for name, values in again.items()}
        return Entry(start, kind, self._key, fields, twice, tuple(self._odd))

    def _skip_comment(self, opening: str) -> None:
        """Leave a comment behind: all of it where its braces balance, else only its beginning."""
        if opening == "(":
            return
        depth, at = 1, self.pos
        for brace in _BRACES.finditer(self.text, at):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                self.pos = brace.end()
                return

    def _string(self, _end: Literal) -> None:
        name = self.required([self.NAME]).value
        self.required([self.EQUALS])
        self.parse_value()
        self.macros[name.lower()] = "".join(self.current_value)

    def _entry(self, end: Literal) -> None:
        if missing := _NO_KEY.match(self.text, self.pos):
            self.pos = missing.end()
        elif spaced := _KEY.match(self.text, self.pos):
            self._key, self.pos = spaced[1], spaced.end()
        else:
            pattern = self.KEY_PAREN if end == self.RPAREN else self.KEY_BRACE
            self._key = self.required([pattern]).value
        self._fields()

    def _fields(self) -> None:
        while True:
            name = self.optional([self.NAME])
            if name:
                self.required([self.EQUALS])
                self.parse_value()
                self._values.append((name.value, "".join(self.current_value).strip()))
            if self.optional([self.COMMA]):
                continue
            if not _NEXT_FIELD.match(self.text, self.pos):
                return
            self._odd.append((self.pos, "a comma is missing before this field", "it is read as if there were one"))

    def parse_value(self) -> None:
        """One value, which several parts may make up.

        Raises:
            _TooLongError: it is longer than any real one.
        """
        super().parse_value()
        if sum(map(len, self.current_value)) > LONGEST_JOINED:
            raise _TooLongError(f"a value is longer than {LONGEST_JOINED:,} characters")

    def substitute_macro(self, name: str) -> str:
        """What an ``@string`` stands for, or its name where it is not defined: that says something, too."""
        if name.lower() not in self.macros:
            self._odd.append((self.pos - len(name), f"the @string {name!r} is not defined", "its name stands for it"))
        return str(self.macros.get(name.lower(), name))

    def skip_to(self, patterns: list[Pattern]) -> Token | None:
        """Go on behind the next of several characters; pybtex looks for each of them up to the end of the file."""
        found = _any_of(tuple(pattern.description[1:-1] for pattern in patterns)).search(
            self.text, self.pos, self._limit
        )
        if not found:
            return None
        value = self.text[self.pos : found.end()]
        self.pos = found.end()
        return Token(value, next(pattern for pattern in patterns if pattern.description[1:-1] == found[0]))

    def update_lineno(self, value: str) -> None:
        """Do not count: lines are looked up where they are needed."""


def _reason(error: Exception) -> str:
    """Why an entry cannot be read, in words."""
    if isinstance(error, RecursionError):
        return "braces are nested too deep"
    message = str(error.args[0]) if error.args else str(error)
    if "premature end" in message:
        return _NEVER_CLOSED
    if message == "unbalanced braces":
        return "its braces do not balance"
    return f"{message.removesuffix(' expected')} belongs here" if message.endswith(" expected") else message


@functools.cache
def _any_of(characters: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, characters)) + "]")
