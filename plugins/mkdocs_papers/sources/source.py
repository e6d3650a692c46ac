"""What a source declares of itself: whom it is asked about, at which address, at which pace, and how it is read."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from mkdocs_papers.sources.asking import Answer, Request
from mkdocs_papers.sources.found import Found
from mkdocs_papers.sources.identify import Identifier, Scheme


class Role(enum.Enum):
    """When a source is asked.

    Attributes:
        RECORD: first, about the paper itself.
        FALLBACK: about the paper itself, where no source of that role has answered.
        JOIN: which published version a preprint has.
        PUBLISHED: about a published version by its DOI, where those of `RECORD` do not answer.
        AFFILIATIONS: where the authors of a published paper work.
        SEARCH: by title, for where a preprint was published.
    """

    RECORD = enum.auto()
    FALLBACK = enum.auto()
    JOIN = enum.auto()
    PUBLISHED = enum.auto()
    AFFILIATIONS = enum.auto()
    SEARCH = enum.auto()


@dataclass(frozen=True, slots=True)
class Host:
    """A host that a source asks.

    Attributes:
        pace: seconds between two requests.
        mail: the parameter for a mail address, which its polite pool asks for; "" where it takes none.
        key_variable: the environment variable that may hold a key; "" where it takes none.
        key_parameter: the parameter for that key; "" where it is a header.
        key_header: the header for that key; "" where it is a parameter.
    """

    name: str
    pace: float = 1.0
    mail: str = ""
    key_variable: str = ""
    key_parameter: str = ""
    key_header: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source of facts.

    Attributes:
        roles: when it is asked about which identifiers.
        request: the request that asks it about an identifier of those.
        read: what its answer says of that: a paper, several that may be meant, or none where it knows no such paper.
            Raises `Unanswered` where the answer cannot be read.
        host: whom it asks; None where that is the identifier's own address.
        agency: the registration agency for whose DOIs it speaks; "" for none.
    """

    name: str
    roles: tuple[tuple[Scheme, Role], ...]
    request: Callable[[Identifier], Request]
    read: Callable[[Answer, Identifier], tuple[Found, ...]]
    host: Host | None = None
    agency: str = ""

    def has(self, role: Role, scheme: Scheme) -> bool:
        """Whether it is asked in a role about identifiers of a scheme."""
        return (scheme, role) in self.roles
