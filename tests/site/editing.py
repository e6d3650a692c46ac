"""Someone who edits a library at random, for the proofs that what is built after is what a fresh build gives."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX
from mkdocs_papers.records.read import read_record
from mkdocs_papers.records.schema import PaperInfo
from tests.edits import FIELDS, KEYS, MOST_VALUES, edited, full
from tests.sites import write_files
from tests.written import write_prototxt, write_yaml

CONFIG = """\
site_name: Test library
theme:
  name: material
  font: false
  custom_dir: overrides
plugins:
  - search
  - macros
  - papers:
      keywords:
        pruning: Pruning
        kernels: {label: Kernels, about: Close to the hardware.}
"""

HOME = """\
# Home

{{ papers_count() }} papers, the newest:

{{ papers_table(limit=3) }}

By Ann Lee: {{ papers_count(author="Ann Lee") }}.

{{ papers_chart("authors") }}

First {{ paper("2024/A") }}, then [its record](../meta/2024/A.prototxt) and [its note](../notes/2024/A/note.md).
"""

GUIDE = "# Guide\n\nSee [B's record](../meta/2023/B.prototxt), [all](papers/index.md) and [home](index.md).\n"

STEMS = KEYS
FULL = ("2021/Full", "2020/Whole")
"""Records with a value in every field, one in each format."""
VENUES = ("ICML", "ICLR", "")
AUTHORS = ("Ann Lee", "Bo Chen", "Li Wei")
WORDS = ("pruning", "kernels", "other")
COVER = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 1" width="{0}" height="1"><title>A</title></svg>\n'


def record(title: str, venue: str, author: str, word: str, baseline: str, *, cover: bool) -> str:
    """A record in the form people write by hand."""
    return (
        f'paper {{\n  title: "{title}"\n  abbr: "{title[:6].strip()}"\n  authors: "{author}"\n}}\n'
        f'pub {{\n  where: "{venue}"\n}}\nkeyword {{\n  words: {word}\n}}\n'
        f'baseline {{\n  methods: "{baseline}"\n}}\n' + ('cover {\n  url: "cover.svg"\n}\n' if cover else "")
    )


def note(text: str, other: str) -> str:
    """A note with links to a record and to another note, and math."""
    return (
        f"# Note\n\n{text} with $x^2$ and ![cover](cover.svg).\n\n"
        f"[record](../../../meta/{other}.prototxt), [note](../../{other}/note.md)\n"
    )


def start(root: Path) -> None:
    """Write the project that each test begins with."""
    write_files(
        root,
        {
            "mkdocs.yml": CONFIG,
            "docs/index.md": HOME,
            "docs/guide.md": GUIDE,
            "overrides/main.html": '{% extends "base.html" %}\n',
            "meta/2024/A.prototxt": record("Alpha paper", "ICML", "Ann Lee", "pruning", "2023/B", cover=True),
            "meta/2023/B.prototxt": record("Beta paper", "ICML", "Bo Chen", "kernels", "SGD", cover=False),
            "meta/2024/C.prototxt": record("Gamma paper", "ICLR", "Ann Lee", "other", "2024/A", cover=False),
            "notes/2024/A/note.md": note("First", "2023/B"),
            "notes/2024/A/cover.svg": COVER.format(1),
            "notes/2023/B/note.md": note("Second", "2024/A"),
        },
    )


def start_with_full(root: Path) -> None:
    """Write the project that each test begins with, and records with a value in every field."""
    start(root)
    files: dict[str, str | bytes] = {}
    for number, key in enumerate(FULL):
        content = full(number)
        name, text = ("yaml", write_yaml(content)) if number else ("prototxt", write_prototxt(content))
        files |= {f"meta/{key}.{name}": text, f"notes/{key}/note.md": note(f"Of {key}", STEMS[number])}
        files |= {f"notes/{key}/cover.svg": COVER.format(number + 1)}
    write_files(root, files)


def edit_field(root: Path, key: str, path: tuple[str, ...], choice: int) -> None:
    """Change one field of one record, whatever its format; where it is not there, or broken, one is made anew."""
    files = [root / f"meta/{key}{suffix}" for suffix in FORMATS_BY_SUFFIX]
    file = next((file for file in files if file.exists()), files[0])
    name = file.relative_to(root).as_posix()
    record = read_record(name, key, file.read_bytes()).record if file.exists() else None
    content = edited(record.info if record else PaperInfo(), path, choice)
    write_files(root, {name: (write_prototxt if file.suffix == ".prototxt" else write_yaml)(content)})


def differing(a: dict[str, bytes], b: dict[str, bytes]) -> list[str]:
    """The paths that two trees do not share with the same content."""
    return sorted(path for path in a.keys() | b.keys() if a.get(path) != b.get(path))


class Editor(RuleBasedStateMachine):
    """Someone edits a library: the rules of a state machine, which has to say what must hold after each."""

    def start(self) -> None:
        """Write the project."""
        self.folder = Path(tempfile.mkdtemp(prefix="papers-editing-"))
        self.root = self.folder / "project"
        start_with_full(self.root)
        self.steps = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name: str) -> Path:
        return self.root / name

    @rule(
        key=st.sampled_from(STEMS),
        title=st.sampled_from(("Alpha paper", "Beta paper", "A <b> & $x^2$ paper", "New paper")),
        venue=st.sampled_from(VENUES),
        author=st.sampled_from(AUTHORS),
        word=st.sampled_from(WORDS),
        baseline=st.sampled_from((*STEMS, "SGD")),
        cover=st.booleans(),
    )
    def write_record(
        self, *, key: str, title: str, venue: str, author: str, word: str, baseline: str, cover: bool
    ) -> None:
        text = record(title, venue, author, word, baseline, cover=cover)
        write_files(self.root, {f"meta/{key}.prototxt": text})

    @rule(
        key=st.sampled_from((*FULL, *STEMS)), path=st.sampled_from(list(FIELDS)), choice=st.integers(0, MOST_VALUES - 1)
    )
    def change_field(self, key: str, path: tuple[str, ...], choice: int) -> None:
        edit_field(self.root, key, path, choice)

    @rule(key=st.sampled_from((*FULL, *STEMS)))
    def delete_record(self, key: str) -> None:
        for suffix in FORMATS_BY_SUFFIX:
            self.path(f"meta/{key}{suffix}").unlink(missing_ok=True)

    @rule(key=st.sampled_from(STEMS), new=st.sampled_from(STEMS))
    def rename_record(self, key: str, new: str) -> None:
        if self.path(f"meta/{key}.prototxt").exists():
            self.path(f"meta/{new}.prototxt").parent.mkdir(parents=True, exist_ok=True)
            self.path(f"meta/{key}.prototxt").replace(self.path(f"meta/{new}.prototxt"))

    @rule(key=st.sampled_from(STEMS))
    def break_record(self, key: str) -> None:
        write_files(self.root, {f"meta/{key}.prototxt": 'paper {\n  title "broken"\n}\n'})

    @rule(key=st.sampled_from(STEMS), text=st.sampled_from(("One", "Two words", "稀疏")), other=st.sampled_from(STEMS))
    def write_note(self, key: str, text: str, other: str) -> None:
        write_files(self.root, {f"notes/{key}/note.md": note(text, other)})

    @rule(key=st.sampled_from(STEMS), draft=st.booleans())
    def write_front_matter(self, key: str, *, draft: bool) -> None:
        text = f"---\ntitle: Titled\ndraft: {str(draft).lower()}\nrender_macros: true\n---\n{{{{ papers_count() }}}}\n"
        write_files(self.root, {f"notes/{key}/note.md": text})

    @rule(key=st.sampled_from(STEMS))
    def delete_note(self, key: str) -> None:
        self.path(f"notes/{key}/note.md").unlink(missing_ok=True)

    @rule(key=st.sampled_from(STEMS), at=st.sampled_from(("x.md", "x/index.md", "x/README.md", "x/index.html")))
    def write_at_one_address(self, key: str, at: str) -> None:
        """Of several files that take the same address on the site, write one and delete the others."""
        shutil.rmtree(self.path(f"notes/{key}/x"), ignore_errors=True)
        self.path(f"notes/{key}/x.md").unlink(missing_ok=True)
        write_files(self.root, {f"notes/{key}/{at}": f"# From {at}\n\nWords of {at}.\n"})

    @rule(key=st.sampled_from(STEMS), width=st.integers(1, 3))
    def write_cover(self, key: str, width: int) -> None:
        write_files(self.root, {f"notes/{key}/cover.svg": COVER.format(width)})

    @rule(key=st.sampled_from(STEMS))
    def delete_cover(self, key: str) -> None:
        self.path(f"notes/{key}/cover.svg").unlink(missing_ok=True)

    @rule(text=st.sampled_from(("More.", "Other [link](../meta/2024/C.prototxt).", "{{ papers_count() }}")))
    def write_guide(self, text: str) -> None:
        write_files(self.root, {"docs/guide.md": f"{GUIDE}\n{text}\n"})

    @rule(title=st.sampled_from(("Guide", "Manual")))
    def retitle_guide(self, title: str) -> None:
        write_files(self.root, {"docs/guide.md": GUIDE.replace("# Guide", f"# {title}")})

    @rule(add=st.booleans())
    def add_or_delete_page(self, *, add: bool) -> None:
        if add:
            write_files(self.root, {"docs/more.md": "# More\n"})
        else:
            self.path("docs/more.md").unlink(missing_ok=True)

    @rule(text=st.sampled_from(("a", "b")))
    def write_asset(self, text: str) -> None:
        write_files(self.root, {"docs/asset.txt": text})

    @rule(label=st.sampled_from(("Pruning", "Cutting")))
    def change_configuration(self, label: str) -> None:
        write_files(self.root, {"mkdocs.yml": CONFIG.replace("pruning: Pruning", f"pruning: {label}")})

    @rule(text=st.sampled_from(("", "{% block extrahead %}<meta name=x>{% endblock %}\n")))
    def change_theme(self, text: str) -> None:
        write_files(self.root, {"overrides/main.html": '{% extends "base.html" %}\n' + text})

    @rule()
    def touch(self) -> None:
        self.path("docs/index.md").touch()


def steps(count: int) -> settings:
    """Settings for a machine whose every step takes a build: two short runs, and many long ones in `make soak`.

    Args:
        count: how many steps a long run has.
    """
    soak = settings.get_current_profile_name() == "soak"
    return settings(
        # The first run that Hypothesis makes up is the shortest there can be.
        max_examples=settings().max_examples // 50 if soak else 2,
        stateful_step_count=count if soak else count // 2,
        # Steps are short to read, and to shrink them takes minutes.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
