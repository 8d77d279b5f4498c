"""Nouns of the analysis."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a person says of something we concluded."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
