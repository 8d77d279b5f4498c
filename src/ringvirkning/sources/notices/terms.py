"""Closed lists of a notice. Source of the codes: eForms SDK code lists (Publications Office of the EU, CC BY 4.0)."""

from enum import StrEnum


class Source(StrEnum):
    """Where a notice was published, and how we came by it."""

    DOFFIN = "doffin"
    TED = "ted"
    OCDS = "ocds"


class Format(StrEnum):
    """The shape of the bytes a notice was read from."""

    EFORMS = "eforms"
    TED_EXPORT = "ted-export"
    OCDS = "ocds"
    ROWS = "rows"  # rows of a table that somebody made of notices


class Phase(StrEnum):
    """Where in the life of a procurement a notice belongs, by its form alone."""

    PLANNING = "planning"
    DIALOGUE = "dialogue"
    COMPETITION = "competition"
    RESULT = "result"
    CHANGE = "change"  # of a contract that has been awarded
    COMPLETION = "completion"


# The order of a life.
PHASES = tuple(Phase)


class ValueKind(StrEnum):
    """What a sum of money says. Estimated and realised are never mixed."""

    ESTIMATED = "estimated"
    FRAMEWORK_MAXIMUM = "framework-maximum"
    AWARDED = "awarded"
