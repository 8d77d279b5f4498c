"""Nouns of notices in the catalogue."""

from enum import StrEnum


class PartyRole(StrEnum):
    """What an organisation is in a notice."""

    BUYER = "buyer"
    WINNER = "winner"


class Certainty(StrEnum):
    """How we know which organisation of the register a party is."""

    NUMBER = "number"  # the organisation number agrees
    NAME = "name"  # only the name agrees, and only one organisation bears it
    NONE = ""  # not in the register, or it could be several
