"""What a page may change of a record: status, rating and keywords."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from msgspec import UNSET, UnsetType

from mkdocs_papers.command.writing import write_whole
from mkdocs_papers.editing.changeable import RefusedError, digest, own_file
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.names import one_line
from mkdocs_papers.library.papers import Reader
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.limits import LONGEST_LINE, MOST_CHOSEN_KEYWORDS
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import KeywordBlock, PaperInfo, Status
from mkdocs_papers.records.suggest import did_you_mean


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks for; what it does not name stays.

    Attributes:
        digest: of the record's file, as the page has seen it.
        status: how far the owner has got; None for nothing.
        rating: 1 to 5; None for none.
        keywords: all that the paper is to have, by their id.
    """

    key: str
    digest: str
    status: Status | UnsetType | None = UNSET
    rating: int | UnsetType | None = UNSET
    keywords: list[str] | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as it is on the disk; its keywords are as the library spells them."""

    path: str
    content: bytes
    info: PaperInfo
    keywords: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What tells this content from another."""
        return digest(self.content)

    @property
    def values(self) -> dict[str, object]:
        """What a page may change, by name."""
        return {"status": self.info.status, "rating": self.info.rating, "keywords": list(self.keywords)}


def seen(paper: Paper, settings: Settings) -> Seen:
    """The record of a paper, as it is on the disk now.

    Raises:
        RefusedError: it is gone, cannot be read, or is not where records are.
    """
    path = paper.record.path
    try:
        content = own_file(path, settings).read_bytes()
    except OSError as error:
        raise RefusedError(HTTPStatus.GONE, f"{path}: {error.strerror}") from error
    record = read_record(path, paper.key, content).record
    if record is None:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{path} cannot be read; see mkdocs-papers check")
    named = (each.name for each in Reader(settings).names(record) if each.kind == "keyword")
    return Seen(path, content, record.info, tuple(dict.fromkeys(named)))


def known(key: str, library: Library) -> Paper:
    """The paper of a key.

    Raises:
        RefusedError: there is none.
    """
    paper = library.papers.get(key)
    if paper is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, f"there is no paper {key!r}")
    return paper


def change(wanted: Change, library: Library, settings: Settings) -> Seen:
    """Change a record as a page asks, and nothing else of its text; gives the record after it.

    Raises:
        RefusedError: it cannot be changed so, or somebody has changed it since the page saw it; then it says what it
            holds now.
    """
    paper = known(wanted.key, library)
    now = seen(paper, settings)
    if now.digest != wanted.digest:
        raise _changed_meanwhile(now)
    info = _changed(now.info, wanted, settings)
    if info == now.info:
        return now
    after = amended(now.content.decode(), now.path, info)
    if after is None:
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"something in {now.path} would be lost; see mkdocs-papers check"
        )
    file = own_file(now.path, settings)
    if not write_whole(file, after.encode(), expected=now.content, follow_links=False):
        raise _changed_meanwhile(seen(paper, settings))
    return seen(paper, settings)


def _changed_meanwhile(now: Seen) -> RefusedError:
    return RefusedError(
        HTTPStatus.CONFLICT,
        f"{now.path} has been changed in the meantime, and stays as it is",
        digest=now.digest,
        now=now.values,
    )


def _changed(info: PaperInfo, wanted: Change, settings: Settings) -> PaperInfo:
    if wanted.status is not UNSET:
        info = dataclasses.replace(info, status=wanted.status)
    if wanted.rating is not UNSET:
        if wanted.rating is not None and not 1 <= wanted.rating <= 5:  # noqa: PLR2004 - as the schema has it
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{wanted.rating} is no rating; choose 1 to 5")
        info = dataclasses.replace(info, rating=wanted.rating)
    if wanted.keywords is not UNSET:
        info = dataclasses.replace(info, keyword=KeywordBlock(_words(info.keyword.words, wanted.keywords, settings)))
    return info


def _words(before: Sequence[str], wanted: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """The keywords of a record: those that stay as they are written, then the new ones."""
    if len(wanted) > MOST_CHOSEN_KEYWORDS:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"choose no more than {MOST_CHOSEN_KEYWORDS} keywords")
    canonical = Reader(settings).aliases["keyword"].canonical
    stay = {word: canonical(one_line(word.strip())) for word in before}
    new = [word for word in dict.fromkeys(wanted) if word not in stay.values()]
    for word in new:
        if settings.keywords and word not in settings.keywords:
            remedy = did_you_mean(word, settings.keywords) or "the option 'keywords' lists them"
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"the keyword {word!r} is not listed; {remedy}")
        if not word.isprintable() or word != one_line(word.strip()) or not 0 < len(word) <= LONGEST_LINE:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{word!r} is no keyword; write a word or a few")
    return (*(word for word in before if stay[word] in wanted), *new)
