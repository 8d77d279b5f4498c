"""Which terms of a need bring notices in: the rarest, and not more than may come in together."""

from collections.abc import Iterable

import pytest

from ringvirkning.search.notices.query import ALWAYS, weigh
from ringvirkning.search.query import Understood

NEED = Understood("", {f"ord{number}": 1.0 for number in range(8)})


def share(terms: Iterable[str]) -> dict[str, float]:
    """Each word stands in twice as many notices as the one before."""
    return {term: 0.001 * 2 ** int(term[-1]) for term in terms}


@pytest.mark.parametrize(("together", "telling"), [(0.1, 6), (0.01, ALWAYS), (0.016, 4), (1e-9, ALWAYS)])
def test_the_rarest_bring_in_as_many_as_there_may_be(together: float, telling: int) -> None:
    terms = weigh(NEED, share, together=together)
    assert {one.term for one in terms if one.telling} == {f"ord{number}" for number in range(telling)}
    assert len(terms) == len(NEED.terms), "the others put them in order"
