"""The interface's words: every language has them all, and templates ask for no others."""

import re
import tomllib
from pathlib import Path

import pytest

import mkdocs_papers
from mkdocs_papers.pages.language import Language, language
from mkdocs_papers.views.facets import FACETS
from mkdocs_papers.views.view import VIEWS

PACKAGE = Path(mkdocs_papers.__file__).parent
TABLES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((PACKAGE / "languages").glob("*.toml"))
}
_NAME = re.compile(r"\{(\w+)\}")


def names(text: str) -> set[str]:
    return set(_NAME.findall(text))


def test_english_and_chinese_are_there() -> None:
    assert {"en", "zh"} <= TABLES.keys()


@pytest.mark.parametrize("code", TABLES)
def test_every_language_has_the_same_keys(code: str) -> None:
    assert TABLES[code].keys() == TABLES["en"].keys()


@pytest.mark.parametrize("code", TABLES)
def test_every_language_fills_in_the_same_values(code: str) -> None:
    for key, text in TABLES[code].items():
        # A singular may leave its number out.
        wanted = names(TABLES["en"][key]) | ({"n"} if key.endswith(".one") else set())
        assert names(text) <= wanted, key
        if not key.endswith(".one"):
            assert names(text) == wanted, key


def test_every_singular_has_a_plural() -> None:
    for key in TABLES["en"]:
        if key.endswith(".one"):
            assert "n" in names(TABLES["en"][key.removesuffix(".one")])


def asked() -> set[str]:
    """The keys that templates, the package's Python and its scripts name, as far as they name them in full."""
    found: set[str] = set()
    for path in (PACKAGE / "templates").rglob("*.html"):
        found |= set(re.findall(r"""\bt\(\s*["']([\w.]+)["']""", path.read_text(encoding="utf-8")))
    for path in PACKAGE.rglob("*.py"):
        found |= set(re.findall(r"""\blanguage(?:\.find)?\(\s*["']([\w.]{3,})["']""", path.read_text(encoding="utf-8")))
    return {key for key in found if not key.endswith(".")}


def test_nothing_asks_for_a_text_that_is_not_there() -> None:
    keys = asked()
    assert len(keys) > 50
    assert keys <= TABLES["en"].keys()


def test_no_text_is_left_that_nothing_asks_for() -> None:
    """A key is asked for by its name, by its beginning and a name behind, or as a value of a view or a facet."""
    code = "".join(
        path.read_text(encoding="utf-8") for kind in ("html", "js", "py") for path in sorted(PACKAGE.rglob(f"*.{kind}"))
    )
    of_values = {facet.title for facet in FACETS} | {view.words for view in VIEWS}
    for key in TABLES["en"]:
        name = key.removesuffix(".one")
        parts = name.split(".")
        beginnings = [".".join(parts[:length]) + "." for length in range(1, len(parts))]
        asking = [f"{quote}{name}{quote}" for quote in "\"'`"]
        asking += [f"{before}{beginning}" for beginning in beginnings for before in "\"'`"]
        assert parts[0] in of_values or any(each in code for each in asking), key


def test_a_singular_where_there_is_one_and_english_fills_gaps() -> None:
    words = language("en")
    assert (words("papers", n=1), words("papers", n=2)) == ("1 paper", "2 papers")
    assert language("zh-Hant").code == language("zh_CN").code == "zh"
    assert language("tlh").code == language("../en").code == "en"
    with pytest.raises(KeyError):
        Language("en", {})("papers")


@pytest.mark.parametrize("code", ["../languages/zh", "zh/", "xx", ""])
def test_what_is_no_code_of_a_language_here_is_english(code: str) -> None:
    assert language(code).texts == language("en").texts
