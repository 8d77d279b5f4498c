"""What is new for an assessment since somebody last looked at it.

What answers a need is asked of whoever searches (``Answering``), with the need as it was read and mended: words that
were struck bring no news, words that were put in do. Here it is only told what of that is new, what has changed, what
has happened to the solutions on the shortlist, and which open needs like it have come.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ringvirkning.catalogue.models import CaseRevision, Change
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.queries import changed_cases, last_change
from ringvirkning.needs.answers import OpenNeed
from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.open.find import open_needs_like
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.needs.terms import AnswerKind


class Answered(NamedTuple):
    """Something that answers a need."""

    kind: AnswerKind
    key: str  # case id or notice key


# How a need is read, change number → the best of what answers it and has changed since, the best first.
Answering = Callable[[NeedReading, int], Iterable[Answered]]


@dataclass(frozen=True)
class News:
    """What is new. ``moved`` are solutions on the shortlist that have been changed, corrected or carried further."""

    since: datetime | None  # when what was seen last happened; None when nothing had
    new: tuple[Answered, ...] = ()
    changed: tuple[Answered, ...] = ()
    moved: tuple[Answered, ...] = ()
    open_needs: tuple[OpenNeed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.moved or self.open_needs)


def news_for(assessment: Assessment, reading: NeedReading, *, key: str, since: int, answers: Answering) -> News:
    """Return what is new for an assessment after a change number (``operations.look``). ``key`` is its own.

    New is what was not there then; changed is what was, and says something else now.
    """
    moment = moment_of(since)
    found = [one for one in dict.fromkeys(answers(reading, since)) if one not in _shortlist(assessment)]
    fresh = _came_after(found, moment)
    return News(
        since=moment,
        new=tuple(one for one in found if one in fresh),
        changed=tuple(one for one in found if one not in fresh),
        moved=_moved(_shortlist(assessment), since, moment),
        open_needs=tuple(_new_needs(reading, key, moment)),
    )


def moment_of(change: int) -> datetime | None:
    """Return when a change happened, or the last before it; None when there is none."""
    found = Change.objects.filter(seq__lte=change).order_by("-seq").values_list("at", flat=True)
    return found.first()


def _shortlist(assessment: Assessment) -> list[Answered]:
    return [Answered(one.kind, one.key) for one in assessment.solutions]


def _keys(answered: Iterable[Answered], kind: AnswerKind) -> list[str]:
    return [one.key for one in answered if one.kind is kind]


def _came_after(found: Sequence[Answered], moment: datetime | None) -> set[Answered]:
    """Return those that were not there at a moment: cases by their first version, notices by their day."""
    if moment is None:
        return set(found)
    firsts = CaseRevision.objects.filter(number=1, made__gt=moment)
    cases = firsts.filter(case__case_id__in=_keys(found, AnswerKind.CASE)).values_list("case__case_id", flat=True)
    notices = Notice.objects.filter(key__in=_keys(found, AnswerKind.NOTICE), published__gte=moment.date())
    return {
        *(Answered(AnswerKind.CASE, key) for key in cases),
        *(Answered(AnswerKind.NOTICE, key) for key in notices.values_list("key", flat=True)),
    }


def _moved(shortlist: Sequence[Answered], since: int, moment: datetime | None) -> tuple[Answered, ...]:
    """Return the solutions on the shortlist that something has happened to, in the shortlist's order."""
    cases = set(changed_cases(since, last_change())) if _keys(shortlist, AnswerKind.CASE) else set()
    notices = _carried_further(_keys(shortlist, AnswerKind.NOTICE), moment)
    moved = {AnswerKind.CASE: cases, AnswerKind.NOTICE: notices}
    return tuple(one for one in shortlist if one.key in moved[one.kind])


def _carried_further(keys: Sequence[str], moment: datetime | None) -> set[str]:
    """Return the notices whose procurement has had another notice since: a correction, a competition, an award."""
    if not keys or moment is None:
        return set()
    lives = dict(Notice.objects.filter(key__in=keys).values_list("key", "life"))
    later = Notice.objects.filter(life__in=set(lives.values()), published__gte=moment.date())
    went_on: dict[str, set[str]] = defaultdict(set)
    for key, life in later.values_list("key", "life"):
        went_on[life].add(key)
    return {key for key, life in lives.items() if went_on[life] - {key}}


def _new_needs(reading: NeedReading, key: str, moment: datetime | None) -> list[OpenNeed]:
    like = open_needs_like(reading.text, besides=key)
    return [one for one in like if moment is None or (one.opened and one.opened > moment)]
