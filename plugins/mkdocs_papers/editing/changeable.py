"""The files that may be changed, those below the folders of records and notes, and why others are not."""

import hashlib
from http import HTTPStatus
from pathlib import Path

from mkdocs_papers.library.settings import Settings


class RefusedError(Exception):
    """A request that is not served; its one line says why, and `more` what else the page is told."""

    def __init__(self, status: HTTPStatus, why: str, **more: object) -> None:
        super().__init__(why)
        self.status, self.why, self.more = status, why, more


def digest(content: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()


def own_file(path: str, settings: Settings) -> Path:
    """The file of a path, which may be written.

    Raises:
        RefusedError: it is not below the folders of records and notes, or a link leads to it.
    """
    root = settings.root.resolve()
    file = root / path
    folders = (root / settings.meta, root / settings.notes)
    if file.resolve() != file or not any(folder in file.parents for folder in folders):
        where = f"{settings.meta}/ or {settings.notes}/"
        raise RefusedError(
            HTTPStatus.FORBIDDEN, f"{path} is not below {where}, or a link leads there; it is left alone"
        )
    return file
