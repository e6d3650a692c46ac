"""A walk through a library in small steps: each changes one field, one file, one name or one option.

Nearly all of the library stays as it is at each step, as it does while somebody writes.
"""

import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs_papers.incremental.database import Database
from mkdocs_papers.library.load import LibraryReader, load
from mkdocs_papers.library.memory import ReadingMemory
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Keyword, Settings
from mkdocs_papers.pages.address import Website
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options, Picture, PictureFile
from tests.edits import FIELDS, full
from tests.site.editing import COVER, edit_field, note
from tests.sites import write_files
from tests.written import write_prototxt

_CROWD = 20
"""So many papers have one venue, year and keyword: enough for what is kept of large groups alone."""


@dataclass(frozen=True)
class Step:
    """The library after a step.

    Attributes:
        name: what was done.
        library: as `load` gives it where it goes on from the step before.
        anew: as it gives it from nothing.
        settings: the library's settings.
        options: the site's.
        pictures: covers as listings show them.
        files: pictures as the pages of notes and papers show them.
        added: when git says that records and notes were added.
    """

    name: str
    library: Library
    anew: Library
    settings: Settings
    options: Options
    pictures: dict[str, Picture]
    files: dict[str, PictureFile]
    added: dict[str, int]


def walk(root: Path, database: Callable[[], Database] = Database) -> Iterator[Step]:
    """The steps of the walk, each thing at least once.

    Args:
        root: an empty folder, which the library is written to.
        database: makes what keeps up the library.
    """
    _begin(root)
    settings = Settings(root, keywords={"kernels": Keyword("kernels", "Kernels", "Close to the hardware.")})
    website = Website("https://example.org/", directory_urls=True)
    options = Options(language("en"), "Test library", page_size=5, preview=True, website=website)
    memory = ReadingMemory()
    reader = LibraryReader(settings, memory, database())
    steps = [
        ("at first", _nothing),
        *_beyond_rows(),
        *_fields(),
        *_former_keys(),
        *_works(),
        *_files(),
        *_notes(),
        *_commits(),
        *_options(),
        *_checks(),
        *_links(),
        *_nearly_called(),
        *_ends(),
    ]
    for name, edit in steps:
        before = settings
        settings, options = edit(root, settings, options) or (settings, options)
        reader = reader if settings == before else LibraryReader(settings, memory, database())
        library, anew = reader.read(), load(settings)
        pictures = {
            path: Picture(f"thumbnails/{path}", f"notes/{path}", (root / "notes" / path).stat().st_size, 20)
            for path in library.files
            if path.endswith(".svg")
        }
        files = {
            path: PictureFile(picture.width or 0, 1, (root / "notes" / path).read_text(encoding="utf-8"))
            for path, picture in pictures.items()
        }
        added = json.loads((root / _COMMITS).read_text()) if (root / _COMMITS).exists() else {}
        yield Step(name, library, anew, settings, options, pictures, files, added)


_Configured = tuple[Settings, Options] | None
_Edit = Callable[[Path, Settings, Options], _Configured]


def _nothing(_root: Path, _settings: Settings, _options: Options) -> _Configured:
    return None


def _record(number: int) -> str:
    return (
        f'paper {{\n  title: "Paper {number}"\n  abbr: "P{number}"\n  authors: "Writer {number}"\n'
        f'  authors: "Writer {number // 2}"\n}}\npub {{\n  where: "ICML"\n}}\n'
        f"keyword {{\n  words: pruning\n  words: word{number // 3}\n}}\n"
        f'baseline {{\n  methods: "2024/p{(number + 7) % _CROWD:02}"\n  methods: "SGD"\n}}\n'
    )


def _begin(root: Path) -> None:
    files: dict[str, str | bytes] = {f"meta/2024/p{number:02}.prototxt": _record(number) for number in range(_CROWD)}
    for number, key in enumerate(("2024/A", "2023/B", "2022/D")):
        files[f"meta/{key}.prototxt"] = _record(40 + number) if number else write_prototxt(full(number))
        files[f"notes/{key}/note.md"] = note(f"Of {key}", f"2024/p0{1 + 2 * number % 4}")
        files[f"notes/{key}/cover.svg"] = COVER.format(number + 1)
    files["notes/2024/p03/note.md"] = note("Third", "2024/A")
    # More than a home page shows.
    files |= {f"notes/2024/p{number}/note.md": f"# Of {number}\n\nA word.\n" for number in range(10, 16)}
    write_files(root, files)


