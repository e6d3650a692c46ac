"""Files of other programs, told apart by what is in them."""

import codecs
from pathlib import Path

import pytest

from mkdocs_papers.command.given import inputs
from mkdocs_papers.sources.encoding import decoded
from mkdocs_papers.sources.file_formats import format_of
from mkdocs_papers.sources.found import Failure, Found
from mkdocs_papers.sources.without_markup import plain, plain_paragraphs


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@article{x, title={T}}", "bibtex"),
        ("% Encoding: UTF-8\n\n@Comment{x}\n@article(x, title={T})", "bibtex"),
        ("\ufeffTY  - JOUR\nTI  - T\nER  - ", "ris"),
        ("Provider: x\n\nTY - JOUR\nTI - T", "ris"),
        ("TY  - JOUR\nAB  - writes @article{x}\nER  - ", "ris"),
        ('\n[ {"title": "@article{x, TY  - "}]', "csl-json"),
        ("[]", "csl-json"),
        ('<?xml version="1.0" encoding="UTF-8" ?><xml><records><record>', "endnote-xml"),
        ("\ufeff<xml>\n<records><record>TY  - @article{x", "endnote-xml"),
        ("%0 Journal Article\n%T On @article{x}", "refer"),
        ("\n\n%0 Book\r\n%X TY  - JOUR", "refer"),
        ("\nPMID- 1234\nTI  - On @article{x}", "medline"),
        ("TY  - JOUR\nN1  - PMID- 1", "ris"),
        ("% 0 @article{x, title={T}}", "bibtex"),
        ("https://arxiv.org/abs/2205.14135", None),
        ("mail@example.org", None),
        ("", None),
    ],
)
def test_formats_are_told_apart(text: str, name: str | None) -> None:
    known = format_of(text)
    assert (known.name if known else None) == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-8-sig"])
