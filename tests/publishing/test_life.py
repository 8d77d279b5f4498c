"""The table of a case's life: whole, without blind alleys, and drawn as it is in the documents."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.catalogue.terms import Standing
from ringvirkning.publishing.life import (
    LIFE,
    ORGANISATION,
    PROGRAMME,
    RULES,
    Hat,
    Move,
    Stage,
    may,
    moves_open_to,
    needs_reason,
    stage_of_draft,
)
from ringvirkning.publishing.terms import DraftState
from ringvirkning.web.life import diagram
from ringvirkning.web.life.words import HATS, MOVES, STAGES

ROOT = Path(__file__).resolve().parents[2]
hats = st.sets(st.sampled_from(list(Hat)))


def test_every_move_stands_once_in_the_table() -> None:
    assert [rule.move for rule in LIFE] == list(Move)
    assert set(RULES) == set(Move)


def test_every_state_of_a_draft_and_of_a_case_is_a_stage() -> None:
    assert {stage.value for stage in Stage} == {one.value for one in (*DraftState, *Standing)}
    assert stage_of_draft("submitted") is Stage.SUBMITTED


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DISCARDED])
def test_an_editor_can_always_do_something_but_with_what_is_discarded(stage: Stage) -> None:
    assert moves_open_to(stage, {Hat.EDITOR})


@given(st.sampled_from(list(Move)), st.sampled_from(list(Stage)), hats)
def test_a_move_is_open_exactly_when_the_table_says_so(move: Move, stage: Stage, worn: set[Hat]) -> None:
    rule = RULES[move]
    assert may(move, stage, worn) == (stage in rule.starts and bool(rule.who & worn))
    assert (move in moves_open_to(stage, worn)) == may(move, stage, worn)


@given(st.sampled_from(list(Move)), st.sampled_from(list(Stage)))
def test_whoever_wears_no_hat_may_do_nothing(move: Move, stage: Stage) -> None:
    assert not may(move, stage, set())


def test_only_the_programme_publishes_sends_back_and_restores() -> None:
    theirs = {rule.move for rule in LIFE if rule.who == PROGRAMME}
    assert theirs == {Move.PUBLISH, Move.SEND_BACK, Move.RESTORE}
    assert not any(move in theirs for stage in Stage for move in moves_open_to(stage, ORGANISATION))


def test_one_who_only_writes_cannot_take_a_case_from_its_readers() -> None:
    assert moves_open_to(Stage.PUBLISHED, {Hat.WRITER}) == [Move.REVISE]
    assert moves_open_to(Stage.PUBLISHED, {Hat.WRITER, Hat.KEEPER}) == [Move.REVISE, Move.WITHDRAW, Move.ARCHIVE]


def test_whoever_takes_something_from_others_says_why() -> None:
    assert {move for move in Move if needs_reason(move)} == {Move.SEND_BACK, Move.WITHDRAW, Move.ARCHIVE}


def test_everything_in_the_table_has_words() -> None:
    assert set(STAGES) == {str(one) for one in Stage}
    assert set(MOVES) == {str(one) for one in Move}
    assert set(HATS) == {str(one) for one in Hat}


def test_the_diagram_and_the_table_in_the_documents_are_today_s() -> None:
    told = (ROOT / "docs" / "explanation" / "livslopet.md").read_text(encoding="utf-8")
    assert diagram.diagram() in told, "run: python -m ringvirkning.web.life.diagram"
    assert diagram.table() in told, "run: python -m ringvirkning.web.life.diagram"
