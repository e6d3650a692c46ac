"""What finds pages for the header's search: its scripts as modules in an empty page, over an index made here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request

import mkdocs_papers
from mkdocs_papers.search.document import Document, Part
from mkdocs_papers.search.index import SearchIndex
from mkdocs_papers.search.words import neighbours
from tests.browser.conftest import open_context
from tests.search.test_index import large_library
from tests.search.test_words import TEXTS
from tests.sites import serve_folder, write_files

SCRIPTS = Path(mkdocs_papers.__file__).parent / "assets" / "search"

_START = """async folder => {
    const names = ["words", "query", "files", "engine", "hits"];
    const loaded = await Promise.all(names.map(name => import(`./${name}.js`)));
    window.e = Object.assign({}, ...loaded);
    window.files = {};
}"""
_SEARCH = """async ([library, query]) => {
    const { e, files } = window;
    files[library] ??= new e.Files(new URL(`${library}/`, location.href));
    return e.results(await e.search(files[library], query)).items;
}"""


def _paper(key: str, title: str, text: str = "", **more: Any) -> Document:
    parts = (Part("", "", text),) if text else ()
    return Document(f"papers/{key}/", title, about="ICML 2024", parts=parts, **more)


_DOCUMENTS = [
    _paper(
        "2024/Quest", "Quest: Query-Aware Sparsity", names=("Quest",), identifiers=("2406.10774",), people=("Song Han",)
    ),
    _paper(
        "2022/lora", "LoRA: Low-Rank Adaptation", "It questions full updates.", names=("LoRA",), people=("Edward Itō",)
    ),
    _paper("2024/LoRA+", "LoRA+: Efficient Adaptation", names=("LoRA+",), people=("Bin Yu",)),
    _paper("2022/flash", "FlashAttention: Exact Attention", names=("FlashAttention",), people=("Tri Dao",)),
    _paper(
        "2024/wanda",
        "Wanda: A Simple Pruning Approach",
        "A ratio of 2:4 or N:M.",
        names=("Wanda",),
        people=("Ming Sun",),
    ),
    _paper(
        "2022/acl", "Progressive Distillation", identifiers=("10.18653/v1/2022.acl-long.16",), people=("Boža Ángel",)
    ),
    _paper("2023/lamp", "Snow in a Lamp: Cold", "Snow in a lamp, lamp and snow.", names=("Snow in a Lamp",)),
    _paper("2024/snow", "Lamp-Snow: Making Much of It Bright at Night", names=("Lamp-Snow",)),
    Document(
        "notes/kv/",
        "KVQuant：把 KV 缓存压到 3 比特",
        kind="Note",
        parts=(
            Part("", "", "上下文一长，显存里最占地方的不再是权重，而是 KV 缓存。"),
            Part(
                "cost",
                "What it costs",
                "Massive activations are <few>, & they cost much. Activations massive in a row.",
            ),
        ),
        boost=0.75,
    ),
    Document("notes/order/", "Folds", kind="Note", parts=(Part("", "", "So the last of four letters is lost in it."),)),
    Document(
        "notes/rows/", "Rows", kind="Note", parts=(Part("", "", "Lost last, four lost: last letters. Letters, four."),)
    ),
    Document("guide/", "Guide & <help>", parts=(Part("", "", "Massive words and other activations."),)),
]


def _served(folder: Path, documents: list[Document]) -> None:
    files = SearchIndex().update({document.location: document for document in documents}).written
    write_files(folder, dict(files))


@dataclass
class Reader:
    """A page with the engine in it, and the files it has asked for since the last query began."""

    page: Page
    asked: list[str] = field(default_factory=list)

    def find(self, query: str, library: str = "small") -> list[list[dict[str, Any]]]:
        self.asked.clear()
        found: list[list[dict[str, Any]]] = self.page.evaluate(_SEARCH, [library, query])
        return found

    def addresses(self, query: str) -> list[str]:
        return [items[0]["location"].removeprefix("papers/") for items in self.find(query)]


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("search")
    write_files(folder, {path.name: path.read_bytes() for path in SCRIPTS.iterdir()})
    write_files(folder, {"index.html": '<!doctype html><title>Search</title><link rel="icon" href="data:,">'})
    _served(folder / "small", _DOCUMENTS)
    write_files(folder, {f"assets/papers/search/{path.name}": path.read_bytes() for path in SCRIPTS.iterdir()})
    write_files(folder, {"assets/javascripts/workers/search.js": (SCRIPTS / "worker.js").read_bytes()})
    _served(folder / "search/papers", [*large_library(3000).values(), *_DOCUMENTS])
    _served(folder / "large", [*large_library(3000).values(), *_DOCUMENTS])
    untoward: list[str] = []
    context = open_context(browser, untoward)
    with serve_folder(folder) as home:
        reader = Reader(context.new_page())
        reader.page.on("request", lambda request: reader.asked.append(_name(request)))
        reader.page.goto(home)
        reader.page.evaluate(_START)
        yield reader
        context.close()
    assert untoward == []


def _name(request: Request) -> str:
    return request.url.rpartition("/")[2].partition("?")[0]


@pytest.mark.parametrize("golden", TEXTS, ids=lambda golden: golden["text"])
def test_queries_are_taken_apart_as_texts_are(reader: Reader, golden: dict[str, str]) -> None:
    assert reader.page.evaluate("text => window.e.queryWords(text)", golden["text"]) == golden["query"].split()


@pytest.mark.parametrize("golden", [*TEXTS, {"text": "A row of the words, in Boža’s own “text” ﬁne"}], ids=str)
def test_neighbours_are_those_of_the_index(reader: Reader, golden: dict[str, str]) -> None:
    found = reader.page.evaluate("text => window.e.neighbours(text)", golden["text"])
    assert found == list(neighbours(golden["text"]))


@pytest.mark.parametrize(
    ("query", "first"),
    {
        "quest": "2024/Quest/",
        "que": "2024/Quest/",
        "i": "2022/lora/",
        "it": "2022/lora/",
        "lora": "2022/lora/",
        "LORA+": "2024/LoRA+/",
        "flash attention": "2022/flash/",
        "flashatention": "2022/flash/",
        "flashattentoin": "2022/flash/",
        "falshattention": "2022/flash/",
        "xlashattention": "2022/flash/",
        "lashattention": "2022/flash/",
        "llashattention": "2022/flash/",
        "lashattentio": "2022/flash/",
        "xrogressive": "2022/acl/",
        "wnada": "2024/wanda/",
        "awnda": "2024/wanda/",
        "2:4": "2024/wanda/",
        "n:m": "2024/wanda/",
        "Boza": "2022/acl/",
        "angel": "2022/acl/",
        "han sparsity": "2024/Quest/",
        "2406.10774": "2024/Quest/",
        "arXiv:2406.10774v2": "2024/Quest/",
        "https://arxiv.org/pdf/2406.10774v1.pdf": "2024/Quest/",
        "https://doi.org/10.18653/v1/2022.acl-long.16": "2022/acl/",
        "10.18653/V1/2022.ACL-LONG.16.": "2022/acl/",
        "缓存压到": "notes/kv/",
        "显": "notes/kv/",
        "存": "notes/kv/",
        "KV 缓存": "notes/kv/",
        "缓存KV": "notes/kv/",
        "缓存压到别处": "notes/kv/",
        "lamp snow": "2024/snow/",
        "the last of four letters is lost": "notes/order/",
        '"massive activations"': "notes/kv/",
    }.items(),
)
def test_the_first_hit(reader: Reader, query: str, first: str) -> None:
    assert reader.addresses(query)[0] == first


@pytest.mark.parametrize(
    ("query", "all_of_them"),
    {
        '"massive activations"': ["notes/kv/"],
        '"activations massive"': ["notes/kv/"],
        "massive activations -guide": ["notes/kv/"],
        'massive -"massive activations"': ["guide/"],
        "+lora adaptation -lora+": ["2022/lora/"],
        "缓压": [],
        '"缓存压"': ["notes/kv/"],
        '"显存缓存"': [],
        "完全不在这里": [],
        '"low-rank adaptation"': ["2022/lora/"],
        '"low adaptation"': [],
        '"exact attention" flash': ["2022/flash/"],
        'attention -"exact attention"': [],
        '"full updates"': ["2022/lora/"],
        '"ratio of 2:4"': ["2024/wanda/"],
        '"ratio 2:4"': [],
        '"que"': [],
        "xyzzy": [],
        "of the": [],
        "": [],
        '" - +': [],
    }.items(),
)
def test_exactly_these(reader: Reader, query: str, all_of_them: list[str]) -> None:
    assert reader.addresses(query) == all_of_them


def test_a_page_with_a_part_of_the_words_is_an_answer_only_where_none_has_all(reader: Reader) -> None:
    assert reader.addresses("lora low-rank") == ["2022/lora/"]
    assert set(reader.addresses("wanda edward")) == {"2024/wanda/", "2022/lora/"}
    [[first, *_], *_] = reader.find("wanda edward")
    assert first["terms"] in ({"wanda": True, "edward": False}, {"wanda": False, "edward": True})


def test_a_hit_says_venue_and_year_and_shows_the_words_in_a_line(reader: Reader) -> None:
    [[quest]] = reader.find("quest han")
    assert quest["title"] == '<mark>Quest</mark>: Query-Aware Sparsity <small class="papers-hit">ICML 2024</small>'
    assert quest["text"] == "<p>Song <mark>Han</mark></p>"
    [[note, part], *_] = reader.find("costs few")
    assert note["title"].endswith('<small class="papers-hit" data-kind="Note"></small>')
    assert part["location"] == "notes/kv/#cost"
    assert part["title"] == "What it <mark>costs</mark>"
    assert "&#60;<mark>few</mark>&#62;, &#38; they" in part["text"]


def test_letters_without_spaces_are_marked_as_one(reader: Reader) -> None:
    [[note, *_]] = reader.find("缓存压到")
    assert note["title"].startswith("KVQuant：把 KV <mark>缓存压到</mark> 3 比特 <small")
    [[note, *_]] = reader.find("显")
    assert "上下文一长，<mark>显</mark>存里" in note["text"] or "上下文一长，<mark>显存</mark>里" in note["text"]


def test_a_line_of_a_long_text_begins_near_the_words(reader: Reader) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    text = f"{words} needle in it {words}"
    line = reader.page.evaluate(
        "text => { const page = {location: '', title: '', about: '', kind: '', facts: [], parts: [['', '', text]]};"
        "return window.e.results({hits: [{page, score: 1, words: new Set(['needle']), matched: [true]}], terms: ['n']})"
        ".items[0][0].text }",
        text,
    )
    assert "<mark>needle</mark> in it" in line
    assert line.startswith("<p>… word")
    assert line.endswith(" …</p>")
    assert len(line) < 250


def test_a_query_asks_for_a_few_of_many_files(reader: Reader) -> None:
    reader.find("nothing so far", "large")
    found = reader.find("wanda", "large")
    assert found[0][0]["location"] == "papers/2024/wanda/"
    assert len(reader.asked) <= 3
    # Every page has it: a few are read, unless it is asked for as what each is to have.
    assert len(reader.find("common", "large")) == 8
    assert len(reader.asked) <= 13
    assert len(reader.find("+common", "large")) == 20
    assert len(reader.asked) <= 25


@pytest.mark.parametrize(
    ("query", "pages", "pause"),
    [
        ("wanda", 10, 0),
        ("wanda p", 10, 0),
        ("wanda", 1000, 120),
        ("w", 1000, 120),
        ("wanda p", 1000, 320),
        ("wanda pru", 1000, 320),
        ("wanda prun", 1000, 120),
        ("wanda 2:4", 1000, 120),
        ("稀疏 量化", 1000, 120),
    ],
)
def test_a_word_that_has_just_begun_is_waited_for_in_a_large_library(
    reader: Reader, query: str, pages: int, pause: int
) -> None:
    assert reader.page.evaluate("([text, pages]) => e.pauseBefore(text, pages)", [query, pages]) == pause


@pytest.mark.parametrize(
    ("query", "most"),
    {
        # The letters of its first file, then those of the ends, then one word.
        "xanda": 10,
        "lashattention": 12,
        # The words, the row and the pages, and no page where it is not found.
        '"simple pruning approach"': 8,
        '"common simple"': 6,
        '-"common simple" common': 27,
    }.items(),
)
def test_what_takes_more_asks_for_a_few_files_too(reader: Reader, query: str, most: int) -> None:
    reader.page.evaluate("() => { window.files = {} }")
    reader.find(query, "large")
    assert len(reader.asked) <= most


def test_what_nobody_waits_for_is_not_looked_for_on(reader: Reader) -> None:
    reader.asked.clear()
    stopped = reader.page.evaluate(
        """async () => {
            const files = new e.Files(new URL("large/", location.href));
            const ended = new AbortController();
            const found = e.search(files, "common", ended.signal);
            ended.abort();
            return found.catch(error => error.name);
        }"""
    )
    assert stopped == "AbortError"
    assert reader.asked == ["index.json"]


def test_of_many_pages_only_what_was_typed_last_is_looked_for(reader: Reader) -> None:
    reader.asked.clear()
    titles = reader.page.evaluate(
        """async () => {
            const worker = new Worker("assets/javascripts/workers/search.js");
            const heard = [];
            const answered = new Promise(resolve => worker.addEventListener("message", ({ data }) => {
                heard.push(data.data.items.map(([first]) => first.location));
                resolve();
            }));
            worker.postMessage({ type: 2, data: "zebra" });
            await answered;
            for (const typed of ["a", "wanda"]) {
                worker.postMessage({ type: 2, data: typed });
                // Time enough for a search to begin, and none for a reader's next key.
                await new Promise(resolve => setTimeout(resolve, 20));
            }
            while (heard.length < 2) await new Promise(resolve => setTimeout(resolve, 5));
            worker.terminate();
            return heard;
        }"""
    )
    assert len(titles) == 2
    assert titles[1] == ["papers/2024/wanda/"]
    # No postings of what begins with the letter.
    assert len([name for name in reader.asked if name.startswith("pages-")]) == 1


def test_the_same_files_are_asked_for_once(reader: Reader) -> None:
    reader.find("flash", "small")
    reader.find("flash", "small")
    assert reader.asked == []