def test_a_file_is_decoded(encoding: str) -> None:
    assert decoded("Zoë — Ångström".encode(encoding), "cp1252").removeprefix("\ufeff") == "Zoë — Ångström"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("AT&T <b>R&amp;D</b> &#8211; &copy", "AT&T R&D – &copy"),
        ("p<q and r>s", "p<q and r>s"),
        ("a <b", "a <b"),
        ("<script>x</script> <!-- y -->", "<script>x</script> <!-- y -->"),
        ("CO<sub>2</sub> <jats:italic>in vivo</jats:italic>", "CO$_2$ in vivo"),
        ("&lt;b&gt;", "<b>"),
        ("&lt;i&gt;in vivo&lt;/i&gt; &amp;lt;", "in vivo <"),
        ("&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
    ],
)
def test_markup_goes_and_text_stays(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_paragraphs_stay() -> None:
    assert plain_paragraphs("<div>One<br>Two</div>") == "One\n\nTwo"
    assert plain_paragraphs("<jats:title>Abstract</jats:title><jats:p>One</jats:p>\n<jats:p>Two</jats:p>") == (
        "Abstract\n\nOne\n\nTwo"
    )


def test_what_is_too_large_is_named_and_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_papers.command.given.LARGEST_INPUT", 40)
    file = tmp_path / "refs.bib"
    file.write_text("@misc{a, title={A}, year=2024}\n")
    assert [type(each) for each in inputs(str(file))] == [Found]
    file.write_text("@misc{a, title={A}, year=2024}\n" * 2)
    (failed,) = inputs(str(file))
    assert isinstance(failed, Failure)
    assert "so nothing of it is read" in failed.wrong


@pytest.mark.parametrize(
    ("content", "title", "odd"),
    [
        ("% Encoding: GBK\n@misc{a, title = {中文}}".encode("gbk"), "中文", []),
        (
            "% Encoding: none\n@misc{a, title = {Größe}}".encode("cp1252"),
            "Größe",
            ["is not in UTF-8, and is read as cp1252"],
        ),
        ("@misc{a, title = {Größe}}".encode("cp1252"), "Größe", ["is not in UTF-8, and is read as cp1252"]),
        (
            "@misc{a, title = {Größe}}\n".encode() + "@misc{c, title = {Œuvre d’été}}\n".encode("cp1252"),
            "Größe",
            ["is not in UTF-8, and is read as cp1252"],
        ),
        (
            "% Encoding: UTF-8\n@misc{a, title = {Größe}}".encode("cp1252"),
            "Größe",
            ["is not in UTF-8, and is read as cp1252"],
        ),
        (
            "% Encoding: GBK\n@misc{a, title = {中文}}\n@comment{".encode("gbk") + b"\xff}",
            "中文",
            ["is not all in gbk, as it says, and what is not is read as U+FFFD"],
        ),
        (
            "@misc{a, title = {量子纠缠态的制备}, author = {韩梅}, journal={物理学报}}".encode("gbk"),
            "量子纠缠态的制备",
            ["is not in UTF-8, and is read as GB18030"],
        ),
        (
            (
                b'<?xml version="1.0" encoding="ISO-8859-1" ?><xml><records>'
                b"<record><titles><title>Gr\xf6\xdfe</title></titles></record>"
            ),
            "Größe",
            [],
        ),
        ("% Encoding: rot13\n@misc{a, title = {Größe}}".encode(), "Größe", []),
        ("% Encoding: x-MacRoman\n@misc{a, title = {Größe}}".encode("mac-roman"), "Größe", []),
        ("@misc{a, title = {Größe}}".encode(), "Größe", []),
        ("@misc{a, title = {Größe}}".encode("utf-16"), "Größe", []),
    ],
)
def test_an_encoding_is_named_or_guessed_aloud(tmp_path: Path, content: bytes, title: str, odd: list[str]) -> None:
    file = tmp_path / "refs.bib"
    file.write_bytes(content + b"@misc{b, title = {B}}" if not content.startswith(codecs.BOM_UTF16) else content)
    first, *others = inputs(str(file))
    assert isinstance(first, Found)
    assert (first.title, [each.wrong for each in first.odd]) == (title, odd)
    assert [each for each in others if not isinstance(each, Found) or each.odd] == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("{基于注意力机制}", "gbk"),
        ("{基於注意力機制}", "big5"),
        ("{大規模言語モデル}", "cp932"),
        ("{대규모 언어 모델의 추론 성능 향상에 관한 연구}, author={김철수 and 이영희 and 박민수 and 정하늘}", "euc_kr"),
        ("{人工知能学会論文誌 大規模言語 画像認識 自然言語処理 並列計算機 東京大学 情報処理}", "euc_jp"),
        ("{Нейронные сети}", "cp1251"),
        ("{Нейронные сети}", "koi8_r"),
        ("{Żółta łódź}", "cp1250"),
        ("{Größe der Würfel}", "mac-roman"),
        ("{Größe der Würfel}", "cp437"),
    ],
)
def test_an_encoding_that_nobody_can_tell_gives_no_wrong_letters(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "refs.bib"
    file.write_bytes(f"@misc{{a, title = {text}}}".encode(encoding))
    assert list(map(str, inputs(str(file)))) == [
        f"{file}: is not in UTF-8, and in which encoding it is cannot be told; save it in UTF-8"
    ]


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "page.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\xff\xfe\xfd\xfc")
    assert next(map(str, inputs(str(file)))).startswith(f"{file}: is no text and no PDF; ")


@pytest.mark.parametrize(
    "text", ['<?xml version="1.0"?><PubmedArticleSet>', "\n<!DOCTYPE html>", "<html><p>10.1000/a_b"]
)
def test_markup_is_no_list_of_identifiers(tmp_path: Path, text: str) -> None:
    file = tmp_path / "export.xml"
    file.write_text(text)
    (failed,) = inputs(str(file))
    assert str(failed).startswith(f"{file}: is HTML, or XML of another form than EndNote's; export it as BibTeX")
    assert len(list(inputs(str(file), from_text=True))) == ("10." in text)
