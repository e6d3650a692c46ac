"""What people have at hand of a paper, told apart: identifiers and addresses in every form, and those in a text."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from mkdocs_papers.records.lines import Lines
from mkdocs_papers.records.problem import Place


class Scheme(enum.Enum):
    """What kind of identifier it is."""

    ARXIV = "arXiv"
    DOI = "DOI"
    ACL = "ACL Anthology"
    OPENREVIEW = "OpenReview"
    PAGE = "address"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in its plain form.

    Attributes:
        value: ``2205.14135`` or ``cs/0112017``, without version; a DOI without resolver; ``2020.acl-main.1``; the id of
            a forum; an address; a title.
    """

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        """As people name it: ``arXiv:2205.14135``."""
        prefix = {Scheme.ARXIV: "arXiv:", Scheme.DOI: "doi:", Scheme.OPENREVIEW: "openreview:"}.get(self.scheme, "")
        return prefix + self.value


@dataclass(frozen=True, slots=True)
class Mention:
    """An identifier in a text, and where it begins."""

    identifier: Identifier
    place: Place
    text: str


_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an"
    "|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio"
    "|quant-ph|solv-int|stat|supr-con"
)
"""arXiv's archives of before April 2007 (https://info.arxiv.org/help/arxiv_identifier.html)."""

_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV = (
    r"(?:(?P<new>[0-9]{4}\.[0-9]{4,5})"
    rf"|(?P<archive>{_ARCHIVES})(?:\.[A-Za-z]{{2}})?/(?P<old>[0-9]{{7}}))"
)
_VERSION = r"(?:v[0-9]{1,3})?"
_ARXIV_ID = re.compile(rf"(?:arxiv[\s:]*)?{_ARXIV}{_VERSION}(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
_ARXIV_HOST = re.compile(r"(?:[a-z0-9-]+\.)*arxiv\.org|(?:www\.)?(?:alphaxiv\.org|ar5iv\.org)")
_ARXIV_PATH = re.compile(
    rf"/(?:abs|overview|pdf|html|format|ps|src|e-print|a?tom)/{_ARXIV}{_VERSION}(?:\.pdf)?/?", re.IGNORECASE
)
_SHOWN_PATH = re.compile(rf"/(?:papers|arxiv)/{_ARXIV}{_VERSION}/?", re.IGNORECASE)
_SHOWN_BY = frozenset({"huggingface.co", "hf.co", "www.semanticscholar.org", "semanticscholar.org"})
"""Sites that show papers by their arXiv identifiers."""

_DOI = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+"
_DOI_ALONE = re.compile(rf"(?:doi[\s:]*)?(?P<doi>{_DOI})", re.IGNORECASE)
_WRITTEN_DOI = re.compile(rf"(?:https?://(?:dx\.|www\.)?doi\.org/|doi\s*:\s*)?(?P<doi>{_DOI})", re.IGNORECASE)
_DOI_IN_PATH = re.compile(rf"/(?P<doi>{_DOI})", re.IGNORECASE)
_DOI_PATH_END = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|meta|html)|\.pdf|\.html?|\.full(?:\.pdf)?)+/?$", re.IGNORECASE
)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV}{_VERSION}", re.IGNORECASE)
_ACL_DOI = re.compile(r"10\.18653/v1/(?P<id>\S+)", re.IGNORECASE)
_COLD_SPRING_VERSION = re.compile(r"v[0-9]+(?:\.\S*)?$")
_NATURE_PATH = re.compile(r"/articles/(?P<id>[a-z]*[0-9][\w.-]*?)(?:_reference)?(?:\.pdf)?/?")

_ACL_ID = re.compile(r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4,5}", re.IGNORECASE)
_ACL_PATH = re.compile(
    rf"/(?:anthology/|papers/\S*/)?(?P<id>{_ACL_ID.pattern})(?:v[0-9]+)?(?:\.pdf|\.bib)?/?", re.IGNORECASE
)
_ACL_HOSTS = frozenset(
    {"aclanthology.org", "www.aclanthology.org", "aclweb.org", "www.aclweb.org", "aclanthology.info"}
)

_NEURIPS = r"(\S*/paper/[0-9]{4})/file/([0-9a-f]+)-Paper(-\w+)?\.pdf", r"\1/hash/\2-Abstract\3.html"
_JMLR = r"/papers/volume([0-9]+)/([\w-]+)/\2\.pdf", r"/papers/v\1/\2.html"
_PAGES_OF_PDFS = {
    "proceedings.mlr.press": (r"(/v[0-9]+/([\w-]+))/\2\.pdf", r"\1.html"),
    "openaccess.thecvf.com": (r"(/content\S*)/papers/([^/]+)\.pdf", r"\1/html/\2.html"),
    **dict.fromkeys(("proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"), _NEURIPS),
    **dict.fromkeys(("jmlr.org", "www.jmlr.org"), _JMLR),
}
"""By host, what the path of a PDF looks like, and that of the page about its paper."""

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|ref|via)=[^&]*&?")

_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
_WRITTEN = r"(?:[^\s<>\"`|\\^{}]|<[0-9]+:[^\s<>/]*>)+"
"""An address or a DOI in a text; old DOIs hold an identifier of their pages in angle brackets."""

