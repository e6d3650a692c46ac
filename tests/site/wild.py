"""A library as many hands write it over many years, with every habit that old records and notes show."""

import base64

from tests.marked import Marked, unmark

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""One pixel, as PNG."""

SIX_LINES = """\
site_name: Papers
site_url: https://example.org/sub/path/
theme:
  name: material
  font: false
plugins: [search, papers]
"""

_RECORDS: dict[str, str | bytes] = {
    # The plain case, and one of every habit that is no defect.
    "2022/flashattention.prototxt": """\
# proto-file: ../../proto/paper.proto
paper {
  title: "FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness"
  abbr: "FlashAttention"
  url: "https://arxiv.org/abs/2205.14135"
  authors: "Tri Dao"
  institutions: "Stanford University"
}
pub { where: "NeurIPS" year: 2022 }
code { type: "Pytorch" url: "https://github.com/Dao-AILab/flash-attention" }
note { url: "note.md" }
cover { url: "cover.jpg" }
keyword { words: fusion }
baseline { methods: "None" }
""",
    # Authors in one string, a space before the address, a baseline by abbreviation, a file in other letter case.
    "2023/FlashAttention-2.prototxt": """\
paper {
  title: "FlashAttention-2: Faster Attention with Better Parallelism and Work Partitioning"
  abbr: "FlashAttention-2"
  url: «stray-space»" https://arxiv.org/abs/2307.08691"
  authors: «joined-authors»"Tri Dao, Daniel Y. Fu, Stefano Ermon"
}
note {
  url: «wrong-case-note»"Note.MD"
}
cover {
  url: «wrong-case-cover»"FIG/Cover.PNG"
}
keyword {
  words: none
}
baseline {
  methods: «wrong-case-baseline»"2022/FlashAttention"
  methods: «missing-baseline»"2022/Nowhere"
  methods: "Megatron-LM"
}
""",
    # No abbreviation: a random stem stands in the file name.
    "2023/5JWFQDDP.prototxt": """\
paper {
  title: "Training $\\\\infty$-Transformers in $O(n \\\\log n)$ | a [survey] of <b>everything</b> & more_or_less"
  url: "https://openreview.net/forum?id=abc123"
}
pub {
  where: ""
}
keyword {
  words: none
}
""",
    # One stem in two years, the same work, and Windows line ends after a byte-order mark.
    "2023/Sparse-IFT.prototxt": (
        "\ufeffpaper {\n"
        '  title: "Sparse Iso-FLOP Transformations for Maximizing Training Efficiency"\n'
        '  abbr: "Sparse-IFT"\n'
        '  authors: «joined-authors»"Vithursan Thangarasa, Shreyas Saxena"\n'
        "}\n"
        'note { url: «missing-note»"sparse-ift.md" }\n'
    ).replace("\n", "\r\n"),
    "2024/Sparse-IFT.prototxt": """\
paper {
  title: "Sparse Iso-FLOP Transformations for Maximizing Training Efficiency"
  abbr: "Sparse-IFT"
}
pub {
  where: "ICML"
  year: 2024
}
same_work: "2023/Sparse-IFT"
""",
    # Stems that mean something to Markdown, to addresses or to MkDocs.
    "2024/LoRA+.prototxt": 'paper {\n  title: "LoRA+: Efficient Low Rank Adaptation"\n  abbr: "LoRA+"\n}\n',
    "2025/Týr-the-Pruner.prototxt": 'paper {\n  title: "Týr-the-Pruner"\n  abbr: "Týr-the-Pruner"\n}\n',
    "2025/index.prototxt": 'paper {\n  title: "A paper whose stem is index"\n}\n',
    "2025/README.yaml": "paper:\n  title: A paper whose stem is README\nnote:\n  url: «missing-note»note.md\n",
    "2025/two words.prototxt": 'paper {\n  title: "A stem of two words"\n}\nnote { url: "note.md" }\n',
    "2025/50%&more#1.prototxt": 'paper {\n  title: "A stem that addresses must encode"\n}\n',
    "2025/page.prototxt": 'paper {\n  title: "A stem that listings use"\n}\n',
    # Chinese, with a note found by its name alone.
    "2024/zh.yaml": """\
paper:
  title: 稀疏注意力机制综述
  authors: [张三, 李四]
  institutions: 清华大学
pub:
  where: 计算机学报
cover:
  url: 封面 图.png
""",
    # Files under the year's folder and under notes/ itself, addresses, and nothing at all.
    "2021/SparseGPT.prototxt": """\
paper { title: "SparseGPT" abbr: "SparseGPT" institutions: «two-spellings»"Stanford" }
note { url: "SparseGPT.md" }
cover { url: "all.png" }
""",
    "2021/elsewhere.prototxt": """\
