"""Macros on pages of docs/, through mkdocs-macros-plugin."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from turbohtml import parse

from mkdocs_papers.site import macro_failures
from tests.linkcheck import DeadLink, dead_links
from tests.marked import defects_in, unmark
from tests.site.libraries import PAIR
from tests.sites import SITE_URL, Build, build_site, rebuild

ORDERS = (["search", "macros", "papers"], ["search", "papers", "macros"])
HOSTILE = "*b* [t](javascript:alert(1)) <img src=x onerror=alert(1)> | {{ 7*7 }} `c` #"


def _build(
    folder: Path,
    page: str,
    more: Mapping[str, str | bytes] | None = None,
    *,
    plugins: list[Any] | None = None,
    strict: bool = True,
) -> Build:
    files = {**PAIR, "docs/index.md": page, **(more or {})}
    config = {"plugins": plugins or ORDERS[0], "theme": {"name": "mkdocs"}}
    return build_site(folder, files, config, strict=strict)


def _dead_links(built: Build) -> list[DeadLink]:
    """The dead links, but for those that MkDocs' theme has on its error page."""
    return [dead for dead in dead_links(built.site, SITE_URL) if dead.page != "404.html"]


def _article(built: Build, path: str = "index.html") -> str:
    return built.text(path).partition('role="main">')[2].partition("<footer")[0]


@pytest.mark.parametrize("plugins", ORDERS, ids=["macros first", "papers first"])
def test_both_orders_twice_in_one_process(tmp_path: Path, plugins: list[str]) -> None:
    page = '# Home\n\n{{ papers_count() }} papers, {{ paper("2024/Quest") }} too.\n\n{{ papers_table(limit=1) }}\n'
    for round_ in ("first", "second"):
        built = _build(tmp_path / round_, page, plugins=plugins)
        article = _article(built)
        assert "2 papers, " in article
        assert re.search(r'<a class="papers-link[^>]*href="papers/2024/Quest/"[^>]*>.*?Quest</a>', article)
        assert article.count('<tr data-paper="') == 1
        assert '<tr data-paper="2024/Quest"' in article
        assert _dead_links(built) == []


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_links_from_deeper_pages(tmp_path: Path, *, directory_urls: bool) -> None:
    page = '# C\n\n{{ paper("2024/Quest", "that one") }}\n\n{{ papers_table() }}\n'
    config = {"plugins": ORDERS[0], "theme": {"name": "mkdocs"}}
    files = {**PAIR, "docs/index.md": "# Home\n", "docs/a/b/c.md": page}
    built = build_site(tmp_path, files, config, directory_urls=directory_urls)
    assert _dead_links(built) == []
    article = _article(built, "a/b/c/index.html" if directory_urls else "a/b/c.html")
    assert ">that one</a>" in article
    assert article.count('<tr data-paper="') == 2


def test_without_the_macros_plugin_all_else_works(tmp_path: Path) -> None:
    built = _build(tmp_path, "# Home\n\n{{ papers_count() }}\n", plugins=["papers"])
    assert "{{ papers_count() }}" in _article(built)
    assert "papers/2024/Quest/index.html" in built.paths()


def test_filters(tmp_path: Path) -> None:
    counts = {
        'venue="ICML"': 2,
        'venue="icml", year=2024': 1,
        "year=2023": 1,
        'keyword="kv_cache"': 2,
        'author="Song Han"': 1,
        'institution="MIT", keyword="sparse_attention"': 1,
        "venue=None": 2,
    }
    pages = {
        f"docs/p{number}.md": f"# Page\n\n{{{{ papers_count({call}) }}}}.\n\n{{{{ papers_table({call}) }}}}\n"
        for number, call in enumerate(counts)
    }
    built = _build(tmp_path, "# Home\n", pages)
    for number, count in enumerate(counts.values()):
        article = _article(built, f"p{number}/index.html")
        assert f"{count}." in article
        assert article.count('<tr data-paper="') == count


