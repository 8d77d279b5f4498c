"""A person's own page: what they and their organisations are writing, what waits, and what needs a look."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.terms import Standing
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.queries import administered_by, is_editor, memberships_of, organisations_of
from ringvirkning.people.terms import MembershipState
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.queries import drafts_of, title_of
from ringvirkning.publishing.terms import DraftState
from ringvirkning.publishing.typed import completeness
from ringvirkning.publishing.upkeep.freshness import Freshness, freshness_of_all
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import BUYERS
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.words import GAPS

MOST_GAPS = 3
MOST_CASES = 30


@dataclass(frozen=True)
class Work:
    """A draft in the list."""

    draft: Draft
    title: str
    organisation: str
    address: str
    comments: int


@dataclass(frozen=True)
class Shared:
    """A published case in the list, with what its organisation could do about it."""

    case: Case
    case_file: CaseFile
    needs: list[str | Promise]
    missing: str
    being_written: bool


@dataclass(frozen=True)
class Belonging:
    """An organisation the person is or has asked to be with."""

    membership: Membership
    name: str
    asked: bool
    keeps: bool


@never_cache
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Answer with the person's own page."""
    person = signed_in_person(request)
    work = _work(person)
    context = {
        "person": person,
        "written": [one for one in work if one.draft.state == DraftState.DRAFT],
        "waiting": [one for one in work if one.draft.state == DraftState.SUBMITTED],
        "shared": _shared(organisations_of(person)),
        "belongings": _belongings(person),
        "may_share": bool(organisations_of(person)) or is_editor(person),
        "edits": is_editor(person),
    }
    return render(request, "web/share/my_page.html", context)


def _work(person: Person) -> list[Work]:
    """Return the open drafts, those that were sent back first."""
    drafts = [draft for draft in drafts_of(person) if draft.state in (DraftState.DRAFT, DraftState.SUBMITTED)]
    names = queries.names_of_organisations(draft.organisation for draft in drafts)
    listed = [
        Work(
            draft,
            title_of(draft) or _("Sak uten navn"),
            names.get(draft.organisation, draft.organisation),
            _address(draft),
            draft.comments.filter(done=None).count(),
        )
        for draft in drafts
    ]
    return sorted(listed, key=lambda one: not one.draft.sent_back_because)


def _address(draft: Draft) -> str:
    if draft.state == DraftState.DRAFT:
        return reverse("web:share-step", args=[draft.key, "behov"])
    return reverse("web:review", args=[draft.key])


def _shared(organisations: Collection[str]) -> list[Shared]:
    """Return the organisations' published cases, those that need a look first."""
    if not organisations:
        return []
    bought = Q(parties__organisation__slug__in=organisations, parties__role__in=BUYERS)
    told = Q(drafts__organisation__in=organisations, drafts__state=DraftState.PUBLISHED)
    met = Case.objects.filter(bought | told).exclude(standing=Standing.WITHDRAWN).distinct()
    cases = list(met.select_related("revision").order_by("-year", "title")[:MOST_CASES])
    fresh = freshness_of_all(cases)
    open_now = set(Draft.objects.filter(case__in=cases, state=DraftState.DRAFT).values_list("case_id", flat=True))
    listed = [_told(case, case_file, fresh.get(case.pk), open_now) for case, case_file in queries.read_cases(cases)]
    return sorted(listed, key=lambda one: not one.needs)


def _told(case: Case, case_file: CaseFile, fresh: Freshness | None, open_now: Collection[int]) -> Shared:
    gaps = sorted(completeness.gaps(case_file), key=lambda gap: -gap.weight)[:MOST_GAPS]
    missing = get_text_list([str(GAPS[gap.code]).lower() for gap in gaps if gap.code in GAPS], _("og"))
    return Shared(case, case_file, list(_needs(fresh)) if fresh else [], missing, case.pk in open_now)


def _needs(fresh: Freshness) -> list[str]:
    """Return what somebody should do with a case, in words."""
    needs = []
    if fresh.told_wrong:
        needs.append(_("Dere har sagt fra at noe er feil. Rett det i en ny versjon."))
    elif fresh.stale:
        needs.append(_("Ingen har bekreftet saken på lenge. Stemmer den fortsatt?"))
    if fresh.broken:
        broken = len(fresh.broken)
        needs.append(
            ngettext("%(count)s lenke virker ikke lenger.", "%(count)s lenker virker ikke lenger.", broken)
            % {"count": broken}
        )
    return needs


def _belongings(person: Person) -> list[Belonging]:
    memberships = list(memberships_of(person))
    names = queries.names_of_organisations(one.organisation for one in memberships)
    kept = administered_by(person)
    return [
        Belonging(
            one,
            names.get(one.organisation, one.organisation),
            one.state == MembershipState.ASKED,
            one.organisation in kept,
        )
        for one in memberships
    ]
