"""Small libraries without a defect, for tests of sites."""

from tests.site.wild import PICTURE

PAIR: dict[str, str | bytes] = {
    "meta/2023/SparQ.yaml": """\
paper:
  title: "SparQ Attention: Bandwidth-Efficient LLM Inference"
  abbr: SparQ
  url: https://arxiv.org/abs/2312.04985
  authors: [Luka Ribar, Ivan Chelombiev]
  institutions: [Graphcore]
pub:
  where: ICML
keyword:
  words: [kv_cache]
""",
    "meta/2024/Quest.prototxt": """\
paper {
  title: "Quest: Query-Aware Sparsity in $O(n)$"
  abbr: "Quest"
  url: "https://arxiv.org/abs/2406.10774v1"
  authors: "Jiaming Tang"
  authors: "Song Han"
  institutions: "MIT"
}
pub { where: "ICML" }
code { type: "Pytorch" url: "https://github.com/mit-han-lab/quest" }
note { url: "note.md" }
cover { url: "quest.png" }
keyword { words: kv_cache words: sparse_attention }
baseline { methods: "2023/SparQ" methods: "H2O" }
update_time: 1718000000
rating: 4
status: read
""",
    "notes/2024/Quest/note.md": """\
---
date: 2024-07-01
---

# Quest

![pages](quest.png) <img src="./quest.png" width="600" alt="pages">

$x^2$ and $$\\sum_i x_i$$

## Limits

See [SparQ](../../../meta/2023/SparQ.yaml) and [above](#quest).
""",
    "notes/2024/Quest/quest.png": PICTURE,
}
"""Two papers, one of which has a note and a cover."""
