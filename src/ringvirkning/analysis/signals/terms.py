"""Nouns of the reading: what was noticed in a notice, and what it comes to. Pure data, kept as JSON in the tables."""

import msgspec


class Signal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that speaks for or against innovation.

    ``weight`` is added to the log-odds: positive speaks for, negative against. A signal from words says where they
    stand: ``text`` names the text, ``language`` which version of it, ``start`` and ``end`` the characters in it.
    """

    code: str  # what was noticed, "market-dialogue"; the words for people are in ``reasons.py``
    weight: float
    field: str  # "title", "description", "criterion" or the business term, "BT-776"
    lot: str | None = None  # the lot it stands in; None for the whole notice
    language: str | None = None  # key in ``Notice.titles`` or ``descriptions``
    start: int | None = None
    end: int | None = None
    words: str = ""  # the words, or the code, that decided


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How likely it is that a notice asks for something new, and why.

    ``suggested`` is the BT-776 code a person may confirm, None when nothing points at one.
    """

    likelihood: float  # 0–1
    signals: tuple[Signal, ...]  # the heaviest first
    suggested: str | None
    method: str  # version of the reading: another method, another reading
