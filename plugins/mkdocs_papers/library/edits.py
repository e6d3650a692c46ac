"""Safe changes of a file's text: made from the place of a value, and applied."""

from collections.abc import Iterable

from mkdocs_papers.incremental.database import Database, outside
from mkdocs_papers.library.library_inputs import SETTINGS
from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Edit, Place
from mkdocs_papers.records.write import yaml_value


def replaced(text: str, place: Place, old: str, new: str, *, in_yaml: bool = False) -> tuple[Edit, ...]:
    """The edit that makes the value at a place another one; none unless it stands there plainly, quoted or not.

    Args:
        text: the whole file.
        place: where the value begins, or its opening quote.
        old: the value as it is, without surrounding space.
        new: the value to be.
        in_yaml: whether the file is YAML, where a value may need quotes.
    """
    at = Lines(text).offset(place)
    if at is None:
        return ()
    quote = text[at : at + 1] if text[at : at + 1] in ("'", '"') else ""
    at += len(quote)
    at += len(text[at:]) - len(text[at:].lstrip(" \t"))
    if not old or not text.startswith(old, at) or (quote and (quote in new or "\\" in new)):
        return ()
    return (Edit(at, at + len(old), yaml_value(new, inline=True) if in_yaml and not quote else new),)


@outside
def edits_of_file(db: Database, path: str, place: Place, old: str, new: str) -> tuple[Edit, ...]:
    """What `replaced` gives for a record or a note, by its path relative to the root; none where it is gone."""
    try:
        text = (SETTINGS(db).root / path).read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ()
    return replaced(text, place, old, new, in_yaml=path.lower().endswith((".yaml", ".yml")))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits, except for those that overlap another that begins before them."""
    parts, at = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at:]])
