from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.pages.address import Address
from mkdocs_papers.pages.group_links import Count, Link, by_letter
from mkdocs_papers.views.order import by_family_name, by_name


def counts(names: list[str]) -> list[Count]:
    return [Count(Link(name, Address("authors")), 1) for name in sorted(names, key=by_name)]


def test_people_stand_in_the_order_of_their_family_names() -> None:
    people = ["Guido van Rossum", "Song Han", "Sammy Davis, Jr.", "王小明", "Ada", "Angela Fan"]
    assert sorted(people, key=by_family_name) == [
        "Ada",
        "Sammy Davis, Jr.",
        "Angela Fan",
        "Song Han",
        "Guido van Rossum",
        "王小明",
    ]


def test_names_stand_below_their_letters() -> None:
    found = by_letter(counts(["bob", "Ann", "Ada", "Çağlar", "王小明", "3M", "Bea"]))
    assert [(letter.name, [count.link.text for count in letter.counts]) for letter in found] == [
        ("#", ["3M"]),
        ("A", ["Ada", "Ann"]),
        ("B", ["Bea", "bob"]),
        ("…", ["Çağlar", "王小明"]),
    ]
    assert [letter.id for letter in found] == ["letter-before", "letter-A", "letter-B", "letter-after"]


@given(st.lists(st.text(min_size=1, max_size=4), max_size=20))
def test_each_name_stands_once_and_each_letter_too(names: list[str]) -> None:
    given_counts = counts(names)
    found = by_letter(given_counts)
    assert [count for letter in found for count in letter.counts] == given_counts
    assert len({letter.id for letter in found}) == len(found)
