"""What stops a build: problems in strict mode, hints never, an unusable configuration always, with one line."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.exceptions import Abort, ConfigurationError

from tests.programs import run
from tests.site.libraries import PAIR
from tests.sites import build_site, rebuild, write_files

STRICT = {"theme": {"name": "mkdocs"}, "strict": True}
HINT = {"notes/2024/ideas.md": "# Ideas\n"}
WARNING = {"notes/2024/Quest/note.md": "# Quest\n\n![no](no.png)\n"}
ERROR = {"meta/2024/Broken.prototxt": "paper {\n"}


class TestStrict:
    def test_hints_do_not_fail(self, tmp_path: Path) -> None:
        built = build_site(tmp_path, {**PAIR, **HINT}, STRICT)
        assert any("[orphan-note]" in line for line in built.messages)

    @pytest.mark.parametrize(("files", "counted"), [(WARNING, "1 warnings"), (ERROR, "1 errors")])
    def test_warnings_and_errors_do(self, tmp_path: Path, files: dict[str, str], counted: str) -> None:
        with pytest.raises(Abort, match=f"Aborted with {counted} in strict mode!"):
            build_site(tmp_path, {**PAIR, **files}, STRICT, strict=False)

    @pytest.mark.parametrize(
        ("level", "files", "fails"),
        [("hint", WARNING, False), ("off", WARNING, False), ("error", HINT, True), ("warning", HINT, True)],
    )
    def test_the_owner_decides(self, tmp_path: Path, level: str, files: dict[str, str], *, fails: bool) -> None:
        code = "broken-image" if files is WARNING else "orphan-note"
        config = {**STRICT, "plugins": [{"papers": {"levels": {code: level}}}]}
        if fails:
            with pytest.raises(Abort):
                build_site(tmp_path, {**PAIR, **files}, config, strict=False)
        else:
            built = build_site(tmp_path, {**PAIR, **files}, config)
            assert any(f"[{code}]" in line for line in built.messages) is (level == "hint")

    def test_without_strict_mode_the_site_is_there(self, tmp_path: Path) -> None:
        built = build_site(tmp_path, {**PAIR, **WARNING, **ERROR}, {"theme": {"name": "mkdocs"}}, strict=False)
        assert "papers/2024/Quest/index.html" in built.paths()
        assert "papers/2024/Broken/index.html" not in built.paths()
        assert len(built.warnings) == 2


@pytest.mark.slow
def test_as_people_run_it(tmp_path: Path) -> None:
    write_files(tmp_path, {**PAIR, **ERROR, "docs/index.md": "# Home\n"})
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\ntheme: mkdocs\nplugins: [papers]\n"})
    build = (sys.executable, "-m", "mkdocs", "build")
    assert "meta/2024/Broken.prototxt:1:1: " in run(*build, cwd=tmp_path)
    with pytest.raises(AssertionError, match="Aborted with 1 errors in strict mode!"):
        run(*build, "--strict", cwd=tmp_path)
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\ntheme: mkdocs\nplugins:\n  - papers: {meta_dir: ../up}\n"})
    with pytest.raises(AssertionError) as failed:
        run(*build, cwd=tmp_path)
    lines = [line for line in str(failed.value).splitlines()[1:] if line.strip()]
    assert len([line for line in lines if "meta_dir" in line]) == 1
    assert not [line for line in lines if "Traceback" in line]
    assert "Broken" not in (tmp_path / "site/papers.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"meta_dir": "../elsewhere"}, "option 'meta_dir': '../elsewhere' is not a folder below"),
        ({"notes_dir": ""}, "option 'notes_dir': '' is no folder"),
        ({"meta_dir": "notes"}, "option 'notes_dir': records and notes cannot both be in 'notes'"),
        ({"levels": {"missing-notes": "off"}}, "option 'levels.missing-notes': there is no such code; did you mean"),
        ({"levels": {"missing-note": "loud"}}, "option 'levels.missing-note': 'loud' is no level"),
        ({"aliases": {"venues": {}}}, "option 'aliases.venues': did you mean 'venue'?"),
        ({"keywords": {"a": {"lable": "A"}}}, "option 'keywords.a.lable': did you mean 'label'?"),
        ({"keywords": {"a": 3}}, "option 'keywords.a': expected text, not a number, 3"),
        ({"exclude": [3]}, "option 'exclude': expected a pattern, not a number, 3"),
        ({"page_size": 0}, "option 'page_size': 0 is no number of rows"),
        ({"page_size": "many"}, "option 'page_size': Expected type: <class 'int'>"),
        ({"meta_dir": 3}, "option 'meta_dir': Expected type: <class 'str'>"),
        ({"keywords": ["a"]}, "option 'keywords': Expected type: <class 'dict'>"),
        ({"badges": "yes"}, "option 'badges': Expected type: <class 'bool'>"),
        ({"keyword": {}}, "keyword"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_unusable_configuration(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, options: dict[str, Any], said: str
) -> None:
    config = {"site_name": "x", "theme": {"name": "mkdocs"}, "strict": True, "plugins": [{"papers": options}]}
    write_files(tmp_path, {**PAIR, "docs/index.md": "# Home\n", "mkdocs.yml": yaml.safe_dump(config)})
    with pytest.raises((Abort, ConfigurationError)):
        rebuild(tmp_path, strict=False)
    lines = [record.getMessage() for record in caplog.records if record.levelname in {"ERROR", "WARNING"}]
    assert len(lines) == 1, lines
    assert said in lines[0]
    assert "\n" not in lines[0]
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"site_dir": "meta/2024"}, "papers: the site would be written into meta/ and cost what is there"),
        ({"site_dir": "notes/site"}, "papers: the site would be written into notes/ and cost what is there"),
        ({"plugins": ["papers", "papers"]}, "papers: the plugin is listed twice under 'plugins'"),
    ],
)
def test_a_configuration_that_would_cost_the_library(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, setting: dict[str, Any], said: str
) -> None:
    config = {"site_name": "x", "theme": {"name": "mkdocs"}, "plugins": ["papers"], **setting}
    write_files(tmp_path, {**PAIR, "docs/index.md": "# Home\n", "mkdocs.yml": yaml.safe_dump(config)})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(Abort):
        rebuild(tmp_path, strict=False)
    assert said in next(record.getMessage() for record in caplog.records if record.levelname == "ERROR")
    assert {path: path.read_bytes() for path in before} == before
