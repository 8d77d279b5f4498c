"""What the page of a notice shows, put together from its record and the tables around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.terms import PartyRole
from ringvirkning.sources.notices.oddities import ODDITIES
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation as Party
from ringvirkning.sources.notices.terms import Phase, ValueKind
from ringvirkning.web.notices import telling, words
from ringvirkning.web.notices.deadlines import Deadline
from ringvirkning.web.notices.history import Edition, editions
from ringvirkning.web.notices.parts import CHOSEN, Criteria, LifeStep, LotRow, Sum, Who, grouped, who_is
from ringvirkning.web.notices.publications import Published, published_in
from ringvirkning.web.notices.saying import Said, nearest, others, page_language
from ringvirkning.web.sentences import in_words

AIMS = ("green", "social")
FEW_LOTS = 6  # shown unfolded
FEW_BUYERS = 3  # named at the top of the page
WEB = ("https://", "http://")
MOST_STEPS = 60  # notices on the line of time
# Told in the page's own parts, not among the short facts.
ELSEWHERE = {"title", "description", "deadline", "buyer", "lots", "criteria", "winner", "not_awarded"}
ELSEWHERE |= {"innovation", "green", "social", "documents", "submission", "estimated", "framework-maximum", "awarded"}


@dataclass(frozen=True)
class Section:
    """One part of the page."""

    id: str
    heading: str | Promise
    shown: Callable[["NoticePage"], object]

    @property
    def template(self) -> str:
        """Return the template that draws it."""
        return f"web/notices/parts/{self.id}.html"


SECTIONS = (
    Section("facts", _("Kort fortalt"), lambda page: True),
    Section("description", _("Beskrivelse"), lambda page: page.description.text),
    Section("innovation", _("Innovasjon"), lambda page: True),
    Section("winners", _("Hvordan det gikk"), lambda page: page.winners or page.outcomes),
    Section("lots", _("Delkontrakter"), lambda page: len(page.lots) > 1),
    Section("criteria", _("Slik velges leverandøren"), lambda page: page.criteria),
    Section("strategic", _("Miljø og sosiale hensyn"), lambda page: page.strategic),
    Section("life", _("Gangen i anskaffelsen"), lambda page: len(page.life) > 1),
    Section("history", _("Hva er endret"), lambda page: len(page.history) > 1),
    Section("cases", _("Saker om denne anskaffelsen"), lambda page: True),
    Section("source", _("Den offisielle kunngjøringen"), lambda page: True),
)


@dataclass(frozen=True)
class NoticePage:
    """Everything the template of one notice asks for."""

    notice: Notice
    record: Record
    today: date

    @cached_property
    def title(self) -> Said:
        """Return the title in the language nearest the reader's."""
        told = nearest(self.record.titles, self.record.language)
        return told if told.text else Said(page_language(), telling.untitled())

    @cached_property
    def description(self) -> Said:
        """Return the description in the language nearest the reader's."""
        return nearest(self.record.descriptions, self.record.language)

    @cached_property
    def other_languages(self) -> list[tuple[Said, Said]]:
        """Return title and description in the other languages, those with any words."""
        titles = {one.language: one for one in others(self.record.titles, self.title)}
        texts = {one.language: one for one in others(self.record.descriptions, self.description)}
        found = [(titles.get(one, Said(one, "")), texts.get(one, Said(one, ""))) for one in {**titles, **texts}]
        return sorted(found, key=lambda pair: pair[0].name)

    @property
    def phase(self) -> str:
        """Return the phase."""
        return self.record.phase.value

    @cached_property
    def kind(self) -> str:
        """Return what kind of notice this is, in words; the phase when it does not say."""
        told = telling.codes_said("kind", [self.record.kind])
        return told[0] if told else str(words.PHASES[self.phase])

    @cached_property
    def deadline(self) -> Deadline | None:
        """Return the deadline of what can still be answered."""
        return Deadline(self.notice.deadline, self.today) if self.notice.deadline else None

    @cached_property
    def is_open(self) -> bool:
        """Return whether one can answer it today."""
        current = not (self.notice.cancelled or self.notice.replaced_by)
        return bool(current and self.deadline and not self.deadline.gone)

    # Who.

    @cached_property
    def buyers(self) -> list[Who]:
        """Return the buyers."""
        return self._parties(PartyRole.BUYER, self.record.buyers)

    @cached_property
    def winners(self) -> list[Who]:
        """Return the winners, each once."""
        return self._parties(PartyRole.WINNER, self.record.winners)

    def _parties(self, role: PartyRole, parties: Sequence[Party]) -> list[Who]:
        rows = {row.place: row for row in self._rows if row.role == role}
        return [who_is(party, rows.get(place)) for place, party in enumerate(parties)]

    @cached_property
    def _rows(self) -> list[NoticeParty]:
        return list(self.notice.parties.select_related("organisation"))

    @property
    def more_buyers(self) -> int:
        """Return how many buyers are not named at the top."""
        return max(0, len(self.buyers) - FEW_BUYERS)

    @property
    def is_unsure(self) -> bool:
        """Return whether somebody may be another organisation than the one we link to."""
        return any(who.unsure for who in [*self.buyers, *self.winners])

    @cached_property
    def where(self) -> list[str]:
        """Return the regions where it happens."""
        return telling.places_said(self.record.nuts, self.record.countries)

    # What.

    @cached_property
    def facts(self) -> list[telling.Fact]:
        """Return the short facts."""
        return [fact for fact in telling.facts_of(self.record) if fact.name not in ELSEWHERE]

    @cached_property
    def sums(self) -> list[Sum]:
        """Return the sums of the whole notice, kind by kind."""
        kinds = list(ValueKind)
        return [Sum(one) for one in sorted(self.record.values, key=lambda money: kinds.index(money.kind))]

    @property
    def awarded(self) -> list[Sum]:
        """Return what the contract was made for."""
        return [one for one in self.sums if one.money.kind is ValueKind.AWARDED]

    @property
    def sums_in_facts(self) -> list[Sum]:
        """Return the sums told among the short facts: what a contract was made for is told with who got it."""
        return [one for one in self.sums if not (self.winners and one.money.kind is ValueKind.AWARDED)]

    @property
    def main_sum(self) -> Sum | None:
        """Return the sum to show first: of a result only what was awarded, of all else only what is estimated."""
        before = [one for one in self.sums if one.money.kind is not ValueKind.AWARDED]
        return next(iter(self.awarded if self.is_result else before), None)

    @cached_property
    def lots(self) -> list[LotRow]:
        """Return the lots by their numbers."""
        won = {lot: [who for who in self.winners if lot in who.party.lots] for lot in self._lot_ids}
        ordered = sorted(self.record.lots, key=lambda lot: telling.lot_order(lot.lot_id))
        return [LotRow(lot, self.record, self.today, won[lot.lot_id]) for lot in ordered]

    @property
    def _lot_ids(self) -> list[str]:
        return [lot.lot_id for lot in self.record.lots]

    @property
    def folds_lots(self) -> bool:
        """Return whether there are so many lots that they are folded."""
        return len(self.lots) > FEW_LOTS

    @cached_property
    def outcomes(self) -> list[str]:
        """Return what came of it, each thing once; that somebody was chosen is not said where they are named."""
        told = [told for row in self.lots for told in row.outcome] if self.is_result else []
        unsaid = telling.codes_said("result", [CHOSEN]) if self.winners else []
        return [one for one in dict.fromkeys(told) if one not in unsaid]

    @property
    def is_result(self) -> bool:
        """Return whether this notice tells how it went."""
        return self.record.phase is Phase.RESULT

    @cached_property
    def tenders(self) -> int | None:
        """Return how many tenders came, when there is one lot and it says."""
        counted = [lot.tenders_received for lot in self.record.lots if lot.tenders_received is not None]
        return counted[0] if len(self.record.lots) == 1 and counted else None

    @cached_property
    def criteria(self) -> list[Criteria]:
        """Return the criteria, with lots that share theirs together."""
        return grouped(self.record.criteria, self._lot_ids, self.record.language)

    @cached_property
    def strategic(self) -> list[tuple[str, list[str]]]:
        """Return the environmental and social aims in words."""
        told = [(str(words.FACTS[group]), telling.codes_said(group, getattr(self.record, group))) for group in AIMS]
        return [(label, codes) for label, codes in told if codes]

    @cached_property
    def stated(self) -> list[str]:
        """Return the kinds of innovation the buyer itself has stated."""
        return telling.codes_said("innovation", self.record.innovation)

    # Around it.

    @cached_property
    def _whole_life(self) -> list[Notice]:
        return queries.life_of(self.notice)

    @cached_property
    def life(self) -> list[Notice]:
        """Return the notices of the procurement that hold now, in the order of time."""
        return [one for one in self._whole_life if not one.replaced_by or one.pk == self.notice.pk]

    @property
    def steps(self) -> list[LifeStep]:
        """Return the line of time; of a very long one the part around this notice."""
        here = next((at for at, one in enumerate(self.life) if one.pk == self.notice.pk), 0)
        first = max(0, min(here - MOST_STEPS // 2, len(self.life) - MOST_STEPS))
        shown = self.life[first : first + MOST_STEPS]
        return [LifeStep(one, queries.record_of(one), one.pk == self.notice.pk) for one in shown]

    @cached_property
    def history(self) -> list[Edition]:
        """Return the versions of this notice, with those it took the place of, in the order of time."""
        replaced = [one for one in self._whole_life if one.replaced_by == self.notice.key]
        return editions(queries.versions_of(one) for one in [*replaced, self.notice])

    @property
    def history_newest_first(self) -> list[Edition]:
        """Return the versions with the newest first."""
        return list(reversed(self.history))

    @cached_property
    def successor(self) -> Notice | None:
        """Return the notice that took this one's place."""
        return queries.notice_by_key(self.notice.replaced_by) if self.notice.replaced_by else None

    @cached_property
    def published(self) -> list[Published]:
        """Return where the notice stands, Doffin first."""
        return published_in(queries.versions_of(self.notice))

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """Return the addresses in the notice with what they are. Whoever wrote them, only those of pages are links."""
        shown = [one for one in self.record.links if one.kind in words.LINKS and one.url.startswith(WEB)]
        return [(str(words.LINKS[one.kind]), one.url) for one in shown]

    @property
    def oddities(self) -> list[str]:
        """Return what was odd about the source, and what we did."""
        return [in_words(ODDITIES.get(one.code, one.code), one.values) for one in self.record.oddities]

    @property
    def technical(self) -> list[tuple[str, str]]:
        """Return what only those who look something up ask for."""
        record = self.record
        told = (
            (_("Skjema"), record.subtype),
            (_("Format"), record.sdk or record.format.value),
            (_("Kunngjøringens id"), record.notice_uuid),
            (_("Versjon"), record.version),
            (_("Anskaffelsens id"), record.procedure_id),
        )
        return [(str(label), value) for label, value in told if value]

    @cached_property
    def sections(self) -> list[Section]:
        """Return the parts that have something to say."""
        return [section for section in SECTIONS if section.shown(self)]
