"""What no single file shows."""

from pathlib import Path

import pytest

from mkdocs_papers.records.problem import Level
from tests.libraries import QUEST, codes, lines, loaded

KEYWORDS = {"sparse_pruning": "Sparse/Pruning", "quantization": "Quantization"}


def record(
    title: str, *, url: str = "", doi: str = "", where: str = "", institutions: tuple[str, ...] = (), more: str = ""
) -> str:
    values = {"title": title, "url": url, "doi": doi}
    block = [f'  {name}: "{value}"' for name, value in values.items() if value]
    block += [f'  institutions: "{name}"' for name in institutions]
    venue = f'pub {{\n  where: "{where}"\n}}\n' if where else ""
    return "paper {\n" + "\n".join(block) + "\n}\n" + venue + more


def test_a_year_that_contradicts_the_folder(tmp_path: Path) -> None:
    library = loaded(tmp_path, {"meta/2024/Quest.prototxt": f"{QUEST}pub {{\n  year: 2023\n}}\n"})
    assert library.papers["2024/Quest"].year == 2023
    assert lines(library) == [
        (
            "meta/2024/Quest.prototxt:5:9: the year 2023 is not that of the folder 2024; "
            "write year: 2024, or move the record to the folder 2023 [year-mismatch]"
        )
    ]


@pytest.mark.parametrize(
    ("one", "other", "place", "shared"),
    [
        (
            record("A", url="https://arxiv.org/abs/2406.10774v1"),
            record("B", url="http://arxiv.org/pdf/2406.10774v2.pdf"),
            "3:8",
            "address",
        ),
        (record("A", doi="10.1145/X"), record("B", doi="10.1145/x"), "3:8", "DOI"),
        (record("A", doi="10.1145/X"), record("B", url="https://doi.org/10.1145/X"), "3:8", "address"),
        (record("Quest: A $k$-query!"), record("QUEST  a $k$ query"), "2:10", "title"),
        (
            record("A", url="https://e.org/1", doi="10.1/1"),
            record("a", url="https://e.org/1", doi="10.1/1"),
            "3:8",
            "address",
        ),
    ],
)
def test_two_records_of_one_paper(tmp_path: Path, one: str, other: str, place: str, shared: str) -> None:
    files = {"meta/2023/a.prototxt": one, "meta/2024/b.prototxt": other}
    assert lines(loaded(tmp_path / "a", files, levels={"arxiv-http": "off"})) == [
        (
            f"meta/2024/b.prototxt:{place}: 2023/a has the same {shared}; "
            "write same_work: '2023/a' if both are the same work, or delete one of the records [duplicate-paper]"
        )
    ]
    for path, other_key in {"meta/2023/a.prototxt": "2024/b", "meta/2024/b.prototxt": "2023/a"}.items():
        named = {**files, path: f'{files[path]}same_work: "{other_key}"\n'}
        assert lines(loaded(tmp_path / other_key.replace("/", "-"), named, levels={"arxiv-http": "off"})) == []


def test_of_several_records_of_one_paper_each_later_one_has_its_line(tmp_path: Path) -> None:
    files = {f"meta/{year}/a.prototxt": record("A") for year in (2021, 2022, 2023, 2024)}
    files["meta/2024/a.prototxt"] += 'same_work: "2022/a"\n'
    paths = [problem.path for problem in loaded(tmp_path, files).problems]
    assert paths == ["meta/2022/a.prototxt", "meta/2023/a.prototxt"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("A: part 1"), record("A: part 2")),
        (record("LoRA"), record("LoRA+")),
        (record("?"), record("!")),
        (record("A", url="https://e.org/?id=1"), record("B", url="https://e.org/?id=2")),
        ('paper { abbr: "x" }', 'paper { abbr: "x" }'),
    ],
)
def test_different_papers(tmp_path: Path, one: str, other: str) -> None:
    files = {"meta/2023/a.prototxt": one, "meta/2024/b.prototxt": other}
    assert "duplicate-paper" not in codes(loaded(tmp_path, files))


def variants(folder: Path, *records: str, **options: object) -> list[str]:
    files = {f"meta/2024/{n}.prototxt": text for n, text in enumerate(records)}
    return [line.partition("meta/2024/")[2] for line in lines(loaded(folder, files, **options))]


