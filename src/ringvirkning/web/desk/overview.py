"""The first page of the desk: the few next things to do, and how much of everything there is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.people.models import Membership
from ringvirkning.search.misses import missed_words
from ringvirkning.web.desk import reads
from ringvirkning.web.desk.lists import days_said
from ringvirkning.web.desk.pages import desk_page

MOST_NEXT = 6
MOST_OF_ONE_KIND = 3
THIN = 45  # percent; of the library that comes with the program about one case in six is thinner


@dataclass(frozen=True)
class Next:
    """Something to do now: what, where, and a few words about it."""

    icon: str
    text: str
    address: str
    remark: str = ""


@dataclass(frozen=True)
class Count:
    """How many there are of something, and the page that lists them."""

    label: str
    number: int
    address: str


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Answer with the overview."""
    found = gather()
    return desk_page(
        request, "overview", _("Redaksjonens skrivebord"), next_things=next_things(found), counts=counts(found)
    )


@dataclass(frozen=True)
class Found:
    """Everything the overview speaks of, read once."""

    waiting: list[reads.Waiting]
    back: list[reads.Waiting]
    asking: list[Membership]
    broken: list[reads.Broken]
    old: list[reads.Old]
    thin: list[reads.Thin]
    missed: list[str]
    consents: int
    letters: int
    files: int


def gather() -> Found:
    """Read everything the overview speaks of."""
    moment = now()
    return Found(
        waiting=reads.with_titles(reads.submitted(), at=moment),
        back=reads.with_titles(reads.sent_back(), at=moment),
        asking=list(reads.asking_to_join()),
        broken=reads.broken_links(),
        old=[one for one in reads.old_cases(at=moment) if one.flagged],
        thin=[one for one in reads.thin_cases() if one.fullness < THIN],
        missed=[one.word for one in missed_words() if not one.mark],
        consents=reads.consents_waiting().count(),
        letters=reads.letters_stopped().count(),
        files=reads.files_unreadable().count(),
    )


def next_things(found: Found) -> list[Next]:
    """Return the few things to do first: people who wait for us, then what has broken, then what could be better."""
    stopped = reverse("web:desk-stopped")
    things = [*_drafts(found), *_askers(found)]
    if found.letters:
        things.append(Next("mail", _("Se på e-post som ikke er kommet fram"), stopped, _letters_said(found.letters)))
    if found.files:
        files = ngettext("%(files)s fil", "%(files)s filer", found.files) % {"files": found.files}
        things.append(Next("document", _("Se på filer som ikke kunne leses"), stopped, files))
    if found.broken:
        broken = ngettext("%(links)s lenke", "%(links)s lenker", len(found.broken)) % {"links": len(found.broken)}
        things.append(Next("link", _("Finn nye adresser for døde lenker"), reverse("web:desk-links"), broken))
    if found.missed:
        missed = ", ".join(f"«{word}»" for word in found.missed[:MOST_OF_ONE_KIND])
        things.append(Next("search", _("Se hva folk leter etter uten å finne"), reverse("web:desk-missed"), missed))
    if found.thin:
        title = found.thin[0].read.case.title
        things.append(Next("idea", _("Gjør en tynn sak bedre"), reverse("web:desk-thin"), title))
    return things[:MOST_NEXT]


def _drafts(found: Found) -> list[Next]:
    return [
        Next(
            "check",
            _("Vurder «%(title)s»") % {"title": one.title or _("Uten tittel")},
            reverse("web:review", args=[one.draft.key]),
            _("%(who)s · har ventet: %(days)s")
            % {"who": one.organisation or _("Programmet"), "days": days_said(one.days).lower()},
        )
        for one in found.waiting[:MOST_OF_ONE_KIND]
    ]


def _askers(found: Found) -> list[Next]:
    asked: dict[str, list[Membership]] = {}
    for one in found.asking:
        asked.setdefault(one.organisation, []).append(one)
    names = reads.organisation_names(asked)
    things = []
    for slug, people in list(asked.items())[:MOST_OF_ONE_KIND]:
        text = ngettext("Svar en som vil bli med", "Svar %(people)s som vil bli med", len(people))
        waited = days_said((localdate() - localdate(people[0].since)).days).lower()
        remark = _("%(who)s · har ventet: %(days)s") % {"who": names.get(slug, slug), "days": waited}
        address = reverse("web:organisation-people", args=[slug])
        things.append(Next("people", text % {"people": len(people)}, address, remark))
    return things


def _letters_said(count: int) -> str:
    return ngettext("%(letters)s melding", "%(letters)s meldinger", count) % {"letters": count}


def counts(found: Found) -> list[Count]:
    """Return how many of everything, in the order of the desk's menu."""
    told = (
        (gettext_lazy("Saker i køen"), len(found.waiting), "desk-queue"),
        (gettext_lazy("Sendt tilbake"), len(found.back), "desk-queue"),
        (gettext_lazy("Vil bli med"), len(found.asking), "desk-organisations"),
        (gettext_lazy("Gamle saker"), len(found.old), "desk-old"),
        (gettext_lazy("Tynne saker"), len(found.thin), "desk-thin"),
        (gettext_lazy("Døde lenker"), len(found.broken), "desk-links"),
        (gettext_lazy("Samtykker uten svar"), found.consents, "desk-stopped"),
        (gettext_lazy("E-post som stoppet"), found.letters, "desk-stopped"),
        (gettext_lazy("Filer vi ikke kan lese"), found.files, "desk-stopped"),
        (gettext_lazy("Savnede ord"), len(found.missed), "desk-missed"),
    )
    return [Count(str(label), number, reverse(f"web:{page}")) for label, number, page in told]
