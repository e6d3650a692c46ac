"""The identifier in a PDF."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from mkdocs_papers.command import given
from mkdocs_papers.command.main import main
from mkdocs_papers.sources.identify import identify
from mkdocs_papers.sources.pdf import PdfError, holds_title, is_pdf, read_pdf
from mkdocs_papers.sources.recording import Replaying
from mkdocs_papers.sources.resolve import Resolver
from tests.sites import write_files
from tests.sources.recorded import FLASH, Recorded, entry, feed

STAMP = "arXiv:2205.14135v2 [cs.LG] 23 Jun 2022"


def pdf(*lines: str, margin: str = "", **properties: str) -> bytes:
    """A PDF of one page with these lines, and words turned upright in its margin."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=612, height=792)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    said = [f"BT /F1 12 Tf 1 0 0 1 72 {720 - 20 * i} Tm ({line}) Tj ET" for i, line in enumerate(lines)]
    said += [f"BT /F1 20 Tf 0 1 -1 0 30 200 Tm ({margin}) Tj ET"] if margin else []
    content = DecodedStreamObject()
    content.set_data("\n".join(said).encode("latin-1"))
    page[NameObject("/Contents")] = content
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf("A Title", "Abstract", margin=STAMP), "arXiv:2205.14135"),
        (pdf("A Title", "doi:10.5555/a", "Abstract", "as in 10.5555/b"), "doi:10.5555/a"),
        (pdf("A Title", "Abstract", "ACM Reference Format: https://doi.org/10.5555/a"), "doi:10.5555/a"),
        (pdf("A Title", doi="10.5555/A", Subject="Proc., doi:10.5555/a"), "doi:10.5555/A"),
        (pdf("A Title", "see 10.5555/a and 10.5555/b", Subject="Proc., doi:10.5555/c"), "doi:10.5555/c"),
    ],
)
def test_the_papers_own(content: bytes, found: str) -> None:
    assert str(read_pdf(content)[0]) == found


@pytest.mark.parametrize(
    "content",
    [
        pdf("A Title", "10.5555/a", "10.5555/b"),
        pdf("A Title", "Abstract", "10.5555/a", "arXiv:2205.14135"),
        pdf(),
    ],
    ids=["two", "two below the abstract", "empty"],
)
def test_not_that_of_another_paper(content: bytes) -> None:
    with pytest.raises(PdfError, match="no arXiv id and no single DOI stands on the first page"):
        read_pdf(content)


def encrypted(password: str = "", **changes: str) -> bytes:
    """A PDF that, without a password, anybody may read, with parts of how it is encrypted put otherwise."""
    writer = PdfWriter(io.BytesIO(pdf("A Title", margin=STAMP)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    content = written.getvalue()
    for name, value in changes.items():
        content = content.replace(name.replace("_", "/", 1).replace("_", " ").encode(), value.encode())
    return content


def test_an_encrypted_one_that_anybody_may_read() -> None:
    assert str(read_pdf(encrypted())[0]) == "arXiv:2205.14135"


@pytest.mark.parametrize("before", [b"", b"\n\r\n \t\0", b"\xef\xbb\xbf"])
def test_what_stands_before_it_is_not_looked_at(before: bytes) -> None:
    content = before + pdf("A Title", margin=STAMP)
    assert is_pdf(content)
    assert str(read_pdf(content)[0]) == "arXiv:2205.14135"


@pytest.mark.parametrize("content", [b"", b"A text of %PDF-1.7", b"\n" * 1024 + b"%PDF-1.7"])
def test_what_is_no_pdf(content: bytes) -> None:
    assert not is_pdf(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-", "the PDF cannot be read: .*; give its arXiv id or DOI instead$"),
        (encrypted("secret"), "^the PDF opens with a password only; give its arXiv id or DOI instead$"),
        (b"%PDF-1.7\ntrailer <</Root 1 0 R>>", "the PDF cannot be read"),
        (pdf("x")[:300], "the PDF cannot be read"),
        (encrypted(_Standard="/Adobe.APS"), "the PDF cannot be read: only Standard PDF encryption"),
        (
            encrypted(_V_2="/V 4 /StmF /X /StrF /X /CF << /X << /CFM /AESV2 /Length 16 >> >>", _R_3="/R 4"),
            "the PDF is encrypted, so reading it needs cryptography",
        ),
    ],
)
def test_a_broken_one(content: bytes, why: str) -> None:
    with pytest.raises(PdfError, match=why):
        read_pdf(content)


def test_the_title_has_to_stand_in_it() -> None:
    page = "FlashAttention: Fast and\nMemory-Ef\ufb01cient Exact Atten-\ntion"
    assert holds_title(page, "FlashAttention: Fast and Memory-Efficient Exact Attention")
    assert not holds_title("Another paper", "FlashAttention")
    assert not holds_title("Another paper", "")


def test_a_pdf_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    recorded = Recorded(tmp_path / "recording")
    recorded.arxiv("2205.14135", feed(entry()))
    write_files(tmp_path, {"mkdocs.yml": "plugins: [papers]", "other.pdf": pdf("Another paper", margin=STAMP)})
    write_files(tmp_path, {"flash.pdf": pdf(*FLASH.split(), margin=STAMP)})
    monkeypatch.chdir(tmp_path)
    arguments = ["--replay", str(recorded.folder)]
    assert main(["add", "other.pdf", *arguments]) == 2
    assert capsys.readouterr().err == (
        f"other.pdf: arXiv:2205.14135, found in it, is another paper: '{FLASH}'; "
        "give the paper's own id, DOI or address\n"
    )
    # The title stands below the abstract's beginning, so it may be one that is cited there.
    write_files(tmp_path, {"citing.pdf": pdf("A Title", "Abstract", *FLASH.split(), f"arXiv:{2205.14135}")})
    assert main(["add", "citing.pdf", *arguments]) == 2
    assert "is another paper" in capsys.readouterr().err
    assert main(["add", "flash.pdf", *arguments]) == 0
    assert capsys.readouterr().out == "meta/2022/FlashAttention.prototxt\n"


ADDRESS = "https://example.org/files/flash.pdf"


def test_an_address_of_a_pdf_is_of_the_paper_that_it_names(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path)
    recorded.keep(ADDRESS, pdf(FLASH[:50], FLASH[50:], "Abstract", margin=STAMP), "application/pdf")
    recorded.arxiv("2205.14135", feed(entry()))
    identifier = identify(ADDRESS)
    assert identifier
    found = Resolver(Replaying(tmp_path)).resolve(identifier).found
    assert found
    assert (found.title, found.arxiv) == (FLASH, "2205.14135")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf("Another Title", "Abstract", margin=STAMP), "names arXiv:2205.14135, which is another paper"),
        (pdf("A Title"), "is a PDF, but no arXiv id and no single DOI stands on the first page"),
    ],
)
def test_an_address_of_another_pdf_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    recorded = Recorded(tmp_path)
    recorded.keep(ADDRESS, content, "application/pdf")
    recorded.arxiv("2205.14135", feed(entry()))
    identifier = identify(ADDRESS)
    assert identifier
    resolved = Resolver(Replaying(tmp_path)).resolve(identifier)
    assert resolved.found is None
    assert any(said in str(asked) for asked in resolved.asked)


def test_one_that_is_too_large_cannot_be_added_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "LARGEST_INPUT", 100)
    file = tmp_path / "large.pdf"
    file.write_bytes(pdf("A Title", margin=STAMP))
    (failure,) = given.inputs(str(file))
    assert str(failure).endswith("so nothing of it is read; give its arXiv id or DOI instead")
