import re

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_papers.views.query import query
from tests.pages.papers import text


def test_plain_names_stand_as_they_are_and_others_in_quotes() -> None:
    assert query([("venue", "ICML"), ("keyword", "N:M sparsity")]) == 'venue:ICML keyword:"N:M sparsity"'
    assert query([("venue", "")]) == 'venue:""'
    assert query([("author", 'Dwayne "The Rock" Johnson')]) == 'author:"Dwayne ""The Rock"" Johnson"'
    assert query([("venue", "会议")]) == "venue:会议"


# The language as `assets/browse/query.js` has it, for queries of facets alone.
_TERM = re.compile(r'(\w+):(?:"((?:[^"]|"")*)"|([^\s"“”„]+))(?: |$)')


@given(st.lists(st.tuples(st.sampled_from(["venue", "keyword"]), text), max_size=3))
def test_a_query_reads_back_as_what_it_was_made_from(terms: list[tuple[str, str]]) -> None:
    written = query(terms)
    found, position = [], 0
    while position < len(written):
        term = _TERM.match(written, position)
        assert term, written
        position = term.end()
        found.append((term[1], term[3] if term[2] is None else term[2].replace('""', '"')))
    assert found == terms
