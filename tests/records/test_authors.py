import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.records.authors import are_certain, are_people, is_one_name, split_names


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


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["Song Han", "Ji Lin"], True),
        (["Smith J.", "Roe A. B."], True),
        (["Smith J.", "Song Han"], False),
        (["Song Han", "Kiln"], False),
        (["王小明", "李四"], True),
        (["王", "李四"], False),
        (["王小明明", "이순신", "ひかり"], True),
        (["王小明明明", "李四"], False),
        (["Guido van Rossum", "J. Li"], True),
        (["van der Berg", "Song Han"], False),
        (["Jan Berg de", "Song Han"], False),
        (["Henry Ford, IV", "Jane Doe, Ph.D."], True),
        (["Research Team", "Song Han"], False),
        (["An Bo Cy Di Ed Flo", "Song Han"], True),
        (["An Bo Cy Di Ed Flo Gus", "Song Han"], False),
        (["Song H4n", "Ji Lin"], False),
        (["Given Name", "Song Han"], True),
        ([], True),
    ],
)
def test_who_is_certainly_a_person(names: list[str], people: bool) -> None:  # noqa: FBT001 - a case
    assert are_people(names) is people


def test_what_is_certain() -> None:
    assert are_certain("Song Han, Ji Lin")
    assert are_certain("Henry Ford, IV")
    assert are_certain("Song Han")
    assert not are_certain("Smith, John A.")
    assert not are_certain("Qwen Team, Alibaba Group")
    assert is_one_name("Henry Ford, Jr., PhD")
    assert not is_one_name("Henry Ford, Kiln")
    # What is too long to be one name is parted, and nobody knows whether rightly.
    long = ", ".join(["Song"] * 50)
    assert not are_certain(long)
    assert are_certain(", ".join(["Song Han"] * 50))
