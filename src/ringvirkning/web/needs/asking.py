"""The page of needs: ask on it, and it answers. A short need stands in the address; a long one never does."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import find_organisations, municipalities
from ringvirkning.needs.answering.answer import Question, answer
from ringvirkning.needs.answers import OpenNeed
from ringvirkning.needs.open.find import open_needs_like
from ringvirkning.needs.statement.read import read_need
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.needs.statement.refusals import SENTENCES, Refused
from ringvirkning.search.find import Answer
from ringvirkning.web.needs.answers import Page
from ringvirkning.web.needs.asked import Asked, Guided, asked_of
from ringvirkning.web.needs.heard import Heard, bare
from ringvirkning.web.needs.own_pages import from_our_own_pages
from ringvirkning.web.needs.words import GUIDED
from ringvirkning.web.sentences import in_words
from ringvirkning.web.views.library import noted_misses

IDENTITY_NUMBER = "identity-number"
LONGEST_SHOWN = 20_000  # characters; of a longer text the field gets the part that is searched for
MOST_OPEN_NEEDS = 5


@from_our_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest) -> HttpResponse:
    """Ask for a need, or answer it."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = asked_of(sent)
    if asked.names_somebody:
        # To an address without it, so that it stands neither on the page nor in the browser's history.
        return redirect(f"{reverse('web:need')}?avvist={IDENTITY_NUMBER}")
    if request.method == "POST" and asked.is_short:
        return redirect(asked.address)
    try:
        context = context_of(request, asked)
    except Refused as refused:
        return redirect(f"{reverse('web:need')}?avvist={refused.code}")
    response = render(request, "web/needs/need.html", context)
    if request.method == "POST" or noted(request, asked, context):
        add_never_cache_headers(response)  # a kept page would hide that others ask for the same
    return response


def context_of(request: HttpRequest, asked: Asked) -> dict[str, object]:
    """Return what the page shows. Raises ``Refused`` for a text that is not read."""
    told = {
        "asked": asked,
        "q": asked.need,
        "guided": [(name, *GUIDED[name], getattr(asked.guided, name)) for name in Guided._fields],
        "is_guided": any(asked.guided),
        "refusal": in_words(SENTENCES.get(request.GET.get("avvist", ""), "")),
    }
    return told if asked.is_empty else {**told, **answer_to(asked)}


def answer_to(asked: Asked) -> dict[str, object]:
    """Return the reading of a need and the answer to it."""
    reader = get_language() or "nb"
    reading = read_need(asked.need, told=asked.told, adjusted=asked.adjusted, reader=reader)
    like = organisation_meant(asked.like)
    found = answer(question(asked, reading, like, reader), open_needs=needs_like(reading, like))
    page = Page(found, reading.text, timezone.localdate())
    long = len(asked.need) > LONGEST_SHOWN
    return {
        "heard": Heard(reading, asked),
        "page": page,
        "like": like,
        "like_unknown": asked.like if asked.like and like is None else "",
        "municipalities": municipalities().values_list("name", flat=True),
        "save_address": reverse("web:assessment-begin"),
        "q": reading.text if long else asked.need,
    }


def question(asked: Asked, reading: NeedReading, like: Organisation | None, reader: str) -> Question:
    """Return the question to both indexes. What was struck is struck for the notices too."""
    return Question(
        of_cases=reading.understood,
        codes=reading.codes,
        reader=reader,
        like=like,
        prefer_like=asked.like_first and like is not None,
        filters={"cpv": tuple(bare(code) for code in asked.cpv)} if asked.cpv else {},
    )


def organisation_meant(name: str) -> Organisation | None:
    """Return the organisation a visitor wants to be compared with."""
    return next(iter(find_organisations(name, 1)), None) if name else None


def needs_like(reading: NeedReading, like: Organisation | None) -> list[OpenNeed]:
    """Return others' open needs like this one."""
    return open_needs_like(reading.text, organisation=like, most=MOST_OPEN_NEEDS) if reading.text.strip() else []


def noted(request: HttpRequest, asked: Asked, context: Mapping[str, Any]) -> bool:
    """Note words no case answers, by the rules of ``search.misses``: only of a need as it was first typed."""
    if "heard" not in context or asked.struck or asked.added or asked.cpv:
        return False
    understood, answers = context["heard"].reading.understood, context["page"].answers
    return noted_misses(request, Answer(understood, answers.total_cases, [], {}, ready=answers.ready))
