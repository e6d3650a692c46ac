"""Editing in ``mkdocs serve``, as its owner uses it and as other sites attack it."""

import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import chromium
from tests.browser.accessibility import violations
from tests.browser.conftest import PATIENCE, OpenPage
from tests.editing.preview import QUEST
from tests.served import Server, served
from tests.sources.recorded import Recorded, entry, feed, joined

CONFIG = """\
site_name: Papers
theme: {name: material, font: false, features: [navigation.instant]}
plugins:
  - search
  - papers:
      editing: true
      keywords: {kv_cache: KV Cache, sparse: Sparse Attention}
"""

RECORD = "meta/2024/Quest.prototxt"
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": CONFIG,
    RECORD: QUEST,
    "meta/2023/H2O.yaml": "paper:\n  title: H2O\n",
    "notes/.template.md": "# My {{ name }}\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("editing")
    recorded = Recorded(folder / "recording")
    recorded.arxiv("2205.14135", feed(entry()))
    recorded.semantic_scholar("arXiv:2205.14135", joined(ArXiv="2205.14135"))
    variables = {"MKDOCS_PAPERS_REPLAY": str(recorded.folder), "VISUAL": "true"}
    with served(folder / "project", FILES, variables) as server:
        yield server


@pytest.fixture
def quest(server: Server) -> Path:
    """The record as it was at first, on its page too."""
    file = server.root / RECORD
    if file.read_text(encoding="utf-8") != QUEST:
        file.write_text(QUEST, encoding="utf-8")
        server.wait("papers/2024/Quest/", lambda _, text: '<option value="to_read" selected>' in text)
        server.wait("papers/2024/Quest/", lambda _, text: "Status: to read" in text)
    return file


def controls(page: Page) -> Any:
    form = page.locator("form.papers-editing")
    expect(form).to_be_visible()
    return form


def test_what_is_chosen_is_in_the_record_and_the_page_follows(server: Server, quest: Path, page: Page) -> None:
    page.goto(f"{server.address}papers/2024/Quest/")
    form = controls(page)
    form.get_by_label("Status").select_option("reading")
    form.get_by_label("Rating").select_option("4")
    form.get_by_text("Keywords", exact=True).first.click()
    form.get_by_label("Sparse Attention").check()
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".papers-status")).to_have_text("Status: reading")
    expect(page.locator(".papers-rating")).to_have_attribute("aria-label", "Rating: 4 of 5")
    expect(page.locator(".papers-keywords")).to_contain_text("Sparse Attention")
    assert quest.read_text(encoding="utf-8") == QUEST.replace("# first\n", "# first\n  words: sparse\n").replace(
        "to_read\n", "reading\nrating: 4\n"
    )
    # Whoever uses the keyboard goes on where they were.
    expect(controls(page).get_by_role("button", name="Save")).to_be_focused()
    expect(controls(page).get_by_role("status")).to_have_text("Saved.")


def test_a_change_in_between_is_shown_beside_what_was_chosen(server: Server, quest: Path, browser: Browser) -> None:
    # Chromium writes each answer of 409 to the console, where other tests want none.
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    # The server's word of a change is kept away from the page.
    page.route("**/livereload/**", _keep_waiting)
    page.goto(f"{server.address}papers/2024/Quest/")
    form = controls(page)
    form.get_by_label("Status").select_option("read")
    quest.write_text(QUEST.replace("to_read", "reading"), encoding="utf-8")
    with page.expect_response(lambda answer: answer.url.endswith("/record")) as asked:
        form.get_by_role("button", name="Save").click()
    assert asked.value.status == 409
    expect(form.get_by_role("status")).to_contain_text("Status: reading")
    expect(form.get_by_label("Status")).to_have_value("read")
    form.get_by_role("button", name="Save").click()
    server.wait_for("papers/2024/Quest/", "Status: read<")
    assert quest.read_text(encoding="utf-8") == QUEST.replace("to_read", "read")
    page.close()


def _keep_waiting(_: Route) -> None:
    """Answer nothing."""


def test_papers_are_looked_up_shown_and_written(server: Server, quest: Path, page: Page) -> None:
    page.goto(server.address)
    box = page.get_by_role("complementary", name="Add papers")
    box.get_by_text("Add papers").click()
    box.get_by_role("textbox").fill("https://arxiv.org/abs/2205.14135")
    box.get_by_role("button", name="Look up").click()
    expect(box.locator("code")).to_have_text("meta/2022/FlashAttention.prototxt")
    expect(box.locator("pre")).to_contain_text("FlashAttention: Fast")
    assert violations(page, ".papers-adding") == []
    record = server.root / "meta/2022/FlashAttention.prototxt"
    assert not record.exists()
    box.get_by_role("button", name="Write").click()
    link = box.get_by_role("link", name="meta/2022/FlashAttention.prototxt")
    expect(link).to_be_visible()
    server.wait_for("papers/2022/FlashAttention/", "FlashAttention: Fast")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("FlashAttention")
    # Material has swapped the page; its controls work as on any.
    form = controls(page)
    assert violations(page, "form.papers-editing") == []
    form.get_by_role("button", name="Start a note").click()
    expect(page.get_by_role("link", name="Read the whole note")).to_be_visible()
    note = server.root / "notes/2022/FlashAttention/note.md"
    assert note.read_text(encoding="utf-8") == "# My FlashAttention\n"
    box.get_by_text("Add papers").click()
    box.get_by_role("textbox").fill("/etc/passwd")
    box.get_by_role("button", name="Look up").click()
    expect(box.get_by_role("status")).to_contain_text("holds no identifier")
    page.keyboard.press("Escape")
    expect(box.get_by_role("textbox")).to_be_hidden()


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "dark")])
def test_nothing_hides_the_controls(server: Server, quest: Path, open_page: OpenPage, width: int, colours: str) -> None:
    page = open_page(width=width, colours=colours)
    page.goto(f"{server.address}papers/2024/Quest/")
    controls(page).get_by_text("Keywords", exact=True).first.click()
    assert violations(page, "form.papers-editing") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


