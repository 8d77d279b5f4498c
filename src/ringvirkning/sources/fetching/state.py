"""How far we have come with a source: which days were asked for, which are done, and what could not be had.

One small file for each source (and country), replaced in one act. A day is done when everything that was listed for it
is kept or written down as missed. Nothing here says what we have: that stands in the raw store alone.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import msgspec

from ringvirkning.foundation.wholefiles import write_whole
from ringvirkning.sources.fetching.days import DAY, Days, joined, without
from ringvirkning.sources.fetching.trouble import Trouble

# What will hardly be otherwise next time is asked for in so many runs; after that it is only counted.
MOST_TRIES = 3
LASTING = {"not-found", "number", "broken", "too_large"}
# When nobody has said since when, the first time.
FIRST_TIME = timedelta(days=30)


class Missed(msgspec.Struct, kw_only=True):
    """A notice that was listed and could not be had."""

    reason: str
    tries: int = 0

    @property
    def is_given_up(self) -> bool:
        """Tell whether we have stopped asking."""
        return self.reason in LASTING and self.tries >= MOST_TRIES


class State(msgspec.Struct, kw_only=True):
    """What the file says."""

    asked: list[tuple[date, date]] = []
    done: list[tuple[date, date]] = []
    missed: dict[str, Missed] = {}

    def days_asked(self) -> list[Days]:
        """Return the days somebody has wanted."""
        return [Days(*one) for one in self.asked]

    def days_done(self) -> list[Days]:
        """Return the days that need not be asked about again."""
        return [Days(*one) for one in self.done]

    def ask(self, days: Days) -> None:
        """Note that somebody wants these days."""
        self.asked = _rows([*self.days_asked(), days])

    def mark(self, days: Days) -> None:
        """Note that these days are done."""
        self.done = _rows([*self.days_done(), days])

    def miss(self, number: str, reason: str) -> None:
        """Note that a notice could not be had this time."""
        before = self.missed.get(number)
        self.missed[number] = Missed(reason=reason, tries=(before.tries if before else 0) + 1)

    def wanted(self, since: date | None, until: date, *, again: bool = False) -> list[Days]:
        """Return the days to look at now, oldest first. Days that are done are left out, unless ``again``.

        Without ``since`` they are what was asked for earlier and is not done, and what has come after.
        """
        if since is not None:
            now = Days(since, until)
            return [now] if again else without([now], self.days_done())
        before = self.days_asked()
        first = max(one.last for one in before) + DAY if before else until - FIRST_TIME
        new = [Days(first, until)] if first <= until else []
        return without([*new, *(part for one in before if (part := one.until(until)))], self.days_done())


class StateFile:
    """The file of one source, held by one process at a time."""

    def __init__(self, folder: Path, scope: str, name: str) -> None:
        self.path = Path(folder) / "state" / f"{scope}.json"
        self.name = name

    @contextmanager
    def held(self) -> Iterator[State]:
        """Hold the file and yield what it says. Raises ``Trouble`` when another process holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("w") as lock:  # let go by the system when the process dies
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Trouble("in-use", name=self.name) from None
            yield self.read()

    def read(self) -> State:
        """Return what the file says; an empty state when there is none."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=State)
        except FileNotFoundError:
            return State()
        except msgspec.DecodeError:
            raise Trouble("state-damaged", file=self.path) from None

    def write(self, state: State) -> None:
        """Replace the file."""
        write_whole(self.path, msgspec.json.encode(state))


def _rows(days: list[Days]) -> list[tuple[date, date]]:
    return [(one.first, one.last) for one in joined(days)]
