"""Options as they stand in mkdocs.yml, read without MkDocs."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.yaml import yaml_load

from mkdocs_papers.command.configuration import ConfigurationError, plugin_options, read_configuration, read_settings
from mkdocs_papers.command.main import main
from mkdocs_papers.library.settings import Settings
from tests.sites import write_files


def options(folder: Path, text: str) -> Any:
    write_files(folder, {"mkdocs.yml": text})
    path = folder / "mkdocs.yml"
    return plugin_options(read_configuration(path), path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("site_name: a", {}),
        ("plugins:", {}),
        ("plugins: [search]", {}),
        ("plugins: [search, papers]", {}),
        ("plugins: [search, papers: ]", {}),
        ("plugins: [search, papers: {meta_dir: a}]", {"meta_dir": "a"}),
        ("plugins: {search: {}, papers: {meta_dir: a}}", {"meta_dir": "a"}),
        ("plugins: {papers: }", {}),
        ("\ufeffplugins:\r\n  - papers:\r\n      meta_dir: a\r\n", {"meta_dir": "a"}),
        (
            "plugins: [papers: {meta_dir: !unknown a, exclude: !unknown [b], levels: !unknown {c: d}}]",
            {"meta_dir": "a", "exclude": ["b"], "levels": {"c": "d"}},
        ),
        ("x: !!python/name:emoji.twemoji\ny: !relative $docs_dir\nplugins: [papers: {meta_dir: a}]", {"meta_dir": "a"}),
    ],
)
def test_every_way_to_list_the_plugin(tmp_path: Path, text: str, expected: dict[str, Any]) -> None:
    assert options(tmp_path, text) == expected


ENVIRONMENT = """
plugins:
  - papers:
      a: !ENV PAPERS_TEXT
      b: !ENV [PAPERS_NONE, PAPERS_TEXT, fallback]
      c: !ENV [PAPERS_NONE, fallback]
      d: !ENV [PAPERS_NONE, [x, y]]
      e: !ENV PAPERS_NONE
      f: !ENV [PAPERS_TRUE, false]
      g: !ENV [PAPERS_NUMBER, 1]
      h: !ENV [PAPERS_NONE]
      i: !ENV [PAPERS_EMPTY, x]
