"""LaTeX to text: what a reader sees of a BibTeX value, with ``$math$`` left as it is.

Pylatexenc takes the source apart and knows the accents and symbols. What it would drop is kept here: whatever a value
holds is either shown or left as written, never lost.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from pylatexenc import latex2text, latexwalker, macrospec

from mkdocs_papers.records.limits import DEEPEST_LATEX
from mkdocs_papers.sources.plain_text import line
from mkdocs_papers.sources.without_markup import script

_PLAIN = re.compile(r"[^\\{}$~%`'&\-!?]*")
"""What no LaTeX can be in."""

_BRACES_ONLY = re.compile(r"(?:[^\\$~%`'&\-!?]|(?<![-`'])-(?!-))*")
"""Text in which braces, at most, are LaTeX."""

_MATH = re.compile(r"(?<!\\)(\$\$?)(?!\$)((?:[^$\\]|\\.)+?)\1", re.DOTALL)
_SURELY_MATH = re.compile(r"[\\^_{=]|^[A-Za-z]$")
_DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\$")
_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_SPECIAL = re.compile(r"\\|\$|[{}~]|---?|``|''|[!?]`")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?\s*|(.))", re.DOTALL)
_SPACE = re.compile(r"\s*")
_OPTION = re.compile(r"\[[^\[\]{}]*\]")
_ENVIRONMENT = re.compile(r"\\(?:begin|verb|\(|\[)")
_PARAGRAPH = re.compile(r"\n[ \t]*(?:\n\s*|[ \t])")
_LINK = re.compile(r"\\href\s*(?=\{)")
_FOOTNOTE = re.compile(r"\\footnote\s*(?=\{)")
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{([^{}$\\]*)\}")
_BRACE_COMMAND = re.compile(r"\\([lr])brace(?![A-Za-z])\s?")
_BRACE = re.compile(r"\\[\\{}]|[{}]")

_ACCENTS = frozenset("~^`'")
_LONG_ACCENTS = frozenset("dddot ddddot tilde grave acute mathring vec hat bar".split())  # noqa: SIM905 - one list
_SPECIALS = {"~": " ", "``": "“", "''": "”", "--": "–", "---": "—", "!`": "¡", "?`": "¿"}

_MACROS = {
    **dict.fromkeys((",", ";", ":", " ", ">", "\n", "\t", "\\", "newline", "quad", "qquad", "space", "linebreak"), " "),
    **dict.fromkeys(("!", "-", "/", "@", "protect", "relax", "noindent", "null", "nobreak", "allowbreak"), ""),
    **dict.fromkeys(("em", "it", "bf", "sc", "sl", "tt", "rm", "sf", "itshape", "bfseries", "scshape", "upshape"), ""),
    **{character: character for character in "&%#_${}"},
    "textbackslash": "\\", "backslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|",
    "textunderscore": "_", "textdollar": "$", "textquotedbl": '"', "textquotesingle": "'", "textasciigrave": "`",
    "textnumbersign": "#", "textpercent": "%", "textampersand": "&", "slash": "/", "textvisiblespace": " ",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "dots": "…", "ldots": "…",
    "textellipsis": "…", "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "textmu": "µ", "textsection": "§", "S": "§", "P": "¶", "pounds": "£", "textsterling": "£",
    "dag": "†", "ddag": "‡", "i": "ı", "j": "ȷ", "textordfeminine": "ª", "textordmasculine": "º",
    "guillemotleft": "«", "guillemotright": "»", "og": "« ", "fg": " »", "cdots": "⋯", "textsuperscript": "",
    "textsubscript": "", "mkbibquote": "", "enquote": "", "BibTeXentry": "", "xspace": " ", "glqq": "„", "grqq": "“",
    "checkmark": "✓",
}  # fmt: skip
"""Commands without arguments as text. Those that end in nothing only say how what follows looks."""

_ARGUMENTS = {
    "href": "{{",
    "foreignlanguage": "{{",
    "bibinfo": "{{",
    "bibfield": "{{",
    "texorpdfstring": "{{",
    "textcolor": "[{{",
    "colorbox": "[{{",
    "raisebox": "{[[{",
}
_SHOWN_FIRST = frozenset({"texorpdfstring"})
"""Of these commands of several arguments the first is shown; of others the last, after a colour or an address."""

_CITATIONS = frozenset(
    "autocite cite citealp citealt citeauthor citep citet citeyear footcite parencite textcite".split()  # noqa: SIM905 - one list
)
"""Commands that name entries of a bibliography, of which a text has only the keys: they stand in brackets."""

_NOT_SHOWN = frozenset(
    "noopsort footnote thanks color hspace vspace selectlanguage label index phantom hphantom".split()  # noqa: SIM905 - one list
)
"""Commands whose argument is no part of the text."""

_ADDRESSES = frozenset({"url", "nolinkurl", "path"})
"""Commands whose argument is no LaTeX: a tilde in it is one."""

_OF_ONE = ("textsuperscript", "textsubscript", "enquote", "mkbibquote", "mkbibemph", "textulc", "uline", "mbox", "hbox")
"""Commands of one argument, which is what is shown."""


def latex_to_text(source: str) -> str:
    r"""The text of a LaTeX source on one line: accents and symbols as characters, braces gone, ``$math$`` as it is.

    A command that nobody knows stays as it is written (``\LoRA``), or gives way to its argument (``\foo{LoRA}``). What
    is no LaTeX (braces that do not balance, a dollar or a per cent sign by itself) is text.
    """
    if _PLAIN.fullmatch(source):
        return _tidy(source)
    # What is raised or lowered stays so, as math: ten to the third power is no 103.
    return _converted(_SCRIPT.sub(lambda found: script("^" if found[1] == "super" else "_", found[2]), source))


def from_tex(written: object) -> str | None:
    """The text of a value that a source gives in TeX, on one line; None for none."""
    return latex_to_text(line(written) or "") or None


def paragraphs_from_tex(written: object) -> str | None:
    """The paragraphs of an abstract in TeX, which arXiv indents, parted by an empty line; None for none."""
    parts = _PARAGRAPH.split(with_asides(written.strip())) if isinstance(written, str) else []
    return "\n\n".join(filter(None, map(from_tex, parts))) or None


def with_asides(source: str) -> str:
    """An abstract with the addresses of its links and its footnotes in brackets: they say where the code is."""
    for pattern in (_LINK, _FOOTNOTE):  # a footnote may hold a link
        parts: list[str] = []
        at = 0
        for found in pattern.finditer(source):
            if found.start() < at:
                continue
            end, shown = _group_end(source, found.end()), ""
            aside, text = source[found.end() : end], _after_space(source, end)
            if pattern is _LINK and text == len(source):
                break
            if pattern is _LINK and not source.startswith("{", text):
                continue
            parts.append(source[at : found.start()])
            at = end
            if pattern is _LINK:
                at = _group_end(source, text)
                shown, aside = source[text:at], f"\\url{aside}"
            same = shown and latex_to_text(shown) == verbatim_to_text(aside)
            parts.append(shown if same else f"{shown} ({aside})")
        source = "".join([*parts, source[at:]])
    return source


def verbatim_to_text(source: str) -> str:
    r"""An address or identifier as it was meant: some programs escape what BibTeX takes as it is.

    Args:
        source: the value of ``url``, ``doi``, ``eprint`` or ``file``.
    """
    text = re.sub(r"\\(?:url|href)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?", r"\1", source)
    text = re.sub(r"\{?\\(?:textasciitilde|~)\s*(?:\{\})?\}?", "~", text)
    text = re.sub(r"\{?\\textunderscore\s*(?:\{\})?\}?", "_", text)
    return re.sub(r"\\([_%&#~$^])", r"\1", text.replace("{", "").replace("}", "")).strip()


def _converted(source: str) -> str:
    """The text of a source, of which pylatexenc sees only the commands: it looks at every character by itself."""
    if _BRACES_ONLY.fullmatch(source) or _depth(source) > DEEPEST_LATEX:
        return _tidy(_BRACE.sub(lambda found: found[0][1:], source))
    if _ENVIRONMENT.search(source):
        return _tidy(_shown(source))
    parts: list[str] = []
    at = 0
    for found in _SPECIAL.finditer(source):
        if found.start() < at:
            continue
        parts.append(source[at : found.start()])
        sign, at = found[0], found.end()
        if sign == "\\":
            at = _command_end(source, found.start())
            command = source[found.start() : at]
            known = _MACROS.get(command[1:].rstrip() or command[1:])
            if command[1:2] in _ACCENTS and command[2:].replace(" ", "") == "{}":
                known = command[1]  # an accent over nothing, as many write a tilde
            parts.append(_shown(command) if known is None else known)
        elif sign == "$":
            math = _math_at(source, found.start())
            parts.append(_as_math(math[2]) if math else sign)
            at = math.end() if math else at
        else:
            parts.append(_SPECIALS.get(sign, ""))
    return _tidy("".join([*parts, source[at:]]))


@functools.lru_cache(maxsize=16_384)
def _shown(source: str) -> str:
    """What pylatexenc makes of a source."""
    if source.endswith("\\") and not source.endswith("\\\\"):
        source += "textbackslash"
    # A dollar that opens or closes no math, as in "from $5 to $6", is text.
    dollars = (_DOLLAR.sub(r"\1\\$", part) if plain else part for part, plain in _parts(source))
    prepared = _PERCENT.sub(r"\1\\%", "".join(dollars))
    try:
        nodes, _, _ = latexwalker.LatexWalker(
            prepared, latex_context=_context(), tolerant_parsing=False
        ).get_latex_nodes()
        text: str = _Text().nodelist_to_text(nodes)
    except (latexwalker.LatexWalkerError, IndexError, RecursionError):
        return _BRACE.sub(lambda found: found[0][1:], source)
    return text


def _command_end(source: str, start: int) -> int:
    """Where a command ends that begins there, with its arguments and the space that it swallows."""
    found = _COMMAND.match(source, start)
    while found and _is_accent(found[1] or found[2]):
        at = _after_space(source, found.end())
        if not source.startswith("\\", at):
            return _group_end(source, at) if source.startswith("{", at) else min(at + 1, len(source))
        found = _COMMAND.match(source, at)
    if not found:
        return len(source)
    name, at = found[1] or found[2], found.end()
    wanted = _ARGUMENTS.get(name, "").count("{")
    while name.isalpha():
        if wanted > 0 and source.startswith("{", _after_space(source, at)):
            at = _after_space(source, at)
        option = _OPTION.match(source, at)
        if option:
            at = option.end()
        elif source.startswith("{", at):
            at, wanted = _group_end(source, at), wanted - 1
        else:
            break
    return at


def _after_space(source: str, at: int) -> int:
    space = _SPACE.match(source, at)
    return space.end() if space else at


def _group_end(source: str, start: int) -> int:
    """Where a group in braces ends."""
    depth = 0
    for brace in _BRACE.finditer(source, start):
        if len(brace[0]) == 1:
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return brace.end()
    return len(source)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _depth(source: str) -> int:
    """How deep its braces nest, or further than anything where they do not balance."""
    depth = deepest = 0
    for brace in _BRACE.findall(source):
        if len(brace) == 1:
            depth += 1 if brace == "{" else -1
            deepest = max(deepest, depth)
            if depth < 0:
                return DEEPEST_LATEX + 1
    return deepest if depth == 0 else DEEPEST_LATEX + 1


def _parts(source: str) -> Iterator[tuple[str, bool]]:
    """The source in parts, and whether each is outside of math."""
    done = at = 0
    while (at := source.find("$", at)) >= 0:
        math = _math_at(source, at)
        if math:
            yield source[done:at], True
            yield f"${math[2].strip()}$", False
            done = at = math.end()
        else:
            at += 1
    yield source[done:], True


def _math_at(source: str, at: int) -> re.Match[str] | None:
    """The math that begins with the dollar there; None where the dollar is one of money."""
    found = _MATH.match(source, at)
    if not found or _depth(found[2]) > DEEPEST_LATEX:
        return None
    inner = found[2]
    spaced = inner[0].isspace() or inner[-1].isspace() or source[found.end() : found.end() + 1].isdigit()
    return found if not spaced or _SURELY_MATH.search(inner.strip()) else None


def _as_math(latex: str) -> str:
    """Math between dollars. The export writes other commands for braces, which BibTeX would count."""
    inner = " ".join(_BRACE_COMMAND.sub(lambda found: "\\{" if found[1] == "l" else "\\}", latex).split())
    return f"${inner}$" if inner else ""


@functools.cache
def _context() -> macrospec.LatexContextDb:
    """What pylatexenc knows of LaTeX, with the commands of ours that have an argument."""
    known = latexwalker.get_default_latex_context_db()
    specs = {
        **dict.fromkeys((*_OF_ONE, *_ADDRESSES), "{"),
        **dict.fromkeys(_NOT_SHOWN, "*{"),
        **dict.fromkeys(_CITATIONS, "*[[{"),
        **_ARGUMENTS,
    }
    own = [macrospec.MacroSpec(name, arguments) for name, arguments in specs.items()]
    known.add_context_category("ours", macros=own, prepend=True)
    return known


class _Text(latex2text.LatexNodes2Text):  # type: ignore[misc]  # pylatexenc declares no types
    """From pylatexenc's nodes to text, without its liberties: it drops what it does not know, and lays out sections."""

    def __init__(self) -> None:
        super().__init__(strict_latex_spaces=True, math_mode="verbatim")

    def chars_node_to_text(self, node: latexwalker.LatexCharsNode, textcol: int = 0) -> str:
        """Characters as they are."""
        del textcol
        return str(node.chars)

    def comment_node_to_text(self, node: latexwalker.LatexCommentNode) -> str:
        """A comment, which a value of BibTeX does not know."""
        return str(node.latex_verbatim())

    def specials_node_to_text(self, node: latexwalker.LatexSpecialsNode) -> str:
        """What TeX's fonts make of a few characters in a row."""
        characters: str = node.specials_chars
        return _SPECIALS.get(characters, characters)

    def math_node_to_text(self, node: latexwalker.LatexMathNode) -> str:
        """Math, between dollars whatever marked it before."""
        source: str = "".join(part.latex_verbatim() for part in node.nodelist)
        return _as_math(source)

    def environment_node_to_text(self, node: latexwalker.LatexEnvironmentNode) -> str:
        """The text inside."""
        math = re.fullmatch(r"(?:equation|align|gather|multline|eqnarray|math|displaymath)\*?", node.environmentname)
        if math:
            return self.math_node_to_text(node)
        text: str = self.nodelist_to_text(node.nodelist)
        return text

    def macro_node_to_text(self, node: latexwalker.LatexMacroNode) -> str:
        """A command: its character, else what its arguments show, else itself."""
        name = node.macroname
        arguments = [part for part in (node.nodeargd.argnlist if node.nodeargd else None) or () if part is not None]
        if name in _MACROS and not arguments:
            return _MACROS[name]
        if self._is_known(name, len(arguments)):
            return str(super().macro_node_to_text(node))
        if arguments:
            return self._of_arguments(name, arguments)
        source, end = node.parsing_state.s, node.pos + node.len
        gives_way = source.startswith(("{", "["), end) and not source.startswith("{}", end)
        return "" if gives_way else str(node.latex_verbatim())

    def _of_arguments(self, name: str, arguments: Sequence[latexwalker.LatexNode]) -> str:
        """What the arguments of a command show."""
        if name in _ADDRESSES:
            return verbatim_to_text(arguments[-1].latex_verbatim())
        if name == "ensuremath":
            return f"${arguments[0].latex_verbatim().removeprefix('{').removesuffix('}').strip()}$"
        if name in _NOT_SHOWN:
            return " " if name == "hspace" else ""
        last = name in _ARGUMENTS or name in _CITATIONS
        shown = arguments[:1] if name in _SHOWN_FIRST else arguments[-1:] if last else arguments
        text = "".join(self._groupnodecontents_to_text(part) for part in shown)
        return f"[{text.strip()}]" if name in _CITATIONS else text

    def _is_known(self, name: str, arguments: int) -> bool:
        """Whether pylatexenc knows it for a character or an accent."""
        spec = self.latex_context.get_macro_spec(name)
        shown = spec.simplify_repl if spec else ""
        if arguments:
            return arguments == 1 and callable(shown) and _is_accent(name)
        # It shows words of its own for a command such as `\ref` or `\today`.
        return isinstance(shown, str) and shown != "" and shown[0] != "<" and not any(map(str.isdigit, shown))


@functools.cache
def _is_accent(name: str) -> bool:
    return (len(name) == 1 and name not in "ijlLoOSP@,;:!-/& %#_${}\\>\n\t") or name in _LONG_ACCENTS