def _fields() -> Iterator[tuple[str, _Edit]]:
    """Each field of the schema gets a value, another one, and the first one again."""
    for number, path in enumerate(FIELDS):
        key = ("2024/A", f"2024/p{number % _CROWD:02}")[number % 2]
        for choice in (number, number + 1, number):

            def edit(
                root: Path, *_: object, key: str = key, path: tuple[str, ...] = path, choice: int = choice
            ) -> None:
                edit_field(root, key, path, choice)

            yield f"{'.'.join(path)} of {key}", edit


def _writes(path: str, text: str | None) -> _Edit:
    def edit(root: Path, *_: object) -> None:
        if text is None:
            (root / path).unlink()
        else:
            write_files(root, {path: text})

    return edit


def _moves(old: str, new: str) -> _Edit:
    def edit(root: Path, *_: object) -> None:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(root / old, root / new)

    return edit


def _beyond_rows() -> Iterator[tuple[str, _Edit]]:
    """What the pages of groups say of their papers besides the rows of these comes, changes and goes."""
    paths = [f"meta/2024/p0{number}.prototxt" for number in (2, 3)]
    first, second = (_record(number).replace('"Writer 1"', '"Ann Lee"') for number in (2, 3))
    yield "two papers have an author", _both(_writes(paths[0], first), _writes(paths[1], second))
    cited = first.replace('"ICML"', '"ICML"\n  volume: "1"')
    yield "one of them gets a volume", _writes(paths[0], cited)
    yield "it is in another volume", _writes(paths[0], cited.replace('"1"', '"2"'))
    yield "a paper would be cited by the same key", _writes("meta/2024/p02!.prototxt", _titled("Called alike"))
    yield "it goes", _writes("meta/2024/p02!.prototxt", None)
    # Neither it nor its note is among the newest.
    yield "one of them has code", _writes(paths[0], f'{first}code {{ url: "https://a.example/" }}\n')
    third = [text.replace("}\nbaseline", "  words: aside\n}\nbaseline") for text in (first, second)]
    yield "both have a third keyword", _both(_writes(paths[0], third[0]), _writes(paths[1], third[1]))
    yield "one of them has it no more", _writes(paths[1], second)
    yield "both are as before", _both(_writes(paths[0], _record(2)), _writes(paths[1], _record(3)))


def _former_keys() -> Iterator[tuple[str, _Edit]]:
    """What a record's former key leads to comes, changes and goes."""
    moved = 'former_keys: "2020/Before"\n' + _record(97)
    yield "a record was elsewhere before", _writes("meta/2021/moved.prototxt", moved)
    yield "its note comes", _writes("notes/2021/moved/note.md", "# Moved\n\nWords.\n")
    yield "its note has another title", _writes("notes/2021/moved/note.md", "# Moved along\n\nWords.\n")
    yield "it has another title", _writes("meta/2021/moved.prototxt", moved.replace("P97", "P98"))
    yield "it has yet another", _writes("meta/2021/moved.prototxt", moved.replace("Paper 97", "Paper 98"))
    yield "its former key is broken by another", _writes("meta/2020/before.prototxt", 'paper {\n  title: "\n')
    yield "its former key is another's", _writes("meta/2020/before.prototxt", _record(96))
    yield "its former key is nobody's", _writes("meta/2020/before.prototxt", None)
    yield "its former note is another's", _writes("notes/2020/Before/note.md", "# Before\n")
    yield "its former note is nobody's", _writes("notes/2020/Before/note.md", None)
    yield (
        "a record that stays had another key",
        _writes("meta/2024/p06.prototxt", 'former_keys: "2020/Other"\n' + _record(6)),
    )
    yield "it had none", _writes("meta/2024/p06.prototxt", _record(6))
    yield "a picture in a note is another", _writes("notes/2023/B/cover.svg", COVER.format(10_000))


