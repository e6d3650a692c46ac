"""The exports that there are, and the files that they make of a library."""

import itertools
from collections.abc import Mapping

from mkdocs_papers.incremental.database import Database, table, transient
from mkdocs_papers.incremental.operators import Each
from mkdocs_papers.pages.exports.bibtex import bibtex
from mkdocs_papers.pages.exports.csl_json import csl_json
from mkdocs_papers.pages.exports.export import Export
from mkdocs_papers.pages.exports.papers_json import VERSION, papers_json
from mkdocs_papers.pages.exports.ris import LINE_END, ris
from mkdocs_papers.pages.exports.spreadsheet import LINE_END as ROW_END
from mkdocs_papers.pages.exports.spreadsheet import header, row
from mkdocs_papers.pages.paging import in_parts
from mkdocs_papers.views import groups
from mkdocs_papers.views.view_inputs import PAPERS

EXPORTS: tuple[Export, ...] = (
    Export(
        "bibtex", "BibTeX", "exports/papers.bib", "application/x-bibtex", bibtex,
        opening="", separator="\n\n", closing="\n",
    ),
    Export(
        "csl-json", "CSL-JSON", "exports/papers.csl.json", "application/vnd.citationstyles.csl+json", csl_json,
        opening="[\n", separator=",\n", closing="\n]\n",
    ),
    Export(
        "ris", "RIS", "exports/papers.ris", "application/x-research-info-systems", ris,
        opening="", separator=LINE_END * 2, closing=LINE_END,
    ),
    Export(
        "csv", "CSV", "exports/papers.csv", "text/csv", row,
        opening=header() + ROW_END, separator=ROW_END, closing="", encoding="utf-8-sig",
    ),
    Export(
        "json", "JSON", "papers.json", "application/json", papers_json,
        opening=f'{{"version": {VERSION}, "papers": [\n', separator=",\n", closing="\n]}\n",
    ),
)  # fmt: skip


@transient
def _entries(db: Database, key: str) -> tuple[bytes, ...]:
    """A paper in each format."""
    paper = groups.dated_paper(db, key)
    return tuple([export.encoded(paper, db) for export in EXPORTS])


@table
def _parts(db: Database) -> Mapping[str, tuple[str, ...]]:
    return in_parts(PAPERS.names(db))


@transient
def _part(db: Database, first: str) -> tuple[bytes, ...]:
    """The papers of a part in each format."""
    columns = zip(*[_entries(db, key) for key in _parts.at(db, first)], strict=True)
    return tuple([export.between.join(column) for export, column in zip(EXPORTS, columns, strict=True)])


_each_part: Each[[], str, tuple[bytes, ...]] = Each(_part, _parts.names)


@transient
def export_files(db: Database) -> tuple[tuple[str, tuple[bytes, ...]], ...]:
    """Path below the site's root, and content in parts, of all papers in each format."""
    parts = _each_part(db).values()
    columns = zip(*parts, strict=True) if parts else itertools.repeat(())
    return tuple([(export.file, export.around(column)) for export, column in zip(EXPORTS, columns, strict=False)])
