"""Draw the covers of the library, or check that the files show what is drawn here.

Run from the root of the repository:

    python covers/draw.py            write every cover below notes/
    python covers/draw.py --check    write nothing; exit 1 if a file differs

To add a cover, write a function in the module of `drawings` that suits its subject
and put `@cover(path, title, description)` before it; `parts` has the shapes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from drawings import COVERS
from parts import Cover

ROOT = Path(__file__).resolve().parent.parent


def stale(covers: Iterable[Cover], root: Path) -> dict[Path, str]:
    """Return the text of every cover whose file under `root` is missing or different."""
    texts = {root / cover.path: cover.svg() for cover in covers}
    return {path: text for path, text in texts.items() if not path.is_file() or path.read_bytes() != text.encode()}


def main(arguments: list[str] | None = None) -> int:
    """Write the covers that changed, or say which they are."""
    parser = argparse.ArgumentParser(description="Draw the covers of the papers.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    options = parser.parse_args(arguments)
    changed = stale(COVERS, ROOT)
    for path, text in changed.items():
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        sys.stdout.write(f"{path.relative_to(ROOT).as_posix()}\n")
    if options.check:
        sys.stdout.write(f"{len(changed)} of {len(COVERS)} covers differ\n")
        return 1 if changed else 0
    sys.stdout.write(f"{len(changed)} of {len(COVERS)} covers written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