def _works() -> Iterator[tuple[str, _Edit]]:
    """Papers become versions of one work, and change."""
    like = 'paper {\n  title: "Like"\n  authors: "Wa"\n  authors: "Wb"\n}\n'
    version = 'paper {\n  title: "A version"\n  url: "https://a.example/"\n}\n'
    paths = [f"meta/2016/{name}.prototxt" for name in ("like", "same", "version", "baseline")]
    texts = (like + 'baseline {\n  methods: "2016/baseline"\n}\n', like + 'same_work: "2016/version"\n', version)
    yield "papers come, two of them alike", _both(*map(_writes, paths, (*texts, _titled("A baseline"))))
    same = _titled("A baseline", 'same_work: "2016/version"\n')
    yield "one of them is a version of a version of the other's baseline", _writes(paths[-1], same)
    yield "a version has a DOI", _writes(paths[2], version.replace("}", '  doi: "10.1000/182"\n}'))
    for venue in ("ICML", "ICLR"):
        yield f"a version is published at {venue}", _writes(paths[2], f'{version}pub {{ where: "{venue}" }}\n')
    yield "they go", _both(*[_writes(path, None) for path in paths])


def _files() -> Iterator[tuple[str, _Edit]]:
    """Records come, go, move, break and are mended."""
    other = _record(99).replace("Writer 99", "writer 1")
    yield "a record comes", _writes("meta/2023/new.prototxt", other)
    yield "another comes", _writes("meta/2021/old.prototxt", _record(3))
    yield "a record is named in other letter case", _moves("meta/2023/new.prototxt", "meta/2023/New.prototxt")
    yield "a record moves to another year", _moves("meta/2023/New.prototxt", "meta/2020/New.prototxt")
    yield "a record breaks", _writes("meta/2024/p05.prototxt", 'paper {\n  title: "Broken\n')
    yield "a broken record changes", _writes("meta/2024/p05.prototxt", "paper {\n  title: Broken")
    yield "a record is mended", _writes("meta/2024/p05.prototxt", _record(5))
    yield "a record is written as YAML", _writes("meta/2024/p06.yaml", 'paper: {title: "In YAML"}\n')
    yield "its old form goes", _writes("meta/2024/p06.prototxt", None)
    yield "a baseline goes", _writes("meta/2024/p08.prototxt", None)
    yield "a baseline comes back", _writes("meta/2024/p08.prototxt", _record(8))
    yield (
        "a record says that it is of another's work",
        _writes("meta/2021/old.prototxt", 'same_work: "2024/p03"\n' + _record(3)),
    )
    yield "a title as another has it", _writes("meta/2024/p09.prototxt", _record(9).replace("Paper 9", "Paper 10"))
    yield "an author nobody had before", _writes("meta/2024/p10.prototxt", _record(10).replace("Writer 10", "Aaron"))
    yield "a venue in another spelling", _writes("meta/2024/p11.prototxt", _record(11).replace("ICML", "icml"))
    yield "a keyword nobody had before", _writes("meta/2024/p12.prototxt", _record(12).replace("word4", "another"))
    yield "no venue", _writes("meta/2024/p13.prototxt", _record(13).replace("ICML", ""))
    yield (
        "a title that stands elsewhere in order",
        _writes("meta/2024/p14.prototxt", _record(14).replace("Paper 14", "Aardvark $x^2$")),
    )
    yield "another year", _writes("meta/2024/p15.prototxt", _record(15).replace("pub {", "pub {\n  year: 2019"))
    named = _record(16).replace(
        '  authors: "Writer 8"\n', '  authors: "Writer 8"\n  institutions: "One"\n  institutions: "Another"\n'
    )
    elsewhere = [_record(number).replace("ICML", "Elsewhere") for number in (0, 9)]
    alone = 'paper {\n  title: "Apart"\n  authors: "Solo"\n  authors: "Duo"\n}\npub {\n  where: "One"\n}\n'
    yield "a paper like no other comes", _writes("meta/2018/apart.prototxt", alone)
    yield "another like it comes", _writes("meta/2017/like.prototxt", alone.replace("One", "Two"))
    yield (
        "it is like it no more",
        _writes("meta/2017/like.prototxt", alone.replace("One", "Two").replace("Duo", "Trio")),
    )
    yield "another venue", _writes("meta/2024/p00.prototxt", elsewhere[0])
    yield (
        "two papers change venues",
        _both(_writes("meta/2024/p00.prototxt", _record(0)), _writes("meta/2024/p09.prototxt", elsewhere[1])),
    )
    yield "institutions come", _writes("meta/2024/p16.prototxt", named)
    yield (
        "institutions change places",
        _writes(
            "meta/2024/p16.prototxt",
            named.replace('"One"', '"x"').replace('"Another"', '"One"').replace('"x"', '"Another"'),
        ),
    )
    yield (
        "authors change places",
        _writes(
            "meta/2024/p17.prototxt",
            _record(17).replace('"Writer 17"', '"x"').replace('"Writer 8"', '"Writer 17"').replace('"x"', '"Writer 8"'),
        ),
    )
    yield "a paper is published elsewhere", _writes("meta/2024/p02.prototxt", _record(2).replace("ICML", "Elsewhere"))
    yield (
        "another is in its place",
        _both(
            _writes("meta/2024/p02.prototxt", _record(2)),
            _writes("meta/2024/p19.prototxt", _record(19).replace("ICML", "Elsewhere")),
        ),
    )
    exchanged = [_record(18).replace("Writer 18", "Writer 19"), _record(19).replace("Writer 19", "Writer 18")]
    yield (
        "two papers exchange an author that nobody else has",
        _both(*[_writes(f"meta/2024/p{18 + number}.prototxt", text) for number, text in enumerate(exchanged)]),
    )
    yield (
        "a record that a note links is written as YAML",
        _both(_writes("meta/2024/p01.yaml", 'paper: {title: "Paper 1"}\n'), _writes("meta/2024/p01.prototxt", None)),
    )
    yield "and as before", _both(_writes("meta/2024/p01.yaml", None), _writes("meta/2024/p01.prototxt", _record(1)))
    yield "the newest record comes", _writes("meta/2030/last.prototxt", _record(4))
    yield (
        "a record is the last that changed",
        _writes("meta/2024/p05.prototxt", "update_time: 1900000000\n" + _record(5)),
    )
    yield "a record would be cited as another", _writes("meta/2024/p02~.prototxt", 'paper {\n  title: "Zulu"\n}\n')
    yield "it goes", _writes("meta/2024/p02~.prototxt", None)
    taken = _record(7).replace("ICML", "(ICML)").replace("pruning", '"(pruning)"').replace("Writer 3", "(Writer 4)")
    yield (
        "names take the addresses of others",
        _writes("meta/2021/names.prototxt", taken.replace("pub {", "pub {\n  year: 2021")),
    )
    yield "and give them back", _writes("meta/2021/names.prototxt", None)
    yield "an institution comes", _writes("meta/2024/p18.prototxt", _record(18).replace("authors:", "institutions:"))
    yield "a record goes", _writes("meta/2021/old.prototxt", None)


