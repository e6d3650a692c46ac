"""Which papers a query finds: a plain reading of the browse page's rules, to hold the scripts to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mkdocs_papers.library.model import Note, Paper
from mkdocs_papers.pages.browse import facets
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.summaries import listed
from mkdocs_papers.views.facets import FACETS, Facet
from mkdocs_papers.views.groups import shown_paper
from mkdocs_papers.views.view import Kind
from tests.browser.engine import Term
from tests.browser.folding import fold

NUMERIC = (Kind.RANGE, Kind.SCALE)
COMPARED = (*NUMERIC, Kind.DATE)


@dataclass(frozen=True)
class Rules:
    """What queries find in a library."""

    site: Site

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """All papers, in the order of their listing."""
        return tuple(shown_paper(self.site, each.key)[0] for each in listed(self.site))

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The facets that have values."""
        return tuple(facet for facet in FACETS if any(facet.values(*self._shown(paper)) for paper in self.papers))

    def found(self, terms: Sequence[Term]) -> list[str]:
        """The keys of the papers that a query finds."""
        return [paper.key for paper in self.papers if self._fits(paper, terms)]

    def counts(self, facet: Facet, terms: Sequence[Term]) -> dict[str, int]:
        """How many papers have each value, of those found if the facet's own values were not chosen."""
        own = [term for term in terms if term.get("facet") == facet.name and not term.get("not")]
        # Where all are wanted together, a choice more finds fewer papers.
        together = facet.kind is Kind.FLAGS or (own and all(len(self._together(facet, term)) > 1 for term in own))
        others = [term for term in terms if term not in own or together]
        counts: dict[str, int] = {}
        for paper in self.papers:
            for value in self._values(facet, paper):
                counts[value] = counts.get(value, 0) + self._fits(paper, others)
        return counts

    def _shown(self, paper: Paper) -> tuple[Paper, Note | None]:
        return shown_paper(self.site, paper.key)

    def _values(self, facet: Facet, paper: Paper) -> list[str]:
        blank = facet.view is not None and facet.view.blank
        return list(dict.fromkeys(facet.values(*self._shown(paper)))) or ([""] if blank else [])

    def _label(self, facet: Facet, value: str) -> str:
        if facet.kind is Kind.HIDDEN and value in self.site.library.papers:
            return self.site.library.papers[value].name
        column = next(column for column in facets(self.site) if column.facet is facet)
        return column.labels[column.values.index(value)]

    def _fits(self, paper: Paper, terms: Sequence[Term]) -> bool:
        words = [term for term in terms if term["kind"] != "facet" and fold(term["text"])]
        if any(self._holds(paper, term) == bool(term.get("not")) for term in words):
            return False
        return all(
            self._chosen(paper, facet, [t for t in terms if t.get("facet") == facet.name]) for facet in self.facets
        )

    def _holds(self, paper: Paper, term: Term) -> bool:
        lines = [paper.title, paper.abbreviation or ""]
        for facet in self.facets:
            if facet.searched:
                lines += [text for value in self._values(facet, paper) for text in (value, self._label(facet, value))]
        wanted = fold(term["text"])
        return any(wanted in fold(line) if term["kind"] == "word" else whole(fold(line), wanted) for line in lines)

    def _chosen(self, paper: Paper, facet: Facet, terms: Sequence[Term]) -> bool:
        own = set(self._values(facet, paper))

        def meets(term: Term) -> bool:
            return all(own & self._meant(facet, text) for text in self._together(facet, term))

        if any(meets(term) for term in terms if term.get("not")):
            return False
        wanted = [term for term in terms if not term.get("not")]
        # Flags hold together, and so do limits; of several values any one will do.
        limits = [
            term for term in wanted if facet.kind is Kind.FLAGS or (facet.kind in COMPARED and term["text"][:1] in "<>")
        ]
        named = [term for term in wanted if term not in limits]
        return all(map(meets, limits)) and (not named or any(map(meets, named)))

    def _together(self, facet: Facet, term: Term) -> list[str]:
        """The values that a term wants on one paper."""
        names = {fold(text) for value in self._known(facet) for text in (value, self._label(facet, value))}
        if "all" not in term or facet.kind in COMPARED or fold(term["text"]) in names:
            return [term["text"]]
        return list(term["all"])

    def _known(self, facet: Facet) -> set[str]:
        return {value for paper in self.papers for value in self._values(facet, paper)}

    def _meant(self, facet: Facet, text: str) -> set[str]:
        known = self._known(facet)
        if facet.kind in NUMERIC:
            return {value for value in known if compare(text, int(value))}
        if facet.kind is Kind.DATE:
            return {value for value in known if compare_dates(text, value)}
        wanted = fold(text)
        texts = {value: (fold(value), fold(self._label(facet, value))) for value in known}
        exact = {value for value in known if wanted in texts[value]}
        if exact or not wanted:
            return exact
        return {value for value in known if any(wanted in each for each in texts[value])}


def compare(text: str, number: int) -> bool:
    """Whether a number fits ``2021``, ``>=2020``, ``2020..2022`` and the like."""
    if match := re.fullmatch(r"(>=|<=|>|<)(\d+)", text):
        limit = int(match[2])
        return {">=": number >= limit, "<=": number <= limit, ">": number > limit, "<": number < limit}[match[1]]
    if match := re.fullmatch(r"(\d*)\.\.(\d*)", text):
        return int(match[1] or 0) <= number <= int(match[2] or 9999)
    return text.isdecimal() and int(text) == number


def whole(line: str, words: str) -> bool:
    """Whether a line holds these words as whole words; Chinese characters and kana are words of their own."""

    def end(place: int) -> bool:
        return not re.fullmatch(r"[^\W_\u3040-\u30ff\u4e00-\u9fff]{2}", line[max(0, place - 1) : place + 1])

    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", line)]
    return any((start == 0 or end(start)) and end(start + len(words)) for start in starts)


def compare_dates(text: str, date: str) -> bool:
    """Whether a date fits what is asked of dates: it counts as its first day, but a month is no day of it."""
    day = (*map(int, date.split("-")), 1, 1)[:3]

    def first(limit: str) -> tuple[int, ...]:
        return tuple(map(int, limit.split("-")))

    asked = re.fullmatch(r"([<>]=?)?(\d{4}(?:-\d\d){0,2})", text)
    if asked and asked[1]:
        # As many parts as the limit has: all days of a month are that month.
        part, limit = day[: len(first(asked[2]))], first(asked[2])
        return {"<": part < limit, "<=": part <= limit, ">": part > limit, ">=": part >= limit}[asked[1]]
    if asked:
        return date == text or date.startswith(f"{text}-")
    between = re.fullmatch(r"(\d{4}(?:-\d\d){0,2})?\.\.(\d{4}(?:-\d\d){0,2})?", text)
    if not between:
        return False
    after = not between[1] or compare_dates(f">={between[1]}", date)
    return after and (not between[2] or compare_dates(f"<={between[2]}", date))
