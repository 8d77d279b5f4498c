"""Whether a case and a notice are about the same procurement. Pure: no Django, no clock.

Like the reading of innovation it adds up reasons, and each can be shown. It proposes; a person decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp

from ringvirkning.analysis.terms import Proposal, Reason

METHOD = "1"
PROPOSED = 0.5

# Log-odds. That two things merely have the same buyer is far from enough: large buyers publish thousands.
BASE = -6.2
NAMED = 12.0  # the case gives the notice's own number
BUYER = 2.5
BUYER_BY_NAME = 2.0  # the register knows the buyer by its name alone
BUYER_MENTIONED = 2.5  # another body published it on the buyer's behalf and says so
SUPPLIER = 3.5
PROCEDURE = 1.5
SAME_KIND_OF_GOODS = 0.8
INNOVATIVE = 1.2
IN_TIME = 0.8
OUT_OF_TIME = -4.0
WORD_SHARE = 0.35  # of a shared word's rarity
TITLE_SHARE = 0.6  # of a word that stands in both titles
MOST_FROM_WORDS = 4.5
MOST_WORDS = 12
# A notice can come before the year a case begins (dialogue) and some years after it ends (award, change).
YEARS_BEFORE, YEARS_AFTER, YEARS_FAR = 2, 3, 6


@dataclass(frozen=True)
class CaseSide:
    """What of a case can be recognised in a notice. Names are folded, organisations are rows of the register."""

    case_id: str
    buyers: frozenset[int] = frozenset()
    buyer_names: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    cpv: frozenset[str] = frozenset()
    procedure: str | None = None  # BT-105 code
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NoticeSide:
    """What of a notice can be recognised in a case."""

    buyers: Mapping[int, bool] = field(default_factory=dict)  # row → whether its number agreed
    winners: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    text: str = ""  # folded, to find names in
    year: int | None = None
    cpv: frozenset[str] = frozenset()
    procedure: str | None = None
    numbers: frozenset[str] = frozenset()
    likelihood: float = 0.0  # of innovation


def proposal(case: CaseSide, notice: NoticeSide, rarity: Mapping[str, float]) -> Proposal:
    """Return how likely the two are about the same procurement, with the reasons, the heaviest first."""
    reasons = [reason for reason in _reasons(case, notice, rarity) if reason.weight]
    odds = BASE + sum(reason.weight for reason in reasons)
    ranked = tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))
    return Proposal(round(1 / (1 + exp(-odds)), 3), ranked)


def _reasons(case: CaseSide, notice: NoticeSide, rarity: Mapping[str, float]) -> Iterable[Reason]:
    if shared := case.numbers & notice.numbers:
        yield Reason("named", NAMED, tuple(sorted(shared)))
    yield _buyer(case, notice)
    if shared := case.suppliers & notice.winners:
        yield Reason("supplier", SUPPLIER, tuple(sorted(shared)))
    yield _words(case, notice, rarity)
    yield _time(case, notice)
    if case.procedure and case.procedure == notice.procedure:
        yield Reason("procedure", PROCEDURE, (case.procedure,))
    if shared := case.cpv & notice.cpv:
        yield Reason("cpv", SAME_KIND_OF_GOODS, tuple(sorted(shared)))
    # Every case here is innovative, so a notice that asks for something new is more likely to be one of theirs.
    yield Reason("innovative", round(INNOVATIVE * notice.likelihood, 2) if notice.likelihood >= 0.2 else 0.0)


def _buyer(case: CaseSide, notice: NoticeSide) -> Reason:
    shared = case.buyers & notice.buyers.keys()
    if shared:
        certain = any(notice.buyers[one] for one in shared)
        return Reason("buyer", BUYER if certain else BUYER_BY_NAME)
    mentioned = tuple(sorted(name for name in case.buyer_names if name in notice.text))
    return Reason("buyer-mentioned", BUYER_MENTIONED if mentioned else 0.0, mentioned)


def _words(case: CaseSide, notice: NoticeSide, rarity: Mapping[str, float]) -> Reason:
    in_titles = case.title & notice.title
    weights = {
        word: rarity.get(word, 0.0) * (TITLE_SHARE if word in in_titles else WORD_SHARE)
        for word in case.words & notice.words
    }
    telling = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    return Reason("words", round(min(MOST_FROM_WORDS, sum(weights[word] for word in telling)), 2), tuple(telling))


def _time(case: CaseSide, notice: NoticeSide) -> Reason:
    if case.years is None or notice.year is None:
        return Reason("time-unknown", 0.0)
    first, last = case.years
    if first - YEARS_BEFORE <= notice.year <= last + YEARS_AFTER:
        return Reason("in-time", IN_TIME, (str(notice.year),))
    far = notice.year < first - YEARS_FAR or notice.year > last + YEARS_FAR
    return Reason("out-of-time", OUT_OF_TIME if far else OUT_OF_TIME / 2, (str(notice.year),))
