"""The identifier in a PDF: arXiv's stamp in the margin, else the DOI that its properties or its first page name.

Needs pypdf, which comes with the extra ``pdf``.
"""

import io
import logging
import re

from mkdocs_papers.sources.agree import folded
from mkdocs_papers.sources.identify import Identifier, Scheme, identify, mentions

_MAGIC = b"%PDF-"
_BEFORE = b"\xef\xbb\xbf \t\r\n\0"
_MOST_BEFORE = 1024
"""So far from the beginning of a file readers look for that; servers and mail put empty lines before it."""

_STAMP = re.compile(r"arXiv:\s?(?P<id>\S+?v[0-9]+)\s*\[[\w.-]+\]")
_ABSTRACT = re.compile(r"^\s*(?:abstract|summary|1\.?\s+introduction|references)\b", re.IGNORECASE | re.MULTILINE)
_MOST_TITLE = 400


_INSTEAD = "give its arXiv id or DOI instead"


class PdfError(Exception):
    """Why a PDF gives no identifier, and what would help: one line."""


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF, by its beginning."""
    return content[:_MOST_BEFORE].lstrip(_BEFORE).startswith(_MAGIC)


def read_pdf(content: bytes) -> tuple[Identifier, str]:
    """The identifier of a paper, and the text of its first page in which its title has to stand.

    One of several DOIs is somebody else's as often as not: none is taken then. So may be one that stands below the
    abstract's beginning, such as ACM's: of that paper, the title has to stand above.

    Raises:
        PdfError: there is none, or the file cannot be read.
    """
    try:
        import pypdf  # noqa: PLC0415  # an extra
        from pypdf.errors import DependencyError, FileNotDecryptedError  # noqa: PLC0415
    except ImportError as error:
        raise PdfError(
            "reading a PDF needs pypdf; pip install 'mkdocs-papers[pdf]', or give its arXiv id or DOI"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        first = reader.pages[0].extract_text() if reader.pages else ""
        properties = " ".join(str(value) for value in (reader.metadata or {}).values())
    except DependencyError as error:
        raise PdfError(
            "the PDF is encrypted, so reading it needs cryptography; pip install that, or give its arXiv id or DOI"
        ) from error
    except FileNotDecryptedError as error:
        raise PdfError(f"the PDF opens with a password only; {_INSTEAD}") from error
    except Exception as error:  # pypdf trips over broken files in every way that Python knows
        why = " ".join(str(error).split())[:120] or type(error).__name__
        raise PdfError(f"the PDF cannot be read: {why}; {_INSTEAD}") from error
    if (stamp := _STAMP.search(first)) and (identifier := identify(stamp["id"])):
        return identifier, first
    own = _ABSTRACT.split(first, maxsplit=1)[0]
    for text, page in ((properties, first), (own, first), (first, own)):
        found = [each.identifier for each in mentions(text) if each.identifier.scheme is not Scheme.PAGE]
        if len(found) == 1:
            return found[0], page
    raise PdfError(
        "no arXiv id and no single DOI stands on the first page of the PDF; give its id, DOI or address instead"
    )


def holds_title(first: str, title: str) -> bool:
    """Whether a title stands on a first page, however it is broken into lines."""
    wanted = folded(title[:_MOST_TITLE])
    return bool(wanted) and wanted in folded(first)