class TestPlaces:
    def test_in_headings_lists_and_tables(self, tmp_path: Path) -> None:
        page = """\
# {{ papers_count() }} papers and {{ paper("2024/Quest") }}

## On {{ paper("2023/SparQ") }}

- one: {{ paper("2024/Quest") }}
- {{ papers_count(year=2024) }}

| name | count |
|---|---|
| {{ paper("2024/Quest") }} | {{ papers_count() }} |
"""
        built = _build(tmp_path, page)
        text = built.text("index.html")
        assert "\ue000" not in text
        assert "2 papers and Quest</a>" in built.text("papers/index.html")
        assert re.search(r'<h1 id="[^"]*">2 papers and <a class="papers-link', text)
        assert re.search(r"<td><a class=\"papers-link[^>]*>.*?</a>.*?</td>\s*<td>2</td>", text, re.DOTALL)
        assert ' class="nav-link">On SparQ</a>' in text
        assert _dead_links(built) == []

    def test_a_heading_has_the_anchor_of_its_words(self, tmp_path: Path) -> None:
        page = """\
# Home

[there](#on-sparq-2-papers)

## On {{ paper("2023/SparQ") }}: {{ papers_count() }} papers

## {{ paper("2024/Quest") }}

## {{ paper("2024/Quest", "A <b> & more") }}

## Quest

## Plain words
"""
        built = _build(tmp_path, page)
        anchors = re.findall(r'<h2 id="([^"]*)">', built.text("index.html"))
        assert anchors == ["on-sparq-2-papers", "quest", "a-b-more", "quest_1", "plain-words"]
        assert 'href="#on-sparq-2-papers" class="nav-link"' in built.text("index.html")
        assert _dead_links(built) == []

    def test_a_heading_has_the_anchor_that_the_site_wants(self, tmp_path: Path) -> None:
        config = """\
site_name: Test
theme: mkdocs
plugins: [macros, papers]
markdown_extensions:
  - toc:
      slugify: !!python/name:markdown.extensions.toc.slugify_unicode
      permalink: true
"""
        page = '# Home\n\n## On {{ paper("2024/Quest", "注意力") }}\n'
        built = build_site(tmp_path, {**PAIR, "mkdocs.yml": config, "docs/index.md": page})
        assert '<h2 id="on-注意力">' in built.text("index.html")
        assert 'href="#on-注意力" title="Permanent link"' in built.text("index.html")

    def test_inside_a_tag_only_words_stand(self, tmp_path: Path) -> None:
        page = '# Home\n\n<p title="{{ paper("2024/Quest") }}">x</p>\n\n![{{ paper("2024/Quest") }}](x.png)\n'
        article = _article(_build(tmp_path, page, {"docs/x.png": ""}))
        assert '<p title="Quest">' in article
        assert 'alt="Quest"' in article

    def test_in_code(self, tmp_path: Path) -> None:
        article = _article(_build(tmp_path, "# Home\n\n`{{ papers_count() }}`\n\n```\n{{ papers_count() }} x\n```\n"))
        assert "<code>2</code>" in article
        assert "2 x" in article

    def test_the_title_of_the_front_matter(self, tmp_path: Path) -> None:
        built = _build(tmp_path, "# Home\n", {"docs/a.md": "---\ntitle: All {{ papers_count() }}\n---\n\nText\n"})
        assert "All 2</a>" in built.text("index.html")


