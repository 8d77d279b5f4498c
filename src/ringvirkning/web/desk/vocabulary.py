"""The vocabulary at the desk: look a word up, try one more word on a need, add it, take an own word away."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.catalogue.queries import norwegian_order
from ringvirkning.search import own_words
from ringvirkning.search.find import Answer, find
from ringvirkning.search.models import AddedWord
from ringvirkning.search.query import understand
from ringvirkning.search.text.vocabulary import Concept, OwnWord, concepts
from ringvirkning.search.trial import Trial, try_word
from ringvirkning.sources.tables import themes
from ringvirkning.web.desk import words
from ringvirkning.web.desk.pages import desk_page, done, editor
from ringvirkning.web.desk.tables import Button, Cell, Column, alphabetical, table
from ringvirkning.web.labels import label_in_page
from ringvirkning.web.templatetags.rv import day, plain

LONGEST_NEED = 300


@dataclass(frozen=True)
class LookedUp:
    """A word looked up: the concepts it names and hints at, what it was taken for, and what it finds."""

    word: str
    named: list[Concept]
    hinted: list[Concept]
    mended: dict[str, tuple[str, ...]]
    answer: Answer


@dataclass(frozen=True)
class Wanted:
    """What somebody has filled in to add a word, and why it cannot be added as it stands."""

    word: str
    concept: str
    hint: bool
    need: str
    fault: str = ""

    @property
    def fault_field(self) -> str:
        """Return the id of the field the fault is about."""
        return "begrep" if self.fault == "unknown_concept" else "nytt-ord"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words_page(request: HttpRequest) -> HttpResponse:
    """Answer with the vocabulary; add a word or take one away."""
    if request.method == "POST" and request.POST.get("gjor") == "fjern":
        return _remove(request)
    if request.method == "POST":
        return _add(request)
    wanted = _wanted(request.GET)
    trying = "prov" in request.GET
    if trying:
        wanted = _checked(wanted)
    return _page(request, wanted, trial=_trial(wanted) if trying and not wanted.fault else None)


def _wanted(sent: QueryDict) -> Wanted:
    return Wanted(
        word=sent.get("nytt-ord", sent.get("ord", ""))[:200],
        concept=sent.get("begrep", "")[:100],
        hint=sent.get("slag") == "hint",
        need=sent.get("behov", "")[:LONGEST_NEED],
    )


def _checked(wanted: Wanted) -> Wanted:
    fault = own_words.why_not(wanted.concept, wanted.word)
    return Wanted(wanted.word, wanted.concept, wanted.hint, wanted.need, fault)


def _trial(wanted: Wanted) -> Trial:
    word = OwnWord(wanted.concept, wanted.word, wanted.hint)
    return try_word(need=wanted.need or wanted.word, word=word)


def _add(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request.POST)
    try:
        added = own_words.add_own_word(
            concept=wanted.concept, word=wanted.word, hint=wanted.hint, person=editor(request), at=now()
        )
    except own_words.NotTaken as refused:
        fault = Wanted(wanted.word, wanted.concept, wanted.hint, wanted.need, refused.code)
        return _page(request, fault, status=422)
    said = _("«%(word)s» er lagt til. Søket bruker det om noen sekunder.") % {"word": added.word}
    return done(request, said, "web:desk-words")


def _remove(request: HttpRequest) -> HttpResponse:
    word, concept = request.POST.get("ord", ""), request.POST.get("begrep", "")
    removed = own_words.remove_own_word(concept=concept, word=word, person=editor(request), at=now())
    said = (
        _("«%(word)s» er tatt bort. Søket slutter å bruke det om noen sekunder.")
        if removed
        else _("«%(word)s» var alt tatt bort.")
    )
    return done(request, said % {"word": word}, "web:desk-words")


def _page(request: HttpRequest, wanted: Wanted, *, trial: Trial | None = None, status: int = 200) -> HttpResponse:
    asked = request.GET.get("ord", "").strip()[:200]
    chosen = own_words.concept_by_id(request.GET.get("begrep", ""))
    return desk_page(
        request,
        "words",
        _("Ordlisten"),
        status=status,
        asked=asked,
        looked_up=look_up(asked) if asked else None,
        wanted=wanted,
        fault=words.NOT_TAKEN.get(wanted.fault, ""),
        trial=trial,
        trial_need=wanted.need or wanted.word,
        chosen=chosen,
        groups=concept_groups(),
        own=_own_table(request),
        longest_need=LONGEST_NEED,
    )


def look_up(word: str) -> LookedUp:
    """Return what the vocabulary and the library know of a word."""
    understood = understand(word)
    known = {one.id: one for one in concepts()}
    heard = [known[one] for one in understood.concepts if one in known]
    named = [one for one in heard if understood.concepts[one.id] >= 1]
    hinted = [one for one in heard if one not in named]
    return LookedUp(word, named, hinted, understood.mended, find(word, limit=5, with_reasons=False))


def concept_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return theme → its concepts (id and name), for the field that chooses one."""
    groups = []
    for theme in themes():
        own = [(one.id, label_in_page(one.labels)) for one in concepts() if one.theme == theme]
        groups.append((plain(themes()[theme]), sorted(own, key=lambda one: norwegian_order(one[1]))))
    return [group for group in groups if group[1]]


def _own_table(request: HttpRequest) -> object:
    columns = [
        Column("ordet", gettext_lazy("Ord"), alphabetical(lambda one: one.word)),
        Column("begrepet", gettext_lazy("Begrep"), lambda one: one.concept),
        Column("slaget", gettext_lazy("Slag"), lambda one: one.hint),
        Column("dag", gettext_lazy("Lagt til"), lambda one: one.at, short=True),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    made = table(request, _("Ord dere har lagt til"), columns, own_words.added_words(), _own_cells)
    return made if made.total else None


def _own_cells(one: AddedWord) -> list[Cell]:
    concept = own_words.concept_by_id(one.concept)
    label = label_in_page(concept.labels) if concept else one.concept
    gone = "" if concept else _("Begrepet finnes ikke lenger. Ordet brukes ikke.")
    remove = Button(_("Ta bort"), one.word, {"gjor": "fjern", "ord": one.word, "begrep": one.concept})
    return [
        Cell(one.word),
        Cell(
            label, f"{reverse('web:desk-words')}?{urlencode({'begrep': one.concept})}" if concept else "", remark=gone
        ),
        Cell(_("Peker mot det") if one.hint else _("Betyr det")),
        Cell(day(localdate(one.at))),
        Cell(buttons=(remove,)),
    ]


@never_cache
@require_safe
def words_file(request: HttpRequest) -> HttpResponse:
    """Answer with the own words in the form of the vocabulary files."""
    response = HttpResponse(own_words.as_yaml(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="egne-ord.yaml"'
    return response
