"""What was searched for in vain: words, how often, and what the editors do about them."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.search.misses import Mark, Missed, mark_missed, missed_words
from ringvirkning.sources.tables import themes
from ringvirkning.web.desk import words
from ringvirkning.web.desk.pages import desk_page, done, editor
from ringvirkning.web.desk.tables import Button, Cell, Column, Link, alphabetical, table
from ringvirkning.web.labels import label_in_page
from ringvirkning.web.templatetags.rv import day, number, plain


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missed_page(request: HttpRequest) -> HttpResponse:
    """Answer with the words; say what is done about one of them."""
    if request.method == "POST":
        return _mark(request)
    columns = [
        Column("ord", gettext_lazy("Ord"), alphabetical(lambda one: one.word)),
        Column("sok", gettext_lazy("Søk"), lambda one: one.searches, numeric=True),
        Column("dager", gettext_lazy("Dager"), lambda one: one.days, numeric=True),
        Column("sist", gettext_lazy("Sist søkt"), lambda one: one.newest, short=True),
        Column("naer", gettext_lazy("Det nærmeste vi har")),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    found, all_marks = missed_words(), request.GET.get("vis") == "alle"
    shown = [one for one in found if all_marks or one.mark != Mark.NOT_RELEVANT]
    made = table(
        request, _("Ord det ble søkt etter uten svar de siste 13 månedene"), columns, shown, _cells, first="-sok"
    )
    return desk_page(
        request,
        "missed",
        _("Savnet"),
        tables=[made] if made.total else [],
        hidden=len(found) - len(shown),
        all_marks=all_marks,
    )


def _mark(request: HttpRequest) -> HttpResponse:
    word, asked = request.POST.get("ord", ""), request.POST.get("merke", "")
    if asked not in {"", *Mark}:
        raise Http404
    mark = Mark(asked) if asked else None
    if not mark_missed(word=word, mark=mark, person=editor(request), at=now()):
        raise Http404
    said = _("«%(word)s» er merket: %(mark)s.") % {"word": word, "mark": words.MARKS[mark]} if mark else ""
    return done(request, said or _("Merket er tatt bort fra «%(word)s».") % {"word": word}, "web:desk-missed")


def _cells(one: Missed) -> list[Cell]:
    near = tuple(
        Link(
            label_in_page(concept.labels),
            f"{reverse('web:desk-words')}?{urlencode({'begrep': concept.id})}",
        )
        for concept in one.near
    )
    known = dict.fromkeys(concept.theme for concept in one.near if concept.theme in themes())
    search = Link(_("Søk"), f"{reverse('web:library')}?{urlencode({'q': one.word})}", one.word)
    add = Link(_("Legg til i ordlisten"), f"{reverse('web:desk-words')}?{urlencode({'ord': one.word})}", one.word)
    tag = str(words.MARKS[one.mark]) if one.mark else ""
    return [
        Cell(one.word, links=(search, add), tag=tag),
        Cell(number(one.searches)),
        Cell(number(one.days)),
        Cell(day(one.newest)),
        Cell("" if near else _("Ingenting"), links=near, remark=", ".join(plain(themes()[theme]) for theme in known)),
        Cell(buttons=_buttons(one)),
    ]


def _buttons(one: Missed) -> tuple[Button, ...]:
    offered = [
        Button(label, one.word, {"ord": one.word, "merke": mark})
        for mark, label in words.MARKS.items()
        if mark != one.mark
    ]
    clear = [Button(_("Ta bort merket"), one.word, {"ord": one.word, "merke": ""})] if one.mark else []
    return (*offered, *clear)
