"""The guide to adding papers can be followed, and its sources are what it says of them."""

import re
import sys
from pathlib import Path

import pytest

from mkdocs_papers.command import answering
from mkdocs_papers.command.answering import MAIL
from mkdocs_papers.command.main import main
from mkdocs_papers.sources.recording import Replaying
from mkdocs_papers.sources.registry import HOSTS, SOURCES
from tests.sites import ROOT, write_files
from tests.sources.recorded import Recorded, crossref_work, datacite_of_arxiv, entry, feed, joined, openalex_work
from tests.walkthrough import follow

GUIDE = (ROOT / "docs" / "guide" / "adding.md").read_text(encoding="utf-8")
ID = "2205.14135"
DOI = "10.5555/flash.2022"


def test_its_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded(tmp_path / "recording")
    recorded.arxiv(ID, feed(entry()))
    gptq = "GPTQ: Accurate Post-Training Quantization"
    recorded.arxiv("2210.17323", feed(entry("2210.17323v2", title=gptq)))
    recorded.datacite(f"10.48550/arXiv.{ID}", datacite_of_arxiv())
    recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=DOI))
    recorded.crossref(DOI, crossref_work())
    recorded.openalex(DOI, openalex_work())
    monkeypatch.setattr(answering, "asker", lambda *_: Replaying(recorded.folder))
    write_files(tmp_path, {"mkdocs.yml": "plugins: [papers]\n"})
    follow(GUIDE, tmp_path)
    assert {file.name for file in (tmp_path / "meta/2022").iterdir()} == {"FlashAttention.prototxt", "GPTQ.prototxt"}


def test_it_names_every_source_and_variable() -> None:
    for host in HOSTS:
        assert not host.key_variable or f"`{host.key_variable}`" in GUIDE
    assert f"`{MAIL}`" in GUIDE
    for source in SOURCES:
        assert source.name in GUIDE or source.name == "the page"


def test_it_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["add", "--help"])
    words = capsys.readouterr().out.replace("[", " ").replace("]", " ").replace(",", " ").split()
    options = {word for word in words if word.startswith("--")} - {"--help", "--config", "--from-text"}
    assert options
    for option in options:
        assert f"`{option}" in GUIDE, option


def test_no_source_knows_another() -> None:
    modules = {source.read.__module__: Path(sys.modules[source.read.__module__].__file__ or "") for source in SOURCES}
    assert len(modules) == len(SOURCES)
    for name, path in modules.items():
        known = set(re.findall(r"mkdocs_papers\.sources\.\w+", path.read_text(encoding="utf-8")))
        assert known & modules.keys() <= {name}, path
        assert "mkdocs_papers.sources.registry" not in known
