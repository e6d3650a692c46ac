"""What pages are made from besides the library: options and pictures."""

from dataclasses import dataclass

from mkdocs_papers.incremental.database import Constant, Table
from mkdocs_papers.pages.address import Website
from mkdocs_papers.pages.language import Language
from mkdocs_papers.pages.page_value import PageValue


class Picture(PageValue, frozen=True):
    """A picture of the site; sizes are in pixels, where known.

    Attributes:
        path: the picture to show, below the site's root, percent-encoded; None where it is too large for a listing or
            damaged, so that a card of words stands in for it.
        original: the full picture, one click away.
        whole: whether a page may show the original: not where it is damaged or too large to be drawn.
    """

    path: str | None
    original: str
    width: int | None = None
    height: int | None = None
    whole: bool = True


class PictureFile(PageValue, frozen=True):
    """A picture beside a note, as its page shows it; sizes are in pixels.

    Attributes:
        digest: of its content, in hexadecimal digits: the same file is made smaller once; "" where it is not made
            smaller, so that no page changes with what it draws.
    """

    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that a browser may choose for a picture: its path below the site's root; None for the picture."""

    path: str | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Options:
    """What the site decides about its pages.

    Attributes:
        directory_urls: MkDocs' ``use_directory_urls``.
        badges: whether listings ask GitHub for stars (a request to a third party).
        page_size: rows on one page of a listing.
        own_page_from: from how many papers on an author or an institution has a page; None leaves it to their views.
        preview: whether this is the owner's preview: drafts and problems are shown.
        website: where the site is on the web; None where its owner does not say, and then nothing that needs absolute
            addresses is made, such as feeds.
        citation_tags: whether paper pages carry the tags by which Google Scholar and Zotero know a paper.
        social: whether pages say how social networks show a link to them; off where another plugin does.
        social_image: path below the site's root, percent-encoded, of the picture for pages without one; may be empty.
    """

    language: Language
    name: str = ""
    directory_urls: bool = True
    badges: bool = False
    page_size: int = 200
    own_page_from: int | None = None
    preview: bool = False
    website: Website | None = None
    citation_tags: bool = False
    social: bool = True
    social_image: str = ""


OPTIONS: Constant[Options] = Constant("options")

PICTURES: Table[str, Picture] = Table("pictures")
"""Covers as listings show them, by path below the notes folder."""

PICTURE_FILES: Table[str, PictureFile] = Table("picture_files")
"""Pictures as the pages of notes and papers show them, by path below the notes folder."""
