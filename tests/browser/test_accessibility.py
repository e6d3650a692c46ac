"""The accessibility check itself."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.accessibility import violations

GOOD = '<!doctype html><html lang="en"><title>A page</title><main><h1>Words</h1>{}</main></html>'


def test_a_good_page(page: Page) -> None:
    page.set_content(GOOD.format('<img src="data:," alt="nothing">'))
    assert violations(page) == []


def test_a_picture_without_words(page: Page) -> None:
    page.set_content(GOOD.format('<p><img id="bare" src="data:,"></p><div id="rest"></div>'))
    assert [line.partition(" ")[0] for line in violations(page)] == ["image-alt"]
    assert "#bare" in violations(page)[0]
    assert violations(page, "#rest") == []


def test_pale_letters(page: Page) -> None:
    page.set_content(GOOD.format('<p style="color: #ccc; background: #fff">pale</p>'))
    assert [line.partition(" ")[0] for line in violations(page)] == ["color-contrast"]
