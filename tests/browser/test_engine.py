"""The browse page's engine: which papers queries find, how many of each kind, in which order; addresses and exports."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.model import Attachment, Baseline, Code, Note
from mkdocs_papers.pages import browse, summaries
from mkdocs_papers.pages.hue import hue
from mkdocs_papers.pages.listing import COLUMNS, Column
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.pages.text import is_long, pieces
from mkdocs_papers.records.schema import Status
from tests.browser.engine import Engine, Term
from tests.browser.rules import Rules
from tests.pages.papers import paper, site

# Finding, held to a plain reading of the rules

NAMES = [
    "ICML",
    "ACL",
    "ACL Findings",
    "icml",
    "Sparse",
    "sparse attention",
    "稀疏",
    "注意力",
    "Çağlar",
    "a b",
    "é",
    'q"t',
    "a+b",
]
TITLES = st.lists(
    st.sampled_from(
        ["sparse", "Sparse", "attention", "注意力", "稀疏注意力", "N:M", "2:4", "Çağlar", "KV", "a", "-", "x.y"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


def some(names: list[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=most, unique=True).map(tuple)


PAPERS = st.builds(
    paper,
    st.builds("{}/{}".format, st.integers(2019, 2023), st.sampled_from("ABCDEF")),
    title=TITLES,
    year=st.integers(2019, 2023),
    abbreviation=st.none() | st.sampled_from(["KV", "Sparse", "A"]),
    venue=st.none() | st.sampled_from(NAMES),
    authors=some(NAMES, 3),
    institutions=some(NAMES, 2),
    keywords=some(["kv_cache", "survey", "sparse", "稀疏"], 2),
    baselines=st.lists(st.sampled_from([Baseline("A", "2020/A"), Baseline("KV")]), max_size=2).map(tuple),
    rating=st.none() | st.integers(1, 5),
    arxiv=st.none() | st.sampled_from(["2106.1", "1912.2", "2201.3"]),
    updated=st.none() | st.sampled_from([1_577_836_799, 1_577_836_800, 1_623_715_200]),
    code=st.none() | st.just(Code("", "https://code.example/")),
)
SITES = st.lists(PAPERS, max_size=6, unique_by=lambda paper: paper.key).map(lambda papers: site(*papers))


def together(facet: str, values: list[str], *, negated: bool) -> Term:
    return {**term("facet", "+".join(values), facet, negated=negated), "all": values}


def term(kind: str, text: str, facet: str = "", *, negated: bool = False) -> Term:
    return {"kind": kind, "text": text, **({"facet": facet} if facet else {}), **({"not": True} if negated else {})}


DATES = [
    "2021",
    "2021-06",
    ">=2021",
    "<2022-06",
    ">2019-12-31",
    "<=2021-06",
    "2020-06..2022",
    "..2020-12",
    "2021-06-15",
    "x",
]
NUMBERS = ["2021", ">=2021", "<2022", ">2019", "2020..2022", "..2020", "3", ">=3", "<=2", "x", ""]
TERMS = st.one_of(
    st.builds(
        term,
        st.sampled_from(["word", "phrase"]),
        st.sampled_from(
            ["s", "sparse", "sparse attention", "att", "注", "稀疏", "caglar", "kv", "icml", "2021", "n:m", "a"]
        ),
        negated=st.booleans(),
    ),
    st.builds(
        term,
        st.just("facet"),
        st.sampled_from([*NAMES, "ac", "kv cache", "", "no venue", "zz", "KV", "a"]),
        st.sampled_from(["venue", "author", "keyword", "institution", "baseline"]),
        negated=st.booleans(),
    ),
    st.builds(
        term, st.just("facet"), st.sampled_from(NUMBERS), st.sampled_from(["year", "rating"]), negated=st.booleans()
    ),
    st.builds(
        term, st.just("facet"), st.sampled_from(DATES), st.sampled_from(["added", "published"]), negated=st.booleans()
    ),
    st.builds(
        term,
        st.just("facet"),
        st.sampled_from(["code", "note"]),
        st.sampled_from(["has", "lacks"]),
        negated=st.booleans(),
    ),
    st.builds(
        together,
        st.sampled_from(["venue", "author", "keyword", "institution", "has", "year"]),
        st.lists(st.sampled_from(["a", "b", "é", "ICML", "sparse", "survey", "code"]), min_size=2, max_size=3),
        negated=st.booleans(),
    ),
)
QUERIES = st.lists(TERMS, max_size=4)


@given(SITES, QUERIES)
def test_papers_found_and_counted(engine: Engine, made: Site, terms: list[Term]) -> None:
    rules = Rules(made)
    names = {facet.name for facet in rules.facets}
    # What no paper has is no facet on the page, and a query does not come to ask it.
    asked = [term for term in terms if term.get("facet", next(iter(names), "")) in names]
    engine.load(made)
    assert engine.find(asked)[0] == rules.found(asked)
    for facet in rules.facets:
        assert engine.counts(facet.name) == rules.counts(facet, asked)


@given(SITES, st.lists(st.text('spare atio注-"', max_size=2), max_size=5), QUERIES)
def test_typing_on_finds_what_asking_anew_finds(
    engine: Engine, made: Site, typed: list[str], terms: list[Term]
) -> None:
    engine.load(made)
    states = ["".join(typed[:length]) for length in range(len(typed) + 1)]
    queries = [[*engine.parse(text), *terms[place:]] for place, text in enumerate([*states, *reversed(states)])]
    going = [engine.find(query, anew=False)[0] for query in queries]
    assert going == [engine.find(query)[0] for query in queries]


def test_words_of_notes(engine: Engine) -> None:
    notes = {"2024/A": "Activation outliers in Łukasz' model", "2024/B": "稀疏注意力 outlier", "2024/C": "Nothing"}
    papers = [paper(key, note=Attachment(f"{key}/note.md")) for key in notes]
    engine.load(
        site(
            *papers,
            paper("2024/D"),
            notes=tuple(Note(f"{key}/note.md", "Note", text=text) for key, text in notes.items()),
        )
    )
    for query, found in {
        "note:OUTLIER": "AB",
        'note:"activation outliers"': "A",
        "note:outlier+lukasz": "A",
        "note:outlier note:注意力": "B",
        "-note:outlier": "CD",
        "note:outlier lacks:code has:note": "AB",
        "note:zzz": "",
        "note:": "ABCD",
    }.items():
        assert engine.find(engine.parse(query))[0] == [f"2024/{key}" for key in found], query


def test_a_longer_word_is_looked_for_where_the_shorter_one_was_found(engine: Engine) -> None:
    engine.load(site(*(paper(f"2024/{n}", title="sparse" if n % 10 == 0 else "dense") for n in range(100))))
    not_x = term("word", "x", negated=True)
    assert engine.find([term("word", "sp")]) == ([f"2024/{n}" for n in (0, *range(10, 100, 10))], 100)
    assert engine.find([term("word", "spa")], anew=False)[1] == 10
    assert engine.find([term("word", "spa"), term("facet", "2024", "year")], anew=False)[1] == 0
    assert engine.find([term("word", "spa"), not_x], anew=False)[1] == 10
    assert engine.find([term("word", "s"), not_x], anew=False)[1] == 100
    assert engine.find([], anew=False)[1] == 0


def test_what_was_found_is_known_when_letters_are_taken_back(engine: Engine) -> None:
    titles = ("sparse" if number % 10 == 0 else "dense" for number in range(100))
    engine.load(site(*(paper(f"2024/{number}", title=title) for number, title in enumerate(titles))))
    found, _ = engine.find([term("word", "s")])
    engine.find([term("word", "sp")], anew=False, again=True)
    assert engine.find([term("word", "s")], anew=False, again=True) == (found, 0)


# Finding, case by case

LIBRARY = site(
    paper(
        "2024/Quest",
        title="Quest: sparsity",
        venue="ICML",
        authors=("Song Han",),
        keywords=("kv_cache",),
        rating=5,
        arxiv="2406.10774",
        former_keys=("2020/Quest", "2022/Plain"),
    ),
    paper(
        "2023/Findings",
        title="KV caches of $\\infty$",
        venue="ACL Findings",
        authors=("Han Song", "Łukasz Kaiser"),
        doi="10.1145/3575693",
    ),
    paper(
        "2022/Plain",
        title="稀疏注意力机制",
        venue="ACL",
        authors=("王小明",),
        baselines=(Baseline("Quest", "2024/Quest"),),
    ),
    paper("2021/None", title="Limits", rating=3, keywords=("rock+roll",)),
)


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("", ["Quest", "Findings", "Plain", "None"]),
        ("SPARSITY", ["Quest"]),
        ("quest 2024", ["Quest"]),
        ("kv", ["Quest", "Findings"]),
        ("kv cache", ["Quest", "Findings"]),
        ('"kv cache"', ["Quest"]),
        ('"kv cach', ["Quest", "Findings"]),
        ("kv_cache", ["Quest"]),
        ("注意力", ["Plain"]),
        ('"注意力"', ["Plain"]),
        ("lukasz", ["Findings"]),
        ("∞", ["Findings"]),
        ("infty", ["Findings"]),
        ("-kv", ["Plain", "None"]),
        ("venue:ACL", ["Plain"]),
        ("venue:acl", ["Plain"]),
        ("venue:ACL keyword:nowhere", []),
        ("venue:AC", ["Findings", "Plain"]),
        ("venue:icml venue:acl", ["Quest", "Plain"]),
        ('venue:""', ["None"]),
        ('-venue:"acl findings"', ["Quest", "Plain", "None"]),
        ("author:han", ["Quest", "Findings"]),
        ('author:"Song Han"', ["Quest"]),
        ('keyword:"KV Cache"', ["Quest"]),
        ("keyword:kv", ["Quest"]),
        ("year:>=2023", ["Quest", "Findings"]),
        ("year:>=2022 year:<2024", ["Findings", "Plain"]),
        ("year:2021 year:2023..2024", ["Quest", "Findings", "None"]),
        ("year:2021 year:2023..2024 year:<2024", ["Findings", "None"]),
        ("-year:2024", ["Findings", "Plain", "None"]),
        ("rating:>3", ["Quest"]),
        ("-rating:>3", ["Findings", "Plain", "None"]),
        ("baseline:Quest", ["Plain"]),
        ("baseline:2024/Quest", ["Plain"]),
        ("venue:nowhere", []),
        ("compares:quest", ["Plain"]),
        ("comparedby:Plain", ["Quest"]),
        ("comparedby:2022/Plain", ["Quest"]),
        ("comparedby:Quest", []),
        ('author:"Han Song"+lukasz', ["Findings"]),
        ("author:Han+Kaiser", ["Findings"]),
        ("author:Song+Ming", []),
        ('author:"Song Han"+"Łukasz Kaiser"', []),
        ('author:"Song Han"+', ["Quest"]),
        ("-author:han+kaiser", ["Quest", "Plain", "None"]),
        ("author:han+kaiser author:王", ["Findings", "Plain"]),
        ("keyword:rock+roll", ["None"]),
        ("keyword:rock+pop", []),
        ("arxiv:2406.10774", ["Quest"]),
        ("2406.10774", ["Quest"]),
        ("2406.10774v2 quest", ["Quest"]),
        ("2406.107741", []),
        ("arXiv:2406.10774v1  [cs.CL]  16 Jun 2024", ["Quest"]),
        ("arXiv:2406.10774v1 [cs.CL] plain", []),
        ("https://arxiv.org/abs/2406.10774v2", ["Quest"]),
        ("https://arxiv.org/pdf/2406.10774.pdf quest", ["Quest"]),
        ("-arXiv:2406.10774", ["Findings", "Plain", "None"]),
        ("https://doi.org/10.1145/3575693", ["Findings"]),
        ("10.1145/3575693", ["Findings"]),
        ("doi:10.1145/3575693", ["Findings"]),
        ("https://arxiv.org/abs/2406.99999", []),
        ("2024/Quest", ["Quest"]),
        ("2020/quest", ["Quest"]),
        ("-2020/Quest", ["Findings", "Plain", "None"]),
        ("key:2020/Quest", ["Quest"]),
        ("key:quest", ["Quest"]),
        ("baseline:2020/Quest", ["Plain"]),
        ("comparedby:2020/Quest", []),
        ("2022/plain", ["Plain"]),
        ("2020/Quests", []),
        ("venue:", ["Quest", "Findings", "Plain", "None"]),
    ],
)
def test_query(engine: Engine, query: str, stems: list[str]) -> None:
    engine.load(LIBRARY)
    keys, _ = engine.find(engine.parse(query))
    assert [key.partition("/")[2] for key in keys] == stems


# Orders

SHELF = site(
    paper(
        "2024/Quest",
        title="Quest: sparsity",
        abbreviation="Quest",
        venue="ICML",
        code=Code("PyTorch", "https://a.example/"),
    ),
    paper("2024/A", title="a quest for étude", venue="ACL"),
    paper("2023/B", title="Étude", abbreviation="Questline", venue="icml", code=Code("JAX", "https://b.example/")),
    paper("2022/C", title="quest begins", abbreviation="bees"),
    paper("2021/D", title="On requests", abbreviation="Zoo", venue="ACL"),
)


@pytest.mark.parametrize(
    ("sort", "stems"),
    [
        ("", ["A", "Quest", "B", "C", "D"]),
        ("paper", ["C", "Quest", "B", "D", "A"]),
        ("-paper", ["D", "B", "Quest", "C", "A"]),
        ("title", ["A", "B", "D", "C", "Quest"]),
        ("-title", ["Quest", "C", "D", "B", "A"]),
        ("venue", ["A", "D", "Quest", "B", "C"]),
        ("-venue", ["Quest", "B", "A", "D", "C"]),
        ("year", ["D", "C", "B", "A", "Quest"]),
        ("-year", ["A", "Quest", "B", "C", "D"]),
        ("code", ["B", "Quest", "A", "C", "D"]),
        ("-code", ["Quest", "B", "A", "C", "D"]),
        ("note", ["A", "Quest", "B", "C", "D"]),
        ("constructor", ["A", "Quest", "B", "C", "D"]),
    ],
)
def test_order(engine: Engine, sort: str, stems: list[str]) -> None:
    engine.load(SHELF)
    assert [key.partition("/")[2] for key in engine.order(sort)] == stems


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        (Column("places", value=lambda one: len(one.institutions) or None), ["10", "9", ""]),
        (Column("stars", facet="rating"), ["5", "4", ""]),
        (Column("how", facet="status"), ["to read", "read", ""]),
    ],
    ids=lambda each: each.name if isinstance(each, Column) else "",
)
def test_a_column_of_text_is_sorted_by_its_values(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, column: Column, cells: list[str]
) -> None:
    for module in (browse, summaries):
        monkeypatch.setattr(module, "COLUMNS", (*COLUMNS, column))
    many = tuple(f"I {number}" for number in range(10))
    made = site(
        paper("2024/A", institutions=many, rating=5, status=Status.TO_READ),
        paper("2023/B", institutions=many[:9], rating=4, status=Status.READ),
        paper("2022/C"),
    )
    engine.load(made)
    shown = "const { columns, keys } = window.index; return keys.map((_, id) => window.index.cell(columns.at(-1), id))"
    assert engine.call(shown) == cells
    assert [str(one.cells[-1] or "") for one in reversed(tuple(summaries.summaries(made).values()))] == cells
    assert engine.order(column.name) == ["2023/B", "2024/A", "2022/C"]
    assert engine.order(f"-{column.name}") == ["2024/A", "2023/B", "2022/C"]


def test_the_best_match_comes_first(engine: Engine) -> None:
    engine.load(SHELF)
    assert engine.order("", "quest") == ["2024/Quest", "2022/C", "2024/A", "2023/B", "2021/D"]
    assert engine.order("-year", "quest") == ["2024/A", "2024/Quest", "2023/B", "2022/C", "2021/D"]
    assert engine.order("", "-zoo") == ["2024/A", "2024/Quest", "2023/B", "2022/C"]


def test_whole_words_come_before_beginnings_and_those_before_the_rest(engine: Engine) -> None:
    engine.load(
        site(
            paper("2024/A", title="Admitting limits"),
            paper("2023/B", title="Mitigation"),
            paper("2022/C", title="Of work at MIT"),
            paper("2021/D", title="The mitre"),
        )
    )
    assert [key[-1] for key in engine.order("", "mit")] == ["C", "B", "D", "A"]


def test_an_institution_is_found_like_a_title_and_after_it(engine: Engine) -> None:
    engine.load(
        site(
            paper("2024/A", title="Limits"),
            paper("2023/B", institutions=("MIT", "Tsinghua University")),
            paper("2022/C", title="Of work at MIT"),
            paper("2021/D", institutions=("Mitsubishi",)),
            paper("2020/E", title="Mitigation"),
            paper("2019/F", institutions=("Summit Laboratory",), title="At last"),
        )
    )

    def found(query: str) -> list[str]:
        return [key[-1] for key in engine.order("", query)]

    assert found("mit") == ["C", "B", "E", "D", "A", "F"]
    assert found('"mit"') == ["C", "B"]
    assert found("tsing mit") == ["B"]
    assert found("mit -tsinghua") == ["C", "E", "D", "A", "F"]
    assert found('"tsinghua university" mit') == ["B"]
    assert found("at mit") == ["C", "E", "F"]
    # An order that the reader has chosen knows nothing of this.
    assert [key[-1] for key in engine.order("year", "mit")] == ["F", "E", "D", "C", "B", "A"]


CHOICES = site(
    paper("2024/A", keywords=("a", "b")), paper("2023/B", keywords=("a",)), paper("2022/C", keywords=("b", "rock+roll"))
)


@pytest.mark.parametrize(
    ("query", "value", "manner", "written"),
    [
        ("", "a", "any", "keyword:a"),
        ("keyword:a", "b", "any", "keyword:a keyword:b"),
        ("keyword:a", "b", "all", "keyword:a+b"),
        ("x keyword:a y", "b", "all", "x keyword:a+b y"),
        ("keyword:a+b", "b", "all", "keyword:a"),
        ("keyword:a+b", "rock+roll", "all", 'keyword:a+b+"rock+roll"'),
        ("keyword:rock+roll", "a", "any", 'keyword:"rock+roll" keyword:a'),
        ("keyword:a", "b", "none", "-keyword:a -keyword:b"),
        ("-keyword:a", "a", "none", ""),
        ("keyword:a", "a", "all", ""),
    ],
)
def test_values_are_chosen_any_all_or_none(engine: Engine, query: str, value: str, manner: str, written: str) -> None:
    engine.load(CHOICES)
    script = """
        const id = window.index.facetIds.get("keyword");
        const value = window.index.facets[id].values.indexOf(a[1]);
        return e.print(e.toggle(window.index, id, value, a[0], a[2]));
    """
    assert engine.call(script, engine.parse(query), value, manner) == written


# Addresses


@pytest.mark.parametrize(
    ("search", "state"),
    [
        ("", {"query": "", "sort": "", "view": "table", "page": 1}),
        (
            "?find=venue:ICML+year:%3E%3D2023&sort=-title&view=cards&page=3",
            {"query": "venue:ICML year:>=2023", "sort": "-title", "view": "cards", "page": 3},
        ),
        ("?view=__proto__&page=-1&sort=", {"query": "", "sort": "", "view": "table", "page": 1}),
        ("?page=0x10&view=CARDS&find=%zz", {"query": "%zz", "sort": "", "view": "table", "page": 1}),
    ],
)
def test_address_read(engine: Engine, search: str, state: dict[str, Any]) -> None:
    assert engine.call("return e.read(a[0])", search) == state


@given(
    st.text(max_size=20),
    st.sampled_from(["", "title", "-year"]),
    st.sampled_from(["table", "cards", "compact"]),
    st.integers(1, 999),
)
def test_address_written_is_read_again(engine: Engine, query: str, sort: str, view: str, page: int) -> None:
    state = {"query": query.strip(), "sort": sort, "view": view, "page": page}
    trimmed = engine.call("return a[0].trim()", query)
    script = "return e.write(a[0], new URL('http://x.example/papers/?theirs=1&find=old#top')).href"
    href = engine.call(script, {**state, "query": query})
    assert href.startswith("http://x.example/papers/?theirs=1")
    assert href.endswith("#top")
    assert engine.call("return e.read(new URL(a[0]).search)", href) == {**state, "query": trimmed}


# Exports

KEYS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), max_size=6, unique=True)


@given(st.data(), KEYS)
def test_an_export_is_cut_down_to_some_papers(engine: Engine, data: st.DataObject, keys: list[str]) -> None:
    wanted = data.draw(st.lists(st.sampled_from(range(len(keys))), unique=True)) if keys else []
    export = {"path": "x", "opening": "[\n", "separator": ",\n", "closing": "\n]\n"}

    def whole(entries: list[str]) -> str:
        return "[\n" + ",\n".join(f"<{entry!a}>" for entry in entries) + "\n]\n"

    cut = engine.call("return e.cut(a[0], a[1], a[2], a[3])", whole(sorted(keys)), export, keys, wanted)
    assert cut == whole([keys[place] for place in wanted])


def test_an_export_of_other_papers_is_refused(engine: Engine) -> None:
    export = {"path": "x", "opening": "", "separator": "\n\n", "closing": "\n"}
    script = "try { return e.cut(a[0], a[1], a[2], [0]) } catch (error) { return error.message }"
    assert engine.call(script, "a\n\nb\n", export, ["a"]) == "x does not hold the papers of this page"


# Names


@given(st.text("abAB_1 -/é", max_size=30))
def test_names_wrap_alike_on_every_page(engine: Engine, name: str) -> None:
    assert engine.call("return [e.pieces(a[0]), e.isLong(a[0])]", name) == [pieces(name), is_long(name, 11)]


# Colours


@given(st.text(max_size=10))
def test_colours_are_the_same_on_every_page(engine: Engine, name: str) -> None:
    assert engine.call("return e.hue(a[0])", name) == hue(name)
