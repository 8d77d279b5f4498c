"""The open needs as this process sees them: in memory, following the change sequence.

There are hundreds of open needs, perhaps some thousands, and each has at most sixty terms: an index on disk would be
more to look after than it saves.
"""

from collections.abc import Iterable
from threading import Lock
from uuid import UUID

from django.db.models import QuerySet

from ringvirkning.catalogue.models import Change
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.needs.models import OpenNeedTerms
from ringvirkning.needs.open.likeness import Collection, Terms
from ringvirkning.needs.queries import changed_needs, newest_need_change
from ringvirkning.needs.terms import Visibility

FIRST = (0, "")


class Memory:
    """Every open need, up to date whenever it is asked. Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._needs = Collection()
        self._seen = FIRST

    def like(self, terms: Terms) -> list[tuple[str, float]]:
        """Return the open needs that share anything with these terms, the most alike first."""
        newest = newest_need_change()
        with self._lock:
            if newest != self._seen:
                self._follow(newest)
            return self._needs.like(terms)

    def _follow(self, newest: tuple[int, str]) -> None:
        """Take in what has changed; everything anew when what we saw last is not behind what is newest now."""
        if newest[0] > self._seen[0] > 0 and _happened(self._seen):
            keys = changed_needs(self._seen[0], newest[0])
            self._take_in(keys, _kept().filter(assessment__key__in=[UUID(key) for key in keys]))
        else:
            self._needs = Collection()
            self._take_in((), _kept())
        self._seen = newest

    def _take_in(self, gone: Iterable[str], kept: QuerySet[OpenNeedTerms]) -> None:
        for key in gone:
            self._needs.take_out(key)
        for need, terms in kept.values_list("assessment__key", "terms"):
            self._needs.put(str(need), terms)


def _kept() -> QuerySet[OpenNeedTerms]:
    return OpenNeedTerms.objects.filter(assessment__visibility=Visibility.OPEN)


def _happened(change: tuple[int, str]) -> bool:
    return Change.objects.filter(seq=change[0], key=change[1], kind=ChangeKind.NEED).exists()


memory = Memory()
