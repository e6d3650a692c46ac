"""The drawings of the notes are those that the script draws."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.programs import run
from tests.sites import ROOT

DRAWINGS = sorted((ROOT / "notes").rglob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 30_000


def test_the_script_draws_what_lies_there() -> None:
    run(sys.executable, "covers/draw.py", "--check", cwd=ROOT)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_small_described_and_asks_nobody(drawing: Path) -> None:
    assert drawing.stat().st_size <= MOST_BYTES
    root = ET.parse(drawing).getroot()  # noqa: S314 - our own drawings
    assert root.get("role") == "img"
    described = [element.get("id") for element in root if element.tag in {SVG + "title", SVG + "desc"}]
    assert " ".join(filter(None, described)) == root.get("aria-labelledby")
    for element in root.iter():
        assert element.tag not in {SVG + "script", SVG + "foreignObject", SVG + "image"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name or value.startswith("#")


def test_no_two_drawings_are_alike() -> None:
    shapes = [[ET.tostring(element) for element in ET.parse(path).getroot()[2:]] for path in DRAWINGS]  # noqa: S314
    assert all(shapes.count(drawn) == 1 for drawn in shapes)
