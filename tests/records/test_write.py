import pytest
import yaml
from hypothesis import given

from mkdocs_papers.records.prototxt import read_prototxt
from mkdocs_papers.records.schema import (
    BaselineBlock,
    CodeBlock,
    CoverBlock,
    KeywordBlock,
    NoteBlock,
    PaperBlock,
    PaperInfo,
    PubBlock,
    Status,
)
from mkdocs_papers.records.yamltext import read_yaml
from tests.records.strategies import contents
from tests.written import write_prototxt, write_yaml

QUEST = PaperInfo(
    paper=PaperBlock(
        title='Quest: "Query-Aware" $\\infty$\tSparsity',
        abbr="Quest",
        url="https://arxiv.org/abs/2406.10774",
        authors=("Jiaming Tang", "Týr Ångström", "张三"),
        institutions=("University of Science, Hefei",),
        doi="10.48550/arXiv.2406.10774",
        abstract="One.\nTwo.\x00\x85",
    ),
    pub=PubBlock(where="", year=2024),
    code=CodeBlock(type="PyTorch", url="https://github.com/mit-han-lab/Quest"),
    note=NoteBlock(url="note.md"),
    keyword=KeywordBlock(words=("kv_cache", "KV-Cache", "none")),
    baseline=BaselineBlock(methods=("2023/h2o", "None")),
    update_time=1_718_500_000,
    cover=CoverBlock(url="quest.svg"),
    same_work=("2025/Quest",),
    rating=5,
    status=Status.TO_READ,
)

PROTOTXT = r"""paper {
  title: "Quest: \"Query-Aware\" $\\infty$\tSparsity"
  abbr: "Quest"
  url: "https://arxiv.org/abs/2406.10774"
  authors: "Jiaming Tang"
  authors: "Týr Ångström"
  authors: "张三"
  institutions: "University of Science, Hefei"
  doi: "10.48550/arXiv.2406.10774"
  abstract: "One.\nTwo.\000\302\205"
}
pub {
  where: ""
  year: 2024
}
code {
  type: "PyTorch"
  url: "https://github.com/mit-han-lab/Quest"
}
note {
  url: "note.md"
}
keyword {
  words: kv_cache
  words: "KV-Cache"
  words: none
}
baseline {
  methods: "2023/h2o"
  methods: "None"
}
update_time: 1718500000
cover {
  url: "quest.svg"
}
same_work: "2025/Quest"
rating: 5
status: to_read
"""

YAML = r"""paper:
  title: "Quest: \"Query-Aware\" $\\infty$\tSparsity"
  abbr: Quest
  url: "https://arxiv.org/abs/2406.10774"
  authors:
    - Jiaming Tang
    - Týr Ångström
    - 张三
  institutions:
    - University of Science, Hefei
  doi: "10.48550/arXiv.2406.10774"
  abstract: "One.\nTwo.\u0000\u0085"
pub:
  where: ""
  year: 2024
code:
  type: PyTorch
  url: "https://github.com/mit-han-lab/Quest"
note:
  url: note.md
keyword:
  words:
    - kv_cache
    - KV-Cache
    - none
baseline:
  methods:
    - "2023/h2o"
    - None
update_time: 1718500000
cover:
  url: quest.svg
same_work:
  - "2025/Quest"
rating: 5
status: to_read
"""


def test_prototxt_as_people_write_it() -> None:
    assert write_prototxt(QUEST) == PROTOTXT
    assert read_prototxt(PROTOTXT).content == QUEST


def test_yaml_as_people_write_it() -> None:
    assert write_yaml(QUEST) == YAML
    assert read_yaml(YAML).content == QUEST


def test_nothing_is_written_for_nothing() -> None:
    assert write_prototxt(PaperInfo()) == ""
    assert write_yaml(PaperInfo()) == ""


@given(contents())
def test_prototxt_survives(content: PaperInfo) -> None:
    located = read_prototxt(write_prototxt(content))
    assert located.problems == ()
    assert located.content == content


@given(contents())
def test_yaml_survives(content: PaperInfo) -> None:
    located = read_yaml(write_yaml(content))
    assert located.problems == ()
    assert located.content == content


@pytest.mark.parametrize(
    "word", ["null", "Yes", "NO", "on", "y", "True", "~", "1e3", "2024-01-01", "0x1F", "1:30", ".inf"]
)
def test_yaml_of_ours_means_a_text_to_other_programs(word: str) -> None:
    written = write_yaml(PaperInfo(paper=PaperBlock(title=word)))
    assert yaml.safe_load(written) == {"paper": {"title": word}}
