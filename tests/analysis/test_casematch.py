"""Whether a case and a notice are about the same procurement: what speaks for it, and how much."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.analysis.casematch import PROPOSED, CaseSide, NoticeSide, proposal
from ringvirkning.analysis.casewords import common_words, rarities, telling
from ringvirkning.analysis.reasons import LINKS

RARITY = {"snøskr": 4.3, "varsl": 2.0, "rad": 2.5, "vei": 1.2, "løsning": 0.4}
CASE = CaseSide(
    case_id="snoskred",
    buyers=frozenset({7}),
    buyer_names=frozenset({"troms og finnmark fylkeskommune"}),
    suppliers=frozenset({"skredvakt as"}),
    title=frozenset({"snøskr", "varsl"}),
    words=frozenset(RARITY),
    years=(2020, 2022),
    cpv=frozenset({"3511"}),
    procedure="innovation",
    numbers=frozenset({"2021-123456"}),
)
STRANGER = NoticeSide(year=2021)
SAME_BUYER = replace(STRANGER, buyers={7: True})
ITS_NOTICE = replace(
    SAME_BUYER, title=frozenset({"snøskr"}), words=frozenset({"snøskr", "varsl", "rad"}), likelihood=0.9
)


def likelihood(notice: NoticeSide, case: CaseSide = CASE) -> float:
    return proposal(case, notice, RARITY).likelihood


def reasons(notice: NoticeSide, case: CaseSide = CASE) -> list[str]:
    return [reason.code for reason in proposal(case, notice, RARITY).reasons]


def test_the_same_buyer_the_same_rare_words_and_the_right_year_are_enough() -> None:
    assert likelihood(ITS_NOTICE) >= PROPOSED
    assert reasons(ITS_NOTICE) == ["words", "buyer", "innovative", "in-time"]


def test_the_same_buyer_alone_is_far_from_enough() -> None:
    assert likelihood(SAME_BUYER) < 0.1
    innovative = replace(SAME_BUYER, likelihood=1.0)
    assert likelihood(innovative) < PROPOSED


def test_the_same_words_from_somebody_else_are_not_enough() -> None:
    assert likelihood(replace(ITS_NOTICE, buyers={8: True})) < PROPOSED


def test_a_buyer_the_register_knows_by_name_alone_counts_a_little_less() -> None:
    assert 0 < likelihood(replace(ITS_NOTICE, buyers={7: False})) < likelihood(ITS_NOTICE)


def test_a_buyer_named_in_the_text_counts_when_another_body_publishes() -> None:
    mentioned = replace(ITS_NOTICE, buyers={8: True}, text="på vegne av troms og finnmark fylkeskommune")
    assert likelihood(mentioned) >= PROPOSED
    assert "buyer-mentioned" in reasons(mentioned)


def test_the_supplier_having_won_speaks_for_it() -> None:
    award = replace(SAME_BUYER, winners=frozenset({"skredvakt as"}), words=frozenset({"varsl"}))
    assert likelihood(award) >= PROPOSED
    assert likelihood(replace(award, winners=frozenset())) < PROPOSED


def test_a_number_the_case_itself_gives_settles_it() -> None:
    assert likelihood(NoticeSide(year=1999, numbers=frozenset({"2021-123456"}))) >= PROPOSED


@pytest.mark.parametrize(("year", "fits"), [(2017, False), (2018, True), (2021, True), (2025, True), (2026, False)])
def test_a_notice_comes_a_little_before_or_some_years_after(year: int, fits: bool) -> None:
    assert ("in-time" in reasons(replace(ITS_NOTICE, year=year))) is fits


def test_what_is_decades_away_is_not_proposed_and_unknown_years_neither_help_nor_hurt() -> None:
    assert likelihood(replace(ITS_NOTICE, year=2003)) < PROPOSED
    assert not {"in-time", "out-of-time"} & set(reasons(replace(ITS_NOTICE, year=None)))
    assert not {"in-time", "out-of-time"} & set(reasons(ITS_NOTICE, replace(CASE, years=None)))


def test_everyday_words_never_add_up_to_a_match() -> None:
    plain = {f"ord{number}": 0.3 for number in range(200)}
    case = replace(CASE, words=frozenset(plain), title=frozenset())
    notice = replace(SAME_BUYER, words=frozenset(plain))
    assert proposal(case, notice, plain).likelihood < PROPOSED


SIDES = st.builds(
    NoticeSide,
    buyers=st.dictionaries(st.integers(1, 9), st.booleans(), max_size=3),
    winners=st.frozensets(st.sampled_from(["skredvakt as", "andre as"])),
    title=st.frozensets(st.sampled_from([*RARITY, "annet"])),
    words=st.frozensets(st.sampled_from([*RARITY, "annet"])),
    text=st.text(max_size=40),
    year=st.one_of(st.none(), st.integers(1990, 2100)),
    cpv=st.frozensets(st.sampled_from(["3511", "4500"])),
    procedure=st.one_of(st.none(), st.sampled_from(["innovation", "open"])),
    likelihood=st.floats(0, 1),
)


@given(SIDES)
def test_any_pair_is_judged_alike_each_time_with_reasons_that_have_words(notice: NoticeSide) -> None:
    found = proposal(CASE, notice, RARITY)
    assert found == proposal(CASE, notice, RARITY)
    assert 0 <= found.likelihood <= 1
    assert {reason.code for reason in found.reasons} <= set(LINKS)
    weights = [abs(reason.weight) for reason in found.reasons]
    assert weights == sorted(weights, reverse=True) and all(weights)


# Words.


def test_telling_words_are_stems_without_those_that_every_notice_has() -> None:
    found = telling({"nb": "Kommunen skal anskaffe en løsning for varsling av snøskred. Snøskredet!"})
    assert found == {"varsling", "snøskr", "snøskred"} or "snøskred" in found
    assert not found & common_words()


def test_rare_words_tell_more() -> None:
    found = rarities([frozenset({"vei", "snøskred"}), frozenset({"vei"}), frozenset({"vei"})])
    assert found["snøskred"] > found["vei"] > 0


def test_the_list_of_common_words_has_no_names_of_people() -> None:
    path = Path(__file__).parents[2] / "src" / "ringvirkning" / "data" / "notice_words.json"
    stems = json.loads(path.read_text(encoding="utf-8"))["stems"]
    assert set(stems) == {"nb", "en"} and all(stem == stem.lower() for listed in stems.values() for stem in listed)