def test_names_that_are_written_in_two_ways(tmp_path: Path) -> None:
    records = (
        record("A", where="github", institutions=("MIT", "Stanford")),
        record("B", where="github", institutions=("Stanford University",)),
        record("C", where="Github", institutions=("Shanghai Jiaotong University", "Stanford University")),
        record("D", where="GitHub", institutions=("Shanghai Jiao Tong University",)),
    )
    advice = "or choose in the option 'aliases' [two-spellings]"
    assert variants(tmp_path, *records) == [
        (
            "0.prototxt:4:17: the institution 'Stanford' is written 'Stanford University' elsewhere; "
            f"write 'Stanford University', {advice}"
        ),
        (
            "2.prototxt:3:17: the institution 'Shanghai Jiaotong University' is written "
            f"'Shanghai Jiao Tong University' elsewhere; write 'Shanghai Jiao Tong University', {advice}"
        ),
        f"2.prototxt:7:10: the venue 'Github' is written 'github' elsewhere; write 'github', {advice}",
        f"3.prototxt:6:10: the venue 'GitHub' is written 'github' elsewhere; write 'github', {advice}",
    ]
    aliases = {
        "venue": {"github": "GitHub"},
        "institution": {
            "Stanford": "Stanford University",
            "Shanghai Jiaotong University": "Shanghai Jiao Tong University",
        },
    }
    assert variants(tmp_path, *records, aliases=aliases) == []


def test_an_author_in_two_spellings_each_at_its_value(tmp_path: Path) -> None:
    first = 'paper {\n  title: "A"\n  authors: "Jae-joon Kim"\n}\n'
    second = 'paper {\n  title: "B"\n  authors: "Jae-joon Kim"\n}\n'
    third = 'paper {\n  title: "C"\n  authors: "Song Han"\n  authors: "Jae-Joon Kim"\n}\n'
    (line,) = variants(tmp_path, first, second, third)
    assert line.startswith("2.prototxt:4:12: the author 'Jae-Joon Kim' is written 'Jae-joon Kim' elsewhere")


def test_a_name_in_capitals_is_the_one_to_mend(tmp_path: Path) -> None:
    first, second = (
        'paper {\n  title: "A"\n  authors: "SONG HAN"\n}\n',
        'paper {\n  title: "B"\n  authors: "Song Han"\n}\n',
    )
    (line,) = variants(tmp_path, first, second)
    assert line.startswith("0.prototxt:3:12: the author 'SONG HAN' is written 'Song Han' elsewhere")


def test_the_spelling_that_an_alias_leads_to_is_the_right_one(tmp_path: Path) -> None:
    records = (record("A", where="GITHUB"), record("B", where="github"), record("C", where="github"))
    (line,) = variants(tmp_path, *records[:2], record("C", where="GH"), aliases={"venue": {"GH": "GITHUB"}})
    assert line.startswith("1.prototxt:5:10: the venue 'github' is written 'GITHUB'")


def test_the_default_venue_is_spelt_right(tmp_path: Path) -> None:
    found = variants(tmp_path, record("A", where="Arxiv"), record("B", where="Arxiv"), record("C"))
    assert [line.partition(";")[0] for line in found] == [
        "0.prototxt:5:10: the venue 'Arxiv' is written 'arXiv' elsewhere",
        "1.prototxt:5:10: the venue 'Arxiv' is written 'arXiv' elsewhere",
    ]


def test_names_of_nothing_but_marks_and_of_university_alone_are_no_spellings_of_each_other(tmp_path: Path) -> None:
    records = (record(f"{n}", institutions=(name,)) for n, name in enumerate(("University", "!", "?", "MIT")))
    assert variants(tmp_path, *records) == []


def test_keywords_that_the_configuration_does_not_list(tmp_path: Path) -> None:
    keyword = "keyword {\n  words: sparse_prunning\n  words: sparse_pruning\n  words: zzz\n  words: none\n}\n"
    library = loaded(tmp_path, {"meta/2024/Quest.prototxt": QUEST + keyword}, keywords=KEYWORDS)
    assert library.papers["2024/Quest"].keywords == ("sparse_pruning", "sparse_prunning", "zzz")
    assert lines(library) == [
        (
            "meta/2024/Quest.prototxt:5:10: the keyword 'sparse_prunning' is not listed; "
            "did you mean 'sparse_pruning'? [unknown-keyword]"
        ),
        (
            "meta/2024/Quest.prototxt:7:10: the keyword 'zzz' is not listed; "
            "list it in the option 'keywords' [unknown-keyword]"
        ),
    ]
    assert {problem.level for problem in library.problems} == {Level.HINT}


