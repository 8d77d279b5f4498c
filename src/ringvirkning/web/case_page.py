"""What the page of a case shows, put together from the case file and the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.evidence import Evidence, evidence
from ringvirkning.catalogue.models import Case, Organisation
from ringvirkning.foundation.words import fold
from ringvirkning.publishing.typed.completeness import TOLD
from ringvirkning.publishing.upkeep.freshness import Freshness, freshness_of
from ringvirkning.search.find import find
from ringvirkning.sources.casefile.model import CaseFile, Figure, OrganisationRef, Party, Procurement, Reuse, Step
from ringvirkning.sources.casefile.terms import BUYERS, Effect, FigureKind, Outcome, PartyRole, Phase, Status
from ringvirkning.sources.tables import themes
from ringvirkning.web.figures import NO_GAIN, ORDER, kinds
from ringvirkning.web.saying import infographic_first

MOST_SIMILAR = 3


@dataclass(frozen=True)
class Who:
    """An organisation or a group with its part in the case. ``now`` is what a former organisation became."""

    part: Party | Reuse
    organisation: Organisation | None
    now: str

    @property
    def note(self) -> dict[str, str]:
        """Return the note, per language, unless it only repeats what the organisation is called now."""
        note = getattr(self.part, "note", None) or {}
        repeats = self.now and any(self.now in text for text in note.values())
        return {} if repeats else {str(language): text for language, text in note.items()}


@dataclass(frozen=True)
class Section:
    """One part of the page."""

    id: str
    heading: str | Promise
    shown: Callable[["CasePage"], object]

    @property
    def template(self) -> str:
        """Return the template that draws it."""
        return f"web/case/{self.id}.html"


@dataclass(frozen=True)
class Gap:
    """Something a case may leave untold: what it is, and what to ask those who know."""

    told: Callable[[CaseFile], object]
    missing: str | Promise
    question: str | Promise = ""
    when_cancelled: bool = True


@dataclass(frozen=True)
class Similar:
    """A case like this one, and the themes they share."""

    case: Case
    case_file: CaseFile
    shared: list[dict[str, str]]


SECTIONS = (
    Section("fakta", _("Kort om saken"), lambda page: True),
    Section("behov", _("Behovet"), lambda page: True),
    Section("resultat", _("Hva det ga"), lambda page: page.has_results and page.something_came),
    Section("resultat", _("Hva de ventet å oppnå"), lambda page: page.has_results and not page.something_came),
    Section("losning", _("Løsningen"), lambda page: page.case_file.solutions or page.case_file.suppliers),
    Section("prosess", _("Slik gjorde de det"), lambda page: page.has_process),
    Section("lerdom", _("Det de lærte"), lambda page: page.case_file.lessons),
    Section("gjenbruk", _("Andre som tok det videre"), lambda page: page.case_file.reuse),
    Section("dokumenter", _("Dokumenter du kan bruke"), lambda page: page.case_file.documents),
    Section("kontakt", _("Spør dem som gjorde det"), lambda page: True),
    Section("ukjent", _("Dette vet vi ikke"), lambda page: page.gaps),
    Section("tillit", _("Kan du stole på dette?"), lambda page: page.freshness),
    Section("kilder", _("Kilder"), lambda page: page.case_file.sources),
    Section("del", _("Del og bruk saken"), lambda page: True),
    Section("lignende", _("Lignende saker"), lambda page: page.similar),
)


GAPS = (
    Gap(TOLD["buyer"], _("Hvem som kjøpte")),
    Gap(TOLD["when"], _("Når det skjedde")),
    Gap(TOLD["before"], _("Hvordan det var før")),
    Gap(TOLD["dialogue"], _("Om de snakket med leverandører på forhånd")),
    Gap(
        TOLD["specification"],
        _("Hvordan de beskrev behovet for leverandørene"),
        _("Kan vi få se hvordan dere beskrev behovet?"),
    ),
    Gap(TOLD["procedure"], _("Hvilken prosedyre de brukte")),
    Gap(TOLD["cost"], _("Hva det kostet"), _("Hva kostet det, også i egen tid?")),
    Gap(TOLD["supplier"], _("Hvem som leverte"), when_cancelled=False),
    Gap(
        TOLD["availability"],
        _("Om andre kan kjøpe løsningen"),
        _("Kan andre kjøpe løsningen i dag?"),
        when_cancelled=False,
    ),
    Gap(TOLD["gain"], _("Hva det ga, målt etterpå"), _("Har dere målt hva det ga?"), when_cancelled=False),
    Gap(TOLD["lessons"], _("Hva de lærte"), _("Hva ville dere gjort annerledes?")),
    Gap(TOLD["reuse"], _("Om andre har tatt det videre"), when_cancelled=False),
)


@dataclass(frozen=True)
class CasePage:
    """Everything the template of one case asks for."""

    case: Case
    case_file: CaseFile

    @cached_property
    def numbers(self) -> dict[str, tuple[int, str]]:
        """Return source id → its number on the page and its title."""
        return {source.id: (number, source.title) for number, source in enumerate(self.case_file.sources, 1)}

    @cached_property
    def themes(self) -> list[dict[str, str]]:
        """Return the case's themes with their names."""
        return [themes()[theme] for theme in self.case_file.themes if theme in themes()]

    @cached_property
    def place(self) -> str:
        """Return the place with its county, unless the place already says it.

        A case that names no place is placed where its buyer is: then only a municipality's name tells where.
        """
        given = self.case_file.place.name if self.case_file.place else ""
        name = given or (self.case.place.removesuffix(" kommune") if self.case.place.endswith(" kommune") else "")
        return ", ".join(part for part in ([name] if self.county in name and name else [name, self.county]) if part)

    @cached_property
    def county(self) -> str:
        """Return the name of the county, "" when we do not know."""
        return queries.county_names().get(self.case.county, "")

    @cached_property
    def where(self) -> str:
        """Return where it was, in the few words that the leaders' names do not already say."""
        place = self.place if self.case_file.place else self.county
        named = [one.part.organisation.name for one in self.leaders if one.part.organisation]
        return "" if any(place in name for name in named) else place

    @cached_property
    def buyers(self) -> list[Who]:
        """Return those who bought, the leader first."""
        parties = [party for party in self.case_file.parties if party.role in BUYERS]
        return [self._party(party) for party in sorted(parties, key=lambda party: BUYERS.index(party.role))]

    @cached_property
    def leaders(self) -> list[Who]:
        """Return those who led the procurement."""
        return [one for one in self.buyers if one.part.role is PartyRole.LEAD]  # type: ignore[union-attr]

    @cached_property
    def others(self) -> list[Who]:
        """Return those who took part without buying."""
        return [self._party(party) for party in self.case_file.parties if party.role not in BUYERS]

    @cached_property
    def reuse(self) -> list[Who]:
        """Return those who took it further."""
        return [who(reuse, named(reuse.organisation)) for reuse in self.case_file.reuse]

    @cached_property
    def askable(self) -> list[Organisation]:
        """Return whom to ask when no contact is registered: those who led, or what they became; else one buyer."""
        leaders = [one.organisation for one in self.leaders if one.organisation]
        known = leaders or [one.organisation for one in self.buyers if one.organisation][:1]
        today = [successor for one in known for successor in (list(one.successors.all()) or [one])]
        return list(dict.fromkeys(today))

    @property
    def can_ask(self) -> bool:
        """Return whether we know of anybody to ask."""
        return bool(self.case_file.contacts or self.askable)

    @cached_property
    def steps(self) -> list[Step]:
        """Return the steps told, in the order of the phases."""
        order = list(Phase)
        return sorted(self.case_file.approach, key=lambda step: order.index(step.phase))

    @cached_property
    def untold(self) -> list[str]:
        """Return the phases no source tells about."""
        told = {step.phase for step in self.case_file.approach}
        return [str(phase) for phase in Phase if phase not in told]

    @property
    def has_results(self) -> bool:
        """Return whether anything is told of what it gave or should give."""
        return bool(self.case_file.figures or self.case_file.effects)

    @property
    def something_came(self) -> bool:
        """Return whether the results are more than hopes."""
        measured = any(figure.kind is FigureKind.REALISED for figure in self.case_file.figures)
        return measured or not (self.cancelled or self.case_file.figures)

    @property
    def terms(self) -> Procurement | None:
        """Return the procurement when it holds more than the short facts have already said."""
        told = self.case_file.procurement
        if told is None:
            return None
        more = (told.reading, told.breadth, told.forms, told.contract, told.funding, told.notices)
        return told if any(more) or (told.procedure and told.procedure_note) else None

    @property
    def has_process(self) -> bool:
        """Return whether anything is told of how they did it."""
        case = self.case_file
        return bool(case.approach or case.dialogue or case.specification or self.terms)

    @cached_property
    def figures(self) -> list[Figure]:
        """Return the figures, the measured first."""
        return sorted(self.case_file.figures, key=lambda figure: ORDER.index(figure.kind))

    @cached_property
    def highlight(self) -> Figure | None:
        """Return the figure to show first: of the surest kind, a gain before how far it reached. Costs are no boast.

        None when the procurement was called off: then nothing came of it.
        """
        told = [figure for figure in self.case_file.figures if figure.effect is not Effect.COST]
        gains_first = sorted(infographic_first(self.case_file, told), key=lambda figure: figure.effect in NO_GAIN)
        surest = sorted(gains_first, key=lambda figure: ORDER.index(figure.kind))
        return surest[0] if surest and not self.cancelled else None

    @cached_property
    def kinds(self) -> list[str]:
        """Return the kinds of figures the case has."""
        return kinds(self.case_file.figures)

    @property
    def outcome(self) -> str:
        """Return what came of it when the status does not already say so."""
        state = self.case_file.state
        said = {Status.IN_USE: Outcome.ADOPTED, Status.CANCELLED: Outcome.CANCELLED}.get(state.status)
        return "" if state.outcome in (None, said) else str(state.outcome)

    @property
    def cancelled(self) -> bool:
        """Return whether the procurement was called off."""
        return self.case_file.state.status is Status.CANCELLED

    @cached_property
    def gaps(self) -> list[Gap]:
        """Return what the case leaves untold and that it makes sense to ask about."""
        relevant = [gap for gap in GAPS if gap.when_cancelled or not self.cancelled]
        return [gap for gap in relevant if not gap.told(self.case_file)]

    @cached_property
    def questions(self) -> list[str | Promise]:
        """Return good questions to ask: those this page cannot answer."""
        return [gap.question for gap in self.gaps if gap.question]

    @cached_property
    def lessons(self) -> list[tuple[str, list[object]]]:
        """Return the kinds of lessons with the lessons of each."""
        grouped = {kind: [one for one in self.case_file.lessons if one.kind == kind] for kind in LESSON_KINDS}
        return [(kind, list(lessons)) for kind, lessons in grouped.items() if lessons]

    @cached_property
    def similar(self) -> list[Similar]:
        """Return the cases most like this one among those that share a theme with it."""
        need = " ".join([*self.case_file.title.values(), *self.case_file.need.description.text.values()])
        answer = find(need, limit=5 * MOST_SIMILAR, with_reasons=False)
        hits = [hit for hit in answer.hits if hit.case.case_id != self.case.case_id] if answer.ready else []
        found = [Similar(hit.case, hit.case_file, self._shared(hit.case_file)) for hit in hits]
        return [similar for similar in found if similar.shared][:MOST_SIMILAR]

    @cached_property
    def freshness(self) -> Freshness | None:
        """Return when the case and its links were last confirmed; None for a case that is not in the library yet."""
        return freshness_of(self.case) if self.case.pk else None

    @cached_property
    def evidence(self) -> Evidence:
        """Return how well the case is documented."""
        confirmed = self.freshness.confirmed if self.freshness else None
        return evidence(self.case_file, confirmed=confirmed, today=timezone.localdate())

    @cached_property
    def sections(self) -> list[Section]:
        """Return the parts of the page that have something to say."""
        return [section for section in SECTIONS if section.shown(self)]

    def _shared(self, other: CaseFile) -> list[dict[str, str]]:
        return [theme for theme in self.themes if theme["id"] in other.themes]

    def _party(self, party: Party) -> Who:
        rows = {(row.name_given, row.role): row.organisation for row in self.case.parties.all()}
        name = party.organisation.name if party.organisation else ""
        return who(party, rows.get((name, str(party.role))) or named(party.organisation))


