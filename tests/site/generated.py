"""A large library in the spirit of `wild`, made up by a seeded generator, with every defect known."""

import random
from collections.abc import Callable

from tests.marked import Marked, unmark
from tests.site.wild import PICTURE, SIX_LINES

_WORDS = r"""
Sparse Dense Attention Pruning Quantization Cache Layer Token Kernel Model Training Efficient Structured Low-Rank
Transformers Inference Gradient Outliers Expert Speculative 稀疏 注意力 量化 模型 $N:M$ $\\infty$ $O(n^2)$ [Draft]
<Fast> a|b under_score C++ & naïve
"""
_PEOPLE = (
    *("Song Han", "Tri Dao", "Yann Le Cun", "李四", "张三", "Jürgen Schmidhuber", "Ana Peña", "Jae-Joon Kim"),
    *("O'Neil McCarthy", "Dan Alistarh", "Elias Frantar", "Zhangyang Wang", "Yiran Chen", "Beidi Chen", "王五"),
    *("Tianqi Chen", "Łukasz Kaiser", "Çağlar Gülçehre"),
)
_PLACES = ("MIT", "清华大学", "ETH Zürich", "Google DeepMind", "IST Austria", "UC Berkeley", "École Polytechnique")
_VENUES = ("ICML", "ICLR", "NeurIPS", "ACL", "MLSys", "计算机学报", "EMNLP Findings", "ISCA", "VLSI", "blog")
_KEYWORDS = ("sparse_pruning", "quantization", "survey", "low_rank", "fusion", "tool", "kv_cache", "training", "量化")
_CODE = ("Pytorch", "Website", "TensorFlow", "JAX", "")


def library(seed: int, *, records: int = 220, notes: int = 190) -> Marked:
    """A library of that many records, and about that many notes, beside its six-line configuration."""
    return _Writer(random.Random(seed)).library(records, notes)