class TestFailures:
    PAGES = (
        ('# H\n\n{{ «macro»paper("2024/Qest") }}\n', "did you mean '2024/Quest'?"),
        ('# H\n\n{{ paper("2024/Quest") }}, {{ «macro»paper("2024/Qest") }}\n', "there is no paper '2024/Qest'"),
        ('---\ntitle: T\nx: 1\n---\n\n# H\n\nText {{ «macro»papers_count(venue="ICMLL") }}\n', "did you mean 'ICML'?"),
        ('# H\n\n\n- x {{ «macro»papers_table(venu="ICML") }}\n', "did you mean 'venue'?"),
        ('# H\n\n{{ «macro»papers_table(limit="many") }}\n', "limit is 'many'"),
        ('# H\n\n{{ «macro»papers_chart("venus") }}\n', "did you mean 'venues'?"),
        ("# H\n\n{{ «macro»papers_chart(limit=-1) }}\n", "limit is -1"),
        ("# H\n\n{{ «macro»papers_newest(limit=1.5) }}\n", "limit is 1.5"),
        ('# H\n\n{{ «macro»papers_newest(author="Song Hna") }}\n', "did you mean 'Song Han'?"),
        ('# H\n\n{{ «macro»notes_newest(limit="x") }}\n', "limit is 'x'"),
        ("# H\n\n{{ «macro»papers_home(1) }}\n", "papers_home() takes 1 positional argument"),
        ('# H\n\n{{ «macro»papers_table("ICML") }}\n', "papers_table() takes 1 positional argument"),
        ("# H\n\n{{ «macro»paper() }}\n", "missing 1 required positional argument: 'key'"),
        ("# H\n\nText\n{{ «macro»papers_tabel() }}\n", "did you mean 'papers_table'?"),
        ("# H\n\n«macro»{{ 1 / 0 }}\n", "ZeroDivisionError: division by zero"),
        ("# H\n\n«macro»{{ papers_count( }}\n", "the template cannot be read"),
        ("# H\n\nx\n\n«macro»{% for x in y %}\n", "the template cannot be read"),
        ("# H\r\n\r\n中文 {{ «macro»paper('x') }}\r\n", "a key is a year and a file name"),
        ('# {{ «macro»paper("2024/Qest") }}\n\nText\n', "did you mean '2024/Quest'?"),
        ('---\ntitle: «macro»T {{ paper("2024/Qest") }}\n---\n\nText\n', "did you mean '2024/Quest'?"),
        ('# H\n\n{{ «macro»paper("x/y") }} {{ «macro»paper("x/y") }}\n', "there is no paper 'x/y'"),
    )
    """Pages with what goes wrong on them, and what is said of it."""

    def test_one_problem_each_at_its_place(self, tmp_path: Path) -> None:
        pages = unmark({f"docs/p{number:02}.md": page for number, (page, _) in enumerate(self.PAGES)})
        built = _build(tmp_path, "# Home\n", pages.files, strict=False)
        assert defects_in(built.messages) == pages.defects
        assert len(built.warnings) == len(pages.defects)
        for number, (page, said) in enumerate(self.PAGES):
            warnings = [line for line in built.warnings if f"docs/p{number:02}.md" in line]
            assert said in warnings[0]
            assert len(warnings) == page.count("«")
            text = built.text(f"p{number:02}/index.html")
            assert "Traceback" not in text
            assert "\ue000" not in text

    def test_what_never_ends_is_stopped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(macro_failures, "LONGEST_RENDERED", 10_000)
        monkeypatch.setattr(macro_failures, "MOST_SECONDS", 1)
        loop = "{% for x in range(10**6) %}{% for y in range(10**6) %}"
        pages = unmark({
            "docs/p00.md": f"# H\n\n«macro»{loop}x{{% endfor %}}{{% endfor %}}\n",
            "docs/p01.md": f"# H\n\n«macro»{loop}{{{{ '' }}}}{{% endfor %}}{{% endfor %}}\n",
            "docs/p02.md": f"# H\n\n«macro»{loop}{{% endfor %}}{{% endfor %}}\n",
            "docs/p03.md": "# H\n\n{{ papers_count() }} papers\n",
        })  # fmt: skip
        built = _build(tmp_path, "# Home\n", pages.files, strict=False)
        assert defects_in(built.messages) == pages.defects
        said = ["more than 10,000 characters", "more than 10,000 characters", "more than 1 seconds"]
        assert [words in line for words, line in zip(said, sorted(built.warnings), strict=True)] == [True] * 3
        assert "2 papers" in _article(built, "p03/index.html")

    def test_strict_mode_fails(self, tmp_path: Path) -> None:
        with pytest.raises(AssertionError, match="there is no paper 'x'"):
            _build(tmp_path, "# Home\n\n{{ paper('x') }}\n")

    def test_a_level_of_the_owners(self, tmp_path: Path) -> None:
        plugins = ["macros", {"papers": {"levels": {"macro": "off"}}}]
        assert _build(tmp_path, "# Home\n\n{{ paper('x') }}\n", plugins=plugins).warnings == ()

    def test_a_macro_of_the_sites_own(self, tmp_path: Path) -> None:
        module = "def define_env(env):\n    @env.macro\n    def broken(x):\n        raise ValueError('no ' + x)\n"
        built = _build(tmp_path, "# Home\n\n\n{{ broken('luck') }}\n", {"main.py": module}, strict=False)
        assert defects_in(built.messages) == [("macro", "docs/index.md", 4, 1)]
        assert "ValueError: no luck" in built.warnings[0]
        assert len(built.warnings) == 1

    @pytest.mark.parametrize("template", ["{{ 1 / 0 }}", "{% for x in range(10**9) %}{% endfor %}"])
    def test_the_macros_plugins_own_way_of_failing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
    ) -> None:
        monkeypatch.setattr(macro_failures, "MOST_SECONDS", 1)
        plugins = ["search", {"macros": {"on_error_fail": True}}, "papers"]
        with pytest.raises(SystemExit):
            _build(tmp_path, f"# Home\n\n{template}\n", plugins=plugins, strict=False)

    def test_a_note_that_asks_for_macros(self, tmp_path: Path) -> None:
        note = '---\nrender_macros: true\n---\n\n# Quest\n\n{{ papers_count() }} papers, {{ paper("x") }}\n'
        built = _build(tmp_path, "# Home\n", {"notes/2024/Quest/note.md": note}, strict=False)
        assert defects_in(built.messages) == [("macro", "notes/2024/Quest/note.md", 7, 33)]
        assert "2 papers, " in built.text("notes/2024/Quest/note/index.html")


