"""Why a request is not served."""

from __future__ import annotations

from http import HTTPStatus


class RefusedError(Exception):
    """A request that is not served; its one line says why.

    Attributes:
        status: the answer's status.
        why: the line.
        more: what else the page is told.
    """

    def __init__(self, status: HTTPStatus, why: str, **more: object) -> None:
        """Say why."""
        super().__init__(why)
        self.status, self.why, self.more = status, why, more