def _notes() -> Iterator[tuple[str, _Edit]]:
    """Notes and pictures come, go, move and change."""
    at = "notes/2024/p03/note.md"
    yield "a note changes", _writes(at, note("Third, more", "2024/A"))
    yield "a note links another record", _writes(at, note("Third, more", "2023/B"))
    yield "a note has a title", _writes(at, "---\ntitle: A title\n---\n" + note("Third", "2023/B"))
    yield "a note has a date", _writes(at, "---\ntitle: A title\ndate: 2019-05-01\n---\n" + note("Third", "2023/B"))
    yield "a note is a draft", _writes(at, "---\ndraft: true\n---\n" + note("Third", "2023/B"))
    yield "drafts are not shown", _with_options(preview=False)
    yield "a draft changes", _writes(at, "---\ndraft: true\n---\n" + note("Third again", "2023/B"))
    yield "a note is none any more", _writes(at, note("Third", "2023/B"))
    yield "another is a draft", _writes("notes/2024/A/note.md", "---\ndraft: true\n---\n# Hidden\n")
    yield "drafts are shown", _with_options(preview=True)
    yield "a note comes", _writes("notes/2024/p04/note.md", note("Fourth", "2024/p03"))
    yield "a note moves", _moves("notes/2024/p04/note.md", "notes/2024/p04/index.md")
    yield "a note moves away", _moves("notes/2024/p04/index.md", "notes/2024/elsewhere.md")
    yield "a link leads nowhere", _writes("notes/2024/elsewhere.md", note("Fourth", "2024/nowhere"))
    yield "a note links a file that is not there", _writes(at, note("Third", "2023/B") + "\n[x](../../../docs/x.md)\n")
    yield "the file comes", _writes("docs/x.md", "# X\n")
    yield "a note links a record that is not there", _writes(at, note("Third", "2024/nowhere"))
    yield "the record that it leads to comes", _writes("meta/2024/nowhere.prototxt", _record(19))
    yield "it goes", _writes("meta/2024/nowhere.prototxt", None)
    yield "a note goes", _writes("notes/2024/elsewhere.md", None)
    yield "a note is the newest", _writes("notes/2024/p15/note.md", "---\ndate: 2031-05-01\n---\n# Of 15\n\nA word.\n")
    yield "a note of no record comes", _writes("notes/alone.md", "---\ndate: 2024-02-01\n---\n# Alone\n\nA word.\n")
    yield "it changes", _writes("notes/alone.md", "---\ndate: 2024-02-01\n---\n# Alone\n\nAnother word.\n")
    yield "it has another title", _writes("notes/alone.md", "---\ndate: 2024-02-01\n---\n# Zulu\n\nAnother word.\n")
    yield (
        "a record before all others names a note",
        _writes("meta/2020/first.prototxt", _record(17) + 'note {\n  url: "../2024/p03/note.md"\n}\n'),
    )
    yield "it goes again", _writes("meta/2020/first.prototxt", None)
    yield "a note has no title", _writes("notes/2024/p17/note.md", "Words alone.\n")
    yield "its record has another", _writes("meta/2024/p17.prototxt", _record(17).replace("Paper 17", "Paper 17a"))
    yield "a note with many words", _writes(at, note("word " * 2000, "2023/B"))
    yield (
        "a record shares another's note",
        _writes("meta/2024/p16.prototxt", _record(16) + 'note {\n  url: "../p03/note.md"\n}\n'),
    )
    yield "a cover comes", _writes("notes/2024/p03/cover.svg", COVER.format(7))
    yield "a record names it", _writes("meta/2024/p03.prototxt", _record(3) + 'cover {\n  url: "cover.svg"\n}\n')
    yield "a cover changes", _writes("notes/2024/p03/cover.svg", COVER.format(70))
    yield "a cover is drawn otherwise", _writes("notes/2024/p03/cover.svg", COVER.format(70).replace("A<", "B<"))
    yield "a cover is hidden", _moves("notes/2024/p03/cover.svg", "notes/2024/p03/.cover.svg")
    yield "a picture comes beside it", _writes("notes/2024/p03/other.svg", COVER.format(10_000))
    yield "a picture goes", _writes("notes/2024/p03/other.svg", None)


