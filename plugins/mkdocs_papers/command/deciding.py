"""What becomes of one thing that came in: a new record, a paper that is there already, or a failure."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from mkdocs_papers.command.filling import completed
from mkdocs_papers.command.given import Input, Mentioned
from mkdocs_papers.command.placing import LibraryRecords, Match, Placed
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.identify import Identifier, Scheme, identify
from mkdocs_papers.sources.pdf import holds_title
from mkdocs_papers.sources.resolve import Resolved, Resolver

_NOT_OF_ALL = ("volume", "number", "pages")
"""The fields that nobody misses: many papers have none."""

_FIELDS = {
    "title": ("paper.title", "title"),
    "authors": ("paper.authors", "authors"),
    "institutions": ("paper.institutions", "institutions"),
    "url": ("paper.url", "url"),
    "abstract": ("paper.abstract", "abstract"),
    "venue": ("pub.where", "venue"),
    "year": ("pub.year", "year"),
    "doi": ("paper.doi", "doi"),
    **{name: (f"pub.{name}", name) for name in _NOT_OF_ALL},
}
"""What is told of a record: the attribute of `Found`, the field, and its name."""


@dataclass(frozen=True, slots=True)
class New:
    """A paper that the library lacks, as a person knows it; nobody was asked of what stands in a file."""

    placed: Placed
    found: Found
    what: str
    resolved: Resolved | None = None


@dataclass(frozen=True, slots=True)
class There:
    """A paper that the library has, and what is known of it; None where nobody was asked."""

    match: Match
    what: str
    found: Found | None = None


def decide(
    given: Input, records: LibraryRecords, resolver: Resolver, *, complete: bool = False
) -> New | There | Failure:
    """What becomes of one thing that came in.

    Args:
        records: where records go; what is new counts as there from then on.
        complete: whether somebody is asked about an entry of a file, too.
    """
    if isinstance(given, Failure):
        return given
    if isinstance(given, Found):
        return _put(_completed(given, resolver) if complete else given, given.source, records)
    what = f"{given.path}: {given.what}" if given.path else given.what
    if match := records.known(_hint(given.identifier)):
        return There(match, what)
    resolved = resolver.resolve(given.identifier)
    found = resolved.found
    if found is None:
        right = "give its DOI, if it has one" if given.identifier.scheme is Scheme.PAGE else ""
        said = "; ".join(dict.fromkeys(map(str, resolved.asked)))
        return given.failure(f"nothing was found: {said}", right)
    if given.page and not holds_title(given.page, found.title or ""):
        wrong = f"{given.what}, found in it, is another paper: {found.title!r}"
        return Failure(given.path, wrong, "give the paper's own id, DOI or address")
    return _put(found, what, records, given, resolved)


def _put(
    found: Found, what: str, records: LibraryRecords, given: Mentioned | None = None, resolved: Resolved | None = None
) -> New | There | Failure:
    if match := records.known(found):
        return There(match, what, found)
    placed = records.place(found)
    if isinstance(placed, Failure):
        return given.failure(placed.wrong, placed.right) if given else placed
    return New(placed, found, what, resolved)


def _completed(found: Found, resolver: Resolver) -> Found:
    """An entry with what is known of its paper elsewhere."""
    identifier = identify(f"arXiv:{found.arxiv}" if found.arxiv else found.doi or "")
    known = resolver.resolve(identifier).found if identifier else None
    return completed(found, known) if known else found


def _hint(identifier: Identifier) -> Found:
    """What an identifier by itself says of its paper."""
    value = identifier.value
    if identifier.scheme is Scheme.ARXIV:
        return Found("", arxiv=value)
    if identifier.scheme is Scheme.DOI:
        return Found("", doi=value)
    addresses = {
        Scheme.ACL: f"https://aclanthology.org/{value}/",
        Scheme.OPENREVIEW: f"https://openreview.net/forum?id={value}",
    }
    return Found("", url=addresses.get(identifier.scheme, value))


def origins(new: New) -> Iterator[str]:
    """Where each field of a record came from, one line a source; what nobody said, and which sources did not answer."""
    placed, found = new.placed, new.found
    yield f"{placed.path}:"
    by_source: dict[str, list[str]] = {}
    missing = []
    for attribute, (path, name) in _FIELDS.items():
        if not attrgetter(path)(placed.info):
            missing += [name] if name not in _NOT_OF_ALL else []
        elif attribute == "venue" and not found.venue:
            by_source.setdefault("no published version is known, so it counts as a preprint", []).append(name)
        elif attribute == "url" and not found.url:
            by_source.setdefault("made of the identifier", []).append(name)
        else:
            by_source.setdefault(found.origin(attribute), []).append(name)
    if placed.info.paper.abbr and not found.rest.paper.abbr:
        by_source.setdefault("taken from the title", []).append("abbr")
    yield from (f"  {', '.join(names)}: {source}" for source, names in by_source.items())
    if missing:
        yield f"  not known: {', '.join(missing)}"
    if found.comment:
        yield f"  the authors' comment: {found.comment}"
    if placed.offered:
        yield f"  offered in the record: {', '.join(placed.offered)}"
    if new.resolved:
        yield from (f"  {note}" for note in new.resolved.notes)
        yield from (f"  {asked}" for asked in new.resolved.asked if not asked.answered)
