"""Texts and names as sources give them, made plain: no entities, no tags, no `Family, Given`."""

import re
from collections.abc import Iterable, Sequence

from mkdocs_papers.records.authors import are_people, speaks_of_body, split_names
from mkdocs_papers.sources.without_markup import decoded, visible, without_tags

_ROMAN = re.compile("I{2,3}|IV|VI{0,3}")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|Ph\.?D\.?|M\.?D\.", re.IGNORECASE)
_AFTER = re.compile(r"(.*[^\s,]),?\s+(Jr\.?|Sr\.?|I{2,3}|IV)")
_COMPANY = re.compile(r"(?:Inc|LLC|Ltd|GmbH|Corp|Co|PLC|AG|S\.A|B\.V)\.?", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
"""Names in Chinese, Japanese and Korean letters, which have the family first and no space."""

_LONGEST_UNSPACED_FAMILY = 2
"""So many of such letters may be a family name; of more, a name with its given one."""

_NOBODY = re.compile(r"(?:and )?et\.? al\.?|[\W_]+", re.IGNORECASE)
"""What stands in lists of authors and is no name: arXiv has ``:`` between a group and its people."""

_NUMBER = re.compile(r"\s+[0-9]{4}$")
_MARK = "*∗†‡§¶"
_MARKS = re.compile(
    rf"^[\s{_MARK}]+|(?:\s+[0-9]{{1,2}}(?:\s*[,{_MARK}]\s*[0-9]{{0,2}})+|[\s,;{_MARK}\u00b9\u00b2\u00b3\u2070-\u2079])+$"
)
"""What a list of authors leaves at a name: commas, and the marks of affiliations and footnotes."""

_PREPRINT = r"(?:paper|article|manuscript|preprint|submission|thesis|version|work)"
_GONE = r"(?:withdrawn|retracted)\b(?!\s+from\b(?!\s+(?:the )?arxiv\b))"
"""What is withdrawn from a conference may still be on arXiv."""

_WITHDRAWS = (
    r"(?:\bI|\bwe|\bauthors?) (?:(?:am|are|decided|has|have|hereby|like|now|to|want|wish|would) )*"
    rf"withdr(?:aw|awing|awn|ew) (?:this\b|(?:my|our|the) {_PREPRINT}\b)"
)
_WITHDRAWN = re.compile(
    rf"(?:^|[.;,:(])\s*(?:temporarily )?{_GONE}|\b(?:has|have) been (?:temporarily )?{_GONE}"
    r"|\b(?:is|was) (?:withdrawn|retracted) (?:by|due|because)\b"
    rf"|\b{_PREPRINT} (?:(?:is|was)(?: being)? )?{_GONE}|{_WITHDRAWS}",
    re.IGNORECASE,
)
_WITHDRAWN_ABSTRACT = re.compile(
    rf"(?:this|the) (?:\w+ )?{_PREPRINT} (?:has been|is|was)(?: being)? (?:withdrawn|retracted)\b"
    rf"|(?:the )?{_WITHDRAWS}|\W*(?:{_PREPRINT} )?withdrawn\W*\Z",
    re.IGNORECASE,
)

_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_MOST_INITIALS = 13
"""The characters of a space and initials at most."""
_ENDS_IN_INITIALS = re.compile(rf" {_INITIALS.pattern}\Z")
_TURNED = re.compile(rf"([^,]*[^\W\d_]{{2}}[^,]*?) ({_INITIALS.pattern})")
_SHORT_FIRST = re.compile(r"(?:[A-Z](?:\.[ -]?|[ -]))+ *[^\W\d_]{2}")
"""A family name before its initials, and initials before a family name."""

_HEADINGS = frozenset({"abstract", "summary", "abstract."})
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co|gitee\.com)"
    r"/[\w.-]+/[\w.-]+(?:/[\w.-]+)*|https?://[\w-]+\.github\.io(?:/[\w.-]+)*",
    re.IGNORECASE,
)
"""Where code is kept, by the addresses of what keeps it."""


def paragraphs(text: object) -> str | None:
    """A text in plain paragraphs, parted by an empty line; None for none.

    Args:
        text: with entities, perhaps doubly escaped, and JATS or HTML tags.
    """
    if not isinstance(text, str):
        return None
    for _ in range(3):
        before, text = text, without_tags(text)
        if text == before:
            break
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n\n".join(line for line in lines if line and line.casefold() not in _HEADINGS) or None


def line(text: object) -> str | None:
    """A text on one line, made plain; None for none."""
    if isinstance(text, str) and "<" not in text and "&" not in text:
        return " ".join(visible(text).split()) or None
    found = paragraphs(text)
    return " ".join(found.split()) if found else None


