"""Days in a row, and sums of such. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Days:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day is before the first")

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first} til {self.last}"

    def each(self) -> Iterator[date]:
        """Yield every day."""
        for number in range(len(self)):
            yield self.first + number * DAY

    def halves(self) -> tuple["Days", "Days"]:
        """Return the first and the second half. Raises ``ValueError`` for a single day."""
        middle = self.first + (len(self) // 2 - 1) * DAY
        return Days(self.first, middle), Days(middle + DAY, self.last)

    def pieces(self, most: int) -> Iterator["Days"]:
        """Yield the days in pieces of at most ``most``, oldest first."""
        first = self.first
        while first <= self.last:
            last = min(first + (most - 1) * DAY, self.last)
            yield Days(first, last)
            first = last + DAY

    def until(self, last: date) -> "Days | None":
        """Return those of the days that are not after ``last``."""
        return Days(self.first, min(self.last, last)) if self.first <= last else None


def joined(all_days: Iterable[Days]) -> list[Days]:
    """Return the same days in as few rows as possible, oldest first."""
    found: list[Days] = []
    for days in sorted(all_days):
        if found and days.first <= found[-1].last + DAY:
            found[-1] = Days(found[-1].first, max(found[-1].last, days.last))
        else:
            found.append(days)
    return found


def without(wanted: Iterable[Days], done: Iterable[Days]) -> list[Days]:
    """Return the wanted days that are not done, oldest first."""
    left = joined(wanted)
    for taken in joined(done):
        left = [part for days in left for part in _cut(days, taken)]
    return left


def _cut(days: Days, taken: Days) -> Iterator[Days]:
    if taken.last < days.first or days.last < taken.first:
        yield days
        return
    if days.first < taken.first:
        yield Days(days.first, taken.first - DAY)
    if taken.last < days.last:
        yield Days(taken.last + DAY, days.last)
