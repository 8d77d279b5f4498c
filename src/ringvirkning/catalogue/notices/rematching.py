"""Matching all parties again when the register of organisations has changed.

A load matches what it stores against the register of that moment. What was stored before is matched again here: due
when the digest of the register differs from the one noted the last time, and killed anywhere it is still due.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from ringvirkning.catalogue.notices.matching import Register
from ringvirkning.catalogue.notices.models import MatchedRegister, NoticeParty
from ringvirkning.catalogue.notices.registering import register_now
from ringvirkning.catalogue.notices.terms import PartyRole
from ringvirkning.catalogue.operations import record_changes, writers_turn
from ringvirkning.catalogue.terms import ChangeKind

AT_ONCE = 2_000  # parties


def rematch(*, at: datetime) -> int:
    """Match every party again if the register has changed, and return how many are somebody else now."""
    register = register_now()
    if MatchedRegister.objects.filter(digest=register.digest).exists():
        return 0
    moved = sum(_rematch_some(pks, register, at) for pks in _windows())
    with transaction.atomic():
        writers_turn()
        MatchedRegister.objects.all().delete()
        MatchedRegister.objects.create(digest=register.digest)
    return moved


def _windows() -> Iterator[Sequence[int]]:
    pk = 0
    while True:
        pks = list(NoticeParty.objects.filter(pk__gt=pk).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if not pks:
            return
        yield pks
        pk = pks[-1]


@transaction.atomic
def _rematch_some(pks: Sequence[int], register: Register, at: datetime) -> int:
    writers_turn()
    differing = [party for party in NoticeParty.objects.filter(pk__in=pks) if _moved(party, register)]
    NoticeParty.objects.bulk_update(differing, ["organisation", "certainty"], batch_size=200)
    parties = NoticeParty.objects.filter(pk__in=[party.pk for party in differing])
    keys = sorted(set(parties.values_list("notice__key", flat=True)))
    record_changes(kind=ChangeKind.NOTICE, keys=keys, at=at)
    return len(differing)


def _moved(party: NoticeParty, register: Register) -> bool:
    """Match one party again, and tell whether that came out differently."""
    before = (party.organisation_id, party.certainty)
    found = register.match(PartyRole(party.role), name=party.name, number=party.number, country=party.country)
    party.organisation_id, party.certainty = found
    return found != before
