"""The ledger in words: who did what, when, to what."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.models import Case
from ringvirkning.ledger.models import Entry
from ringvirkning.publishing.models import Draft
from ringvirkning.search.text.vocabulary import concepts
from ringvirkning.web.desk import reads, words
from ringvirkning.web.desk.pages import desk_page
from ringvirkning.web.desk.tables import Cell, Column, table
from ringvirkning.web.templatetags.rv import day

MOST_SHOWN = 1_000


@never_cache
@require_safe
def events_page(request: HttpRequest) -> HttpResponse:
    """Answer with what happened, newest first, narrowed by who, what and about what."""
    who, verb = request.GET.get("hvem", "").strip()[:150], request.GET.get("hva", "")
    kind, subject = request.GET.get("slag", ""), request.GET.get("om", "").strip()[:100]
    found = list(narrowed(who, verb, kind, subject)[:MOST_SHOWN])
    columns = [
        Column("nar", gettext_lazy("Når"), short=True),
        Column("hvem", gettext_lazy("Hvem")),
        Column("hva", gettext_lazy("Hva")),
        Column("om", gettext_lazy("Om")),
    ]
    named = names(found)
    made = table(request, _("Hendelser, nyeste først"), columns, found, lambda one: _cells(one, named))
    chosen = {"hvem": who, "hva": verb, "slag": kind, "om": subject}
    return desk_page(
        request,
        "events",
        _("Hendelser"),
        tables=[made] if made.total else [],
        chosen=chosen,
        verbs=_offered(
            Entry.objects.values_list("verb", flat=True), {**words.HAPPENED_TO_ASSESSMENTS, **words.HAPPENED}
        ),
        kinds=_offered(Entry.objects.values_list("subject_kind", flat=True), words.SUBJECTS),
        is_narrowed=any(chosen.values()),
        most=MOST_SHOWN if len(found) == MOST_SHOWN else 0,
    )


def narrowed(who: str, verb: str, kind: str, subject: str) -> QuerySet[Entry]:
    """Return the lines of the ledger that fit, newest first."""
    fits = Q()
    if who:
        fits &= Q(person__name__icontains=who) | Q(person__email__iexact=who)
    if verb:
        fits &= Q(verb=verb)
    if kind:
        fits &= Q(subject_kind=kind)
    if subject:
        fits &= Q(subject=subject)
    return Entry.objects.filter(fits).select_related("person").order_by("-pk")


def _offered(codes: "QuerySet[Entry, str]", known: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the codes that occur with their words, in the order of the words."""
    occurring = sorted(set(codes.order_by().distinct()))
    return sorted(((code, str(known.get(code, code))) for code in occurring), key=lambda one: one[1])


def names(entries: list[Entry]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (kind, subject) → what to call it and where it is, for what has a page."""
    by_kind: dict[str, set[str]] = {}
    for one in entries:
        by_kind.setdefault(one.subject_kind, set()).add(one.subject)
    cases = Case.objects.filter(case_id__in=by_kind.get("case", ())).values_list("case_id", "title")
    organisations = reads.organisation_names(by_kind.get("organisation", ()))
    drafts = Draft.objects.filter(key__in=by_kind.get("draft", ()))
    people = reads.people_names(by_kind.get("person", ()))
    known = {one.id: one.labels["nb"] for one in concepts()}
    words_page = reverse("web:desk-words")
    return {
        **{("case", key): (title, reverse("web:case", args=[key])) for key, title in cases},
        **{
            ("organisation", key): (name, reverse("web:organisation", args=[key]))
            for key, name in organisations.items()
        },
        **{
            ("draft", str(one.draft.key)): (one.title or _("Uten tittel"), reverse("web:review", args=[one.draft.key]))
            for one in reads.with_titles(drafts)
        },
        **{("person", key): (name, "") for key, name in people.items()},
        **{("concept", key): (known.get(key, key), f"{words_page}?begrep={key}") for key in by_kind.get("concept", ())},
    }


def _cells(one: Entry, named: dict[tuple[str, str], tuple[str, str]]) -> list[Cell]:
    moment = localtime(one.at)
    subject, address = named.get((one.subject_kind, one.subject), (one.subject, ""))
    kind = str(words.SUBJECTS.get(one.subject_kind, one.subject_kind))
    return [
        Cell(day(moment.date()), remark=_("kl. %(time)s") % {"time": moment.strftime("%H.%M")}),
        Cell(one.person.name if one.person else _("Programmet")),
        Cell(words.happened(one.subject_kind, one.verb), remark=str(one.detail.get("word", ""))),
        Cell(subject, address, remark=kind),
    ]
