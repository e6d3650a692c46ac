"""``make bench``: the plugin beside plain MkDocs, on libraries of several sizes, in one run.

Each size is built out of the shipped library (`libraries`), and written out as the plain twin (`twin`): the same pages,
words and notes as Markdown. Both are built in turn, each build in a process of its own, so that the machine's moods
meet both alike. What is quoted are ratios of pairs; seconds are of this machine and this hour.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.libraries import PROJECT, make_library
from benchmarks.twin import write_twin

SIZES = (100, 1000, 10_000)

_SAVES = {
    "note": "a note",
    "record": "a record",
    "keyword": "a record's new keyword",
    "author": "a record's new author",
    "new": "a new record",
    "deleted": "a deleted record",
}
_AGAIN = {"warm": "build after an edit of one note", "anew": "the same where there is no site yet"}


_WITHOUT = {
    "warm": {
        "pages": "finished pages",
        "readings": "what was read of files",
        "index": "the search index",
    },
    "cold": {"shells": "the theme rendered once", "rows": "rows rendered once"},
}
"""What each kind of build is measured without; see `timed.MECHANISMS`."""


@dataclass(frozen=True, slots=True)
class Run:
    """One build or rebuild: seconds on the clock and of the processor, megabytes at the peak, pages rendered."""

    seconds: float
    processor: float
    megabytes: float
    pages: int


def main() -> None:
    """Measure, and print one table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", nargs="*", type=int, default=SIZES, help="numbers of papers")
    parser.add_argument("--runs", type=int, default=3, help="pairs of builds of each size")
    parser.add_argument("--without", action="store_true", help="what each mechanism buys, and nothing else")
    parser.add_argument("--growth", action="store_true", help="cold builds of all sizes, and nothing else")
    arguments = parser.parse_args()
    rows: list[tuple[str, ...]] = []
    cold: dict[int, float] = {}
    with tempfile.TemporaryDirectory(prefix="papers-bench-") as folder:
        if arguments.without:
            _print_without(Path(folder), min(arguments.size), arguments.runs)
            return
        if arguments.growth:
            _print_growth(Path(folder), sorted(arguments.size))
            return
        for size in arguments.size:
            rows += _measured(Path(folder) / str(size), size, arguments.runs, cold)
    print("| papers | what | this plugin | plain MkDocs | ratio (min–max) |")
    print("|---:|---|---:|---:|---:|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    _print_exponents(cold)


def _print_exponents(cold: dict[int, float]) -> None:
    for small, large in itertools.pairwise(sorted(cold)):
        exponent = math.log(cold[large] / cold[small]) / math.log(large / small)
        print(f"\nFrom {small} to {large} papers the cold build grows by an exponent of {exponent:.2f}.")


def _print_growth(home: Path, sizes: Iterable[int]) -> None:
    """Print what one cold build of each size takes, and by which exponent it grows."""
    print("| papers | processor | memory at the peak |")
    print("|---:|---:|---:|")
    cold: dict[int, float] = {}
    for size in sizes:
        library = home / str(size)
        library.mkdir()
        make_library(library, size)
        _write_project(library)
        run = _run("cold", library, library / "site")
        cold[size] = run.processor
        print(f"| {size:,} | {run.processor:.1f} s | {run.megabytes:.0f} MB |", flush=True)
        shutil.rmtree(library)
    _print_exponents(cold)


def _print_without(home: Path, size: int, runs: int) -> None:
    """Print what builds take without each mechanism, beside what they take with it: seconds of the processor."""
    library = home / "library"
    library.mkdir()
    make_library(library, size)
    _write_project(library)
    print("| build | without | with | without | ratio (min–max) |")
    print("|---|---|---:|---:|---:|")
    _run("cold", library, home / "site")
    for kind, mechanisms in _WITHOUT.items():
        for name, what in mechanisms.items():
            whole: list[float] = []
            less: list[float] = []
            for number in range(runs):
                # Folders of their own: where many files were just deleted, some file systems are slow for a while.
                whole.append(_run(kind, library, home / f"{kind}-{name}-{number}").processor)
                less.append(_run(f"{kind}-{name}", library, home / f"{kind}-without-{name}-{number}").processor)
            found, known, ratio = _compared(less, whole, "s")
            print(f"| {kind} | {what} | {known} | {found} | {ratio} |", flush=True)


def _measured(home: Path, size: int, runs: int, cold: dict[int, float]) -> Iterable[tuple[str, ...]]:
    library, twin, site = (home / name for name in ("library", "twin", "site"))
    library.mkdir(parents=True)
    make_library(library, size)
    _write_project(library)
    _run("cold", library, site)
    pages = write_twin(library, site, twin)
    ours: list[Run] = []
    plain: list[Run] = []
    again: dict[str, list[Run]] = {"warm": [], "anew": []}
    for number in range(runs):
        # Folders of their own: where many files were just deleted, some file systems are slow for a while.
        site, plain_site, anew = (home / f"{name}{number}" for name in ("site", "plain", "anew"))
        ours.append(_run("cold", library, site))
        plain.append(_run("cold", twin, plain_site))
        again["warm"].append(_run("warm", library, site))
        again["anew"].append(_run("warm", library, anew))
    copies = [_copied(site, home / f"copy{number}") for number in range(runs)]
    saves = _run_saves(library, home / "served", runs)
    cold[size] = statistics.median(run.processor for run in ours)
    name = f"{size:,}"
    yield name, "pages", str(pages), str(plain[0].pages), ""
    yield (name, "cold build, clock", *_compared([r.seconds for r in ours], [r.seconds for r in plain], "s"))
    yield (name, "cold build, processor", *_compared([r.processor for r in ours], [r.processor for r in plain], "s"))
    row = _compared([r.processor for r in ours], copies, "s")
    yield (name, "cold build beside `cp -r` of the site, processor", *row)
    yield (name, "memory at the peak", *_compared([r.megabytes for r in ours], [r.megabytes for r in plain], "MB"))
    for kind, what in _AGAIN.items():
        found, whole = again[kind], [r.seconds for r in ours]
        clock, against, spread = _compared([r.seconds for r in found], whole, "s")
        yield name, f"{what}, clock", clock, f"({against} our own cold build)", spread
        yield name, f"{what}, pages rendered", str(found[-1].pages), "", ""
    for kind, found in saves.items():
        whole = [r.seconds for r in plain]
        yield (name, f"save of {_SAVES[kind]}, clock", *_compared([r.seconds for r in found], whole, "s"))
        yield name, f"save of {_SAVES[kind]}, pages rendered", str(found[-1].pages), str(pages), ""
    reloads = [run.seconds for run in _runs("reload", library, site, runs)]
    spread = f"({min(reloads):.2f}–{max(reloads):.2f} s)"
    yield name, "save of a note, until the browser reloads", f"{statistics.median(reloads):.2f} s", "", spread
    for file in ("papers/index.html", "papers/browse.json", "search/search_index.json"):
        if (site / file).is_file():
            yield name, f"{file}, compressed", f"{_compressed(site / file) / 1000:.0f} kB", "", ""
    shutil.rmtree(home)


def _compared(ours: list[float], plain: list[float], unit: str) -> tuple[str, str, str]:
    ratios = [a / b for a, b in zip(ours, plain, strict=True)]
    spread = f"{statistics.median(ratios):.3f} ({min(ratios):.3f}–{max(ratios):.3f})"
    return f"{statistics.median(ours):.2f} {unit}", f"{statistics.median(plain):.2f} {unit}", spread


def _copied(site: Path, copy: Path) -> float:
    """Seconds of the processor that a copy of a site takes: what writing its files costs at the least."""
    before = os.times()
    subprocess.run(["cp", "-r", site, copy], check=True)  # noqa: S603, S607 - ours
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _compressed(path: Path) -> int:
    import gzip  # noqa: PLC0415 - only here

    return len(gzip.compress(path.read_bytes(), 6))


def _write_project(library: Path) -> None:
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    kept = [part for part in _sections(text) if not part.startswith(("nav:", "hooks:", "extra_css:"))]
    lines = [line for line in "".join(kept).splitlines() if "custom_dir" not in line and "module_name" not in line]
    (library / "mkdocs.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (library / "docs").mkdir()
    home = '# Home\n\n{{ papers_count() }} papers.\n\n{{ papers_table(venue="ICLR", limit=5) }}\n'
    (library / "docs" / "index.md").write_text(home, encoding="utf-8")


def _sections(text: str) -> Iterable[str]:
    section: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha() and section:
            yield "".join(section)
            section = []
        section.append(line)
    yield "".join(section)


def _run(kind: str, project: Path, site: Path) -> Run:
    return _runs(kind, project, site, 1)[0]


def _run_saves(library: Path, site: Path, runs: int) -> dict[str, list[Run]]:
    found = _runs(",".join(_SAVES), library, site, runs)
    return {kind: found[place * runs : (place + 1) * runs] for place, kind in enumerate(_SAVES)}


def _runs(kind: str, project: Path, site: Path, runs: int) -> list[Run]:
    """Runs of one kind in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.timed", kind, str(project), str(site), str(runs)]
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "true",
        "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'plugins'}",
    }
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=PROJECT)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr[-4000:])
    return [Run(*values) for values in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    main()
