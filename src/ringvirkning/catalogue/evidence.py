"""How well a case is documented: four grades, each a rule anybody can check against the case file. Pure.

A grade says what the statements rest on, never how good the procurement was. Every grade asks for all that the one
before it asks for, and something more. ``docs/explanation/dokumentasjonsgrad.md`` has the table (a test compares).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from ringvirkning.sources.casefile.model import CaseFile, Figure, Source
from ringvirkning.sources.casefile.terms import DocumentKind, Effect, FigureKind, SourceKind

CONFIRMATION_HOLDS = timedelta(days=548)  # a year and a half: a yearly question, and time to answer it


class Grade(StrEnum):
    """The grades, from the least to the most."""

    TOLD = "told"
    DOCUMENTED = "documented"
    MEASURED = "measured"
    MEASURED_AND_CONFIRMED = "measured_and_confirmed"


class Rule(StrEnum):
    """What a grade asks for."""

    CAN_BE_CHECKED = "can_be_checked"
    SOMETHING_MEASURED = "something_measured"
    SAYS_HOW = "says_how"
    CONFIRMED = "confirmed"


# Who asks for what beyond the grade before.
ASKS: dict[Grade, tuple[Rule, ...]] = {
    Grade.TOLD: (),
    Grade.DOCUMENTED: (Rule.CAN_BE_CHECKED,),
    Grade.MEASURED: (Rule.SOMETHING_MEASURED,),
    Grade.MEASURED_AND_CONFIRMED: (Rule.SAYS_HOW, Rule.CONFIRMED),
}
PAPER_SOURCES = (SourceKind.REPORT, SourceKind.REGISTER)
PAPERS = (
    DocumentKind.NEEDS_SPECIFICATION,
    DocumentKind.TENDER_DOCUMENTS,
    DocumentKind.CONTRACT,
    DocumentKind.BENEFIT_ANALYSIS,
    DocumentKind.REPORT,
)
# A supplier speaks for its own goods, and an editor repeats what others have said.
NO_VOICE = (SourceKind.SUPPLIER, SourceKind.EDITOR)


@dataclass(frozen=True)
class Evidence:
    """A case's grade, the rules it meets, and what the next grade asks for that it lacks."""

    grade: Grade
    met: tuple[Rule, ...]
    unmet: tuple[Rule, ...]
    next_grade: Grade | None
    lifts: tuple[Rule, ...]


def evidence(case_file: CaseFile, *, confirmed: date | None, today: date) -> Evidence:
    """Return how well a case is documented. ``confirmed`` is when the buyer last said that it is right."""
    holds = {rule: check(case_file) for rule, check in CHECKS.items()}
    holds[Rule.CONFIRMED] = confirmed is not None and today - confirmed < CONFIRMATION_HOLDS
    met = tuple(rule for rule in Rule if holds[rule])
    reached = Grade.TOLD
    for grade in Grade:
        lacking = tuple(rule for rule in ASKS[grade] if not holds[rule])
        if lacking:
            return Evidence(reached, met, _rest(met), grade, lacking)
        reached = grade
    return Evidence(reached, met, _rest(met), None, ())


def _rest(met: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in Rule if rule not in met)


def can_be_checked(case_file: CaseFile) -> bool:
    """Tell whether a reader can check it: a paper to open, or two who speak independently of each other."""
    papers = any(source.kind in PAPER_SOURCES for source in case_file.sources)
    papers = papers or any(document.kind in PAPERS for document in case_file.documents)
    notices = bool(case_file.procurement and case_file.procurement.notices)
    return papers or notices or len(voices(case_file)) > 1


def voices(case_file: CaseFile) -> set[str]:
    """Return who speaks in the sources, each once; suppliers and editors left out."""
    return {_voice(source) for source in case_file.sources if source.kind not in NO_VOICE}


def _voice(source: Source) -> str:
    host = (urlsplit(source.url).hostname or "") if source.url else ""
    return (source.publisher or host.removeprefix("www.")).casefold()


def measured_figures(case_file: CaseFile) -> list[Figure]:
    """Return figures measured afterwards that say what came of it; what was spent is not what it gave."""
    return [one for one in case_file.figures if one.kind is FigureKind.REALISED and one.effect is not Effect.COST]


def says_how(case_file: CaseFile) -> bool:
    """Tell whether a measured figure says how it was worked out and when."""
    return any(figure.basis and figure.date for figure in measured_figures(case_file))


CHECKS: dict[Rule, Callable[[CaseFile], bool]] = {
    Rule.CAN_BE_CHECKED: can_be_checked,
    Rule.SOMETHING_MEASURED: lambda case_file: bool(measured_figures(case_file)),
    Rule.SAYS_HOW: says_how,
}
