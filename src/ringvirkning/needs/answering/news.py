"""What answers a need and has changed since somebody looked: for ``whatsnew``."""

from ringvirkning.catalogue.models import Change
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.needs.answering.asking import ask_cases, ask_notices, case_candidates, notice_candidates
from ringvirkning.needs.answering.grouping import WEAK, Candidate
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.needs.terms import AnswerKind
from ringvirkning.needs.whatsnew import Answered
from ringvirkning.search.notices.query import anywhere

KINDS = {AnswerKind.CASE: ChangeKind.CASE, AnswerKind.NOTICE: ChangeKind.NOTICE}


def answered_since(reading: NeedReading, change: int) -> list[Answered]:
    """Return the cases and notices that answer a need well and have changed after a change number, the best first.

    The need is asked as it was read and mended, with its codes: the same that is asked when its answers are shown.
    """
    understood, codes = reading.understood, reading.codes
    found = [*case_candidates(ask_cases(understood)), *notice_candidates(ask_notices(anywhere(understood), codes, {}))]
    good = sorted((one for one in found if one.strength >= WEAK), key=lambda one: -one.strength)
    changed = {kind: _changed(good, kind, change) for kind in KINDS}
    return [Answered(one.kind, one.key) for one in good if one.key in changed[one.kind]]


def _changed(found: list[Candidate], kind: AnswerKind, change: int) -> set[str]:
    keys = [one.key for one in found if one.kind is kind]
    rows = Change.objects.filter(kind=KINDS[kind], seq__gt=change, key__in=keys)
    return set(rows.values_list("key", flat=True))
