"""What was found, the shortlist side by side, and what is thought of each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ringvirkning.needs.assessment import Assessment, Solution
from ringvirkning.needs.documents.context import Context, FoundKind
from ringvirkning.needs.documents.numbers import number
from ringvirkning.needs.documents.paper import Block, Cell, Grid, Heading, Prose, Said
from ringvirkning.needs.terms import Certainty, Fit
from ringvirkning.search.approach_lists import approaches

CERTAINTIES = {
    Certainty.FOUND: gettext_lazy(
        "Dette er funnet i biblioteket og i kunngjøringer, ordnet etter hva slags svar det er."
    ),
    Certainty.UNSURE: gettext_lazy(
        "Det er usikkert om noe av dette svarer på behovet. Her er det nærmeste som er funnet."
    ),
    Certainty.NOTHING: gettext_lazy(
        "Ingen har publisert noe som svarer på behovet. Her er det nærmeste som er funnet."
    ),
}
NOTHING_NEAR = gettext_lazy("Ingen har publisert noe som svarer på behovet.")
FITS = {
    Fit.FITS: gettext_lazy("Passer"),
    Fit.PARTLY: gettext_lazy("Passer delvis"),
    Fit.NO: gettext_lazy("Passer ikke"),
}


def solutions(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield the kinds of solutions and the shortlist."""
    blocks = [*_found(context, language), *_shortlist(assessment, context, language), *_notes(assessment, context)]
    if blocks:
        yield Heading(1, Said(_("Løsninger")))
        yield from blocks


def approach_label(approach: str | None, language: str) -> str:
    """Return the name of a kind of solution, or "" when it is none we know."""
    known = approaches().get(approach or "")
    return known.labels[language] if known else ""


def _found(context: Context, language: str) -> Iterator[Block]:
    if context.certainty is Certainty.NOTHING and not context.found:
        yield Prose(Said(str(NOTHING_NEAR)))
    elif context.certainty:
        yield Prose(Said(str(CERTAINTIES[context.certainty])))
    if context.found:
        yield Heading(2, Said(_("Løsningsmåter")))
        header = (_("Løsningsmåte"), _("Saker"), _("Kunngjøringer"), _("Saker som ikke lyktes"))
        rows = tuple(_kind(one, language) for one in context.found)
        yield Grid(_("Løsningsmåter som er funnet"), header, rows, (46, 14, 20, 20), frozenset({1, 2, 3}))


def _kind(found: FoundKind, language: str) -> tuple[Cell, ...]:
    label = approach_label(found.approach, language) or _("Andre")
    counts = (found.cases, found.notices, found.failures)
    return ((Said(label),), *((Said(number(count, language)),) for count in counts))


def _shortlist(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield the shortlist as a table. A column that would be empty all the way down is left out."""
    if not assessment.solutions:
        return
    yield Heading(2, Said(_("Kortliste")))
    header = (_("Løsning"), _("Innkjøper"), _("Løsningsmåte"), _("Hvor langt"), _("Vurdering"))
    rows = [_row(one, context, language) for one in assessment.solutions]
    used = [column for column in range(len(header)) if any(row[column] for row in rows)]
    yield Grid(
        _("Løsningene på kortlisten, sammenlignet"),
        tuple(header[column] for column in used),
        tuple(tuple(row[column] for column in used) for row in rows),
        tuple((26, 18, 17, 14, 25)[column] for column in used),
    )


def _row(solution: Solution, context: Context, language: str) -> tuple[Cell, ...]:
    facts = context.facts_of(solution.key)
    link = facts.address or solution.address or ""
    return (
        (Said(facts.title or solution.title, link=link, strong=True),),
        _cell(facts.buyer or solution.buyer),
        _cell(approach_label(solution.approach, language)),
        _cell(facts.how_far),
        tuple(_judgement(solution)),
    )


def _cell(text: str | None) -> Cell:
    return (Said(text),) if text else ()


def _judgement(solution: Solution) -> Iterator[Said]:
    if solution.fit:
        yield Said(str(FITS[solution.fit]), strong=True)
    if solution.because:
        yield Said(solution.because, typed=True)


def _notes(assessment: Assessment, context: Context) -> Iterator[Block]:
    """Yield own notes below the table: they are long, and a narrow column is no place to read them."""
    noted = [one for one in assessment.solutions if one.notes]
    if noted:
        yield Heading(2, Said(_("Egne notater om løsningene")))
    for one in noted:
        yield Prose(Said(one.notes or "", typed=True), context.facts_of(one.key).title or one.title)