def joined_lines(text: object) -> str | None:
    """Paragraphs of a text that is broken into lines by its source; only an empty line parts two."""
    if not isinstance(text, str):
        return None
    return paragraphs("\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text)))


def person(given: object, family: object, suffix: object = None, particle: object = None) -> str | None:
    """A person's name from its parts, as it is said: ``Guido van Rossum``, ``Sammy Davis, Jr.``, ``王小明``.

    Args:
        family: the family name, or the whole name of a group.
        suffix: ``Jr.``, ``III``.
        particle: ``van der``.
    """
    first, last = (_MARKS.sub("", without_number(line(part) or "")) for part in (given, family))
    if not suffix and last and (found := _AFTER.fullmatch(first)):  # "Davis, Sammy Jr."
        first, suffix = found.groups()
    elif not suffix and first and (found := _AFTER.fullmatch(last)):  # "Davis Jr., Sammy"
        last, suffix = found.groups()
    if first and _UNSPACED.fullmatch(first + last):
        name = last + first
    else:
        name = " ".join(filter(None, (first, line(particle), last)))
    after = line(suffix)
    if not after:
        return name or None
    return f"{name} {after}" if first and _ROMAN.fullmatch(after) else f"{name}, {after}"


def is_suffix(text: str) -> bool:
    """Whether a part of a name stands after the others: ``Jr.``, ``III``."""
    return _SUFFIX.fullmatch(text) is not None


def natural(name: object) -> str | None:
    """A name as it is said, from ``Family, Given`` or ``Family, Jr., Given`` or ``Family, Given, Jr.``.

    Args:
        name: a person's or a group's; one without comma stays as it is.
    """
    text = _MARKS.sub("", line(name) or "")
    if not text:
        return None
    parts = [part.strip() for part in text.split(",") if part.strip()]
    suffixes = [part for part in parts[1:] if is_suffix(part)]
    others = [part for part in parts if part not in suffixes]
    if len(others) != 2 or _COMPANY.fullmatch(others[1]):  # noqa: PLR2004  # family and given name
        return without_number(text)
    if " " in others[0] and speaks_of_body(others[0]):  # "Institute for Physics, Cologne"
        return without_number(text)
    return person(others[1], others[0], ", ".join(suffixes))


def people(written: str, *, family_first: bool = True) -> tuple[str, ...]:
    """The names in a value that should hold one name, and in which some put all: what is uncertain stays one name.

    Args:
        written: ``Doe, Jane; Roe, Richard`` or ``Doe, Jane and Roe, Richard`` or ``Jane Doe, Ann Lee, Richard Roe``.
        family_first: whether what may be one name with the family first, or two full names, is one.
    """
    found: list[str | None] = []
    for part in decoded(written).split(";"):
        pair = part.split(" and ")
        if len(pair) > 1 and (all("," in each for each in pair) or are_people(map(str.strip, pair))):
            found += map(natural, pair)
        else:
            found += listed(list(filter(None, map(str.strip, part.split(",")))), family_first=family_first)
    return all_of(found)


def listed(parts: Sequence[str], *, family_first: bool = True) -> list[str]:
    """The names that stand between commas: one in its parts, or several where that is certain."""
    turned = [_turned(part) for part in parts]
    if len(parts) > 1 and all(turned):
        return [name for found in turned if found and (name := person(found[2], found[1]))]
    initials = [_INITIALS.fullmatch(part) is not None for part in parts]
    if len(parts) > 2 and len(parts) % 2 == 0 and all(initials[1::2]) and not any(initials[::2]):  # noqa: PLR2004
        return [name for family, given in zip(parts[::2], parts[1::2], strict=True) if (name := person(given, family))]
    if len(parts) > 1 and all(map(_SHORT_FIRST.match, parts)):
        return list(parts)
    whole = ", ".join(parts)
    # One comma parts a family name, which may be of several words, from given ones; Chinese names have no space. And a
    # family name of one word is no full name of anybody, which most entries show at once.
    is_pair = sum(not is_suffix(part) for part in parts) == 2  # noqa: PLR2004
    first = parts[0] if len(parts) > 1 else ""
    is_whole = _UNSPACED.fullmatch(first) and len(first) > _LONGEST_UNSPACED_FAMILY
    may_be_several = is_whole if is_pair and family_first else " " in first or not first.isascii()
    names = split_names(whole) if may_be_several else ()
    return list(names) if len(names) > 1 and are_people(names) else list(filter(None, [natural(whole)]))


def _turned(part: str) -> re.Match[str] | None:
    """A family name and the initials after it; where none end the part, they would be looked for from each letter."""
    return _TURNED.fullmatch(part) if _ENDS_IN_INITIALS.search(part, len(part) - _MOST_INITIALS) else None


def with_subtitle(title: str | None, subtitle: str | None) -> str | None:
    """A title and its subtitle in one; only the title where that holds it already."""
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{'' if title.endswith(('?', '!', ':')) else ':'} {subtitle}"


def without_number(name: str) -> str:
    """A name without the number by which dblp tells people of one name apart: ``Wei Wang 0001``."""
    return _NUMBER.sub("", name)


def each_once(values: Iterable[str | None]) -> tuple[str, ...]:
    """The texts that are there, each once, in order."""
    return tuple(dict.fromkeys(filter(None, values)))


def all_of(values: Iterable[str | None]) -> tuple[str, ...]:
    """The names that are there, in order; "et al." and ":" are none. Two authors of one name are two authors."""
    return tuple(name for name in values if name and not _NOBODY.fullmatch(name))


def year_of(date: object) -> int | None:
    """The year with which a date begins."""
    found = re.match(r"\s*([12][0-9]{3})(?![0-9])", str(date)) if date else None
    return int(found[1]) if found else None


def page_range(first: str | None, last: str | None = None) -> str | None:
    """The pages from the first to the last; only the first where it is the last, or holds both already."""
    return f"{first}-{last}" if first and last and first != last and "-" not in first else first or last


def is_withdrawn(comment: str | None, abstract: str | None) -> bool:
    """Whether the comment on a preprint says so, or a sentence that stands where its abstract was."""
    return _WITHDRAWN.search(comment or "") is not None or _WITHDRAWN_ABSTRACT.match(abstract or "") is not None


def code_addresses(text: str | None, where: str) -> tuple[tuple[str, str], ...]:
    """The addresses of code in a text, each with where it stands."""
    found = (address.rstrip("./") for address in _CODE.findall(text or ""))
    return tuple((address, where) for address in dict.fromkeys(found))
