import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mkdocs_papers.pages.pictures import PictureError, dimensions
from mkdocs_papers.pages.renditions import Rendition, Use, renditions
from mkdocs_papers.records.limits import LARGEST_THUMBNAIL


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def thumbnail(content: bytes) -> Rendition:
    (made,) = renditions(content, Use.LISTING)
    return made


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(3 * width * height))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_picture_is_made_small_and_keeps_its_shape(form: str) -> None:
    made = thumbnail(encoded(noise(800, 400), form))
    assert len(made.content) <= LARGEST_THUMBNAIL
    assert (made.width, made.height) == dimensions(made.content, ".webp")
    assert made.width <= 320
    assert abs(made.width / made.height - 2) < 0.02


def test_a_small_picture_is_not_blown_up_and_stays_see_through() -> None:
    made = thumbnail(encoded(Image.new("RGBA", (40, 20), (255, 0, 0, 0)), "PNG"))
    assert dimensions(made.content, ".webp") == (40, 20)
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index] # four bands


def test_a_picture_from_a_phone_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    made = thumbnail(encoded(noise(400, 200), "JPEG", exif=turned))
    assert made.height > made.width


def test_palettes_greys_and_animations_work() -> None:
    frames = [Image.new("P", (50, 50), n) for n in range(3)]
    moving = io.BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    for content in (
        encoded(Image.new("L", (50, 50)), "PNG"),
        encoded(Image.new("I;16", (50, 50)), "PNG"),
        encoded(Image.new("CMYK", (50, 50)), "JPEG"),
        moving.getvalue(),
    ):
        assert thumbnail(content).width == 50


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as that."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 10_000, 30_000])
def test_a_picture_of_too_many_pixels_is_not_drawn(side: int) -> None:
    with pytest.raises(PictureError, match="pixels"):
        thumbnail(bomb(side, side))


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"", ".png"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (encoded(noise(50, 50), "PNG")[:200], ".png"),
        (encoded(noise(50, 50), "JPEG")[:100], ".jpg"),
        # Formats that no browser shows, whatever the file's name.
        (encoded(noise(5, 5), "BMP"), ".png"),
        (encoded(noise(5, 5), "TIFF"), ".webp"),
        (b"", ".svg"),
        (b"<svg", ".svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><path', ".svg"),
        (b"<html/>", ".svg"),
        (b" " * LARGEST_THUMBNAIL, ".svg"),
        # Python knows it by that name too, and Expat by another one alone.
        (b'<?xml version="1.0" encoding="utf_16"?><svg xmlns="http://www.w3.org/2000/svg"/>', ".svg"),
    ],
)
def test_a_damaged_picture_is_an_error_of_its_own(content: bytes, suffix: str) -> None:
    draw = dimensions if suffix == ".svg" else lambda content, _: thumbnail(content)
    with pytest.raises(PictureError):
        draw(content, suffix)


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_a_damaged_byte_never_raises_anything_else(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]))
    content = bytearray(encoded(noise(12, 12), form))
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[position] = data.draw(st.integers(0, 255))
    try:
        made = thumbnail(bytes(content))
    except PictureError:
        return
    assert made.content


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('viewBox="0 0 320 200"', (320, 200)),
        ('viewBox="0,0,320.4,199.6"', (320, 200)),
        ('width="64" height="48px" viewBox="0 0 1 1"', (64, 48)),
        ('width="100%" height="100%" viewBox="0 0 32 20"', (32, 20)),
        ('width="10em" height="5em"', None),
        ('viewBox="0 0 wide high"', None),
        ('viewBox="0 0 1e9 1e9"', None),
        ('viewBox="0 0 0 0"', None),
        ("", None),
    ],
)
def test_an_svg_says_its_size(attributes: str, expected: tuple[int, int] | None) -> None:
    content = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><path/></svg>'.encode()
    assert dimensions(content, ".svg") == expected


def test_a_large_svg_is_looked_at_at_its_beginning() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">' + b" " * LARGEST_THUMBNAIL + b"<"
    assert dimensions(drawing, ".svg") == (4, 3)


def test_a_billion_laughs_cost_nothing() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    laughs = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{entities}]><svg viewBox="0 0 1 1"><text>&l29;</text></svg>'
    with pytest.raises(PictureError):
        dimensions(laughs.encode(), ".svg")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_the_size_of_a_picture(form: str) -> None:
    assert dimensions(encoded(noise(900, 300), form), f".{form.lower()}") == (900, 300)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_picture_as_it_is_shown(orientation: int) -> None:
    turned = Image.Exif()
    turned[0x0112] = orientation
    content = encoded(noise(90, 30), "JPEG", exif=turned)
    assert dimensions(content, ".jpg") == ((30, 90) if orientation > 4 else (90, 30))


def test_a_png_says_before_its_pixels_how_it_is_turned() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    assert dimensions(encoded(noise(90, 30), "PNG", exif=turned), ".png") == (30, 90)


def test_the_size_of_a_drawing() -> None:
    assert dimensions(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"/>', ".svg") == (320, 200)
    assert dimensions(b'<svg xmlns="http://www.w3.org/2000/svg" width="50%"/>', ".svg") is None


@given(st.binary(max_size=300), st.sampled_from([".svg", ".png", ".jpg", ".webp"]))
def test_what_is_no_picture_has_no_size(content: bytes, suffix: str) -> None:
    for each in (content, b"\x89PNG\r\n\x1a\n" + content):
        with pytest.raises(PictureError):
            dimensions(each, suffix)
