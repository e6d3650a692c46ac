"""``mkdocs-papers schema``: the schema of records, as a ``.proto`` file or as JSON Schema."""

import argparse
import sys
from pathlib import Path

from mkdocs_papers.command.configuration import ConfigurationError, read_settings
from mkdocs_papers.records.json_schema import json_schema
from mkdocs_papers.records.proto import proto_file

DESCRIPTION = (
    "Print the schema of records as a .proto file, for programs that read records with protobuf, or as "
    "JSON Schema, for editors that complete and check records in YAML. "
    "Exits with 2 where the configuration cannot be used or a keyword cannot be a value of an enum."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--format", choices=("proto", "json-schema"), default="proto", help="what to print (proto)")
    parser.add_argument(
        "--keywords",
        choices=("string", "enum"),
        default="string",
        help="whether keywords are any strings, or the configuration's keywords (string); in JSON Schema these are "
        "offered, and others are allowed",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it (standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    enum = arguments.keywords == "enum"
    if arguments.format == "json-schema":
        text = json_schema(tuple(read_settings(arguments.config).keywords) if enum else ())
    else:
        text = _proto_file(arguments.config if enum else None)
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return 0


def _proto_file(config: Path | None) -> str:
    """The schema as a ``.proto`` file, with the keywords of a configuration as an enum."""
    keywords = tuple(read_settings(config).keywords) if config else ()
    if config and not keywords:
        raise ConfigurationError(f"{config}: option 'keywords': it lists none, so there is no enum to make")
    try:
        return proto_file(keywords)
    except ValueError as error:
        raise ConfigurationError(f"{config}: option 'keywords': {error}; use --keywords string") from error
