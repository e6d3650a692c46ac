"""``mkdocs-papers fmt``."""

from pathlib import Path

import pytest

from mkdocs_papers.command.main import main
from tests.sites import write_files

FILES = {
    "mkdocs.yml": "site_name: T\nplugins: [papers]\n",
    "meta/2024/a.prototxt": 'pub { year: 2024 }\npaper { title: "A" }  # mine\n',
    "meta/2024/b.yaml": "paper:\n  title: B\n",
    "meta/2024/c.prototxt": "paper {\n",
}
LAID = 'paper {\n  title: "A"\n}  # mine\npub {\n  year: 2024\n}\n'


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


LEFT = "meta/2024/c.prototxt: left as it is, for something in it cannot be read; see mkdocs-papers check\n"


def test_records_are_brought_into_the_layout(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt"]) == 1
    assert capsys.readouterr() == ("meta/2024/a.prototxt\n", LEFT)
    assert (library / "meta/2024/a.prototxt").read_text() == LAID
    assert (library / "meta/2024/c.prototxt").read_text() == "paper {\n"
    assert main(["fmt", "meta/2024/a.prototxt"]) == 0
    assert capsys.readouterr() == ("", "")


def test_check_changes_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--check", "meta/2024/a.prototxt"]) == 1
    assert capsys.readouterr() == ("meta/2024/a.prototxt\n", "")
    assert (library / "meta/2024/a.prototxt").read_text() == FILES["meta/2024/a.prototxt"]
    assert main(["fmt", "--check", "meta/2024/b.yaml"]) == 0
    assert main(["fmt", "--check", "nowhere"]) == 2


def test_a_record_that_cannot_be_opened_is_left_and_others_are_not(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def closed(path: Path) -> bytes:
        if path.name == "a.prototxt":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    write_files(library, {"meta/2024/d.prototxt": FILES["meta/2024/a.prototxt"]})
    monkeypatch.setattr(Path, "read_bytes", closed)
    assert main(["fmt"]) == 1
    assert capsys.readouterr() == ("meta/2024/d.prototxt\n", LEFT.replace("/c.", "/a.") + LEFT)
