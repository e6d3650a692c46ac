"""What only the owner's preview shows: drafts, and problems in the words of whatever is wrong."""

import html.parser
from pathlib import Path

from tests import hostile, log
from tests.hostile_library import stems
from tests.site.libraries import PAIR
from tests.site.previews import Preview
from tests.sites import write_files

CONFIG = "site_name: Papers\ntheme: {name: mkdocs}\nplugins: [search, papers]\n"


class _Foreign(html.parser.HTMLParser):
    """Elements and attributes of a page's content that no template writes."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [name for name, _ in attrs if name.startswith("on")]
        acting = {"iframe", "object", "embed", "base", "marquee", "style", "img", "video", "body", "meta"}
        self.found += [tag] if tag in acting or (tag == "script" and "type" not in dict(attrs)) else []


def _preview(folder: Path, files: dict[str, str | bytes]) -> Preview:
    write_files(folder / "project", {"mkdocs.yml": CONFIG, "docs/index.md": "# Home\n\nWords.\n", **files})
    with log.collected():
        return Preview(folder / "project", folder / "site")


def test_problems_stand_on_the_pages_concerned(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "meta/2024/Quest.prototxt": 'paper { title: "Quest" url: " https://example.net/" }\nnote { url: "note.md" }\n',
        "meta/2024/Broken.prototxt": "paper {\n",
        "notes/2024/Quest/note.md": "# Quest\n\n![no](none.png)\n",
        "notes/draft.md": "---\ndraft: true\n---\n\n# Unfinished\n",
    }
    site = _preview(tmp_path, {**PAIR, **files}).site

    def text(path: str) -> str:
        return (site / path / "index.html").read_text(encoding="utf-8")

    assert "meta/2024/Quest.prototxt:1:29: " in text("papers/2024/Quest")
    assert "notes/2024/Quest/note.md:3:7: " in text("notes/2024/Quest/note")
    assert "meta/2024/Broken.prototxt:1:1: " in text("papers/2024/Broken")
    assert "papers-problems" not in text("papers/2023/SparQ")
    assert "Unfinished" in text("notes/draft")
    assert "Broken" not in text("papers")


def test_hostile_words_in_problems_stay_text(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for number, (vector, stem) in enumerate(zip(hostile.MARKUP, stems(), strict=False)):
        quoted = "".join(f"\\{ord(c):03o}" if ord(c) < 32 else f"\\{c}" if c in '"\\' else c for c in vector)
        fields = f'title: "{number}" url: "{quoted}" {"x" * 20}: "{quoted}"'
        files[f"meta/2024/{stem}.prototxt"] = f'paper {{ {fields} }}\nnote {{ url: "{quoted}" }} status: "{quoted}"\n'
        files[f"meta/2023/{stem}.yaml"] = f"paper: [{vector}\n"
        files[f"notes/2024/{stem}.md"] = f"# {number}\n\n[x](<{vector.replace(chr(10), ' ')}.md>)\n"
    site = _preview(tmp_path, files).site
    pages = [path for path in site.rglob("*.html") if path.name != "404.html"]
    noticed = 0
    for path in pages:
        text = path.read_text(encoding="utf-8")
        noticed += "papers-problems" in text
        if not path.is_relative_to(site / "notes"):
            content = text.partition('role="main">')[2].partition("<footer")[0]
        else:
            # A note's own words may be HTML.
            content = text.partition('class="admonition warning papers-problems"')[2].partition("</div>")[0]
        assert _Foreign(content).found == [], path
    assert noticed > 2 * len(hostile.MARKUP) - 40
