"""From a record, as people write them, to a paper."""

from pathlib import Path

import pytest

from mkdocs_papers.library.model import Code, Library, Paper
from mkdocs_papers.records.schema import Status
from tests.libraries import QUEST, loaded


def paper(folder: Path, text: str, key: str = "2024/Quest") -> Paper:
    library = loaded(folder, {f"meta/{key}.prototxt": text})
    return library.papers[key]


def test_a_whole_record(tmp_path: Path) -> None:
    whole = paper(
        tmp_path,
        """
        paper {
          title: " Quest:\\n Query-Aware $\\\\infty$ "
          abbr: "Quest"
          url: " https://arxiv.org/abs/2406.10774v1"
          authors: "Jiaming Tang"
          authors: "Yilong Zhao "
          authors: "Jiaming Tang"
          institutions: "University of California, Berkeley"
          doi: "https://doi.org/10.48550/arXiv.2406.10774"
          abstract: "One.\\n\\nTwo. "
        }
        pub { where: "ICML" year: 2025 }
        code { type: "PyTorch" url: "https://github.com/mit-han-lab/quest" }
        keyword { words: kv_cache words: "sparse attention" }
        update_time: 1718000000
        rating: 5
        status: read
        """,
    )
    assert (whole.title, whole.abbreviation, whole.name) == ("Quest: Query-Aware $\\infty$", "Quest", "Quest")
    assert whole.url == "https://arxiv.org/abs/2406.10774v1"
    assert (whole.arxiv, whole.pdf) == ("2406.10774", "https://arxiv.org/pdf/2406.10774v1")
    assert whole.authors == ("Jiaming Tang", "Yilong Zhao")
    assert whole.institutions == ("University of California, Berkeley",)
    assert (whole.doi, whole.abstract) == ("10.48550/arXiv.2406.10774", "One.\n\nTwo.")
    assert (whole.venue, whole.year) == ("ICML", 2025)
    assert whole.code == Code("PyTorch", "https://github.com/mit-han-lab/quest")
    assert whole.keywords == ("kv_cache", "sparse attention")
    assert (whole.updated, whole.rating, whole.status) == (1718000000, 5, Status.READ)


def test_the_least_record(tmp_path: Path) -> None:
    least = paper(tmp_path, QUEST)
    assert (least.title, least.name, least.venue, least.year) == ("Quest", "Quest", "arXiv", 2024)
    nothing = (least.abbreviation, least.url, least.pdf, least.code, least.note, least.cover, least.rating)
    assert nothing == (None,) * 7
    assert (least.authors, least.keywords, least.baselines, least.same_work) == ((), (), (), ())


@pytest.mark.parametrize(
    ("where", "venue"), [('where: ""', None), ('where: " "', None), ('where: " ICLR oral "', "ICLR oral")]
)
def test_the_venue(tmp_path: Path, where: str, venue: str | None) -> None:
    assert paper(tmp_path, f"{QUEST}pub {{ {where} }}").venue == venue


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Song Han, Huizi Mao, William J. Dally", ("Song Han", "Huizi Mao", "William J. Dally")),
        ("A. Roe, Jr., B. Poe, and C. Doe", ("A. Roe, Jr.", "B. Poe", "C. Doe")),
        ("张三，李四、王五", ("张三", "李四", "王五")),
        ("Song Han,", ("Song Han",)),
        (" , ", ()),
    ],
)
def test_several_authors_in_one_string(tmp_path: Path, authors: str, names: tuple[str, ...]) -> None:
    assert paper(tmp_path, f'paper {{ title: "Quest" authors: "{authors}" }}').authors == names


def test_sentinels_mean_nothing(tmp_path: Path) -> None:
    empty = paper(
        tmp_path,
        f'{QUEST}keyword {{ words: none words: "None" words: "" }} baseline {{ methods: "None" methods: " none " }}',
    )
    assert (empty.keywords, empty.baselines) == ((), ())