class _Writer:
    """Writes records and notes, each in one of the habits that people have."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._files: dict[str, str | bytes] = {"mkdocs.yml": SIX_LINES, "docs/about.md": "# About\n"}
        self._keys: list[str] = []
        self._notes: list[str] = []

    def library(self, records: int, notes: int) -> Marked:
        for number in range(records):
            self._record(number, wants_note=number < notes)
        return unmark(self._files)

    def _now_and_then(self, share: float) -> bool:
        return self._chance.random() < share

    def _record(self, number: int, *, wants_note: bool) -> None:
        year = self._chance.randint(2010, 2025)
        stem = self._stem(number)
        key = f"{year}/{stem}"
        note, cover = self._attachments(key, number) if wants_note else ("", "")
        lines = ["paper {", f'  title: "{self._title(number)}"']
        if self._now_and_then(0.8):
            lines.append(f'  abbr: "{stem}"')
        lines.append(self._address(number))
        lines += self._authors()
        lines += [f'  institutions: "{place}"' for place in self._some(_PLACES, 3)]
        lines.append("}")
        lines += self._publication(year)
        if self._now_and_then(0.6):
            lines += [
                "code {",
                f'  type: "{self._chance.choice(_CODE)}"',
                f'  url: "https://github.com/o/r{number}"',
                "}",
            ]
        lines += [part for part in (note, cover) if part]
        words = [
            f"  words: {word if word.isascii() else f'{chr(34)}{word}{chr(34)}'}" for word in self._some(_KEYWORDS, 3)
        ]
        lines += ["keyword {", *(words or ["  words: none"]), "}", *self._baselines()]
        if self._now_and_then(0.2):
            lines.append(f"update_time: {self._chance.randint(1_500_000_000, 1_750_000_000)}")
        text = "\n".join(lines) + "\n"
        if self._now_and_then(0.05):
            text = text.replace("\n", "\r\n")
        if self._now_and_then(0.05):
            text = "\ufeff" + text
        self._files[f"meta/{key}.prototxt"] = text
        self._keys.append(key)

    def _stem(self, number: int) -> str:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789"
        shapes: tuple[Callable[[], str], ...] = (
            lambda: "".join(self._chance.choices(letters, k=8)),
            lambda: f"Sparse-{number}b",
            lambda: f"LoRA+{number}",
            lambda: f"Týr {number}",
            lambda: f"方法{number}",
            lambda: f"m{number}_v1.5",
        )
        return self._chance.choice(shapes)()

    def _title(self, number: int) -> str:
        return f"{' '.join(self._chance.choices(_WORDS.split(), k=self._chance.randint(3, 12)))} {number}"

    def _address(self, number: int) -> str:
        if self._now_and_then(0.1):
            return f'  url: «stray-space»" https://arxiv.org/abs/2401.{number:05}"'
        if self._now_and_then(0.03):
            return f'  url: «arxiv-http»"http://arxiv.org/abs/2401.{number:05}"'
        if self._now_and_then(0.03):
            return f'  url: «bad-address»"arxiv.org/abs/2401.{number:05}"'
        return f'  url: "https://arxiv.org/abs/2401.{number:05}v{self._chance.randint(1, 4)}"'

    def _authors(self) -> list[str]:
        people = self._some(_PEOPLE, 6)
        if len(people) > 1 and self._now_and_then(0.4):
            return [f'  authors: «joined-authors»"{", ".join(people)}"']
        return [f'  authors: "{person}"' for person in people]

    def _publication(self, year: int) -> list[str]:
        if self._now_and_then(0.2):
            return []
        if self._now_and_then(0.02):
            return ["pub {", f"  year: «year-mismatch»{year - 1}", "}"]
        return ["pub {", f'  where: "{self._chance.choice(_VENUES)}"', f"  year: {year}", "}"]

    def _baselines(self) -> list[str]:
        lines = []
        for key in self._some(self._keys, 3):
            if key != key.swapcase() and self._now_and_then(0.2):
                lines.append(f'  methods: «wrong-case-baseline»"{key.swapcase()}"')
            else:
                lines.append(f'  methods: "{key}"')
        if self._now_and_then(0.1):
            lines.append('  methods: «missing-baseline»"2009/Nothing"')
        lines += self._chance.choice(([], ['  methods: "Magnitude"'], ['  methods: "None"']))
        return ["baseline {", *lines, "}"]

    def _attachments(self, key: str, number: int) -> tuple[str, str]:
        """Write a note and its pictures; the record's lines that name them."""
        year = key[:4]
        if self._now_and_then(0.04):
            return 'note { url: «missing-note»"lost/note.md" }', 'cover { url: «missing-cover»"lost/cover.jpg" }'
        folder, name = self._chance.choice(
            ((key, "note.md"), (key, "index.md"), (key, "Notes.md"), (year, f"{number}.md"), ("", f"note {number}.md"))
        )
        base = f"{folder}/" if folder else ""
        picture = self._chance.choice((f"cover{number}.jpg", f"图 {number}.png", f"fig/{number}+a.PNG"))
        self._files[f"notes/{base}{picture}"] = PICTURE
        self._files[f"notes/{base}{name}"] = self._note(base, picture)
        self._notes.append(f"{base}{name}")
        if base == f"{key}/" and name != "Notes.md" and self._now_and_then(0.5):
            return "", f'cover {{ url: "{picture}" }}'
        if self._now_and_then(0.05):
            return f'note {{ url: «wrong-case-note»"{name.upper()}" }}', f'cover {{ url: "./{picture}" }}'
        return f'note {{ url: "{name}" }}', f'cover {{ url: "{picture}" }}'

    def _note(self, base: str, picture: str) -> str:
        up = "../" * base.count("/")
        quoted = picture.replace(" ", "%20")
        parts = [
            f"# {' '.join(self._chance.choices(_WORDS.split(), k=4))}".replace("\\\\", "\\"),
            f'<p align="center">\n<img src="./{picture}" width="600" title="a picture">\n</p>',
            f"![]({quoted})",
            "Math $a_{ij} \\in \\mathbb{R}^{n}$, and $$\\text{softmax}(\\frac{QK^\\top}{\\sqrt{d}})$$",
            "- one\n- two\n\n```\n![no](picture.png) <img src=no.png> $x$\n```",
            "## Results\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        ]
        if self._notes:
            other = self._chance.choice(self._notes).replace(" ", "%20")
            parts.append(f"[another note]({up}{other}), <a href='{up}{other}'>the same</a>")
        if self._keys:
            parts.append(f"[a paper](<{up}../meta/{self._chance.choice(self._keys)}.prototxt>)")
        if self._now_and_then(0.05):
            parts.append("![](«broken-image»lost.png) and [lost](«broken-link»lost.md)")
        return "\n\n".join(parts) + "\n"

    def _some(self, choices: list[str] | tuple[str, ...], most: int) -> list[str]:
        return self._chance.sample(choices, k=min(len(choices), self._chance.randint(0, most)))