LESSON_KINDS = ("worked", "did_not_work", "advice")


def case_page_of(case_id: str) -> CasePage | None:
    """Return the page of a case that readers may open, or None when there is no such case."""
    case = queries.case_to_read(case_id)
    if case is None or case.revision is None:
        return None
    # What the buyers were and have become is asked for once, not once for each of them.
    prefetch_related_objects([case], "parties__organisation__names", "parties__organisation__successors")
    return CasePage(case, queries.case_file_of(case))


def named(ref: OrganisationRef | None) -> Organisation | None:
    """Return the organisation a case file names, when the catalogue knows it."""
    return queries.organisation_named(ref.name, ref.number) if ref else None


def who(part: Party | Reuse, organisation: Organisation | None) -> Who:
    """Return a part with its organisation, and what that is called today when it has changed."""
    if organisation is None or part.organisation is None:
        return Who(part, organisation, "")
    return Who(part, organisation, name_today(part.organisation.name, organisation))


def name_today(given: str, organisation: Organisation) -> str:
    """Return what a former organisation became ("Skedsmo kommune" → "Lillestrøm kommune"), else ""."""
    former = any(name.until and name.folded == fold(given) for name in organisation.names.all())
    if former and fold(given) != fold(organisation.name):
        return organisation.name
    return get_text_list([successor.name for successor in organisation.successors.all()], gettext("og"))
