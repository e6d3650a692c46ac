"""Feeds the targets random bytes, guided by which lines of the package they reach (Atheris, libFuzzer for Python).

    python -m tests.fuzz.run                  all targets, ten minutes in all
    python -m tests.fuzz.run walk --seconds 60

Bytes that make a target raise, or keep it busy for long, are printed, kept in ``.cache/fuzz/`` and end the run with
status 1. Atheris runs on Linux; elsewhere the property tests of the targets do what they can.
"""

import argparse
import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from tests import hostile

NAMES = ("prototxt", "yaml", "note", "walk", "formula", "picture", "bibliography", "cache")
"""The targets; they are imported only where the package is watched from its first import on."""

_FOLDER = Path(".cache/fuzz")
_LONGEST_INPUT = 4096


def main() -> int:
    """Run what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description="Feed readers random bytes.")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(NAMES)}; all of them where none is given")
    parser.add_argument("--seconds", type=int, default=600, help="for all of them together (default: %(default)s)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    targets = given.targets or NAMES
    if unknown := [name for name in targets if name not in NAMES]:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join(NAMES)}")
    if importlib.util.find_spec("atheris") is None:
        print("atheris does not run here: no fuzzing beyond the property tests")
        return 0
    if given.inside:
        _fuzz(targets[0], given.seconds)
        return 0
    # Each in a process of its own: libFuzzer ends the one that it runs in.
    seconds = str(max(1, given.seconds // len(targets)))
    command = [sys.executable, "-m", "tests.fuzz.run", "--inside", "--seconds", seconds]
    failed = [name for name in targets if subprocess.run([*command, name], check=False).returncode]
    print(f"failed: {', '.join(failed)}" if failed else f"nothing found in {', '.join(targets)}")
    return 1 if failed else 0


def _fuzz(name: str, seconds: int) -> None:
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["mkdocs_papers"]):
        target = importlib.import_module("tests.fuzz.targets").TARGETS[name]
    corpus = _FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(hostile.TEXTS):
        (corpus / f"hostile-{number}").write_bytes(text.encode(errors="surrogatepass"))
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST_INPUT}",
        f"-artifact_prefix={_FOLDER}/{name}-",
        "-rss_limit_mb=4096",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
