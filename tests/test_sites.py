"""The harness itself: builds, warnings, and the server that stands in for GitHub Pages."""

import logging
import signal
from http import HTTPStatus
from pathlib import Path
from unittest import mock
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests import conftest, log
from tests.sites import ROOT, build_site, rebuild, serve_folder, write_files

PLAIN = {"plugins": [], "theme": {"name": "mkdocs"}}


def _get(address: str) -> tuple[int, str, str]:
    """Status, type and text of what a server on this machine answers."""
    try:
        with urlopen(address) as response:  # noqa: S310 - an address of this machine
            return response.status, response.headers["Content-Type"], response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize(("directory_urls", "address"), [(True, "guide/index.html"), (False, "guide.html")])
def test_build(tmp_path: Path, *, directory_urls: bool, address: str) -> None:
    files = {"docs/index.md": "[guide](guide.md)", "docs/guide.md": "# Guide"}
    built = build_site(tmp_path, files, PLAIN, directory_urls=directory_urls)
    assert built.site == tmp_path / "site"
    assert address in built.paths("**/*.html")
    assert "Guide" in built.text(address)
    assert built.warnings == ()
    assert any(message.startswith("Documentation built") for message in built.messages)


def test_a_warning_fails_a_strict_build(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"gone\.md"):
        build_site(tmp_path, {"docs/index.md": "[gone](gone.md)"}, PLAIN)


def test_a_warning_can_be_expected(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"docs/index.md": "[gone](gone.md)"}, PLAIN, strict=False)
    assert len(built.warnings) == 1
    assert "gone.md" in built.warnings[0]


def test_rebuild_takes_what_lies_there(tmp_path: Path) -> None:
    build_site(tmp_path, None, PLAIN)
    write_files(tmp_path, {"docs/new.md": "# New", "docs/index.md": "# Changed"})
    built = rebuild(tmp_path, site=tmp_path / "elsewhere")
    assert "new/index.html" in built.paths()
    assert "Changed" in built.text("index.html")
    assert built.site == tmp_path / "elsewhere"


def test_the_inner_log_keeps_its_warnings_to_itself() -> None:
    logger = logging.getLogger("mkdocs.plugins.papers")
    with log.collected() as outer:
        with log.collected() as inner:
            logger.warning("inner %s", "words")
            logger.debug("unheard")
        logger.warning("outer")
        logger.info("no warning")
    assert inner.warnings == ["inner words"]
    assert outer.warnings == ["outer"]
    assert [record.getMessage() for record in outer.records] == ["outer", "no warning"]


def test_an_unexpected_warning_fails_its_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from tests.conftest import _no_unexpected_warning")
    pytester.makepyfile("""
        import logging

        def test_loud():
            logging.getLogger("mkdocs.plugins.papers").warning("unexpected words")

        def test_quiet():
            pass
    """)
    result = pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*unexpected words*"])


def test_processor_time_ends_a_test(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "PROCESSOR_SECONDS", 0.2)
    pytester.makeconftest("from tests.conftest import _ends")
    pytester.makepyfile("""
        def test_endless():
            while True:
                pass
    """)
    with mock.patch.object(signal, "setitimer", wraps=signal.setitimer) as timers:
        result = pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*more than 0.2 seconds of processor time*"])
    # No clock that goes on while a test waits.
    assert {call.args[0] for call in timers.call_args_list} == {signal.ITIMER_PROF}


def test_serving(tmp_path: Path) -> None:
    files = {
        "index.html": "home",
        "papers/LoRA+/index.html": "paper",
        "a b/100%.svg": "<svg/>",
        "no-index/file.json": "{}",
        "404.html": "lost",
    }
    write_files(tmp_path / "site", files)
    write_files(tmp_path, {"secret.txt": "secret"})
    with serve_folder(tmp_path / "site") as home:
        assert home.startswith("http://127.0.0.1:")
        assert home.endswith("/sub/path/")
        assert _get(home)[::2] == (HTTPStatus.OK, "home")
        assert _get(home + "papers/LoRA+/")[::2] == (HTTPStatus.OK, "paper")
        assert _get(home + "papers/LoRA%2B")[::2] == (HTTPStatus.OK, "paper")
        assert _get(home + "a%20b/100%25.svg?q#f") == (HTTPStatus.OK, "image/svg+xml", "<svg/>")
        assert _get(home + "no-index/file.json")[1] == "application/json"
        for lost in (
            home + "gone",
            home + "no-index/",
            home + "../secret.txt",
            home + "%2e%2e/secret.txt",
            home.removesuffix("sub/path/"),
            home.removesuffix("sub/path/") + "papers/LoRA+/",
        ):
            assert _get(lost)[::2] == (HTTPStatus.NOT_FOUND, "lost")


def test_serving_without_an_error_page(tmp_path: Path) -> None:
    with serve_folder(tmp_path, "/") as home:
        assert _get(home + "gone")[0] == HTTPStatus.NOT_FOUND


def test_the_dearest_files_are_there_and_come_first(request: pytest.FixtureRequest) -> None:
    files = [ROOT / "tests" / name for name in conftest.DEAREST]
    assert [path for path in files if not path.is_file()] == []
    places = {path: place for place, path in enumerate(files)}
    order = [places.get(test.path, len(files)) for test in request.session.items]
    assert order == sorted(order)