@pytest.mark.parametrize(
    ("block", "title"),
    [("", "Z9R72EAT"), ('paper { abbr: "Quest" }', "Quest"), ('paper { title: " " abbr: "Quest" }', "Quest")],
)
def test_a_missing_title_is_stood_in_for(tmp_path: Path, block: str, title: str) -> None:
    assert paper(tmp_path, block, "2018/Z9R72EAT").title == title


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        ("rating: 6", QUEST),
        ("rating: 0", QUEST),
        ("update_time: -1", QUEST),
        ("update_time: 253402300800", QUEST),
        ("pub { year: 3 }", QUEST),
        ('code { type: "PyTorch" }', QUEST),
        ('code { type: "PyTorch" url: "javascript:alert(1)" }', QUEST),
        ('note { url: "javascript:alert(1)" }', QUEST),
        ('cover { url: "data:image/svg+xml,x" }', QUEST),
        ('note { url: "" } cover { url: "" }', QUEST),
    ],
)
def test_values_that_cannot_be_right_are_left_out(tmp_path: Path, block: str, kept: str) -> None:
    plain, odd = paper(tmp_path / "a", kept), paper(tmp_path / "b", kept + block)
    for field in ("rating", "updated", "year", "code", "note", "cover", "status"):
        assert getattr(odd, field) == getattr(plain, field)


def test_keywords_stand_in_the_configurations_order_once_each(tmp_path: Path) -> None:
    record = f'{QUEST}keyword {{ words: own words: b words: "A " words: a words: B2 words: b words: own }}'
    library = loaded(
        tmp_path,
        {"meta/2024/Quest.prototxt": record},
        keywords={"a": "First", "b": "Second"},
        aliases={"keyword": {"A": "a", "B2": "b"}},
    )
    assert library.papers["2024/Quest"].keywords == ("a", "b", "own")


def test_aliases_settle_names(tmp_path: Path) -> None:
    record = 'paper { title: "Quest" authors: "S. Han, Song Han" institutions: "Stanford" } pub { where: "github" }'
    library = loaded(
        tmp_path,
        {"meta/2024/Quest.prototxt": record},
        aliases={
            "author": {"S. Han": "Song Han"},
            "institution": {"stanford": "Stanford University"},
            "venue": {"Github": "GitHub"},
        },
    )
    quest = library.papers["2024/Quest"]
    assert (quest.authors, quest.institutions, quest.venue) == (("Song Han",), ("Stanford University",), "GitHub")


def test_the_default_venue_can_be_settled_too(tmp_path: Path) -> None:
    library = loaded(tmp_path, {"meta/2024/Quest.prototxt": QUEST}, aliases={"venue": {"arXiv": "Preprint"}})
    assert library.papers["2024/Quest"].venue == "Preprint"


def both_formats(library: Library) -> list[str]:
    return [library.papers[key].title for key in library.papers]


def test_odd_stems_and_equal_stems_in_two_years(tmp_path: Path) -> None:
    stems = ["2023/Sparse-IFT", "2024/LoRA+", "2024/Sparse-IFT", "2024/T\u00fdr-the-Pruner", "2024/a b", "2024/v1.5"]
    library = loaded(tmp_path, {f"meta/{stem}.yaml": f"paper: {{title: '{stem}'}}" for stem in stems})
    assert list(library.papers) == both_formats(library) == sorted(stems)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "\ufeff" + QUEST.replace("\n", "\r\n")
    library = loaded(tmp_path, {"meta/2024/Quest.prototxt": text, "meta/2024/b.yaml": "\ufeffpaper:\r\n  title: B\r\n"})
    assert both_formats(library) == ["Quest", "B"]
    assert library.problems == ()


def test_hostile_values_stay_one_line_of_text(tmp_path: Path) -> None:
    hostile = paper(tmp_path, 'paper { title: "a\\000b\\nc\\342\\200\\250d </script>" authors: "x\\ny" }')
    assert (hostile.title, hostile.authors) == ("a\ufffdb c d </script>", ("x y",))


def test_placeholders_make_no_names(tmp_path: Path) -> None:
    odd = paper(
        tmp_path, 'paper { title: "Quest" authors: "author1, Song Han" institutions: "inst1" institutions: "MIT" }'
    )
    assert (odd.authors, odd.institutions) == (("Song Han",), ("MIT",))
