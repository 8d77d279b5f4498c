"""A source told in one place: where it is, who may use it, on what terms, and what to beware of.

Each declaration stands in a short file of its own (``doffin/source.py`` and its neighbours); the page
``docs/reference/kilder.md`` is made from them. Words are for people, in bokmål.
"""

from dataclasses import dataclass
from datetime import date

from ringvirkning.sources.notices.terms import Source


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One source."""

    source: Source
    name: str
    publisher: str
    about: str
    access: str
    licence: str
    licence_address: str = ""
    formats: str
    addresses: dict[str, str]  # what it is for → where
    limits: tuple[str, ...]
    caveats: tuple[str, ...]
    per_second: float | None = None  # requests we make at most, when nothing else is said
    checked_on: date
    checked_by: str  # how what stands here was checked
