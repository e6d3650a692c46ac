import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Baseline, Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.views import related as module
from mkdocs_papers.views.related import MOST, Reason, Related
from mkdocs_papers.views.view_inputs import ADDED, NOTES, PAPERS, SETTINGS
from tests.pages.papers import paper


def database(papers: Iterable[Paper], *, keeps_up: bool = True) -> Database:
    """A database that holds these papers."""
    db = Database(keeps_up=keeps_up)
    db.set(SETTINGS, Settings(Path("/")))
    db.set(PAPERS, {each.key: each for each in sorted(papers, key=lambda each: each.key)})
    db.set(NOTES, {})
    db.set(ADDED, {})
    return db


def related(papers: Iterable[Paper]) -> dict[str, tuple[Related, ...]]:
    """The papers related to each paper."""
    db = database(papers, keeps_up=False)
    return {key: module.related(db, key) for key in PAPERS.names(db)}


def many(number: int) -> list[Paper]:
    """Papers that all have one keyword, and each of them a few more values that some others have."""
    chance = random.Random(1)
    return [
        paper(
            f"2024/{n:05}",
            keywords=("all", f"keyword {chance.randrange(20)}"),
            authors=(f"author {chance.randrange(number)}", "everybody"),
            baselines=(Baseline(f"method {chance.randrange(30)}"),),
        )
        for n in range(number)
    ]


def test_a_rare_keyword_relates_two_papers_and_says_why() -> None:
    others = [paper(f"2024/{n}", keywords=("pruning",)) for n in range(40)]
    one = paper("2024/one", keywords=("pruning", "kernels"))
    two = paper("2024/two", keywords=("kernels",))
    found = related([*others, one, two])
    assert [each.key for each in found["2024/one"]] == ["2024/two"]
    assert found["2024/one"][0].reasons == ((Reason.KEYWORDS, ("kernels",)),)
    assert [each.key for each in found["2024/two"]] == ["2024/one"]


def test_one_frequent_keyword_relates_nothing() -> None:
    found = related([paper(f"2024/{n}", keywords=("pruning",)) for n in range(40)])
    assert set(found.values()) == {()}


def test_more_shared_weighs_more_and_every_reason_is_named_in_the_papers_own_order() -> None:
    rest = [paper(f"2023/{n}") for n in range(30)]
    one = paper("2024/one", keywords=("a", "b"), authors=("Z", "Y"), baselines=(Baseline("Wanda"),))
    close = paper("2024/close", keywords=("b", "a"), authors=("Y", "Z"), baselines=(Baseline("Wanda"),))
    far = paper("2024/far", keywords=("a",))
    found = related([*rest, far, close, one])["2024/one"]
    assert [each.key for each in found] == ["2024/close", "2024/far"]
    assert found[0].reasons == (
        (Reason.KEYWORDS, ("a", "b")),
        (Reason.AUTHORS, ("Z", "Y")),
        (Reason.BASELINES, ("Wanda",)),
    )


def test_what_the_page_names_anyway_is_left_out() -> None:
    shared = {"keywords": ("kernels",), "authors": ("A", "B")}
    base = paper("2023/base", **shared)
    builds = paper("2024/builds", baselines=(Baseline("base", "2023/base"),), same_work=("2024/same",), **shared)
    same = paper("2024/same", same_work=("2024/builds",), **shared)
    found = related([base, builds, same, *(paper(f"2020/{n}") for n in range(20))])
    assert found["2024/builds"] == ()
    assert [each.key for each in found["2023/base"]] == ["2024/same"]


names = st.lists(st.sampled_from("abcdefgh"), max_size=4, unique=True).map(tuple)


@st.composite
def libraries(draw: st.DrawFn) -> list[Paper]:
    number = draw(st.integers(1, 40))
    keys = [f"{2020 + n % 5}/{n}" for n in range(number)]
    return [
        paper(
            key,
            keywords=draw(names),
            authors=draw(names),
            baselines=tuple(Baseline(name) for name in draw(names)),
            same_work=tuple(draw(st.lists(st.sampled_from(keys), max_size=1))),
        )
        for key in keys
    ]


