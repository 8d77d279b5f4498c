"""Many who work on one assessment at the same moment, with true commits: nothing acknowledged is lost."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from tests.needs.conftest import NEED, fresh, organisations

from ringvirkning.needs import operations, queries
from ringvirkning.needs.assessment import Question, Solution
from ringvirkning.needs.models import AssessmentRow, SectionSetAside
from ringvirkning.needs.operations import Conflict, Refused, Saved
from ringvirkning.needs.sections import fingerprint
from ringvirkning.needs.terms import AnswerKind, Section
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role

MANY = 6


@pytest.fixture
def people(empty_for_real: None, somebody: Callable[..., Person]) -> list[Person]:
    organisations()
    return [somebody(Role.CONTRIBUTOR, name=f"Nr. {number}") for number in range(MANY)]


@pytest.fixture
def row(people: list[Person], now: datetime) -> AssessmentRow:
    content = {"title": "Fall om natten", "need": NEED}
    row = operations.begin(content=content, organisation="larvik", person=people[0], at=now)
    for colleague in people[1:]:
        operations.share_with(assessment=row, colleague=colleague, person=people[0], at=now)
    return fresh(row)


def together(work: Callable[[int], None]) -> None:
    """Let so many threads work at once, and pass on what went wrong in any of them."""
    problems: list[BaseException] = []
    start = threading.Barrier(MANY)

    def guarded(number: int) -> None:
        try:
            start.wait(30)
            work(number)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert problems == []


def test_of_those_who_change_the_same_one_is_saved_and_the_others_are_set_aside(
    row: AssessmentRow, people: list[Person], now: datetime
) -> None:
    base, outcomes = fingerprint(row.content, Section.CONCLUSION), {}

    def write(number: int) -> None:
        outcomes[number] = operations.save_section(
            assessment=row, section=Section.CONCLUSION, base=base, content={"conclusion": f"Nr. {number}"},
            person=people[number], at=now,
        )  # fmt: skip

    together(write)
    [won] = [number for number, outcome in outcomes.items() if isinstance(outcome, Saved)]
    assert fresh(row).content["conclusion"] == f"Nr. {won}"
    for number, outcome in outcomes.items():
        if number != won:
            assert isinstance(outcome, Conflict)
            assert outcome.theirs == {"conclusion": f"Nr. {won}"}
            aside = queries.set_aside_of(row, Section.CONCLUSION, people[number])
            assert aside
            assert aside.content == {"conclusion": f"Nr. {number}"}
    assert SectionSetAside.objects.count() == MANY - 1


def test_those_who_change_different_things_all_keep_theirs(
    row: AssessmentRow, people: list[Person], now: datetime
) -> None:
    base = {section: fingerprint(row.content, section) for section in Section}
    typed: list[tuple[Section, dict[str, Any]]] = [
        (Section.NEED, {**{name: row.content[name] for name in ("need", "language")}, "title": "Ny tittel"}),
        (Section.NEED, {**{name: row.content[name] for name in ("title", "language")}, "need": "Nytt behov"}),
        (Section.CONCLUSION, {"conclusion": "Slutt"}),
        (Section.VALUE, {"zero": {"text": "Ingenting skjer"}}),
        (Section.READING, {"adjusted": {"struck": ["natt"]}}),
        (Section.QUESTIONS, {"questions": [{"to": "Tønsberg", "text": "Hvordan gikk det?"}]}),
    ]

    def write(number: int) -> None:
        section, content = typed[number]
        outcome = operations.save_section(
            assessment=row, section=section, base=base[section], content=content, person=people[number], at=now
        )
        assert isinstance(outcome, Saved)

    together(write)
    found = queries.read(fresh(row))
    assert (found.title, found.need, found.conclusion) == ("Ny tittel", "Nytt behov", "Slutt")
    assert (found.zero.text, found.adjusted.struck) == ("Ingenting skjer", ["natt"])
    assert found.questions[0].text == "Hvordan gikk det?"
    numbers = [one.version for one in queries.versions_of(fresh(row))]
    assert numbers == list(range(numbers[0], 0, -1)), "no version is missing or double"


def test_everybody_who_keeps_solutions_and_asks_at_once_is_heard(
    row: AssessmentRow, people: list[Person], now: datetime
) -> None:
    def keep(number: int) -> None:
        for key in (f"sak-{number}", "samme"):
            solution = Solution(kind=AnswerKind.CASE, key=key, title=key, added=date(2026, 11, 23))
            operations.keep_solution(assessment=row, solution=solution, person=people[number], at=now)
        question = Question(to="Tønsberg", text=f"Spørsmål {number}")
        operations.ask_question(assessment=row, question=question, person=people[number], at=now)

    together(keep)
    found = queries.read(fresh(row))
    assert sorted(one.key for one in found.solutions) == sorted([*(f"sak-{n}" for n in range(MANY)), "samme"])
    assert sorted(one.text for one in found.questions) == [f"Spørsmål {number}" for number in range(MANY)]


def test_saving_while_it_is_deleted_is_refused_or_done_before(
    row: AssessmentRow, people: list[Person], now: datetime
) -> None:
    refused: list[str] = []

    def work(number: int) -> None:
        try:
            if number == 0:
                operations.delete(assessment=row, person=people[0], at=now)
            else:
                operations.look(assessment=row, person=people[number], at=now)
        except Refused as why:
            refused.append(why.code)

    together(work)
    assert not AssessmentRow.objects.exists()
    assert set(refused) <= {"gone"}


def test_access_taken_away_while_somebody_saves_decides(
    row: AssessmentRow, people: list[Person], now: datetime
) -> None:
    """Whoever's save comes after is refused; what was saved before stands."""
    outcomes: dict[int, str] = {}

    def work(number: int) -> None:
        if number == 0:
            for colleague in people[1:]:
                operations.stop_sharing(assessment=row, colleague=colleague, person=people[0], at=now)
            return
        solution = Solution(kind=AnswerKind.CASE, key=f"sak-{number}", title="x", added=date(2026, 11, 23))
        try:
            operations.keep_solution(assessment=row, solution=solution, person=people[number], at=now)
            outcomes[number] = "kept"
        except Refused as why:
            outcomes[number] = why.code

    together(work)
    assert set(outcomes.values()) <= {"kept", "not_yours"}
    kept = {f"sak-{number}" for number, outcome in outcomes.items() if outcome == "kept"}
    assert {one.key for one in queries.read(fresh(row)).solutions} == kept
