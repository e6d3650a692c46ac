"""The snippets of a guide, so that tests can run what readers are told to type.

A snippet is a fenced block. One that stands for a file says so: ```` ```yaml title="mkdocs.yml" ````.
"""

import re
import textwrap
from dataclasses import dataclass

_FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<words>[^\n]*)\n(?P<text>.*?)^(?P=indent)(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Snippet:
    """One fenced block.

    Attributes:
        language: the word after the fence; may be empty.
        title: the path of the file that it stands for; may be empty.
        text: what it holds, without the block's indentation.
        line: the fence's line, from 1.
    """

    language: str
    title: str
    text: str
    line: int


def snippets(markdown: str) -> list[Snippet]:
    """All snippets of a guide, in order."""
    found = []
    for match in _FENCE.finditer(markdown):
        words = match["words"].strip()
        title = _TITLE.search(words)
        found.append(
            Snippet(
                language=words.split(" ")[0].strip("{.}"),
                title=title[1] if title else "",
                text=textwrap.dedent(match["text"]),
                line=markdown.count("\n", 0, match.start()) + 1,
            )
        )
    return found


def files(markdown: str) -> dict[str, str]:
    """The files that a guide lets its reader write, by path; a later snippet of one path replaces an earlier one."""
    return {snippet.title: snippet.text for snippet in snippets(markdown) if snippet.title}


SHELLS = frozenset({"sh", "bash", "shell", "console"})
"""The languages of snippets that hold commands."""


def commands(markdown: str) -> list[str]:
    """The shell commands that a guide lets its reader type, in order, without prompts and comments."""
    found = (commands_of(snippet) for snippet in snippets(markdown) if snippet.language in SHELLS)
    return [command for several in found for command in several]


def commands_of(snippet: Snippet) -> list[str]:
    """The shell commands of one snippet, in order, without prompts and comments."""
    lines = (line.removeprefix("$ ") for line in snippet.text.splitlines())
    return [command for line in lines if (command := re.sub(r"\s+#.*$|^#.*$", "", line).strip())]
