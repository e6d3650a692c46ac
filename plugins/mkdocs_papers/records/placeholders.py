"""Placeholders: what a template puts where a value belongs."""

import re

_PLACEHOLDER = re.compile(
    r"""
      (?i: inst(?:itution|itute)? | affiliation | university | author | keyword | method ) [\s_-]? [0-9]{1,2}
    | (?i: to-?do | tb[ad] | fix-?me | x{3,9} | placeholder | lorem\ ipsum | \?{2,9} | \.{3} | … )
    | (?: TODO | FIXME ) \b .*
    """,
    re.VERBOSE | re.DOTALL,
)


def is_placeholder(value: str) -> bool:
    """Whether a value, without the space around it, only says that one is wanted: ``inst1``, ``TODO``, ``xxx``."""
    return _PLACEHOLDER.fullmatch(value) is not None
