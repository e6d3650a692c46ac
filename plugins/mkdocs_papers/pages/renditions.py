"""Pictures at the widths that pages show them in, in WebP: a phone need not load what was cut out of a large screen.

A picture is made only where that saves: not small ones, drawings in SVG, or animations.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

import PIL
from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS = (480, 720, 1440)
"""In pixels: a column of text on a phone; there at two pixels for one of a page's, and on a desk; there at two."""

VERSION = f"1-{PIL.__version__}-{'-'.join(map(str, WIDTHS))}"
"""What else but its source a rendition depends on: it differs where renditions may differ."""

LEAST_BYTES = 24 * 1024
"""Smaller files serve as they are."""
MOST_BYTES = 64 * 1024 * 1024
"""Larger files are not read."""
MOST_PIXELS = 60_000_000
"""Pictures of more pixels are not opened: each takes four bytes of memory."""

_SAVES = 0.8
"""A rendition is kept if it has at most this share of the original's bytes."""
_QUALITY = 80
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")


class UnreadablePictureError(ValueError):
    """A picture cannot be made smaller; why, to be read after its name."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture at one width.

    Attributes:
        width: in pixels.
        height: in pixels.
        content: the file, in WebP.
    """

    width: int
    height: int
    content: bytes


def renditions(content: bytes, suffix: str) -> tuple[Rendition, ...]:
    """A picture at the widths of `WIDTHS` that are below its own, and at its own if that is below the largest.

    Args:
        content: the picture's file.
        suffix: the file's suffix, in small letters.

    Returns:
        The narrowest first; nothing where the original serves as well.

    Raises:
        UnreadablePictureError: it is damaged or too large.
    """
    if suffix == ".svg" or len(content) < LEAST_BYTES:
        return ()
    if len(content) > MOST_BYTES:
        raise UnreadablePictureError(f"has more than {MOST_BYTES // 1024**2} MiB")
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            drawn = _drawn(image)
    except UnreadablePictureError:
        raise
    except UnidentifiedImageError as error:
        raise UnreadablePictureError("is no picture of a known format") from error
    except Exception as error:  # Decoders raise whatever their format's code raises.
        raise UnreadablePictureError(f"is damaged ({type(error).__name__})") from error
    if drawn is None:
        return ()
    made = [_at(drawn, width) for width in _widths(drawn.width)]
    return tuple(each for each in made if len(each.content) <= _SAVES * len(content))


def _drawn(image: Image.Image) -> Image.Image | None:
    """The pixels of a picture as it stands upright; None for an animation."""
    if image.width * image.height > MOST_PIXELS:
        raise UnreadablePictureError(f"has {image.width} x {image.height} pixels")
    if getattr(image, "is_animated", False):
        return None
    upright: Image.Image = ImageOps.exif_transpose(image)
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _widths(own: int) -> Iterable[int]:
    narrower = [width for width in WIDTHS if width < own]
    return [*narrower, own] if own <= WIDTHS[-1] else narrower


def _at(image: Image.Image, width: int) -> Rendition:
    height = max(1, math.floor(image.height * width / image.width + 0.5))
    drawn = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    file = io.BytesIO()
    drawn.save(file, "WEBP", quality=_QUALITY, method=4)
    return Rendition(width, height, file.getvalue())


# A cache keeps the renditions of a picture in one file: a line that says how wide, high and long each is, then each.


def packed(made: Iterable[Rendition]) -> bytes:
    """Renditions as one file."""
    every = list(made)
    sizes = [[each.width, each.height, len(each.content)] for each in every]
    return json.dumps(sizes).encode() + b"\n" + b"".join(each.content for each in every)


def unpacked(content: bytes) -> tuple[Rendition, ...] | None:
    """What `packed` has packed; None where it cannot be that: whatever lies in a cache may be anybody's."""
    line, _, rest = content.partition(b"\n")
    try:
        sizes = json.loads(line[:1000])
        found = []
        for width, height, length in sizes:
            found.append(Rendition(int(width), int(height), rest[:length]))
            rest = rest[length:]
        whole = not rest and all(_is(each) for each in found)
    except Exception:  # noqa: BLE001 - anything may be in there
        return None
    return tuple(found) if whole else None


def _is(made: Rendition) -> bool:
    with Image.open(io.BytesIO(made.content), formats=("WEBP",)) as image:
        return image.size == (made.width, made.height)
