"""The library's pages in the sitemap, which MkDocs' template makes of its own pages."""

import gzip
import io
import itertools
import os
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from mkdocs.commands import build as mkdocs_build
from mkdocs.structure.files import Files
from mkdocs.utils import get_build_timestamp
from mkdocs.utils.templates import TemplateContext

from mkdocs_papers.site.build import Build


class Sitemap:
    """Puts the pages of a build that MkDocs does not list into the sitemap, while MkDocs renders its template."""

    def __init__(self) -> None:
        self.build: Build | None = None
        self._some: Sequence[str] | None = None
        """While set, the addresses of the only ones of our pages that are listed."""
        self._listed: Mapping[str, str] = {}
        self._around: _Around | None = None
        self._compressor = Compressor()

    def add(self, context: TemplateContext) -> None:
        """Put our pages into what the template reads."""
        build = self.build
        if build is None or not build.config.site_url:
            return
        date, urls = build.inputs.date, [*_urls(build, {}).values()] if self._some is None else self._some
        pages = [SimpleNamespace(canonical_url=url, update_date=date, is_link=False) for url in urls]
        context["pages"] = [*context["pages"], *[SimpleNamespace(page=page) for page in pages]]  # type: ignore[list-item] # what it reads

    def learn(self, output: str) -> None:
        """Take what a whole build has rendered: what stands around our addresses there, saves need not render again."""
        if self.build is not None and self._some is None:
            self._listed = _urls(self.build, {})
            self._around = _around(output, [*self._listed.values()])

    def rendered(self) -> bytes:
        """The sitemap as a whole build renders it."""
        assert self.build is not None  # noqa: S101 - a save follows a build
        before, around = self._listed, self._around
        self._listed = _urls(self.build, before)
        now = [*self._listed.values()]
        # Of what has come the template may make something else; and it may say how many pages there are.
        some = [self._listed[path] for path in self._listed.keys() - before.keys()] or now[:1]
        if around is None or not some or self._render(some) != around.joined(some):
            content = self._render(now)
            self._around = _around(content, now)
            return content.encode()
        return around.joined(now).encode()

    def write(self, content: bytes, write: Callable[[str, bytes], None]) -> None:
        """Write the sitemap as a whole build does, and compressed."""
        build = self.build
        assert build is not None  # noqa: S101 - as above
        path = os.fspath(Path(build.config.site_dir, "sitemap.xml"))
        changed = get_build_timestamp(pages=[file.page for file in build.documents if file.page is not None])
        write(path, content)
        write(f"{path}.gz", self._compressor.compressed(content, f"{path}.gz", changed))

    def _render(self, urls: Sequence[str]) -> str:
        """What the template makes of MkDocs' own pages and some of ours."""
        build = self.build
        assert build is not None  # noqa: S101 - as above
        self._some = urls
        try:
            # MkDocs has no public way to render a template of its own.
            return mkdocs_build._build_template(  # noqa: SLF001
                "sitemap.xml", build.env.get_template("sitemap.xml"), Files(build.documents), build.config, build.nav
            )
        finally:
            self._some = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before our addresses in a sitemap, between any two of them, and behind them."""

    before: str
    between: str
    behind: str

    def joined(self, urls: Sequence[str]) -> str:
        """The sitemap with some addresses."""
        return f"{self.before}{self.between.join(urls)}{self.behind}"


def _around(output: str, urls: Sequence[str]) -> _Around | None:
    """What stands around our addresses in a sitemap; None where it is not the same around each."""
    if len(urls) < 2:  # noqa: PLR2004 - nothing stands between fewer
        return None
    before, _, rest = output.partition(urls[0])
    between, behind = rest.partition(urls[1])[0], rest.rpartition(urls[-1])[2]
    around = _Around(before, between, behind)
    return around if around.joined(urls) == output else None


def _urls(build: Build, known: Mapping[str, str]) -> dict[str, str]:
    """The addresses of the pages that MkDocs does not list itself, by source path; some are known."""
    base = str(build.config.site_url).rstrip("/")
    return {
        path: known.get(path) or f"{base}/{'' if file.url == './' else file.url}"
        for path, file in build.out_of_nav().items()
    }


class Compressor:
    """Compresses one content after another, byte for byte as MkDocs does, each from where it differs from the last."""

    def __init__(self, step: int = 1 << 17) -> None:
        """Begin; after so many bytes each, the compressor's state is kept."""
        self._step = step
        self._content = b""
        self._states = [(zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL), b"")]
        """The state before each step, and what the step before gave."""

    def compressed(self, content: bytes, path: str, changed: float) -> bytes:
        """A content compressed, as gzip (RFC 1952) does it for a path and the time of a change in Unix seconds."""
        step, states = self._step, self._states
        starts = range(0, len(content), step)
        same = itertools.takewhile(lambda start: _at(content, start, step) == _at(self._content, start, step), starts)
        del states[1 + sum(1 for _ in same) :]
        for start in starts[len(states) - 1 :]:
            state = states[-1][0].copy()
            states.append((state, state.compress(_at(content, start, step))))
        self._content = content
        last = states[-1][0].copy()
        deflated = b"".join([given for _, given in states])
        check = struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
        return b"".join((_gzip_header(path, changed), deflated, last.flush(), check))


_LEVEL = 9
"""That of Python's `gzip.GzipFile`."""


def _at(content: bytes, start: int, step: int) -> bytes:
    return content[start : start + step]


def _gzip_header(path: str, changed: float) -> bytes:
    written = io.BytesIO()
    with gzip.GzipFile(path, "wb", fileobj=written, mtime=changed):
        pass
    # Of no content there are two bytes, a checksum and a size.
    return written.getvalue()[:-10]
