"""What a test run logs: an unexpected warning of MkDocs or of a plugin fails the test."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Log(logging.Handler):
    """Keeps what is logged below ``mkdocs.``, where MkDocs counts warnings for its strict mode."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def warnings(self) -> list[str]:
        """The messages at WARNING and above, as written."""
        return [record.getMessage() for record in self.records if record.levelno >= logging.WARNING]


@contextmanager
def collected() -> Iterator[Log]:
    """Collect the log inside the block.

    The innermost block has it alone: what a test collects and asserts on does not fail it.
    """
    logger = logging.getLogger("mkdocs")
    outer = [handler for handler in logger.handlers if isinstance(handler, Log)]
    level = logger.level
    log = Log()
    for handler in outer:
        logger.removeHandler(handler)
    logger.addHandler(log)
    logger.setLevel(logging.INFO)
    try:
        yield log
    finally:
        logger.removeHandler(log)
        logger.setLevel(level)
        for handler in outer:
            logger.addHandler(handler)
