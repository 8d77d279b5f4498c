"""The engine beside a slow honest twin: what it finds, how it counts, and that what is taken out is gone."""

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
from ringvirkning.search.engines.tantivy_schema import schema_of
from ringvirkning.search.plan import Document, EngineBroken, Plan, WeightedTerm

TERMS = ("ferg", "vann", "=fall", "~fall", "løsning", "snø")
TWO_KINDS = replace(CASES, kinds=("case", "note"), told="theme")
VALUES = ("helse", "vei", "åpen", "5000-20000", "2019")


def document(key: str, **more: object) -> Document:
    plain = Document(f"case/{key}", "case", {"need": ["ferg"]}, {}, {})
    return replace(plain, **more)  # type: ignore[arg-type]


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    made = []
    for number in range(draw(st.integers(0, 12))):
        terms = draw(
            st.dictionaries(
                st.sampled_from(tuple(CASES.fields)), st.lists(st.sampled_from(TERMS), max_size=4), max_size=4
            )
        )
        facets = draw(
            st.dictionaries(st.sampled_from(CASES.facets), st.lists(st.sampled_from(VALUES), max_size=3, unique=True))
        )
        ranks = {name: draw(st.integers(0, 5)) for name in CASES.ranks}
        made.append(Document(f"case/{number}", draw(st.sampled_from(("case", "note"))), terms, facets, ranks))
    return made


plans = st.builds(
    Plan,
    terms=st.lists(
        st.builds(WeightedTerm, st.sampled_from(TERMS), st.floats(0.1, 2), st.booleans()),
        max_size=4,
        unique_by=lambda one: one.term,
    ).map(tuple),
    kinds=st.sampled_from((("case",), ("case", "note"), ("note",))),
    filters=st.dictionaries(
        st.sampled_from(CASES.facets), st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True).map(tuple)
    ),
    sort=st.sampled_from(("score", *CASES.ranks)),
    limit=st.just(50),
)


class Twin:
    """Answers a plan by going through every document, with no cleverness at all."""

    def __init__(self, held: list[Document]) -> None:
        self.held = held

    def wanted(self, plan: Plan, filters: dict[str, tuple[str, ...]]) -> Iterator[Document]:
        telling = {one.term for one in plan.terms if one.telling}
        for one in self.held:
            said = {term for terms in one.terms.values() for term in terms}
            if one.kind not in plan.kinds or (plan.terms and not telling & said):
                continue
            if all(set(values) & set(one.facets.get(name, ())) for name, values in filters.items()):
                yield one

    def keys(self, plan: Plan) -> set[str]:
        return {one.key for one in self.wanted(plan, dict(plan.filters))}

    def told(self, plan: Plan) -> dict[str, tuple[str, ...]]:
        told = {one.key: tuple(one.facets.get("theme", ())) for one in self.held}
        return {key: told[key] for key in self.keys(plan) if told[key]}

    def counts(self, plan: Plan) -> dict[str, dict[str, int]]:
        counted = {}
        for name in CASES.facets:
            others = {other: values for other, values in plan.filters.items() if other != name}
            counted[name] = dict(Counter(v for one in self.wanted(plan, others) for v in one.facets.get(name, ())))
        return counted


@pytest.fixture
def built(tmp_path: Path) -> TantivyEngine:
    held = [document(name, ranks={"year": 2020 + number}) for number, name in enumerate("abc")]
    tantivy_engine.build(tmp_path, CASES, held, 7)
    return TantivyEngine(tmp_path, CASES)


EVERYTHING = Plan(kinds=("case",))


def keys(engine: TantivyEngine, plan: Plan = EVERYTHING) -> list[str]:
    return [key for key, _ in engine.find(plan).hits]