_COMMITS = "commits.json"
"""Stands for the repository: when each file was added."""


def _commits() -> Iterator[tuple[str, _Edit]]:
    """The project comes under git, and another commit is checked out."""
    papers = {f"meta/2024/p{number:02}": 1_700_000_000 + 86_400 * number for number in range(_CROWD)}
    notes = {f"notes/2024/p{number}/note": 1_710_000_000 + 86_400 * number for number in range(10, 16)}
    for name, times in (
        ("all is committed", papers | notes),
        ("a record was added before", papers | notes | {"meta/2024/p19": 1_600_000_000}),
        ("a record was added an hour later", papers | notes | {"meta/2024/p07": papers["meta/2024/p07"] + 3600}),
        ("a note was added last", papers | notes | {"notes/2024/p10/note": 1_900_000_000}),
        ("a note of papers was added last", papers | notes | {"notes/2024/p03/note": 1_900_000_000}),
        ("as before", papers | notes),
        (
            "one of the newest was added an hour later",
            papers | notes | {"meta/2024/p19": papers["meta/2024/p19"] + 3600},
        ),
        (
            "a note was added an hour later",
            papers | notes | {"notes/2024/p12/note": notes["notes/2024/p12/note"] + 3600},
        ),
        # In the order of the notes it stays where it is.
        (
            "a note was added on the next day",
            papers | notes | {"notes/2024/p12/note": notes["notes/2024/p12/note"] + 9 * 3600},
        ),
    ):
        yield name, _writes(_COMMITS, json.dumps(times))
    yield "the repository is gone", _writes(_COMMITS, None)
    yield "and comes back", _writes(_COMMITS, json.dumps(papers))


def _titled(title: str, more: str = "") -> str:
    return f'paper {{\n  title: "{title}"\n}}\n{more}'


