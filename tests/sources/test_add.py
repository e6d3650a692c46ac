"""``mkdocs-papers add``, as a program, with recordings in place of the web."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from mkdocs_papers.command.main import main
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import PaperInfo
from mkdocs_papers.sources.recording import Replaying
from tests.sites import write_files
from tests.sources.recorded import FLASH, FLASH_AUTHORS, Recorded, crossref_work, entry, feed, joined, openalex_work

Captured = pytest.CaptureFixture[str]

ID = "2205.14135"
DOI = "10.5555/flash.2022"
RECORD = "meta/2022/FlashAttention.prototxt"
SITE = """plugins:
  - papers:
      keywords:
        kv_cache: KV Cache/Efficient Attention
        exact: {label: Exact Attention}
        sampling: Sampling
      aliases:
        institution: {Stanford University: Stanford}
"""
BIB = "@article{a,\n title={Same Title},\n author={Ann Bee},\n year={2020}\n}\n@article{b,\n title={No Year}\n}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    write_files(folder, {"mkdocs.yml": SITE})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    recorded = Recorded(tmp_path / "recording")
    recorded.arxiv(ID, feed(entry(comment="Code at https://github.com/HazyResearch/flash-attention")))
    recorded.semantic_scholar(f"arXiv:{ID}", joined(ArXiv=ID, DOI=DOI))
    recorded.crossref(DOI, crossref_work())
    recorded.openalex(DOI, openalex_work())
    return recorded


def add(recorded: Recorded, *arguments: str) -> int:
    return main(["add", *arguments, "--replay", str(recorded.folder)])


def written(path: str) -> PaperInfo:
    record = read_record(path, Path(path).stem, Path(path).read_bytes()).record
    assert record
    return record.info


def feed_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_paper_is_in_the_library(project: Path, recorded: Recorded, capsys: Captured) -> None:
    assert add(recorded, ID) == 0
    out, told = capsys.readouterr()
    assert out == f"{RECORD}\n"
    assert told.splitlines()[:6] == [
        f"{RECORD}:",
        "  title, authors, abstract: arXiv",
        "  institutions: OpenAlex",
        "  url: made of the identifier",
        "  venue, year, doi: Crossref",
        "  abbr: taken from the title",
    ]
    assert "DataCite is not in the recording: GET https://api.datacite.org/dois/10.48550/arXiv.2205.14135\n" in told
    info = written(RECORD)
    assert (info.paper.title, info.paper.authors, info.paper.abbr) == (FLASH, FLASH_AUTHORS, "FlashAttention")
    assert info.paper.institutions == ("Stanford", "University at Buffalo")
    assert (info.paper.url, info.paper.doi) == (f"https://arxiv.org/abs/{ID}", DOI)
    assert (info.pub.where, info.pub.year) == ("Advances in Neural Information Processing Systems", 2022)
    assert main(["check"]) == 0


def test_keywords_and_code_are_offered_and_not_claimed(project: Path, recorded: Recorded) -> None:
    assert add(recorded, ID) == 0
    text = Path(RECORD).read_text(encoding="utf-8")
    assert "# keyword {\n#   words: exact\n# }\n" in text
    assert "# An address of code that stands in arXiv's comment:\n# code {\n#   url: \"https://github.com/Hazy" in text
    assert "# An address of code that stands in the abstract:\n" in text
    comment = "code at https://github.com/Dao-AILab/flash-attention"
    again = Recorded(project / "again")
    again.arxiv(ID, feed(entry(comment=comment)))
    Path(RECORD).unlink()
    assert add(again, ID) == 0
    assert Path(RECORD).read_text(encoding="utf-8").count("# An address of code") == 1
    assert "stands in arXiv's comment and the abstract:" in Path(RECORD).read_text(encoding="utf-8")
    info = written(RECORD)
    assert (info.keyword.words, info.code.url) == ((), None)


def test_what_is_there_already_is_named(project: Path, recorded: Recorded, capsys: Captured) -> None:
    assert add(recorded, ID) == 0
    before = Path(RECORD).read_bytes()
    capsys.readouterr()
    for what in (f"https://arxiv.org/abs/{ID}v3", f"https://doi.org/{DOI.upper()}", f"10.48550/arXiv.{ID}"):
        assert add(recorded, what) == 1
        assert capsys.readouterr() == ("", f"{what}: is there already, as 2022/FlashAttention\n")
    assert Path(RECORD).read_bytes() == before
    assert [path.name for path in Path("meta").rglob("*") if path.is_file()] == ["FlashAttention.prototxt"]


def test_the_same_title_and_authors_are_the_same_paper(project: Path, recorded: Recorded, capsys: Captured) -> None:
    record = (
        f'paper {{\n  title: "{FLASH.upper()}"\n  authors: "T. Dao"\n  authors: "Dan Fu"\n}}\nsame_work: "2023/B"\n'
    )
    write_files(project, {"meta/2022/A.prototxt": record, "meta/2023/B.prototxt": 'paper { title: "B" }\n'})
    assert add(recorded, ID) == 0
    capsys.readouterr()
    write_files(project, {"meta/2022/A.prototxt": record.replace('"Dan Fu"', '"Daniel Fu"\n  authors: "S. Ermon"')})
    Path(RECORD).unlink()
    assert add(recorded, ID) == 1
    assert capsys.readouterr().err == f"{ID}: is there already, as 2022/A, and 2023/B of the same work\n"


def test_what_is_there_is_asked_of_nobody(project: Path, recorded: Recorded, tmp_path: Path, capsys: Captured) -> None:
    assert add(recorded, ID) == 0
    nobody = Recorded(tmp_path / "nobody")
    nobody.keep("https://example.org/", "")
    for what in (ID, DOI):
        assert add(nobody, what) == 1
        assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("title={Sinks of Attention in Models}, year=2023, journal={ICML}", "is there already, as 2023/Sinks"),
        (
            "title={Sinks of attention in models}, year=2023, journal={TMLR}",
            "may be there already, as 2023/Sinks, which ",
        ),
        ("title={Sinks of Attention in Models}", "may be there already, as 2023/Sinks, which "),
        ("title={Sinks of Attention in Models}, year=2024, journal={TMLR}", ""),
        ("title={Sinks of Attention in Models}, year=2023, author={Roe, Rick}, journal={ICML}", ""),
        ("title={Preface}, year=2023, journal={ICML}", "is there already, as 2023/Preface"),
        ("title={Preface}, year=2023, journal={TMLR}", ""),
        ("title={Introduction to the Special Issue}, year=2023, journal={TMLR}", ""),
    ],
)
def test_a_title_without_authors_is_known_by_year_and_venue(
    project: Path, recorded: Recorded, capsys: Captured, fields: str, told: str
) -> None:
    def record(title: str, authors: str = "") -> str:
        return f'paper {{\n  title: "{title}"\n{authors}}}\npub {{\n  where: "ICML"\n  year: 2023\n}}\n'

    records = {
        "meta/2023/Sinks.prototxt": record("Sinks of Attention in Models", '  authors: "Jane Doe"\n'),
        "meta/2023/Preface.prototxt": record("Preface"),
        "meta/2023/Introduction.prototxt": record("Introduction to the Special Issue"),
    }
    write_files(project, {**records, "refs.bib": f"@article{{x, {fields}}}"})
    assert add(recorded, "refs.bib", "--update") == int(told != "")
    assert (f"refs.bib:1:1: {told}" if told else "") in capsys.readouterr().err
    assert {name: Path(name).read_text() for name in records} == records


FILLED_IN = {
    "refs.bib": "".join(f"@misc{{{n}, title={{Paper {n}}}, author={{A {n}}}, year=2020, doi={{N/A}}}}" for n in "bcd"),
    "refs.ris": "".join(f"TY  - JOUR\nTI  - Paper {n}\nAU  - {n}\nPY  - 2020\nDO  - N/A\nER  - \n" for n in "bcd"),
    "refs.json": json.dumps([{"title": f"Paper {n}", "issued": {"raw": "2020"}, "DOI": "N/A"} for n in "bcd"]),
}


@pytest.mark.parametrize("name", FILLED_IN)
def test_papers_without_doi_are_not_one_for_what_stands_in_its_place(
    project: Path, recorded: Recorded, capsys: Captured, name: str
) -> None:
    write_files(project, {name: FILLED_IN[name]})
    assert add(recorded, name) == 0
    assert capsys.readouterr().err == "3 came in: 3 written, 0 there already, 0 failed\n"
    records = [written(path.as_posix()).paper for path in sorted(Path("meta/2020").iterdir())]
    assert [(paper.title, paper.doi, paper.url) for paper in records] == [(f"Paper {n}", "N/A", None) for n in "bcd"]
    assert add(recorded, name) == 1
    assert main(["check"]) == 0
    assert "duplicate" not in capsys.readouterr().out


def test_editorials_of_two_years_are_two_papers(project: Path, recorded: Recorded, capsys: Captured) -> None:
    for year in (2021, 2022):
        work = crossref_work(title="Editorial", authors=("Ann Bee",), year=year)
        recorded.crossref(f"10.5555/editorial.{year}", work)
        assert add(recorded, f"10.5555/editorial.{year}") == 0
    assert capsys.readouterr().out == "meta/2021/Editorial.prototxt\nmeta/2022/Editorial.prototxt\n"
    for number in (1, 2):
        recorded.crossref(f"10.5555/front.{number}", crossref_work(title="Front Matter", authors=(), year=2022))
        assert add(recorded, f"10.5555/front.{number}") == 0
    assert capsys.readouterr().out == "meta/2022/Front-Matter.prototxt\nmeta/2022/Front-Matter-2.prototxt\n"


def test_nothing_is_written_over(project: Path, recorded: Recorded, capsys: Captured) -> None:
    write_files(project, {"meta/2022/flashattention.yaml": "paper: {title: Another}\n"})
    assert add(recorded, ID, "--format", "prototxt") == 0
    out = capsys.readouterr().out
    assert out == "meta/2022/FlashAttention-Fast-Memory-Efficient-Exact-Attention.prototxt\n"
    assert add(recorded, ID, "--key", "2022/FlashAttention") == 1  # it is there already
    Path(out.strip()).unlink()
    assert add(recorded, ID, "--key", "FlashAttention") == 2
    assert "there is a record 2022/FlashAttention already; choose another --key" in capsys.readouterr().err


def test_a_page_that_says_nothing_asks_for_the_doi(project: Path, recorded: Recorded, capsys: Captured) -> None:
    recorded.keep("https://example.org/paper", "<html>A blog</html>", "text/html")
    assert add(recorded, "https://example.org/paper") == 2
    why = (
        "nothing was found: the page has no citation_* tags, so it says nothing of a paper; give its DOI, if it has one"
    )
    assert capsys.readouterr().err == f"https://example.org/paper: {why}\n"


def test_what_is_offered_is_told(project: Path, recorded: Recorded, capsys: Captured) -> None:
    assert add(recorded, ID) == 0
    code = (
        "code at https://github.com/HazyResearch/flash-attention, code at https://github.com/Dao-AILab/flash-attention"
    )
    assert f"  offered in the record: the keywords exact, {code}\n" in capsys.readouterr().err
    write_files(project, {"mkdocs.yml": "plugins: [papers]"})
    recorded.arxiv("2106.09685", feed(entry("2106.09685v2", title="LoRA: Low-Rank Adaptation", summary="Fine.")))
    recorded.semantic_scholar("arXiv:2106.09685", joined(title="LoRA: Low-Rank Adaptation", venue="ICLR"))
    assert add(recorded, "2106.09685") == 0
    assert "  offered in the record: the venue ICLR\n" in capsys.readouterr().err
    text = Path("meta/2022/LoRA.prototxt").read_text(encoding="utf-8")
    about = "# Semantic Scholar names this venue, and dates it as the preprint:\n"
    assert text.endswith(f'{about}# pub {{\n#   where: "ICLR"\n# }}\n')


def test_the_format_is_the_librarys(project: Path, recorded: Recorded, capsys: Captured) -> None:
    write_files(project, {f"meta/2020/{name}.yaml": f"paper: {{title: {name}}}\n" for name in "ab"})
    write_files(project, {"meta/2020/c.prototxt": 'paper { title: "c" }\n'})
    assert add(recorded, ID, "--key", "2023/Flash", "--keyword", "kv_cache") == 0
    assert capsys.readouterr().out == "meta/2023/Flash.yaml\n"
    info = written("meta/2023/Flash.yaml")
    assert (info.keyword.words, info.pub.year) == (("kv_cache",), 2022)
    assert "# keyword:\n#   words:\n#     - exact\n" in Path("meta/2023/Flash.yaml").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(project: Path, recorded: Recorded, capsys: Captured) -> None:
    assert add(recorded, ID, "--dry-run") == 0
    out = capsys.readouterr().out
    assert out.startswith(f'paper {{\n  title: "{FLASH}"\n')
    assert add(recorded, ID, "nonsense", "--dry-run") == 3
    assert capsys.readouterr().err.endswith("2 came in: 1 would be written, 0 there already, 1 failed\n")
    assert not Path("meta").exists()


def test_whoever_stops_it_is_told(
    project: Path, recorded: Recorded, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(Replaying, "ask", stop)
    assert add(recorded, ID) == 130
    assert capsys.readouterr().err == "interrupted; what is done stays done\n"


def test_what_comes_in_is_written_or_named(project: Path, recorded: Recorded, capsys: Captured) -> None:
    write_files(project, {"refs.bib": BIB})
    assert add(recorded, ID, "refs.bib", "nonsense", "9901.00001", ID) == 3
    out, told = capsys.readouterr()
    assert out == f"{RECORD}\nmeta/2020/Same-Title.prototxt\n"
    assert "refs.bib:6:1: no year is known of 'No Year'; say where it goes: --key 2024/Name\n" in told
    assert "nonsense: is no identifier, no address and no file; give an arXiv id, " in told
    assert "9901.00001: nothing was found: arXiv is not in the recording" in told
    assert told.endswith("6 came in: 2 written, 1 there already, 3 failed\n")


@pytest.mark.parametrize(
    ("content", "status", "lines"),
    [
        (f"https://arxiv.org/abs/{ID}\n{DOI}\n".encode(), 0, 1),
        (BIB.encode("utf-16"), 3, 1),
        (f"\ufeff{ID}\r\n".encode(), 0, 1),
        (f"\ufeff \r\n{ID}".encode(), 0, 1),
        (b"\xef\xbb\xbfTY  - JOUR\nTI  - A title\nPY  - 2020\nER  - \n", 0, 1),
        (b'[{"title": "A title", "issued": {"date-parts": [[2020]]}}]', 0, 1),
        (b"see 2205.14135", 3, 1),
        (b"nothing here", 2, 0),
        (b"\0\1\2", 2, 0),
        (b"", 1, 0),
    ],
)
def test_standard_input_is_told_apart_by_content(
    project: Path,
    recorded: Recorded,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    status: int,
    lines: int,
) -> None:
    feed_input(monkeypatch, content)
    assert add(recorded, "-") == status
    assert len(capsys.readouterr().out.splitlines()) == lines


def test_all_fields_that_records_have_none_for_are_named(project: Path, recorded: Recorded, capsys: Captured) -> None:
    names = [f"x{number}" for number in range(30)]  # of Zotero, Scopus and JabRef together there are more than twenty
    fields = ", ".join(f"{name}={{1}}" for name in names)
    write_files(project, {"refs.bib": f"@article{{a, title={{A title}}, author={{Doe, Jane}}, year=2020, {fields}}}"})
    assert add(recorded, "refs.bib") == 0
    told = ", ".join(f"{name} (1)" for name in names)
    assert f"records have no field for {told}\n" in capsys.readouterr().err


def test_words_beside_ids_are_one_failure_each_time(project: Path, recorded: Recorded, capsys: Captured) -> None:
    write_files(project, {"list.txt": f"PMID- 1 TI  - On caches\n{ID} {DOI}\nAU  - Doe\n"})
    assert add(recorded, "list.txt") == 3
    told = capsys.readouterr().err
    assert [line for line in told.splitlines() if "is no identifier" in line] == [
        "list.txt:1:1: 'PMID- 1 TI - On caches' is no identifier; --from-text finds identifiers among words",
        "list.txt:3:1: 'AU - Doe' is no identifier; --from-text finds identifiers among words",
    ]


def test_ids_in_a_text(project: Path, recorded: Recorded, capsys: Captured) -> None:
    text = (
        f"Dear all,\n\nhave you seen arXiv:{ID}v2 (also <https://arxiv.org/pdf/{ID}>)?\n"
        "Version 1.2345 of https://github.com/a/b is out. And https://doi.org/10.5555/none.\n"
    )
    write_files(project, {"mail.txt": text})
    assert add(recorded, "mail.txt", "--from-text") == 3
    out, told = capsys.readouterr()
    assert out == f"{RECORD}\n"
    assert "mail.txt:4:54: https://doi.org/10.5555/none: nothing was found: " in told
    write_files(project, {"mail.txt": "Hello."})
    assert add(recorded, "mail.txt", "--from-text") == 1
    assert capsys.readouterr().err == "nothing to write: no identifier is in what was given\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--key", "2024/../x"], "'2024/../x' is no key"),
        (["--key", "24/x"], "'24/x' is no key"),
        (["--key", ".x"], "'.x' is no key"),
        (["--key", "x", "2205.1"], "--key is for one paper"),
        (["--keyword", "kv-cache"], "--keyword 'kv-cache' is not listed; did you mean 'kv_cache'?"),
    ],
)
def test_unusable_arguments(
    project: Path, recorded: Recorded, capsys: Captured, arguments: list[str], why: str
) -> None:
    assert add(recorded, *arguments, ID) == 2
    out, told = capsys.readouterr()
    assert (out, told.count("\n")) == ("", 1)
    assert told.startswith(why)
    assert not Path("meta").exists()


def test_a_folder_that_is_no_recording(project: Path, capsys: Captured) -> None:
    assert main(["add", ID, "--replay", "."]) == 2
    assert capsys.readouterr().err.startswith(
        "index.json: No such file or directory; a recording is a folder as --record"
    )


def test_offline_asks_nobody(project: Path, capsys: Captured) -> None:
    assert main(["add", ID, "--offline"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(
        f"{ID}: nothing was found: arXiv is not asked: --offline, and no answer of it is remembered; "
    )


def test_what_was_replayed_can_be_recorded_again(project: Path, recorded: Recorded, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert add(recorded, ID, "--record", str(again)) == 0
    Path(RECORD).unlink()
    assert main(["add", ID, "--replay", str(again)]) == 0
    assert written(RECORD).paper.doi == DOI


def test_no_other_command_loads_what_asks_and_reads_files() -> None:
    program = (
        "import sys, mkdocs_papers.command.main as main; [main._parser([name]) for name in ('check', 'fmt', 'init')];"
        "print({'requests', 'pybtex', 'pylatexenc', 'anyascii', 'pypdf'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_editor_opens_what_was_written(project: Path, recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'{sys.executable} -c \'import sys; open("opened", "w").write(sys.argv[1])\'')
    assert add(recorded, ID, "--open") == 0
    assert Path("opened").read_text(encoding="utf-8") == str(project / RECORD)


def test_a_record_that_cannot_be_written_is_named(project: Path, recorded: Recorded, capsys: Captured) -> None:
    Path("meta").write_text("in the way", encoding="utf-8")
    assert add(recorded, ID) == 2
    assert f"{ID}: {RECORD} cannot be written: " in capsys.readouterr().err


def test_a_new_record_has_the_permissions_that_others_have(project: Path, recorded: Recorded) -> None:
    Path("other").touch()
    assert add(recorded, ID) == 0
    assert Path(RECORD).stat().st_mode == Path("other").stat().st_mode
    assert os.listdir("meta/2022") == ["FlashAttention.prototxt"]  # noqa: PTH208  # hidden files too


def test_nobody_is_asked_about_the_entries_of_a_file_unless_it_is_wanted(project: Path, recorded: Recorded) -> None:
    Path("refs.bib").write_text(
        f"@misc{{a, title={{My own title}}, year={{2022}}, eprint={{{ID}}}, archiveprefix={{arXiv}}}}"
    )
    assert add(recorded, "refs.bib", "--key", "2022/plain") == 0
    info = written("meta/2022/plain.prototxt")
    assert (info.paper.title, info.paper.authors, info.paper.doi, info.pub.where) == ("My own title", (), None, "arXiv")
    Path("meta/2022/plain.prototxt").unlink()
    assert add(recorded, "refs.bib", "--complete", "--key", "2022/complete") == 0
    info = written("meta/2022/complete.prototxt")
    assert (info.paper.title, info.paper.authors, info.paper.doi) == ("My own title", FLASH_AUTHORS, DOI)
    assert (info.pub.where, info.pub.year) == ("Advances in Neural Information Processing Systems", 2022)
