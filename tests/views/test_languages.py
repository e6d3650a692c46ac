"""In which language a note is written."""

import pytest

from mkdocs_papers.library.model import Note
from mkdocs_papers.views.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The keys are pages, and of each page the model keeps a bound.", "en"),
        ("Die Schlüssel sind Seiten, und von jeder wird eine Schranke behalten.", "de"),
        ("Les clés sont des pages, et le modèle garde une borne pour chaque page.", "fr"),
        ("Las claves son páginas y el modelo guarda una cota para cada una.", "es"),
        ("Le chiavi sono pagine, e il modello tiene un limite per ogni pagina.", "it"),
        ("As chaves são páginas e o modelo guarda um limite para cada uma.", "pt"),
        ("稀疏注意力 Quest 按页估计 KV cache 的重要性，只读取 top-k 页。", "zh"),
        ("キーはページに分けられ、各ページの上限を計算する。", "ja"),
        ("키는 페이지로 나뉘며 각 페이지의 상한을 계산한다.", "ko"),
        ("Ключи разбиты на страницы, и для каждой хранится граница.", "ru"),
        # One name does not make a note Chinese.
        ("The idea is by 王小明, and it is that of pages which the model keeps.", "en"),
        ("N:M 2:4 $x$", None),
        ("", None),
    ],
)
def test_letters_and_frequent_words_tell(text: str, language: str | None) -> None:
    assert language_of(Note("a.md", "", text=text)) == language


@pytest.mark.parametrize(
    ("said", "language"), [("de", "de"), ("zh-CN", "zh"), (" EN_us ", "en"), (7, "en"), ("", "en")]
)
def test_the_front_matter_says_it_first(said: object, language: str) -> None:
    text = "The keys are pages, and of each the model keeps a bound."
    assert language_of(Note("a.md", "Quest", text=text, meta={"lang": said})) == language
    assert language_of(Note("a.md", "Quest", text=text, meta={"language": said, "lang": "fr"})) == (
        language if str(said).strip("7") else "fr"
    )
