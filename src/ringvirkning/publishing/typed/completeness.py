"""What a reader will miss in a case. Pure: a case file in, codes out; faces have the words.

The case page tells readers the same gaps (``web/case_page.py``), so writer and reader are told by one set of rules.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ringvirkning.publishing.terms import Step
from ringvirkning.publishing.typed.rescue import NO_THEME, NOT_WRITTEN, UNTITLED
from ringvirkning.sources.casefile.model import CaseFile, Statement
from ringvirkning.sources.casefile.terms import Effect, FigureKind, Status

# How many took part and what it cost is what became of it; nobody measures it as a gain.
NO_GAIN = (Effect.REACH, Effect.COST)


@dataclass(frozen=True)
class Gap:
    """Something a case leaves untold. ``place`` is the field to begin at."""

    code: str
    step: Step
    weight: int
    place: str


@dataclass(frozen=True)
class Question:
    """Something readers ask a case: how much it matters to them, and whether the case tells it.

    Some are not asked of a procurement that was called off: nothing came of it.
    """

    code: str
    step: Step
    place: str
    weight: int
    told: Callable[[CaseFile], object]
    when_cancelled: bool = True


def _written(statement: Statement) -> bool:
    return statement.text != NOT_WRITTEN


def cost_told(case: CaseFile) -> bool:
    """Tell whether the case says what it cost."""
    contract = case.procurement.contract if case.procurement else None
    return bool(contract and contract.value) or any(figure.effect is Effect.COST for figure in case.figures)


def gain_measured(case: CaseFile) -> bool:
    """Tell whether somebody measured what it gave."""
    return any(figure.kind is FigureKind.REALISED and figure.effect not in NO_GAIN for figure in case.figures)


def _gain_said(case: CaseFile) -> bool:
    return bool(case.effects) or any(figure.effect not in NO_GAIN for figure in case.figures)


def _can_be_bought(case: CaseFile) -> bool:
    return any(solution.availability for solution in case.solutions)


# Weights. A reader with the same need asks in this order (docs/explanation: the case page is laid out so too):
#   10  what it is about at all: without it there is no case to read;
#    8  whether it worked, what it cost, whom to ask: what decides if they go on;
#    5  how it was done, so that they can do the same: steps, requirements, lessons, documents;
#    3  what puts it in its place: procedure, dialogue, before, supplier, availability, when;
#    1  what the writer seldom knows yet.
QUESTIONS: tuple[Question, ...] = (
    Question("title", Step.NEED, "title", 10, lambda case: case.title != UNTITLED),
    Question("summary", Step.NEED, "summary.text", 10, lambda case: _written(case.summary)),
    Question("need", Step.NEED, "need.description.text", 10, lambda case: _written(case.need.description)),
    Question("themes", Step.NEED, "themes", 10, lambda case: case.themes != [NO_THEME]),
    Question("before", Step.NEED, "need.before.text", 3, lambda case: case.need.before),
    Question("buyer", Step.WHO, "parties", 8, lambda case: case.parties),
    Question("when", Step.WHO, "start", 3, lambda case: case.start or case.end),
    Question("approach", Step.HOW, "approach", 5, lambda case: case.approach),
    Question("dialogue", Step.HOW, "dialogue", 3, lambda case: case.dialogue),
    Question("specification", Step.HOW, "specification.text", 5, lambda case: case.specification),
    Question(
        "procedure", Step.HOW, "procurement.procedure", 3, lambda case: case.procurement and case.procurement.procedure
    ),
    Question("cost", Step.HOW, "procurement.contract.value.amount", 8, cost_told),
    Question("supplier", Step.RESULT, "suppliers", 3, lambda case: case.suppliers, when_cancelled=False),
    Question("solution", Step.RESULT, "solutions", 5, lambda case: case.solutions, when_cancelled=False),
    Question("availability", Step.RESULT, "solutions", 3, _can_be_bought, when_cancelled=False),
    Question("effect", Step.RESULT, "effects", 5, _gain_said, when_cancelled=False),
    Question("reuse", Step.RESULT, "reuse", 1, lambda case: case.reuse, when_cancelled=False),
    Question("gain", Step.FIGURES, "figures", 8, gain_measured, when_cancelled=False),
    Question("documents", Step.DOCUMENTS, "documents", 5, lambda case: case.documents),
    Question("contact", Step.CONTACTS, "contacts", 8, lambda case: case.contacts),
    Question("lessons", Step.LESSONS, "lessons", 5, lambda case: case.lessons),
)


TOLD = {question.code: question.told for question in QUESTIONS}


def asked_of(case_file: CaseFile) -> list[Question]:
    """Return the questions it makes sense to ask this case."""
    cancelled = case_file.state.status is Status.CANCELLED
    return [question for question in QUESTIONS if question.when_cancelled or not cancelled]


def gaps(case_file: CaseFile) -> list[Gap]:
    """Return what a reader will miss, what matters most first."""
    missed = [question for question in asked_of(case_file) if not question.told(case_file)]
    found = [Gap(question.code, question.step, question.weight, question.place) for question in missed]
    return sorted(found, key=lambda gap: -gap.weight)


def fullness(case_file: CaseFile) -> int:
    """Return how much of what readers ask a case is told, in percent of the weights."""
    whole = sum(question.weight for question in asked_of(case_file))
    missed = sum(gap.weight for gap in gaps(case_file))
    return (whole - missed) * 100 // whole
