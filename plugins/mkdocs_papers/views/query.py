"""Queries of the browse page, which ``assets/browse/query.js`` reads: ``venue:ICML keyword:"N:M sparsity"``."""

import re
from collections.abc import Iterable

_BARE = re.compile(r"[\w./-]+")


def query(terms: Iterable[tuple[str, str]]) -> str:
    """The query for papers that fit all terms, each a facet and a value."""
    return " ".join(f"{facet}:{_quoted(value)}" for facet, value in terms)


def _quoted(value: str) -> str:
    if _BARE.fullmatch(value):
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'
