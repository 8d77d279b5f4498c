"""The life of a case, in one place: its stages, the moves between them, who may make them, and when a reason is asked.

Pure. ``moves.py`` carries the moves out and asks this table first; pages ask it which buttons to show; the diagram
and the table in the documents are made from it (``web/life/diagram.py``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ringvirkning.catalogue.terms import Standing
from ringvirkning.publishing.terms import DraftState


class Stage(StrEnum):
    """Where a case is in its life. Work on a case has the first three; what readers meet has the last three."""

    DRAFT = DraftState.DRAFT.value
    SUBMITTED = DraftState.SUBMITTED.value
    DISCARDED = DraftState.DISCARDED.value
    PUBLISHED = Standing.PUBLISHED.value
    ARCHIVED = Standing.ARCHIVED.value
    WITHDRAWN = Standing.WITHDRAWN.value


class Hat(StrEnum):
    """What somebody is towards one draft or one case."""

    WRITER = "writer"  # speaks for the organisation it belongs to
    KEEPER = "keeper"  # looks after that organisation's people
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Move(StrEnum):
    """What can be done with a case."""

    SUBMIT = "submit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    DISCARD = "discard"
    REVISE = "revise"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    RESTORE = "restore"


PROGRAMME = frozenset({Hat.EDITOR, Hat.ADMINISTRATOR})
ORGANISATION = frozenset({Hat.WRITER, Hat.KEEPER})


@dataclass(frozen=True)
class Rule:
    """A move: from which stages, to which, who may make it, and whether they must say why."""

    move: Move
    starts: tuple[Stage, ...]
    end: Stage
    who: frozenset[Hat]
    reason: bool = False


LIFE = (
    Rule(Move.SUBMIT, (Stage.DRAFT,), Stage.SUBMITTED, ORGANISATION | PROGRAMME),
    Rule(Move.SEND_BACK, (Stage.SUBMITTED,), Stage.DRAFT, PROGRAMME, reason=True),
    # An editor may publish what nobody submitted: their own work for the programme.
    Rule(Move.PUBLISH, (Stage.SUBMITTED, Stage.DRAFT), Stage.PUBLISHED, PROGRAMME),
    # What is submitted is sent back before it is thrown away, so that its writers are told why.
    Rule(Move.DISCARD, (Stage.DRAFT,), Stage.DISCARDED, ORGANISATION | PROGRAMME),
    # A new version is written beside the old one, which readers meet until the new one is published.
    Rule(Move.REVISE, (Stage.PUBLISHED, Stage.ARCHIVED), Stage.DRAFT, ORGANISATION | PROGRAMME),
    # One who speaks for a municipality can take its case away at once; a colleague who only writes asks them to.
    Rule(Move.WITHDRAW, (Stage.PUBLISHED, Stage.ARCHIVED), Stage.WITHDRAWN, PROGRAMME | {Hat.KEEPER}, reason=True),
    Rule(Move.ARCHIVE, (Stage.PUBLISHED,), Stage.ARCHIVED, PROGRAMME | {Hat.KEEPER}, reason=True),
    # Somebody had a reason for taking it away; the programme hears both sides before it comes back.
    Rule(Move.RESTORE, (Stage.ARCHIVED, Stage.WITHDRAWN), Stage.PUBLISHED, PROGRAMME),
)
RULES = {rule.move: rule for rule in LIFE}


def stage_of_draft(state: str) -> Stage:
    """Return the stage a draft is in: a finished draft is a published case."""
    return Stage(state)


def starts_there(move: Move, stage: Stage) -> bool:
    """Tell whether a case in this stage can make the move at all."""
    return stage in RULES[move].starts


def may(move: Move, stage: Stage, hats: Collection[Hat]) -> bool:
    """Tell whether somebody with these hats may make the move from this stage."""
    return starts_there(move, stage) and bool(RULES[move].who & set(hats))


def moves_open_to(stage: Stage, hats: Collection[Hat]) -> list[Move]:
    """Return the moves somebody with these hats may make from this stage, in the order of the table."""
    return [rule.move for rule in LIFE if may(rule.move, stage, hats)]


def needs_reason(move: Move) -> bool:
    """Tell whether whoever makes the move must say why."""
    return RULES[move].reason
