"""The exports that there are."""

from __future__ import annotations

from mkdocs_papers.pages.exports.bibtex import bibtex
from mkdocs_papers.pages.exports.csl_json import csl_json
from mkdocs_papers.pages.exports.export import Export
from mkdocs_papers.pages.exports.papers_json import VERSION, papers_json
from mkdocs_papers.pages.exports.ris import LINE_END, ris
from mkdocs_papers.pages.exports.spreadsheet import LINE_END as ROW_END
from mkdocs_papers.pages.exports.spreadsheet import header, row

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
