"""What the desk reads across the stages: drafts, cases, files and letters that want something, and how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, FileUpload, Organisation, StoredFile
from ringvirkning.catalogue.terms import FileState
from ringvirkning.people.models import Letter, Membership, Person
from ringvirkning.people.terms import MemberRole, MembershipState
from ringvirkning.publishing.models import Consent, Draft, DraftPart, LinkVisit
from ringvirkning.publishing.queries import title_of
from ringvirkning.publishing.terms import ConsentState, DraftState, Step
from ringvirkning.publishing.typed.completeness import fullness, gaps
from ringvirkning.publishing.upkeep import freshness
from ringvirkning.publishing.upkeep.freshness import freshness_of_all
from ringvirkning.sources.casefile.model import CaseFile

ACTIVE = Q(state=MembershipState.ACTIVE)
YEARS_OLD = 3  # a case last known so many years ago may have changed


@dataclass(frozen=True)
class Waiting:
    """A draft at the desk, with what the tables show of it."""

    draft: Draft
    title: str
    organisation: str
    days: int
    comments: int


@dataclass(frozen=True)
class ReadCase:
    """A published case with its document."""

    case: Case
    case_file: CaseFile

    @property
    def buyers(self) -> str:
        """Return who leads it."""
        return ", ".join(dict.fromkeys(part.name_given for part in self.case.parties.all() if part.role == "lead"))


@dataclass(frozen=True)
class Old:
    """A case that may no longer be right, and what we know of how fresh it is."""

    read: ReadCase
    known: freshness.Freshness

    @property
    def flagged(self) -> bool:
        """Tell whether readers are told, or the buyer has said that something is wrong."""
        return self.known.stale or self.known.told_wrong is not None

    @property
    def as_of(self) -> str:
        """Return when the case was last known, as exactly as it says itself."""
        return self.read.case_file.state.as_of or ""

    def is_long_ago(self, today: date) -> bool:
        """Tell whether it was last known some years ago and nobody has confirmed it since."""
        long_ago = self.as_of and int(self.as_of[:4]) <= today.year - YEARS_OLD
        return bool(long_ago) and self.known.confirmed is None


@dataclass(frozen=True)
class Thin:
    """A case that tells little: how full it is (0–100), and the codes of what a reader will miss."""

    read: ReadCase
    fullness: int
    missing: list[str]


@dataclass(frozen=True)
class Broken:
    """An address that no longer answers, and the cases that refer to it."""

    visit: LinkVisit
    cases: tuple[Case, ...]


# Drafts.


def submitted() -> QuerySet[Draft]:
    """Return drafts that wait for an editor, the one that has waited longest first."""
    return Draft.objects.filter(state=DraftState.SUBMITTED).order_by("submitted", "pk")


def sent_back() -> QuerySet[Draft]:
    """Return drafts that went back to their writers and have not come again."""
    return Draft.objects.filter(state=DraftState.DRAFT).exclude(sent_back_because="").order_by("changed", "pk")


def with_titles(drafts: QuerySet[Draft], *, at: datetime | None = None) -> list[Waiting]:
    """Return drafts with what the tables show."""
    first = Prefetch("parts", queryset=DraftPart.objects.filter(step=Step.NEED), to_attr="first_parts")
    unanswered = Count("comments", filter=Q(comments__done=None))
    found = list(drafts.annotate(open_comments=unanswered).prefetch_related(first))
    names = organisation_names(one.organisation for one in found)
    return [
        Waiting(
            one,
            title_of(one),
            names.get(one.organisation, one.organisation),
            (localdate(at) - localdate(one.submitted if one.state == DraftState.SUBMITTED else one.changed)).days,
            one.open_comments,
        )
        for one in found
    ]


def people_names(numbers: Iterable[str]) -> dict[str, str]:
    """Return number (as the ledger writes it) → name."""
    wanted = [int(one) for one in numbers if one.isdecimal()]
    return {str(number): name for number, name in Person.objects.filter(pk__in=wanted).values_list("pk", "name")}


def organisation_names(slugs: Iterable[str]) -> dict[str, str]:
    """Return slug → name."""
    return dict(Organisation.objects.filter(slug__in=set(slugs)).values_list("slug", "name"))


# Cases.


def published_cases() -> list[ReadCase]:
    """Return every published case, read."""
    return [ReadCase(*one) for one in queries.read_cases(queries.all_cases())]


def old_cases(*, at: datetime) -> list[Old]:
    """Return the cases that may no longer be right: flagged first, then those last known some years ago."""
    cases, today = published_cases(), localdate(at)
    known = freshness_of_all([one.case for one in cases], today)
    found = [Old(one, known[one.case.pk]) for one in cases]
    doubtful = [one for one in found if one.flagged or one.is_long_ago(today)]
    return sorted(doubtful, key=lambda one: (not one.flagged, one.known.confirmed or date.min, one.as_of))


def thin_cases() -> list[Thin]:
    """Return every published case with what a reader will miss, the emptiest first."""
    found = [Thin(one, fullness(one.case_file), [gap.code for gap in gaps(one.case_file)]) for one in published_cases()]
    return sorted(found, key=lambda one: (one.fullness, one.read.case.title))


def broken_links() -> list[Broken]:
    """Return addresses that have failed several times over days, with the cases that refer to them."""
    broken = freshness.broken_links()
    cases = queries.cases_by_id({case for one in broken for case in one.case_ids})
    return [Broken(one.visit, tuple(cases[case] for case in one.case_ids if case in cases)) for one in broken]


# People, consents, letters and files.


def asking_to_join() -> QuerySet[Membership]:
    """Return people who wait for a yes from an organisation, the longest wait first."""
    asked = Membership.objects.filter(state=MembershipState.ASKED, person__is_active=True)
    return asked.select_related("person").order_by("since")


def consents_waiting() -> QuerySet[Consent]:
    """Return questions about consent that nobody has answered, oldest first."""
    return Consent.objects.filter(state=ConsentState.ASKED).select_related("draft", "case").order_by("asked")


def letters_stopped() -> QuerySet[Letter]:
    """Return letters that were given up, or have failed and are tried again."""
    return Letter.objects.filter(sent=None).filter(Q(tries__gt=1) | ~Q(given_up=None)).order_by("-made")


def files_unreadable() -> QuerySet[StoredFile]:
    """Return uploaded files whose text could not be read, newest first."""
    return StoredFile.objects.filter(state=FileState.UNREADABLE).order_by("-made")


def uploads_of(files: Iterable[StoredFile]) -> dict[str, FileUpload]:
    """Return digest → the newest upload of each file."""
    rows = FileUpload.objects.filter(file__in=list(files)).order_by("at")
    return {row.file_id: row for row in rows}


# Organisations.


def organisations_at_work() -> list[tuple[Organisation, dict[str, int]]]:
    """Return organisations that have cases, people or drafts, with how many of each."""
    members = _counted(Membership.objects.filter(ACTIVE, person__is_active=True))
    keepers = _counted(Membership.objects.filter(ACTIVE, person__is_active=True, role=MemberRole.ADMINISTRATOR))
    asking = _counted(asking_to_join())
    contacts = _with_contact()
    cases = {one.slug: one.cases for one in queries.organisations_with_cases()}  # type: ignore[attr-defined]
    known = Organisation.objects.filter(slug__in={*members, *asking, *cases})
    return [
        (
            one,
            {
                "members": members.get(one.slug, 0),
                "keepers": keepers.get(one.slug, 0),
                "asking": asking.get(one.slug, 0),
                "cases": cases.get(one.slug, 0),
                "contact": int(one.slug in contacts),
            },
        )
        for one in known
    ]


def _counted(rows: QuerySet[Membership]) -> dict[str, int]:
    return dict(rows.order_by().values_list("organisation").annotate(Count("pk")))


def _with_contact() -> set[str]:
    """Return the slugs of leading organisations that have a case with a way to reach somebody."""
    return {
        part.organisation.slug
        for read in published_cases()
        if any(one.email or one.phone or one.url for one in read.case_file.contacts)
        for part in read.case.parties.all()
        if part.role in ("lead", "co_buyer")
    }
