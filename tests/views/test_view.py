"""The groups of views."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.library.settings import Keyword, Settings
from mkdocs_papers.pages.language import language
from mkdocs_papers.views import groups
from mkdocs_papers.views.order import newest_first, oldest_first
from mkdocs_papers.views.slug import slugs
from mkdocs_papers.views.view import NONE, VIEWS, VIEWS_BY_NAME, View, places
from mkdocs_papers.views.view_inputs import ADDED, NOTES, PAPERS, SETTINGS
from tests.pages.papers import paper

KEYWORDS = {"pruning": Keyword("pruning", "Pruning"), "kernels": Keyword("kernels", "Kernels")}


def database(papers: dict[str, Paper]) -> Database:
    """A database that holds these papers."""
    db = Database()
    db.set(SETTINGS, Settings(Path("/"), keywords=KEYWORDS))
    db.set(PAPERS, papers)
    db.set(NOTES, {})
    db.set(ADDED, {})
    return db


NAMES = ("Ann Lee", "ann lee", "Bo", "bo.", "Łukasz", "page", "王")


def libraries() -> st.SearchStrategy[dict[str, Paper]]:
    """Papers by key, which share names that are alike."""
    papers: st.SearchStrategy[dict[str, Any]] = st.builds(
        dict,
        title=st.sampled_from(("One", "one", "Two")),
        year=st.sampled_from((2022, 2023, 2024)),
        venue=st.none() | st.sampled_from(NAMES),
        authors=st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
        institutions=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
        keywords=st.lists(st.sampled_from((*KEYWORDS, "other", "Other")), max_size=2).map(tuple),
    )
    return st.dictionaries(st.sampled_from([f"2024/{n}" for n in range(8)]), papers).map(
        lambda found: {key: paper(key, **found[key]) for key in sorted(found)}
    )


@given(st.lists(libraries(), min_size=2, max_size=4))
def test_groups_kept_up_are_groups_from_nothing(times: list[dict[str, Paper]]) -> None:
    kept_up = database({})
    for papers in times:
        kept_up.set(PAPERS, papers)
        anew = database(papers)
        for view in VIEWS:
            values = groups.values(kept_up, view.name)
            assert values == groups.values(anew, view.name)
            assert set(values) == {value for each in papers.values() for value in places(view, each)}
            for value in values:
                keys = groups.keys_of(kept_up, view.name, value)
                assert keys == groups.keys_of(anew, view.name, value)
                assert set(keys) == {key for key, each in papers.items() if value in places(view, each)}
                assert groups.size(kept_up, view.name, value) == len(keys)
                assert groups.slug_of(kept_up, view.name, value) == slugs(values)[value]


def test_years_run_downwards_and_keywords_in_the_order_of_the_configuration() -> None:
    papers = {
        "2024/1": paper("2024/1", keywords=("other", "kernels")),
        "0999/2": paper("0999/2", year=999, keywords=("pruning", "Other")),
    }
    db = database(papers)
    assert groups.values(db, "years") == ("2024", "999")
    assert groups.values(db, "keywords") == ("pruning", "kernels", "Other", "other")


def test_a_paper_without_a_venue_stands_in_the_last_group() -> None:
    db = database({"2024/1": paper("2024/1"), "2024/2": paper("2024/2", venue="ICML")})
    assert groups.values(db, "venues") == ("ICML", NONE)
    assert groups.keys_of(db, "venues", NONE) == ("2024/1",)


def test_no_two_slugs_are_alike_but_for_letter_case() -> None:
    found = slugs(["a b", "a-b", "A-B", "index", "c", "C"])
    assert found == {"A-B": "A-B", "a b": "a-b-2", "a-b": "a-b-3", "index": "index-", "C": "C", "c": "c-2"}


def test_what_is_said_of_each_view() -> None:
    shipped = [VIEWS_BY_NAME[name] for name in ("venues", "years", "keywords", "institutions", "authors")]

    def those(which: Callable[[View], object]) -> set[str]:
        return {view.name for view in shipped if which(view)}

    assert those(lambda view: view.blank) == {"venues"}
    assert those(lambda view: not view.newest_first) == {"venues"}
    assert those(lambda view: view.configured) == {"keywords"}
    assert those(lambda view: view.feed) == {"venues", "keywords"}
    assert those(lambda view: view.sections) == {"venues"}
    assert those(lambda view: view.coloured) == {"venues", "keywords"}
    assert those(lambda view: view.chart) == {"venues", "keywords", "institutions"}
    assert {view.name: view.own_page_from for view in shipped if view.own_page_from != 1} == {
        "institutions": 2,
        "authors": 2,
    }
    assert {view.name: view.co_occurring for view in shipped} == {
        "venues": ("keywords",),
        "years": ("venues", "keywords"),
        "keywords": ("keywords",),
        "institutions": ("institutions", "keywords"),
        "authors": ("authors", "keywords"),
    }


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_is_called_as_the_language_table_says(view: View) -> None:
    assert language("en").find(f"view.{view.name}") in {None, view.title}


def test_a_group_has_its_papers_in_the_order_of_its_view() -> None:
    papers = {
        "2023/b": paper("2023/b", title="beta  Two", year=2023, venue="ICML", keywords=("kernels",)),
        "2024/a": paper("2024/a", title="Alpha", year=2024, venue="ICML", keywords=("kernels",)),
        "2024/c": paper("2024/c", title="Beta Three", year=2024, venue="ICML", keywords=("kernels",)),
    }
    db = database(papers)
    assert groups.keys_of(db, "venues", "ICML") == ("2023/b", "2024/a", "2024/c")
    assert groups.keys_of(db, "keywords", "kernels") == ("2024/a", "2024/c", "2023/b")
    assert groups.keys_of(db, "years", "2024") == ("2024/a", "2024/c")


def test_a_large_group_has_its_papers_in_the_order_of_its_view() -> None:
    every = [
        paper(f"{2020 + n % 3}/{n:02}", year=2020 + n % 3, title=f"{n % 7}", venue="ICML", keywords=("kernels",))
        for n in range(groups.MANY + 4)
    ]
    db = database({each.key: each for each in every})
    assert groups.keys_of(db, "venues", "ICML") == tuple(each.key for each in sorted(every, key=oldest_first))
    assert groups.keys_of(db, "keywords", "kernels") == tuple(each.key for each in sorted(every, key=newest_first))


def test_the_newest_are_those_that_came_last() -> None:
    keys = ("2024/a", "2024/b", "2023/c")
    db = database({key: paper(key) for key in keys})
    db.set(ADDED, {f"meta/{key}": 1_700_000_000 + place for key, place in zip(keys, (2, 3, 1), strict=True)})
    assert groups.newest(db) == ("2024/b", "2024/a", "2023/c")


def test_a_note_that_the_site_does_not_show_is_none() -> None:
    attached = {
        "2024/a": Attachment("a.md"),
        "2024/b": Attachment("b.md"),
        "2024/c": Attachment(None, "https://x.example/"),
    }
    db = database({key: paper(key, note=note) for key, note in attached.items()})
    db.set(NOTES, {"a.md": Note("a.md", "A")})
    shown = {key: groups.shown_paper(db, key) for key in attached}
    assert {key: note for key, (_, note) in shown.items()} == {
        "2024/a": Note("a.md", "A"),
        "2024/b": None,
        "2024/c": None,
    }
    assert {key for key, (each, _) in shown.items() if each.note} == {"2024/a", "2024/c"}
    assert groups.shown_papers(db) == shown


def test_values_that_several_papers_have_come_by_their_number() -> None:
    names = {
        "2024/a": ("one", "both", "all"),
        "2024/b": ("all", "both"),
        "2024/c": ("all", "another"),
        "2024/d": ("another",),
    }
    db = database({key: paper(key, authors=authors) for key, authors in names.items()})
    assert groups.repeated_values(db, "authors") == ("all", "another", "both")


def test_titles_are_put_in_order_whatever_their_letter_case_and_spaces() -> None:
    titles = ("alpha  beta", "Alpha", "ALPHA BETA c", "\tbeta", "Alpha\nbeta b")
    papers = sorted((paper(f"2024/{title}", title=title) for title in titles), key=oldest_first)
    assert [" ".join(each.title.split()) for each in papers] == [
        *("Alpha", "alpha beta", "Alpha beta b", "ALPHA BETA c", "beta")
    ]
