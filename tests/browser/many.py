"""A browse page of very many papers, without the minutes that building all their pages takes."""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from mkdocs_papers.library.load import load
from mkdocs_papers.library.model import Library, Paper
from mkdocs_papers.library.settings import Settings
from mkdocs_papers.pages.browse import INDEX, browse_index
from mkdocs_papers.pages.indices import indices
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.render import Renderer
from mkdocs_papers.pages.sources import Site
from tests.sites import ROOT, build_site

_ARTICLE = re.compile(r'(<article class="md-content__inner[^>]*>).*?(</article>)', re.DOTALL)
_SAME_PEOPLE = 0.35
"""Authors who also stand in other copies of the shipped library, of all."""


def many_papers(papers: int) -> Library:
    """A library of that many papers: the shipped one over and over, most of its people under other names each time."""
    shipped = load(Settings(ROOT))
    made = islice(_copies(shipped), papers)
    return Library({paper.key: paper for paper in sorted(made, key=lambda paper: paper.key)}, shipped.notes)


def _copies(shipped: Library) -> Iterator[Paper]:
    people = sorted({name for paper in shipped.papers.values() for name in paper.authors})
    first = [name.split()[0] for name in people]
    last = [name.split()[-1] for name in people]
    yield from shipped.papers.values()
    for number in count(1):
        dice = random.Random(number)
        names = {
            name: name if dice.random() < _SAME_PEOPLE else f"{dice.choice(first)} {dice.choice(last)}"
            for name in people
        }
        for position, paper in enumerate(shipped.papers.values()):
            yield replace(
                paper,
                key=f"{paper.key}-{number}",
                title=f"{paper.title} ({number})",
                abbreviation=f"{paper.abbreviation}-{number}" if paper.abbreviation else None,
                url=f"https://arxiv.org/abs/{2000 + number}.{position:05}",
                authors=tuple(dict.fromkeys(names[name] for name in paper.authors)),
                year=paper.year - number % 7,
            )


def build_many(folder: Path, papers: int) -> Path:
    """A built site whose browse page lists that many papers; they have no pages of their own.

    Args:
        folder: where the site's project goes.
        papers: how many.

    Returns:
        The site.
    """
    site = Site(many_papers(papers), Settings(ROOT), Options(language("en")))
    built = build_site(folder, {"meta/2024/One.yaml": "paper: {title: One}\n"}).site
    page = next(source for source in indices(site) if source.template == "browse.html")
    content = Renderer(language("en"), directory_urls=True).page(page)
    file = built / "papers" / "index.html"
    shell = file.read_text(encoding="utf-8")
    file.write_text(_ARTICLE.sub(lambda found: f"{found[1]}{content}{found[2]}", shell), encoding="utf-8")
    shutil.copytree(ROOT / "notes", built / "notes", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.md"))
    (built / INDEX).write_bytes(browse_index(site))
    return built