ATTACKS = """async ([home, digest]) => {
    const body = JSON.stringify({key: "2024/Quest", digest, rating: 1});
    const asked = {};
    const ask = async (name, path, options) => {
        try {
            const answer = await fetch(home + path, {method: "POST", body, ...options});
            asked[name] = answer.type === "opaque" ? "opaque" : answer.status;
        } catch (error) { asked[name] = "failed"; }
    };
    await ask("text", "papers-editing/record", {mode: "no-cors", headers: {"Content-Type": "text/plain"}});
    await ask("json", "papers-editing/record", {headers: {"Content-Type": "application/json", "X-Papers-Token": "x"}});
    await ask("cookies", "papers-editing/record", {mode: "no-cors", credentials: "include"});
    await ask("page", "papers/2024/Quest/", {method: "GET", body: undefined});
    navigator.sendBeacon(home + "papers-editing/record", new Blob([body], {type: "text/plain"}));
    for (const kind of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
        const frame = document.createElement("iframe");
        frame.name = kind;
        document.body.append(frame);
        const form = document.createElement("form");
        Object.assign(form, {method: "POST", action: home + "papers-editing/record", enctype: kind, target: kind});
        const field = document.createElement("input");
        field.name = body.slice(0, -1) + ', "x": "';
        field.value = '"}';
        form.append(field);
        document.body.append(form);
        const loaded = new Promise((done) => frame.addEventListener("load", done, {once: true}));
        form.submit();
        await loaded;
    }
    return asked;
}"""

REBOUND = """async ([digest]) => {
    const box = document.querySelector(".papers-adding");
    const ask = async (what, wanted) => (await fetch(`/papers-editing/${what}`, {
        method: "POST",
        headers: {"Content-Type": "application/json", "X-Papers-Token": box?.dataset.token ?? ""},
        body: JSON.stringify(wanted),
    })).status;
    return [box !== null, await ask("record", {key: "2024/Quest", digest, rating: 1})];
}"""

INSIDE = """async (requests) => {
    const token = document.querySelector(".papers-adding").dataset.token;
    const statuses = [];
    for (const [what, body] of requests) {
        const answer = await fetch(`/papers-editing/${what}`, {
            method: "POST",
            headers: {"Content-Type": "application/json", "X-Papers-Token": token},
            body: body === null ? " ".repeat(10_000_000) : body,
        });
        statuses.push([answer.status, "error" in await answer.json()]);
    }
    return statuses;
}"""


@contextlib.contextmanager
def _elsewhere(folder: Path) -> Iterator[str]:
    """The address of another site, on this machine."""
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Elsewhere</title><body></body>", encoding="utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{other.server_port}/"
        other.shutdown()
        thread.join()


def test_other_sites_change_nothing(server: Server, quest: Path, browser: Browser, tmp_path: Path) -> None:
    port = server.address.rstrip("/").rpartition(":")[2]
    digest = server.get("papers/2024/Quest/")[1].partition('data-digest="')[2].partition('"')[0]
    before = {path: path.read_bytes() for path in server.root.rglob("*.*") if path.is_file()}
    # A browser of its own, for which a stranger's name leads to this machine.
    rules = "--host-resolver-rules=MAP evil.example 127.0.0.1"
    another = browser.browser_type.launch(executable_path=chromium.find(), args=[*chromium.ARGUMENTS, rules])
    page = another.new_page()
    page.set_default_timeout(PATIENCE)
    with _elsewhere(tmp_path / "elsewhere") as elsewhere:
        page.goto(elsewhere)
        asked = page.evaluate(ATTACKS, [server.address, digest])
        assert asked == dict.fromkeys(("text", "json", "cookies", "page"), "failed")
        page.goto(f"http://evil.example:{port}/papers/2024/Quest/")
        assert page.evaluate(REBOUND, [digest]) == [False, 403]
        page.goto(f"{server.address}papers/2024/Quest/")
        requests = {
            "outside": (404, "record", json.dumps({"key": "../../outside", "digest": "", "rating": 1})),
            "a path": (400, "record", json.dumps({"key": "2024/Quest", "digest": "", "path": "/etc/passwd"})),
            "stale": (409, "record", json.dumps({"key": "2024/Quest", "digest": "0" * 64, "rating": 1})),
            "large": (413, "record", None),
            "not shown": (404, "write", json.dumps({"records": ["x"]})),
        }
        statuses = page.evaluate(INSIDE, [[what, body] for _, what, body in requests.values()])
        assert statuses == [[status, True] for status, *_ in requests.values()]
    another.close()
    assert {path: path.read_bytes() for path in server.root.rglob("*.*") if path.is_file()} == before