def _checks() -> Iterator[tuple[str, _Edit]]:
    """What is wrong with a library comes, changes and goes."""
    lab = 'paper {{\n  title: "{0}"\n  institutions: "{1}"\n}}\n'
    yield (
        "a name has two spellings",
        _both(
            _writes("meta/2024/l1.prototxt", lab.format("L1", "Far Lab")),
            _writes("meta/2024/l2.prototxt", lab.format("L2", "far lab")),
        ),
    )
    yield "most papers have the other one", _writes("meta/2024/l3.prototxt", lab.format("L3", "far lab"))
    yield "it has a third spelling", _writes("meta/2024/l3.prototxt", lab.format("L3", "FAR LAB"))
    yield "one of them stands elsewhere", _writes("meta/2024/l2.prototxt", "\n" + lab.format("L2", "far lab"))
    yield (
        "all are written alike",
        _both(
            _writes("meta/2024/l2.prototxt", lab.format("L2", "Far Lab")),
            _writes("meta/2024/l3.prototxt", lab.format("L3", "Far Lab")),
        ),
    )
    yield "two folders differ in letter case", _writes("notes/2024/P03/other.txt", "x")
    yield "the later one goes", _writes("notes/2024/P03/other.txt", None)
    yield "two records differ in letter case", _writes("meta/2024/L1.prototxt", _titled("Other"))
    in_yaml = "paper: {title: L1, institutions: [Far Lab]}"
    yield (
        "the later one is written as YAML",
        _both(_writes("meta/2024/l1.yaml", in_yaml), _writes("meta/2024/l1.prototxt", None)),
    )
    yield (
        "they do no more",
        _both(_moves("meta/2024/L1.prototxt", "meta/2024/l1.prototxt"), _writes("meta/2024/l1.yaml", None)),
    )
    yield "two files have one key", _writes("meta/2024/l1.yaml", "paper: {title: Other}")
    yield "the first of them goes", _writes("meta/2024/l1.prototxt", None)
    named = 'baseline {{\n  methods: "2024/{0}"\n}}\nsame_work: "2024/{0}"\n'
    methods = 'baseline {\n  methods: "X1YZ"\n  methods: "2024/x1yz"\n}\n'
    yield (
        "two records name one that is not there",
        _both(
            _writes("meta/2024/l2.prototxt", _titled("L2", named.format("x1yz"))),
            _writes("meta/2024/l3.prototxt", _titled("L3", methods)),
        ),
    )
    yield "another comes that is nearly called so", _writes("meta/2024/x1y.prototxt", _titled("Near", "rating: 9\n"))
    yield "it is there in other letter case", _writes("meta/2024/X1YZ.prototxt", _titled("There"))
    yield (
        "it is named in a record with a remark",
        _writes("meta/2024/l2.prototxt", "# A remark.\n" + _titled("L2", named.format("x1yz"))),
    )
    yield "it is there", _moves("meta/2024/X1YZ.prototxt", "meta/2024/x1yz.prototxt")
    yield "it cannot be read", _writes("meta/2024/x1yz.prototxt", "paper {")
    yield "it is there again", _writes("meta/2024/x1yz.prototxt", _titled("There", 'url: "x"\n'))
    yield "it goes", _writes("meta/2024/x1yz.prototxt", None)
    abbreviated = 'paper {\n  title: "Abbreviated"\n  abbr: "X1YZ"\n}\n'
    yield "a record has it for an abbreviation", _writes("meta/2024/x1y.prototxt", abbreviated)
    yield "two have", _writes("meta/2024/x2.prototxt", abbreviated.replace("Abbreviated", "Two"))
    yield (
        "three have the same title",
        _both(
            _writes("meta/2024/x2.prototxt", _titled("Abbreviated")),
            _writes("meta/2024/x3.prototxt", _titled("abbreviated")),
        ),
    )
    yield "two say so", _writes("meta/2024/x3.prototxt", _titled("abbreviated", 'same_work: "2024/x2"\n'))
    yield "one stands on another line", _writes("meta/2024/x2.prototxt", "# A remark.\n" + _titled("Abbreviated"))
    same = 'same_work: "2024/x5"\n'
    yield (
        "two say that they are another's work, which is not there",
        _both(
            _writes("meta/2024/x2.prototxt", _titled("Abbreviated", same)),
            _writes("meta/2024/x3.prototxt", _titled("abbreviated", same)),
        ),
    )
    yield "it comes", _writes("meta/2024/x5.prototxt", _titled("X5"))
    at = 'note {{\n  url: "{0}"\n}}\ncover {{\n  url: "{1}"\n}}\n'
    yield "a note is not there", _writes("meta/2024/x3.prototxt", _titled("X3", at.format("nota.md", "cover.svg")))
    yield "one higher up is nearly called so", _writes("notes/2024/notb.md", "# Near\n")
    yield "one is nearly called so", _writes("notes/2024/x3/note.md", "# Near\n")
    yield "its name is that of another but for letter case", _writes("notes/2024/x3/NOTE.md", "# Near\n")
    yield "the other goes", _writes("notes/2024/x3/NOTE.md", None)
    yield "another is too", _writes("notes/2024/x3/notb.md", "# Near too\n")
    yield "it is there in other letter case", _writes("notes/2024/x3/Nota.md", "# There\n")
    yield "it is there higher up", _writes("notes/2024/nota.md", "# There\n")
    yield "its record goes", _writes("meta/2024/x3.prototxt", None)
    yield "its record cannot be read", _writes("meta/2024/x3.prototxt", "paper {")
    yield (
        "its record is there without a note",
        _writes("meta/2024/x3.prototxt", _titled("X3", 'note {\n  url: ""\n}\n')),
    )
    yield "a note's front matter is wrong", _writes("notes/2024/x3/note.md", "---\ndraft: []\n---\n# Near\n")
    yield (
        "its record is written as YAML",
        _both(
            _writes("meta/2024/x3.yaml", "paper: {title: X3}\nnote: {url: ''}\n"),
            _writes("meta/2024/x3.prototxt", None),
        ),
    )
    yield "another record of its stem cannot be read", _writes("meta/2023/nota.prototxt", "paper {")
    yield "it is gone", _writes("meta/2023/nota.prototxt", None)


