from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.records.names import split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("  ", ()),
        (" , ;", ()),
        (" Song Han ", ("Song Han",)),
        ("Song Han, Ji Lin", ("Song Han", "Ji Lin")),
        ("Song Han,Ji Lin ,", ("Song Han", "Ji Lin")),
        ("Song Han; Ji Lin", ("Song Han", "Ji Lin")),
        ("张三，李四、王五；赵六", ("张三", "李四", "王五", "赵六")),
        ("Song Han, Ji Lin and Jiaming Tang", ("Song Han", "Ji Lin", "Jiaming Tang")),
        ("Song Han, Ji Lin, and Jiaming Tang", ("Song Han", "Ji Lin", "Jiaming Tang")),
        ("Song Han, & Ji Lin", ("Song Han", "Ji Lin")),
        ("Research and Engineering Team", ("Research and Engineering Team",)),
        ("Guy L. Steele, Jr.", ("Guy L. Steele, Jr.",)),
        ("Guy L. Steele, Jr., Song Han", ("Guy L. Steele, Jr.", "Song Han")),
        ("Henry Ford, III", ("Henry Ford, III",)),
        ("Jane Doe, PhD, John Roe, Ph.D.", ("Jane Doe, PhD", "John Roe, Ph.D.")),
        ("Jr., Song Han", ("Jr., Song Han",)),
        ("Sammy Davis, Jr., and Song Han", ("Sammy Davis, Jr.", "Song Han")),
        # One person each.
        ("Smith, John A.", ("Smith, John A.",)),
        ("van der Berg, Jan", ("van der Berg, Jan",)),
        ("van der Berg, Jan Piet", ("van der Berg, Jan Piet",)),
        ("King, Martin, Jr.", ("King, Martin, Jr.",)),
        ("LeCun, Yann ,", ("LeCun, Yann",)),
        ("García Márquez, Gabriel J.", ("García Márquez, Gabriel J.",)),
        # One body each.
        ("Institute of Arts and Letters, Kiln", ("Institute of Arts and Letters, Kiln",)),
        ("Qwen Team, Alibaba Group", ("Qwen Team, Alibaba Group",)),
        ("Deep Learning and Robot Lab, New Kiln", ("Deep Learning and Robot Lab, New Kiln",)),
        ("Procter &amp; Gamble", ("Procter &amp; Gamble",)),
        # Two or more, certainly.
        ("Smith J., Roe A. B.", ("Smith J.", "Roe A. B.")),
        ("Guido van Rossum, J. Li", ("Guido van Rossum", "J. Li")),
        ("Smith, John; Roe, Jane", ("Smith, John", "Roe, Jane")),
        ("Song Han, Ji Lin; Smith, John", ("Song Han", "Ji Lin", "Smith, John")),
        ("Jérôme O’Neill-Étienne, Е. Иванова", ("Jérôme O’Neill-Étienne", "Е. Иванова")),
        ("Null, John Roe", ("Null, John Roe",)),
        (", ".join(["Song"] * 50), ("Song",) * 50),
    ],
)
def test_split(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@given(st.text("ab ,;，&and\n\u3000", max_size=30))
def test_names_are_trimmed_and_none_is_empty(text: str) -> None:
    names = split_names(text)
    assert all(name and name == name.strip() for name in names)
    # A name that was split is not split again.
    assert all(split_names(name) == (name,) for name in names)


def test_a_megabyte_takes_no_time() -> None:
    assert split_names(" " * 1_000_000 + "," + " " * 1_000_000 + "and") == ()
