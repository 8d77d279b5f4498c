"""The engine beside its slow honest twin, over both shapes: hits, counts, codes above codes, ranges, orders."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringvirkning.search.casedoc import CASES
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.engines.tantivy_engine import TantivyEngine
from ringvirkning.search.notices.noticedoc import NOTICES
from ringvirkning.search.plan import Document, Plan, Range, Shape, WeightedTerm

SHAPES = {"cases": CASES, "notices": NOTICES}
TERMS = ("ferg", "vann", "=fall", "snø", "technolog")
VALUES = ("helse", "vei", "åpen", "NO", "2019")
CODES = ("45", "452", "4521", "45214", "45214210", "72", "722", "NO", "NO0", "NO08", "NO081", "SE1", "7")


def values_of(shape: Shape, facet: str) -> st.SearchStrategy[str]:
    return st.sampled_from(CODES if facet in shape.trees else VALUES)


@st.composite
def documents(draw: st.DrawFn, shape: Shape) -> list[Document]:
    made = []
    for number in range(draw(st.integers(0, 14))):
        said = st.lists(st.sampled_from(TERMS), max_size=4)
        terms = draw(st.dictionaries(st.sampled_from(tuple(shape.fields)), said, max_size=3))
        named = draw(st.sets(st.sampled_from(shape.facets), max_size=6))
        facets = {name: draw(st.lists(values_of(shape, name), max_size=4, unique=True)) for name in sorted(named)}
        ranks = draw(st.dictionaries(st.sampled_from(shape.ranks), st.integers(-2, 5)))
        made.append(Document(f"x/{number}", shape.kinds[0], terms, facets, ranks))
    return made


@st.composite
def plans(draw: st.DrawFn, shape: Shape) -> Plan:
    term = st.builds(WeightedTerm, st.sampled_from(TERMS), st.floats(0.1, 2), st.booleans())
    named = draw(st.sets(st.sampled_from(shape.facets), max_size=3))
    limits = st.one_of(st.none(), st.integers(-1, 5))
    return Plan(
        terms=tuple(draw(st.lists(term, max_size=3, unique_by=lambda one: one.term))),
        kinds=shape.kinds,
        filters={
            name: tuple(draw(st.lists(values_of(shape, name), min_size=1, max_size=3, unique=True)))
            for name in sorted(named)
        },
        ranges=draw(st.dictionaries(st.sampled_from(shape.ranks), st.builds(Range, limits, limits), max_size=2)),
        sort=draw(st.sampled_from(("score", *shape.ranks))),
        limit=50,
        counted=draw(st.one_of(st.none(), st.sets(st.sampled_from(shape.facets), max_size=4).map(tuple))),
    )


class Twin:
    """Answers a plan by going through every document, with no cleverness at all."""

    def __init__(self, shape: Shape, held: list[Document]) -> None:
        self.shape, self.held = shape, held

    def values(self, one: Document, facet: str) -> set[str]:
        levels = self.shape.trees.get(facet)
        return {value for value in one.facets.get(facet, ()) if not levels or len(value) in levels}

    def wanted(self, plan: Plan, filters: dict[str, tuple[str, ...]]) -> Iterator[Document]:
        telling = {one.term for one in plan.terms if one.telling}
        for one in self.held:
            said = {term for terms in one.terms.values() for term in terms}
            if plan.terms and not telling & said:
                continue
            if not all(self.inside(one.ranks.get(name), limits) for name, limits in plan.ranges.items()):
                continue
            if all(set(values) & self.values(one, name) for name, values in filters.items()):
                yield one

    @staticmethod
    def inside(number: int | None, limits: Range) -> bool:
        least, most = limits
        if least is None and most is None:
            return True
        return number is not None and (least is None or number >= least) and (most is None or number <= most)

    def counts(self, plan: Plan) -> dict[str, dict[str, int]]:
        counted = {}
        for name in self.shape.facets if plan.counted is None else plan.counted:
            others = {other: values for other, values in plan.filters.items() if other != name}
            found = Counter(value for one in self.wanted(plan, others) for value in self.values(one, name))
            counted[name] = {value: count for value, count in found.items() if self.shown(name, value, plan)}
        return counted

    def shown(self, facet: str, value: str, plan: Plan) -> bool:
        levels = self.shape.trees.get(facet)
        if not levels or len(value) == levels[0]:
            return True
        above = levels[levels.index(len(value)) - 1]
        return any(
            value.startswith(chosen) and next((n for n in levels if n > len(chosen)), 0) == len(value)
            for chosen in plan.filters.get(facet, ())
            if len(chosen) <= above
        )


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=25)
@given(st.data())
def test_hits_and_counts_are_those_of_the_honest_twin(name: str, data: st.DataObject) -> None:
    shape = SHAPES[name]
    held = data.draw(documents(shape))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # an open reader may still write its lock
        tantivy_engine.build(Path(folder), shape, held, 7)
        engine, twin = TantivyEngine(Path(folder), shape), Twin(shape, held)
        for plan in data.draw(st.lists(plans(shape), min_size=1, max_size=6)):
            found, right = engine.find(plan), list(twin.wanted(plan, dict(plan.filters)))
            assert {key for key, _ in found.hits} == {one.key for one in right}
            assert found.total == len(right)
            assert found.counts == twin.counts(plan)
            in_order([key for key, _ in found.hits], [score for _, score in found.hits], plan, shape, held)


def in_order(keys: list[str], scores: list[float], plan: Plan, shape: Shape, held: list[Document]) -> None:
    if plan.sort == "score":
        assert scores == sorted(scores, reverse=True)
        return
    ranks = {one.key: one.ranks.get(plan.sort) for one in held}
    order = [ranks[key] for key in keys]
    known = [number for number in order if number is not None]
    assert known == sorted(known, reverse=plan.sort not in shape.ascending)
    assert order == known + [None] * (len(order) - len(known)), "what has no number comes last"


def test_a_page_is_a_stretch_of_the_whole_list(tmp_path: Path) -> None:
    held = [Document(f"n/{n}", "notice", {"text": ["ferg"] * (1 + n % 3)}, {}, {"published": n % 5}) for n in range(60)]
    tantivy_engine.build(tmp_path, NOTICES, held, 1)
    engine = TantivyEngine(tmp_path, NOTICES)
    for sort in ("score", "published", "deadline"):
        plan = Plan((WeightedTerm("ferg", 1.0),), NOTICES.kinds, sort=sort, limit=60)
        pages = (engine.find(replace(plan, offset=start, limit=7)).hits for start in range(0, 60, 7))
        assert [hit for page in pages for hit in page] == engine.find(plan).hits


@pytest.mark.parametrize("value", ["45.*", "(", "4[", "", "\x00", "45|72", "é" * 10])
def test_a_code_is_never_taken_for_a_pattern(value: str, tmp_path: Path) -> None:
    held = [Document("n/1", "notice", {}, {"cpv": ["45", "452"]}, {})]
    tantivy_engine.build(tmp_path, NOTICES, held, 1)
    found = TantivyEngine(tmp_path, NOTICES).find(Plan(kinds=NOTICES.kinds, filters={"cpv": (value,)}))
    assert (found.total, found.counts["cpv"]) == (0, {"45": 1})
