"""papers.json, the export that keeps everything."""

import json

import pytest
from hypothesis import given

from mkdocs_papers.library.model import Attachment, Note, Paper
from mkdocs_papers.pages.exports.registry import EXPORTS
from mkdocs_papers.pages.safe_json import safe_json
from tests.pages.papers import FULL, libraries, paper, site, text

EXPORT = next(export for export in EXPORTS if export.name == "json")

KEYS = [
    "key", "title", "abbreviation", "url", "authors", "institutions", "venue", "year", "code", "keywords", "cover",
    "note", "page", "baselines", "rating", "status", "updated", "added", "volume", "number", "pages",
]  # fmt: skip


@given(library=libraries)
def test_everything_is_read_back_as_it_is(library: tuple[Paper, ...]) -> None:
    text = EXPORT.content(library, site(*library)).decode()
    read = json.loads(text)
    assert list(read) == ["version", "papers"]
    assert read["version"] == 1
    for each, found in zip(library, read["papers"], strict=True):
        assert [key for key in found if key in KEYS] == KEYS
        for name in ("key", "title", "abbreviation", "url", "venue", "year", "rating", "status", "updated"):
            assert found[name] == getattr(each, name)
        for name in ("authors", "institutions", "keywords"):
            assert tuple(found[name]) == getattr(each, name)
        assert (found["code"] or {}).get("url") == (each.code.url if each.code else None)
    assert not set("<>&\u2028\u2029") & set(text)


@given(text)
def test_safe_json_ends_no_script_and_no_line(text: str) -> None:
    encoded = safe_json({"x": text})
    assert json.loads(encoded) == {"x": text}
    assert not set("<>&\n\u2028\u2029") & set(encoded)
    encoded.encode()


def test_a_number_without_a_form_in_json_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        safe_json({"x": float("nan")})


@pytest.mark.parametrize(
    ("directory_urls", "page", "note"),
    [
        (True, "papers/2024/LoRA%2B/", "notes/2024/LoRA%2B/note/"),
        (False, "papers/2024/LoRA%2B.html", "notes/2024/LoRA%2B/note.html"),
    ],
)
def test_addresses_of_the_site_are_relative_to_its_root(*, directory_urls: bool, page: str, note: str) -> None:
    path = "2024/LoRA+/note.md"
    each = paper("2024/LoRA+", note=Attachment(path))
    context = site(each, notes=(Note(path, "A note"),), directory_urls=directory_urls)
    found = json.loads(EXPORT.entry(each, context))
    assert (found["page"], found["note"]) == (page, note)


def test_a_note_without_a_page_is_not_linked() -> None:
    draft = Note("2024/Quest/note.md", "A draft", draft=True)
    published = site(FULL, notes=(draft,))
    preview = site(FULL, notes=(draft,), preview=True)
    assert json.loads(EXPORT.entry(FULL, published))["note"] is None
    assert json.loads(EXPORT.entry(FULL, preview))["note"] == "notes/2024/Quest/note/"
