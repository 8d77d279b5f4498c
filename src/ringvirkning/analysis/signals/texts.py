"""Which texts of a notice are read, and in which order: what says most first."""

from collections.abc import Iterator
from typing import NamedTuple

from ringvirkning.sources.notices.record import Notice, Texts

# The languages the word lists are written in. "no" is Norwegian that the source did not tell apart.
READ = ("nb", "nn", "no", "da", "sv", "en")
LONGEST = 20_000  # characters of one text; what decides stands early, and reading must stay quick


class Place(NamedTuple):
    """A text and where it stands."""

    field: str  # "title" or "description"
    lot: str | None
    language: str
    text: str


def places(notice: Notice) -> Iterator[Place]:
    """Return each different text of a notice once, titles before descriptions, the whole before its lots."""
    seen: set[str] = set()
    for place in _all(notice):
        if place.text not in seen:
            seen.add(place.text)
            yield place


def _all(notice: Notice) -> Iterator[Place]:
    yield from _of(notice.titles, "title", None)
    yield from _of(notice.descriptions, "description", None)
    for lot in notice.lots:
        yield from _of(lot.titles, "title", lot.lot_id)
    for lot in notice.lots:
        yield from _of(lot.descriptions, "description", lot.lot_id)


def _of(texts: Texts, field: str, lot: str | None) -> Iterator[Place]:
    for language in READ:
        if language in texts:
            yield Place(field, lot, language, texts[language][:LONGEST])


def lower(text: str) -> str:
    """Return a text in lower case with every character in its old place (a few letters grow when lowered)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def named(notice: Notice) -> list[str]:
    """Return the names of buyers and winners in lower case, the longest first."""
    names = {lower(one.name) for one in (*notice.buyers, *notice.winners) if one.name and len(one.name) > 3}
    return sorted(names, key=len, reverse=True)
