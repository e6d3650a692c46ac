from __future__ import annotations

from mkdocs_papers.records.suggest import did_you_mean, nearest


def test_nearest() -> None:
    known = ("title", "abbr", "url", "authors")
    assert nearest("titel", known) == "title"
    assert nearest(" TITLE ", known) == "title"
    assert nearest("autor", known) == "authors"
    assert nearest("zzz", known) is None
    assert nearest("", known) is None
    assert nearest("title" * 100, known) is None


def test_the_first_of_equals_wins() -> None:
    assert nearest("quest", ("Quest", "QUEST")) == "Quest"


def test_did_you_mean() -> None:
    assert did_you_mean("reed", ("read", "reading")) == "did you mean 'read'?"
    assert did_you_mean("x", ("read",)) == ""
