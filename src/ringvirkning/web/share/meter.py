"""What a reader will miss in a draft, in words, each with the way to where it is told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from ringvirkning.web.share.steps import GUIDES
from ringvirkning.web.words import GAPS

if TYPE_CHECKING:
    from ringvirkning.web.share.opened import Opened

MOST = 5


@dataclass(frozen=True)
class Missed:
    """One thing a reader will miss."""

    words: str | Promise
    address: str


def missed(work: "Opened") -> list[Missed]:
    """Return the few things a reader will miss the most."""
    told = [gap for gap in work.gaps if gap.code in GAPS][:MOST]
    return [Missed(GAPS[gap.code], f"{work.address(GUIDES[gap.step])}#{gap.place}") for gap in told]
