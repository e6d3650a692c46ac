"""``mkdocs-papers export``: papers for another program, as the site's own exports hold them."""

import argparse
import sys
from pathlib import Path

from mkdocs_papers.command.configuration import read_configuration, read_settings
from mkdocs_papers.command.known import known_paper
from mkdocs_papers.command.progress import read_library
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.language import language
from mkdocs_papers.pages.page_inputs import Options
from mkdocs_papers.pages.sources import Site

FORMATS = {export.name: export for export in EXPORTS}

DESCRIPTION = (
    "Write papers in the format of another program, in order of key. Records that cannot be read are "
    "left out. Exits with 2 where a paper that was asked for is not there."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "keys", nargs="*", help="export these papers only, such as 2024/Quest; their order is the library's"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default="bibtex", help="what to write (bibtex)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it (standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Export papers of a library."""
    settings = read_settings(arguments.config)
    directory_urls = read_configuration(arguments.config).get("use_directory_urls") is not False
    library = read_library(settings)
    wanted = {known_paper(key, library, settings).key for key in arguments.keys} or library.papers.keys()
    papers = [paper for key, paper in library.papers.items() if key in wanted]
    site = Site(library, settings, Options(language("en"), directory_urls=directory_urls))
    content = FORMATS[arguments.format].content(papers, site)
    if arguments.output is None:
        sys.stdout.buffer.write(content)
    else:
        arguments.output.write_bytes(content)
    if library.unreadable:
        left_out = ", ".join(library.unreadable)
        print(f"left out, for their records cannot be read: {left_out}; see mkdocs-papers check", file=sys.stderr)
    return 0
