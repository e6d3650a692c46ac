"""From options to settings, or to the one line that says which makes no sense."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_papers.library.settings import Keyword, OptionError, Settings, settings_from
from mkdocs_papers.records.problem import Level

ROOT = Path("/project")


def test_no_options_are_the_defaults() -> None:
    assert settings_from({}, ROOT) == settings_from({"meta_dir": None, "levels": None, "badges": True}, ROOT)
    assert settings_from({}, ROOT) == Settings(ROOT)


def test_all_options() -> None:
    options = {
        "meta_dir": "./library/meta/",
        "notes_dir": "library/notes",
        "exclude": ["drafts/", "!keep.md"],
        "keywords": {"b": "Second first", "a": {"label": " A  word ", "about": "One line."}, "c": None, "d": {}},
        "aliases": {"venue": {"github": "GitHub"}, "author": None},
        "levels": {"orphan-note": "off", "unknown-keyword": False, "year-mismatch": "hint"},
    }
    settings = settings_from(options, ROOT)
    assert (settings.meta, settings.notes, settings.exclude) == (
        "library/meta",
        "library/notes",
        ("drafts/", "!keep.md"),
    )
    assert list(settings.keywords.values()) == [
        Keyword("b", "Second first"),
        Keyword("a", "A word", "One line."),
        Keyword("c", "c"),
        Keyword("d", "d"),
    ]
    assert settings.aliases == {"venue": {"github": "GitHub"}, "author": {}}
    assert settings.levels == {"orphan-note": Level.OFF, "unknown-keyword": Level.OFF, "year-mismatch": Level.HINT}


def test_patterns_may_stand_in_one_text() -> None:
    assert settings_from({"exclude": "a/\n*.tmp\n"}, ROOT).exclude == ("a/", "*.tmp")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"meta_dir": 5}, "'meta_dir': 5 is no folder; write a path relative to mkdocs.yml, such as 'papers'"),
        ({"meta_dir": " "}, "'meta_dir': ' ' is no folder; write a path relative to mkdocs.yml, such as 'papers'"),
        (
            {"notes_dir": "../n"},
            "'notes_dir': '../n' is not a folder below that of mkdocs.yml; move it there or link it",
        ),
        ({"notes_dir": "/n"}, "'notes_dir': '/n' is not a folder below that of mkdocs.yml; move it there or link it"),
        (
            {"notes_dir": "a/.."},
            "'notes_dir': 'a/..' is not a folder below that of mkdocs.yml; move it there or link it",
        ),
        (
            {"notes_dir": "C:\\n"},
            "'notes_dir': 'C:\\\\n' is not a folder below that of mkdocs.yml; move it there or link it",
        ),
        ({"notes_dir": "meta"}, "'notes_dir': records and notes cannot both be in 'meta'; name another folder"),
        ({"exclude": 5}, "'exclude': expected a list of gitignore patterns, not a number, 5"),
        ({"exclude": [5]}, "'exclude': expected a pattern, not a number, 5; put it in quotes"),
        ({"exclude": ["!"]}, "'exclude': '!' is no gitignore pattern: Invalid git pattern: '!'"),
        ({"keywords": ["a"]}, "'keywords': expected 'name: value' lines, not a list, ['a']"),
        ({"keywords": {5: "a"}}, "'keywords': the name 5 is read as a number; put it in quotes"),
        ({"keywords": {True: "a"}}, "'keywords': the name True is read as a truth value; put it in quotes"),
        ({"keywords": {"a": 5}}, "'keywords.a': expected text, not a number, 5; put it in quotes"),
        ({"keywords": {"a": {"lable": "A"}}}, "'keywords.a.lable': did you mean 'label'?"),
        ({"keywords": {"a": {"abuot": "A"}}}, "'keywords.a.abuot': did you mean 'about'?"),
        ({"keywords": {"a": {"x": "A"}}}, "'keywords.a.x': a keyword has a 'label' and an 'about'"),
        ({"keywords": {"a": " "}}, "'keywords.a': a keyword and its label cannot be empty"),
        ({"aliases": {"venues": {}}}, "'aliases.venues': did you mean 'venue'?"),
        ({"aliases": {"x": {}}}, "'aliases.x': aliases are for venue, institution, author or keyword"),
        ({"aliases": {"venue": {"a": None}}}, "'aliases.venue.a': expected text, not NoneType, None; put it in quotes"),
        ({"aliases": {"venue": {"a": ""}}}, "'aliases.venue.a': the spelling to use cannot be empty"),
        (
            {"levels": {"orphan-notes": "off"}},
            "'levels.orphan-notes': there is no such code; did you mean 'orphan-note'?",
        ),
        ({"levels": {"zzz": "off"}}, "'levels.zzz': there is no such code; the docs list the codes of problems"),
        (
            {"levels": {"orphan-note": "none"}},
            "'levels.orphan-note': 'none' is no level; write one of error, warning, hint, off",
        ),
        ({"levels": {"orphan-note": 5}}, "'levels.orphan-note': 5 is no level; write one of error, warning, hint, off"),
    ],
)
def test_what_makes_no_sense_has_its_line(options: dict[str, Any], line: str) -> None:
    with pytest.raises(OptionError) as raised:
        settings_from(options, ROOT)
    assert str(raised.value) == f"option {line}"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=6,
)


@example(options={"keywords": {"\x1e": None}})
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("meta_dir", "notes_dir", "exclude", "keywords", "aliases", "levels", "unknown"), VALUES
        ),
    )
)
def test_any_options_give_settings_or_one_line(options: dict[str, Any]) -> None:
    assert len(said_of(options).splitlines()) == 1


def said_of(options: dict[str, Any]) -> str:
    try:
        return repr(settings_from(options, ROOT))
    except OptionError as error:
        return str(error)
