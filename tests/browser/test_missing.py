"""The site's 404 page: the papers of a name that has no page, whatever else stands in the address bar."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.conftest import OpenPage
from tests.sites import SiteHandler, build_site, serve_folder

RECORD = 'paper {{ title: "{}" authors: "{}" authors: "Ann Lee" institutions: "{}" }}\n'
FILES: dict[str, str | bytes] = {
    "meta/2024/Quest.prototxt": RECORD.format("Quest <b>of</b> keys", "Zoë O'Neil-Wu", "MIT, Lab & Co."),
    "meta/2024/SparQ.prototxt": RECORD.format("SparQ", "Zoë Neil", "ETH"),
}
NAMED = (
    "authors/<img src=x onerror=alert(1)>/",
    "authors/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "authors/javascript:alert(1)/",
    "authors/%22%20onclick=alert(1)%20x=%22/",
    "authors/__proto__/",
    "institutions/..%2F..%2F%2Fexample.org%2Fx/",
    "authors/x/?find=%3Cb%3E#%3Cb%3E",
)
NAMELESS = (
    "authors/%E0%A4%A/",
    "__proto__/x/",
    "constructor/name/",
    "institutions/" + 5000 * "x",
    "//example.org/authors/Ann/",
)


class Found(SiteHandler):
    """Shows the 404 page as if it were there: of one that is not there, the browser complains."""

    def send_response(self, code: int, message: str | None = None) -> None:
        super().send_response(HTTPStatus.OK if code == HTTPStatus.NOT_FOUND else code, message)


@pytest.fixture(scope="module", params=[(True, "search"), (False, "search"), (True, "no search")])
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory_urls, search = request.param
    plugins = {} if search == "search" else {"plugins": ["papers"]}
    built = build_site(tmp_path_factory.mktemp("missing"), FILES, plugins, directory_urls=directory_urls)
    with serve_folder(built.site, handler=Found) as address:
        yield address


NAMES = {
    "authors/Zoë-O-Neil-Wu/": ("Zoë O'Neil-Wu", "Quest"),
    "authors/zoë-neil.html": ("Zoë Neil", "SparQ"),
    "institutions/ETH/page/2/": ("ETH", "SparQ"),
    "institutions/MIT-Lab-Co/": ("MIT, Lab & Co.", "Quest"),
}


def test_the_papers_of_a_name_without_a_page_are_offered(open_page: OpenPage, home: str) -> None:
    page = open_page()
    papers = page.locator(".papers-missing li")
    for address, (name, title) in NAMES.items():
        page.goto(home + address)
        expect(papers).to_have_count(1)
        expect(page.locator(".papers-missing h2")).to_have_text(name)
        expect(papers).to_contain_text(title)
    assert violations(page) == []
    papers.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.go_back()
    page.get_by_role("link", name="Look for it among all papers").click()
    expect(page.locator("[data-view-shown] [data-paper]")).to_have_count(1)


def test_without_a_script_the_page_says_where_names_are(open_page: OpenPage, home: str) -> None:
    page = open_page(scripts=False)
    page.goto(f"{home}authors/Nobody/")
    expect(page.locator(".papers-missing section")).to_be_hidden()
    expect(page.locator(".papers-missing")).to_contain_text("has no page of its own")
    links = {
        name: page.locator(".papers-missing").get_by_role("link", name=name, exact=True).get_attribute("href")
        for name in ("Authors", "Institutions", "Papers")
    }
    for name, address in links.items():
        assert address
        page.goto(urljoin(f"{home}authors/Nobody/", address))
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_what_stands_in_the_address_bar_changes_nothing_else(
    open_page: OpenPage, home: str, request: pytest.FixtureRequest
) -> None:
    page = open_page()
    page.goto(f"{home}404.html")
    missing = page.locator(".papers-missing")
    section = missing.locator("section")
    elements = "root => [...root.querySelectorAll('*')]"
    shape = f"{elements}.map(each => each.tagName + each.getAttributeNames().filter(name => !OURS.includes(name)))"
    shape = shape.replace("OURS", "['hidden', 'href']")
    expected = missing.evaluate(shape)
    # Each site has some of them.
    turn = request.node.callspec.indices["home"]
    for address in (*NAMED, *NAMELESS)[turn::3]:
        page.goto(home + address)
        (expect(section).to_be_visible if address in NAMED else expect(section).to_be_hidden)()
        assert missing.evaluate(shape) == expected, address
        links = missing.evaluate(f"{elements}.map(each => each.href).filter(Boolean)")
        assert [link for link in links if not link.startswith(home)] == []
