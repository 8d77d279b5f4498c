"""The desk's lists: the queue, old and thin cases, broken links, themes, organisations, and what has stopped."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.catalogue import refusals
from ringvirkning.catalogue.models import Organisation, StoredFile
from ringvirkning.people.models import Letter
from ringvirkning.publishing.models import Consent, Draft
from ringvirkning.publishing.upkeep.links import try_again
from ringvirkning.sources.tables import themes
from ringvirkning.web.desk import reads, words
from ringvirkning.web.desk.pages import desk_page, done, editor
from ringvirkning.web.desk.tables import Button, Cell, Column, Link, Table, alphabetical, table
from ringvirkning.web.templatetags.rv import day, number, plain
from ringvirkning.web.words import GAPS, ORGANISATION_KINDS

MOST_CASES_SHOWN = 4
MOST_GAPS_SHOWN = 4


def days_said(days: int) -> str:
    """Return a wait in words."""
    return ngettext("%(days)s dag", "%(days)s dager", days) % {"days": number(days)} if days else _("I dag")


def case_address(case_id: str) -> str:
    """Return the address of a published case."""
    return reverse("web:case", args=[case_id])


def _edit(case_id: str, title: str) -> tuple[Link, ...]:
    return (Link(_("Lag ny versjon"), reverse("web:case-edit", args=[case_id]), title),)


# The queue.


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Answer with drafts that wait for an editor, and those that wait for their writers."""
    waiting, back = reads.with_titles(reads.submitted(), at=now()), reads.with_titles(reads.sent_back(), at=now())
    tables = [
        _drafts(request, _("Venter på redaksjonen"), waiting, "ko"),
        _drafts(request, _("Sendt tilbake, venter på dem som skriver"), back, "tilbake"),
    ]
    empty = _("Køen er tom. Ingen saker venter på dere.")
    return desk_page(request, "list", _("Køen"), tables=[one for one in tables if one.total], empty=empty)


def _drafts(request: HttpRequest, caption: str, drafts: list[reads.Waiting], name: str) -> Table:
    columns = [
        Column("sak", gettext_lazy("Sak"), alphabetical(lambda one: one.title)),
        Column("hvem", gettext_lazy("Virksomhet"), alphabetical(lambda one: one.organisation)),
        Column("ventet", gettext_lazy("Har ventet"), lambda one: one.days, numeric=True),
        Column("kommentarer", gettext_lazy("Åpne kommentarer"), lambda one: one.comments, numeric=True),
    ]
    return table(request, caption, columns, drafts, _draft_cells, name=name, first="-ventet")


def _draft_cells(one: reads.Waiting) -> list[Cell]:
    kind = _("Ny versjon av en publisert sak") if one.draft.case_id else _("Ny sak")
    return [
        Cell(one.title or _("Uten tittel"), reverse("web:review", args=[one.draft.key]), remark=kind),
        Cell(one.organisation or _("Programmet")),
        Cell(days_said(one.days)),
        Cell(number(one.comments)),
    ]


# Cases.


