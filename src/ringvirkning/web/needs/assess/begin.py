"""Beginning an assessment: from the answers page, from another's open need, or from a blank form."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.queries import names_of_organisations
from ringvirkning.needs import operations, queries
from ringvirkning.needs.assessment import Told
from ringvirkning.needs.operations import Refused
from ringvirkning.needs.sections import public_part
from ringvirkning.needs.terms import Visibility
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.saying import opening
from ringvirkning.web.sentences import in_words

TITLE = 80  # characters of a title we propose
TOLD = tuple(Told.model_fields)
# How the reading was mended, by the names in our form and on the answers page.
ADJUSTED = {"struck": ("struck", "uten"), "added": ("added", "med"), "cpv": ("cpv",)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Show the form with what is known filled in, or begin. A need that comes without a title is asked for one."""
    person = signed_in_person(request)
    given = request.POST if request.method == "POST" else request.GET
    content = begun_content(given)
    if request.method == "POST" and given.get("title"):
        try:
            row = operations.begin(
                content=content,
                organisation=given.get("organisation", ""),
                person=person,
                at=timezone.now(),
            )
        except Refused as refusal:
            return _shown(request, person, content, in_words(refusal.words, refusal.values))
        return redirect("web:assessment", row.key)
    return _shown(request, person, content, "")


def begun_content(given: QueryDict) -> dict[str, Any]:
    """Return what an assessment begins with: as it was typed, or as another's open need says."""
    told = {name: str(given[name]) for name in TOLD if given.get(name)}
    need = given.get("need", "") or given.get("q", "") or _first_told(told)
    content: dict[str, Any] = {"title": given.get("title", ""), "need": need.replace("\r\n", "\n")}
    content |= {} if need else _from_open(given.get("fra", ""))
    content["title"] = content["title"] or title_for(content["need"])
    content["language"] = content.get("language") or get_language() or "nb"
    content["told"] = told
    content["adjusted"] = {name: found for name, asked in ADJUSTED.items() if (found := _listed(given, asked))}
    return content


def _first_told(told: dict[str, str]) -> str:
    """Take out the first answer to the questions: who answered those instead of writing has begun with it."""
    first = next(iter(told), "")
    return told.pop(first, "")


def _listed(given: QueryDict, names: tuple[str, ...]) -> list[str]:
    """Return what a form says under any of these names, each once, without what it takes back again."""
    back = set(given.getlist("tilbake"))
    return [
        one for one in dict.fromkeys(one for name in names for one in given.getlist(name)) if one and one not in back
    ]


def _from_open(key: str) -> dict[str, Any]:
    row = queries.assessment_by_key(key) if key else None
    if row is None or row.visibility != Visibility.OPEN:
        return {}
    public = public_part(row.content)
    return {name: public[name] for name in ("title", "need", "language") if name in public}


def title_for(need: str) -> str:
    """Return a title that a need could have: how it begins."""
    first = opening(" ".join(need.split()), TITLE)
    return first if len(first) <= TITLE else f"{first[: TITLE - 2].rsplit(' ', 1)[0]} …"


def _shown(request: HttpRequest, person: Person, content: dict[str, Any], trouble: str) -> HttpResponse:
    organisations = sorted(names_of_organisations(organisations_of(person)).items(), key=lambda one: one[1])
    asked = request.POST.get("organisation")
    chosen = asked if asked is not None else organisations[0][0] if organisations else ""
    context = {"content": content, "organisations": organisations, "chosen": chosen, "trouble": trouble}
    return render(request, "web/needs/assess/begin.html", context, status=422 if trouble else 200)
