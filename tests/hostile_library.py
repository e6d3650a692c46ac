"""A library made of hostile strings, and the same library of harmless words: one must look like the other."""

import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import yaml

from mkdocs_papers.library.model import Attachment, Library, Paper
from mkdocs_papers.pages.text import is_long
from mkdocs_papers.records import schema
from mkdocs_papers.records.problem import CODES
from tests import hostile
from tests.site.wild import PICTURE
from tests.written import write_prototxt, write_yaml

PAPERS = 115
"""Enough for each of `hostile.TEXTS` by itself: a quarter are titles, as many venues, and an eighth share a venue."""
ROOM = 11
"""Letters for which there is room in a cell at their usual size; see `templates/papers/cells.html`."""
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/[\w.-]+/[\w.-]+")

MACROS = """\
# Macros

{{ papers_count() }} papers.

{{ papers_table(limit=200) }}

{{ papers_home() }}

{{ papers_chart("authors") }}

{{ papers_newest(limit=50) }}

{{ notes_newest() }}

{% for key in library.papers %}
- {{ paper(key) }}
{% endfor %}

{% for entry in library.papers.values() %}
1. {{ entry.title }} – {{ entry.venue }} – {{ entry.authors | join(", ") }}
{% endfor %}

| paper | venue |
|---|---|
{% for key in library.papers %}| {{ paper(key, library.papers[key].title) }} | {{ library.papers[key].venue }} |
{% endfor %}

{% for entry in library.papers.values() if loop.index % 5 == 0 %}
{{ papers_table(venue=entry.venue, limit=1) }}

{{ papers_newest(author=entry.authors[0] | trim, limit=1) }}

{{ papers_count(keyword=entry.keywords[0] ~ "") }} papers of {{ entry.title | truncate(20) }}

<span title="{{ paper(entry.key, entry.title) }}">in a tag</span> <img alt="{{ entry.title }}" src="real.png">
![{{ paper(entry.key, entry.abbreviation or "x") }}](real.png "{{ paper(entry.key) }}")

## {{ paper(entry.key, entry.title) }} and {{ entry.title }}

{{ papers_chart(entry.title) }}

{{ papers_chart("keywords", limit=entry.title) }}

{{ papers_table(keyword=entry.title ~ "x", limit=1) }}

{{ papers_table(**{entry.title: 1}) }}

{{ paper(entry.title) }} {{ papers_count(venue=entry.authors[0]) }}

{{ papers_newest(institution=entry.institutions[0] | trim | upper, limit=1) }}

> {{ papers_chart("institutions", limit=3) }}

1. {{ papers_table(keyword=entry.keywords[-1], limit=1) }}

<div class="{{ entry.venue }}" markdown>{{ papers_chart("venues", limit=2) }}</div>
<!-- {{ entry.title }} {{ paper(entry.key) }} -->

!!! note "{{ entry.title }}"

    {{ paper(entry.key, entry.title) }}
{% endfor %}
"""
"""A page that shows the library through every macro and the variable."""

Files = dict[str, "str | bytes"]


def config(labels: dict[str, str]) -> str:
    """The site's configuration with keywords of these labels."""
    keywords = {word: {"label": label, "about": f"About {label}"} for word, label in labels.items()}
    settings: dict[str, Any] = {
        "site_name": "Hostile",
        "site_url": "https://example.org/sub/path/",
        "repo_url": "https://code.example.org/library",
        "edit_uri": "edit/main/docs/",
        "theme": {"name": "material", "font": False, "features": ["content.action.edit", "content.action.view"]},
        "plugins": [
            "search",
            {"macros": {"on_undefined": "strict"}},
            # Thousands of problems are found in such a library; they are other tests' concern.
            # Pages so short are cut after so many rows, whatever the papers' names.
            {
                "papers": {
                    "badges": True,
                    "page_size": 40,
                    "own_page_from": 1,
                    "keywords": keywords,
                    "levels": dict.fromkeys(CODES, "off"),
                }
            },
        ],
        "markdown_extensions": [
            "attr_list",
            "admonition",
            "md_in_html",
            "tables",
            "pymdownx.details",
            "pymdownx.superfences",
        ],
    }
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)


