"""``mkdocs-papers schema``."""

import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_papers.command.main import main
from mkdocs_papers.records.json_schema import json_schema
from mkdocs_papers.records.proto import proto_file

Captured = pytest.CaptureFixture[str]


def _configure(folder: Path, keywords: str) -> str:
    path = folder / "mkdocs.yml"
    path.write_text(f"site_name: Papers\nplugins:\n  - papers:\n      keywords: {keywords}\n", encoding="utf-8")
    return str(path)


def test_keywords_are_strings_unless_asked(capsys: Captured) -> None:
    assert main(["schema", "--config", "nowhere.yml"]) == 0
    assert capsys.readouterr() == (proto_file(), "")


def test_keywords_of_the_configuration_as_an_enum(tmp_path: Path, capsys: Captured) -> None:
    assert main(["schema", "--keywords", "enum", "--config", _configure(tmp_path, "{outliers: , fusion: }")]) == 0
    assert capsys.readouterr() == (proto_file(["outliers", "fusion"]), "")


@pytest.mark.parametrize(
    ("keywords", "why"), [("{}", "it lists none, so there is no enum to make"), ("{kv-cache: KV}", "'kv-cache'")]
)
def test_keywords_that_make_no_enum(tmp_path: Path, capsys: Captured, keywords: str, why: str) -> None:
    assert main(["schema", "--keywords", "enum", "--config", _configure(tmp_path, keywords)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert why in err
    assert err.count("\n") == 1


def test_checking_does_not_pay_for_protobuf() -> None:
    program = (
        "import sys; import mkdocs_papers.command.main; assert not any('protobuf' in name for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_json_schema(tmp_path: Path, capsys: Captured) -> None:
    assert main(["schema", "--format", "json-schema", "--config", "nowhere.yml"]) == 0
    assert capsys.readouterr() == (json_schema(), "")
    configuration = _configure(tmp_path, "{outliers: , fusion: }")
    assert main(["schema", "--format", "json-schema", "--keywords", "enum", "--config", configuration]) == 0
    assert capsys.readouterr() == (json_schema(["outliers", "fusion"]), "")
