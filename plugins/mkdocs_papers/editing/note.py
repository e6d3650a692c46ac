"""Beginning a note from a page, and opening it in the owner's editor."""

import contextlib
import threading
from http import HTTPStatus

import msgspec

from mkdocs_papers.command.configuration import ConfigurationError
from mkdocs_papers.command.note import note_path, note_text
from mkdocs_papers.command.opening import open_files
from mkdocs_papers.command.writing import write_new
from mkdocs_papers.editing.changeable import RefusedError, own_file
from mkdocs_papers.editing.record import known
from mkdocs_papers.library.model import Library
from mkdocs_papers.library.settings import Settings


class NoteWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks for: the note of a paper, open in the editor."""

    key: str


def open_note(wanted: NoteWanted, library: Library, settings: Settings) -> dict[str, object]:
    """Write the beginning of a paper's note, unless there is one, and open it in the owner's editor.

    Returns:
        The note's ``path``, whether it was ``written``, and why it was not ``opened``, or "".

    Raises:
        RefusedError: the paper's note is elsewhere, or the template cannot be used.
    """
    paper = known(wanted.key, library)
    try:
        path = note_path(paper, settings)
        file = own_file(path, settings)
        text = note_text(paper, path, settings)
    except ConfigurationError as error:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    written = False
    with contextlib.suppress(FileExistsError):
        write_new(file, text.encode(), follow_links=False)
        written = True
    wrong = ""
    try:
        # Its end is waited for where nobody waits, so that it leaves no trace in the list of processes.
        threading.Thread(target=open_files([file]).wait, daemon=True).start()
    except ConfigurationError as error:
        wrong = str(error)
    return {"path": path, "written": written, "problem": wrong}
