"""The style sheets are joined into one: a rule for one page must not reach what other pages call the same."""

import re
from pathlib import Path

import mkdocs_papers

PACKAGE = Path(mkdocs_papers.__file__).parent
CLASS = re.compile(r"papers-[\w-]+")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{};]+)\{")


def test_rules_for_browsing_name_what_only_that_page_has() -> None:
    elsewhere = {
        name
        for path in (PACKAGE / "templates" / "papers").glob("*.html")
        if path.name != "browse.html"
        for name in CLASS.findall(path.read_text(encoding="utf-8"))
    }
    text = COMMENT.sub("", (PACKAGE / "assets" / "browse.css").read_text(encoding="utf-8"))
    rules = [found for selectors in SELECTORS.findall(text) if (found := CLASS.findall(selectors))]
    assert len(rules) > 50
    assert [names for names in rules if elsewhere.issuperset(names)] == []
