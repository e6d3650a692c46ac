"""Bytes as text, in whatever encoding a program has written them."""

import codecs
import contextlib
import json
import re

_DECLARED = re.compile(rb"%\s*Encoding:\s*(?:x-)?([\w.:-]+)", re.IGNORECASE)
"""How JabRef's files name theirs, in the first line."""

_NO_WESTERN = re.compile(
    "\ufffd|[a-zß-öø-ÿšœž][À-ÖØ-ÞŠŒŽŸ]|[À-ÖØ-öø-ÿŠŒŽšœžŸƒ]{3}|(?<=[^\\W\\d_])[‚„†‡ˆ‰‹›“”•˜™¡¢£¤¥¦§¨©«¬®¯³¶¸¹»¼½¾¿](?=[^\\W\\d_])"
)
"""What no language writes of those for which cp1252 is: it was another encoding."""


def decoded(content: bytes, otherwise: str) -> str:
    """Bytes as text: UTF-8, UTF-16 or UTF-32, else in another encoding; what that does not know is U+FFFD.

    Args:
        otherwise: the name of that encoding, which may be none.
    """
    unicode = json.detect_encoding(content)  # by its mark, or by the zeros in its first characters
    if not unicode.startswith("utf-8"):
        return content.decode(unicode, errors="replace")
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode()
    try:
        return content.decode(otherwise, errors="replace")
    except (ValueError, LookupError):
        return content.decode(errors="replace")


def text_of(content: bytes) -> tuple[str | None, bool]:
    """The text of a file, and whether its encoding had to be guessed.

    A file that names none is read as UTF-8, and those of its lines that are not as cp1252, which older programs write.
    The text is None where that gives what no language of cp1252 has.
    """
    named = _declared(content)
    text = decoded(content, named or "utf-8")
    if named or "\ufffd" not in text or not json.detect_encoding(content).startswith("utf-8"):
        return text, False
    lines, odd, others = [], 0, 0
    for row in content.splitlines(keepends=True):
        try:
            line = row.decode()
        except UnicodeDecodeError:
            line = row.decode("cp1252", errors="replace")
            others += 1
            odd += _NO_WESTERN.search(line) is not None
        lines.append(line)
    return ("".join(lines) if odd * 2 <= others else None), others > 0


def _declared(content: bytes) -> str | None:
    """The encoding that a file names, where there is one of that name."""
    found = _DECLARED.match(content)
    with contextlib.suppress(LookupError):
        return codecs.lookup(found[1].decode()).name if found else None
    return None
