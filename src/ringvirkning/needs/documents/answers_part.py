"""Whom to ask, who has the same need, what it all comes to, and where it is from."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ringvirkning.needs.assessment import Assessment, Question, Solution
from ringvirkning.needs.documents.context import Contact, Context, Facts, SimilarNeed
from ringvirkning.needs.documents.numbers import day, guess, number, partial_day
from ringvirkning.needs.documents.paper import Block, Bullets, Cell, Grid, Heading, Prose, Said


def questions(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield the questions, those to one municipality together with whom to ask there."""
    asked: dict[str, list[Question]] = {}
    for one in assessment.questions:
        asked.setdefault(one.to, []).append(one)
    if asked:
        yield Heading(1, Said(_("Spørsmål til dem som har gjort det")))
    titles = {one.key: context.facts_of(one.key).title or one.title for one in assessment.solutions}
    for name, theirs in asked.items():
        yield Heading(2, Said(name))
        slugs = (one.organisation for one in theirs)
        yield from _contacts(context.contacts_of(name, *slugs))
        yield Bullets(tuple(tuple(_question(one, titles)) for one in theirs), numbered=True)


def _contacts(contacts: Iterable[Contact]) -> Iterator[Block]:
    label = _("Kontakt")
    for one in contacts:
        if told := ", ".join(one.lines) or one.address:
            yield Prose(Said(told, link=one.address), label)
            label = ""


def _question(one: Question, titles: dict[str, str]) -> Iterator[Said]:
    yield Said(one.text, typed=True)
    if title := titles.get(one.about or ""):
        yield Said(_("Gjelder: {title}").format(title=title))
    if one.answer:
        yield Said(_("Svar:"), strong=True)
        yield Said(one.answer, typed=True)


def similar_needs(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield others' open needs side by side."""
    if not context.similar:
        return
    yield Heading(1, Said(_("Andre med samme behov")))
    header = (_("Behov"), _("Virksomhet"), _("Avstand"), _("På plass"), _("Størrelse"))
    rows = [_similar(one, language) for one in context.similar]
    used = [column for column in range(len(header)) if any(row[column] for row in rows)]
    yield Grid(
        _("Åpne behov som ligner"),
        tuple(header[column] for column in used),
        tuple(tuple(row[column] for column in used) for row in rows),
        tuple((34, 22, 12, 14, 18)[column] for column in used),
    )


def _similar(one: SimilarNeed, language: str) -> tuple[Cell, ...]:
    far = "" if one.kilometres is None else _("{number} km").format(number=number(round(one.kilometres), language))
    return (
        (Said(one.title, link=one.address, strong=True),),
        *((Said(told),) if told else () for told in (one.organisation, far, one.wanted)),
        (Said(size),) if (size := guess(one.size_kroner, language)) else (),
    )


def conclusion(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield the conclusion."""
    if assessment.conclusion:
        yield Heading(1, Said(_("Konklusjon")))
        yield Prose(Said(assessment.conclusion, typed=True))


def sources(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield where each solution on the shortlist is told of, with its address and when that was last checked."""
    items = [_source(one, context, language) for one in assessment.solutions]
    if items:
        yield Heading(1, Said(_("Kilder")))
        yield Bullets(tuple(items), numbered=True)


def _source(one: Solution, context: Context, language: str) -> Cell:
    facts = context.facts_of(one.key)
    source = facts.source or one.source
    told = _("Kilde: {source}").format(source=source) if source else ""
    about = _joined([facts.title or one.title, facts.buyer or one.buyer, told])
    address = facts.address or one.address or ""
    return (Said(about), *((Said(address, link=address),) if address else ()), Said(_when(one, facts, language)))


def _when(one: Solution, facts: Facts, language: str) -> str:
    """Return when the source was looked at last; when the solution was put here, where nobody knows."""
    if checked := facts.checked or one.checked:
        return _("Sist sjekket: {date}.").format(date=partial_day(checked, language))
    return _("Lagt til {date}.").format(date=day(one.added, language))


def _joined(parts: Iterable[str | None]) -> str:
    told = [one.rstrip(".") for one in parts if one]
    return ". ".join(told) + "."