@settings(max_examples=15)
@given(documents(), st.lists(plans, min_size=1, max_size=6))
def test_hits_and_counts_are_those_of_the_honest_twin(held: list[Document], asked: list[Plan]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # an open reader may still write its lock
        tantivy_engine.build(Path(folder), TWO_KINDS, held, 1)
        engine, twin = TantivyEngine(Path(folder), TWO_KINDS), Twin(held)
        for plan in asked:
            found = engine.find(plan)
            assert {key for key, _ in found.hits} == twin.keys(plan)
            assert found.total == len(twin.keys(plan))
            assert found.counts == twin.counts(plan)
            assert found.told == twin.told(plan)
            if plan.sort in CASES.ranks:
                ranks = {one.key: one.ranks[plan.sort] for one in held}
                order = [ranks[key] for key, _ in found.hits]
                assert order == sorted(order, reverse=plan.sort != "alphabet")
            else:
                scores = [score for _, score in found.hits]
                assert scores == sorted(scores, reverse=True)


@settings(max_examples=8)
@given(documents(), documents(), st.sets(st.integers(0, 11)))
def test_small_changes_end_in_what_building_anew_would_give(
    before: list[Document], changed: list[Document], gone: set[int]
) -> None:
    away = [f"case/{number}" for number in gone]
    after = {one.key: one for one in before if one.key not in away} | {one.key: one for one in changed}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # an open reader may still write its lock
        tantivy_engine.build(Path(folder), TWO_KINDS, before, 1)
        engine = TantivyEngine(Path(folder), TWO_KINDS)
        engine.apply(changed, away, 2)
        twin, plan = Twin(list(after.values())), Plan(kinds=("case", "note"), limit=50)
        assert set(keys(engine, plan)) == twin.keys(plan)
        assert engine.find(plan).counts == twin.counts(plan)
        assert TantivyEngine(Path(folder), TWO_KINDS).change == 2


def test_what_is_taken_out_by_its_key_is_truly_gone(built: TantivyEngine) -> None:
    built.apply([], ["case/b"], 8)
    assert set(keys(built)) == {"case/a", "case/c"}
    assert built.shares(["ferg"]) == {"ferg": 1.0}


def test_a_key_is_taken_out_whole_and_no_other_with_it(built: TantivyEngine) -> None:
    built.apply([document("a-lang"), document("A")], [], 8)
    built.apply([], ["case/a", "case", "a", "case/"], 9)
    assert set(keys(built)) == {"case/b", "case/c", "case/a-lang", "case/A"}


def test_a_document_put_in_twice_is_there_once_as_it_was_last(built: TantivyEngine) -> None:
    built.apply([document("a", terms={"need": ["vann"]})], [], 8)
    built.apply([document("a", terms={"need": ["snø"]})], [], 9)
    assert sorted(keys(built)) == ["case/a", "case/b", "case/c"]
    assert keys(built, replace(EVERYTHING, terms=(WeightedTerm("snø", 1),))) == ["case/a"]
    assert keys(built, replace(EVERYTHING, terms=(WeightedTerm("vann", 1),))) == []


def test_the_change_number_survives_and_is_never_found(built: TantivyEngine) -> None:
    assert built.change == 7
    built.apply([], [], 8)
    assert built.change == 8
    assert all(key.startswith("case/") for key in keys(built, Plan(kinds=("case", "meta", ""))))


def test_pages_share_out_the_hits(built: TantivyEngine) -> None:
    plan = replace(EVERYTHING, sort="year", limit=2)
    first, second = keys(built, plan), keys(built, replace(plan, offset=2))
    assert first + second == ["case/c", "case/b", "case/a"]
    assert keys(built, replace(plan, offset=100)) == []
    assert built.find(replace(plan, offset=100)).total == 3


def test_a_share_is_between_none_and_all(built: TantivyEngine) -> None:
    built.apply([document("d", terms={"title": ["vann"]})], [], 8)
    assert built.shares(["ferg", "vann", "borte"]) == {"ferg": 0.75, "vann": 0.25, "borte": 0.0}


def test_a_field_counts_for_what_it_weighs(tmp_path: Path) -> None:
    held = [
        document(one, terms={name: ["ferg" if name == one else "x"] for name in CASES.fields}) for one in CASES.fields
    ]
    tantivy_engine.build(tmp_path, CASES, held, 1)
    plan = replace(EVERYTHING, terms=(WeightedTerm("ferg", 1),))
    scores = {key.removeprefix("case/"): score for key, score in TantivyEngine(tmp_path, CASES).find(plan).hits}
    weights = CASES.fields
    assert {name: score / scores["other"] for name, score in scores.items()} == pytest.approx(
        {name: weight / weights["other"] for name, weight in weights.items()}, rel=1e-3
    )


@pytest.mark.parametrize("term", ["", "*", "a b", '"', "title:x", "\x00", "😀", "ø" * 40_000, "[a TO b]"])
def test_a_term_is_only_ever_a_term(term: str, built: TantivyEngine) -> None:
    assert keys(built, replace(EVERYTHING, terms=(WeightedTerm(term, 1),), filters={"theme": (term,)})) == []


def test_a_folder_that_is_no_index_is_told_broken(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "borte"):
        with pytest.raises(EngineBroken):
            TantivyEngine(folder, CASES)


def test_an_index_that_was_not_finished_is_told_broken(tmp_path: Path) -> None:
    import tantivy

    tantivy.Index(schema_of(CASES), path=str(tmp_path))
    with pytest.raises(EngineBroken, match="not finished"):
        TantivyEngine(tmp_path, CASES)
