"""The parts of people's names."""

import pytest

from mkdocs_papers.library.person import Person, person


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Song Han", Person("Han", "Song")),
        ("Guido van Rossum", Person("Rossum", "Guido", "van")),
        ("Ludwig Mies van der Rohe", Person("Rohe", "Ludwig Mies", "van der")),
        (
            "Charles Louis Xavier Joseph de la Vallee Poussin",
            Person("Vallee Poussin", "Charles Louis Xavier Joseph", "de la"),
        ),
        ("Sammy Davis, Jr.", Person("Davis", "Sammy", suffix="Jr.")),
        ("Sammy Davis III", Person("Davis", "Sammy", suffix="III")),
        ("Davis, Sammy", Person("Davis, Sammy")),
        ("van Rossum", Person("Rossum", "van")),
        ("OpenAI", Person("OpenAI")),
        ("王 小明", Person("王 小明")),
        ("Łukasz   Kaiser", Person("Kaiser", "Łukasz")),
    ],
)
def test_parts(name: str, parts: Person) -> None:
    assert person(name) == parts


def test_both_ways_to_write_a_name() -> None:
    rohe = Person("Rohe", "Ludwig", "van der", "Jr.")
    assert (rohe.natural, rohe.inverted) == ("Ludwig van der Rohe", "van der Rohe, Ludwig, Jr.")
