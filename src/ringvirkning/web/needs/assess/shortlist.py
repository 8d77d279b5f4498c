"""The shortlist: solutions judged, put in order and taken out, and compared in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.needs import operations
from ringvirkning.needs.assessment import Solution
from ringvirkning.needs.operations import Conflict, Refused
from ringvirkning.needs.shortlist import Name, judgement_mark
from ringvirkning.needs.terms import AnswerKind, Fit, Section
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.section import UNDERWAY, saved_words
from ringvirkning.web.needs.assess.things import Thing, approach_said, things
from ringvirkning.web.needs.assess.words import FITS, GUIDES
from ringvirkning.web.sentences import in_words

GUIDE = GUIDES[Section.SOLUTIONS]


@dataclass(frozen=True)
class Kept:
    """One solution on the shortlist: as it was kept, as it is now, and what is thought of it.

    ``said`` is what stands in the form; ``theirs`` what another wrote meanwhile, when the two clash.
    """

    number: int
    solution: Solution
    thing: Thing | None
    said: Mapping[str, str]
    base: str
    theirs: Conflict | None = None

    @property
    def name(self) -> str:
        """Return the solution's name in a form."""
        return f"{self.solution.kind}:{self.solution.key}"

    @property
    def approach(self) -> str:
        """Return the kind of solution in words."""
        return approach_said(self.solution.approach)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shortlist(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the shortlist, or save what was thought and do what the button says."""
    work = opened(request, key)
    if request.method != "POST":
        return _shown(request, work, {})
    try:
        clashes = _judge_all(request.POST, work)
    except Refused as refusal:
        return _refused(request, work, refusal)
    if UNDERWAY in request.headers:
        return _underway(request, work, clashes)
    if clashes:
        return _shown(request, work, clashes, status=409)
    _act(request.POST, work)
    messages.success(request, saved_words(work))
    return redirect(work.address(Section.SOLUTIONS))


def kept(work: Work, posted: QueryDict | None = None, clashes: Mapping[Name, Conflict] | None = None) -> list[Kept]:
    """Return the solutions on the shortlist, in order; with what was typed when it could not be saved."""
    there = things((one.kind, one.key) for one in work.content.solutions)
    typed = _typed(posted) if posted else {}
    found = []
    for number, one in enumerate(work.content.solutions):
        name = (one.kind, one.key)
        stored = {"fit": one.fit or "", "because": one.because or "", "notes": one.notes or ""}
        clash = (clashes or {}).get(name)
        base = clash.base if clash else judgement_mark(_blank_out(stored))
        said, _base = typed.get(name, (stored, ""))
        found.append(Kept(number, one, there.get(name), said, base, clash))
    return found


def _shown(
    request: HttpRequest, work: Work, clashes: Mapping[Name, Conflict], trouble: str = "", status: int = 200
) -> HttpResponse:
    fresh = opened(request, work.row.key)
    typed = request.POST if request.method == "POST" else None
    listed = kept(fresh, typed, clashes)
    context = {
        "work": fresh,
        "guide": GUIDE,
        "section": Section.SOLUTIONS,
        "kept": listed,
        "base": ".".join(one.base for one in listed),
        "fits": FITS.items(),
        "trouble": trouble,
        "clashes": bool(clashes),
    }
    return render(request, "web/needs/assess/shortlist.html", context, status=status)


def _refused(request: HttpRequest, work: Work, refusal: Refused) -> HttpResponse:
    said = in_words(refusal.words, refusal.values)
    if UNDERWAY in request.headers:
        return JsonResponse({"outcome": "refused", "said": said}, status=409)
    return _shown(request, work, {}, said, 422)


def _underway(request: HttpRequest, work: Work, clashes: Mapping[Name, Conflict]) -> JsonResponse:
    if clashes:
        return JsonResponse({"outcome": "closed"}, status=409)
    marks = {(one.solution.kind, one.solution.key): one.base for one in kept(opened(request, work.row.key))}
    version = ".".join(marks.get(name, "") for name in _typed(request.POST))
    when = timezone.localtime(work.now).strftime("%H.%M")
    return JsonResponse({"outcome": "saved", "version": version, "at": when})


def _judge_all(posted: QueryDict, work: Work) -> dict[Name, Conflict]:
    """Save each judgement that was changed; return those another had changed meanwhile."""
    clashes = {}
    there = {(one.kind, one.key) for one in work.content.solutions}
    for name, (said, base) in _typed(posted).items():
        if name not in there or judgement_mark(_blank_out(said)) == base:
            continue
        outcome = operations.judge_solution(
            assessment=work.row,
            solution=name,
            base=base,
            fit=Fit(said["fit"]) if said["fit"] in set(Fit) else None,
            because=said["because"],
            notes=said["notes"],
            person=work.person,
            at=work.now,
        )
        if isinstance(outcome, Conflict):
            clashes[name] = outcome
    return clashes


def _typed(posted: QueryDict) -> dict[Name, tuple[dict[str, str], str]]:
    """Return what was typed of each solution, and the mark of what it was typed over."""
    names, bases = posted.getlist("name"), posted.get("version", "").split(".")
    found: dict[Name, tuple[dict[str, str], str]] = {}
    for number, text in enumerate(names):
        name = name_in(text)
        said = {one: posted.get(f"{one}-{number}", "").replace("\r\n", "\n") for one in ("fit", "because", "notes")}
        if name:
            found[name] = (said, bases[number] if number < len(bases) else "")
    return found


def _blank_out(said: Mapping[str, str]) -> dict[str, Any]:
    return {name: words.strip() for name, words in said.items() if words.strip()}


def name_in(text: str) -> Name | None:
    """Return the solution that a form names ("case:larvik-…")."""
    kind, _colon, key = text.partition(":")
    return (AnswerKind(kind), key) if kind in set(AnswerKind) and key else None


def _act(posted: QueryDict, work: Work) -> None:
    """Do what a button asks for besides saving: up, down, out."""
    verb, _colon, what = posted.get("do", "").partition(":")
    name = name_in(what)
    if name is None:
        return
    if verb == "out":
        operations.take_out_solution(assessment=work.row, solution=name, person=work.person, at=work.now)
    if verb in ("up", "down"):
        order: list[Name] = [(one.kind, one.key) for one in work.content.solutions]
        operations.order_solutions(
            assessment=work.row, order=_moved(order, name, verb), person=work.person, at=work.now
        )


def _moved(order: list[Name], name: Name, verb: str) -> list[Name]:
    if name not in order:
        return order
    place = order.index(name)
    order.remove(name)
    order.insert(max(0, place - 1) if verb == "up" else place + 1, name)
    return order


@never_cache
@require_safe
def table(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the solutions side by side."""
    work = opened(request, key)
    return render(request, "web/needs/assess/table.html", {"work": work, "kept": kept(work), "fits": FITS})
