"""Grades of evidence: each rule alone, the table in the documentation, and how the library comes out."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.evidence import ASKS, Grade, Rule, evidence, voices
from ringvirkning.web.trust import words

TODAY = date(2027, 3, 1)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "dokumentasjonsgrad.md"


def source(number: int, **fields: Any) -> dict[str, Any]:
    made = {"id": f"s{number}", "title": f"Kilde {number}", "kind": "press", "checked": "2026"}
    return {**made, "url": f"https://avis{number}.eksempel.no/a", **fields}


def figure(**fields: Any) -> dict[str, Any]:
    made = {"id": "tall", "kind": "realised", "effect": "time_saved", "label": {"nb": "Spart tid"}, "value": 5}
    return {**made, "unit": "hours", "sources": ["s1"], **fields}


@pytest.fixture
def graded(a_case: Callable[..., Any]) -> Callable[..., Grade]:
    """Return the grade of a case with these fields. Without any it has one newspaper as its source and no figure."""

    def call(confirmed: date | None = None, **fields: Any) -> Grade:
        bare = {"figures": [], "sources": [source(1)], "procurement": None}
        case = a_case(**{**bare, **fields})
        return evidence(case, confirmed=confirmed, today=TODAY).grade

    return call


HOW = {"basis": {"nb": "Talt i åtte uker"}, "date": "2025"}


def test_one_voice_without_papers_is_only_told(graded: Callable[..., Grade]) -> None:
    assert graded() == Grade.TOLD
    # However much it claims to have measured.
    assert graded(figures=[figure(**HOW)], confirmed=TODAY) == Grade.TOLD


@pytest.mark.parametrize(
    "fields",
    [
        {"sources": [source(1), source(2)]},
        {"sources": [source(1, kind="report")]},
        {"sources": [source(1, kind="register")]},
        {"procurement": {"notices": ["https://kunngjoringer.eksempel.no/1"]}},
        {"documents": [{"title": "Avtale", "kind": "contract", "language": "nb", "url": "https://eksempel.no/k"}]},
    ],
)
def test_what_a_reader_can_check_is_documented(graded: Callable[..., Grade], fields: dict[str, Any]) -> None:
    assert graded(**fields) == Grade.DOCUMENTED


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "supplier"},
        {"kind": "editor", "publisher": "Redaksjonen", "url": None},
        {"publisher": "  avisen", "kind": "buyer"},
        {"url": "https://www.avis1.eksempel.no/b"},
    ],
)
def test_a_second_source_that_is_no_second_voice_changes_nothing(
    graded: Callable[..., Grade], more: dict[str, Any]
) -> None:
    first = source(1, publisher="Avisen") if "publisher" in more else source(1)
    assert graded(sources=[first, source(2, **more)]) == Grade.TOLD


def test_the_buyers_own_word_and_own_page_are_one_voice(a_case: Callable[..., Any]) -> None:
    told = source(2, kind="stated", publisher="Larvik kommune", url=None)
    assert len(voices(a_case(sources=[source(1, kind="buyer", publisher="Larvik Kommune"), told]))) == 1


PAPERS = {"sources": [source(1, kind="report")]}


def test_the_ladder_upwards(graded: Callable[..., Grade]) -> None:
    assert graded(**PAPERS, figures=[figure(kind="expected")]) == Grade.DOCUMENTED
    assert graded(**PAPERS, figures=[figure(effect="cost")]) == Grade.DOCUMENTED
    assert graded(**PAPERS, figures=[figure()]) == Grade.MEASURED
    assert graded(**PAPERS, figures=[figure(**HOW)]) == Grade.MEASURED
    assert graded(**PAPERS, figures=[figure()], confirmed=TODAY) == Grade.MEASURED
    assert graded(**PAPERS, figures=[figure(**HOW)], confirmed=TODAY) == Grade.MEASURED_AND_CONFIRMED


def test_how_and_when_must_be_said_of_the_same_figure(graded: Callable[..., Grade]) -> None:
    split = [figure(id="a", basis=HOW["basis"]), figure(id="b", date="2025")]
    assert graded(**PAPERS, figures=split, confirmed=TODAY) == Grade.MEASURED


def test_a_confirmation_grows_old(graded: Callable[..., Grade]) -> None:
    measured = {**PAPERS, "figures": [figure(**HOW)]}
    assert graded(**measured, confirmed=TODAY - timedelta(days=547)) == Grade.MEASURED_AND_CONFIRMED
    assert graded(**measured, confirmed=TODAY - timedelta(days=548)) == Grade.MEASURED


def test_it_says_what_would_lift_the_case(a_case: Callable[..., Any]) -> None:
    told = evidence(a_case(**PAPERS, figures=[figure()]), confirmed=None, today=TODAY)
    assert (told.next_grade, told.lifts) == (Grade.MEASURED_AND_CONFIRMED, (Rule.SAYS_HOW, Rule.CONFIRMED))
    assert told.met == (Rule.CAN_BE_CHECKED, Rule.SOMETHING_MEASURED)
    assert set(told.met) | set(told.unmet) == set(Rule)


def test_the_grades_tell_the_librarys_cases_apart(library: Path) -> None:
    """A grade that every case has, or that stands empty for want of measuring, would say nothing."""
    shown = queries.read_cases(queries.all_cases())
    counted = Counter(evidence(case_file, confirmed=None, today=TODAY).grade for _, case_file in shown)
    assert counted[Grade.TOLD] >= 10
    assert counted[Grade.DOCUMENTED] >= 10
    assert counted[Grade.MEASURED] >= 3
    # Nobody has confirmed anything in a library that has just been installed.
    assert counted[Grade.MEASURED_AND_CONFIRMED] == 0


def rule_table() -> str:
    """Return the table the documentation must hold."""
    rows = ["| grad | kode | krever, i tillegg til det som står over |", "| --- | --- | --- |"]
    for grade, asks in ASKS.items():
        told = " ".join(str(words.RULES[rule]) for rule in asks) or "ingenting"
        rows.append(f"| {words.GRADES[grade]} | `{grade}` | {told} |")
    return "\n".join(rows)


def test_the_documentation_has_the_rules_of_the_program() -> None:
    assert rule_table() in PAGE.read_text(encoding="utf-8")


def test_every_code_has_words() -> None:
    assert set(words.GRADES) == set(words.GRADE_MEANINGS) == set(Grade)
    assert set(words.RULES) == set(words.LIFTS) == set(Rule)
