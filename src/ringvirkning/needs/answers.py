"""What an answer to a need looks like: plain data for pages, documents and programs."""

from dataclasses import dataclass, field
from datetime import datetime

from ringvirkning.catalogue.models import Case, Organisation
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.needs.assessment import Timing
from ringvirkning.needs.terms import AnswerKind, Certainty
from ringvirkning.search.why import Reason
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.notices.record import Notice as Record


@dataclass(frozen=True)
class Item:
    """One thing that answers the need. ``case``/``case_file`` or ``notice``/``record`` are there, by ``kind``."""

    kind: AnswerKind
    key: str
    score: float  # 0–1 of the best one
    covers: float  # 0–1: how much of what the need says, by weight, the thing speaks of
    why: list[Reason]
    lacks: tuple[str, ...]  # words of the need, as typed, that the thing does not speak of, the weightiest first
    approaches: tuple[str, ...] = ()
    case: Case | None = None
    case_file: CaseFile | None = None
    notice: Notice | None = None
    record: Record | None = None
    like_mine: bool = False  # its buyer is like the one who asks
    close: bool = False  # near enough to be an answer, not only the nearest there is


@dataclass(frozen=True)
class Group:
    """A kind of answer: a solution approach (``approach`` id) with the best evidence first; "" for the rest."""

    approach: str
    items: list[Item]
    cases: int  # how many there are in all, among the best that were found
    notices: int
    statuses: dict[str, int] = field(default_factory=dict)  # how far the cases have come: status → how many
    phases: dict[str, int] = field(default_factory=dict)  # where in a procurement the notices stand: phase → how many
    buyers: list[Organisation] = field(default_factory=list)
    failures: int = 0  # cases among them that did not succeed

    @property
    def is_close(self) -> bool:
        """Tell whether anything of this kind is close to the need."""
        return any(one.close for one in self.items)


@dataclass(frozen=True)
class OpenNeed:
    """Another's open need like this one."""

    key: str
    title: str
    organisation: Organisation | None
    likeness: float  # 0–1
    kilometres: float | None = None
    timing: Timing = field(default_factory=Timing)
    opened: datetime | None = None


@dataclass(frozen=True)
class Answers:
    """The whole answer."""

    certainty: Certainty
    groups: list[Group]  # the best first; the nearest things also when nothing answers
    organisations: list[Organisation]  # with experience, the most first
    open_needs: list[OpenNeed]
    total_cases: int
    total_notices: int
    unheard: tuple[str, ...] = ()  # concepts that the need names and nothing here does
    ready: bool = True
