"""The first hits have a say in the order, and in nothing else."""

from dataclasses import replace

import pytest

from ringvirkning.search.casedoc import CASES
from ringvirkning.search.feedback import find_by_words
from ringvirkning.search.index import index
from ringvirkning.search.plan import Engine, Found, Plan
from ringvirkning.search.query import understand, weigh

pytestmark = pytest.mark.usefixtures("library")
NEED = "eldre som går seg bort og ikke finner hjem"


@pytest.fixture
def engine() -> Engine:
    found = index.engine()
    assert found
    return found


def plan(engine: Engine, need: str = NEED) -> Plan:
    return Plan(weigh(understand(need), engine.shares), CASES.kinds, limit=100)


def keys(found: Found) -> list[str]:
    return [key for key, _ in found.hits]


def test_the_order_changes_and_what_is_found_and_counted_does_not(engine: Engine) -> None:
    plain, listened = engine.find(plan(engine)), find_by_words(engine, plan(engine))
    assert keys(listened) != keys(plain)
    assert sorted(keys(listened)) == sorted(keys(plain))
    assert (listened.total, listened.counts) == (plain.total, plain.counts)
    assert listened.told == plain.told


def test_the_best_score_is_what_the_needs_own_words_give(engine: Engine) -> None:
    plain, listened = engine.find(plan(engine)), find_by_words(engine, plan(engine))
    scores = [score for _, score in listened.hits]
    assert scores[0] == pytest.approx(plain.hits[0][1])
    assert scores == sorted(scores, reverse=True)


def test_pages_after_each_other_are_the_whole_list(engine: Engine) -> None:
    whole = find_by_words(engine, plan(engine))
    pages = [find_by_words(engine, replace(plan(engine), offset=start, limit=4)) for start in (0, 4, 8)]
    assert [key for page in pages for key in keys(page)] == keys(whole)[:12]
    assert all(page.total == whole.total for page in pages)


def test_filters_hold_for_those_who_are_listened_to(engine: Engine) -> None:
    narrowed = replace(plan(engine), filters={"theme": ("samferdsel",)})
    assert set(keys(find_by_words(engine, narrowed))) == set(keys(engine.find(narrowed)))


@pytest.mark.parametrize("need", ["", "zzzqqq"])
def test_without_words_there_is_nobody_to_listen_to(engine: Engine, need: str) -> None:
    assert find_by_words(engine, plan(engine, need)) == engine.find(plan(engine, need))


def test_another_order_than_by_relevance_is_left_alone(engine: Engine) -> None:
    by_year = replace(plan(engine), sort="year")
    assert find_by_words(engine, by_year) == engine.find(by_year)
