"""Beginning from a text or a web address: what can be recognised is filled in, and asked about step by step."""

import re
from dataclasses import dataclass
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.publishing.drafts import start_draft
from ringvirkning.publishing.recognition.known_names import known_names
from ringvirkning.publishing.recognition.recognise import Page, Recognised, recognise
from ringvirkning.sources import webpage
from ringvirkning.sources.wire import Unfetchable
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.start import words
from ringvirkning.web.start.start import FIRST_STEP
from ringvirkning.web.start.whose import whose

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:[a-z0-9æøå-]+\.)+[a-z]{2,10}(?:/\S*)?", re.IGNORECASE)
MOST_TEXT = 60_000
LEAST_TEXT = 40  # characters; a shorter text says nothing that can be recognised
LEAST_PAGE = 150
LONGEST_WAIT = 12.0
# A slow site must not hold every thread that answers visitors.
_fetching = BoundedSemaphore(2)


@dataclass
class Asked:
    """What was typed, and what is wrong with it."""

    text: str = ""
    own: bool = True
    fault: str = ""
    paste: bool = False  # the page could not be read, but its text can be pasted instead


class Unusable(Exception):
    """Nothing can be begun from this. ``paste`` says that pasting the text would help."""

    def __init__(self, sentence: str, *, paste: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.paste = sentence, paste


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_text(request: HttpRequest) -> HttpResponse:
    """Answer with the form, or begin from what was pasted."""
    person = signed_in_person(request)
    owner, asked = whose(request, person), Asked()
    if request.method == "POST":
        asked = Asked(request.POST.get("text", "").strip(), request.POST.get("own") == "yes")
        try:
            read = _recognised(asked)
        except Unusable as wrong:
            asked.fault, asked.paste = wrong.sentence, wrong.paste
        else:
            if owner.chosen is not None:
                draft = start_draft(
                    organisation=owner.chosen,
                    person=person,
                    at=timezone.now(),
                    languages=read.language.value,
                    document=read.document,
                    unconfirmed=read.unconfirmed,
                )
                return redirect("web:share-step", draft.key, FIRST_STEP)
    context = {"whose": owner, "asked": asked, "longest": MOST_TEXT}
    return render(request, "web/start/from_text.html", context)


def _recognised(asked: Asked) -> Recognised:
    if len(asked.text) > MOST_TEXT:
        raise Unusable(_("Teksten er for lang. Lim inn det viktigste."))
    today = timezone.localdate()
    if ADDRESS.fullmatch(asked.text):
        page, text = _page(asked.text if "://" in asked.text else f"https://{asked.text}")
        return recognise(text, known=known_names(), today=today, page=page)
    if len(asked.text) < LEAST_TEXT:
        raise Unusable(_("Lim inn adressen til en nettside, eller minst et par setninger om saken."))
    return recognise(asked.text, known=known_names(), today=today, own_words=asked.own)


def _page(url: str) -> tuple[Page, str]:
    """Return the page at an address and its text, or say in words why not."""
    got = _fetched(url)
    if got.status >= 400:
        raise Unusable(words.status_sentence(got.status), paste=True)
    try:
        read = webpage.page_text(got.body, got.content_type)
    except webpage.Unreadable:
        raise Unusable(_("Vi kan ikke lese teksten på siden."), paste=True) from None
    if len(read.text) < LEAST_PAGE:
        raise Unusable(_("Vi fant nesten ingen tekst på siden."), paste=True)
    return Page(got.url, read.title, read.site, read.published), read.text


def _fetched(url: str) -> webpage.Fetched:
    if not _fetching.acquire(timeout=1):
        raise Unusable(_("Mange henter nettsider akkurat nå. Prøv igjen om litt."))
    try:
        return webpage.fetch(url, timeout=LONGEST_WAIT, contact=settings.PUBLIC_URL)
    except Unfetchable as wrong:
        raise Unusable(words.unfetchable(wrong), paste=wrong.code != "address") from None
    finally:
        _fetching.release()
