"""A guided step: shown, saved as it is typed, and left for the next one. Every button works without a script."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.publishing.drafts import Refused
from ringvirkning.publishing.terms import Step
from ringvirkning.publishing.upkeep.consents import standing_of
from ringvirkning.web import words
from ringvirkning.web.sentences import in_words
from ringvirkning.web.share import saving
from ringvirkning.web.share.differences import differences
from ringvirkning.web.share.drawing import Drawn, Surroundings, drawn
from ringvirkning.web.share.fields import Content, as_dict, at, is_blank
from ringvirkning.web.share.look_up import MOST_CODES, codes_matching
from ringvirkning.web.share.meter import missed
from ringvirkning.web.share.opened import Opened, opened
from ringvirkning.web.share.sentences import sentences
from ringvirkning.web.share.shapes import Guide
from ringvirkning.web.share.steps import BY_ADDRESS, GUIDES
from ringvirkning.web.share.words import CONSENTS

UNDERWAY = "X-Lagring"  # the header of a save that a script makes while somebody types
ORDER = list(GUIDES)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """Answer with the step's form, or take what was typed in it."""
    guide = BY_ADDRESS.get(step)
    if guide is None:
        raise Http404
    work = opened(request, key, timezone.now())
    if not work.may_edit:
        return _closed(request, work)
    if request.method != "POST":
        return _shown(request, work, guide)
    return _typed(request, work, guide)


def _closed(request: HttpRequest, work: Opened) -> HttpResponse:
    """Say that the draft cannot be written in now; what a script sends is answered in its own way."""
    if UNDERWAY in request.headers:
        return JsonResponse({"outcome": "closed"}, status=409)
    return redirect("web:review", work.draft.key)


def _shown(
    request: HttpRequest, work: Opened, guide: Guide, *, typed: Content | None = None, trouble: str = ""
) -> HttpResponse:
    """Show the step as it is stored, or as it was typed when that could not be saved."""
    step, asked = guide.step, request.GET
    form = _form(work, guide, work.content(step) if typed is None else typed, asked)
    mine = next((one for one in work.set_aside if one.step == step), None)
    context = {
        "work": work,
        "draft": work.draft,
        "guide": guide,
        "form": form,
        "stops": work.stops(step),
        "number": ORDER.index(step) + 1,
        "of": len(ORDER),
        "previous": _neighbour(work, guide, -1),
        "next": _neighbour(work, guide, 1),
        "page": uuid4(),
        "version": work.version(step),
        "colleague": work.colleague(step),
        "missed": missed(work),
        "set_aside": mine,
        "differences": differences(guide, as_dict(mine.content), work.content(step)) if mine else [],
        "saved": work.parts.get(step),
        "refused": request.session.pop(saving.refusals_key(work.draft, step), []),
        "code_query": asked.get("kode", ""),
        "showing_faults": bool(asked.get("vis")),
        "all_languages": words.LANGUAGES.items(),
        "most_megabytes": settings.MOST_UPLOAD // 1_000_000,
        "trouble": trouble,
        "named": _named(work) if step is Step.CONTACTS else [],
    }
    return render(request, "web/share/step.html", context, status=422 if trouble else 200)


def _named(work: Opened) -> list[tuple[str, str, str]]:
    """Return each person the draft names as contact, with what they have answered and the words for it."""
    return [(name, answer, str(CONSENTS[answer])) for name, answer in standing_of(work.draft)]


def _form(work: Opened, guide: Guide, content: Content, asked: QueryDict) -> Drawn:
    step, show, code = guide.step, asked.get("vis", ""), asked.get("kode", "")
    return drawn(
        guide,
        content,
        Surroundings(
            languages=work.languages,
            faults=faults_to_show(work, guide, everything=show == "alt") if show else (),
            comments=[comment for comment in work.comments if comment.step == step],
            unconfirmed=work.unconfirmed(step),
            sources=work.sources,
            new=asked.get("ny", ""),
            focus=asked.get("fokus", ""),
            found_codes=codes_matching(code)[:MOST_CODES] if code else (),
            sentences=sentences(work) if step is Step.FIGURES else {},
        ),
    )