def _links() -> Iterator[tuple[str, _Edit]]:
    """What a note links comes."""
    links = (
        "../x3",
        "../x3/note.md#two",
        "../x3/NOTB.md",
        "../x3/notc.md",
        "../../../meta/2024/X2.prototxt",
        "../../../meta/2024/x2.yaml",
        "../../../meta/2024/x4.prototxt",
        "../../../docs/y.md",
        "../../../meta/2024/q7.prototxt",
        "#here",
        "pic.svg",
    )
    text = "".join(f"[a]({link}) " for link in links) + "![a](pic.svg)\n"
    yield "a note links what is not there", _writes("notes/2024/links/a.md", text)
    alone = ("../../../meta/2024/X2.prototxt", "../x8", "../x3/note.md#two", "../x3/zebra.md", links[-3])
    each = [_writes(f"notes/2024/links/b{number}.md", f"[a]({link})\n") for number, link in enumerate(alone)]
    yield "others link one thing alone", _both(*each)
    yield "a file nearly called as one that is linked comes", _writes("notes/2024/x3/zebre.md", "# Z\n")
    yield "a folder of that name comes", _writes("notes/2024/x8/y.txt", "x")
    yield "a record nearly called as one that is linked comes", _writes("meta/2024/q8.prototxt", _titled("Q8"))
    yield "a heading comes", _writes("notes/2024/x3/note.md", "# Near\n\n## Two\n")
    yield "a heading nearly called so comes", _writes("notes/2024/x3/note.md", "# Near\n\n## Twoo\n")
    yield "an index comes to a folder", _writes("notes/2024/x3/index.md", "# Index\n")
    yield "a file comes", _writes("notes/2024/x3/notc.md", "# C\n")
    yield "a folder of that name comes", _writes("docs/y.md/z.md", "# Z\n")
    yield "a record of that name comes", _writes("meta/2024/x4.prototxt", _titled("X4"))
    yield (
        "a record has another suffix",
        _both(_writes("meta/2024/x2.prototxt", None), _writes("meta/2024/x2.yaml", "paper: {title: X2}")),
    )
    yield "a picture comes", _writes("notes/2024/links/pic.svg", COVER.format(3))
    yield "a heading comes to the note", _writes("notes/2024/links/a.md", text + "\n## Here\n")


