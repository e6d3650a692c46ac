from mkdocs_papers.records.suggest import did_you_mean, nearest


def test_nearest() -> None:
    known = ("title", "abbr", "url", "authors")
    assert nearest("titel", known) == "title"
    assert nearest(" TITLE ", known) == "title"
    assert nearest("autor", known) == "authors"
    assert nearest("zzz", known) is None
    assert nearest("", known) is None
    assert nearest("title" * 100, known) is None


def test_space_around_a_word_is_no_part_of_it() -> None:
    assert nearest(" r ", ("r",)) == "r"


def test_a_word_that_nobody_mistypes_gets_no_suggestion() -> None:
    assert nearest("a" * 100, ("a" * 100,)) == "a" * 100
    assert nearest("a" * 101, ("a" * 101,)) is None


def test_words_are_alike_where_seven_tenths_of_them_are() -> None:
    # Twice the letters that both have, of all letters: 14 of 20, and 12 of 20.
    assert nearest("abcdefgxyz", ("abcdefg123",)) == "abcdefg123"
    assert nearest("abcdefwxyz", ("abcdef1234",)) is None


def test_the_first_of_equals_wins() -> None:
    assert nearest("quest", ("Quest", "QUEST")) == "Quest"


def test_did_you_mean() -> None:
    assert did_you_mean("reed", ("read", "reading")) == "did you mean 'read'?"
    assert did_you_mean("x", ("read",)) == ""
