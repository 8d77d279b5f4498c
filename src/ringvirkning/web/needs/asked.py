"""What a visitor asks: a need, answers to the guided questions, and how our reading of them was mended.

The same names stand in the form and in the address, so a short need can be linked to. Texts we cannot use are cut or
left out rather than refused: addresses are shared, and old ones must go on working.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from ringvirkning.foundation.personal import holds_identity_number
from ringvirkning.needs.assessment import Adjusted, Told
from ringvirkning.needs.statement.clean import plain
from ringvirkning.sources.tables import cpv_labels

SHORT = 300  # characters of a need that may stand in an address
SHORT_IN_ALL = 1_500  # characters of the address with everything in it
LONGEST_ANSWER = 20_000  # characters of one answer to a guided question
LONGEST_WORD, MOST_WORDS, MOST_CODES = 200, 100, 20
CODE = re.compile(r"[0-9]{8}", re.ASCII)


class Guided(NamedTuple):
    """Answers to the guided questions, as typed."""

    today: str = ""
    whom: str = ""
    often: str = ""
    better: str = ""
    tried: str = ""


NOT_GUIDED = Guided()


@dataclass(frozen=True)
class Asked:
    """What is asked. ``like`` is the buyer the visitor wants to be compared with; ``hidden`` are prompts put away."""

    need: str = ""
    guided: Guided = NOT_GUIDED
    struck: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    like: str = ""
    like_first: bool = False
    hidden: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was asked yet."""
        return not (self.need or any(self.guided) or self.added)

    @property
    def is_short(self) -> bool:
        """Tell whether all of it may stand in an address. Answers to the questions never do."""
        return len(self.need) <= SHORT and not any(self.guided) and len(self.query) <= SHORT_IN_ALL

    @property
    def names_somebody(self) -> bool:
        """Tell whether a national identity number stands anywhere in it."""
        typed = (self.need, *self.guided, *self.struck, *self.added, self.like)
        return any(holds_identity_number(plain(one)) for one in typed)

    @property
    def told(self) -> Told:
        """The guided answers as they are read."""
        return Told(**{name: plain(text) or None for name, text in self.guided._asdict().items()})

    @property
    def adjusted(self) -> Adjusted:
        """How our reading was mended."""
        return Adjusted(struck=list(self.struck), added=list(self.added), cpv=list(self.cpv))

    @cached_property
    def query(self) -> str:
        """What stands behind the question mark of the address."""
        told = [("q", self.need), *_each("uten", self.struck), *_each("med", self.added), *_each("cpv", self.cpv)]
        told += [("hos", self.like), ("forst", "1" if self.like and self.like_first else "")]
        return urlencode([one for one in (*told, *_each("skjul", self.hidden)) if one[1]])

    @property
    def address(self) -> str:
        """The address of a short need's answer."""
        return f"{reverse('web:need')}?{self.query}" if self.query else reverse("web:need")


def _each(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, value) for value in values]


def asked_of(sent: QueryDict) -> Asked:
    """Return what a form or an address asks. ``tilbake`` takes back what was struck, added or chosen."""
    asked = Asked(
        need=sent.get("q", "").strip(),
        guided=Guided(*(sent.get(name, "")[:LONGEST_ANSWER].strip() for name in Guided._fields)),
        struck=_lines(sent.getlist("uten")),
        added=_lines(sent.getlist("med")),
        cpv=tuple(one for one in _lines(sent.getlist("cpv")) if _is_code(one))[:MOST_CODES],
        like=plain(sent.get("hos", "")[:LONGEST_WORD]).replace("\n", " "),
        like_first=bool(sent.get("forst")),
        hidden=_lines(sent.getlist("skjul"))[:MOST_CODES],
    )
    return _taken_back(asked, frozenset(sent.getlist("tilbake")))


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    """Return the words, each once and on one line."""
    lines = (" ".join(plain(value[:LONGEST_WORD]).split()) for value in values)
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_WORDS]


def _is_code(one: str) -> bool:
    return bool(CODE.fullmatch(one)) and one in cpv_labels()


def _taken_back(asked: Asked, gone: frozenset[str]) -> Asked:
    struck, added, cpv = (
        tuple(one for one in listed if one not in gone) for listed in (asked.struck, asked.added, asked.cpv)
    )
    return replace(asked, struck=struck, added=added, cpv=cpv)
