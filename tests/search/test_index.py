"""The index kept up from one state of the pages to the next equals one made anew, and little of it changes."""

import json
import random
import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_papers.search.document import MOST, Document, Part, weights
from mkdocs_papers.search.index import ROOT, SearchIndex

Files = dict[str, bytes]

_VOCABULARY = [f"{first}{second}{third}" for first in "abcdefgh" for second in "aeiou" for third in "lmnrst"]
_documents = st.dictionaries(
    st.sampled_from([f"papers/2024/{name}/" for name in _VOCABULARY[:40]]),
    st.tuples(st.sampled_from(_VOCABULARY), st.lists(st.sampled_from(_VOCABULARY), max_size=6)),
)


def _documents_of(chosen: Mapping[str, tuple[str, list[str]]]) -> dict[str, Document]:
    return {
        location: Document(location, title, parts=(Part("", "", " ".join(text)),))
        for location, (title, text) in chosen.items()
    }


def _updated(
    files: Files, index: SearchIndex, documents: Mapping[str, Document], among: set[str] | None = None
) -> Files:
    changes = index.update(documents, among)
    assert not changes.written.keys() & changes.removed
    return {name: content for name, content in {**files, **changes.written}.items() if name not in changes.removed}


def _anew(documents: Mapping[str, Document]) -> Files:
    return _updated({}, SearchIndex(), documents)


@given(st.lists(_documents, min_size=1, max_size=4))
def test_it_equals_one_made_anew_after_any_change(states: list[Mapping[str, tuple[str, list[str]]]]) -> None:
    index, files = SearchIndex(), Files()
    for state in states:
        documents = _documents_of(state)
        files = _updated(files, index, documents)
        assert files == _anew(documents)


@given(st.lists(_documents, min_size=2, max_size=5), st.sets(st.sampled_from(_VOCABULARY[:40])))
def test_it_need_not_look_at_pages_that_are_the_same(
    states: list[Mapping[str, tuple[str, list[str]]]], others: set[str]
) -> None:
    index, files, before = SearchIndex(), Files(), dict[str, Document]()
    # So that few words make several files.
    with mock.patch.multiple("mkdocs_papers.search.index", _WORDS_A_FILE=3, _POSTINGS_A_FILE=2, _FREQUENT=4, _FEW=2):
        for state in states:
            documents = _documents_of(state)
            differing = {each for each in documents.keys() | before if documents.get(each) != before.get(each)}
            files = _updated(files, index, documents, differing | {f"papers/2024/{name}/" for name in others})
            assert files == _anew(documents)
            before = documents


@given(_documents, _documents)
def test_one_that_goes_on_from_what_was_kept_equals_one_made_anew(
    before: Mapping[str, tuple[str, list[str]]], now: Mapping[str, tuple[str, list[str]]]
) -> None:
    index, resumed = SearchIndex(), SearchIndex()
    index.update(_documents_of(before))
    resumed.resume(_documents_of(before), index.postings())
    assert _updated({}, resumed, _documents_of(now)) == _anew(_documents_of(now))


def test_a_word_gets_a_file_of_its_own_and_loses_it_again() -> None:
    index, files = SearchIndex(), Files()
    with mock.patch.multiple("mkdocs_papers.search.index", _WORDS_A_FILE=1000, _POSTINGS_A_FILE=1000, _FREQUENT=4):
        for zebras in (3, 4, 5, 3):
            titles = ["zebra"] * zebras + ["yak", "zebu"] + ["mule"] * (40 - zebras)
            documents = {f"{number}/": Document(f"{number}/", title) for number, title in enumerate(titles)}
            files = _updated(files, index, documents, set(documents))
            assert files == _anew(documents)


def large_library(papers: int) -> dict[str, Document]:
    dice = random.Random(5)
    words = [f"{one}{other}" for one in _VOCABULARY for other in _VOCABULARY[:40]]
    found = {}
    for number in range(papers):
        title = " ".join(dice.choices(words, k=6))
        text = " ".join(["common", *dice.choices(words, k=40)])
        location = f"papers/{2000 + number % 20}/paper-{number}/"
        found[location] = Document(location, title, about="ICML 2024", parts=(Part("", "", text),))
    return found


