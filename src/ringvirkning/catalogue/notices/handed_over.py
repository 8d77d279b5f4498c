"""How much of what was fetched has been offered to a load, so that a daily fetch does not look through years of it.

The mark stands in the database, beside what was loaded: whoever puts an old database back gets the rest offered again.
"""

from collections.abc import Iterator

from ringvirkning.catalogue.models import Counter
from ringvirkning.catalogue.notices.fetched import fetched
from ringvirkning.sources.notices.containers import Item, Refused
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore


def not_handed_over(raw: RawStore, source: Source) -> Iterator[Item | Refused]:
    """Yield what has been fetched from a source since the last mark."""
    yield from fetched(raw, source, after=_mark(source).value)


def hand_over(source: Source, upto: int) -> None:
    """Note that what was fetched up to here has been loaded. ``upto`` is what ``raw.end`` said before the load."""
    _mark(source)
    Counter.objects.filter(name=_name(source)).update(value=upto)


def _mark(source: Source) -> Counter:
    return Counter.objects.get_or_create(name=_name(source))[0]


def _name(source: Source) -> str:
    return f"fetched-{source}"
