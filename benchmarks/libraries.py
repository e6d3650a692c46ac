"""Libraries of any size, made out of the shipped one.

A library of N papers is the shipped one over and over, a block of papers at a time: the same lengths of titles, the
same notes with math, images and raw HTML, the same links and baselines within a block. In every block but the first
most people have other names, so that the number of authors grows with the library as it does in life.
"""

from __future__ import annotations

import posixpath
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX
from mkdocs_papers.records.schema import PaperInfo

PROJECT = Path(__file__).resolve().parent.parent
_NOTES_SHARE = 0.3
"""Papers with a note, of all."""
_SAME_PEOPLE = 0.35
"""Authors who also stand in other blocks, of all."""


@dataclass(frozen=True, slots=True)
class Block:
    """One copy of the shipped library: what is added to stems, and the names of its people."""

    number: int
    names: dict[str, str]

    @property
    def suffix(self) -> str:
        """What is added to a stem in this copy."""
        return f"-{self.number}" if self.number else ""


def make_library(folder: Path, papers: int) -> Library:
    """Write a library of that many papers into ``folder``: ``meta/`` and ``notes/``.

    Returns:
        The shipped library that it is made of.
    """
    shipped = load(Settings(PROJECT))
    keys = list(shipped.papers)
    noted = [key for key in keys if (note := shipped.papers[key].note) and note.path]
    chosen = random.Random(7).sample(noted, min(len(noted), round(_NOTES_SHARE * len(keys))))  # noqa: S311 - no secret
    left = papers
    for block in _blocks(shipped):
        if left <= 0:
            break
        for key in keys[:left]:
            _write_paper(folder, shipped, block, key, with_note=key in chosen)
        left -= len(keys)
    return shipped


def _blocks(shipped: Library) -> Iterator[Block]:
    people = sorted({name for paper in shipped.papers.values() for name in paper.authors})
    first = sorted({name.split()[0] for name in people})
    last = sorted({name.split()[-1] for name in people})
    number = 0
    while True:
        dice = random.Random(number)  # noqa: S311 - no secret
        names = {
            name: name
            if not number or dice.random() < _SAME_PEOPLE
            else f"{dice.choice(first)} {dice.choice('ABCDEFGHIJKLMNOPRSTW')}. {dice.choice(last)}"
            for name in people
        }
        yield Block(number, names)
        number += 1


def _write_paper(folder: Path, shipped: Library, block: Block, key: str, *, with_note: bool) -> None:
    paper = shipped.papers[key]
    info = _renamed(paper.record.info, block, shipped, list(shipped.papers).index(key))
    note, cover = paper.note, paper.cover
    year, stem = key.split("/", 1)
    home = folder / "notes" / year / f"{stem}{block.suffix}"
    if with_note and note and note.path:
        home.mkdir(parents=True, exist_ok=True)
        (home / "note.md").write_text(_relinked(shipped, note.path, block), encoding="utf-8")
    if cover and cover.path:
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / "notes" / cover.path, home / Path(cover.path).name)
    record = folder / "meta" / year / f"{stem}{block.suffix}.prototxt"
    record.parent.mkdir(parents=True, exist_ok=True)
    text = FORMATS_BY_SUFFIX[".prototxt"].write(info)
    if not with_note:
        text = re.sub(r"(?m)^note \{\n.*\n\}\n", "", text)
    record.write_text(text, encoding="utf-8")


def _renamed(info: PaperInfo, block: Block, shipped: Library, position: int) -> PaperInfo:
    paper = info.paper
    number = block.number
    return replace(
        info,
        paper=replace(
            paper,
            title=paper.title if not number else f"{paper.title} ({number})",
            abbr=paper.abbr if not number or not paper.abbr else f"{paper.abbr}-{number}",
            url=paper.url if not number else f"https://arxiv.org/abs/{2000 + number}.{position:05d}",
            doi=paper.doi if not number or not paper.doi else f"{paper.doi}.{number}",
            authors=tuple(block.names.get(name, name) for name in paper.authors),
        ),
        note=replace(
            info.note, url="note.md" if info.note.url and not info.note.url.startswith("http") else info.note.url
        ),
        cover=replace(info.cover, url=Path(info.cover.url).name if info.cover.url else None),
        baseline=replace(
            info.baseline,
            methods=tuple(f"{m}{block.suffix}" if m in shipped.papers else m for m in info.baseline.methods),
        ),
        same_work=tuple(f"{key}{block.suffix}" for key in info.same_work),
    )


def _relinked(shipped: Library, path: str, block: Block) -> str:
    """A note's text with its links leading to records of the same block: the note that one led to may be missing."""
    folder = posixpath.dirname(f"notes/{path}")

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[1].partition("#")[0]))
        if target.startswith("meta/"):
            key = target.removeprefix("meta/").rpartition(".")[0]
        elif (note := shipped.notes.get(target.removeprefix("notes/"))) and note.papers:
            key = note.papers[0]
        else:
            return match[0]
        return f"](../../../meta/{key}{block.suffix}.prototxt)"

    return re.sub(r"\]\(([^)\s]+)\)", link, shipped.notes[path].text)