def test_a_long_row_of_small_changes_in_a_large_library() -> None:
    dice = random.Random(11)
    documents = large_library(1500)
    index = SearchIndex()
    files = _updated({}, index, documents)
    for step in range(30):
        location, before = dice.choice(list(documents)), documents
        if step % 3 == 0:
            documents = {**documents, location: replace(documents[location], title=f"another title {step}")}
        elif step % 3 == 1:
            documents = {each: document for each, document in documents.items() if each != location}
        else:
            documents = {**documents, f"papers/2030/new-{step}/": Document(f"papers/2030/new-{step}/", "common zebra")}
        among = {each for each in documents.keys() | before if documents.get(each) is not before.get(each)}
        files = _updated(files, index, documents, among)
    assert files == _anew(documents)


def test_a_change_of_one_page_writes_the_files_of_its_words_alone() -> None:
    documents = large_library(1500)
    index = SearchIndex()
    every = index.update(documents).written
    location = next(iter(documents))
    changed = replace(documents[location], title=f"{documents[location].title} zebra")
    written = index.update({**documents, location: changed}).written
    assert len([name for name in every if name.startswith("text-")]) > 100
    assert len([name for name in written if name.startswith("text-")]) == 1
    assert ROOT not in written
    assert len(written) * 8 < len(every)
    assert index.update({**documents, location: changed}).written == {}


def test_a_word_of_many_pages_has_a_file_of_its_own() -> None:
    documents = large_library(1500)
    files = _anew(documents)
    common = [name for name, content in files.items() if name.startswith("pages-") and len(content) == 4 * 1500]
    assert common
    assert max(len(content) for name, content in files.items() if not name.startswith("text-")) < 64_000


def test_postings_lead_to_the_pages_that_have_the_word() -> None:
    """As the head of the module says they are read."""
    documents = {
        **large_library(300),
        "notes/zebra/": Document("notes/zebra/", "Zebra", parts=(Part("", "", "zebra"),)),
    }
    files = _anew(documents)
    root = json.loads(files[ROOT])
    assert root["pages"] == len(documents)
    [file] = [name for first, name in root["words"] if first <= "zebra"][-1:]
    words = json.loads(files[file])
    place = words["words"].split("\n").index("zebra")
    first, pages = [each for each in words["files"] if each[0] <= place][-1]
    start = sum(words["counts"][first:place])
    found = struct.unpack_from(f"<{words['counts'][place]}I", files[pages], 4 * start)
    assert [each >> 24 for each in found] == sorted((each >> 24 for each in found), reverse=True)
    assert found[0] >> 24 == words["most"][place]
    [number] = [each & 0xFFFFFF for each in found]
    assert json.loads(files[f"text-{number >> 8}.json"])[str(number & 255)]["location"] == "notes/zebra/"


def test_rows_lead_to_the_pages_where_words_stand_in_a_row() -> None:
    """As the head of the module says they are read."""
    documents = {
        **large_library(300),
        "notes/zebra/": Document("notes/zebra/", "A zebra of the plain", parts=(Part("", "", "common horses"),)),
    }
    files = _anew(documents)
    count = json.loads(files[ROOT])["rows"]
    assert count > 1
    for row in ("zebra of the plain", "common horses"):
        checksum = zlib.crc32(row.encode())
        content = files[f"rows-{checksum % count}.bin"]
        found = [each for each in struct.unpack(f"<{len(content) // 4}I", content) if each >> 24 == checksum >> 24]
        locations = {_location(files, each & 0xFFFFFF) for each in found}
        assert "notes/zebra/" in locations
        assert len(locations) < 20


def _location(files: Files, number: int) -> str:
    return str(json.loads(files[f"text-{number >> 8}.json"])[str(number & 255)]["location"])


def test_words_stand_in_the_order_of_their_ends_too_but_short_ones_and_figures() -> None:
    documents = {each.location: each for each in [Document("one/", "zebra mule 2406.10774 llama lama")]}
    root = json.loads(_anew(documents)[ROOT])
    [(first, file)] = root["ends"]
    assert json.loads(_anew(documents)[file]) == ["zebra", "llama"]
    assert first == "ebra"


