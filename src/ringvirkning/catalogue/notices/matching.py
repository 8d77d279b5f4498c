"""Which organisation of our register a buyer or winner is. Pure: the register is handed in.

By number first. Then by name, carefully: only Norwegian parties, only when one organisation alone bears the name, and
then it is said that only the name agrees. A number we do not know does not stand in the way of the name: departments
have numbers of their own. A wrong match is worse than none, so what is doubtful is left unmatched.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ringvirkning.catalogue.notices.terms import Certainty, PartyRole
from ringvirkning.foundation.words import fold

NORWAY = "NOR"
_ENDINGS = (" kommune", " fylkeskommune", " fylke", " helseforetak", " hf", " rhf", " as", " iks", " kf")
_SPELT_OUT = {
    "aksjeselskap": "as",
    "helseforetak": "hf",
    "komm": "kommune",
    "fylkeskomm": "fylkeskommune",
    "kommunalt foretak": "kf",
    "interkommunalt selskap": "iks",
    "regionalt hf": "rhf",
}
# "Larvik kommune v/ innkjøp", "Larvik kommune, innkjøp", "Larvik kommune - innkjøp", "Larvik kommune (innkjøp)"
_DEPARTMENT = re.compile(r"\s+v\s*/\s*|\s+ved\s+|\s+c/o\s+|\s+[-–—/]\s+|\s*[,(;:]\s*")
_WHOLE_BODY = re.compile(r".+ (kommune|fylkeskommune|hf|rhf|iks|kf|as|universitet|direktoratet)")
_SHORTEST = 3

Match = tuple[int | None, Certainty]
NOBODY: Match = (None, Certainty.NONE)


@dataclass(frozen=True)
class Known:
    """An organisation of the register, with its name, number and the other names it has borne."""

    pk: int
    name: str
    number: str | None
    others: tuple[str, ...] = ()


@dataclass
class Register:
    """Organisations by number and by name."""

    numbers: dict[str, int] = field(default_factory=dict)
    own: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    borne: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    bare: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    digest: str = ""

    def match(self, role: PartyRole, *, name: str, number: str, country: str) -> Match:
        """Return the organisation and how sure we are, or ``NOBODY``. ``number`` is nine digits or empty."""
        if country not in (NORWAY, ""):
            return NOBODY
        if number in self.numbers:
            return self.numbers[number], Certainty.NUMBER
        if country != NORWAY:
            return NOBODY
        found = self._buyer(name) if role is PartyRole.BUYER else only(self.own.get(plain(name)))
        return (found, Certainty.NAME) if found else NOBODY

    def _buyer(self, name: str) -> int | None:
        """Return the only organisation of that name, or of what is left of it without a department.

        Winners are not looked for in this way: a firm may well be called after the place it lies in.
        """
        whole = plain(name)
        bare = only(self.bare.get(whole)) if len(whole) >= _SHORTEST else None
        return self._borne(whole) or bare or self._borne(_whole_body(name))

    def _borne(self, name: str) -> int | None:
        """Return the one that bears the name; whoever bears it today goes before those that took over after it."""
        return only(self.own.get(name) or self.borne.get(name))


def register_of(organisations: Iterable[Known]) -> Register:
    """Return the register for matching."""
    register, prints = Register(), hashlib.sha256()
    for one in sorted(organisations, key=lambda known: known.pk):
        prints.update(repr((one.pk, one.name, one.number, sorted(one.others))).encode())
        if one.number:
            register.numbers[one.number] = one.pk
        register.own[plain(one.name)].add(one.pk)
        for name in (one.name, *one.others):
            register.borne[plain(name)].add(one.pk)
            register.bare[_without_ending(plain(name))].add(one.pk)
    register.digest = prints.hexdigest()
    return register


def plain(name: str) -> str:
    """Return a name as it is compared: folded, without signs, endings written in one way."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(name).replace("a/s", "as")).strip()
    for long, short in _SPELT_OUT.items():
        if words.endswith(f" {long}"):
            words = words.removesuffix(long) + short
    return words


def only(bearers: set[int] | None) -> int | None:
    """Return the one there is, or None when there is none or several."""
    return next(iter(bearers)) if bearers and len(bearers) == 1 else None


def _whole_body(name: str) -> str:
    """Return the name of the body that a department belongs to: "Larvik kommune v/ innkjøp" → "larvik kommune"."""
    first = plain(_DEPARTMENT.split(name.strip(), maxsplit=1)[0])
    return first if _WHOLE_BODY.fullmatch(first) else ""


def _without_ending(name: str) -> str:
    return next(_bare_forms(name), name)


def _bare_forms(name: str) -> Iterator[str]:
    return (name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending))
