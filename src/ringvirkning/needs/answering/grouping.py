"""From a list of hits to the kinds of answers there are. Pure.

A thing may tell of several solution approaches; it is put with the one it tells most of, ways of buying last: that
somebody bought it together with others is not what kind of answer it is. What tells of none is the last group.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ringvirkning.needs.terms import AnswerKind

WEAK = 0.25  # of the best one's strength: weaker things make no group of their own
COUNTED = 6  # things whose strength together says how good an answer a group is
DISCOUNT = 0.5  # what each further thing of a group counts of the one before
MOST_GROUPS, MOST_ITEMS = 8, 4
REST = ""


class Candidate(NamedTuple):
    """Something found: how strong it is among all that was found (0–1), and what approaches it tells of."""

    kind: AnswerKind
    key: str
    strength: float
    approaches: tuple[str, ...]


class Grouped(NamedTuple):
    """A kind of answer with what tells of it, the best first."""

    approach: str
    members: list[Candidate]

    @property
    def strength(self) -> float:
        """How good an answer it is: its best thing, and a little for each further one."""
        return sum(one.strength * DISCOUNT**place for place, one in enumerate(self.members[:COUNTED]))


def grouped(found: Iterable[Candidate], put_last: Collection[str] = ()) -> list[Grouped]:
    """Return the kinds of answers among what was found, the best first, what tells of none last.

    ``put_last`` are approaches that a thing is put with only when it tells of no other.
    """
    ordered = sorted(found, key=lambda one: (-one.strength, one.kind != AnswerKind.CASE, one.key))
    members: dict[str, list[Candidate]] = defaultdict(list)
    for one in ordered:
        members[min(one.approaches, key=lambda approach: approach in put_last, default=REST)].append(one)
    groups = [Grouped(approach, listed) for approach, listed in members.items() if listed[0].strength >= WEAK]
    groups.sort(key=lambda group: (group.approach == REST, -group.strength))
    named = [group for group in groups if group.approach != REST][:MOST_GROUPS]
    return named + [group for group in groups if group.approach == REST]