def _named(title: str) -> dict[str, str]:
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    paper = f'paper {{ title: "{escaped}" abbr: "{escaped}" }}\n'
    return {"meta/2024/Hostile.prototxt": f'{paper}pub {{ where: "{escaped}" }}\n'}


class TestHostileTitles:
    PAGES = (
        '# H\n\n{{ paper("2024/Hostile") }}\n',
        "# H\n\n{{ papers_table(limit=2, year=2024) }}\n",
        '# {{ paper("2024/Hostile") }}\n',
        '# H\n\n| a |\n|---|\n| {{ paper("2024/Hostile") }} |\n',
        '# H\n\n[{{ paper("2024/Hostile") }}]({{ paper("2024/Hostile") }})\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title }}\n',
        "# H\n\n{% for p in library.papers.values() %}\n- {{ p.title }}: {{ p.venue | upper }}\n{% endfor %}\n",
        '# H\n\n{{ library.papers["2024/Hostile"] }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].record.info.paper.title ~ "" }}\n',
        '# H\n\n{{ library.papers.values() | map(attribute="title") | join(", ") }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title + "!" }}\n',
        '# H\n\n{{ "%s" | format(library.papers["2024/Hostile"].title) }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title | striptags }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title | wordwrap(5) }} 7*7\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title.encode() }} 7*7\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title.encode().decode() }}\n',
        "# H\n\n{{ library.papers }}\n",
        '# H\n\n{{ library.papers.values() | groupby("venue") }}\n',
        "# H\n\n{{ library }} 7*7\n",
        '# H\n\n{{ library.papers["2024/Hostile"].title | e }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title | truncate(78, true) }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title | upper | lower | trim }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title[2:] }} {{ library.papers["2024/Hostile"].title[3] }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title.split("|")[1] }}\n',
        '# H\n\n{{ library.papers["2024/Hostile"].title.replace("<", "(") | replace("`", "~") }}\n',
        '# H\n\n{{ papers_table(venue=library.papers["2024/Hostile"].venue) }} 7*7\n',
        '# H\n\n{{ papers_table(venue=library.papers["2024/Hostile"].venue ~ "") }} 7*7\n',
        '# H\n\n{{ papers_newest(venue=library.papers["2024/Hostile"].venue | trim) }} 7*7\n',
        '# H\n\n{{ papers_newest(venue=library.papers["2024/Hostile"].venue | string) }} 7*7\n',
    )

    def test_stay_text(self, tmp_path: Path) -> None:
        pages = {f"docs/p{number:02}.md": page for number, page in enumerate(self.PAGES)}
        hostile = _build(tmp_path / "hostile", "# Home\n", {**pages, **_named(HOSTILE)})
        plain = _build(tmp_path / "plain", "# Home\n", {**pages, **_named("Plain title")})
        for number, page in enumerate(self.PAGES):
            article, expected = (_article(built, f"p{number:02}/index.html") for built in (hostile, plain))
            assert re.findall(r"<[a-z][a-z0-9]*", article) == re.findall(r"<[a-z][a-z0-9]*", expected), page
            assert "7*7" in html.unescape(article), page
            # Where in memory something lies is another place in each build.
            assert " at 0x" not in html.unescape(article), page

    @pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
    def test_stay_text_around_the_page_too(self, tmp_path: Path, theme: str) -> None:
        value, link = "{{ library.papers['2024/Hostile'].title }}", "{{ paper('2024/Hostile') }}"
        pages = {
            "docs/a.md": f"# {value}\n\n## {value}\n",
            "docs/b.md": f"# On {link}\n\n## {link}\n",
            "docs/c.md": f'---\ntitle: "{value}"\n---\n\nText.\n',
            "docs/d.md": f'---\ntitle: "{link}"\n---\n\nText.\n',
        }
        titles = ["</title><script>alert(1)</script>", "Plain title"]
        config = {"plugins": ORDERS[0], "theme": {"name": theme, "features": ["navigation.footer"]}}
        hostile, plain = (
            build_site(tmp_path / str(number), {**PAIR, **pages, **_named(title)}, config)
            for number, title in enumerate(titles)
        )
        for page in "abcd":
            found = [list(parse(built.text(f"{page}/index.html")).iter_elements()) for built in (hostile, plain)]
            assert [each.tag for each in found[0]] == [each.tag for each in found[1]]
            shown = next(each.text for each in found[0] if each.tag == "title")
            # Material prints the title of the front matter as it stands there.
            assert titles[0] in shown or (page in "cd" and theme == "material")

    def test_a_title_that_looks_like_a_token_inside_a_tag(self, tmp_path: Path) -> None:
        page = """\
# H

{{ papers_chart("venues") }}

<p title="{{ paper('2024/Hostile') }}">x</p> ![{{ paper("2024/Hostile") }}](x.png "{{ paper('2024/Hostile') }}")
"""
        # As the tokens were before they had anything of the run in them.
        titles = ["\ue000papers-0\ue001", "Plain title"]
        built = [_build(tmp_path / str(n), page, {"docs/x.png": "", **_named(title)}) for n, title in enumerate(titles)]
        elements = [re.findall(r"<[a-z][a-z0-9]*", _article(each)) for each in built]
        assert elements[0] == elements[1]
        assert 'title="\ue000papers-0\ue001"' in _article(built[0])

    def test_no_two_runs_have_the_same_tokens(self, tmp_path: Path) -> None:
        page = "# H\n\n{{ seen(paper('2024/Quest')) }}\n"
        seen: list[str] = []
        module = (
            "from pathlib import Path\ndef define_env(env):\n    @env.macro\n    def seen(x):\n"
            "        Path(__file__).with_name('seen').write_text(x, encoding='utf-8')\n        return x\n"
        )
        for number in range(2):
            _build(tmp_path / str(number), page, {"main.py": module})
            seen.append((tmp_path / str(number) / "seen").read_text(encoding="utf-8"))
        assert len(set(seen)) == 2

    def test_addresses_can_be_linked(self, tmp_path: Path) -> None:
        page = """\
# H

{% set paper = library.papers["2024/Hostile"] %}
<{{ paper.note.address }}>, [link]({{ paper.url }}), <a href="{{ paper.url }}">raw</a>, {{ paper.url }}
"""
        address = "https://example.net/a_b_c*d*(e)[f]'g?h=i&copy=j$k$~~l~~++m++#n"
        record = f'paper {{ title: "T" url: "{address}" }}\nnote {{ url: "{address}" }}\n'
        article = _article(_build(tmp_path, page, {"meta/2024/Hostile.prototxt": record}))
        assert [html.unescape(link) for link in re.findall(r'<a href="([^"]*)"', article)] == [address] * 3
        assert address in html.unescape(re.sub(r"<[^>]*>", "", article).split(",")[-1])

    def test_the_variable_compares_as_written(self, tmp_path: Path) -> None:
        page = """\
# H

{% for paper in library.papers.values() if paper.venue == "AT&T *Labs*" %}{{ paper.key }}{% endfor %},
{{ "AT&T" in library.papers["2024/Hostile"].venue }}, {{ library.papers | length }},
{{ "2024/Hostile" in library.papers }}, {% for key in library.papers %}{{ library.papers[key].year }}, {% endfor %}
"""
        text = html.unescape(_article(_build(tmp_path, page, _named("AT&T *Labs*"))))
        assert "2024/Hostile, True, 3, True, 2023, 2024, 2024," in " ".join(text.split())

    def test_the_variable_is_cut_and_changed_as_written(self, tmp_path: Path) -> None:
        page = """\
# H

{% set venue = library.papers["2024/Hostile"].venue %}
{{ venue | length }}; {{ venue[3:5] }}; {{ venue | upper }}; {{ venue | truncate(8, true, "…", 0) }};
{{ venue.split("&")[1] }}; {{ venue | replace("Labs", "<b>") }}; {{ venue.startswith("AT&") }}; {{ venue | first }};
{{ venue | e }}; {{ venue | striptags }}; {{ venue.find("*") }}; {{ venue | list | length }};
{{ venue | wordcount }}; {{ venue | lower | title }}; {{ venue | urlencode }}; {{ venue | wordwrap(6) }};
{{ library.papers["2024/Hostile"].key[:4] | int }}; {{ venue | float(2) }}
"""
        article = _article(_build(tmp_path, page, _named("AT&T *Labs*")))
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", article)).split())
        assert (
            "11; T ; AT&T *LABS*; AT&T *L…; T *Labs*; AT&T *<b>*; True; A; AT&T *Labs*; AT&T *Labs*; 5; 11;"
        ) in text
        assert "; 3; At&t *labs*; AT%26T%20%2ALabs%2A; AT&T *Labs*; 2024; 2" in text


def test_a_second_build_of_the_same_folder(tmp_path: Path) -> None:
    first = _build(tmp_path, "# Home\n\n{{ papers_count() }} papers\n")
    again = rebuild(tmp_path)
    assert _article(again) == _article(first)
