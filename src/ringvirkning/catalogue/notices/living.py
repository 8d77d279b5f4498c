"""Bringing lives up to date in the tables, after notices or their names have changed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Count

from ringvirkning.catalogue.notices.lives import MOST_BEARERS, Standing, standings
from ringvirkning.catalogue.notices.models import Notice, NoticeName
from ringvirkning.catalogue.notices.rows import member_of
from ringvirkning.catalogue.notices.writing import update_rows

Value = TypeVar("Value")

AT_ONCE = 5_000  # values in one question, well below what SQLite takes
COLUMNS = ("key", "life", "published", "calls_off", "cancelled", "replaced_by")


@dataclass
class Touched:
    """What a batch has done to lives."""

    stood: list[str] = field(default_factory=list)  # keys of notices that stood in the tables before
    new: dict[str, Collection[str]] = field(default_factory=dict)  # keys of those that did not, with their names
    left: set[str] = field(default_factory=set)  # lives of notices that are gone
    names: set[str] = field(default_factory=set)  # that notices have got or lost


def settle_lives(touched: Touched) -> list[str]:
    """Work out anew every life that a batch has touched, and return the keys of notices for which it changed.

    A new notice whose names nobody else bears is alone, and its row is right already.
    """
    bearers = _bearers(touched.names)
    met = [key for key, names in touched.new.items() if not bearers.keys().isdisjoint(names)]
    keys = [*touched.stood, *met]
    # A name that has just become crowded, or ceased to be, still leads to whom it joined.
    leading = [name for name, count in bearers.items() if count <= MOST_BEARERS + len(keys) + len(touched.names)]
    pool = _whole_lives({*touched.left, *_lives_of_keys(keys), *_lives_by_name(leading)})
    if not pool:
        return []
    names_by_notice = _names_of(pool)
    members = [member_of(notice, names_by_notice[notice.pk]) for notice in pool]
    return _write(pool, standings(members, crowded=_crowded(names_by_notice)))


def _bearers(names: Collection[str], more_than: int = 1) -> dict[str, int]:
    """Return name → how many bear it, for those that many do."""
    found: dict[str, int] = {}
    for some in portions(sorted(names)):
        counted = NoticeName.objects.filter(name__in=some).values_list("name").annotate(bearers=Count("pk"))
        found.update(counted.filter(bearers__gt=more_than))
    return found


def _crowded(names_by_notice: dict[int, list[tuple[str, str]]]) -> set[str]:
    """Return the names in the pool that more notices bear than a procurement can have, counting those outside it."""
    seen = {name for names in names_by_notice.values() for name, _ in names}
    return set(_bearers(seen, MOST_BEARERS))


def _lives_of_keys(keys: Collection[str]) -> Iterator[str]:
    for some in portions(sorted(keys)):
        yield from Notice.objects.filter(key__in=some).values_list("life", flat=True)


def _lives_by_name(names: Collection[str]) -> Iterator[str]:
    for some in portions(sorted(names)):
        found = NoticeName.objects.filter(name__in=some).values_list("notice__life", flat=True)
        yield from found.distinct()


def _whole_lives(lives: Collection[str]) -> list[Notice]:
    found: list[Notice] = []
    for some in portions(sorted(lives)):
        found += Notice.objects.filter(life__in=some).only(*COLUMNS)
    return found


def _names_of(notices: Sequence[Notice]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {notice.pk: [] for notice in notices}
    for some in portions(sorted(found)):
        for pk, name, role in NoticeName.objects.filter(notice__in=some).values_list("notice_id", "name", "role"):
            found[pk].append((name, role))
    return found


def _write(pool: Sequence[Notice], found: dict[str, Standing]) -> list[str]:
    """Write what differs, and return the keys of the notices it was written on."""
    differing = [notice for notice in pool if not _agrees(notice, found[notice.key])]
    told = ((found[notice.key], notice.pk) for notice in differing)
    rows = ((standing.life, standing.replaced_by, standing.cancelled, pk) for standing, pk in told)
    update_rows(Notice, ("life", "replaced_by", "cancelled"), rows)
    return [notice.key for notice in differing]


def _agrees(notice: Notice, standing: Standing) -> bool:
    return Standing(notice.life, notice.replaced_by, notice.cancelled) == standing


def portions(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Yield the values in portions that one question can hold."""
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
