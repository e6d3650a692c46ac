"""What an answer is taken for: one to read, none at all, a bot check, something else."""

import math

import pytest

from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered, address, checked
from tests.sources.recorded import BOT_CHECK

URL = "https://api.example.org/x"
HTML = "text/html; charset=utf-8"
JSON = "application/json"


def answer(body: str, status: int = 200, kind: str = JSON) -> Answer:
    return Answer(URL, status, kind, body.encode())


def ask(said: Answer, expected: Expected = Expected.JSON) -> Answer | None:
    return checked(Request(URL, expected), said)


def test_an_answer_to_read() -> None:
    said = answer('{"a": 1}')
    assert ask(said) is said
    assert said.json() == {"a": 1}
    assert ask(answer("<feed/>", kind="application/atom+xml"), Expected.ATOM)
    assert ask(answer("<html><head></head></html>", kind=HTML), Expected.PAGE)


@pytest.mark.parametrize(
    "said",
    [answer('{"error": "no"}', 404), answer("Resource not found.", 404, "text/plain"), answer("<html>", 410, HTML)],
)
def test_there_is_no_such_thing(said: Answer) -> None:
    assert ask(said) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (answer(BOT_CHECK, kind=HTML), Expected.JSON),
        (answer(BOT_CHECK, kind=JSON), Expected.JSON),
        (answer("  <!DOCTYPE html><p>Please wait", kind=""), Expected.ATOM),
        (answer("<html>Just a moment...</html>", 403, HTML), Expected.JSON),
        (answer("<html>Just a moment...</html>", 503, HTML), Expected.JSON),
        (answer(BOT_CHECK, 404, HTML), Expected.JSON),
        (answer(BOT_CHECK, kind=HTML), Expected.PAGE),
        (answer("<html>solve the captcha</html>", 403, HTML), Expected.PAGE),
        (answer('{"name":"ChallengeRequiredError","status":403}', 403), Expected.JSON),
        (answer("<html>a page</html>", kind=HTML), Expected.BIBTEX),
    ],
)
def test_a_bot_check(said: Answer, expected: Expected) -> None:
    with pytest.raises(Unanswered, match=r"gave a bot check instead of .*, which says nothing about the paper"):
        ask(said, expected)


def test_what_only_looks_like_one() -> None:
    titles = '{"title": ["CAPTCHA: are you a robot? Just a moment..."]}'
    assert ask(answer(titles))
    page = f'<meta name="citation_title" content="On captchas">{BOT_CHECK}'
    assert ask(answer(page, kind=HTML), Expected.PAGE)
    assert ask(answer(f"<html>{' ' * 60_000}<script>recaptcha</script>", kind=HTML), Expected.PAGE)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (answer("Rate exceeded.", 429, "text/plain"), "is busy (status 429)"),
        (answer("<html>503 Service Unavailable</html>", 503, HTML), "is busy (status 503)"),
        (answer("<html>502 Bad Gateway</html>", 502, HTML), "answered with status 502"),
        (answer('{"message": "Forbidden\\nkey"}', 403), "answered with status 403: Forbidden key"),
        (answer("[1]", 400), "answered with status 400"),
    ],
)
def test_another_status(said: Answer, why: str) -> None:
    with pytest.raises(Unanswered) as raised:
        ask(said)
    assert str(raised.value) == why


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_no_json(body: str) -> None:
    with pytest.raises(Unanswered, match="gave no JSON"):
        answer(body).json()


@pytest.mark.parametrize(
    "body",
    ["", "<feed", '<!DOCTYPE lolz [<!ENTITY a "b">]><feed>&a;</feed>', "<!ENTITY % x SYSTEM 'file:///etc/passwd'>"],
)
def test_no_xml(body: str) -> None:
    with pytest.raises(Unanswered, match=r"gave (no XML|XML with a document type)"):
        answer(body).xml()


def test_addresses() -> None:
    assert address("https://a.org/x") == "https://a.org/x"
    assert address("https://a.org/x", q="a b&c", n=1) == "https://a.org/x?q=a+b%26c&n=1"
    assert Request("https://A.org:443/x", Expected.JSON).host == "a.org"


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("é".encode(), "text/html; charset=iso-8859-1", "é"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        ("<meta charset='gb18030'>王".encode("gb18030"), "text/html", "<meta charset='gb18030'>王"),
        ("é".encode("latin-1"), "text/html", "\ufffd"),
        ("é".encode("latin-1"), "text/html; charset=undefined", "\ufffd"),
        ("é".encode("latin-1"), "text/html; charset=base64", "\ufffd"),
    ],
)
def test_text_in_any_encoding(body: bytes, kind: str, text: str) -> None:
    assert Answer("https://a.org/", 200, kind, body).text == text


def test_json_in_another_encoding_and_with_half_a_character() -> None:
    latin = Answer("", 200, "application/json; charset=iso-8859-1", '{"a": "é"}'.encode("latin-1"))
    assert latin.json() == {"a": "é"}
    assert Answer("", 200, JSON, b'{"a": ["\\ud800", 1e999]}').json() == {"a": ["?", math.inf]}
