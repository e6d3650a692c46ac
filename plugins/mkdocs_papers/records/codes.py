"""The catalogue of problems: one entry for each kind of defect, with an example of it.

The checks, the configuration's ``levels`` and the table in the docs all read `CODES`. Each example is a small library
that has exactly that one problem, and the same library mended, so that a test can hold the catalogue to its word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mkdocs_papers.records.problem import Edit, Level, Place, Problem

Files = Mapping[str, "str | bytes"]
"""A small library: the content of each file by its path below the project's root; the first one holds the point."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of defect.

    Attributes:
        name: its stable name, in kebab case.
        level: how much it weighs unless the configuration says otherwise. An error loses something (a value, a page);
            with a warning everything still works; a hint is advice.
        about: what it means, one sentence of Markdown.
        wrong: a library that has this problem and no other.
        right: the same library without it.
    """

    name: str
    level: Level
    about: str
    wrong: Files
    right: Files


_QUEST = "meta/2024/Quest.prototxt"
_YAML = "meta/2024/Quest.yaml"
_NOTE = "notes/2024/Quest/note.md"
_PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Quest</title><path d="M0 0h1v1H0z"/></svg>\n'


def _paper(*lines: str) -> str:
    """A record whose paper block holds a title and these lines."""
    return "".join(f"{line}\n" for line in ("paper {", '  title: "Quest"', *(f"  {line}" for line in lines), "}"))


def _block(name: str, line: str) -> str:
    """A record with a title and one more block of one line."""
    return f"{_paper()}{name} {{\n  {line}\n}}\n"


def _config(options: str, *, macros: bool = False) -> dict[str, str]:
    """A site's configuration that gives the plugin these options, as indented YAML."""
    return {
        "mkdocs.yml": "site_name: Papers\nplugins:\n  - search\n"
        + ("  - macros\n" if macros else "")
        + (f"  - papers:\n{options}" if options else "  - papers\n")
    }


_STRANGERS = _config("      sanitize_notes: true\n")
_KEYWORDS = _config("      keywords:\n        sparse_pruning: Sparse/Pruning\n")


def _code(name: str, level: Level, about: str, wrong: Files, right: Files) -> Code:
    return Code(name, level, about, MappingProxyType(dict(wrong)), MappingProxyType(dict(right)))


def _catalogue(codes: Iterable[Code]) -> Mapping[str, Code]:
    return MappingProxyType({code.name: code for code in codes})


