"""The assessment as a file: Word and PDF for people, JSON for programs."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.needs import logos
from ringvirkning.needs.documents import make
from ringvirkning.needs.documents.context import (
    Contact,
    Context,
    Facts,
    Understood,
    found_in,
    label_of_code,
    similar_to,
)
from ringvirkning.needs.open.find import open_needs_like
from ringvirkning.needs.queries import readers_of
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.sources.casefile.model import Contact as CaseContact
from ringvirkning.web.context import public_url
from ringvirkning.web.needs.assess.asking import answers_to, reading_of
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.questions import contacts_of
from ringvirkning.web.needs.assess.things import things
from ringvirkning.web.needs.assess.words import FORMATS

Maker = Callable[[HttpRequest, Work], bytes]
OOXML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def context_of(request: HttpRequest, work: Work) -> Context:
    """Return what a document tells besides the assessment: whose it is, what was found, and whom to ask."""
    read, logo = reading_of(work.content), logos.kept_logo(work.row.organisation)
    answers = answers_to(read, work.organisation)
    like = open_needs_like(read.text, organisation=work.organisation, besides=str(work.row.key))
    return Context(
        made=timezone.localdate(work.now),
        organisation=work.organisation.name if work.organisation else "",
        people=tuple(dict.fromkeys([work.row.owner.name, *(one.person.name for one in readers_of(work.row))])),
        address=public_url(request, reverse("web:assessment", args=[work.row.key])),
        logo=logos.picture_of(logo),
        logo_says=logo.said if logo else "",
        understood=_understood(read),
        certainty=answers.certainty,
        found=found_in(answers),
        facts=tuple(_facts(request, work)),
        contacts=tuple(_contacts(work)),
        similar=tuple(similar_to(one, public_url(request, reverse("web:open-need", args=[one.key]))) for one in like),
    )


def _understood(read: NeedReading) -> Understood:
    codes = ((one.code, label_of_code(one.code, get_language() or "nb")) for one in read.cpv if one.sure)
    concepts, themes = (tuple(one.label for one in listed) for listed in (read.named, read.themes))
    return Understood(concepts, themes, tuple(codes), read.unplaced)


def _facts(request: HttpRequest, work: Work) -> list[Facts]:
    known = things((one.kind, one.key) for one in work.content.solutions)
    return [
        Facts(
            thing.key, thing.title, thing.buyer, public_url(request, thing.address), thing.far,
            thing.trace.source, thing.trace.checked,
        )
        for thing in known.values()
    ]  # fmt: skip


def _contacts(work: Work) -> list[Contact]:
    told = contacts_of([one.key for one in work.content.solutions]).values()
    return [_contact(one) for contacts in told for one in contacts]


def _contact(one: CaseContact) -> Contact:
    lines = (one.person.name if one.person else "", one.email or "", one.phone or "")
    return Contact(one.organisation.name, tuple(line for line in lines if line), one.url or "")


def _word(request: HttpRequest, work: Work) -> bytes:
    return make.word(work.content, context_of(request, work), get_language() or "nb")


def _pdf(request: HttpRequest, work: Work) -> bytes:
    return make.pdf(work.content, context_of(request, work), get_language() or "nb")


def _json(request: HttpRequest, work: Work) -> bytes:
    return make.as_json(work.content, context_of(request, work))


# Name in the address → the file's ending, its media type, and who makes it.
MAKERS: dict[str, tuple[str, str, Maker]] = {
    "word": ("docx", OOXML, _word),
    "pdf": ("pdf", "application/pdf", _pdf),
    "json": ("json", "application/json", _json),
}


def formats() -> list[tuple[str, str | Promise]]:
    """Return the forms an assessment can be had in: name and words."""
    return [(name, FORMATS[name]) for name in MAKERS]


@never_cache
@require_safe
def download(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """Answer with the file."""
    work = opened(request, key)
    if form not in MAKERS:
        raise Http404
    ending, media_type, make_it = MAKERS[form]
    name = slugify(work.row.title)[:60] or "behovsutredning"
    answer = HttpResponse(make_it(request, work), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