@given(libraries(), st.randoms(use_true_random=False))
def test_related_papers_do_share_what_is_said_whatever_the_order(papers: list[Paper], chance: random.Random) -> None:
    found = related(papers)
    shuffled = papers.copy()
    chance.shuffle(shuffled)
    assert related(shuffled) == found
    by_key = {each.key: each for each in papers}
    for key, others in found.items():
        one = by_key[key]
        assert len(others) <= MOST
        assert key not in {other.key for other in others}
        assert len({other.key for other in others}) == len(others)
        for other in others:
            two = by_key[other.key]
            assert other.reasons
            shared = dict(other.reasons)
            assert shared.get(Reason.KEYWORDS, ()) == tuple(k for k in one.keywords if k in two.keywords)
            assert shared.get(Reason.AUTHORS, ()) == tuple(a for a in one.authors if a in two.authors)
            assert not set(one.same_work) & {two.key}


class _Counted(str):
    """A keyword that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        _Counted.compared += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        return str.__hash__(self)


def times_compared(number: int) -> int:
    """How often keywords are compared in a library where all papers share one."""
    _Counted.compared = 0
    related([paper(f"2024/{n}", keywords=(_Counted("all"), _Counted(f"some {n % 7}"))) for n in range(number)])
    return _Counted.compared


def test_the_work_grows_with_the_papers_not_with_their_square() -> None:
    # Ten times the papers: about ten times the work, where pairs would make it a hundred times.
    assert times_compared(4000) < 14 * times_compared(400)


def test_in_a_large_library_everyone_still_finds_company() -> None:
    found = related(many(500))
    assert sum(map(bool, found.values())) > 400


@given(st.data())
def test_what_is_kept_up_is_what_comes_out_of_comparing_anew(data: st.DataObject) -> None:
    # In the larger library, groups are so large that each paper is compared with its neighbours only.
    papers = {each.key: each for each in many(data.draw(st.sampled_from((20, 40))))}
    kept_up = database(papers.values())
    for _ in range(3):
        for key in data.draw(st.lists(st.sampled_from(sorted(papers)), max_size=3)):
            other = papers[data.draw(st.sampled_from(sorted(papers)))]
            match data.draw(st.sampled_from(("delete", "add", "keywords", "authors", "baselines", "same work"))):
                case "delete":
                    papers.pop(key, None)
                case "add":
                    papers[f"{key}x"] = paper(f"{key}x", keywords=other.keywords, authors=other.authors)
                case "keywords":
                    papers[key] = replace(other, key=key, keywords=(*other.keywords[:1], "rare"))
                case "authors":
                    papers[key] = replace(other, key=key, authors=other.authors[:1])
                case "baselines":
                    papers[key] = replace(other, key=key, baselines=(Baseline("any", other.key),))
                case _:
                    papers[key] = replace(other, key=key, same_work=(other.key,))
        # A library names no paper that is not there.
        papers = {
            key: replace(each, same_work=tuple(other for other in each.same_work if other in papers))
            for key, each in sorted(papers.items())
        }
        kept_up.set(PAPERS, dict(papers))
        assert {key: module.related(kept_up, key) for key in papers} == related(papers.values())


def test_a_year_alone_moves_a_paper_past_another_that_it_shares_nothing_with() -> None:
    others = [paper(f"2024/z{number}", year=2000, authors=(f"n{number}",)) for number in range(60)]
    both = paper("2024/Q", year=2024, authors=("a", "b"))
    one, other = paper("2024/P", year=2023, authors=("a",)), paper("2024/X", year=2022, authors=("b",))
    db = database([both, one, other, *others])
    assert [each.key for each in module.related(db, "2024/Q")] == ["2024/P", "2024/X"]
    db.set(PAPERS, {**PAPERS(db), "2024/P": replace(one, year=2021)})
    assert [each.key for each in module.related(db, "2024/Q")] == ["2024/X", "2024/P"]
