"""Pictures that are read: what is damaged or too large is an error that says so. Nothing here draws SVG."""

import codecs
import contextlib
import io
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from PIL import ExifTags, Image, UnidentifiedImageError

from mkdocs_papers.records.limits import LARGEST_PICTURE, LARGEST_THUMBNAIL, MOST_PIXELS

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_TURNED = frozenset((5, 6, 7, 8))
"""Orientations in which a picture lies on its side, as Exif numbers them."""
# What browsers know: https://encoding.spec.whatwg.org/#names-and-labels
_OF_SEVERAL_BYTES = frozenset(
    ("big5", "euc-jp", "euc-kr", "gb18030", "gb2312", "gbk", "iso-2022-jp", "shift-jis", "windows-31j")
)
_OF_ONE_BYTE = re.compile(
    r"utf-?8|utf-16(?:[bl]e)?|(?:us-)?ascii|latin-?1|iso-8859-1?[0-9]|(?:windows-|cp)125[0-8]|windows-874|koi8-[ru]"
    r"|ibm866|macintosh"
)
"""Those, and what Expat knows by itself."""
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")


class PictureError(ValueError):
    """A picture cannot be read; why, to be read after its name."""


def dimensions(content: bytes, suffix: str) -> tuple[int, int] | None:
    """Width and height of a picture as browsers show it, in pixels; None where it does not say.

    Raises:
        PictureError: it is damaged.
    """
    if suffix == ".svg":
        return _drawing_dimensions(_root(content))
    with opened(content) as image:
        # In a PNG this may stand behind the pixels, and Pillow would draw them all to find it there.
        known = image.format != "PNG" or "exif" in image.info
        turned = known and image.getexif().get(ExifTags.Base.Orientation, 1) in _TURNED
        return image.size[::-1] if turned else image.size


@contextlib.contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """A picture of pixels, to be read.

    Raises:
        PictureError: it is damaged or too large; also where that shows only while it is read.
    """
    if len(content) > LARGEST_PICTURE:
        raise PictureError(f"has more than {LARGEST_PICTURE // 1024**2} MiB")
    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures with very many pixels; these have a limit of their own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                yield image
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError("has too many pixels") from error
    except UnidentifiedImageError as error:
        raise PictureError("is no picture of a known format") from error
    except Exception as error:  # Decoders raise whatever their format's code raises.
        raise PictureError(f"is damaged ({type(error).__name__})") from error


def check_pixels(image: Image.Image) -> None:
    """Refuse a picture that would fill the memory.

    Raises:
        PictureError: it has too many pixels.
    """
    if image.width * image.height > MOST_PIXELS:
        raise PictureError(f"has {image.width} x {image.height} pixels")


def _drawing_dimensions(root: Mapping[str, str]) -> tuple[int, int] | None:
    """Width and height of an SVG by the attributes of its outermost element."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = (root.get("viewBox") or "").replace(",", " ").split()
    if (width is None or height is None) and len(box) == 4:  # noqa: PLR2004 - a box has four numbers
        width, height = _length(box[2]), _length(box[3])
    return None if width is None or height is None else (width, height)


def _root(content: bytes) -> Mapping[str, str]:
    """The attributes of an SVG's outermost element.

    A drawing that a listing shows is read to its end; of a larger one, no more than its beginning.
    """
    part, is_whole = content[:LARGEST_THUMBNAIL], len(content) <= LARGEST_THUMBNAIL
    try:
        try:
            name, attributes = _outermost(part, is_whole=is_whole)
        except _SeveralBytesError as error:
            # Expat knows encodings of one byte a character, so of these Python is asked.
            text = codecs.getincrementaldecoder(str(error))().decode(part, is_whole)
            name, attributes = _outermost(text.encode(), is_whole=is_whole, encoding="utf-8")
    except PictureError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two of Python, asked for an encoding
        raise PictureError("is no well-formed SVG") from error
    if name.rpartition(":")[2] != "svg":
        raise PictureError("is no SVG")
    return attributes


class _SeveralBytesError(Exception):
    """A text is in an encoding of several bytes a character, which is named."""


def _outermost(text: bytes, *, is_whole: bool, encoding: str | None = None) -> tuple[str, Mapping[str, str]]:
    """Name and attributes of the outermost element of an XML text, in an encoding that it may name itself."""
    elements: list[tuple[str, Mapping[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not elements:
            elements.append((name, attributes))

    def declared(_version: str, named: str | None, _standalone: int) -> None:
        name = (named or "utf-8").lower().replace("_", "-")
        if encoding is None and name in _OF_SEVERAL_BYTES:
            raise _SeveralBytesError(name)
        if name not in _OF_SEVERAL_BYTES and not _OF_ONE_BYTE.fullmatch(name):
            raise PictureError("is in an encoding that browsers do not know")

    parser = expat.ParserCreate(encoding)
    parser.StartElementHandler, parser.XmlDeclHandler = start, declared
    # Against texts that name one another over and over, Expat has limits of its own.
    parser.Parse(text, is_whole)
    return elements[0] if elements else ("", {})


def _length(text: str | None) -> int | None:
    """A length in pixels, rounded; None for one in other units, and for none."""
    found = _LENGTH.fullmatch(text or "")
    if not found:
        return None
    length = float(found[1])
    return round(length) if math.isfinite(length) and 0.5 <= length <= 100_000 else None  # noqa: PLR2004 - sane sizes