@never_cache
@require_safe
def old(request: HttpRequest) -> HttpResponse:
    """Answer with cases that may no longer be right."""
    columns = [
        Column("sak", gettext_lazy("Sak"), alphabetical(lambda one: one.read.case.title)),
        Column("bekreftet", gettext_lazy("Sist bekreftet"), lambda one: one.known.confirmed or date.min, short=True),
        Column("kjent", gettext_lazy("Sist kjent"), lambda one: one.as_of, short=True),
        Column("spurt", gettext_lazy("Spurt"), lambda one: one.known.asked or date.min, short=True),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    shown = table(request, _("Saker som kan være utdaterte"), columns, reads.old_cases(at=now()), _old_cells)
    lead = _("Kjøperen får spørsmålet hvert år. Sakene her har ikke fått et ja, eller er sist kjent for lenge siden.")
    return desk_page(
        request, "list", _("Gamle saker"), tables=_some(shown), lead=lead, empty=_("Alle saker er ferske.")
    )


def _old_cells(one: reads.Old) -> list[Cell]:
    case = one.read.case
    return [
        Cell(case.title, case_address(case.case_id), remark=one.read.buyers, tag=_old_tag(one)),
        Cell(day(one.known.confirmed) or _("Aldri")),
        Cell(day(one.as_of) or _("Ikke oppgitt")),
        Cell(day(one.known.asked) or _("Ikke spurt")),
        Cell(links=_edit(case.case_id, case.title)),
    ]


def _old_tag(one: reads.Old) -> str:
    if one.known.told_wrong:
        return _("Kjøperen sier at noe er feil")
    return _("Merket som gammel") if one.known.stale else ""


@never_cache
@require_safe
def thin(request: HttpRequest) -> HttpResponse:
    """Answer with cases by how much a reader will miss in them."""
    columns = [
        Column("sak", gettext_lazy("Sak"), alphabetical(lambda one: one.read.case.title)),
        Column("fylt", gettext_lazy("Utfylt"), lambda one: one.fullness, numeric=True),
        Column("mangler", gettext_lazy("Det leseren savner"), lambda one: len(one.missing)),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    shown = table(
        request, _("Saker etter hvor lite de forteller"), columns, reads.thin_cases(), _thin_cells, first="fylt"
    )
    lead = _("De tynneste står øverst. Spør virksomheten om det som mangler, eller lag en ny versjon selv.")
    return desk_page(request, "list", _("Tynne saker"), tables=_some(shown), lead=lead, empty=_("Ingen saker ennå."))


def _thin_cells(one: reads.Thin) -> list[Cell]:
    case = one.read.case
    missing = capfirst(", ".join(str(GAPS.get(code, code)).lower() for code in one.missing[:MOST_GAPS_SHOWN]))
    more = len(one.missing) - MOST_GAPS_SHOWN
    return [
        Cell(case.title, case_address(case.case_id), remark=one.read.buyers),
        Cell(_("%(share)s %%") % {"share": one.fullness}),
        Cell(missing or _("Ingenting"), remark=_("og %(more)s til") % {"more": more} if more > 0 else ""),
        Cell(links=_edit(case.case_id, case.title)),
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Answer with addresses that no longer work; have one tried again."""
    if request.method == "POST":
        tried = try_again(url=request.POST.get("lenke", ""), person=editor(request), at=now())
        return done(
            request,
            _("Lenken blir prøvd på nytt om litt.") if tried else _("Lenken er ikke i bruk lenger."),
            "web:desk-links",
        )
    columns = [
        Column("lenke", gettext_lazy("Lenke"), lambda one: one.visit.url),
        Column("saker", gettext_lazy("Brukt i"), lambda one: len(one.cases), numeric=True),
        Column("virket", gettext_lazy("Virket sist"), lambda one: _day_or_first(one.visit.last_worked), short=True),
        Column("svar", gettext_lazy("Svaret nå"), lambda one: one.visit.status or 0),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    shown = table(request, _("Lenker som ikke virker"), columns, reads.broken_links(), _link_cells)
    lead = _("Lenkene har sviktet minst tre ganger over flere dager. Leserne får vite det på saken.")
    return desk_page(
        request, "list", _("Døde lenker"), tables=_some(shown), lead=lead, empty=_("Alle lenker vi har prøvd, virker.")
    )


def _day_or_first(moment: object) -> str:
    return str(moment or "")


def _link_cells(one: reads.Broken) -> list[Cell]:
    visit = one.visit
    cases = tuple(Link(case.title, case_address(case.case_id)) for case in one.cases[:MOST_CASES_SHOWN])
    more = len(one.cases) - len(cases)
    again = Button(_("Prøv igjen nå"), visit.url, {"lenke": visit.url})
    return [
        Cell(visit.url, visit.url if visit.url.startswith(("https://", "http://")) else ""),
        Cell(links=cases, remark=_("og %(more)s til") % {"more": more} if more > 0 else ""),
        Cell(day(localdate(visit.last_worked)) if visit.last_worked else _("Aldri")),
        Cell(_("Kode %(code)s") % {"code": visit.status} if visit.status else _("Ikke noe svar")),
        Cell(buttons=(again,)),
    ]


# Themes.


@never_cache
@require_safe
def themes_page(request: HttpRequest) -> HttpResponse:
    """Answer with themes and how many cases each has, or with the cases of one theme."""
    asked, cases = request.GET.get("tema", ""), reads.published_cases()
    if asked in themes():
        chosen = [one for one in cases if asked in one.case_file.themes]
        heading = _("Saker i temaet «%(theme)s»") % {"theme": plain(themes()[asked])}
        return desk_page(
            request,
            "list",
            heading,
            tables=_some(_theme_cases(request, heading, chosen)),
            empty=_("Ingen saker har dette temaet."),
            back=reverse("web:desk-themes"),
        )
    rows = [(theme, [one for one in cases if theme in one.case_file.themes]) for theme in themes()]
    columns = [
        Column("tema", gettext_lazy("Tema"), alphabetical(lambda row: plain(themes()[row[0]]))),
        Column("saker", gettext_lazy("Saker"), lambda row: len(row[1]), numeric=True),
        Column("bare", gettext_lazy("Har bare dette temaet"), lambda row: len(_alone(row[1])), numeric=True),
    ]
    shown = table(request, _("Temaer"), columns, rows, _theme_cells)
    lead = _("En sak med bare ett tema er vanskeligere å finne. Se om den hører til flere.")
    return desk_page(request, "list", _("Temaer"), tables=[shown], lead=lead)


def _alone(cases: list[reads.ReadCase]) -> list[reads.ReadCase]:
    return [one for one in cases if len(one.case_file.themes) == 1]


def _theme_cells(row: tuple[str, list[reads.ReadCase]]) -> list[Cell]:
    theme, cases = row
    return [Cell(plain(themes()[theme]), f"?tema={theme}"), Cell(number(len(cases))), Cell(number(len(_alone(cases))))]


def _theme_cases(request: HttpRequest, caption: str, cases: list[reads.ReadCase]) -> Table:
    columns = [
        Column("sak", gettext_lazy("Sak"), alphabetical(lambda one: one.case.title)),
        Column("temaer", gettext_lazy("Temaer"), lambda one: len(one.case_file.themes)),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    return table(request, caption, columns, cases, _theme_case_cells, first="temaer")


def _theme_case_cells(one: reads.ReadCase) -> list[Cell]:
    named = ", ".join(plain(themes()[theme]) for theme in one.case_file.themes if theme in themes())
    case = one.case
    return [
        Cell(case.title, case_address(case.case_id), remark=one.buyers),
        Cell(named),
        Cell(links=_edit(case.case_id, case.title)),
    ]


# Organisations.


@never_cache
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Answer with organisations that have cases or people."""
    columns = [
        Column("navn", gettext_lazy("Virksomhet"), alphabetical(lambda row: row[0].name)),
        Column("saker", gettext_lazy("Saker"), lambda row: row[1]["cases"], numeric=True),
        Column("folk", gettext_lazy("Brukere"), lambda row: row[1]["members"], numeric=True),
        Column("admin", gettext_lazy("Administratorer"), lambda row: row[1]["keepers"], numeric=True),
        Column("spor", gettext_lazy("Ber om å bli med"), lambda row: row[1]["asking"], numeric=True),
        Column("kontakt", gettext_lazy("Kontakt i en sak"), lambda row: row[1]["contact"]),
    ]
    rows = reads.organisations_at_work()
    shown = table(request, _("Virksomheter med saker eller brukere"), columns, rows, _organisation_cells, first="-spor")
    return desk_page(request, "list", _("Virksomheter"), tables=_some(shown), empty=_("Ingen virksomheter ennå."))


def _organisation_cells(row: tuple[Organisation, dict[str, int]]) -> list[Cell]:
    one, counts = row
    kind = str(ORGANISATION_KINDS.get(one.kind, one.kind))
    people = Link(_("Brukere og invitasjoner"), reverse("web:organisation-people", args=[one.slug]), one.name)
    return [
        Cell(one.name, reverse("web:organisation", args=[one.slug]), remark=kind, links=(people,)),
        Cell(number(counts["cases"])),
        Cell(number(counts["members"])),
        Cell(number(counts["keepers"])),
        Cell(number(counts["asking"])),
        Cell(_("Ja") if counts["contact"] else _("Nei") if counts["cases"] else "–"),
    ]


# What has stopped.


@never_cache
@require_safe
def stopped(request: HttpRequest) -> HttpResponse:
    """Answer with letters that do not go, files that could not be read, and consents nobody has answered."""
    tables = [_letters(request), _files(request), _consents(request)]
    empty = _("Ingenting har stoppet.")
    return desk_page(request, "list", _("Stoppet"), tables=[one for one in tables if one.total], empty=empty)


def _letters(request: HttpRequest) -> Table:
    columns = [
        Column("til", gettext_lazy("Til")),
        Column("skrevet", gettext_lazy("Skrevet"), short=True),
        Column("forsok", gettext_lazy("Forsøk"), numeric=True),
        Column("hvorfor", gettext_lazy("Hvorfor")),
    ]
    return table(
        request, _("E-post som ikke er kommet fram"), columns, reads.letters_stopped(), _letter_cells, name="post"
    )


def _letter_cells(letter: Letter) -> list[Cell]:
    why = str(words.LETTER_PROBLEMS.get(letter.problem, letter.problem or _("Ikke kjent")))
    return [
        Cell(veiled(letter.to)),
        Cell(day(localdate(letter.made))),
        Cell(number(letter.tries)),
        Cell(why, remark=_("Gitt opp") if letter.given_up else _("Prøves igjen")),
    ]


def veiled(email: str) -> str:
    """Return an address that can be recognised by who knows it, and not read by others."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _files(request: HttpRequest) -> Table:
    columns = [
        Column("fil", gettext_lazy("Fil")),
        Column("lastet", gettext_lazy("Lastet opp"), short=True),
        Column("hvorfor", gettext_lazy("Hvorfor")),
    ]
    files = list(reads.files_unreadable())
    uploads = reads.uploads_of(files)

    def cells(file: StoredFile) -> list[Cell]:
        upload = uploads.get(file.sha256)
        address = reverse("web:review", args=[upload.draft_key]) if upload else ""
        name = upload.name if upload else file.sha256[:12]
        return [Cell(name, address), Cell(day(localdate(file.made))), Cell(refusals.sentence(file.problem))]

    return table(request, _("Filer som ikke kunne leses"), columns, files, cells, name="filer")


def _consents(request: HttpRequest) -> Table:
    columns = [
        Column("sak", gettext_lazy("Sak")),
        Column("ventet", gettext_lazy("Har ventet"), numeric=True),
    ]
    asked = list(reads.consents_waiting())
    drafts = Draft.objects.filter(pk__in={one.draft_id for one in asked if one.draft_id})
    titles = {one.draft.pk: one.title for one in reads.with_titles(drafts, at=now())}

    def cells(one: Consent) -> list[Cell]:
        waited = days_said((localdate() - localdate(one.asked)).days)
        if one.case:
            return [Cell(one.case.title, case_address(one.case.case_id)), Cell(waited)]
        title = titles.get(one.draft_id or 0) or _("Uten tittel")
        return [Cell(title, reverse("web:review", args=[one.draft.key]) if one.draft else ""), Cell(waited)]

    return table(request, _("Kontaktpersoner som ikke har svart om samtykke"), columns, asked, cells, name="samtykke")


def _some(shown: Table) -> list[Table]:
    return [shown] if shown.total else []