def test_without_listed_keywords_none_is_unknown(tmp_path: Path) -> None:
    assert lines(loaded(tmp_path, {"meta/2024/Quest.prototxt": f"{QUEST}keyword {{ words: zzz }}"})) == []


def test_names_that_differ_in_letter_case_only(tmp_path: Path) -> None:
    files = {
        "meta/2024/Quest.prototxt": record("A"),
        "meta/2024/quest.yaml": "paper: [",
        "meta/2023/QUEST.prototxt": record("B"),
        "notes/2024/Quest/a.svg": "",
        "notes/2024/quest/b.svg": "",
        "notes/2024/quest/B.svg": "",
        "meta/2022/caf\u00e9.yaml": "paper: [",
        "meta/2022/cafe\u0301.yaml": "paper: [",
    }
    library = loaded(tmp_path, files, levels={"syntax": "off"})
    assert lines(library) == [
        (
            "meta/2022/caf\u00e9.yaml:1:1: the key '2022/caf\u00e9' differs from '2022/cafe\u0301' "
            "in how accents are encoded only; rename one of the two [case-collision]"
        ),
        (
            "meta/2024/quest.yaml:1:1: the key '2024/quest' differs from '2024/Quest' in letter case only; "
            "rename one of the two [case-collision]"
        ),
        (
            "notes/2024/quest/B.svg:1:1: the name '2024/quest' differs from '2024/Quest' in letter case only; "
            "rename one of the two [case-collision]"
        ),
        (
            "notes/2024/quest/b.svg:1:1: the name '2024/quest/b.svg' differs from '2024/quest/B.svg' "
            "in letter case only; rename one of the two [case-collision]"
        ),
    ]


def test_notes_that_no_record_names(tmp_path: Path) -> None:
    files = {
        "meta/2024/Quest.prototxt": f'{QUEST}note {{ url: "note.md" }}',
        "notes/2024/Quest/note.md": "",
        "notes/2024/Quest/more.md": "",
    }
    assert lines(loaded(tmp_path, files)) == [
        "notes/2024/Quest/more.md:1:1: no record names this note; name it in a record: note { url } [orphan-note]"
    ]


def test_a_note_that_a_broken_record_may_name_is_no_orphan(tmp_path: Path) -> None:
    files = {
        "meta/2024/Quest.prototxt": "paper {",
        "meta/2023/SparseGPT.yaml": "paper: [",
        "notes/2024/quest/note.md": "",
        "notes/sparsegpt.md": "",
        "notes/other.md": "",
    }
    assert [problem.path for problem in loaded(tmp_path, files, levels={"syntax": "off"}).problems] == [
        "notes/other.md"
    ]


def test_an_orphan_in_the_folder_of_a_record_without_note(tmp_path: Path) -> None:
    library = loaded(tmp_path, {"meta/2024/Quest.prototxt": QUEST, "notes/2024/quest/Read me.md": ""})
    assert lines(library) == [
        (
            "notes/2024/quest/Read me.md:1:1: no record names this note; "
            "name it in meta/2024/Quest.prototxt: note { url: '../quest/Read me.md' } [orphan-note]"
        )
    ]


def test_a_thousand_unknown_keywords_and_authors_end_soon(tmp_path: Path) -> None:
    names = "".join(f'  authors: "Author Number {n}"\n' for n in range(20_000))
    words = "".join(f"  words: word_{n}\n" for n in range(2_000))
    methods = "".join(f'  methods: "2024/none{n:05}"\n' for n in range(2_000))
    text = f'paper {{\n  title: "Quest"\n{names}}}\nkeyword {{\n{words}}}\nbaseline {{\n{methods}}}\n'
    files = {f"meta/2024/none{n:04}.yaml": f"paper: {{title: T{n}}}" for n in range(0, 3000, 10)}
    library = loaded(tmp_path, {"meta/2024/Quest.prototxt": text, **files}, keywords={"word": "Word"})
    assert len(library.papers["2024/Quest"].authors) == 20_000
    assert len(library.problems) == 4_000
