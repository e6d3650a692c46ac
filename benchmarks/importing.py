"""``python -m benchmarks.importing``: a BibTeX file becomes a library, beside pybtex alone reading the same file.

The file is made of the shipped library (`libraries`), with abstracts, accents in LaTeX, keywords and paths of files, as
Zotero writes them. Both are run in turn, each in a process of its own; what is quoted is the ratio.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.libraries import PROJECT, make_library
from mkdocs_papers.library.load import load
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.exports.bibtex import entry

_IMPORT = "from mkdocs_papers.command.main import main; main(['add', {file!r}, '--config', {config!r}])"
_LEAST_WRITTEN = 0.99
"""Of the entries; the library has papers of which there are several records, and an import makes one."""

_PYBTEX = "from pybtex.database import parse_file; parse_file({file!r})"
_MEASURED = """
import contextlib, io, json, pathlib, re, time
began, used = time.perf_counter(), time.process_time()
with contextlib.redirect_stdout(io.StringIO()) as written, contextlib.redirect_stderr(io.StringIO()):
    {code}
seconds, processor = time.perf_counter() - began, time.process_time() - used
# Linux's getrusage would count what the process was before it became this program.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1000
print(json.dumps([seconds, processor, peak, written.getvalue().count("\\n")]))
"""


def main() -> None:
    """Measure, and print one table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="?", type=int, default=5000, help="number of entries")
    parser.add_argument("--runs", type=int, default=3, help="pairs of runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="papers-import-") as folder:
        home = Path(folder)
        file = home / "refs.bib"
        file.write_text(_bibtex(home / "made", arguments.size), encoding="utf-8")
        pairs = []
        for number in range(arguments.runs):
            library = home / f"library{number}"
            library.mkdir()
            config = library / "mkdocs.yml"
            config.write_text("site_name: Imported\nplugins: [papers]\n", encoding="utf-8")
            first = _run(_IMPORT.format(file=str(file), config=str(config)))
            again = _run(_IMPORT.format(file=str(file), config=str(config)))
            alone = _run(_PYBTEX.format(file=str(file)))
            if first[3] < _LEAST_WRITTEN * arguments.size or again[3]:
                raise SystemExit(f"{first[3]:.0f} and {again[3]:.0f} records were written")
            pairs.append((first, again, alone))
        print(f"{arguments.size:,} entries, {file.stat().st_size / 1e6:.1f} MB\n")
    print("| what | add | pybtex alone | ratio (min–max) |")
    print("|---|---:|---:|---:|")
    for what, which, unit, number in (
        ("import, clock", 0, "s", 0),
        ("import, processor", 0, "s", 1),
        ("a second run, clock", 1, "s", 0),
        ("memory at the peak", 0, "MB", 2),
    ):
        ours, theirs = [pair[which][number] for pair in pairs], [pair[2][number] for pair in pairs]
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        print(
            f"| {what} | {statistics.median(ours):.1f} {unit} | {statistics.median(theirs):.1f} {unit} "
            f"| {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) |"
        )


def _run(code: str) -> list[float]:
    """Run code in a process of its own: seconds on the clock and of the processor, megabytes at the peak, lines."""
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", _MEASURED.format(code=code)],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
    )
    measured: list[float] = json.loads(done.stdout)
    return measured


def _bibtex(folder: Path, size: int) -> str:
    """A file of so many entries."""
    folder.mkdir()
    make_library(folder, size)
    papers = list(load(Settings(folder)).papers.values())[:size]
    return "\n\n".join(
        _as_zotero(entry(paper, f"key{number}"), paper.title, number) for number, paper in enumerate(papers)
    )


def _as_zotero(text: str, title: str, number: int) -> str:
    """An entry with what Zotero adds."""
    words = "".join(character for character in title if character.isalnum() or character == " ")
    abstract = f'We look at {words}, and gain 5\\% na{{\\"i}}vely, in $O(n)$ steps. ' * 10
    return (
        text.removesuffix("}")
        + f"  abstract = {{{abstract}}},\n  keywords = {{sparse, pruning}},\n"
        + f"  file = {{Full Text PDF:/home/me/Zotero/storage/{number}.pdf:application/pdf}}\n}}"
    )


if __name__ == "__main__":
    main()
