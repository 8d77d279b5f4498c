"""How the need is read: words, themes and codes, each of which the reader may strike or put back; words put in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.needs import operations
from ringvirkning.needs.assessment import Adjusted
from ringvirkning.needs.operations import Refused
from ringvirkning.needs.terms import Section
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.tables import cpv_labels
from ringvirkning.web.labels import label_in_page
from ringvirkning.web.needs.assess.asking import reading_of
from ringvirkning.web.needs.assess.forms import Content
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.words import GUIDES
from ringvirkning.web.sentences import in_words

LONGEST = 300  # characters of what is put in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reading_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how the need is read, or do what a button says with it."""
    work = opened(request, key)
    if request.method == "POST":
        _change(request, work)
        return redirect(work.address(Section.READING))
    adjusted = work.content.adjusted
    context = {
        "work": work,
        "guide": GUIDES[Section.READING],
        "section": Section.READING,
        "reading": reading_of(work.content),
        "struck": [(one, struck_word(one)) for one in adjusted.struck],
        "added": adjusted.added,
        "chosen": [(one, code_word(one)) for one in adjusted.cpv],
        "remarks": [in_words(one.sentence) for one in reading_of(work.content).remarks],
    }
    return render(request, "web/needs/assess/reading.html", context)


def struck_word(struck: str) -> str:
    """Return what was struck in words: a concept's or a code's label, or the word itself."""
    concept = analyser().concepts.get(struck.removeprefix("=")) if struck.startswith("=") else None
    if concept:
        return label_in_page(concept.labels)
    return code_word(struck) if struck in cpv_labels() else struck


def code_word(code: str) -> str:
    """Return a CPV code with its label."""
    labels = cpv_labels().get(code)
    return f"{code} {labels[get_language() == 'en']}" if labels else code


def _change(request: HttpRequest, work: Work) -> None:
    """Do one change to how the need is read. It is made to what stands now, so that no other change is undone."""
    verb, _colon, what = request.POST.get("do", "").partition(":")
    words = request.POST.get("word", "").strip()[:LONGEST] if verb == "add" else what
    adjusted = changed(work.content.adjusted, verb, words)
    if adjusted is None:
        return
    try:
        operations.save_section(
            assessment=work.row,
            section=Section.READING,
            base=work.base(Section.READING),
            content={"adjusted": adjusted},
            person=work.person,
            at=work.now,
        )
    except Refused as refusal:
        messages.error(request, in_words(refusal.words, refusal.values))


def changed(adjusted: Adjusted, verb: str, what: str) -> Content | None:
    """Return how the reading is mended after one change; None for one that makes no sense."""
    lists = {"strike": "struck", "restore": "struck", "add": "added", "remove": "added", "code": "cpv", "uncode": "cpv"}
    if verb not in lists or not what:
        return None
    content: Content = adjusted.model_dump(mode="json")
    there = content[lists[verb]]
    if verb in ("restore", "remove", "uncode"):
        content[lists[verb]] = [one for one in there if one != what]
    elif what not in there:
        content[lists[verb]] = [*there, what]
    if verb == "strike":
        content["cpv"] = [one for one in content["cpv"] if one != what]
    return content
