"""Beginning from a published procurement: find its notice, and begin with what the whole life of it says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of
from ringvirkning.publishing.drafts import start_draft
from ringvirkning.publishing.recognition.from_notice import Address, Seen, recognise_life
from ringvirkning.publishing.recognition.recognise import Recognised
from ringvirkning.search.notices.find_notices import find_notices
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.notices.cards import Card, cards_of
from ringvirkning.web.notices.notice import notice_or_404, page_of
from ringvirkning.web.notices.page import NoticePage
from ringvirkning.web.notices.publications import published_in
from ringvirkning.web.notices.verdicts import notice_meant
from ringvirkning.web.start.start import FIRST_STEP
from ringvirkning.web.start.whose import whose
from ringvirkning.web.templatetags.rv import day

MOST_FOUND = 10
LONGEST = 300


@never_cache
@require_safe
def find_notice(request: HttpRequest) -> HttpResponse:
    """Answer with a field to find a notice in, and what was found; the newest of one's own when nothing is typed."""
    person, typed = signed_in_person(request), request.GET.get("q", "").strip()[:LONGEST]
    meant = notice_meant(typed) if typed else None
    if meant:
        return redirect("web:notice-make-case", meant.key)
    context = {"q": typed, "cards": _found(typed, person)}
    return render(request, "web/start/find_notice.html", context)


def _found(typed: str, person: Person) -> list[Card]:
    own = tuple(sorted(organisations_of(person)))
    if not (typed or own):
        return []
    filters = {"buyer": own} if not typed else {}
    answer = find_notices(typed, filters=filters, limit=MOST_FOUND, counted=(), with_reasons=False)
    return cards_of(answer.hits, timezone.localdate()) if answer.ready else []


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make_case(request: HttpRequest, notice_key: str) -> HttpResponse:
    """Answer with what a case would begin with, or begin it."""
    page, person = page_of(notice_or_404(notice_key)), signed_in_person(request)
    owner = whose(request, person)
    if owner.chosen is not None:
        language = person.language if person.language in {"nb", "nn"} else "nb"
        begun = _begun(page, language)
        draft = start_draft(
            organisation=owner.chosen,
            person=person,
            at=timezone.now(),
            languages=language,
            document=begun.document,
            unconfirmed=begun.unconfirmed,
        )
        messages.success(request, _("Utkastet er fylt ut fra kunngjøringene. Se over steg for steg."))
        return redirect("web:share-step", draft.key, FIRST_STEP)
    return render(request, "web/start/from_notice.html", {"whose": owner, "page": page})


def _begun(page: NoticePage, language: str) -> Recognised:
    life = [_seen(one) for one in page.life]
    return recognise_life(life, today=page.today, language=language, day=lambda when: day(when.isoformat()))


def _seen(notice: Notice) -> Seen:
    published = published_in(queries.versions_of(notice))
    addresses = tuple(Address(one.name, one.number, one.url) for one in published if one.url)
    return Seen(queries.record_of(notice), addresses, notice.cancelled)
