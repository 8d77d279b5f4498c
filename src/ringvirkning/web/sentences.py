"""Sentences of other stages, in the reader's language: translated first, then filled in.

The tables they come from stand outside Django and mark them with ``foundation/sentences.py``.
"""

from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext

from ringvirkning.sources.casefile.check import said

# Values that are words of ours and not what somebody wrote: they are translated too.
OUR_WORDS = ("given_type", "pattern_help")
NOTHING: Mapping[str, object] = {}


class Fault(Protocol):
    """What is wrong somewhere and how to mend it: in a case file, or in a draft."""

    @property
    def words(self) -> tuple[str, str]:
        """Return the two sentences before values are filled in."""

    @property
    def values(self) -> Mapping[str, object]:
        """Return what is filled in."""


def in_words(sentence: str, values: Mapping[str, object] = NOTHING) -> str:
    """Return a sentence of a table in the reader's language, in bokmål when it has no translation."""
    if not sentence:  # gettext answers nothing with the head of its file
        return ""
    return said(gettext(sentence), {name: _value(name, value) for name, value in values.items()})


def what(fault: Fault) -> str:
    """Return what is wrong."""
    return in_words(fault.words[0], fault.values)


def mend(fault: Fault) -> str:
    """Return how to mend it."""
    return in_words(fault.words[1], fault.values)


def _value(name: str, value: object) -> object:
    if isinstance(value, str) and name in OUR_WORDS:
        return gettext(value)
    if isinstance(value, str) and name == "expected":  # "'nb' eller 'nn'"
        return value.replace("' eller '", f"' {gettext('eller')} '")
    return value
