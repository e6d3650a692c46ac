"""What is printed of a library's problems: all of them once, then only what a save has brought or mended."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mkdocs.plugins import get_plugin_logger

from mkdocs_papers.records.problem import Level, Problem

log = get_plugin_logger(__name__)

_LEVELS = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.HINT: logging.INFO}

_Mark = tuple[str, str, str]


@dataclass
class Reports:
    """Prints problems to MkDocs' log, where a warning or an error fails a strict build.

    A problem is the same one as before if its file, kind and words are; that it moved to another line is no news.

    Attributes:
        levels: levels of problem codes where they differ from a problem's own.
    """

    levels: Mapping[str, Level] = field(default_factory=dict)
    _printed: dict[str, dict[_Mark, list[Problem]]] = field(default_factory=dict)

    def forget(self) -> None:
        """Print everything anew from here on."""
        self._printed.clear()

    def update(self, part: str, problems: Iterable[Problem]) -> None:
        """Print what is new in a part of the site (the whole library, or one page), and what is mended there."""
        before = self._printed.get(part, {})
        now: dict[_Mark, list[Problem]] = {}
        for problem in problems:
            level = self.levels.get(problem.code, problem.level)
            if level is Level.OFF:
                continue
            mark = (problem.path, problem.code, problem.wrong)
            now.setdefault(mark, []).append(problem)
            if len(now[mark]) > len(before.get(mark, ())):
                log.log(_LEVELS[level], str(problem))
        for mark, known in before.items():
            for problem in known[len(now.get(mark, ())) :]:
                log.info("mended: %s", problem)
        self._printed[part] = now
