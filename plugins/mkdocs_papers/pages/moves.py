"""Where pages were before their records had another key, and where they are now."""

from collections.abc import Mapping
from dataclasses import dataclass

from mkdocs_papers.incremental.database import Database, query
from mkdocs_papers.incremental.operators import Mapped
from mkdocs_papers.library.keys import former_keys
from mkdocs_papers.library.names import fold_case
from mkdocs_papers.pages.address import Address, note_address, paper_address
from mkdocs_papers.pages.page_inputs import OPTIONS
from mkdocs_papers.pages.text import plain
from mkdocs_papers.views.view_inputs import NOTES, PAPERS, UNREADABLE


@dataclass(frozen=True, slots=True)
class Moved:
    """A page that is elsewhere now, and its address on the web, where the site says that: ``moved.html``."""

    old: Address
    new: Address
    title: str
    canonical: str | None


_former_keys: Mapped[[], str, tuple[str, ...]] = Mapped(PAPERS, lambda paper: former_keys(paper) or None)


@query
def key_by_former_key(db: Database) -> Mapping[str, str]:
    """The key of the paper that had another key before, by that; of several papers the first."""
    former: dict[str, str] = {}
    for key, keys in _former_keys(db).items():
        for old in keys:
            former.setdefault(old, key)
    return former


@query
def moves(db: Database) -> tuple[Moved, ...]:
    """The pages of papers and of their notes that are elsewhere now.

    A key that a record has again keeps its page, and so does a note. Of two papers that had one key, the first counts.
    """
    former = key_by_former_key(db)
    if not former:
        return ()
    website = OPTIONS(db).website
    taken = {fold_case(key) for key in (*PAPERS.names(db), *UNREADABLE(db))}
    pairs = [(paper_address(old), paper_address(key), PAPERS.at(db, key).title) for old, key in former.items()]
    found = [pair for old, pair in zip(former, pairs, strict=True) if fold_case(old) not in taken]
    notes = {fold_case(path) for path in NOTES.names(db)}
    by_key = [(f"{key}/", f"{old}/") for old, key in former.items()]
    for path in NOTES.names(db):
        for folder, old_folder in by_key:
            before = old_folder + path.removeprefix(folder)
            if path.startswith(folder) and fold_case(before) not in notes:
                found.append((note_address(before), note_address(path), NOTES.at(db, path).title))
    return tuple([Moved(old, new, plain(title), website.page(new) if website else None) for old, new, title in found])
