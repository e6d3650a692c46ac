"""What reads bytes that strangers may have written, each as one function that takes any bytes and never raises."""

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from mkdocs_papers.library import store
from mkdocs_papers.library.cache_folder import CacheError
from mkdocs_papers.library.notes import read_note
from mkdocs_papers.pages.markup import Card, MarkupError, NoteContext, Shown, finished, with_links
from mkdocs_papers.pages.mathml import MathError, mathml
from mkdocs_papers.pages.pictures import PictureError, dimensions
from mkdocs_papers.pages.renditions import Use, renditions
from mkdocs_papers.pages.sanitize import UnsafeFileError, passive_file, passive_html
from mkdocs_papers.records.read import read_record
from mkdocs_papers.site.build_cache.pages import CachedPages, Compressor
from mkdocs_papers.site.build_cache.readings import CachedReadings
from mkdocs_papers.sources.encoding import text_of
from mkdocs_papers.sources.file_formats import format_of
from mkdocs_papers.sources.found import Failure, Found
from tests.written import write_prototxt, write_yaml

_MARK = "0123456789abcdef-"
_PICTURE = Shown(4, 3, (("4.webp", 4), (None, 8)))
_CONTEXT = NoteContext(
    lambda address: f"../{address}", lambda _: Card("card", "<b>card</b>"), lambda _: _PICTURE, "Open"
)


def prototxt(content: bytes) -> None:
    """A record in protobuf's text format; what was read is written and read once more."""
    _record("prototxt", content)


def yaml(content: bytes) -> None:
    """A record in YAML; what was read is written and read once more."""
    _record("yaml", content)


def _record(suffix: str, content: bytes) -> None:
    record = read_record(f"meta/2024/x.{suffix}", "2024/x", content).record
    if record is not None:
        for written, other in ((write_prototxt(record.info), "prototxt"), (write_yaml(record.info), "yaml")):
            again = read_record(f"meta/2024/x.{other}", "2024/x", written.encode()).record
            assert again is not None, written


def note(content: bytes) -> None:
    """A note: its front matter, links, headings, words."""
    read_note("notes/2024/x.md", content)


def walk(content: bytes) -> None:
    """The HTML of a note, and what is left of it for one from a stranger."""
    html = content.decode(errors="replace")
    with contextlib.suppress(MarkupError):
        with_links(html, _CONTEXT.resolve)
        finished(html, _CONTEXT)
    with contextlib.suppress(MarkupError):
        passive_html(finished(html, _CONTEXT, _MARK).html, _MARK)


def formula(content: bytes) -> None:
    """A formula."""
    with contextlib.suppress(MathError):
        mathml(content.decode(errors="replace"))


def picture(content: bytes) -> None:
    """A picture, of any kind."""
    for suffix in (".svg", ".png"):
        with contextlib.suppress(PictureError):
            dimensions(content, suffix)
    for use in Use:
        with contextlib.suppress(PictureError):
            renditions(content, use)
    with contextlib.suppress(UnsafeFileError):
        passive_file("x.svg", lambda: content)


def bibliography(content: bytes) -> None:
    """A file of another program, in any of the formats."""
    text, _ = text_of(content)
    known = format_of(text or "")
    for each in known.iterate(text or "", "x") if known else ():
        assert isinstance(each, Found | Failure)


def cache(content: bytes) -> None:
    """A file of the build cache, with a seal that fits: what follows it is anybody's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages"
        for kind in (CachedPages, CachedReadings):
            store.save(path, b"x", msgspec.Raw(content))
            with contextlib.suppress(CacheError):
                store.load(path, b"x", kind)
            path.write_bytes(content)
            with contextlib.suppress(CacheError):
                store.load(path, b"x", kind)
    with contextlib.suppress(CacheError):
        Compressor().decompress(content)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (prototxt, yaml, note, walk, formula, picture, bibliography, cache)
}
"""The functions by name; `run` has the names too."""
