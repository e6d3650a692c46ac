"""The guide to exports says what they are."""

import json
import re

from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.feeds import FORMATS, LONGEST
from tests.pages.papers import FULL, site
from tests.sites import ROOT

GUIDE = (ROOT / "docs/guide/exports.md").read_text(encoding="utf-8")


def test_every_export_is_named_with_its_file() -> None:
    told = re.findall(r"^\| ([\w-]+) \| `([^`]+\.\w+)` \|", GUIDE, re.MULTILINE)
    assert told == [(export.title, export.file) for export in EXPORTS]


def test_every_key_of_papers_json_is_explained_in_order() -> None:
    export = next(export for export in EXPORTS if export.name == "json")
    table = GUIDE[GUIDE.index("### papers.json") : GUIDE.index("## Feeds")]
    told = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert told == list(json.loads(export.entry(FULL, site(FULL))))


def test_feeds_are_as_told() -> None:
    assert all(f"`{each.file}`" in GUIDE for each in FORMATS)
    assert f"newest {LONGEST} papers and notes" in GUIDE
