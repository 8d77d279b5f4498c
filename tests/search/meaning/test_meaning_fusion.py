"""Two lists become one: by words and by meaning, with filters and pages that hold."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.search.casedoc import CASES
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.engines.tantivy_engine import TantivyEngine
from ringvirkning.search.meaning import fusion
from ringvirkning.search.meaning.fusion import Fused, find_near, fused
from ringvirkning.search.meaning.kept import Kept, arranged
from ringvirkning.search.meaning.nearness import nearness
from ringvirkning.search.plan import Document, Plan, WeightedTerm

pytestmark = pytest.mark.usefixtures("empty_catalogue")  # nobody is listened to: these cases are in no table
WORD = Plan((WeightedTerm("ord", 1.0),), ("case",), limit=40)


def document(name: str, *, says: str = "", theme: str = "helse") -> Document:
    facets = {facet: [theme] if facet == "theme" else ["ny"] if facet == "approach" else [] for facet in CASES.facets}
    return Document(f"case/{name}", "case", {"title": [says] if says else ["annet"]}, facets, {"year": 2020})


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    held = [document(f"ord{n}", says="ord") for n in range(30)] + [
        document("lik"),
        document("ulik"),
        document("lik-vei", theme="vei"),
    ]
    tantivy_engine.build(tmp_path, CASES, held, 1)
    return TantivyEngine(tmp_path, CASES)


def keys(answer: Fused) -> list[str]:
    return [key for key, _ in answer.found.hits]


def test_what_is_near_is_added_and_told_apart(engine: TantivyEngine) -> None:
    answer = find_near(engine, WORD, {"case/lik": 1.0, "case/ulik": 0.3, "case/ord7": 0.9})
    assert answer.alone == {"case/lik"}
    assert keys(answer)[0] == "case/ord7"
    assert keys(find_near(engine, WORD, {}))[0] != "case/ord7"
    assert "case/ulik" not in keys(answer)
    assert answer.found.total == 31
    assert answer.found.told["case/lik"] == ("ny",)


def test_filters_hold_for_what_is_near_too(engine: TantivyEngine) -> None:
    near = {"case/lik": 1.0, "case/lik-vei": 0.9, "case/gone": 0.95}
    only = Plan(WORD.terms, WORD.kinds, {"theme": ("helse",)})
    assert find_near(engine, only, near).alone == {"case/lik"}
    assert find_near(engine, WORD, near).alone == {"case/lik", "case/lik-vei"}


def test_no_more_than_some_are_added_the_nearest_first(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fusion, "MOST_ALONE", 1)
    assert find_near(engine, WORD, {"case/lik": 1.0, "case/lik-vei": 0.9}).alone == {"case/lik"}


@pytest.mark.parametrize("deep", [200, 8])
def test_pages_after_each_other_are_the_whole_list(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch, deep: int
) -> None:
    monkeypatch.setattr(fusion, "DEEP", deep)
    near = {"case/lik": 1.0, "case/ord7": 0.9, "case/lik-vei": 0.8}
    pages = [find_near(engine, Plan(WORD.terms, WORD.kinds, offset=n, limit=5), near) for n in range(0, 35, 5)]
    listed = [key for page in pages for key in keys(page)]
    assert len(listed) == len(set(listed)) == pages[0].found.total == 32


def test_a_need_whose_words_find_nothing_finds_nothing(engine: TantivyEngine) -> None:
    nothing = Plan((WeightedTerm("ukjent", 1.0),), ("case",))
    assert find_near(engine, nothing, {"case/lik": 1.0}).found == engine.find(nothing)
    assert find_near(engine, nothing, {"case/lik": 1.0}).found.total == 0


def test_another_order_than_relevance_is_left_alone(engine: TantivyEngine) -> None:
    by_year = Plan(WORD.terms, WORD.kinds, sort="year")
    assert find_near(engine, by_year, {"case/lik": 1.0}).found == engine.find(by_year)
    assert find_near(engine, WORD, {}).found == engine.find(WORD)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 90), min_size=1),
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1)),
)
def test_the_best_score_stays_as_it_was_and_nothing_is_lost(scores: dict[str, float], near: dict[str, float]) -> None:
    hits = sorted(scores.items(), key=lambda one: -one[1])
    alone = tuple(key for key in near if key not in scores)
    made = fused(hits, near, alone)
    assert made[0][1] == pytest.approx(hits[0][1])
    assert [score for _, score in made] == sorted((score for _, score in made), reverse=True)
    assert {key for key, _ in made} == set(scores) | set(alone)


def test_the_order_by_words_holds_when_all_are_equally_near() -> None:
    hits = [("a", 9.0), ("b", 4.0), ("c", 1.0)]
    assert [key for key, _ in fused(hits, dict.fromkeys("abc", 0.7))] == ["a", "b", "c"]
    assert fused(hits, {}) == hits


def kept(**vectors: list[list[float]]) -> Kept:
    return arranged(1, [(key, vector) for key, listed in vectors.items() for vector in listed])


def test_nearness_does_not_depend_on_how_large_a_models_numbers_are() -> None:
    need = np.array([1, 0], dtype=np.float32)
    plain = nearness(need, kept(a=[[0.9, 0]], b=[[0.3, 0]], c=[[0.0, 0]]))
    raised = nearness(need, kept(a=[[0.89, 0]], b=[[0.83, 0]], c=[[0.80, 0]]))
    assert plain == pytest.approx(raised, abs=1e-4)
    assert plain["a"] == pytest.approx(1.0)
    assert "c" not in plain


def test_a_case_is_as_near_as_its_nearest_text() -> None:
    need = np.array([1, 0], dtype=np.float32)
    near = nearness(need, kept(a=[[0, 1], [1, 0]], b=[[0.6, 0.8]], c=[[0, 1]]))
    assert next(iter(near)) == "a"


def test_no_cases_and_cases_that_are_all_alike_are_near_nothing() -> None:
    need = np.array([1, 0], dtype=np.float32)
    assert nearness(need, kept()) == {}
    assert nearness(need, kept(a=[[1, 0]], b=[[1, 0]])) == {}