"""


def test_environment_variables_are_read_as_mkdocs_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TEXT": "text", "TRUE": "true", "NUMBER": "5", "EMPTY": ""}.items():
        monkeypatch.setenv(f"PAPERS_{name}", value)
    monkeypatch.delenv("PAPERS_NONE", raising=False)
    found = options(tmp_path, ENVIRONMENT)
    assert found == {
        "a": "text",
        "b": "text",
        "c": "fallback",
        "d": ["x", "y"],
        "e": None,
        "f": True,
        "g": 5,
        "h": None,
        "i": None,
    }
    with (tmp_path / "mkdocs.yml").open("rb") as file:
        assert yaml_load(file) == {"plugins": [{"papers": found}]}


def test_configurations_are_inherited_as_mkdocs_inherits_them(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "shared/base.yml": "INHERIT: deeper/top.yml\nplugins:\n  papers:\n    levels: {b: hint}\nextra: [1]\n",
            "shared/deeper/top.yml": (
                "plugins:\n  papers:\n    meta_dir: top\n    levels: {a: 'off', b: error}\nextra: [2]\n"
            ),
            "site/mkdocs.yml": "INHERIT: ../shared/base.yml\nplugins:\n  papers:\n    notes_dir: own\n",
        },
    )
    path = tmp_path / "site/mkdocs.yml"
    found = read_configuration(path)
    assert found == {
        "plugins": {"papers": {"meta_dir": "top", "notes_dir": "own", "levels": {"a": "off", "b": "hint"}}},
        "extra": [1],
    }
    with path.open("rb") as file:
        assert yaml_load(file) == found


def test_paths_are_relative_to_the_configuration_that_was_named(tmp_path: Path) -> None:
    files = {"base.yml": "plugins: [papers: {meta_dir: m}]", "site/mkdocs.yml": "INHERIT: ../base.yml"}
    write_files(tmp_path, files)
    assert read_settings(tmp_path / "site/mkdocs.yml") == Settings((tmp_path / "site").resolve(), meta="m")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plugins: [papers: {meta_dir: 5}]", ": papers: option 'meta_dir': 5 is no folder; write a path relative to"),
        ("plugins: [papers: [a]]", ": papers: expected 'option: value' lines, not ['a']"),
        ("plugins: papers", ": plugins: expected a list, not 'papers'"),
        ("- a", ": expected 'setting: value' lines"),
        ("a: [", ":1:5: not YAML: expected the node content, but found '<stream end>'"),
        ("a: 1\n b: 2", ":2:3: not YAML: mapping values are not allowed here"),
        ("a: 1\nb: \x00", ":2:4: not YAML: the character U+0000 may not stand in YAML as it is"),
        ("a: 1\nb:\n  - 'c\nd: 2\n", ":3:5: not YAML: found unexpected end of stream"),
        ("a: !!timestamp x", ": not YAML: a value is none of its tag"),
        ("a: !!bool maybe", ": not YAML: a value is none of its tag"),
        ("a: !!int ''", ": not YAML: a value is none of its tag"),
        ("a: 2024-02-31", ": not YAML: day is out of range for month"),
        ("a: " + "[" * 5000, ": not YAML: "),
        ("a: !ENV {b: c}", ":1:4: not YAML: expected a scalar or sequence node, but found mapping"),
        ("INHERIT: [a]", ": INHERIT: ['a'] is no path"),
        ("INHERIT: mkdocs.yml", ": INHERIT leads in a circle, back to"),
    ],
)
def test_what_cannot_be_used_has_its_line(tmp_path: Path, text: str, line: str) -> None:
    write_files(tmp_path, {"mkdocs.yml": text})
    with pytest.raises(ConfigurationError) as raised:
        read_settings(tmp_path / "mkdocs.yml")
    assert str(raised.value).startswith(f"{tmp_path / 'mkdocs.yml'}{line}")
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            b"plugins: [papers]\nsite_name: caf\xc3\xa9 caf\xe9\n",
            ":2:20: the byte 0xE9 is not UTF-8; save the file as UTF-8",
        ),
        (b"\xff\xfea\x00:\x00 \x00\x00\xd8", ":1:"),
    ],
)
@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_a_file_that_is_not_utf_8(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, line: str, format_: str
) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(content)
    assert main(["check", "--config", str(tmp_path / "mkdocs.yml"), "--format", format_]) == 2
    out, err = capsys.readouterr()
    (said,) = err.splitlines()
    assert said.startswith(f"{tmp_path / 'mkdocs.yml'}{line}")
    # On GitHub it shows at its line, too.
    shown = f"::error file={tmp_path / 'mkdocs.yml'},line={line[1]},col={line.split(':')[2]}"
    assert out.startswith(shown) if format_ == "github" else out == ""


def test_a_file_in_utf_16(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes("plugins: [papers: {meta_dir: m}]".encode("utf-16"))
    assert read_settings(tmp_path / "mkdocs.yml").meta == "m"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    write_files(tmp_path, {"mkdocs.yml": "INHERIT: none.yml"})
    for path in (tmp_path / "nothing.yml", tmp_path / "mkdocs.yml"):
        with pytest.raises(ConfigurationError, match=r"(nothing|none)\.yml: No such file or directory; name the file"):
            read_settings(path)


def test_no_room_of_the_command_line_imports_mkdocs() -> None:
    program = (
        "import sys, mkdocs_papers.command.main; print([m for m in sys.modules if m.partition('.')[0] == 'mkdocs'])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("listed", "counts"),
    [
        ("[toc, md_in_html]", True),
        ("[{markdown.extensions.extra: {}}]", True),
        ("{pymdownx.extra: {}}", True),
        ("[toc, {tables: {}}, 3, [a]]", False),
        ("md_in_html", False),
        ("", False),
    ],
)
def test_markdown_in_html_is_known_from_the_extensions(tmp_path: Path, listed: str, *, counts: bool) -> None:
    write_files(tmp_path, {"mkdocs.yml": f"markdown_extensions: {listed}\n"})
    assert read_settings(tmp_path / "mkdocs.yml").markdown_in_html is counts