def test_a_page_that_comes_gives_hardly_any_other_another_number() -> None:
    documents = large_library(1500)
    index = SearchIndex()
    before = index.update(documents).written
    new = {f"papers/2030/new-{number}/": Document(f"papers/2030/new-{number}/", "zebra") for number in range(10)}
    written = index.update({**documents, **new}).written
    touched = [name for name in written if name.startswith("text-")]
    texts = [(name, *text) for name in touched for text in json.loads(before[name]).items()]
    kept = [each for each in texts if json.loads(written[each[0]])[each[1]] == each[2]]
    assert len(touched) >= 9
    assert len(kept) > 0.9 * len(texts)


def test_a_site_without_pages_has_an_empty_index() -> None:
    files = _anew({})
    assert json.loads(files[ROOT])["words"] == []
    assert files.keys() == {ROOT, "text-0.json", "rows-0.bin"}


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (Document("", "", names=("lora",)), Document("", "lora")),
        (Document("", "lora"), Document("", "lora and many other words of a title")),
        (Document("", "lora"), Document("", "", people=("lora",))),
        (Document("", "", people=("lora", "adam")), Document("", "", people=("adam", "lora"))),
        (Document("", "", people=("lora",)), Document("", "", subjects=("lora",))),
        (Document("", "", parts=(Part("", "lora", ""),)), Document("", "", parts=(Part("", "", "lora " * 30),))),
        (Document("", "", parts=(Part("", "", "lora lora"),)), Document("", "", parts=(Part("", "", "lora"),))),
        (
            Document("", "", parts=(Part("", "", "lora"),)),
            Document("", "", parts=(Part("", "", "lora " + "word " * 2000),)),
        ),
        (Document("", "lora"), Document("", "lora", boost=0.5)),
        (Document("", "lora"), Document("", "QuestLora")),
        (Document("", "", parts=(Part("", "", "lora"),)), Document("", "", parts=(Part("", "", "QuestLora"),))),
    ],
)
def test_where_a_word_says_more(more: Document, less: Document) -> None:
    assert weights(more)["lora"] > weights(less)["lora"] > 0


def test_identifiers_are_words_as_they_are_and_function_words_are_none() -> None:
    found = weights(Document("", "The art of the (deal)", identifiers=("10.1002/(sici)1097<1::aid>3.0.co;2-9",)))
    assert found["10.1002/(sici)1097<1::aid>3.0.co;2-9"] == MOST
    assert found.keys() == {"art", "deal", "10.1002/(sici)1097<1::aid>3.0.co;2-9"}


def test_what_hits_show() -> None:
    document = Document(
        "papers/2024/Quest/",
        "Quest",
        about="Quest: Query-Aware Sparsity",
        kind="Paper",
        names=("Quest",),
        people=("Jiaming Tang", "Song Han"),
        subjects=("KV Cache", "ICML 2024"),
        parts=(Part("idea", "Idea", "Pages of keys."),),
    )
    assert document.shown() == {
        "location": "papers/2024/Quest/",
        "title": "Quest",
        "about": "Quest: Query-Aware Sparsity",
        "kind": "Paper",
        "facts": ["Jiaming Tang, Song Han", "KV Cache", "ICML 2024"],
        "parts": [["idea", "Idea", "Pages of keys."]],
    }


ANY = st.text() | st.text("+-.:/_ aA注")
ANYTHING = st.lists(ANY, max_size=2).map(tuple)
ANY_DOCUMENTS = st.builds(
    Document,
    location=ANY,
    title=ANY,
    about=ANY,
    names=ANYTHING,
    identifiers=st.lists(ANY.filter(bool), max_size=2).map(tuple),
    people=ANYTHING,
    subjects=ANYTHING,
    hidden=ANYTHING,
    parts=st.lists(st.builds(Part, anchor=ANY, heading=ANY, text=ANY), max_size=2).map(tuple),
)


@given(ANY_DOCUMENTS)
@example(Document("", "", names=("+",)))
def test_whatever_a_page_says_it_has_a_place_in_the_index(document: Document) -> None:
    found = weights(document)
    assert all(word and 1 <= weight <= MOST for word, weight in found.items())
    assert ROOT in _anew({"page/": document})
