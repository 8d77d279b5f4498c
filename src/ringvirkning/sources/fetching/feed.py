"""What a source must be able to do to be gathered, and what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore


@dataclass(frozen=True)
class Listing:
    """What a source has published in some days. ``unlisted`` more exist that it did not name, and ``why``."""

    days: Days
    numbers: tuple[str, ...]
    unlisted: int = 0
    why: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is listed."""
        return not self.why


@dataclass(frozen=True)
class Got:
    """What we got for a number."""

    address: str
    sha256: str
    size: int


class NotThere(Exception):
    """A notice that was listed cannot be had. ``reason`` is a key of ``report.REASONS``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Feed(Protocol):
    """A source that can be gathered."""

    source: Source
    name: str  # for people
    scope: str  # name of the state file
    window: int  # days that are listed together

    def listings(self, days: Days) -> Iterator[Listing]:
        """List what was published, in one or more parts that together are the days. May raise ``Trouble``."""

    def get(self, number: str, store: RawStore) -> Got:
        """Fetch a notice and keep its bytes. Raises ``NotThere``, ``Unfetchable`` or ``Trouble``."""
