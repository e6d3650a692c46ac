import pytest

from mkdocs_papers.records.addresses import better_address, is_address, is_http_address
from mkdocs_papers.records.limits import LONGEST_ADDRESS

BEGIN = "write an address that begins with https://"


@pytest.mark.parametrize(
    "value",
    [
        *("https://example.org", "HTTP://example.org", "//example.org/x", "ftp://example.org", "git+ssh://example.org"),
        *("javascript:alert(1)", "vbscript:x", "data:,x", "file:x", "mailto:a@b", "blob:x", "about:blank", "http:x"),
    ],
)
def test_what_is_meant_as_an_address(value: str) -> None:
    assert is_address(value)


@pytest.mark.parametrize("value", ["note.md", "2024/Quest/note.md", "a:b.md", "x/https://y", "/x", "", "C:/x", "httpx"])
def test_what_is_meant_as_a_path(value: str) -> None:
    assert not is_address(value)


@pytest.mark.parametrize(
    ("value", "may"),
    [
        ("https://example.org", True),
        ("http://example.org/a?b#c", True),
        ("https://[::1]/", True),
        ("https://[::1/", False),
        ("ftp://example.org", False),
        ("https://", False),
        ("https:///x", False),
        ("//example.org", False),
        ("https://example.org/a b", False),
        ("https://example.org/\u00a0", False),
        ("https://example.org/\x7f", False),
        ("https://example.org/".ljust(LONGEST_ADDRESS, "x"), True),
        ("https://example.org/".ljust(LONGEST_ADDRESS + 1, "x"), False),
    ],
)
def test_what_a_page_may_link(value: str, *, may: bool) -> None:
    assert is_http_address(value) is may


@pytest.mark.parametrize(
    ("value", "better"),
    [
        ("https://example.org/a b", "an address holds no space; write %20 for one"),
        ("htps://example.org/x", "did you mean 'https://example.org/x'?"),
        ("example.org", "did you mean 'https://example.org'?"),
        ("www.example.org:80/x", "did you mean 'https://www.example.org:80/x'?"),
        ("//example.org?q", "did you mean 'https://example.org?q'?"),
        ("https:/example.org", "did you mean 'https://example.org'?"),
        ("javascript:example.org", BEGIN),
        ("example", BEGIN),
        ("example.o", BEGIN),
        ("note.md!", BEGIN),
        ("", BEGIN),
    ],
)
def test_what_would_be_right(value: str, better: str) -> None:
    assert better_address(value) == better
