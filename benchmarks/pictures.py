"""What pictures at several widths cost a build, and what a phone loads of them, on another library.

A build makes everything but the pictures, which the one before it has made; it is measured beside one with
``responsive_images: false``, in turn. The processor's seconds count, those of all processes.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from turbohtml import Element, parse

from benchmarks.foreign import make_foreign_library

PICTURES = ".cache/mkdocs-papers/pictures"
"""Where a project keeps what was made of its pictures."""

_PHONE = 2 * (390 - 32)
"""The width of a note's column on a phone of 390 pixels a row, each of two by two of the screen's."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a phone loads of the pictures in notes: the bytes of what it chooses, and of the pictures themselves."""

    chosen: int = 0
    originals: int = 0


def built(project: Path, site: Path, *, responsive: bool) -> float:
    """Build a site but for pictures that are there; gives the processor's seconds."""
    pictures, aside = project / PICTURES, project / "pictures"
    shutil.rmtree(project / ".cache/mkdocs-papers/build", ignore_errors=True)
    if not responsive:
        # Such a build forgets what no page shows.
        shutil.copytree(pictures, aside)
    configuration = project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    if not responsive:
        plugins = "plugins: [search, papers: {responsive_images: false}]"
        configuration.write_text(text.replace("plugins: [search, papers]", plugins), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
        subprocess.run(command, cwd=project, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})  # noqa: S603 - our own
    finally:
        configuration.write_text(text, encoding="utf-8")
        if not responsive:
            shutil.rmtree(pictures, ignore_errors=True)
            aside.rename(pictures)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def loaded(site: Path) -> Loaded:
    """What a phone loads of the pictures of all notes."""
    total = Loaded()
    for page in (site / "notes").rglob("index.html"):
        for image in parse(page.read_text(encoding="utf-8")).select("article img"):
            original = _size(page, image.attr("src") or "")
            total = Loaded(total.chosen + _chosen(page, image, original), total.originals + original)
    return total


def _chosen(page: Path, image: Element, original: int) -> int:
    pairs = [part.split() for part in (image.attr("srcset") or "").split(",") if part]
    fit = [address for address, width in pairs if int(width.removesuffix("w")) >= _PHONE]
    if not pairs:
        return original
    return _size(page, fit[0] if fit else pairs[-1][0])


def _size(page: Path, address: str) -> int:
    return (page.parent / address).stat().st_size


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--project", type=Path, help="a library of `benchmarks.foreign` that is there already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        project, site = arguments.project or Path(temporary, "library"), Path(temporary, "site")
        if not project.exists():
            make_foreign_library(project)
        shutil.rmtree(project / ".cache", ignore_errors=True)
        first = built(project, site, responsive=True)
        kept = len(list((project / PICTURES).iterdir()))
        phone = loaded(site)
        pairs = [
            (built(project, site, responsive=False), built(project, site, responsive=True))
            for _ in range(arguments.runs)
        ]
    without, with_them = (median(each) for each in zip(*pairs, strict=True))
    ratios = sorted(on / off for off, on in pairs)
    print(f"a phone loads {phone.chosen:,} of {phone.originals:,} bytes: {phone.chosen / phone.originals:.3f}")
    print(f"a build takes {without:.1f} s, with pictures {with_them:.1f} s: {ratios[0]:.2f} to {ratios[-1]:.2f}")
    making = f"{(first - with_them) / kept:.2f} s for each of {kept} pictures and thumbnails"
    print(f"the first making: {making}, by {os.cpu_count()} processes")


if __name__ == "__main__":
    main()
