"""Filling gaps: what a record or an entry does not say, by what another source says. What is there stays."""

import dataclasses
from typing import Any

from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.sources.found import Found

_GAPS = ("authors", "institutions", "doi", "url", "abstract", "codes", "comment")


def filled(info: PaperInfo, by: PaperInfo, found: Found) -> PaperInfo:
    """What a record says, with its gaps filled.

    A venue comes with its year: it is taken where the record names none, and no other year than its own. ``where: ""``
    is no gap, for it says that there is none.

    Args:
        info: what the record says.
        by: what the record of the same paper would say that came in.
        found: what came in; of a nickname it counts only what is stated.
    """
    other = by.paper if found.rest.paper.abbr else dataclasses.replace(by.paper, abbr=None)
    paper = _without_gaps(info.paper, other)
    pub = info.pub
    if found.venue and pub.where is None and pub.year in {None, by.pub.year}:
        pub = dataclasses.replace(pub, where=by.pub.where)
    if pub.year is None and pub.where == by.pub.where:
        pub = dataclasses.replace(pub, year=by.pub.year)
    if (pub.where, pub.year) == (by.pub.where, by.pub.year):
        pub = _without_gaps(pub, by.pub)
    return dataclasses.replace(info, paper=paper, pub=pub, keyword=_without_gaps(info.keyword, by.keyword))


def _without_gaps(block: Any, by: Any) -> Any:
    """A block with the values of another for those fields that say nothing."""
    gaps = {each.name: getattr(by, each.name) for each in dataclasses.fields(block) if not getattr(block, each.name)}
    return dataclasses.replace(block, **{name: value for name, value in gaps.items() if value})


def completed(found: Found, by: Found) -> Found:
    """What an entry of a file says, with its gaps filled by what a source knows; venue and year come together."""
    full = found.completed(by, *_GAPS)
    if not found.venue and found.year in {None, by.year}:
        full = full.completed(by, "venue", "year")
    if full.venue == by.venue and full.year == by.year:
        full = full.completed(by, "volume", "number", "pages")
    return full.completed(by, "title")
