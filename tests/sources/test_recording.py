"""Recordings, written while asking and read instead of asking."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from mkdocs_papers.command.answering import MAIL, asker, credentials
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.sources.asking import Answer, Expected, Request, Unanswered
from mkdocs_papers.sources.recording import INDEX, Recording, RecordingError, Replaying, without_secrets
from mkdocs_papers.sources.source import Host
from tests.command.test_remembering import Asked
from tests.sources.recorded import Recorded

WORKS = "https://api.crossref.org/works/10.5555/X(1)"


def body(folder: Path, url: str) -> str:
    return Replaying(folder).ask(Request(url, Expected.JSON)).text


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        (WORKS, WORKS),
        ("https://api.crossref.org/works/10.5555%2FX%281%29", "http://API.crossref.org/works/10.5555/x(1)/"),
        (f"{WORKS}?mailto=a%40example.org&select=DOI", WORKS),
        (WORKS, f"{WORKS}?mailto=b@example.org&api_key=1&fields=title"),
        ("https://a.org/x?q=A%20title%3A%20a-b.", "https://a.org/x?q=A+title+a+b"),
        ("https://a.org/x?a=1&b=2%203", "https://a.org/x?b=2+3&a=1"),
        (
            "https://a.org/x?id_list=1&search_query=&start=0&max_results=100&sortBy=relevance",
            "https://a.org/x?id_list=1",
        ),
        ("https://api.openalex.org/works/https://doi.org/10.5555/X", "https://api.openalex.org/works/doi:10.5555/x"),
    ],
)
def test_the_same_request(tmp_path: Path, recorded: str, asked: str) -> None:
    Recorded(tmp_path).keep(recorded, "yes")
    assert body(tmp_path, asked) == "yes"


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        (WORKS, f"{WORKS}2"),
        (WORKS, WORKS.replace("api", "www")),
        ("https://a.org/x?q=1", "https://a.org/x?q=2"),
        ("https://a.org/x?q=1", "https://a.org/x"),
        ("https://a.org/x", "https://a.org/x?q=1"),
        ("https://a.org/x?q=1&page=2", "https://a.org/x?q=1"),
        ("https://a.org/x?id_list=1", "https://a.org/x?id_list=1&start=100"),
    ],
)
def test_another_request_is_an_error_of_its_own(tmp_path: Path, recorded: str, asked: str) -> None:
    Recorded(tmp_path).keep(recorded, "yes")
    with pytest.raises(Unanswered) as raised:
        body(tmp_path, asked)
    assert str(raised.value) == f"is not in the recording: GET {asked}"


def test_the_nearest_entry_answers(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path)
    recorded.keep("https://a.org/x?id_list=1&max_results=100", "long")
    recorded.keep("https://a.org/x?id_list=1", "short")
    assert body(tmp_path, "https://a.org/x?id_list=1") == "short"


def test_entries_that_are_no_requests_are_passed_over(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path)
    recorded.keep("https://a.org/x", "posted")
    recorded.index[0]["method"] = "POST"
    recorded.keep("https://a.org/x", "got")
    recorded.index.append({"file": "refs.bib", "url": None, "status": None, "content_type": None, "date": None})
    (tmp_path / INDEX).write_text(json.dumps(recorded.index), encoding="utf-8")
    assert body(tmp_path, "https://a.org/x") == "got"


@pytest.mark.parametrize(
    ("index", "why"),
    [
        (None, "No such file or directory; a recording is a folder as --record makes it"),
        ("{", "not JSON: "),
        ("{}", "expected a list of objects"),
        ("[1]", "expected a list of objects"),
        ('[{"file": "../x", "url": "https://a.org/"}]', "'../x' is no file of the folder"),
        ('[{"file": "x", "url": "https://a.org/", "status": "many"}]', "x: invalid literal"),
    ],
)
def test_a_folder_that_is_no_recording(tmp_path: Path, index: str | None, why: str) -> None:
    if index is not None:
        (tmp_path / INDEX).write_text(index, encoding="utf-8")
    with pytest.raises(RecordingError) as raised:
        Replaying(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / INDEX}: {why}")


def test_an_answer_whose_file_is_gone(tmp_path: Path) -> None:
    Recorded(tmp_path).keep("https://a.org/x", "yes")
    (tmp_path / "answer-0.txt").unlink()
    with pytest.raises(Unanswered, match=r"answer-0.txt cannot be read"):
        body(tmp_path, "https://a.org/x")


def test_what_is_recorded_can_be_replayed(tmp_path: Path) -> None:
    said = Answer(WORKS, 200, "application/json", b'{"for": "a@example.org"}', "now", (("x-rate-limit-limit", "5"),))
    asked = Asked(said)
    for url in (WORKS, f"{WORKS}2", WORKS):
        Recording(asked, tmp_path / "new", ("a@example.org", "")).ask(Request(url, Expected.JSON))
    index = json.loads((tmp_path / "new" / INDEX).read_text(encoding="utf-8"))
    assert [entry["url"] for entry in index] == [f"{WORKS}2", WORKS]
    assert index[1] == {
        "file": "api.crossref.org-works-10.5555-X-1.json",
        "url": WORKS,
        "method": "GET",
        "request_body": None,
        "status": 200,
        "content_type": "application/json",
        "date": "now",
        "rate": {"x-rate-limit-limit": "5"},
    }
    again = Replaying(tmp_path / "new").ask(Request(WORKS, Expected.JSON))
    assert (again.status, again.rate, again.body) == (200, said.rate, b'{"for": "-"}')
    assert not any(b"@" in file.read_bytes() for file in (tmp_path / "new").iterdir())


def test_files_of_a_recording_have_names_of_their_own(tmp_path: Path) -> None:
    asked = Asked(Answer("", 200, "text/html", b""))
    recording = Recording(asked, tmp_path)
    for url in ("https://a.org/x?y", "https://a.org/x/y", f"https://a.org/{'z' * 500}"):
        recording.ask(Request(url, Expected.PAGE))
    assert len(json.loads((tmp_path / INDEX).read_bytes())) == 3
    assert len({file.name for file in tmp_path.iterdir()}) == 4
    assert all(len(file.name) < 100 for file in tmp_path.iterdir())


def test_addresses_without_secrets() -> None:
    for name in ("api_key", "apikey", "api-key", "key", "token", "access_token", "mailto", "mail", "email"):
        assert without_secrets(f"https://a.org/x?{name}=s&b=2&{name.upper()}=s") == "https://a.org/x?b=2"
    assert without_secrets("https://a.org/x?b=2&mailto=me%40a.org&API_KEY=1") == "https://a.org/x?b=2"
    assert without_secrets("https://a.org/x?b=1,2") == "https://a.org/x?b=1,2"


def test_keys_and_mail_come_from_the_environment() -> None:
    hosts = (
        Host("a.org", mail="mailto", key_variable="A_KEY", key_parameter="api_key"),
        Host("b.org", key_variable="B_KEY", key_header="x-api-key"),
        Host("c.org"),
    )
    sent = credentials(hosts, {MAIL: " me@example.org ", "A_KEY": "1", "B_KEY": "2"})
    assert sent["a.org"].query == {"mailto": "me@example.org", "api_key": "1"}
    assert sent["b.org"].headers == {"x-api-key": "2"}
    assert (sent["c.org"].query, sent["c.org"].headers) == ({}, {})
    assert all(not each.query and not each.headers for each in credentials(hosts, {}).values())


def test_a_replay_remembers_nothing(tmp_path: Path) -> None:
    Recorded(tmp_path / "recording").keep(WORKS, "{}")
    arguments = Namespace(replay=tmp_path / "recording", record=None, offline=False)
    asker(arguments, Settings(tmp_path), {}).ask(Request(WORKS, Expected.JSON))
    assert [path.name for path in tmp_path.iterdir()] == ["recording"]
