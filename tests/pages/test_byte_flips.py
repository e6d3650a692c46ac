"""Flipped bytes in the shipped records: nothing crashes, and every file that still parses yields its page."""

import os
import random
import shutil
from pathlib import Path

from mkdocs_papers.command.configuration import read_settings
from mkdocs_papers.library.load import load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.pages.exports.registry import export_files
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX
from mkdocs_papers.records.read import read_record
from tests.sites import ROOT

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
ROUNDS = 90 if SOAK else 4
"""In each round every shipped record has one byte changed: with 125 records, 90 rounds are more than ten thousand."""


def _flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    byte = content[at] ^ (1 << chance.randrange(8)) if chance.random() < 0.8 else chance.randrange(256)
    return content[:at] + bytes([byte]) + content[at + 1 :]


def test_flipped_bytes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "meta", tmp_path / "meta")
    shutil.copytree(ROOT / "notes", tmp_path / "notes")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    settings = read_settings(tmp_path / "mkdocs.yml")
    records = {
        path: path.read_bytes()
        for path in sorted((tmp_path / "meta").glob("[0-9]*/*"))
        if path.suffix in FORMATS_BY_SUFFIX
    }
    assert len(records) > 100
    renderer = Renderer(language("en"), directory_urls=True)
    memory = ReadingMemory()
    unreadable = 0
    for round_ in range(ROUNDS):
        chance = random.Random(round_)
        flipped = {path: _flipped(content, chance) for path, content in records.items()}
        for path, content in flipped.items():
            path.write_bytes(content)
        library = load(settings, memory)
        site = Site(library, settings, Options(language("en"), preview=round_ % 2 == 0))
        sources = {source.address.path: source for source in site.sources()}
        # The files for other programs must be writable too.
        for _, parts in (*export_files(site), *[(path, (content,)) for path, content in site.files()]):
            b"".join(parts).decode()
        for path, content in flipped.items():
            key = path.relative_to(tmp_path / "meta").with_suffix("").as_posix()
            record = read_record(path.relative_to(tmp_path).as_posix(), key, content).record
            source = sources.get(f"papers/{key}")
            if record is None:
                unreadable += 1
                assert key in library.unreadable
                assert key not in library.papers
                assert (source is not None) == site.options.preview
            else:
                assert source is not None, key
                assert key in library.papers
            if source is not None:
                assert renderer.page(source)
    # A flip in the words of a title is still a title; one in a brace is not.
    assert 0 < unreadable < ROUNDS * len(records) * 0.6
