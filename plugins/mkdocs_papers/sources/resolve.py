"""From an identifier to what is known of its paper: who is asked when, and whose word counts for what.

Each source says what it knows, and none knows another. Where a paper was published is taken from one record as a
whole: venue, year and DOI of two records are never mixed. A record counts as that of the published version only where
its title and its authors agree with those of the preprint.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from mkdocs_papers.records.schema import PaperInfo, PubBlock
from mkdocs_papers.sources import registration
from mkdocs_papers.sources.agree import agrees, fuller, shared_authors
from mkdocs_papers.sources.asking import Answer, Asker, Request, Unanswered, checked
from mkdocs_papers.sources.capitals import without_capitals
from mkdocs_papers.sources.found import Found, Kind
from mkdocs_papers.sources.identify import Identifier, Scheme
from mkdocs_papers.sources.pdf import holds_title
from mkdocs_papers.sources.registry import SOURCES
from mkdocs_papers.sources.source import Role, Source

_DESCRIPTION = ("title", "authors", "institutions", "year", "url", "abstract", "codes", "comment")
"""What several sources of one paper may say, and one completes of the other."""

_PUBLICATION = ("venue", "volume", "number", "pages", "year", "doi")
"""What says where and when a paper was published; it comes from one record."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked about what, what came of it in words after the name, and whether that was an answer."""

    source: str
    about: str
    said: str
    answered: bool = True

    def __str__(self) -> str:
        """In one clause."""
        return f"{self.source} {self.said}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What came of an identifier: the paper, if anybody knows it, and what a reader should know, a sentence each."""

    found: Found | None
    asked: tuple[Asked, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Resolver:
    """Resolves identifiers, one at a time; tells the name of each source before it is asked, and about what."""

    asker: Asker
    tell: Callable[[str, str], None] = lambda _source, _about: None
    sources: tuple[Source, ...] = SOURCES
    _asked: list[Asked] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _unanswered: bool = False
    _said: dict[tuple[str, Identifier], tuple[Found, ...]] = field(default_factory=dict)

    def resolve(self, identifier: Identifier) -> Resolved:
        """What is known of a paper."""
        self._begin()
        found = self._page(identifier) if identifier.scheme is Scheme.PAGE else self._identified(identifier)
        if found:
            found = dataclasses.replace(found, authors=without_capitals(found.authors))
        if found and found.kind is Kind.WITHDRAWN:
            self._notes.append(f"it was withdrawn: {found.comment or 'its source says so'}")
        return Resolved(found, tuple(self._asked), tuple(self._notes))

    def published(self, found: Found) -> Resolved:
        """A preprint that is known already, with its published version where there is one by now.

        What joins identifiers knows of most, so the preprint's own sources, which may name a DOI, are asked only where
        that leads nowhere.

        Args:
            found: the preprint, with its arXiv identifier, title and authors.
        """
        self._begin()
        identifier = Identifier(Scheme.ARXIV, found.arxiv or "")
        joined = tuple(self._all(identifier, Role.JOIN))
        if not any(each.doi for each in joined) and (own := self._first(identifier, merge=True)):
            found = dataclasses.replace(found, published_doi=own.published_doi)
        return Resolved(self._published(found, joined), tuple(self._asked), tuple(self._notes))

    def _begin(self) -> None:
        self._asked, self._notes, self._said = [], [], {}

    def _identified(self, identifier: Identifier) -> Found | None:
        """A paper by an identifier that is no address."""
        if identifier.scheme is Scheme.ARXIV:
            return self._preprint(identifier)
        if identifier.scheme is Scheme.DOI:
            return self._registered(identifier)
        found = self._first(identifier)
        return self._completed_by_doi(found) if found else None

    def _preprint(self, identifier: Identifier) -> Found | None:
        """A paper on arXiv: what all of its sources say, and where it was published."""
        found = self._first(identifier, merge=True)
        return self._published(found, self._all(identifier, Role.JOIN)) if found else None

    def _registered(self, identifier: Identifier) -> Found | None:
        """A paper with a DOI, by the agency that has registered it."""
        found = self._first(identifier, agency=self._agency(identifier))
        if found is None:
            return None
        if found.sorted_authors:
            found = self._in_order(found, identifier)
        found = self._with_affiliations(found)
        return self._published(found) if found.kind is Kind.PREPRINT and found.published_doi else found

    def _page(self, identifier: Identifier) -> Found | None:
        """A page by its tags; what they lack by the identifier that they name. A PDF by the one that it holds."""
        found = self._first(identifier)
        if found is None:
            return None
        if found.names:
            known = self._identified(found.names)
            if known and not holds_title(found.page, known.title or ""):
                said = f"names {found.names}, which is another paper: {known.title!r}"
                self._asked.append(Asked(found.source, identifier.value, said))
                return None
            return known
        if found.arxiv:
            return self._preprint(Identifier(Scheme.ARXIV, found.arxiv)) or found
        return self._completed_by_doi(found)

    def _completed_by_doi(self, found: Found) -> Found:
        """What is known, with the gaps filled by the record of its DOI where that is of the same paper."""
        if not found.doi:
            return found
        identifier = Identifier(Scheme.DOI, found.doi)
        gaps = [name for name in ("authors", "venue", "year") if not getattr(found, name)]
        if gaps:
            for other in self._all(identifier, Role.PUBLISHED):
                if agrees(found, other) or (
                    "authors" in gaps and agrees(dataclasses.replace(found, authors=other.authors), other)
                ):
                    found = _published_as(found, other) if found.venue is None or found.year is None else found
                    found = found.completed(other, *_DESCRIPTION)
                    break
        return self._with_affiliations(found)

    def _first(self, identifier: Identifier, *, merge: bool = False, agency: str | None = None) -> Found | None:
        """What the sources say that are asked first, else what the first says that is asked where they do not answer.

        Args:
            merge: ask all of them, and let each complete the ones before.
            agency: the registration agency to ask; None asks all in order.
        """
        self._unanswered = False
        sources = [source for source in self.sources if source.has(Role.RECORD, identifier.scheme)]
        chosen = [source for source in sources if source.agency == agency] if agency else []
        found: Found | None = None
        for source in chosen or sources:
            said = self._ask(source, identifier)
            if said:
                found = said[0] if found is None else found.completed(said[0], *_DESCRIPTION, "published_doi", "doi")
                if not merge:
                    return found
        if found is None and (self._unanswered or identifier.scheme in {Scheme.DOI, Scheme.ACL}):
            found = next(self._all(identifier, Role.FALLBACK), None)
        return found

    def _agency(self, identifier: Identifier) -> str | None:
        answer = self._answer(registration.NAME, registration.request(identifier), identifier)
        try:
            agency = registration.read(answer) if answer else None
        except Unanswered as why:
            self._say(registration.NAME, identifier, str(why), answered=False)
            return None
        if answer:
            self._say(
                registration.NAME, identifier, f"says that {agency} has it" if agency else "knows no agency that has it"
            )
        return agency

    def _published(self, found: Found, joined: Iterable[Found] = ()) -> Found:
        """A preprint with its published version, where one is known."""
        joined = tuple(joined)
        for doi in dict.fromkeys(filter(None, (*(each.doi for each in joined), found.published_doi))):
            if other := self._version(found, Identifier(Scheme.DOI, doi)):
                found = _published_as(found, other)
                return self._with_affiliations(dataclasses.replace(found, authors=fuller(found.authors, other.authors)))
        if found.venue is None and found.title:
            for other in self._all(Identifier(Scheme.TITLE, found.title), Role.SEARCH):
                if other.venue and other.year and agrees(found, other):
                    return self._with_affiliations(_published_as(found, other))
        return self._as_joined(found, joined)

    def _version(self, found: Found, identifier: Identifier) -> Found | None:
        """The published version that has a DOI, where it is one of the same paper."""
        for other in self._all(identifier, Role.PUBLISHED):
            if not agrees(found, other):
                self._notes.append(
                    f"{other.source}'s record of {identifier} is not taken for the published version: "
                    f"title or authors differ ({other.title!r})"
                )
            elif other.kind is Kind.WITHDRAWN:
                self._notes.append(f"{other.source} says that {identifier} was withdrawn, so it counts as a preprint")
            elif other.kind is Kind.PUBLISHED and other.venue and other.year:
                return other
        return None

    def _as_joined(self, found: Found, joined: tuple[Found, ...]) -> Found:
        """The preprint with a venue that a source joins with it without a DOI, where its year is not the preprint's."""
        for other in joined:
            if not other.venue or not agrees(found, other):
                continue
            if other.year and found.year and other.year > found.year and not other.doi:
                return _published_as(found, other)
            about = f"{other.source} names this venue, and dates it as the preprint:"
            offer = (about, PaperInfo(pub=PubBlock(where=other.venue)))
            return dataclasses.replace(found, offers=(*found.offers, offer))
        return found

    def _in_order(self, found: Found, identifier: Identifier) -> Found:
        """The authors in the order of another source, where it names the same."""
        for other in self._all(identifier, Role.JOIN):
            if len(other.authors) == len(found.authors) and shared_authors(found.authors, other.authors) == 1:
                return found.with_facts(
                    dataclasses.replace(other, authors=fuller(other.authors, _ordered(found.authors, other.authors))),
                    "authors",
                )
        self._notes.append(f"{found.source} has the authors in alphabetical order; the paper's may be another")
        return found

    def _with_affiliations(self, found: Found) -> Found:
        """What is known, with where the authors work, and an abstract where there was none."""
        if not found.doi:
            return found
        for other in self._all(Identifier(Scheme.DOI, found.doi), Role.AFFILIATIONS):
            if agrees(found, other):
                found = found.with_facts(other, "institutions").completed(other, "abstract")
                return dataclasses.replace(found, authors=fuller(found.authors, other.authors))
        return found

    def _all(self, identifier: Identifier, role: Role) -> Iterator[Found]:
        """What the sources of a role say, one after the other."""
        for source in self.sources:
            if source.has(role, identifier.scheme):
                yield from self._ask(source, identifier)

    def _ask(self, source: Source, identifier: Identifier) -> tuple[Found, ...]:
        """What a source says; nothing where it does not answer, or knows nothing. It is asked once."""
        if (source.name, identifier) not in self._said:
            self._said[source.name, identifier] = self._ask_now(source, identifier)
        return self._said[source.name, identifier]

    def _ask_now(self, source: Source, identifier: Identifier) -> tuple[Found, ...]:
        answer = self._answer(source.name, source.request(identifier), identifier)
        if answer is None:
            return ()
        try:
            found = source.read(answer, identifier)
        except Unanswered as why:
            self._unanswered = True
            self._say(source.name, identifier, str(why), answered=False)
            return ()
        self._say(source.name, identifier, "knows it" if found else "knows no such paper")
        return found

    def _answer(self, name: str, request: Request, identifier: Identifier) -> Answer | None:
        self.tell(name, str(identifier))
        try:
            answer = checked(request, self.asker.ask(request))
        except Unanswered as why:
            self._unanswered = True
            self._say(name, identifier, str(why), answered=False)
            return None
        if answer is None:
            self._say(name, identifier, "knows no such paper")
        return answer

    def _say(self, name: str, identifier: Identifier, said: str, *, answered: bool = True) -> None:
        self._asked.append(Asked(name, str(identifier), said, answered))


def _published_as(found: Found, other: Found) -> Found:
    """What is known of a paper, with where and when it was published as another record says, all of it."""
    said = {name: getattr(other, name) for name in _PUBLICATION}
    origins = {**found.origins, **{name: other.origin(name) for name in said if said[name]}}
    kind = found.kind if found.kind is Kind.WITHDRAWN else Kind.PUBLISHED
    return dataclasses.replace(found, **said, kind=kind, origins=origins)


def _ordered(authors: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The authors in the order of others, who are the same people."""
    left = list(authors)
    ordered = []
    for other in others:
        match = max(left, key=lambda author: shared_authors((author,), (other,)))
        left.remove(match)
        ordered.append(match)
    return tuple(ordered)
