"""A library of other people's, of the shape of a real one: 433 records, 363 notes, and 115 MB of pictures.

Of its 2,761 authors 1,939 have one paper, of its 302 institutions 182. Notes begin with their title, their authors or
their links, and pictures are screenshots and photographs as they were saved. All is drawn by dice with a fixed seed.
"""

from __future__ import annotations

import argparse
import io
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX
from mkdocs_papers.records.schema import (
    BaselineBlock,
    CodeBlock,
    CoverBlock,
    KeywordBlock,
    NoteBlock,
    PaperBlock,
    PaperInfo,
    PubBlock,
)

RECORDS, NOTES = 433, 363
AUTHORS, AUTHORS_ONCE = 2761, 1939
INSTITUTIONS, INSTITUTIONS_ONCE = 302, 182
PICTURE_BYTES = 115_000_000

_WITH_CODE, _WITH_INITIAL, _CHINESE_PARTS = 0.5, 0.1, 0.3
"""Shares: of records that name code, of people with a middle initial, of parts of notes in Chinese."""

_SYLLABLES = tuple(
    re.findall(r"\w+", "an bei chen da eng fu gao hao jin kai li mei nor ota pan qi ros sun tan ubi vo wei xu yan zhu")
)
_WORDS = tuple(
    re.findall(
        r"\w+",
        "sparse attention pruning quantization cache efficient language model transformer inference training layer "
        "weight activation token context long memory kernel dynamic structured adaptive low rank draft speculative "
        "mixture expert routing distillation budget head channel block salience outlier rotation calibration latency",
    )
)
_VENUES = tuple(
    re.findall(
        r"\w+",
        "arXiv ICLR NeurIPS ICML ACL EMNLP CVPR ECCV ICCV MLSys OSDI SOSP ASPLOS ISCA MICRO HPCA DAC AAAI IJCAI COLM "
        "TMLR NAACL EACL KDD WWW Blog github",
    )
)
_KEYWORDS = [f"{one}_{other}" for one, other in itertools.pairwise(_WORDS[:28])]
_CHINESE = (
    "稀疏注意力机制可以减少长文本推理时的显存占用与计算量作者提出了一种新的方法在多个模型上验证了它的效果并给出了分析"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside a note: its name, and its file."""

    name: str
    content: bytes


def make_foreign_library(folder: Path, *, picture_bytes: int = PICTURE_BYTES) -> None:
    """Write the library: ``mkdocs.yml`` of six lines, an empty ``docs/``, ``meta/`` and ``notes/``.

    Args:
        folder: the project's folder.
        picture_bytes: about so many bytes of pictures lie beside the notes.
    """
    dice = random.Random(433)  # noqa: S311 - no secret
    authors = _shared_out(dice, _names(dice, AUTHORS), AUTHORS_ONCE, most=14)
    institutions = _shared_out(dice, _institutions(dice), INSTITUTIONS_ONCE, most=40)
    pictures = _pictures(picture_bytes)
    keys: list[str] = []
    (folder / "docs").mkdir(parents=True)
    configuration = "site_name: Foreign papers\nsite_url: https://example.org/papers/\ntheme:\n  name: material\n"
    (folder / "mkdocs.yml").write_text(f"{configuration}  font: false\nplugins: [search, papers]\n", encoding="utf-8")
    for number in range(RECORDS):
        year = 2016 + min(9, int(dice.triangular(0, 10.5, 9.5)))
        title = _title(dice, number)
        key = f"{year}/{title.split()[0].rstrip(':')}{number}"
        has_note = number * NOTES // RECORDS != (number + 1) * NOTES // RECORDS
        beside = list(itertools.islice(pictures, dice.choice((0, 1, 1, 2, 3)))) if has_note else []
        info = _record(dice, title, year, authors[number], institutions[number], keys, beside, has_note=has_note)
        _write(folder / "meta" / f"{key}.prototxt", FORMATS_BY_SUFFIX[".prototxt"].write(info))
        if has_note:
            _write(folder / "notes" / key / "note.md", _note(dice, title, authors[number], keys, beside))
            for picture in beside:
                (folder / "notes" / key / picture.name).write_bytes(picture.content)
        keys.append(key)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _names(dice: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        given, family = ("".join(dice.choices(_SYLLABLES, k=dice.choice((1, 2)))).title() for _ in range(2))
        middle = f" {dice.choice('ABCDEGHJKLMRSTW')}." if dice.random() < _WITH_INITIAL else ""
        found[f"{given}{middle} {family}"] = None
    return list(found)


def _institutions(dice: random.Random) -> list[str]:
    names = _names(dice, INSTITUTIONS)
    forms = ("University of {}", "{} University", "{} Research", "{} Institute of Technology", "{} Inc.", "{} Lab")
    return [dice.choice(forms).format(name.split()[-1]) + f" {number}" for number, name in enumerate(names)]


def _shared_out(dice: random.Random, names: Sequence[str], once: int, most: int) -> list[list[str]]:
    """The names for each record: so many of them stand in one record, each other one in two or more."""
    records: list[list[str]] = [[] for _ in range(RECORDS)]
    for place, name in enumerate(names):
        count = 1 if place < once else 2 + int(dice.paretovariate(1.3)) % most
        for number in dice.sample(range(RECORDS), count):
            records[number].append(name)
    for record in records:
        dice.shuffle(record)
    return records


def _title(dice: random.Random, number: int) -> str:
    name = "".join(dice.choices(_SYLLABLES, k=2)).title()
    words = " ".join(word.title() for word in dice.sample(_WORDS, dice.randint(4, 8)))
    return f"{name}: {words}" if number % 3 else f"{words} with {name}"


def _record(  # noqa: PLR0913 - what a record says has this many sides
    dice: random.Random,
    title: str,
    year: int,
    authors: Sequence[str],
    institutions: Sequence[str],
    keys: Sequence[str],
    pictures: Sequence[Picture],
    *,
    has_note: bool,
) -> PaperInfo:
    abbreviation = title.partition(":")[0] if ":" in title else None
    address = f"https://github.com/example/{abbreviation or 'code'}"
    code = CodeBlock("Pytorch", address) if dice.random() < _WITH_CODE else CodeBlock()
    cover = next((picture.name for picture in pictures), None)
    return PaperInfo(
        paper=PaperBlock(
            title=title,
            abbr=abbreviation,
            url=f"https://arxiv.org/abs/{year % 100}{dice.randint(1, 12):02}.{dice.randint(1, 19999):05}",
            authors=tuple(authors),
            institutions=tuple(institutions),
        ),
        pub=PubBlock(where=dice.choices(_VENUES, range(len(_VENUES), 0, -1))[0], year=year),
        code=code,
        note=NoteBlock("note.md" if has_note else None),
        keyword=KeywordBlock(tuple(dice.sample(_KEYWORDS, dice.randint(1, 3)))),
        baseline=BaselineBlock(tuple(dice.sample(list(keys), min(len(keys), dice.choice((0, 0, 1, 2, 3)))))),
        cover=CoverBlock(cover),
    )


def _note(
    dice: random.Random, title: str, authors: Sequence[str], keys: Sequence[str], pictures: Sequence[Picture]
) -> str:
    beginnings = (
        f"# {title}\n",
        f"# {title}\n\n{', '.join(authors)}\n",
        f"# {title}\n\n[Paper](https://example.org/paper) | [Code](https://example.org/code)\n",
        f"> {', '.join(authors)}\n\n## {title}\n",
        "",
    )
    parts = [dice.choice(beginnings)]
    for number in range(dice.randint(2, 5)):
        chinese = dice.random() < _CHINESE_PARTS
        text = (
            "".join(dice.choices(_CHINESE, k=200))
            if chinese
            else " ".join(dice.choices(_WORDS, k=90)).capitalize() + "."
        )
        parts.append(f"## {dice.choice(_WORDS).title()} {number}\n\n{text}\n")
        if number < len(pictures):
            name = pictures[number].name
            parts.append(f"![{name}]({name})\n" if number % 2 else f'<img src="./{name}" width="600" />\n')
    if keys:
        other = dice.choice(keys)
        parts.append(f"See [{other}](../../../meta/{other}.prototxt).\n")
    return "\n".join(parts)


def _pictures(total: int) -> Iterator[Picture]:
    """Pictures of about so many bytes in all, for the notes one after the other, then none."""
    dice = random.Random(115)  # noqa: S311 - no secret
    left = total
    number = 0
    while left > 0:
        number += 1
        picture = _photograph(dice, number) if number % 4 == 0 else _screenshot(dice, number)
        left -= len(picture.content)
        yield picture


def _screenshot(dice: random.Random, number: int) -> Picture:
    """A figure of a paper as it was cut out of a screen: lines, text, and the grain of its smooth edges, as PNG."""
    width, height = dice.choice(((1100, 600), (1400, 700), (1900, 800)))
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        points = [(x, dice.randint(0, height)) for x in range(0, width, 60)]
        draw.line(points, fill=tuple(dice.randint(0, 220) for _ in range(3)), width=dice.randint(1, 4))
    for line in range(0, height, 60):
        draw.text((dice.randint(0, 60), line), " ".join(dice.choices(_WORDS, k=16)), fill=(40, 40, 40))
    file = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.4)).save(file, "PNG")
    return Picture(f"figure-{number}.png", file.getvalue())


def _photograph(dice: random.Random, number: int) -> Picture:
    """A photograph: grain at two scales, as JPEG."""
    size = dice.choice(((1200, 800), (1600, 1200)))
    coarse = Image.frombytes("RGB", (40, 30), dice.randbytes(3600)).resize(size, Image.Resampling.BICUBIC)
    fine = Image.frombytes("L", (size[0] // 2, size[1] // 2), dice.randbytes(size[0] // 2 * (size[1] // 2)))
    image = Image.blend(coarse, fine.resize(size).convert("RGB"), 0.05)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return Picture(f"photo-{number}.jpg", file.getvalue())


def main() -> None:
    """Write the library into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--picture-bytes", type=int, default=PICTURE_BYTES)
    arguments = parser.parse_args()
    make_foreign_library(arguments.folder, picture_bytes=arguments.picture_bytes)


if __name__ == "__main__":
    main()
