"""The link checker itself: what it calls dead is dead in a browser, and nothing else."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.linkcheck import DeadLink, dead_links
from tests.sites import write_files

SITE_URL = "https://example.org/sub/path/"

FILES = {
    "index.html": '<h1 id="top-of-all">Home</h1>',
    "papers/2024/LoRA+/index.html": '<h2 id="über">About</h2><a name="old"></a><p name="not-an-anchor">',
    "papers/plain.html": "",
    "notes/a b/cover.svg": "<svg/>",
    "notes/100%/f#1?.png": "",
    "notes/注意力.pdf": "",
    "404.html": "",
}


def _dead(folder: Path, html: str, page: str = "papers/2024/Quest/index.html") -> list[tuple[str, str]]:
    write_files(folder, {**FILES, page: html})
    return [(dead.link, dead.why) for dead in dead_links(folder, SITE_URL)]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#",
        "#top",
        "?q=1",
        ".",
        "./index.html",
        "../../../",
        "../../../#top-of-all",
        "../../..",
        "../LoRA+/",
        "../LoRA%2B/#%C3%BCber",
        "../LoRA+/#über",
        "../LoRA+/#old",
        "../LoRA+/#old:~:text=words",
        "../../plain.html#top",
        "../../../notes/a%20b/cover.svg#whatever",
        "../../../notes/a b/cover.svg",
        "../../../notes/100%25/f%231%3F.png",
        "../../../notes/%E6%B3%A8%E6%84%8F%E5%8A%9B.pdf?download=1#page=3",
        "/sub/path/papers/plain.html",
        "//example.org/sub/path/papers/plain.html",
        "https://example.org/sub/path/",
        " ../LoRA+/ ",
        "mailto:someone@example.org",
        "data:image/png;base64,AAAA",
        "https://elsewhere.org/nothing",
    ],
)
def test_live(tmp_path: Path, link: str) -> None:
    # Two levels up from papers/2024/Quest/ there must be an index for the bare folder's sake.
    assert _dead(tmp_path, f'<a href="{link}">') == []


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("nothing", "no such file"),
        ("#nowhere", "no such anchor"),
        ("../LoRA+/#not-an-anchor", "no such anchor"),
        ("../LoRA+", "a folder without its slash"),
        ("../lora+/", "in other letter case: papers/2024/LoRA+/index.html"),
        ("../../", "no such file"),
        ("../../../notes/100%/f#1?.png", "no such file"),
        ("../../../notes/a+b/cover.svg", "no such file"),
        ("/", "leaves the site"),
        ("/papers/plain.html", "leaves the site"),
        ("https://example.org/elsewhere/", "leaves the site"),
        ("http://[broken", "no address"),
    ],
)
def test_dead(tmp_path: Path, link: str, why: str) -> None:
    assert _dead(tmp_path, f'<a href="{link}">') == [(link, why)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x">',
        '<map><area href="x"></map>',
        '<audio src="x">',
        '<embed src="x">',
        '<form action="x">',
        '<iframe src="x">',
        "<IMG SRC=x width=600>",
        '<p align="center"><img src="x" width="600"></p>',
        '<img srcset="../../plain.html 1x, x 2x">',
        '<img srcset="x">',
        '<picture><source srcset="x,../../plain.html 300w"></picture>',
        '<input type="image" src="x">',
        '<link rel="stylesheet" href="x">',
        '<object data="x">',
        '<script src="x"></script>',
        '<svg><use xlink:href="x"/><image href="../../plain.html"/></svg>',
        '<video><track src="x"></video>',
        '<video poster="x">',
        '<meta http-equiv="refresh" content="0; url=x">',
        "<div style=\"background: url('x')\">",
        "<style>a { background: url(x) }</style>",
        '<noscript><img src="x"></noscript>',
        '<base href="../../"><a href="plain.html"></a><a href="x"></a>',
        '<a href="&#120;">',
    ],
)
def test_every_kind_of_link(tmp_path: Path, html: str) -> None:
    assert [link for link, _ in _dead(tmp_path, html)] in (["x"], ["x,../../plain.html"])


@pytest.mark.parametrize(
    "html",
    [
        '<!-- <a href="x"> -->',
        "<script>const link = '<a href=\"x\">';</script>",
        '<link rel="preconnect" href="x">',
        "&lt;a href='x'&gt;",
        "<style>/* url(x) */</style>",
    ],
)
def test_what_no_browser_follows(tmp_path: Path, html: str) -> None:
    assert _dead(tmp_path, html) == []


def test_line_and_page(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": "<p>\n<a href='a'>\n\n<img src='b'>", "b/index.html": "<a href='c/'>"})
    assert dead_links(tmp_path, SITE_URL) == [
        DeadLink("b/index.html", 1, "c/", "no such file"),
        DeadLink("index.html", 2, "a", "no such file"),
        DeadLink("index.html", 4, "b", "a folder without its slash"),
    ]
    assert str(dead_links(tmp_path, SITE_URL)[1]) == "index.html:2: a (no such file)"


def test_error_page_is_served_at_any_address(tmp_path: Path) -> None:
    html = '<a href="papers/plain.html"><a href="/sub/path/papers/plain.html">'
    assert _dead(tmp_path, html, "404.html") == [("papers/plain.html", "no such file")]


def test_pages_without_folders(tmp_path: Path) -> None:
    html = '<a href="../papers/plain.html"><a href="plain.html"><a href="../plain.html#there">'
    write_files(tmp_path, {"papers/plain.html": html, "plain.html": '<i id="there">'})
    assert dead_links(tmp_path, SITE_URL) == []


def test_style_sheets(tmp_path: Path) -> None:
    css = "/* url(no) */ a { src: url(../a.woff2), url('b.svg'); x: url( \"../gone.png\" ) }"
    write_files(tmp_path, {"a.woff2": "", "css/b.svg": "", "css/main.css": css})
    assert [dead.link for dead in dead_links(tmp_path, SITE_URL)] == ["../gone.png"]


def test_sitemap(tmp_path: Path) -> None:
    locations = [SITE_URL, SITE_URL + "gone/", "https://elsewhere.org/"]
    urls = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    xml = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    write_files(tmp_path, {"index.html": "", "sitemap.xml": xml})
    assert [(dead.link, dead.why) for dead in dead_links(tmp_path, SITE_URL)] == [
        ("https://elsewhere.org/", "not below the site's address"),
        (SITE_URL + "gone/", "no such file"),
    ]


_NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='/\\:*?"<>|'), min_size=1, max_size=12
).filter(lambda name: name.strip(".") and len(name.encode()) < 200)


@given(folder=_NAMES, name=_NAMES)
def test_a_quoted_name_is_found(folder: str, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = tmp_path_factory.mktemp("site")
    address = quote(f"{folder}/x{name}.txt")
    write_files(site, {f"{folder}/x{name}.txt": "", "index.html": f'<a href="{address}"><a href="{address}x">'})
    assert [dead.link for dead in dead_links(site, SITE_URL)] == [address + "x"]
