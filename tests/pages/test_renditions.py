import io
import random

import pytest
from PIL import Image, ImageCms, ImageDraw

from mkdocs_papers.pages.page_inputs import Candidate, PictureFile
from mkdocs_papers.pages.pictures import PictureError
from mkdocs_papers.pages.renditions import Use, candidates, may_have_renditions, renditions


def _file(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def figure(width: int, height: int) -> Image.Image:
    """Something like a figure of a paper: lines over shades."""
    dice = random.Random(3)
    image = Image.frombytes("RGB", (20, 10), dice.randbytes(600)).resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(5):
        draw.line([(x, dice.randint(0, height)) for x in range(0, width, 40)], fill=(20, 20, 20), width=2)
    return image


def test_a_wide_picture_is_made_at_every_width_and_keeps_its_shape() -> None:
    content = _file(figure(2000, 500))
    made = renditions(content, Use.PAGE)
    assert [(each.width, each.height) for each in made] == [(480, 120), (720, 180), (1080, 270), (1600, 400)]
    for each in made:
        with Image.open(io.BytesIO(each.content)) as image:
            assert (image.format, image.size) == ("WEBP", (each.width, each.height))
        assert len(each.content) <= 0.8 * len(content)
    assert len(made[0].content) < len(made[1].content) < len(made[2].content)


def test_a_picture_is_never_blown_up_and_has_its_own_width_where_that_is_small() -> None:
    assert [each.width for each in renditions(_file(figure(1000, 200)), Use.PAGE)] == [480, 720, 1000]
    assert [each.width for each in renditions(_file(figure(400, 500)), Use.PAGE)] == [400]
    assert [each.width for each in renditions(_file(figure(1100, 200)), Use.PAGE)] == [480, 720, 1100]
    assert [each.width for each in renditions(_file(figure(1900, 200)), Use.PAGE)] == [480, 720, 1080, 1600]


def test_what_would_not_save_is_not_made() -> None:
    small = _file(figure(60, 30))
    assert not may_have_renditions(".png", len(small))
    assert not may_have_renditions(".svg", 24 * 1024)
    assert may_have_renditions(".png", 24 * 1024)
    tight = _file(figure(1000, 700), "WEBP", quality=20)
    assert all(len(each.content) <= 0.8 * len(tight) for each in renditions(tight, Use.PAGE))
    frames = [figure(600, 400) for _ in range(2)]
    frames[1].putpixel((0, 0), (1, 2, 3))
    assert renditions(_file(frames[0], "GIF", save_all=True, append_images=frames[1:]), Use.PAGE) == ()


def test_a_picture_stays_see_through_and_stands_upright() -> None:
    clear = figure(1000, 700).convert("RGBA")
    clear.putalpha(0)
    clear.paste((255, 0, 0, 255), (0, 0, 500, 700))
    clear.paste(figure(500, 700).convert("RGBA"), (0, 0))
    [first, *_] = renditions(_file(clear), Use.PAGE)
    with Image.open(io.BytesIO(first.content)) as image:
        assert image.convert("RGBA").getpixel((470, 100))[3] == 0  # type: ignore[index] # four bands
    turned = Image.Exif()
    turned[0x0112] = 6
    [first, *_] = renditions(_file(figure(1000, 700), "JPEG", quality=95, exif=turned), Use.PAGE)
    assert first.height > first.width


def test_what_cannot_be_read_says_why() -> None:
    vast = Image.frombytes("L", (300, 300), random.Random(1).randbytes(90_000)).resize((9000, 7000), 0)
    for content, wrong in (
        (b"no picture" * 24 * 1024, "is no picture of a known format"),
        (_file(figure(1000, 700))[:-20_000], "is damaged (OSError)"),
        (_file(vast, compress_level=1), "has 9000 x 7000 pixels"),
    ):
        with pytest.raises(PictureError) as caught:
            renditions(content, Use.PAGE)
        assert str(caught.value) == wrong


def test_the_same_picture_gives_the_same_bytes() -> None:
    content = _file(figure(1000, 700))
    assert renditions(content, Use.PAGE) == renditions(content, Use.PAGE)


def test_colours_are_told_with_their_profile_or_not_at_all() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    [first, *_] = renditions(_file(figure(1000, 700), icc_profile=profile), Use.PAGE)
    with Image.open(io.BytesIO(first.content)) as image:
        assert image.info["icc_profile"] == profile
    grey = figure(1000, 700).convert("L")
    assert renditions(_file(grey), Use.PAGE)
    assert renditions(_file(grey, icc_profile=profile), Use.PAGE) == ()
    assert renditions(_file(figure(1000, 700).convert("CMYK"), "JPEG", quality=95), Use.PAGE) == ()
    assert renditions(_file(Image.new("I;16", (1000, 700)), "PNG", compress_level=0), Use.PAGE) == ()


def test_what_webp_has_no_room_for_is_not_made() -> None:
    tall = figure(100, 500).resize((700, 25_000), Image.Resampling.NEAREST)
    assert [each.width for each in renditions(_file(tall), Use.PAGE)] == []
    tall = figure(100, 500).resize((700, 20_000), Image.Resampling.NEAREST)
    assert [each.width for each in renditions(_file(tall, compress_level=0), Use.PAGE)] == [480]


@pytest.mark.parametrize(
    ("own", "made", "offered"),
    [
        (400, [], []),
        (400, [400], [400]),
        # Where a wide one would save nothing, the picture itself is there for wide screens.
        (900, [480, 720], [480, 720, None]),
        (2000, [480, 720, 1080, 1600], [480, 720, 1080, 1600]),
        (2000, [480, 720], [480, 720, None]),
    ],
)
def test_a_browser_may_always_choose_what_is_wide_enough(own: int, made: list[int], offered: list[int | None]) -> None:
    found = candidates(PictureFile(own, 100, ""), [Candidate(f"{width}.webp", width, 50) for width in made])
    assert found == tuple(
        Candidate(f"{width}.webp" if width else None, width or own, 50 if width else 100) for width in offered
    )
