"""The need as it was written, and how it was understood."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.documents.context import Context, label_of_code
from ringvirkning.needs.documents.numbers import guess
from ringvirkning.needs.documents.paper import Block, Bullets, Heading, Prose, Said
from ringvirkning.search.text.analyser import analyser


def need(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield the need, the answers to the guided questions, and when it must be met."""
    yield Heading(1, Said(_("Behovet")))
    yield Prose(Said(assessment.need, typed=True))
    yield from (Prose(Said(text, typed=True), label) for label, text in _told(assessment) if text)
    if size := guess(assessment.timing.size_kroner, language):
        yield Prose(Said(size), _("Hvor stort det kan bli"))


def _told(assessment: Assessment) -> Iterator[tuple[str, str | None]]:
    told = assessment.told
    yield _("Slik er det i dag"), told.today
    yield _("Hvem det gjelder"), told.whom
    yield _("Hvor ofte det skjer"), told.often
    yield _("Hva som bør bli bedre"), told.better
    yield _("Hva som er prøvd"), told.tried
    yield _("Når det må være på plass"), assessment.timing.wanted


def understood(assessment: Assessment, context: Context, language: str) -> Iterator[Block]:
    """Yield what the search made of the need, and how people mended that."""
    blocks = [*_read(context), *_mended(assessment, language)]
    if blocks:
        yield Heading(1, Said(_("Slik ble behovet forstått")))
        yield Prose(Said(_("Behovet er lest med faste regler. Dette er det søket bygger på.")))
        yield from blocks


def _read(context: Context) -> Iterator[Block]:
    found = context.understood
    yield from _words(_("Begreper"), found.concepts)
    yield from _words(_("Temaer"), found.themes)
    if found.cpv:
        yield Bullets(tuple((Said(f"{code} {label}"),) for code, label in found.cpv), _("CPV-koder"))
    yield from _words(_("Ord vi ikke kunne plassere"), found.unplaced, typed=True)


def _mended(assessment: Assessment, language: str) -> Iterator[Block]:
    adjusted = assessment.adjusted
    yield from _words(_("Tatt ut av lesingen"), [_struck(one, language) for one in adjusted.struck], typed=True)
    yield from _words(_("Lagt til i lesingen"), adjusted.added, typed=True)
    if adjusted.cpv:
        codes = [_with_label(code, language) for code in adjusted.cpv]
        yield Bullets(tuple((Said(one),) for one in codes), _("CPV-koder som er lagt til"))


def _words(label: str, words: Iterable[str], *, typed: bool = False) -> Iterator[Block]:
    if told := ", ".join(words):
        yield Prose(Said(told, typed=typed), label)


def _struck(one: str, language: str) -> str:
    """Return what was struck as people say it: a concept by its label, a code with its label."""
    concept = analyser().concepts.get(one.removeprefix("="))
    return concept.labels[language] if concept else _with_label(one, language)


def _with_label(code: str, language: str) -> str:
    return f"{code} {label_of_code(code, language)}".strip()
