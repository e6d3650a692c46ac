import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.render import name_with_math, with_math
from mkdocs_papers.pages.text import is_long, pieces


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("DoubleSparsity", ["Double", "Sparsity"]),
        ("PyTorch/TensorFlow", ["PyTorch/", "TensorFlow"]),
        ("W4/A8", ["W4/A8"]),
        ("AttentionResiduals", ["Attention", "Residuals"]),
        ("attention_sparsity", ["attention_", "sparsity"]),
        ("LLMPrunerForAll", ["LLM", "Pruner", "For", "All"]),
        ("the QuantizationZoo", ["the Quantization", "Zoo"]),
        ("blocksparse", ["blocksparse"]),
        ("SparQ", ["SparQ"]),
        ("SmoothQuant", ["Smooth", "Quant"]),
        ("SmoothQuanting_A", ["Smooth", "Quanting_A"]),
        ("LongNameOfMine", ["Long", "NameOf", "Mine"]),
        ("", [""]),
    ],
)
def test_a_long_name_wraps_between_its_words(name: str, parts: list[str]) -> None:
    assert pieces(name) == parts


@given(st.text("abAB_1 -/é", max_size=30))
def test_the_pieces_are_the_name(name: str) -> None:
    assert "".join(pieces(name)) == name
    assert all(len(piece) > 2 for piece in pieces(name)[1:])


def test_what_has_no_place_to_wrap_is_long() -> None:
    assert not is_long("DoubleSparsity")
    assert not is_long("SmoothQuant plus")
    assert is_long("blocksparse")


def test_markup_in_a_name_stays_text() -> None:
    assert name_with_math("<b>LongNameOfMine</b>") == "&lt;b&gt;Long<wbr>NameOf<wbr>Mine&lt;/b&gt;"
    assert with_math(r"<$\softmax x$>").startswith("&lt;<math")
    assert '<mo stretchy="true" fence="true" form="prefix">(</mo>' in with_math(r"$\left( x \right)$")
    assert "<mo>softmax</mo>" in with_math(r"$\softmax x$")
    assert name_with_math("$O(n)$LongNameOfMine").endswith("</math>Long<wbr>NameOf<wbr>Mine")
