"""Text for TeX, from hands that need not mean well.

Whoever compiles a bibliography runs what stands in it as a program that reads and writes files. So a text's own
characters become commands, and math stays math only where all of its commands are known to draw and no more.
"""

import re

from mkdocs_papers.library.names import one_line
from mkdocs_papers.pages.text import Run, runs
from mkdocs_papers.records.limits import DEEPEST_BRACES

_CHARACTERS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
})  # fmt: skip

_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=[`!?])(?=`)")
"""Between characters that TeX's fonts make one of: two hyphens are a dash."""

_VERBATIM = str.maketrans({character: f"%{ord(character):02X}" for character in "{}\\^ "})

_DRAWING = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath
    nabla partial infty emptyset varnothing aleph Re Im forall exists
    times cdot div pm mp ast star circ bullet oplus otimes odot cap cup setminus wedge vee land lor lnot neg sum prod
    int le leq ge geq ll gg ne neq equiv approx sim simeq cong propto in notin ni subset subseteq supset supseteq mid
    parallel perp to gets mapsto rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow uparrow
    downarrow
    log ln exp min max arg inf sup lim det dim ker gcd sin cos tan tanh Pr
    frac tfrac dfrac binom sqrt hat widehat bar overline underline tilde widetilde vec dot ddot mathrm mathbf mathbb
    mathcal mathit mathsf mathtt mathfrak boldsymbol bm text textrm textbf textit operatorname left right big Big
    lbrace rbrace langle rangle lfloor rfloor lceil rceil lVert rVert Vert vert prime dots ldots cdots top bot quad
    qquad
    """.split()  # noqa: SIM905 - two hundred words read better than two hundred quoted ones
)
"""Commands that draw and do nothing else."""

_MATH = re.compile(r"(?:\\(?:[A-Za-z]+|[,;:! %#&_|])|[^\\%#&$@^]|\^(?!\^))*")
"""Math without comments, alignment, TeX's ``^^`` (which can spell any character) and ``@`` (which some readers of
BibTeX take for the next entry)."""

_COMMAND = re.compile(r"\\([A-Za-z]+)")


def tex(text: str) -> str:
    """A text as TeX on one line: its own characters as commands, ``$math$`` as math, braces balanced."""
    return "".join(_math(run) if run.math else _escaped(run.text) for run in runs(one_line(text)))


def verbatim(text: str) -> str:
    """An address for a field that TeX takes as it is: what would unbalance its braces or part it is percent-encoded."""
    return one_line(text).translate(_VERBATIM)


def _escaped(text: str) -> str:
    return _LIGATURE.sub("{}", text.translate(_CHARACTERS))


def _math(run: Run) -> str:
    # BibTeX counts these braces too, in other pairs than TeX.
    math = run.text.replace(r"\{", r"\lbrace ").replace(r"\}", r"\rbrace ")
    draws = _MATH.fullmatch(math) and _DRAWING.issuperset(_COMMAND.findall(math)) and _is_balanced(math)
    return f"${math}$" if draws else _escaped(f"${run.text}$")


def _is_balanced(text: str) -> bool:
    """Whether the braces are in pairs, and no deeper in each other than every reader of BibTeX follows them."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if not 0 <= depth <= DEEPEST_BRACES:
            return False
    return depth == 0