paper { title: "A paper whose note is elsewhere" }
note { url: "https://elsewhere.example/note" }
cover { url: "https://elsewhere.example/cover.png" }
""",
    "2021/empty.prototxt": 'paper { title: "A paper without note" }\nnote { url: "" }\ncover { url: "" }\n',
    "2021/outside.prototxt": """\
paper { title: "A paper whose note would be outside" institutions: «placeholder»"inst1" }
note { url: «outside-notes»"../../../mkdocs.yml" }
cover { url: «missing-cover»"none.png" }
""",
    "2019/no-title.prototxt": '«missing-title»paper {\n  abbr: "NT"\n}\nrating: «out-of-range»7\n',
    "2019/broken.prototxt": 'paper {\n  title: "A paper that never ends\n',
    "2019/latin.prototxt": 'paper {\n  title: "Andr\xe9"\n}\n'.encode("latin-1"),
    "2019/typo.prototxt": """\
paper {
  «unknown-field»titel: "Typo"
  title: "A record with a typo"
  authors: "Yann Le Cun" authors: "Sara A. Solla"
}
pub { where: "NeurIPS" year: «year-mismatch»2018 }
""",
}

_OTHER: dict[str, str | bytes] = {
    # Folders below meta/ that hold no records, and what editors leave behind.
    "meta/README.md": "# Records\n",
    "meta/proto/paper.proto": 'syntax = "proto3";\n',
    "meta/drafts/2024/Draft.prototxt": "no record {\n",
    "meta/2024/.Quest.prototxt.swp": b"\x00\x01",
    "meta/2024/notes.txt": "no record\n",
    "meta/2024/deeper/Deep.prototxt": "no record {\n",
    # Notes.
    "notes/2022/flashattention/note.md": """\
# FlashAttention

<p align="center">
<img src="./cover.jpg" width="600" title="the idea">
</p>

![overview](./cover.jpg)
Math $O(N^2 d^2 M^{-1})$, and {{ braces }} that are LaTeX: ${{\\bf x}}_i$ {% raw %} {# no comment #}

[Its successor](../../2023/FlashAttention-2/note.md#method) and
[its record](../../../meta/2023/FlashAttention-2.prototxt),
<a href="../../../meta/2024/LoRA+.prototxt">LoRA+</a>, [Týr](../../../meta/2025/T%C3%BDr-the-Pruner.prototxt),
[two words](<../../../meta/2025/two words.prototxt>), [中文](../../../meta/2024/zh.yaml),
[home](../../../docs/guide.md).
""",
    "notes/2022/flashattention/cover.jpg": PICTURE,
    "notes/2023/FlashAttention-2/note.md": """\
## Method

<img src="fig/cover.png">
<a href='fig/cover.png'><img alt=x src=fig/cover.png></a>
<img src="«broken-image»fig/COVER.png">
![no](«broken-image»fig/nothing.png)

[gone](«broken-link»../gone/note.md)
""",
    "notes/2023/FlashAttention-2/fig/cover.png": PICTURE,
    "notes/2024/zh/note.md": (
        "---\ntitle: 稀疏注意力\ndate: 2024-05-01\n---\n\n![图](<封面 图.png>)\n\n注意力 $\\alpha$。\n"
    ),
    "notes/2024/zh/封面 图.png": PICTURE,
    "notes/2024/LoRA+/index.md": "# LoRA+\n\n![a](a+b.png)\n",
    "notes/2024/LoRA+/a+b.png": PICTURE,
    "notes/2025/two words/note.md": "\ufeff# Two words\r\n\r\n[LoRA+](../../2024/LoRA+/index.md)\r\n",
    "notes/SparseGPT.md": "SparseGPT\n=========\n\n![all](all.png)\n",
    "notes/all.png": PICTURE,
    "notes/2020/ideas.md": "«orphan-note»# Ideas\n\nNobody names this note: [papers](../SparseGPT.md).\n",
    "notes/2020/.hidden.md": "# Hidden\n",
    "notes/.obsidian/workspace.json": "{}\n",
    "docs/guide.md": "# Guide\n\n[LoRA+](../meta/2024/LoRA+.prototxt), [its note](../notes/2024/LoRA+/index.md)\n",
    "mkdocs.yml": SIX_LINES,
}

_AT = {"2019/broken.prototxt": ("syntax", 2, 10), "2019/latin.prototxt": ("not-utf8", 2, 15)}
"""Defects of files that hold no mark: the mark would be a part of what is wrong."""


def library() -> Marked:
    """The library beside its six-line configuration, and every defect that it has."""
    marked = unmark({**{f"meta/{path}": content for path, content in _RECORDS.items()}, **_OTHER})
    defects = list(marked.defects)
    defects += [(code, f"meta/{path}", line, column) for path, (code, line, column) in _AT.items()]
    return Marked(marked.files, sorted(defects, key=lambda defect: (defect[1:], defect[0])))
