"""BibTeX entries.

Fields and entry types as in "BibTeXing" (Oren Patashnik, 1988), https://ctan.org/pkg/bibtex; ``eprint`` and
``archiveprefix`` as arXiv asks for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages.text import runs

_JOURNALS = frozenset({"jmlr", "tmlr", "tacl", "vlsi", "tpami", "nature", "science", "neuromorphic computing and engineering"})
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def entry(paper: Paper) -> str:
    """A BibTeX entry for a paper; its citation key comes from the record's key, so that it is unique and stays."""
    kind, fields = _published(paper)
    lines = [f"@{kind}{{{citation_key(paper.key)},"]
    lines += [f"  {name} = {{{value}}}," for name, value in (*_common(paper), *fields)]
    return "\n".join([*lines, "}"]) + "\n"


def citation_key(key: str) -> str:
    """The citation key of a record: ``2024/LoRA+`` becomes ``LoRA+2024``."""
    year, stem = key.split("/", 1)
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return (re.sub(r"[^A-Za-z0-9+:.-]+", "-", ascii_stem).strip("-") or "paper") + year


def tex(text: str) -> str:
    """A text with TeX's own characters escaped; ``$math$`` stays math; one line."""
    parts = (f"${run.text}$" if run.math and _balanced(run.text) else run.text.translate(_ESCAPES) for run in runs(text))
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0 and not text.endswith("\\")


def _common(paper: Paper) -> Iterable[tuple[str, str]]:
    # Doubled braces: a title keeps its capitals in every style.
    yield "title", f"{{{tex(paper.title)}}}"
    if paper.authors:
        yield "author", " and ".join(_person(name) for name in paper.authors)
    yield "year", str(paper.year)


def _person(name: str) -> str:
    text = tex(name)
    return f"{{{text}}}" if "," in text or re.search(r"\band\b", text) else text


def _published(paper: Paper) -> tuple[str, list[tuple[str, str]]]:
    fields: list[tuple[str, str]] = []
    kind = "misc"
    if paper.venue and paper.venue.casefold() in _JOURNALS:
        kind = "article"
        fields.append(("journal", tex(paper.venue)))
    elif paper.venue and paper.venue.casefold() not in ("arxiv", "github", "blog"):
        kind = "inproceedings"
        fields.append(("booktitle", tex(paper.venue)))
    elif paper.venue and not paper.arxiv:
        fields.append(("howpublished", tex(paper.venue)))
    if paper.arxiv:
        fields += [("eprint", paper.arxiv), ("archiveprefix", "arXiv")]
    if paper.doi:
        fields.append(("doi", tex(paper.doi)))
    if paper.url:
        fields.append(("url", re.sub(r"[\s{}\\]", "", paper.url)))
    return kind, fields