def stems() -> list[str]:
    """Hostile strings that can be the name of a file."""
    names = []
    for text in (*hostile.NAMES, *hostile.TEXTS):
        name = text.replace("/", "\u2215").replace("\0", "")
        if name.strip(". \n") and not name.startswith(".") and len(name.encode()) < 180:
            names.append(name)
    return list(dict.fromkeys(names))


def _random_texts(chance: random.Random) -> Iterator[str]:
    """Any characters, with pieces of hostile strings between them."""
    ranges = (
        (0x20, 0x7F),
        (0x00, 0x20),
        (0x80, 0x600),
        (0x2000, 0x2100),
        (0x4E00, 0x9FFF),
        (0xE000, 0xE100),
        (0x1F300, 0x1F700),
    )
    while True:
        parts = []
        for _ in range(chance.randint(1, 6)):
            low, high = chance.choice(ranges)
            parts.append("".join(chr(chance.randrange(low, high)) for _ in range(chance.randint(0, 8))))
            parts.append(chance.choice(hostile.TEXTS)[: chance.randint(1, 60)])
        yield "".join(parts)


def hostile_files() -> Files:
    """The library of hostile strings."""
    chance = random.Random(3)
    texts = itertools.chain(hostile.texts(4000), _random_texts(chance))
    # Each stands by itself in one of these.
    titles, abstracts, venues, abbreviations = (
        itertools.chain(hostile.TEXTS[n::4], _random_texts(chance)) for n in range(4)
    )
    addresses = itertools.cycle(hostile.ADDRESSES)
    paths = itertools.cycle(hostile.PATHS)
    names = stems()
    files: Files = {"docs/index.md": MACROS, "docs/real.png": PICTURE}
    labels = {}
    own = len(hostile.NAMES)
    others = [names[own + number * (len(names) - own) // (PAPERS - own)] for number in range(PAPERS - own)]
    keys = [f"2024/{name}" for name in (*names[:own], *others)]
    for number, key in enumerate(keys):
        has_picture = number % 4 == 0 or number % 8 == 1
        # What papers share shows in statistics and lists of neighbours.
        words = (hostile.MARKUP[0], next(texts)) if number % 4 == 1 else (next(texts), next(texts))
        if number % 10 == 0:
            labels[" ".join(words[0].split()) or "w"] = next(texts)
        record = schema.PaperInfo(
            paper=schema.PaperBlock(
                title=next(titles),
                abbr=next(abbreviations),
                url=next(addresses),
                authors=(hostile.MARKUP[2], next(texts)) if number % 4 == 1 else (next(texts),),
                institutions=(next(texts),),
                doi=next(texts),
                abstract=next(abstracts),
            ),
            pub=schema.PubBlock(where=hostile.MARKUP[1] if number % 8 == 1 else next(venues)),
            code=schema.CodeBlock(type=next(texts), url=next(addresses)),
            note=schema.NoteBlock(url="real.md" if number % 3 == 0 else next(paths)),
            cover=schema.CoverBlock(url=_picture(key) if has_picture else next(paths)),
            keyword=schema.KeywordBlock(words=words),
            baseline=schema.BaselineBlock(methods=(next(texts), keys[number * 7 % len(keys)])),
            same_work=(next(texts), keys[number * 5 % len(keys)]) if number % 6 == 0 else (),
            rating=number % 5 + 1,
            status=schema.Status.READ if number % 2 else None,
        )
        suffix, write = (".yaml", write_yaml) if number % 5 == 0 else (".prototxt", write_prototxt)
        files[f"meta/{key}{suffix}"] = write(record)
        if number % 3 == 0:
            files[f"notes/{key}/real.md"] = _note(f"{key}{suffix}", next(texts))
        if has_picture:
            files[f"notes/{key}/{_picture(key)}"] = PICTURE
        if number % 9 == 0:
            files[f"notes/{key[:4]}/{names[-1 - number // 9]}.md"] = "# Another note\n\nPlain words.\n"
    files["mkdocs.yml"] = config({word: " ".join(label.split()) or "label" for word, label in labels.items()})
    return files


def _picture(key: str) -> str:
    """The name of a paper's picture, which is its own but for what parts a path."""
    return key.partition("/")[2].replace("\\", "").replace(":", "") + ".png"


def _note(record: str, text: str) -> str:
    """A note that links to a record, and has a text in its front matter."""
    front = json.dumps({"author": text, "tags": [text], "subtitle": text, "source": [text]}, ensure_ascii=False)
    return f"---\n{front}\n---\n\n# A note\n\nPlain words on [its paper](../../../meta/{quote(record)}).\n"


@dataclass
class _Harmless:
    """Gives each value of a library a harmless one, and equal ones for equal values."""

    def __post_init__(self) -> None:
        self._known: dict[str, dict[str, str]] = defaultdict(dict)

    def word(self, kind: str, value: str) -> str:
        known = self._known[kind]
        return known.setdefault(value, f"{kind}{len(known)}x" if kind else str(len(known)))

    def abbreviation(self, value: str) -> str:
        # One that has no room in a cell has smaller letters there.
        return self.word("Unabbreviatable" if is_long(value, ROOM) else "Abbr", value)

    def address(self, value: str, paper: Paper | None = None) -> str:
        number = self.word("", value)
        if paper and paper.arxiv:
            return f"https://arxiv.org/abs/2401.{int(number):05}"
        if paper and paper.pdf:
            return f"https://openreview.net/forum?id=x{number}"
        return f"https://github.com/o/r{number}" if _GITHUB.match(value) else f"https://example.net/{number}"

    def key(self, value: str) -> str:
        return f"{value[:4]}/{self.word('p', value)}"


def harmless_files(library: Library, settings_keywords: list[str]) -> tuple[Files, dict[str, str]]:
    """The same library with harmless words in place of every value.

    Args:
        library: the hostile library, as it was read.
        settings_keywords: the keywords that its configuration lists.

    Returns:
        The files, and each paper's key there by its key here.
    """
    harmless = _Harmless()
    files: Files = {"docs/index.md": MACROS, "docs/real.png": PICTURE}
    for key, paper in library.papers.items():
        new = harmless.key(key)
        files[f"meta/{new}.prototxt"] = write_prototxt(_harmless_record(paper, harmless))
        if paper.note and paper.note.path:
            files[f"notes/{new}/real.md"] = _note(f"{new}.prototxt", "words")
        if paper.cover and paper.cover.path:
            files[f"notes/{new}/{_picture(new)}"] = PICTURE
    for path, note in library.notes.items():
        if not note.papers:
            files[f"notes/{path[:4]}/{harmless.word('n', path)}.md"] = "# Another note\n\nPlain words.\n"
    files["mkdocs.yml"] = config(
        {harmless.word("word", word): harmless.word("label", word) for word in settings_keywords}
    )
    return files, {key: harmless.key(key) for key in library.papers}


def _harmless_record(paper: Paper, harmless: _Harmless) -> schema.PaperInfo:
    def file(attachment: Attachment | None, path: str) -> str:
        if attachment is None:
            return ""
        return path if attachment.path else harmless.address(attachment.address or "")

    return schema.PaperInfo(
        paper=schema.PaperBlock(
            title=harmless.word("Title ", paper.title),
            abbr=harmless.abbreviation(paper.abbreviation) if paper.abbreviation else None,
            url=harmless.address(paper.url, paper) if paper.url else None,
            authors=tuple(harmless.word("Author ", name) for name in paper.authors),
            institutions=tuple(harmless.word("Place ", name) for name in paper.institutions),
            doi=f"10.1/{harmless.word('d', paper.doi)}" if paper.doi else None,
            abstract="\n\n".join(harmless.word("Abstract ", part) for part in (paper.abstract or "").split("\n\n"))
            or None,
        ),
        pub=schema.PubBlock(where=harmless.word("Venue ", paper.venue) if paper.venue else "", year=paper.year),
        code=schema.CodeBlock(
            type=harmless.word("Code ", paper.code.label) if paper.code and paper.code.label else None,
            url=harmless.address(paper.code.url) if paper.code else None,
        ),
        note=schema.NoteBlock(url=file(paper.note, "real.md")),
        cover=schema.CoverBlock(url=file(paper.cover, _picture(harmless.key(paper.key)))),
        keyword=schema.KeywordBlock(words=tuple(harmless.word("word", word) for word in paper.keywords)),
        baseline=schema.BaselineBlock(
            methods=tuple(
                harmless.key(each.key) if each.key else harmless.word("Method ", each.name) for each in paper.baselines
            )
        ),
        same_work=tuple(map(harmless.key, paper.same_work)),
        rating=paper.rating,
        status=paper.status,
    )
