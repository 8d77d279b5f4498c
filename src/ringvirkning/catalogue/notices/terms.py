"""Nouns of notices in the catalogue."""

from dataclasses import dataclass, field
from enum import StrEnum

from ringvirkning.sources.notices.record import Notice as Record


class PartyRole(StrEnum):
    """What an organisation is in a notice."""

    BUYER = "buyer"
    WINNER = "winner"


class Certainty(StrEnum):
    """How we know which organisation of the register a party is."""

    NUMBER = "number"  # the organisation number agrees
    NAME = "name"  # only the name agrees, and only one organisation bears it
    NONE = ""  # not in the register, or it could be several


class NameRole(StrEnum):
    """What a name is to a notice."""

    OWN = "own"  # its UUID, or a number it was published under
    CHANGED = "changed"  # a notice it corrects, and takes the place of
    MENTIONED = "mentioned"  # another notice of the same procurement
    PROCEDURE = "procedure"  # the procurement itself


@dataclass(frozen=True)
class Loadable:
    """Some bytes that were read: the notices in them, or why there are none."""

    raw: str  # SHA-256 of the bytes
    name: str  # of the file or archive member
    reader: str  # version of the reading code
    notices: tuple[Record, ...] = ()
    refusal: str = ""  # code; empty when they were read
    sentence: str = ""  # why, in words


@dataclass
class Stored:
    """What became of what was offered. Notices are counted once a batch; bytes seen before are ``known``."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    known: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Stored") -> None:
        """Add the counts of another batch."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.known += other.known
        for code, count in other.refused.items():
            self.refused[code] = self.refused.get(code, 0) + count
