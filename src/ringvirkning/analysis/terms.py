"""Nouns of the analysis."""

from dataclasses import dataclass
from enum import StrEnum

from ringvirkning.analysis.signals.terms import Reading


class Verdict(StrEnum):
    """What a person says of something we concluded, or says without being asked."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MADE = "made"  # a link that a person made themselves


class InnovationStanding(StrEnum):
    """Whether a notice asks for something new, all in all. A person's word goes before the reading."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NO = "no"
    REJECTED = "rejected"


# What a list of innovative notices shows when nothing else is asked for.
INNOVATIVE = (InnovationStanding.CONFIRMED, InnovationStanding.LIKELY)
# BT-776 codes a person can confirm, as DFØ's guidance has them; the retired ones are not offered.
CODES = ("mar-nov", "proc-innov", "prod-innov", "rd-act")


@dataclass(frozen=True)
class Conclusion:
    """What is known of a notice and innovation: the reading, and what a person said of it."""

    standing: InnovationStanding
    code: str | None  # the confirmed code, else the suggested one; None where rejected
    reading: Reading


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for or against that a case and a notice are about the same procurement."""

    code: str  # the words for people are in ``reasons.py``
    weight: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """How likely it is that a case and a notice are about the same procurement, and why, the heaviest reason first."""

    likelihood: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Link:
    """That a case and a notice belong together: proposed by us (``verdict`` is None), or said by a person."""

    case_id: str
    notice_key: str
    verdict: Verdict | None
    likelihood: float | None  # None where we would not have proposed it
    reasons: tuple[Reason, ...] = ()