CODES: Mapping[str, Code] = _catalogue(
    (
        # The text of a record.
        _code(
            "syntax",
            Level.ERROR,
            "The text is neither protobuf text format nor YAML, so the record has no page.",
            {_QUEST: 'paper {\n  title "Quest"\n}\n'},
            {_QUEST: _paper()},
        ),
        _code(
            "not-utf8",
            Level.ERROR,
            "The file is not UTF-8 text.",
            {_QUEST: b'paper {\n  title: "Quest"\n  authors: "Andr\xe9 Weil"\n}\n'},
            {_QUEST: _paper('authors: "André Weil"')},
        ),
        _code(
            "too-large",
            Level.ERROR,
            "The record is larger than 2 MiB, nested more than 20 deep, or holds more than 50,000 values.",
            {_QUEST: "paper " + "{ a " * 21 + "}" * 21 + "\n"},
            {_QUEST: _paper()},
        ),
        _code(
            "yaml-feature",
            Level.ERROR,
            "A record in YAML uses a tag, an anchor, an alias or a directive; records hold plain values only.",
            {_YAML: "paper:\n  title: !!str Quest\n"},
            {_YAML: "paper:\n  title: Quest\n"},
        ),
        _code(
            "unknown-field",
            Level.ERROR,
            "The schema has no such field there, so its value is left out.",
            {_QUEST: _paper('abr: "Quest"')},
            {_QUEST: _paper('abbr: "Quest"')},
        ),
        _code(
            "wrong-type",
            Level.ERROR,
            "The field holds another type of value, so this one is left out.",
            {_QUEST: _block("pub", 'year: "2024"')},
            {_QUEST: _block("pub", "year: 2024")},
        ),
        _code(
            "repeated-field",
            Level.ERROR,
            "A field that stands once at most stands again; the first value counts.",
            {_QUEST: _paper('abbr: "Quest"', 'abbr: "QUEST"')},
            {_QUEST: _paper('abbr: "Quest"')},
        ),
        _code(
            "bad-escape",
            Level.WARNING,
            "A backslash begins no escape of the format; it is read as a backslash.",
            {_QUEST: 'paper {\n  title: "Quest to $\\infty$"\n}\n'},
            {_QUEST: 'paper {\n  title: "Quest to $\\\\infty$"\n}\n'},
        ),
        # The values of a record.
        _code(
            "missing-title",
            Level.ERROR,
            "The record has no title; the abbreviation or the file's name stands in for it.",
            {_QUEST: 'paper {\n  abbr: "Quest"\n}\n'},
            {_QUEST: _paper('abbr: "Quest"')},
        ),
        _code(
            "placeholder",
            Level.WARNING,
            "The value is a template's placeholder, such as `inst1` or `TODO`.",
            {_QUEST: _paper('institutions: "inst1"')},
            {_QUEST: _paper('institutions: "MIT"')},
        ),
        _code(
            "too-long",
            Level.WARNING,
            "More than 1,000 characters (20,000 of an abstract) are cut; an address of more than 2,000 is not linked.",
            {_QUEST: _paper(f'abbr: "{"Quest" * 201}"')},
            {_QUEST: _paper('abbr: "Quest"')},
        ),
        _code(
            "stray-space",
            Level.WARNING,
            "The value begins or ends with space; it is read without.",
            {_QUEST: _paper('url: " https://arxiv.org/abs/2406.10774"')},
            {_QUEST: _paper('url: "https://arxiv.org/abs/2406.10774"')},
        ),
        _code(
            "control-character",
            Level.WARNING,
            "The value holds a control character: most often an escape such as `\\t` where a LaTeX command was meant.",
            {_QUEST: _paper('abbr: "$2\\times$"')},
            {_QUEST: _paper('abbr: "$2\\\\times$"')},
        ),
        _code(
            "joined-authors",
            Level.WARNING,
            "Several authors stand in one value, or it cannot be told whether they are several.",
            {_QUEST: _paper('authors: "Jiaming Tang, Yilong Zhao"')},
            {_QUEST: _paper('authors: "Jiaming Tang"', 'authors: "Yilong Zhao"')},
        ),
        _code(
            "bad-address",
            Level.WARNING,
            "The value is no http or https address, so nothing links to it.",
            {_QUEST: _paper('url: "arxiv.org/abs/2406.10774"')},
            {_QUEST: _paper('url: "https://arxiv.org/abs/2406.10774"')},
        ),
        _code(
            "arxiv-http",
            Level.HINT,
            "The address of an arXiv paper begins with `http:`, where arXiv answers with `https:`.",
            {_QUEST: _paper('url: "http://arxiv.org/abs/2406.10774"')},
            {_QUEST: _paper('url: "https://arxiv.org/abs/2406.10774"')},
        ),
        _code(
            "bad-doi",
            Level.HINT,
            "The value is not a bare DOI, which begins with `10.` and holds a slash.",
            {_QUEST: _paper('doi: "https://doi.org/10.48550/arXiv.2406.10774"')},
            {_QUEST: _paper('doi: "10.48550/arXiv.2406.10774"')},
        ),
        _code(
            "out-of-range",
            Level.WARNING,
            "The number is smaller or larger than the field allows.",
            {_QUEST: _paper() + "rating: 6\n"},
            {_QUEST: _paper() + "rating: 5\n"},
        ),
        _code(
            "unknown-status",
            Level.WARNING,
            "The status is none of `to_read`, `reading` and `read`, so it is left out.",
            {_QUEST: _paper() + "status: reed\n"},
            {_QUEST: _paper() + "status: read\n"},
        ),
        _code(
            "unknown-keyword",
            Level.HINT,
            "The configuration does not list the keyword; it works under its own name.",
            {_QUEST: _block("keyword", "words: sparse_prunning"), **_KEYWORDS},
            {_QUEST: _block("keyword", "words: sparse_pruning"), **_KEYWORDS},
        ),
        # A record among the others.
        _code(
            "year-mismatch",
            Level.WARNING,
            "The year of publication is not the year of the record's folder.",
            {_QUEST: _block("pub", "year: 2023")},
            {_QUEST: _block("pub", "year: 2024")},
        ),
        _code(
            "repeated-record",
            Level.ERROR,
            "Two files have the same year folder and stem, so only one of them is read.",
            {_YAML: "paper:\n  title: Quest\n", _QUEST: _paper()},
            {_QUEST: _paper()},
        ),
        _code(
            "file-name",
            Level.ERROR,
            "The name of a file holds a control character or broken bytes, so the file is left out.",
            {"meta/2024/Que\nst.prototxt": _paper()},
            {_QUEST: _paper()},
        ),
        _code(
            "case-collision",
            Level.WARNING,
            "Two names differ in letter case only; macOS and Windows take them for one.",
            {"meta/2024/quest.prototxt": 'paper {\n  title: "Another quest"\n}\n', _QUEST: _paper()},
            {"meta/2024/another.prototxt": 'paper {\n  title: "Another quest"\n}\n', _QUEST: _paper()},
        ),
        _code(
            "duplicate-paper",
            Level.WARNING,
            "Two records describe one paper (same address, DOI or title), and neither names the other in `same_work`.",
            {"meta/2025/Quest.prototxt": _paper(), _QUEST: _paper()},
            {"meta/2025/Quest.prototxt": _paper() + 'same_work: "2024/Quest"\n', _QUEST: _paper()},
        ),
        _code(
            "two-spellings",
            Level.WARNING,
            "A venue, institution or author is spelt in two ways; the option `aliases` settles it.",
            {
                "meta/2025/SparQ.prototxt": 'paper {\n  title: "SparQ"\n}\npub {\n  where: "Github"\n}\n',
                "meta/2023/InfLLM.prototxt": 'paper {\n  title: "InfLLM"\n}\npub {\n  where: "github"\n}\n',
                _QUEST: _block("pub", 'where: "github"'),
            },
            {
                "meta/2025/SparQ.prototxt": 'paper {\n  title: "SparQ"\n}\npub {\n  where: "github"\n}\n',
                "meta/2023/InfLLM.prototxt": 'paper {\n  title: "InfLLM"\n}\npub {\n  where: "github"\n}\n',
                _QUEST: _block("pub", 'where: "github"'),
            },
        ),
        _code(
            "missing-note",
            Level.WARNING,
            "The note that the record names is not there.",
            {_QUEST: _block("note", 'url: "note.md"')},
            {_QUEST: _block("note", 'url: "note.md"'), _NOTE: "# Quest\n\nPages of keys.\n"},
        ),
        _code(
            "wrong-case-note",
            Level.WARNING,
            "The note is there in other letter case only: it works on macOS and Windows, and breaks on a server.",
            {_QUEST: _block("note", 'url: "Note.md"'), _NOTE: "# Quest\n\nPages of keys.\n"},
            {_QUEST: _block("note", 'url: "note.md"'), _NOTE: "# Quest\n\nPages of keys.\n"},
        ),
        _code(
            "missing-cover",
            Level.WARNING,
            "The cover that the record names is not there.",
            {_QUEST: _block("cover", 'url: "quest.svg"')},
            {_QUEST: _block("cover", 'url: "quest.svg"'), "notes/2024/Quest/quest.svg": _PIXEL},
        ),
        _code(
            "wrong-case-cover",
            Level.WARNING,
            "The cover is there in other letter case only: it works on macOS and Windows, and breaks on a server.",
            {_QUEST: _block("cover", 'url: "Quest.svg"'), "notes/2024/Quest/quest.svg": _PIXEL},
            {_QUEST: _block("cover", 'url: "quest.svg"'), "notes/2024/Quest/quest.svg": _PIXEL},
        ),
        _code(
            "outside-notes",
            Level.ERROR,
            "The path leads out of the notes folder, where nothing is read.",
            {_QUEST: _block("note", 'url: "../../../README.md"'), "README.md": "# Papers\n"},
            {_QUEST: _block("note", 'url: "note.md"'), _NOTE: "# Quest\n\nPages of keys.\n", "README.md": "# Papers\n"},
        ),
        _code(
            "wrong-file-type",
            Level.WARNING,
            "A note that is no Markdown file, or a cover that is no picture.",
            {_QUEST: _block("cover", 'url: "quest.txt"'), "notes/2024/Quest/quest.txt": "Pages of keys.\n"},
            {_QUEST: _block("cover", 'url: "quest.svg"'), "notes/2024/Quest/quest.svg": _PIXEL},
        ),
        _code(
            "missing-baseline",
            Level.WARNING,
            "The baseline looks like a record's key, but no record has it.",
            {_QUEST: _block("baseline", 'methods: "2024/InfLLM"')},
            {_QUEST: _block("baseline", 'methods: "InfLLM"')},
        ),
        _code(
            "wrong-case-baseline",
            Level.WARNING,
            "The baseline names a record in other letter case, by its abbreviation, or by a key that it had before.",
            {
                _QUEST: _block("baseline", 'methods: "2022/FlashAttention"'),
                "meta/2022/flashattention.prototxt": 'paper {\n  title: "FlashAttention"\n}\n',
            },
            {
                _QUEST: _block("baseline", 'methods: "2022/flashattention"'),
                "meta/2022/flashattention.prototxt": 'paper {\n  title: "FlashAttention"\n}\n',
            },
        ),
        _code(
            "missing-same-work",
            Level.WARNING,
            "No record has the key that `same_work` names.",
            {_QUEST: _paper() + 'same_work: "2023/Quest"\n'},
            {_QUEST: _paper() + 'same_work: "2023/Quest"\n', "meta/2023/Quest.prototxt": _paper()},
        ),
        _code(
            "wrong-case-same-work",
            Level.WARNING,
            "`same_work` names a record in other letter case, or by a key that it had before.",
            {_QUEST: _paper() + 'same_work: "2023/quest"\n', "meta/2023/Quest.prototxt": _paper()},
            {_QUEST: _paper() + 'same_work: "2023/Quest"\n', "meta/2023/Quest.prototxt": _paper()},
        ),
        _code(
            "taken-former-key",
            Level.WARNING,
            "A key that the record had before is now another's, so it leads to that one.",
            {
                _QUEST: _paper() + 'former_keys: "2023/Quest"\n',
                "meta/2023/Quest.prototxt": 'paper {\n  title: "Other"\n}\n',
            },
            {_QUEST: _paper(), "meta/2023/Quest.prototxt": 'paper {\n  title: "Other"\n}\n'},
        ),
        # Notes.
        _code(
            "orphan-note",
            Level.HINT,
            "No record names the note; it is a page of its own all the same.",
            {"notes/2024/ideas.md": "# Ideas\n\nPages of keys.\n", _QUEST: _paper()},
            {_NOTE: "# Quest\n\nPages of keys.\n", _QUEST: _paper()},
        ),
        _code(
            "front-matter",
            Level.WARNING,
            "The front matter of a note is not a mapping in YAML, or a value in it is of the wrong type, so "
            "it is left out.",
            {_NOTE: "---\ntitle: [Quest\n---\n\n# Quest\n\nPages of keys.\n", _QUEST: _paper()},
            {_NOTE: "---\ntitle: Quest\n---\n\n# Quest\n\nPages of keys.\n", _QUEST: _paper()},
        ),
        _code(
            "broken-link",
            Level.WARNING,
            "A link in a note leads to a file that is not there.",
            {_NOTE: "# Quest\n\nSee [SparQ](../SparQ/note.md).\n", _QUEST: _paper()},
            {_NOTE: "# Quest\n\nSee [Quest](note.md).\n", _QUEST: _paper()},
        ),
        _code(
            "broken-anchor",
            Level.WARNING,
            "A link in a note leads to a heading that is not there.",
            {_NOTE: "# Quest\n\nSee [the limits](#limits).\n", _QUEST: _paper()},
            {_NOTE: "# Quest\n\nSee [the limits](#limits).\n\n## Limits\n", _QUEST: _paper()},
        ),
        _code(
            "broken-image",
            Level.WARNING,
            "An image in a note is not there.",
            {_NOTE: '# Quest\n\n<img src="./quest.svg" alt="Pages of keys">\n', _QUEST: _paper()},
            {
                _NOTE: '# Quest\n\n<img src="./quest.svg" alt="Pages of keys">\n',
                _QUEST: _paper(),
                "notes/2024/Quest/quest.svg": _PIXEL,
            },
        ),
        # The site.
        _code(
            "unusable-note",
            Level.ERROR,
            "A note cannot be made into a page: it is nested too deeply, or its HTML is torn beyond use. Its page "
            "shows its source.",
            {_NOTE: f"# Quest\n\n{'<div>' * 600}\n", _QUEST: _paper()},
            {_NOTE: f"# Quest\n\n{'<div>' * 3}Pages of keys{'</div>' * 3}\n", _QUEST: _paper()},
        ),
        _code(
            "macro",
            Level.WARNING,
            "A macro fails: it names a paper, a filter or a value that is not there, or its template is no template.",
            {
                "docs/index.md": '# Papers\n\n{{ paper("2024/Qest") }}\n',
                _QUEST: _paper(),
                **_config("", macros=True),
            },
            {
                "docs/index.md": '# Papers\n\n{{ paper("2024/Quest") }}\n',
                _QUEST: _paper(),
                **_config("", macros=True),
            },
        ),
        _code(
            "address-taken",
            Level.WARNING,
            "A page in `docs/` already has the address of a page of the library; the page in `docs/` stays.",
            {"docs/papers/2024/Quest.md": "# Quest\n", _QUEST: _paper()},
            {"docs/quest.md": "# Quest\n", _QUEST: _paper()},
        ),
        _code(
            "unusable-cover",
            Level.WARNING,
            "The picture that a record names as its cover is damaged, or has too many pixels: listings show a card of "
            "words in its stead.",
            {"notes/2024/Quest/quest.png": b"\x89PNG\r\n\x1a\n", _QUEST: _block("cover", 'url: "quest.png"')},
            {"notes/2024/Quest/quest.svg": _PIXEL, _QUEST: _block("cover", 'url: "quest.svg"')},
        ),
        _code(
            "unusable-picture",
            Level.WARNING,
            "A picture that a note shows is damaged, or has too many pixels: its page shows it as it is.",
            {"notes/2024/Quest/quest.png": b"\x89PNG", _NOTE: "# Quest\n\n![Keys](quest.png)\n", _QUEST: _paper()},
            {"notes/2024/Quest/quest.svg": _PIXEL, _NOTE: "# Quest\n\n![Keys](quest.svg)\n", _QUEST: _paper()},
        ),
        _code(
            "unsafe-file",
            Level.WARNING,
            "With `sanitize_notes`: a file beside notes may run a script and cannot be made safe, so it is left out.",
            {"notes/2024/Quest/demo.html": "<p>Quest</p>\n", _QUEST: _paper(), **_STRANGERS},
            {"notes/2024/Quest/demo.txt": "Quest\n", _QUEST: _paper(), **_STRANGERS},
        ),
    )
)
"""Every kind of defect by name, in the order in which the docs list them."""


def problem(
    code: str,
    path: str,
    place: Place,
    wrong: str,
    right: str = "",
    field: str = "",
    edits: tuple[Edit, ...] = (),
) -> Problem:
    """A problem of one of `CODES`, at the code's default level.

    Args:
        code: name of the kind of defect.
        path: the file, relative to the project's root, with ``/``.
        place: where the offending text begins.
        wrong: what is wrong, one sentence without a full stop.
        right: what would be right, one clause; may be empty.
        field: dotted name of the field concerned; may be empty.
        edits: the change that mends it, where exactly one answer is safe.

    Raises:
        KeyError: no such code.
    """
    return Problem(code, path, place, wrong, right, field, edits, CODES[code].level)
