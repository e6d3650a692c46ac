"""One build, or saves of one served site, timed in a process of its own; prints the figures as JSON.

A kind of build may end with a mechanism that it has to do without, as ``warm-index`` (see `MECHANISMS`).

A ``cold`` build finds no cache; a ``warm`` one that of the build before, with one note edited since. The site of the
build before is in its place, or there is none, as in continuous integration: that is for the caller to choose.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import pkgutil
import resource
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from markupsafe import Markup
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

SITE_URL = "https://example.org/library/"


def main() -> None:
    """Do as the arguments say: kind, project, site, number of saves; several kinds of saves with commas between."""
    kind, project, site, runs = sys.argv[1:]
    kind, _, without = kind.partition("-")
    if without:
        owner, name, instead = MECHANISMS[without]
        mock.patch.object(pkgutil.resolve_name(owner), name, instead).start()
    logging.disable(logging.CRITICAL)
    if kind == "reload":
        figures = _reloads(Path(project), int(runs))
    elif set(kind.split(",")) <= SAVES.keys():
        figures = _saves(kind.split(","), Path(project), site, int(runs))
    else:
        _prepare(kind, Path(project))
        figures = _build(Path(project), site)
    print(json.dumps(figures))


def _none(*_: object, **__: object) -> None:
    return None


def _in_full(_: object, page: Page, render: Callable[[Page], str]) -> str:
    return render(page)


def _anew(_known: object, _name: object, _shown: object, rendered: Callable[[], Markup]) -> Markup:
    return rendered()


MECHANISMS: dict[str, tuple[str, str, object]] = {
    "pages": ("mkdocs_papers.site.build_cache.cache:BuildCache", "take", _none),
    "readings": ("mkdocs_papers.site.plugin", "known_readings", lambda *_: _none),
    "index": ("mkdocs_papers.site.build_cache.cache:BuildCache", "index", _none),
    "shells": ("mkdocs_papers.site.shell:Shells", "output", _in_full),
    "rows": ("mkdocs_papers.pages.render", "_once", _anew),
}
"""What a build can do without, slower, and what stands in its place then: what the cache keeps, the theme around pages
that is rendered once, and rows of papers that are. By name: plain MkDocs, timed here too, needs nothing of
ours."""


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _prepare(kind: str, project: Path) -> None:
    if kind == "cold":
        shutil.rmtree(project / ".cache", ignore_errors=True)
    else:
        note = min(project.glob("notes/2024/*/note.md"))
        note.write_text(f"{note.read_text(encoding='utf-8')}\nOne more line.\n", encoding="utf-8")


def _build(project: Path, site: str) -> list[tuple[float, float, float, int]]:
    plugins: Any = {}

    def whole() -> None:
        config = load_config(str(project / "mkdocs.yml"), site_dir=site, site_url=SITE_URL)
        config.plugins.on_startup(command="build", dirty=False)
        build.build(config)
        plugins.update(config.plugins)

    seconds, processor = _timed(whole)
    papers = plugins.get("papers")
    pages = len(papers.engine.rendered) if papers else sum(1 for _ in Path(site).rglob("*.html"))
    return [(seconds, processor, _megabytes(), pages)]


_FREQUENT = "quantization"
"""A keyword of many papers."""


def _noted(project: Path, number: int) -> None:
    _append(sorted(project.glob("notes/2024/*/note.md"))[number], "\nOne more line.\n")


def _append(file: Path, more: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}{more}", encoding="utf-8")


def _retitled(project: Path, number: int) -> None:
    _edited(project, number, 'title: "', 'title: "New: ')


def _with_keyword(project: Path, number: int) -> None:
    _edited(project, number, "keyword {", f"keyword {{\n  words: {_FREQUENT}", without=_FREQUENT)


def _with_author(project: Path, number: int) -> None:
    _edited(project, number, 'authors: "', f'authors: "Nobody Before {time.time_ns()}, ')


def _added(project: Path, number: int) -> None:
    record = _records(project)[number]
    name = f"new-{time.time_ns()}"
    text = record.read_text(encoding="utf-8").replace('title: "', f'title: "{name}: ', 1)
    (record.parent / f"{name}.prototxt").write_text(text, encoding="utf-8")


def _deleted(project: Path, number: int) -> None:
    _records(project)[-1 - number].unlink()


def _edited(project: Path, number: int, old: str, new: str, *, without: str = "\0") -> None:
    texts = {record: record.read_text(encoding="utf-8") for record in _records(project)}
    record = [record for record, text in texts.items() if old in text and without not in text][number]
    record.write_text(texts[record].replace(old, new, 1), encoding="utf-8")


def _records(project: Path) -> list[Path]:
    return sorted(project.glob("meta/2024/[!n]*.prototxt"))


SAVES: dict[str, Callable[[Path, int], None]] = {
    "note": _noted,
    "record": _retitled,
    "keyword": _with_keyword,
    "author": _with_author,
    "new": _added,
    "deleted": _deleted,
}
"""What is saved: a note; of a record its title, a keyword and an author nobody had before; a record that is new,
and one that is deleted."""


def _saves(kinds: list[str], project: Path, site: str, runs: int) -> list[tuple[float, float, float, int]]:
    config: Any = load_config(str(project / "mkdocs.yml"), site_dir=site)
    config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = "http://127.0.0.1:8000/"
    build.build(config, serve_url=config.site_url)
    engine = config.plugins["papers"].engine
    # As `mkdocs serve` does, but that nobody is answered. Builds import no server.
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415

    server = LiveReloadServer(lambda: sys.exit("a save had everything built"), "127.0.0.1", 0, site)
    config.plugins.on_serve(server, config=config, builder=server.builder)
    for path in config.watch:
        server.watch(path)
    server.observer.start()
    figures: list[tuple[float, float, float, int]] = []
    for kind, run in itertools.product(kinds, range(runs)):
        SAVES[kind](project, run)
        # A little while, as between saves: garbage is looked for then, and what was written before reaches the disk.
        os.sync()
        time.sleep(2)
        seconds, processor = _timed(server.builder)
        if not engine.rendered:
            sys.exit(f"the save of a {kind} rendered nothing")
        figures.append((seconds, processor, _megabytes(), len(engine.rendered)))
    server.observer.stop()
    return figures


def _reloads(project: Path, runs: int) -> list[tuple[float, float, float, int]]:
    """From the save of a note until a browser that shows a page is told to load it again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]
    figures: list[tuple[float, float, float, int]] = []
    with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            shown = _answer(f"http://{address}/livereload/0/0", patience=1800)
            for note in sorted(project.glob("notes/2024/*/note.md"))[:runs]:
                # A little while, as between saves: the server has to have settled.
                time.sleep(3)
                text = f"{note.read_text(encoding='utf-8')}\nAnother line.\n"
                started = time.perf_counter()
                note.write_text(text, encoding="utf-8")
                shown = _answer(f"http://{address}/livereload/{shown}/1", patience=1800)
                figures.append((time.perf_counter() - started, 0, 0, 0))
        finally:
            server.terminate()
    return figures


def _answer(url: str, *, patience: float) -> str:
    """What a server says, once it is there."""
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=patience) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    main()
