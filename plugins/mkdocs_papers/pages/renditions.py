"""Pictures made smaller, in WebP: as listings show covers, and at the widths that pages show pictures in.

For a page a picture is made only where that saves: not small ones, drawings in SVG, or animations.
"""

import enum
import io
from collections.abc import Sequence
from dataclasses import dataclass

import PIL
from PIL import Image, ImageOps

from mkdocs_papers.pages.page_inputs import Candidate, PictureFile
from mkdocs_papers.pages.pictures import check_pixels, opened
from mkdocs_papers.records.limits import LARGEST_THUMBNAIL

WIDTHS = (480, 720, 1080, 1600)
"""In pixels: half a column of text on a desk; a column on a phone, at two pixels for one of a page's; one on a phone at
three, and on a desk; on a desk at two."""

VERSION = f"2-{PIL.__version__}-{'-'.join(map(str, WIDTHS))}"
"""What else but its source a rendition depends on: it differs where renditions may differ."""

_LEAST_BYTES = 24 * 1024
"""Smaller files serve as they are."""

_SAVES = 0.8
"""A rendition is kept if it has at most this share of the original's bytes."""
_APART = 1.25
"""Nothing is made that is only a little narrower than the widest."""
_QUALITY = 80
_TALLEST = 16_383
"""The most rows that WebP has room for (https://developers.google.com/speed/webp/docs/riff_container)."""
_MODES = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))
"""Pixels that can be told in WebP's eight bits of red, green and blue, as Pillow names them."""

_THUMBNAIL = (320, 240)
"""Largest width and height of a thumbnail, in pixels: three times what a listing shows."""
_THUMBNAIL_QUALITIES = (82, 70, 55, 40)


class Use(enum.StrEnum):
    """What a picture is made smaller for."""

    LISTING = enum.auto()
    PAGE = enum.auto()


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture at one width, in WebP; sizes are in pixels."""

    width: int
    height: int
    content: bytes


def is_drawing(path: str) -> bool:
    """Whether a picture is an SVG, which is shown as it is."""
    return path.lower().endswith(".svg")


def may_have_renditions(path: str, size: int) -> bool:
    """Whether a picture may be made smaller for a page: no drawing is, nor a small file."""
    return not is_drawing(path) and size >= _LEAST_BYTES


def renditions(content: bytes, use: Use) -> tuple[Rendition, ...]:
    """A picture of pixels made smaller.

    For a listing that is one thumbnail. For a page it is the picture at the widest of `WIDTHS`, or its own width if
    that is less, and at those that are well below.

    Returns:
        The narrowest first; nothing where the original serves as well.

    Raises:
        PictureError: it is damaged or too large.
    """
    with opened(content) as image:
        check_pixels(image)
        if use is Use.LISTING:
            return (_thumbnail(image),)
        profile = image.info.get("icc_profile")
        # A profile tells colours of these pixels and no others.
        if getattr(image, "is_animated", False) or image.mode not in _MODES or (profile and image.mode[0] in "1L"):
            return ()
        drawn = _upright(image)
        made = [_at(drawn, width, profile) for width in _widths(drawn)]
    return tuple(each for each in made if len(each.content) <= _SAVES * len(content))


def candidates(picture: PictureFile, made: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What a browser may choose from to show a picture, the narrowest first; nothing where that is the only one."""
    if made and made[-1].width < min(picture.width, WIDTHS[-1]):
        return (*made, Candidate(None, picture.width, picture.height))
    return tuple(made)


def _thumbnail(image: Image.Image) -> Rendition:
    # Some formats can be opened at a fraction of their size.
    image.draft("RGB", (2 * _THUMBNAIL[0], 2 * _THUMBNAIL[1]))
    drawn = _upright(image)
    drawn.thumbnail(_THUMBNAIL, Image.Resampling.LANCZOS, reducing_gap=2.0)
    while True:
        for quality in _THUMBNAIL_QUALITIES:
            made = _webp(drawn, quality)
            if len(made.content) <= LARGEST_THUMBNAIL:
                return made
        drawn = drawn.resize((max(1, drawn.width * 3 // 4), max(1, drawn.height * 3 // 4)), Image.Resampling.LANCZOS)


def _upright(image: Image.Image) -> Image.Image:
    upright: Image.Image = ImageOps.exif_transpose(image)
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _widths(image: Image.Image) -> list[int]:
    widest = min(image.width, WIDTHS[-1])
    wanted = [*(width for width in WIDTHS if width * _APART <= widest), widest]
    return [width for width in wanted if _height(image, width) <= _TALLEST]


def _height(image: Image.Image, width: int) -> int:
    return max(1, (2 * image.height * width + image.width) // (2 * image.width))


def _at(image: Image.Image, width: int, profile: bytes | None) -> Rendition:
    size = (width, _height(image, width))
    drawn = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _webp(drawn, _QUALITY, profile)


def _webp(image: Image.Image, quality: int, profile: bytes | None = None) -> Rendition:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=4, icc_profile=profile)
    return Rendition(*image.size, file.getvalue())
