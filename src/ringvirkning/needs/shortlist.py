"""Verbs of the shortlist: keep a solution, judge it, take it out, put them in order, ask those who have it.

Each touches one solution under the assessment's lock, so that two people who judge different ones never collide.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ringvirkning.needs.assessment import Question, Solution
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.queries import last_to_change
from ringvirkning.needs.refusals import Refused
from ringvirkning.needs.sections import mark_of
from ringvirkning.needs.terms import AnswerKind, Fit, Section
from ringvirkning.needs.writing import Act, Conflict, Saved, locked, replaced, write
from ringvirkning.people.models import Person

JUDGEMENT = ("fit", "because", "notes")
Row = dict[str, Any]
Name = tuple[AnswerKind, str]  # a solution: its kind and key


def judgement_mark(solution: Mapping[str, Any]) -> str:
    """Return the mark of what is thought of a solution: what a page that judges it sends back as ``base``."""
    return mark_of({name: solution.get(name) for name in JUDGEMENT})


@transaction.atomic
def keep_solution(*, assessment: AssessmentRow, solution: Solution, person: Person, at: datetime) -> Saved:
    """Put a solution last on the shortlist. One that is there already stays as it is, judgement and all."""
    row = locked(assessment, person)
    solutions = _solutions(row)
    if not any(_is(one, (solution.kind, solution.key)) for one in solutions):
        solutions.append(solution.model_dump(mode="json", exclude_none=True))
        _write(row, solutions, Act(person, at, "kept_solution", Section.SOLUTIONS))
    return _saved(row, (solution.kind, solution.key))


@transaction.atomic
def judge_solution(
    *,
    assessment: AssessmentRow,
    solution: Name,
    base: str,
    fit: Fit | None,
    because: str | None,
    notes: str | None,
    person: Person,
    at: datetime,
) -> Saved | Conflict:
    """Say how well a solution fits, and why. ``base`` is ``judgement_mark`` of what the page showed.

    Another's judgement made since is not overwritten: then the answer is a ``Conflict`` with both.
    """
    row = locked(assessment, person)
    solutions = _solutions(row)
    judged = _find(solutions, solution)
    mine = _judgement({"fit": fit.value if fit else None, "because": because, "notes": notes})
    theirs = _judgement(judged)
    if judgement_mark(theirs) not in (base, judgement_mark(mine)):
        fields = tuple(name for name in JUDGEMENT if theirs.get(name) != mine.get(name))
        wrote = last_to_change(row, ["solutions"])
        return Conflict(theirs, mine, fields, wrote.saved_by, wrote.saved, judgement_mark(theirs))
    for name in JUDGEMENT:
        judged[name] = mine.get(name)
    _write(row, solutions, Act(person, at, "judged_solution", Section.SOLUTIONS))
    return _saved(row, solution)


@transaction.atomic
def take_out_solution(*, assessment: AssessmentRow, solution: Name, person: Person, at: datetime) -> None:
    """Take a solution off the shortlist. One that is gone already is no fault; earlier versions have it still."""
    row = locked(assessment, person)
    left = [one for one in _solutions(row) if not _is(one, solution)]
    _write(row, left, Act(person, at, "took_out_solution", Section.SOLUTIONS))


@transaction.atomic
def order_solutions(*, assessment: AssessmentRow, order: Sequence[Name], person: Person, at: datetime) -> None:
    """Put the shortlist in order. What is not named, such as what another has just kept, comes last as it stood."""
    row = locked(assessment, person)
    place = {name: number for number, name in enumerate(order)}
    solutions = _solutions(row)
    solutions.sort(key=lambda one: place.get((AnswerKind(one["kind"]), one["key"]), len(place)))
    _write(row, solutions, Act(person, at, "ordered_solutions", Section.SOLUTIONS))


@transaction.atomic
def ask_question(*, assessment: AssessmentRow, question: Question, person: Person, at: datetime) -> None:
    """Add a question to those who have a solution. Answers are written where questions are (``Section.QUESTIONS``)."""
    row = locked(assessment, person)
    asked = question.model_dump(mode="json", exclude_none=True)
    new = replaced(row, {"questions": [*row.content.get("questions", []), asked]})
    write(row, new, Act(person, at, "asked_question", Section.QUESTIONS))


def _solutions(row: AssessmentRow) -> list[Row]:
    return [dict(one) for one in row.content.get("solutions", [])]


def _is(solution: Mapping[str, Any], name: Name) -> bool:
    return (solution["kind"], solution["key"]) == (name[0].value, name[1])


def _find(solutions: list[Row], name: Name) -> Row:
    found = next((one for one in solutions if _is(one, name)), None)
    if found is None:
        raise Refused("no_such_solution")
    return found


def _judgement(said: Mapping[str, Any]) -> Row:
    """Return what is thought of a solution as it is stored: blank is absent."""
    known = ((name, (said.get(name) or "").strip()) for name in JUDGEMENT)
    return {name: words for name, words in known if words}


def _write(row: AssessmentRow, solutions: list[Row], act: Act) -> None:
    write(row, replaced(row, {"solutions": solutions}), act)


def _saved(row: AssessmentRow, name: Name) -> Saved:
    stored = _find(_solutions(row), name)
    return Saved(row.version, stored, judgement_mark(stored))
