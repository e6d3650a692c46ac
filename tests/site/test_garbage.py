from __future__ import annotations

import gc

import pytest

from mkdocs_papers.site.garbage import uncollected


def test_the_collector_rests_and_goes_on_as_it_was() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="whatever"), uncollected():
        raise ValueError("whatever")
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
