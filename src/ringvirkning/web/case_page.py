"""What the page of a case shows, put together from the case file and the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, Organisation
from ringvirkning.foundation.words import fold
from ringvirkning.search.find import find
from ringvirkning.sources.casefile.model import CaseFile, Figure, OrganisationRef, Party, Reuse, Step
from ringvirkning.sources.casefile.terms import Effect, FigureKind, PartyRole, Phase, Status
from ringvirkning.sources.tables import themes
from ringvirkning.web.figures import ORDER, kinds

BUYERS = (PartyRole.LEAD, PartyRole.CO_BUYER)
NO_GAIN = (Effect.REACH, Effect.COST)  # how many and what it cost is not what it gave
MOST_SIMILAR = 3


@dataclass(frozen=True)
class Who:
    """An organisation or a group with its part in the case. ``now`` is what a former organisation became."""

    part: Party | Reuse
    organisation: Organisation | None
    now: str


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
    Section("resultat", _("Hva det ga"), lambda page: page.case_file.figures or page.case_file.effects),
    Section("losning", _("Løsningen"), lambda page: page.case_file.solutions or page.case_file.suppliers),
    Section("prosess", _("Slik gjorde de det"), lambda page: page.has_process),
    Section("lerdom", _("Det de lærte"), lambda page: page.case_file.lessons),
    Section("gjenbruk", _("Andre som tok det videre"), lambda page: page.case_file.reuse),
    Section("dokumenter", _("Dokumenter du kan bruke"), lambda page: page.case_file.documents),
    Section("kontakt", _("Spør dem som gjorde det"), lambda page: True),
    Section("ukjent", _("Dette vet vi ikke"), lambda page: page.gaps),
    Section("kilder", _("Kilder"), lambda page: True),
    Section("del", _("Del og bruk saken"), lambda page: True),
    Section("lignende", _("Lignende saker"), lambda page: page.similar),
)
GAPS = (
    Gap(lambda case: case.parties, _("Hvem som kjøpte")),
    Gap(lambda case: case.start or case.end, _("Når det skjedde")),
    Gap(lambda case: case.need.before, _("Hvordan det var før")),
    Gap(lambda case: case.dialogue, _("Om de snakket med leverandører på forhånd")),
    Gap(
        lambda case: case.specification,
        _("Hvordan de beskrev behovet for leverandørene"),
        _("Kan vi få se hvordan dere beskrev behovet?"),
    ),
    Gap(lambda case: case.procurement and case.procurement.procedure, _("Hvilken prosedyre de brukte")),
    Gap(lambda case: cost_told(case), _("Hva det kostet"), _("Hva kostet det, også i egen tid?")),
    Gap(lambda case: case.suppliers, _("Hvem som leverte"), when_cancelled=False),
    Gap(
        lambda case: any(solution.availability for solution in case.solutions),
        _("Om andre kan kjøpe løsningen"),
        _("Kan andre kjøpe løsningen i dag?"),
        when_cancelled=False,
    ),
    Gap(
        lambda case: gain_measured(case),
        _("Hva det ga, målt etterpå"),
        _("Har dere målt hva det ga?"),
        when_cancelled=False,
    ),
    Gap(lambda case: case.lessons, _("Hva de lærte"), _("Hva ville dere gjort annerledes?")),
    Gap(lambda case: case.reuse, _("Om andre har tatt det videre"), when_cancelled=False),
)


def cost_told(case: CaseFile) -> bool:
    """Return whether the case says what it cost."""
    contract = case.procurement.contract if case.procurement else None
    return bool(contract and contract.value) or any(figure.effect is Effect.COST for figure in case.figures)


def gain_measured(case: CaseFile) -> bool:
    """Return whether somebody measured what it gave."""
    return any(figure.kind is FigureKind.REALISED and figure.effect not in NO_GAIN for figure in case.figures)


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
        """Return the place with its county, unless the place already says it."""
        county = queries.county_names().get(self.case.county, "")
        parts = [self.case.place] if county in self.case.place else [self.case.place, county]
        return ", ".join(part for part in parts if part)

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
    def askable(self) -> list[Who]:
        """Return whom to ask when no contact is registered: those who led, else any buyer we know."""
        leaders = [one for one in self.leaders if one.organisation]
        return leaders or [one for one in self.buyers if one.organisation][:1]

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
    def has_process(self) -> bool:
        """Return whether anything is told of how they did it."""
        case = self.case_file
        return bool(case.approach or case.dialogue or case.specification or case.procurement)

    @cached_property
    def figures(self) -> list[Figure]:
        """Return the figures, the measured first."""
        return sorted(self.case_file.figures, key=lambda figure: ORDER.index(figure.kind))

    @cached_property
    def kinds(self) -> list[str]:
        """Return the kinds of figures the case has."""
        return kinds(self.case_file.figures)

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
    """Return the page of a case, or None when there is no such case."""
    case = queries.cases_by_id([case_id]).get(case_id)
    if case is None or case.revision is None:
        return None
    return CasePage(case, queries.read_case(case.revision.document))


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
    former = organisation.names.filter(folded=fold(given)).exclude(until="").exists()
    if former and fold(given) != fold(organisation.name):
        return organisation.name
    return ", ".join(successor.name for successor in organisation.successors.all())
