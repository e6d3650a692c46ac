"""Whatever a record holds, its page and rows are made of what the templates write, and of nothing else."""

import html.parser
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.library.load import load
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.home import home_page
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from mkdocs_papers.records import schema
from tests import hostile
from tests.sites import write_files
from tests.written import write_prototxt

# A dollar may begin a formula, which is drawn; formulas have tests of their own.
WORDS = st.one_of(
    st.sampled_from([text for text in hostile.TEXTS if "$" not in text and text.strip() and len(text) < 500]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="$"), min_size=1, max_size=30),
    st.lists(st.sampled_from([*"<>\"'`&;{}|=/ ", "<!--", "-->", "]]>", "</", "onload=", "&#x3c;"]), min_size=1).map(
        "".join
    ),
).filter(lambda text: text.strip().casefold() not in ("", "none"))


class _Shape(html.parser.HTMLParser):
    """The elements of a text, each with the names of its attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Where a long word may break, and how large its letters are, is of the words.
        attrs = [each for each in attrs if each != ("class", "papers-long")]
        if tag != "wbr" or attrs:
            self.shape.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.shape.append((f"comment {data}", ()))


def _record(words: dict[str, str]) -> str:
    return write_prototxt(
        schema.PaperInfo(
            paper=schema.PaperBlock(
                title=words["title"],
                abbr=words["abbr"],
                url="https://example.net/",
                # What parts names, and what stands for none, has tests of its own.
                authors=("By " + re.sub("[,;，；、]", ".", words["author"]),),
                institutions=("At " + words["institution"],),
                # One paragraph, as the harmless one.
                abstract=" ".join(words["abstract"].splitlines()),
            ),
            pub=schema.PubBlock(where=words["venue"]),
            code=schema.CodeBlock(type=words["code"], url="https://example.net/code"),
            keyword=schema.KeywordBlock(words=(words["keyword"],)),
            baseline=schema.BaselineBlock(methods=("Method " + words["method"],)),
        )
    )


def _pages(folder: Path, words: dict[str, str]) -> list[str]:
    write_files(folder, {"meta/2024/a.prototxt": _record(words)})
    settings = Settings(folder)
    site = Site(load(settings), settings, Options(language("en")))
    renderer = Renderer(language("en"), directory_urls=True)
    pages = {source.address.path: source for source in (home_page(site), *site.sources())}
    slugs = [path for path in pages if path.count("/") == 1]
    return [str(renderer.page(pages[path])) for path in ("", "papers/2024/a", "papers", "venues", "stats", *slugs)]


NAMES = ("title", "abbr", "author", "institution", "abstract", "venue", "code", "keyword", "method")


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[str, tuple[str, ...]]]]:
    pages = _pages(tmp_path_factory.mktemp("harmless"), {name: f"Some {name}" for name in NAMES})
    return [_Shape(page).shape for page in pages]


@pytest.mark.slow
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, WORDS)))
def test_pages_have_the_shape_of_harmless_ones(
    harmless: list[list[tuple[str, tuple[str, ...]]]], tmp_path_factory: pytest.TempPathFactory, words: dict[str, str]
) -> None:
    pages = _pages(tmp_path_factory.mktemp("hostile"), words)
    assert [_Shape(page).shape for page in pages] == harmless