def faults_to_show(work: Opened, guide: Guide, *, everything: bool = False) -> list[Any]:
    """Return the step's faults. Nobody is scolded for what they have not come to yet, unless they ask for it."""
    content = work.content(guide.step)
    own = [fault for fault in work.faults if fault.step == guide.step]
    return own if everything else [fault for fault in own if _is_begun(content, str(fault.place))]


def _is_begun(content: dict[str, Any], place: str) -> bool:
    """Tell whether something is written at a place, or in the item of a list that it belongs to."""
    parts = place.split(".")
    items = [".".join(parts[: number + 1]) for number, part in enumerate(parts) if part.isdigit()]
    return not is_blank(at(content, items[0] if items else place))


def _neighbour(work: Opened, guide: Guide, distance: int) -> str:
    place = ORDER.index(guide.step) + distance
    return work.address(GUIDES[ORDER[place]]) if 0 <= place < len(ORDER) else ""


def _typed(request: HttpRequest, work: Opened, guide: Guide) -> HttpResponse:
    """Save what was typed, then do what the button says."""
    if "settle" in request.POST:
        return _settled(request, work, guide)
    if UNDERWAY in request.headers:
        return _saved_underway(request, work, guide)
    try:
        done = saving.saved(request, work, guide)
    except Refused as refusal:
        return _shown(
            request, work, guide, typed=saving.typed_content(request, work, guide), trouble=in_words(refusal.sentence)
        )
    if not done.stands:
        return redirect(work.address(guide))
    fresh = Opened(work.draft, work.person, work.now)
    return _gone_on(request, fresh, guide, request.POST.get("do", "save"))


def _settled(request: HttpRequest, work: Opened, guide: Guide) -> HttpResponse:
    """Let a choice between two texts stand, or say why it does not."""
    try:
        if not saving.settled(request.POST, work, guide):
            messages.warning(request, gettext("Noen skrev her mens du valgte. Se en gang til, og velg på nytt."))
    except Refused as refusal:
        messages.warning(request, in_words(refusal.sentence))
    return redirect(work.address(guide))


def _saved_underway(request: HttpRequest, work: Opened, guide: Guide) -> JsonResponse:
    """Answer a script: what became of the save, and how the figures now read."""
    try:
        done = saving.saved(request, work, guide, underway=True)
    except Refused as refusal:
        return JsonResponse({"outcome": "refused", "said": in_words(refusal.sentence)}, status=409)
    answer: dict[str, Any] = {"outcome": "saved" if done.stands else "conflict", "version": done.version}
    answer["at"] = timezone.localtime(work.now).strftime("%H.%M")
    if guide.step is Step.FIGURES and done.stands:
        answer["sentences"] = sentences(Opened(work.draft, work.person, work.now))
    if done.theirs:
        answer["theirs"] = gettext("Noen andre har endret noe her. Last siden på nytt for å se det")
    return JsonResponse(answer)


def _gone_on(request: HttpRequest, work: Opened, guide: Guide, button: str) -> HttpResponse:
    """Lead on to where the button says."""
    verb, _, what = button.partition(":")
    here = work.address(guide)
    if verb == "next":
        wrong = faults_to_show(work, guide)
        return redirect(f"{here}?vis=feil" if wrong else _neighbour(work, guide, 1) or here)
    places = {
        "back": _neighbour(work, guide, -1) or here,
        "step": work.address(BY_ADDRESS[what]) if what in BY_ADDRESS else here,
        "add": f"{here}?{urlencode({'ny': what})}",
        "remove": f"{here}?{urlencode({'fokus': what.rpartition('.')[0]})}",
        "codes": f"{here}?{urlencode({'kode': request.POST.get('kode', '')[:100]})}#cpv",
        "upload": f"{here}#documents",
    }
    if verb == "preview":
        return redirect("web:share-preview", work.draft.key)
    if verb == "submit":
        return redirect("web:submit", work.draft.key)
    return redirect(places.get(verb, f"{here}?vis=feil"))
