"""Who may ask for a change, and what becomes of it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mkdocs_papers.editing import adding, record
from mkdocs_papers.editing.app import PREFIX
from mkdocs_papers.editing.changeable import RefusedError, digest, own_file
from mkdocs_papers.editing.guard import TWICE, Guard, body_of, is_loopback
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.records.amend import amended
from mkdocs_papers.records.limits import LARGEST_REQUEST
from tests.editing.preview import HOST, PAGE, QUEST, Preview, preview
from tests.sources.recorded import FLASH, Recorded, datacite_of_arxiv, entry, feed, joined

RECORD = "meta/2024/Quest.prototxt"


@pytest.fixture
def served(tmp_path: Path) -> Preview:
    return preview(tmp_path / "project")


def wanted(served: Preview, **change: Any) -> dict[str, Any]:
    return {"key": "2024/Quest", "digest": served.digest("2024/Quest"), **change}


# Pages


def test_the_page_of_a_paper_has_the_controls_as_the_record_is(served: Preview) -> None:
    answer = served.ask("/sub/papers/2024/Quest/")
    page = answer.body.decode()
    assert page.startswith("<html><body><article><article>Words</article> after<form")
    assert page.count("<form") == 2
    assert '<option value="to_read" selected>' in page
    assert 'value="kv_cache" checked> KV Cache' in page
    assert 'value="sparse"> Sparse Attention' in page
    assert "Start a note" in page
    assert page.index("papers-adding") > page.index("</article>")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_other_pages_have_the_box_alone(served: Preview) -> None:
    page = served.ask("/sub/").body.decode()
    assert page.count("<form") == 1
    assert "Open the note" in served.ask("/sub/papers/2023/H2O/").body.decode()


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("/sub/", {"HTTP_HOST": "evil.example:8000"}),
        ("/sub/", {"HTTP_HOST": "127.0.0.1:8001"}),
        ("/sub/", {"HTTP_HOST": None}),
        ("/sub/", {"REMOTE_ADDR": "192.168.1.7"}),
        ("/sub/", {"method": "HEAD"}),
        ("/sub/picture.png", {}),
        ("/sub/none/", {}),
    ],
)
def test_what_is_no_page_of_ours_stays_as_the_site_has_it(served: Preview, path: str, changed: dict[str, Any]) -> None:
    answer = served.ask(path, **changed)
    assert b"papers-" not in answer.body
    assert "Content-Security-Policy" not in answer.headers


def test_where_nothing_is_to_be_edited_the_site_answers(served: Preview) -> None:
    served.on[0] = False
    assert served.ask("/sub/papers/2024/Quest/").body == PAGE
    assert served.post("record", {"key": "2024/Quest", "digest": "", "rating": 5}).body == PAGE
    assert served.text(RECORD) == QUEST


def test_a_record_that_may_not_be_changed_has_no_controls(served: Preview) -> None:
    served.read_no_more()
    file = served.root / RECORD
    file.rename(served.root / "elsewhere")
    file.symlink_to(served.root / "elsewhere")
    page = served.ask("/sub/papers/2024/Quest/").body.decode()
    assert page.count("<form") == 1
    assert "a link leads there" in page


def test_the_script_and_the_style_sheet_are_served(served: Preview) -> None:
    assert b"offerEditing" in served.ask(f"{PREFIX}editing.js").body
    assert served.ask(f"{PREFIX}editing.css").headers["Content-Type"] == "text/css; charset=utf-8"
    assert served.ask(f"{PREFIX}app.py").status == 405


# Refusals


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "another host": ({"HTTP_HOST": "evil.example:8000", "HTTP_ORIGIN": "http://evil.example:8000"}, 403),
    "another port of this machine": ({"HTTP_ORIGIN": "http://127.0.0.1:3000"}, 403),
    "another name of this machine": ({"HTTP_ORIGIN": "http://localhost:8000"}, 403),
    "another origin": ({"HTTP_ORIGIN": "https://evil.example"}, 403),
    "no origin": ({"HTTP_ORIGIN": None}, 403),
    "an origin that is nobody's": ({"HTTP_ORIGIN": "null"}, 403),
    "another site, says the browser": ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    "another machine": ({"REMOTE_ADDR": "10.0.0.9"}, 403),
    "no token": ({"HTTP_X_PAPERS_TOKEN": None}, 403),
    "another token": ({"HTTP_X_PAPERS_TOKEN": "a-token-of-this-ruN"}, 403),
    "a token that is no ASCII": ({"HTTP_X_PAPERS_TOKEN": "\u00fc"}, 403),
    "a form": ({"CONTENT_TYPE": "application/x-www-form-urlencoded"}, 415),
    "a file of a form": ({"CONTENT_TYPE": "multipart/form-data; boundary=x"}, 415),
    "plain text": ({"CONTENT_TYPE": "text/plain"}, 415),
    "plain text that speaks of JSON": ({"CONTENT_TYPE": "text/plain; application/json"}, 415),
    "no kind of content": ({"CONTENT_TYPE": None}, 415),
    "no length": ({"CONTENT_LENGTH": None}, 411),
    "a length, and another way to say it": ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
    "two hosts": ({"HTTP_HOST": f"{HOST},{HOST}"}, 403),
    "a header twice": ({TWICE: True}, 400),
    "two origins": ({"HTTP_ORIGIN": f"http://{HOST},http://{HOST}"}, 403),
    "a length with a sign": ({"CONTENT_LENGTH": "+9"}, 411),
    "an empty length": ({"CONTENT_LENGTH": ""}, 411),
    "too much": ({"CONTENT_LENGTH": str(LARGEST_REQUEST + 1)}, 413),
    "another method": ({"REQUEST_METHOD": "PUT"}, 405),
    "to be read": ({"REQUEST_METHOD": "GET"}, 405),
    "whether it may be asked": ({"REQUEST_METHOD": "OPTIONS"}, 405),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_stranger_is_refused(served: Preview, name: str) -> None:
    changed, status = REFUSED[name]
    before = served.files()
    answer = served.post("record", wanted(served, rating=5), **changed)
    assert (answer.status, list(answer.said)) == (status, ["error"])
    assert not [header for header in answer.headers if header.lower().startswith("access-control-")]
    assert served.files() == before


def test_our_own_page_is_not_refused(served: Preview) -> None:
    assert served.post("record", wanted(served, rating=5)).status == 200
    own = {"HTTP_HOST": "localhost:8000", "HTTP_ORIGIN": "http://localhost:8000", "HTTP_SEC_FETCH_SITE": None}
    assert served.post("record", wanted(served, rating=4), **own).status == 200
    assert served.text(RECORD).endswith("rating: 4\n")


def test_what_is_too_large_is_read_and_forgotten(served: Preview) -> None:
    body = io.BytesIO(b" " * 10_000_000)
    changed = {"CONTENT_LENGTH": "10000000", "wsgi.input": body}
    assert served.post("record", b"", **changed).status == 413
    assert body.read() == b""


def test_a_length_that_is_no_number_of_ours_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        body_of({"CONTENT_LENGTH": "9" * 5000})
    assert refused.value.status == 411


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"key": "2024/Quest"}',
        b'{"key": 1, "digest": ""}',
        b'{"key": "2024/Quest", "digest": "", "path": "/etc/passwd"}',
        b'{"key": "2024/Quest", "digest": "", "status": "finished"}',
        b'{"key": "2024/Quest", "digest": "", "rating": "5"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_request_is_refused_in_one_line(served: Preview, body: bytes) -> None:
    answer = served.post("record", body)
    assert (answer.status, list(answer.said)) == (400, ["error"])
    assert served.text(RECORD) == QUEST


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "2024/../2023/H2O", "2023/Broken", "2024/Nobody", "", "2024/quest"]
)
def test_only_papers_of_the_library_are_changed(served: Preview, key: str) -> None:
    before = served.files()
    for what in ("record", "note"):
        request = {"key": key, "digest": "", "rating": 5} if what == "record" else {"key": key}
        assert served.post(what, request).status == 404
    assert served.files() == before


@pytest.mark.parametrize("name", ["", "nothing", "../record", "record/", "editing.js"])
def test_there_is_nothing_else(served: Preview, name: str) -> None:
    assert served.post(name, {}).status == 404


@pytest.mark.parametrize("link", [RECORD, "meta/2024", "meta"])
def test_a_link_is_not_followed(served: Preview, link: str) -> None:
    request = wanted(served, rating=5)
    served.read_no_more()
    real = served.root.parent / "real"
    (served.root / link).rename(real)
    (served.root / link).symlink_to(real)
    answer = served.post("record", request)
    assert (answer.status, answer.said["error"].partition(" is not below")[0]) == (403, RECORD)
    assert QUEST in [file.read_text(encoding="utf-8") for file in (real, *real.rglob("*")) if file.is_file()]


def test_the_port_is_left_out_where_it_is_the_usual_one() -> None:
    guard = Guard(80, "x")
    assert guard.is_own({"HTTP_HOST": "localhost", "REMOTE_ADDR": "::1"})
    assert not Guard(81, "x").is_own({"HTTP_HOST": "localhost", "REMOTE_ADDR": "::1"})
    with pytest.raises(RefusedError):
        guard.check({"REQUEST_METHOD": "POST"})


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "192.168.1.2", "example.org", "localhost.example.org", "")],  # noqa: S104
)
def test_which_hosts_nobody_else_reaches(host: str, own: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_loopback(host) is own


# Changes of a record


def test_comments_and_layout_stay(served: Preview) -> None:
    answer = served.post("record", wanted(served, status="reading", rating=4, keywords=["kv_cache", "sparse"]))
    assert answer.said["now"] == {"status": "reading", "rating": 4, "keywords": ["kv_cache", "sparse"]}
    assert answer.said["digest"] == served.digest("2024/Quest")
    assert served.text(RECORD) == QUEST.replace("# first\n", "# first\n  words: sparse\n").replace(
        "to_read\n", "reading\nrating: 4\n"
    )


def test_what_is_not_named_stays_and_null_takes_away(served: Preview) -> None:
    served.post("record", wanted(served, rating=3))
    assert "status: to_read\nrating: 3\n" in served.text(RECORD)
    served.post("record", wanted(served, status=None, rating=None))
    assert served.text(RECORD) == QUEST.replace("status: to_read\n", "")


def test_a_keyword_stays_as_it_is_written(served: Preview) -> None:
    (served.root / RECORD).write_text(QUEST.replace("words: kv_cache", "words: Cache"), encoding="utf-8")
    assert 'value="kv_cache" checked' in served.ask("/sub/papers/2024/Quest/").body.decode()
    served.post("record", wanted(served, keywords=["kv_cache", "sparse"]))
    assert "words: Cache   # first\n  words: sparse\n" in served.text(RECORD)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"keywords": ["sparce"]}, "the keyword 'sparce' is not listed; did you mean 'sparse'?"),
        ({"keywords": ["a"] * 101}, "choose no more than 100 keywords"),
        ({"rating": 0}, "0 is no rating; choose 1 to 5"),
        ({"rating": 6}, "6 is no rating; choose 1 to 5"),
        ({"rating": 10**30}, f"{10**30} is no rating; choose 1 to 5"),
    ],
)
def test_what_no_record_may_say_is_refused(served: Preview, change: dict[str, Any], problem: str) -> None:
    answer = served.post("record", wanted(served, **change))
    assert (answer.status, answer.said["error"]) == (422, problem)
    assert served.text(RECORD) == QUEST


def test_any_word_is_a_keyword_where_none_are_configured(tmp_path: Path) -> None:
    served = preview(tmp_path, keywords={})
    page = served.ask("/sub/papers/2023/H2O/").body.decode()
    assert 'value="kv_cache"> kv_cache' in page
    assert 'name="new"' in page
    assert served.post("record", wanted(served, keywords=["kv_cache", "My own"])).status == 200
    assert 'words: "My own"' in served.text(RECORD)
    for word in ("", " x", "a\nb", "a\x00", "x" * 2000):
        answer = served.post("record", wanted(served, keywords=[word]))
        assert (answer.status, answer.said["error"]) == (422, f"{word!r} is no keyword; write a word or a few")


def test_a_change_in_between_is_shown_and_stays(served: Preview) -> None:
    request = wanted(served, status="read")
    theirs = QUEST.replace("to_read", "reading")
    (served.root / RECORD).write_text(theirs, encoding="utf-8")
    answer = served.post("record", request)
    assert answer.status == 409
    assert answer.said["now"] == {"status": "reading", "rating": None, "keywords": ["kv_cache"]}
    assert answer.said["digest"] == served.digest("2024/Quest")
    assert served.text(RECORD) == theirs
    assert served.post("record", {**request, "digest": answer.said["digest"]}).status == 200


def test_a_change_at_the_last_moment_stays(served: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = QUEST.replace("to_read", "reading")

    def amended_late(*arguments: Any) -> Any:
        (served.root / RECORD).write_text(theirs, encoding="utf-8")
        return amended(*arguments)

    request = wanted(served, status="read")
    monkeypatch.setattr(record, "amended", amended_late)
    answer = served.post("record", request)
    assert (answer.status, answer.said["now"]["status"]) == (409, "reading")
    assert served.text(RECORD) == theirs


def test_what_cannot_be_changed_without_loss_stays(served: Preview) -> None:
    odd = "paper:\n  title: H2O\nother: field\n"
    (served.root / "meta/2023/H2O.yaml").write_text(odd, encoding="utf-8")
    answer = served.post("record", {"key": "2023/H2O", "digest": served.digest("2023/H2O"), "rating": 5})
    assert served.text("meta/2023/H2O.yaml") in {odd, f"{odd}rating: 5\n"}
    assert answer.status in {200, 422}


# Notes


def test_a_note_is_begun_and_opened(served: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tmp_path / "opened"
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$1" > "{opened}.part" && mv "{opened}.part" "{opened}"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    said = served.post("note", {"key": "2024/Quest"}).said
    assert said == {"path": "notes/2024/Quest/note.md", "written": True, "problem": ""}
    assert served.text("notes/2024/Quest/note.md").startswith("# Quest\n")
    while not opened.exists():
        pass
    assert opened.read_text(encoding="utf-8").strip() == str(served.root / said["path"])


def test_a_note_that_is_there_stays_and_is_opened(served: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    said = served.post("note", {"key": "2023/H2O"}).said
    assert said == {
        "path": "notes/2023/H2O/note.md",
        "written": False,
        "problem": "no editor is named; set VISUAL or EDITOR",
    }
    assert served.text("notes/2023/H2O/note.md") == "# H2O\n"


def test_no_note_is_written_elsewhere(served: Preview) -> None:
    (served.root / RECORD).write_text(f'{QUEST}note {{ url: "../../../evil.md" }}\n', encoding="utf-8")
    before = served.files()
    assert served.post("note", {"key": "2024/Quest"}).status == 422
    (served.root / RECORD).write_text(QUEST, encoding="utf-8")
    outside = served.root.parent / "outside"
    outside.mkdir()
    (served.root / "notes/2024").symlink_to(outside)
    answer = served.post("note", {"key": "2024/Quest"})
    where = "notes/2024/Quest/note.md is not below meta/ or notes/, or a link leads there"
    assert (answer.status, answer.said["error"]) == (403, f"{where}; it is left alone")
    assert list(outside.iterdir()) == []
    assert served.files().keys() == before.keys()


# Papers


BIB = "@article{a, title={Sparse Things}, author={Ann Bee}, year={2020}, journal={TMLR}}\n"


def test_what_would_be_written_is_shown_and_then_written(served: Preview) -> None:
    before = served.files()
    said = served.post("look-up", {"what": BIB}).said
    assert [each["path"] for each in said["records"]] == ["meta/2020/Sparse-Things.prototxt"]
    assert served.files() == before
    answer = served.post("write", {"records": [said["records"][0]["id"]]})
    assert answer.said == {
        "written": [{"path": "meta/2020/Sparse-Things.prototxt", "address": "/sub/papers/2020/Sparse-Things/"}],
        "failed": [],
    }
    assert served.text("meta/2020/Sparse-Things.prototxt") == said["records"][0]["text"]
    again = served.post("look-up", {"what": BIB}).said
    assert (again["records"], again["known"]) == ([], ["the text:1:1: is there already, as 2020/Sparse-Things"])


def test_sources_are_asked_as_the_command_asks_them(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path / "recording")
    recorded.arxiv("2205.14135", feed(entry()))
    recorded.semantic_scholar("arXiv:2205.14135", joined(ArXiv="2205.14135"))
    recorded.datacite("10.48550/arXiv.2205.14135", datacite_of_arxiv())
    served = preview(tmp_path / "project", environment={"MKDOCS_PAPERS_REPLAY": str(recorded.folder)})
    said = served.post("look-up", {"what": " https://arxiv.org/abs/2205.14135v2\n"}).said
    assert [each["path"] for each in said["records"]] == ["meta/2022/FlashAttention.prototxt"]
    assert FLASH in said["records"][0]["text"]
    assert "title, authors, abstract, year: arXiv" in said["records"][0]["origins"][0]
    unknown = served.post("look-up", {"what": "see arXiv:2101.00001 and 2205.14135"}).said
    assert (len(unknown["records"]), len(unknown["failed"])) == (1, 1)


def test_nobody_is_asked_offline(tmp_path: Path) -> None:
    served = preview(tmp_path / "project", environment={"MKDOCS_PAPERS_OFFLINE": "1"})
    said = served.post("look-up", {"what": "2205.14135"}).said
    assert said["records"] == []
    assert len(said["failed"]) == 1


def test_a_recording_that_is_none_is_one_line(tmp_path: Path) -> None:
    served = preview(tmp_path / "project", environment={"MKDOCS_PAPERS_REPLAY": str(tmp_path / "none")})
    answer = served.post("look-up", {"what": "2205.14135"})
    assert (answer.status, "a recording is a folder" in answer.said["error"]) == (500, True)


@pytest.mark.parametrize("what", ["refs.bib", "meta/2024/Quest.prototxt", "/etc/passwd", "file:///etc/passwd", "-", ""])
def test_no_path_is_taken(served: Preview, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (served.root / "refs.bib").write_text(BIB, encoding="utf-8")
    monkeypatch.chdir(served.root)
    said = served.post("look-up", {"what": what}).said
    assert (said["records"], said["known"], len(said["failed"])) == ([], [], 1)


def test_too_much_at_once_is_refused(served: Preview) -> None:
    many = " ".join(f"2205.{number:05}" for number in range(21))
    assert served.post("look-up", {"what": many}).status == 413
    entries = "".join(f"@article{{k{n}, title={{Title number {n}}}, year={{2020}}}}\n" for n in range(201))
    assert served.post("look-up", {"what": entries}).status == 413


def test_one_look_up_at_a_time(served: Preview) -> None:
    with served.app.adding.busy:
        assert served.post("look-up", {"what": BIB}).status == 503
    assert served.post("look-up", {"what": BIB}).status == 200


def test_only_what_was_shown_is_written(served: Preview) -> None:
    before = served.files()
    assert served.post("write", {"records": ["0" * 64]}).status == 404
    assert served.post("write", {"records": [{"path": "meta/2020/x.yaml"}]}).status == 400
    assert served.files() == before


def test_what_has_come_in_between_stays(served: Preview) -> None:
    shown = served.post("look-up", {"what": BIB}).said["records"][0]
    (served.root / "meta/2020").mkdir()
    (served.root / shown["path"]).write_text('paper { title: "Mine" }\n', encoding="utf-8")
    said = served.post("write", {"records": [shown["id"]]}).said
    assert (said["written"], len(said["failed"])) == ([], 1)
    assert served.text(shown["path"]) == 'paper { title: "Mine" }\n'
    (served.root / "meta/2019").mkdir()
    (served.root / "meta/2019/Same.yaml").write_text(
        "paper:\n  title: Sparse Things\n  authors: Ann Bee\n", encoding="utf-8"
    )
    said = served.post("write", {"records": [shown["id"]]}).said
    assert said["failed"] == ["the text:1:1: is there already, as 2019/Same"]


def test_what_another_tab_has_written_is_there_already(served: Preview) -> None:
    names = [served.post("look-up", {"what": BIB}).said["records"][0]["id"] for _ in range(2)]
    assert len(served.post("write", {"records": names[:1]}).said["written"]) == 1
    said = served.post("write", {"records": names[1:]}).said
    assert (said["written"], said["failed"]) == ([], ["the text:1:1: is there already, as 2020/Sparse-Things"])


def test_no_record_is_written_where_a_link_leads(served: Preview) -> None:
    shown = served.post("look-up", {"what": BIB}).said["records"][0]
    outside = served.root.parent / "outside"
    outside.mkdir()
    (served.root / "meta/2020").symlink_to(outside)
    assert served.post("write", {"records": [shown["id"]]}).status == 403
    assert list(outside.iterdir()) == []


def test_a_link_that_comes_in_between_is_not_followed(served: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = served.post("look-up", {"what": BIB}).said["records"][0]
    served.read_no_more()
    outside = served.root.parent / "outside"
    (outside / "2024").mkdir(parents=True)
    (outside / "2024/Quest.prototxt").write_text(QUEST, encoding="utf-8")

    def swapped(path: str, settings: Settings) -> Path:
        file = own_file(path, settings)
        (served.root / "meta").rename(served.root / "elsewhere")
        (served.root / "meta").symlink_to(outside)
        return file

    monkeypatch.setattr(adding, "own_file", swapped)
    said = served.post("write", {"records": [shown["id"]]}).said
    assert (said["written"], said["failed"]) == ([], [f"{shown['path']} cannot be written: a link leads elsewhere"])
    (served.root / "meta").unlink()
    (served.root / "elsewhere").rename(served.root / "meta")
    change = {"key": "2024/Quest", "digest": digest(QUEST.encode()), "rating": 5}
    asked = iter((own_file, swapped))
    monkeypatch.setattr(record, "own_file", lambda path, settings: next(asked)(path, settings=settings))
    assert served.post("record", change).said["error"].endswith("a link leads elsewhere")
    found = {path.relative_to(outside).as_posix(): path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    assert found == {"2024/Quest.prototxt": QUEST.encode()}


def test_an_error_of_the_disk_is_one_line(served: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> bool:
        raise OSError(28, "No space left on device", RECORD)

    monkeypatch.setattr(record, "write_whole", full)
    answer = served.post("record", wanted(served, rating=5))
    assert (answer.status, answer.said) == (500, {"error": f"{RECORD}: No space left on device"})
    assert json.loads(answer.body)
    assert served.text(RECORD) == QUEST


def test_the_host_is_that_of_the_tests() -> None:
    assert HOST == "127.0.0.1:8000"
