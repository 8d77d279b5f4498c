"""Earlier versions of an assessment: the list, two side by side by part, and letting one be the newest again."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ringvirkning.catalogue.compare import Piece, pieces
from ringvirkning.needs import operations
from ringvirkning.needs.models import AssessmentVersion
from ringvirkning.needs.operations import Refused, Warned
from ringvirkning.needs.queries import differences, version_of, versions_of
from ringvirkning.needs.sections import section_of
from ringvirkning.needs.terms import Section
from ringvirkning.web.life.comparing import Area, Item, Row
from ringvirkning.web.needs.assess.clashes import Clash, clashes
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.words import GUIDES
from ringvirkning.web.sentences import in_words


@never_cache
@require_safe
def versions(request: HttpRequest, key: UUID) -> HttpResponse:
    """List the versions; two chosen in the form lead to their comparison."""
    work = opened(request, key)
    told = versions_of(work.row)
    numbers = {str(one.version) for one in told}
    pair = [request.GET.get("fra", ""), request.GET.get("til", "")]
    if set(pair) <= numbers:
        return redirect("web:assessment-compare", key, *sorted(map(int, pair)))
    return render(request, "web/needs/assess/versions.html", {"work": work, "versions": told})


@never_cache
@require_safe
def compared(request: HttpRequest, key: UUID, a: int, b: int) -> HttpResponse:
    """Show two versions side by side, the older first."""
    work = opened(request, key)
    if a > b:
        return redirect("web:assessment-compare", key, b, a)
    old, new = _version(work, a), _version(work, b)
    context = {"work": work, "old": old, "new": new, "areas": list(areas(old, new)), "newest": work.row.version}
    return render(request, "web/needs/assess/compared.html", context)


@never_cache
@require_POST
def restore(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Let an earlier version be the newest. The one it replaces is kept as a version too."""
    work = opened(request, key)
    _version(work, number)
    try:
        operations.restore(
            assessment=work.row,
            version=number,
            person=work.person,
            at=work.now,
            seen_warnings="seen_warnings" in request.POST,
        )
    except Refused as refusal:
        messages.error(request, in_words(refusal.words, refusal.values))
    except Warned:
        messages.warning(
            request,
            _("Behovet er åpent for alle, og den eldre versjonen ser ut til å ha noe privat. Lukk behovet først."),
        )
    else:
        messages.success(request, _("Versjon %(number)s er hentet fram igjen.") % {"number": number})
    return redirect("web:assessment", key)


def _version(work: Work, number: int) -> AssessmentVersion:
    found = version_of(work.row, number)
    if found is None:
        raise Http404
    return found


def areas(old: AssessmentVersion, new: AssessmentVersion) -> Iterator[Area]:
    """Yield each part that differs, with the fields that do."""
    changed = differences(old, new)
    for section, guide in GUIDES.items():
        if section in changed:
            yield Area(str(guide.heading), _items(section, old, new))


def _items(section: Section, old: AssessmentVersion, new: AssessmentVersion) -> list[Item]:
    found = clashes(section_of(old.content, section), section_of(new.content, section))
    return [Item(one.label, "changed", [_row(one)]) for one in found]


def _row(one: Clash) -> Row:
    """Return a field's two sides; "mine" is the older here."""
    if one.mine is None or one.theirs is None:
        return Row("", "changed", _whole("removed", one.mine_said), _whole("added", one.theirs_said))
    told = pieces(one.mine_said, one.theirs_said)
    was, now = ([one for one in told if one.kind != other] for other in ("added", "removed"))
    return Row("", "changed", was, now)


def _whole(kind: str, said: str) -> list[Piece]:
    return [Piece(kind, said)] if said else []
