"""LaTeX math as MathML, at build time: no script, no font and no request when the page is read.

Browsers draw MathML natively (MathML Core, https://www.w3.org/TR/mathml-core/). A well-kept library does the
translation; here its output is cut down to elements and attributes that only draw.
"""

import functools
import html
import re
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape

from mkdocs_papers.records.limits import LONGEST_FORMULA

ELEMENTS = frozenset(
    """
    math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup munder
    mover munderover mmultiscripts mprescripts none mtable mtr mtd
    """.split()  # noqa: SIM905 - names read best as words
)
"""The elements that draw and do nothing else."""

ATTRIBUTES = frozenset(
    """
    display displaystyle scriptlevel mathvariant stretchy accent accentunder lspace rspace width height depth
    linethickness fence form separator symmetric largeop movablelimits minsize maxsize columnalign rowspacing
    columnspacing notation
    """.split()  # noqa: SIM905 - as above
)
"""The attributes that say how."""

_VALUE = re.compile(r"[\w .%+-]*\Z")
_NAMES = re.compile(r"\\(arg|softmax|diag|tr|rank|sign|relu|ReLU|Var|KL|Attention|argmin|argmax)(?![a-zA-Z])")
_ROWS = re.compile(r"\\(begin|end)\s*\{(aligned|align\*?|split|gathered|gather\*?|equation\*?)\}")
_NUMBER = re.compile(r"\\(?:label|tag|notag|nonumber)\s*(?:\{[^}]*\})?")


class MathError(ValueError):
    """The LaTeX cannot be translated."""


@functools.lru_cache(maxsize=20_000)
def mathml(latex: str, *, display: bool = False) -> Markup:
    """LaTeX math, what stands between the dollars, as a ``<math>`` element; ``display`` is for lines of its own.

    Raises:
        MathError: it is too long, or no LaTeX that the translator knows.
    """
    if len(latex) > LONGEST_FORMULA or latex.count("{") > 200 or re.search(r"(?:[{^_]\s*){25}", latex):  # noqa: PLR2004
        raise MathError("the formula is too long or nested too deeply")
    try:
        # The same formula in words that the translator knows.
        known = _NAMES.sub(r"\\operatorname{\1}", _NUMBER.sub("", latex))
        known = _ROWS.sub(lambda found: "" if found[2].startswith("equation") else rf"\{found[1]}{{matrix}}", known)
        root = convert_to_element(known, display="block" if display else "inline")
    except Exception as error:  # The translator raises many kinds, some of them bare.
        raise MathError(f"the formula cannot be read ({type(error).__name__})") from error
    parts: list[str] = []
    _write(root, parts)
    opening, *inner, closing = parts
    # The annotation keeps the source: it is what a copied formula pastes as, and what a screen reader can fall back on.
    source = f'<annotation encoding="application/x-tex">{escape(latex)}</annotation>'
    body = f"{opening}<semantics><mrow>{''.join(inner)}</mrow>{source}</semantics>{closing}"
    return Markup(body)  # noqa: S704 - every part is escaped in _write


def _write(element: ET.Element, parts: list[str]) -> None:
    if element.tag not in ELEMENTS:
        # What only links or styles (``\href``, ``\class``) is dropped; what it holds is kept.
        for child in element:
            _write(child, parts)
        return
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and _VALUE.match(value)
    )
    parts.append(f"<{element.tag}{attributes}>")
    # The translator hands characters over as references (&#x0221E;); unescaped once, then escaped for good.
    parts.append(str(escape(html.unescape(element.text or ""))))
    for child in element:
        _write(child, parts)
    parts.append(f"</{element.tag}>")
