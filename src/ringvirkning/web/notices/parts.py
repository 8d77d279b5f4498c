"""What stands on the page of a notice: organisations, sums, lots, criteria, and steps on the line of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.sources.notices.record import Criterion, Lot, Money
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation as Party
from ringvirkning.web.notices import telling, words
from ringvirkning.web.notices.deadlines import Deadline
from ringvirkning.web.notices.saying import Said, nearest
from ringvirkning.web.templatetags.rv import day

CHOSEN = "selec-w"  # BT-142
MOST_NAMED = 2  # winners named on the line of time


@dataclass(frozen=True)
class Who:
    """A buyer or a winner, and the organisation in our register it is, when it is one."""

    party: Party
    organisation: Organisation | None
    certainty: str

    @property
    def name(self) -> str:
        """Return the name the notice gives."""
        return self.party.name or str(_("Uten navn"))

    @property
    def country(self) -> str:
        """Return the country, when it is not Norway."""
        abroad = self.party.country and self.party.country != "NOR"
        return telling.country_said(self.party.country or "") if abroad else ""

    @property
    def remarks(self) -> list[str]:
        """Return what kind of organisation it is."""
        kind = telling.codes_said("buyer_type", [self.party.buyer_type])
        return [*kind, *telling.codes_said("size", [self.party.size])]

    @property
    def unsure(self) -> bool:
        """Return whether it may be somebody else than the organisation we link to."""
        return self.organisation is not None and self.certainty == "name"


@dataclass(frozen=True)
class Sum:
    """A sum with what it is, what that means, and the field that says so."""

    money: Money

    @property
    def label(self) -> str:
        """Return what kind of sum it is."""
        return str(words.VALUE_KINDS[self.money.kind])

    @property
    def meaning(self) -> str:
        """Return what that kind means."""
        return str(words.VALUE_MEANINGS[self.money.kind])


@dataclass(frozen=True)
class LotRow:
    """A lot as the table of lots shows it."""

    lot: Lot
    record: Record
    today: date
    winners: list[Who]

    @property
    def name(self) -> str:
        """Return its number."""
        return telling.lot_name(self.lot.lot_id)

    @property
    def title(self) -> Said:
        """Return its title."""
        return nearest(self.lot.titles, self.record.language)

    @property
    def description(self) -> Said:
        """Return its description, when it says more than the title."""
        return nearest(self.lot.descriptions, self.record.language)

    @property
    def deadline(self) -> Deadline | None:
        """Return its own deadline, when it is not that of the notice."""
        own = self.lot.deadline
        return Deadline(own, self.today) if own and own != self.record.deadline else None

    @property
    def sums(self) -> list[Sum]:
        """Return its sums."""
        return [Sum(one) for one in self.lot.values]

    @property
    def facts(self) -> list[str]:
        """Return the short facts: what is bought, how long, how many tenders."""
        return [*map(telling.cpv_said, self.lot.cpv), *telling.durations_said([self.lot])]

    @property
    def outcome(self) -> list[str]:
        """Return what came of it, and why when nobody was chosen; that somebody was, their names say."""
        known = self.winners and self.lot.result == CHOSEN
        result = telling.codes_said("result", [None if known else self.lot.result])
        return [*result, *telling.codes_said("not_awarded", [self.lot.not_awarded_reason])]


@dataclass(frozen=True)
class CriterionRow:
    """One award criterion in words; ``share`` is its part of a hundred as programs write it, when the weight is one."""

    name: str
    weight: str
    share: str


@dataclass(frozen=True)
class Criteria:
    """Criteria that are the same for some lots, or for all."""

    rows: list[CriterionRow]
    lots: list[str]  # names of the lots; none when they are for all


@dataclass(frozen=True)
class LifeStep:
    """One notice of the procurement, on its line of time."""

    notice: Notice
    record: Record
    here: bool

    @property
    def kind(self) -> str:
        """Return what kind of notice it is."""
        told = telling.codes_said("kind", [self.record.kind])
        return told[0] if told else str(words.PHASES[self.notice.phase])

    @property
    def line(self) -> str:
        """Return the one thing worth knowing of it: who won, or when the deadline was."""
        if self.record.winners:
            return ", ".join(winner.name or "" for winner in self.record.winners[:MOST_NAMED])
        if self.notice.deadline:
            return str(_("frist %(day)s")) % {"day": day(timezone.localtime(self.notice.deadline).date())}
        return ""


def who_is(party: Party, row: NoticeParty | None) -> Who:
    """Return a party with the organisation its row says it is."""
    return Who(party, row.organisation if row else None, row.certainty if row else "")


def grouped(criteria: Iterable[Criterion], lot_ids: Sequence[str], language: str | None) -> list[Criteria]:
    """Return the criteria by lot, lots with the same ones together; without lots when all have the same."""
    by_lot: dict[str, list[Criterion]] = {}
    for one in criteria:
        by_lot.setdefault(one.lot or "", []).append(one)
    same: dict[tuple[tuple[object, ...], ...], list[str]] = {}
    for lot, some in by_lot.items():
        same.setdefault(tuple(_print(one) for one in some), []).append(lot)
    groups = []
    for lots in same.values():
        names = telling.lot_names(lot for lot in lots if lot)
        for_all = len(lots) >= len(lot_ids) or not names
        groups.append(Criteria([_row(one, language) for one in by_lot[lots[0]]], [] if for_all else names))
    return groups


def _row(one: Criterion, language: str | None) -> CriterionRow:
    part = telling.share(one)
    return CriterionRow(telling.criterion_name(one, language), telling.weight_said(one), f"{part:g}" if part else "")


def _print(one: Criterion) -> tuple[object, ...]:
    return one.kind, tuple(sorted(one.names.items())), one.weight, one.weight_kind
