"""What holds for every export."""

from pathlib import Path

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Paper
from mkdocs_papers.pages.exports.export import Export
from mkdocs_papers.pages.exports.registry import EXPORTS
from tests.pages.papers import FULL, libraries, paper, site, text_of

GOLDEN = Path(__file__).parent / "golden"

each = pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)


def cut(text: str, export: Export, wanted: list[int]) -> str:
    """The wanted entries of a file, as the package's docstring tells a client to cut them out."""
    entries = text[len(export.opening) : len(text) - len(export.closing)].split(export.separator)
    return export.opening + export.separator.join(entries[n] for n in wanted) + export.closing


@given(papers=libraries)
def test_a_file_is_its_entries_of_which_a_client_cuts_out_any(papers: tuple[Paper, ...]) -> None:
    context = site(*papers)
    for export in EXPORTS:
        entries = [export.entry(paper, context) for paper in papers]
        text = text_of(export, papers, context)
        assert text == export.opening + export.separator.join(entries) + export.closing
        assert not any(export.separator in entry for entry in entries), export.name
        for wanted in ([], [*range(0, len(papers), 2)], [*range(len(papers))][::-1][:2]):
            assert cut(text, export, wanted) == text_of(export, [papers[n] for n in wanted], context)


@given(papers=libraries)
def test_no_file_has_line_ends_but_its_own(papers: tuple[Paper, ...]) -> None:
    context = site(*papers)
    for export in EXPORTS:
        text = text_of(export, papers, context)
        end = "\r\n" if export.name in {"csv", "ris"} else "\n"
        assert text.splitlines() == text.removesuffix(end).split(end), export.name


def test_a_spreadsheet_says_that_it_is_utf8_and_nothing_else_does() -> None:
    mark = b"\xef\xbb\xbf"
    assert [export.name for export in EXPORTS if content(export).startswith(mark)] == ["csv"]
    assert all(content(export).count(mark) <= 1 for export in EXPORTS)


def test_each_export_has_a_name_and_a_file_of_its_own() -> None:
    assert len({export.name for export in EXPORTS}) == len({export.file for export in EXPORTS}) == len(EXPORTS)


@each
def test_golden(export: Export) -> None:
    """One look at each format, complete.

    After a change that is meant: ``python -m tests.pages.exports.test_exports``.
    """
    assert content(export) == (GOLDEN / Path(export.file).name).read_bytes()


def content(export: Export) -> bytes:
    papers = (paper("1999/Týr", title="Týr", authors=("Zoë de la Cruz",), venue=None), FULL)
    return export.content(papers, site(*papers))


if __name__ == "__main__":
    for export in EXPORTS:
        (GOLDEN / Path(export.file).name).write_bytes(content(export))