_IN_TEXT = re.compile(
    rf"https?://{_WRITTEN}|\b(?:doi\s*:\s*)?10\.[0-9]{{4,9}}/{_WRITTEN}"
    rf"|(?<![\w./-])(?:arxiv\s*:\s*)?(?:[0-9]{{2}}{_MONTH}\.[0-9]{{5}}|(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/[0-9]{{7}}){_VERSION}(?![\w/]|\.[0-9])"
    rf"|\barxiv\s*:\s*[0-9]{{2}}{_MONTH}\.[0-9]{{4}}{_VERSION}(?![\w/]|\.[0-9])"
    r"|\b(?:(?:[a-z0-9-]{1,63}\.){0,3}arxiv\.org|doi\.org|dx\.doi\.org|aclanthology\.org|openreview\.net)/" + _WRITTEN,
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_PAPER_HOSTS = frozenset({"proceedings.mlr.press", "openaccess.thecvf.com", "proceedings.neurips.cc", "papers.nips.cc"})
"""Hosts whose addresses in a text are taken for papers; any other page may be anything."""


def identify(text: str) -> Identifier | None:
    """What an argument identifies; None for nothing that anybody could be asked about."""
    text = _without_punctuation(text.strip().strip("<>\"'\u200b\u2060\ufeff").lstrip("(["))
    if not text.isprintable():
        return None
    if found := _ARXIV_ID.fullmatch(text):
        return _arxiv(found)
    if found := _DOI_ALONE.fullmatch(text):
        return _doi(found["doi"])
    if _ACL_ID.fullmatch(text):
        return _acl(text)
    if text.lower().startswith(("http://", "https://")):
        return _from_address(text)
    return _from_address(f"https://{text}") if _WITHOUT_SCHEME.fullmatch(text) else None


def plain_doi(text: str | None) -> str | None:
    """A DOI without its resolver's address; None for none, and for one of arXiv's, which says no more than the id."""
    found = _WRITTEN_DOI.match((text or "").strip())
    doi = _without_punctuation(unquote(found["doi"])) if found else None
    return None if doi is None or _ARXIV_DOI.fullmatch(doi) else doi


def mentions(text: str) -> Iterator[Mention]:
    """The identifiers in a text, each once, in order. Addresses count where they are known to be of papers."""
    lines = Lines(text)
    seen: set[str] = set()
    for found in _IN_TEXT.finditer(text):
        written = _without_punctuation(found[0])
        identifier = identify(written)
        name = str(identifier).lower()  # letter case tells no two of them apart
        if identifier is None or name in seen:
            continue
        if identifier.scheme is Scheme.PAGE and urlsplit(identifier.value).hostname not in _PAPER_HOSTS:
            continue
        seen.add(name)
        yield Mention(identifier, lines.place(found.start()), written)


def _arxiv(found: re.Match[str]) -> Identifier:
    """An arXiv identifier without version and without the subject class of old ones, which identifies nothing."""
    return Identifier(Scheme.ARXIV, found["new"] or f"{found['archive'].lower()}/{found['old']}")


def _doi(text: str) -> Identifier:
    doi = _without_punctuation(text)
    if found := _ARXIV_DOI.fullmatch(doi):
        return _arxiv(found)
    if (found := _ACL_DOI.fullmatch(doi)) and _ACL_ID.fullmatch(found["id"]):
        return _acl(found["id"])
    return Identifier(Scheme.DOI, doi)


def _acl(text: str) -> Identifier:
    return Identifier(Scheme.ACL, text.upper() if text[0].isalpha() else text.lower())


def _from_address(text: str) -> Identifier | None:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if not host or any(character.isspace() for character in text):
        return None
    path = unquote(parts.path)
    found = _of_known_host(host, path, parts.query)
    if found is None and (doi := _doi_of_address(host, path) or _doi_of_query(parts.query)):
        found = _doi(doi)
    if found is None:
        looks, page = _PAGES_OF_PDFS.get(host, ("", ""))
        page = re.sub(rf"^{looks}$", page, parts.path) if looks else parts.path
        query = _TRACKING.sub("", parts.query).rstrip("&")
        found = Identifier(Scheme.PAGE, parts._replace(path=page, fragment="", query=query).geturl())
    return found


def _of_known_host(host: str, path: str, query: str) -> Identifier | None:
    """The identifier in an address of arXiv, of a site that shows its papers, of ACL Anthology or OpenReview."""
    if _ARXIV_HOST.fullmatch(host) and (found := _ARXIV_PATH.fullmatch(path)):
        return _arxiv(found)
    if host in _SHOWN_BY and (found := _SHOWN_PATH.fullmatch(path)):
        return _arxiv(found)
    if host in _ACL_HOSTS and (found := _ACL_PATH.fullmatch(path)):
        return _acl(found["id"])
    forum = parse_qs(query).get("id", [""])[0] if host.endswith("openreview.net") else ""
    return Identifier(Scheme.OPENREVIEW, forum) if re.fullmatch(r"[\w-]+", forum) else None


def _doi_of_address(host: str, path: str) -> str | None:
    """The DOI that an address holds in its path, as those of resolvers and of many publishers do."""
    if host.endswith("nature.com") and (found := _NATURE_PATH.fullmatch(path)):
        return f"10.1038/{found['id']}"
    found = _DOI_IN_PATH.search(path)
    if not found:
        return None
    if host in {"doi.org", "dx.doi.org", "www.doi.org"}:
        return found["doi"]
    doi = _DOI_PATH_END.sub("", found["doi"])
    return _COLD_SPRING_VERSION.sub("", doi) if doi.startswith("10.1101/") else doi.rstrip("/")


def _doi_of_query(query: str) -> str | None:
    """The DOI that is a value of a query, as in addresses of PLOS."""
    values = (value for listed in parse_qs(query).values() for value in listed)
    return next((value for value in values if re.fullmatch(_DOI, value)), None)


def _without_punctuation(text: str) -> str:
    """The text without the marks of the sentence around it: a closing bracket stays where its opening one is in it."""
    while text:
        last = text[-1]
        if last in ".,;:!?'\"*_>" or (last in _CLOSING and text.count(last) > text.count(_CLOSING[last])):
            text = text[:-1]
        else:
            break
    return text
