"""The work on one need, on one page: what is new, every part as it stands, and ways to write in each."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.needs import operations
from ringvirkning.needs.answers import OpenNeed
from ringvirkning.needs.operations import Refused
from ringvirkning.needs.queries import readers_of
from ringvirkning.needs.whatsnew import Answered, News
from ringvirkning.web.needs.assess import forms
from ringvirkning.web.needs.assess.asking import news_of, reading_of
from ringvirkning.web.needs.assess.downloads import formats
from ringvirkning.web.needs.assess.opened import opened
from ringvirkning.web.needs.assess.shortlist import kept
from ringvirkning.web.needs.assess.things import Thing, things
from ringvirkning.web.needs.assess.words import FITS, GUIDES
from ringvirkning.web.needs.assess.worth import worth_said
from ringvirkning.web.sentences import in_words


@dataclass(frozen=True)
class Told:
    """The news in words: things of each sort, and others' open needs."""

    new: list[Thing]
    changed: list[Thing]
    moved: list[Thing]
    open_needs: tuple[OpenNeed, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.moved or self.open_needs)


@never_cache
@require_safe
def work_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with the whole work. That it was looked at is noted, so that the next visit tells what came after."""
    work = opened(request, key)
    since = operations.look(assessment=work.row, person=work.person, at=work.now)
    context = {
        "work": work,
        "content": work.content,
        "guides": {section.value: guide for section, guide in GUIDES.items()},
        "stops": {stop.section.value: stop for stop in work.stops},
        "news": told(news_of(work.row, since)),
        "told": [one for one in forms.drawn_places(work.row.content, "told.") if one[1]],
        "reading": reading_of(work.content),
        "kept": kept(work),
        "fits": FITS,
        "worth": worth_said(work.content),
        "readers": readers_of(work.row),
        "formats": formats(),
    }
    return render(request, "web/needs/assess/work.html", context)


def told(news: News) -> Told:
    """Return the news with what each thing is, those that have gone meanwhile left out."""
    known = things({*news.new, *news.changed, *news.moved})

    def there(keys: tuple[Answered, ...]) -> list[Thing]:
        return [known[one.kind, one.key] for one in keys if (one.kind, one.key) in known]

    return Told(there(news.new), there(news.changed), there(news.moved), news.open_needs)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask whether it shall be deleted, or delete it."""
    work = opened(request, key)
    if request.method != "POST":
        return render(request, "web/needs/assess/delete.html", {"work": work})
    try:
        operations.delete(assessment=work.row, person=work.person, at=work.now)
    except Refused as refusal:
        messages.error(request, in_words(refusal.words, refusal.values))
        return redirect("web:assessment", key)
    messages.success(request, _("«%(title)s» er slettet.") % {"title": work.row.title})
    return redirect("web:assessments")