def _nearly_called() -> Iterator[tuple[str, _Edit]]:
    """Folders come that lead nearest files elsewhere."""
    links = (
        "../x7z/aaa.md",
        "../w7/bbb.md",
        "../../1999/d8.md",
        "../../../meta/2014/q9qq.prototxt",
        "../../../meta/1999/d8.prototxt",
    )
    named = 'baseline {{\n  methods: "{0}"\n}}\n'
    yield (
        "what is named is nearly called as what lies in folders nearly called so",
        _both(
            _writes("notes/2024/x7y/aab.md", "# A\n"),
            _writes("notes/2024/w7/bbbb.md", "# B\n"),
            _writes("meta/2024/q9qz.prototxt", _titled("Q9qz")),
            _writes("meta/2024/q9.prototxt", _titled("Q9", named.format("2014/q9qq"))),
            _writes("meta/2024/q9a.prototxt", _titled("Q9a", named.format("1999/d8"))),
            *[_writes(f"notes/2024/links/c{number}.md", f"[a]({link})\n") for number, link in enumerate(links)],
        ),
    )
    yield "the folder comes and holds nothing alike", _writes("notes/2024/x7z/zzzzz.md", "# Z\n")
    yield "the year comes and holds nothing alike", _writes("meta/2014/zzzzz.prototxt", _titled("Z"))
    yield "the year holds something alike", _writes("meta/2014/q9q.prototxt", _titled("Q9q"))
    yield "it goes", _writes("meta/2014/q9q.prototxt", None)
    yield "the year goes", _writes("meta/2014/zzzzz.prototxt", None)
    yield "the folder goes", _writes("notes/2024/x7z/zzzzz.md", None)
    yield (
        "a file is a folder",
        _both(_writes("notes/2024/w7/bbbb.md", None), _writes("notes/2024/w7/bbbb.md/z.txt", "z")),
    )
    yield "the only file of a name comes", _writes("notes/2024/x8/d8.md", "# D\n")
    yield "it goes elsewhere", _moves("notes/2024/x8/d8.md", "notes/further/d8.md")
    yield "the only record of a name comes", _writes("meta/2024/d8.prototxt", _titled("D8"))
    yield "it has another year", _moves("meta/2024/d8.prototxt", "meta/2023/d8.prototxt")


def _both(*edits: _Edit) -> _Edit:
    def edit(root: Path, settings: Settings, options: Options) -> None:
        for each in edits:
            each(root, settings, options)

    return edit


def _empties(root: Path, *_: object) -> None:
    for folder in ("meta", "notes"):
        shutil.rmtree(root / folder)
        (root / folder).mkdir()


def _ends() -> Iterator[tuple[str, _Edit]]:
    """From an empty library to one of a paper and a note, and back."""
    yield "everything goes", _empties
    yield "the first record comes", _writes("meta/2024/A.prototxt", write_prototxt(full(0)))
    yield "the first note comes", _writes("notes/2024/B/note.md", "# First\n")
    yield "a second record comes", _writes("meta/2024/B.prototxt", _record(2))
    for day in (1_700_000_000, 1_700_086_400):
        yield "it has a day", _writes("meta/2024/B.prototxt", f"update_time: {day}\n{_record(2)}")
    for date in ("2024-02-01", "2023-11-15"):
        yield "another note has a day", _writes("notes/x.md", f"---\ndate: {date}\n---\n# X\n")
    yield "the first one breaks", _writes("meta/2024/A.prototxt", "paper {")
    yield "everything goes again", _empties
    alike = 'paper {\n  title: "Alike"\n  authors: "Wa"\n  authors: "Wb"\n  authors: "Wc"\n}\n'
    yield "two papers alike come", _both(*[_writes(f"meta/2024/{name}.prototxt", alike) for name in "XY"])
    for name in ("a third", "a fourth"):
        yield (
            f"{name} comes, which makes more of what the two share",
            _writes(f"meta/2024/{name}.prototxt", _titled(name)),
        )


def _with_options(**values: object) -> _Edit:
    def edit(_root: Path, settings: Settings, options: Options) -> _Configured:
        return settings, dataclasses.replace(options, **values)  # type: ignore[arg-type] # whatever it has

    return edit


def _with_settings(**values: object) -> _Edit:
    def edit(_root: Path, settings: Settings, options: Options) -> _Configured:
        return dataclasses.replace(settings, **values), options  # type: ignore[arg-type] # whatever it has

    return edit


def _options() -> Iterator[tuple[str, _Edit]]:
    """Each option of the site and of the library is another one."""
    yield "another name", _with_options(name="Another")
    yield "another language", _with_options(language=language("zh"))
    yield "stars", _with_options(badges=True)
    yield "longer pages", _with_options(page_size=50)
    yield "citation tags", _with_options(citation_tags=True, social=False, social_image="assets/a.png")
    yield "no website", _with_options(website=None)
    yield "a website without directories", _with_options(website=Website("https://example.net/", directory_urls=False))
    yield (
        "keywords in another order",
        _with_settings(
            keywords={"pruning": Keyword("pruning", "Pruning"), "kernels": Keyword("kernels", "Kernel code")}
        ),
    )
    yield "aliases", _with_settings(aliases={"venue": {"icml": "ICML"}})
    yield "a level", _with_settings(levels={})
    yield "what is left out", _with_settings(exclude=("meta/2020/*",))
