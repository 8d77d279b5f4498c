"""People's word on a notice: whether it is innovative, and which cases it belongs to. Only forms (POST) say so."""

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ringvirkning.analysis import operations
from ringvirkning.analysis.terms import CODES
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.queries import case_to_read
from ringvirkning.people.models import Person
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.notices.notice import notice_or_404
from ringvirkning.web.notices.who_may import may_judge, may_link

CASE_IN_ADDRESS = re.compile(r"/biblioteket/([a-z0-9-]+)/?")
NUMBER_IN_ADDRESS = re.compile(r"(?<![0-9a-z-])([0-9]{4}-[0-9]{5,7}|[0-9]{1,8}-[0-9]{4})(?![0-9a-z-])", re.IGNORECASE)
LONGEST = 300
LINKING: dict[str, Callable[..., bool]] = {
    "bekreft": operations.confirm_link,
    "avvis": operations.reject_link,
    "knytt": operations.make_link,
    "angre": operations.take_back_link,
}


@never_cache
@require_POST
def judge(request: HttpRequest, notice_key: str) -> HttpResponseRedirect:
    """Take somebody's word on whether a notice is innovative."""
    notice, person = notice_or_404(notice_key), signed_in_person(request)
    if not may_judge(person, notice):
        raise PermissionDenied
    if not _judged(request, notice, person):
        raise Http404
    messages.success(request, _("Vurderingen er lagret."))
    return redirect(f"{notice_path(notice)}#innovation")


def _judged(request: HttpRequest, notice: Notice, person: Person) -> bool:
    said, code, at = request.POST.get("dom", ""), request.POST.get("kode", ""), timezone.now()
    if said == "bekreft" and (not code or code in CODES):
        operations.confirm_innovation(notice_key=notice.key, code=code, person=person, at=at)
    elif said == "avvis":
        operations.reject_innovation(notice_key=notice.key, person=person, at=at)
    elif said == "angre":
        operations.take_back(notice_key=notice.key, person=person, at=at)
    else:
        return False
    return True


def notice_path(notice: Notice) -> str:
    """Return the path of a notice's page."""
    return redirect("web:notice", notice.key).url


@never_cache
@require_POST
def link_from_notice(request: HttpRequest, notice_key: str) -> HttpResponseRedirect:
    """Take somebody's word on whether this notice belongs to a case."""
    notice, typed = notice_or_404(notice_key), request.POST.get("sak", "").strip()[:LONGEST]
    case = case_meant(typed)
    if case is None:
        messages.warning(request, _("Vi finner ingen sak med adressen «%(typed)s».") % {"typed": typed})
    else:
        _link(request, notice, case)
    return redirect(f"{notice_path(notice)}#cases")


@never_cache
@require_POST
def link_from_case(request: HttpRequest, case_id: str) -> HttpResponseRedirect:
    """Take somebody's word on whether this case is about the procurement of a notice."""
    case, typed = case_to_read(case_id), request.POST.get("kunngjoring", "").strip()[:LONGEST]
    if case is None:
        raise Http404
    notice = notice_meant(typed)
    if notice is None:
        told = _("Vi finner ingen kunngjøring med nummeret «%(typed)s». Skriv det som i Doffin eller TED.")
        messages.warning(request, told % {"typed": typed})
    else:
        _link(request, notice, case)
    return redirect(redirect("web:case", case_id).url + "#kunngjoringer")


def _link(request: HttpRequest, notice: Notice, case: Case) -> None:
    person, verb = signed_in_person(request), LINKING.get(request.POST.get("dom", ""))
    if verb is None:
        raise Http404
    if not may_link(person, notice, case):
        raise PermissionDenied
    verb(case_id=case.case_id, notice_key=notice.key, person=person, at=timezone.now())
    messages.success(request, _("Koblingen er lagret."))


def case_meant(typed: str) -> Case | None:
    """Return the case somebody means by its address or id."""
    found = CASE_IN_ADDRESS.search(urlsplit(unquote(typed)).path)
    return case_to_read(found[1] if found else typed)


def notice_meant(typed: str) -> Notice | None:
    """Return the notice somebody means by its key, its number, or its address in Doffin, in TED or here."""
    plain = typed.strip().rstrip("/")
    last = unquote(urlsplit(plain).path).rsplit("/", 1)[-1] if "://" in plain else plain
    number = NUMBER_IN_ADDRESS.search(last)
    by_number = queries.notice_by_number(number[1]) if number and len(last) < 25 else None
    return queries.notice_by_key(last.lower()) or by_number or queries.notice_by_number(plain)
