"""Which notices belong to one procurement, and which of them took another's place. Pure: no database.

Everything here is a function of the notices and their names as they stand in the tables, never of the order they came
in. ``operations`` hands in whole lives: all notices of every life that something new touches.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from ringvirkning.catalogue.notices.terms import NameRole

# A name that more notices than this bear or mention is a placeholder, not a procurement, and joins nobody.
MOST_BEARERS = 1_000
_PROCEDURE = "procedure/"
_WITH_UUID = "notice/"
_LONG_AGO = date(1, 1, 1)


@dataclass(frozen=True)
class Member:
    """A notice as lives see it."""

    key: str
    published: date | None = None
    calls_off: bool = False
    names: dict[str, NameRole] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """What follows for a notice from the notices around it."""

    life: str
    replaced_by: str = ""
    cancelled: bool = False


class Joined:
    """Disjoint sets: things that were joined, directly or through others, have one root."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, thing: str) -> str:
        """Return the one that stands for all it is joined with."""
        parent = self._parent.setdefault(thing, thing)
        while parent != self._parent[parent]:
            self._parent[parent] = self._parent[self._parent[parent]]
            parent = self._parent[parent]
        self._parent[thing] = parent
        return parent

    def join(self, one: str, other: str) -> None:
        """Join two sets; the smaller root stands for both."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def standings(members: Collection[Member], *, crowded: Collection[str] = ()) -> dict[str, Standing]:
    """Return key → what follows for each member. ``crowded`` names join nobody."""
    crowd = {*crowded, *_crowded_among(members)}
    lives = {member.key: _life(group, crowd) for group in _groups(members, crowd, set(NameRole)) for member in group}
    found = {}
    for group in _groups(members, crowd, {NameRole.OWN, NameRole.CHANGED}):
        current = _current(group)
        for member in group:
            replaced_by = "" if member is current else current.key
            found[member.key] = Standing(lives[member.key], replaced_by, current.calls_off)
    return found


def _crowded_among(members: Iterable[Member]) -> set[str]:
    borne = Counter(name for member in members for name in member.names)
    return {name for name, count in borne.items() if count > MOST_BEARERS}


def _groups(members: Iterable[Member], crowd: set[str], roles: set[NameRole]) -> list[list[Member]]:
    """Return the members in groups that names in these roles hold together."""
    joined = Joined()
    listed = sorted(members, key=lambda member: member.key)
    for member in listed:
        for name, role in member.names.items():
            if role in roles and name not in crowd:
                joined.join(f"\x00{member.key}", name)
    groups = defaultdict(list)
    for member in listed:
        groups[joined.root(f"\x00{member.key}")].append(member)
    return list(groups.values())


def _life(group: list[Member], crowd: set[str]) -> str:
    """Return the key of a procurement: its smallest procedure id, else the smallest key of its notices."""
    names = {name for member in group for name in member.names if name not in crowd}
    procedures = [name.removeprefix(_PROCEDURE) for name in names if name.startswith(_PROCEDURE)]
    return min(procedures)[:100] if procedures else group[0].key


def _current(group: list[Member]) -> Member:
    """Return the notice that holds now among those that are corrections or copies of each other.

    A notice without UUID is a copy of the one whose number it bears; then the day; then who corrects whom.
    """
    corrected = {name for member in group for name, role in member.names.items() if role is NameRole.CHANGED}

    def newness(member: Member) -> tuple[bool, date, bool, str]:
        own = {name for name, role in member.names.items() if role is NameRole.OWN}
        has_uuid = any(name.startswith(_WITH_UUID) for name in own)
        return has_uuid, member.published or _LONG_AGO, corrected.isdisjoint(own), member.key

    return max(group, key=newness)
