"""From an assessment and its facts to a paper: what stands in the document, in which order, in whose words."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.documents.answers_part import conclusion, questions, similar_needs, sources
from ringvirkning.needs.documents.context import Context
from ringvirkning.needs.documents.need_part import need, understood
from ringvirkning.needs.documents.numbers import day
from ringvirkning.needs.documents.paper import Block, Paper, Said
from ringvirkning.needs.documents.plain import one_line
from ringvirkning.needs.documents.solutions_part import solutions
from ringvirkning.needs.documents.value_part import zero_alternative

PartOfPaper = Callable[[Assessment, Context, str], Iterator[Block]]
PARTS: tuple[PartOfPaper, ...] = (
    need,
    understood,
    solutions,
    zero_alternative,
    questions,
    similar_needs,
    conclusion,
    sources,
)


def paper(assessment: Assessment, context: Context, language: str) -> Paper:
    """Return the document in a language: "nb", "nn" or "en". Parts that hold nothing are not there."""
    with override(language):
        blocks = tuple(block for part in PARTS for block in part(assessment, context, language))
        return Paper(
            kind=_("Behovsutredning"),
            title=one_line(assessment.title),
            language=language,
            typed=assessment.language,
            facts=tuple(_facts(context, language)),
            blocks=blocks,
            page=_("Side {page} av {pages}"),
            author=one_line(", ".join(context.people) or context.organisation),
            logo=context.logo,
            logo_says=_logo_says(context),
            unshown=_(
                "Skriftene i dette dokumentet mangler noen av tegnene som er brukt. De står som koder, for eksempel"
                " [U+6F22]. I Word-dokumentet står tegnene selv."
            ),
        )


def _logo_says(context: Context) -> str:
    name = one_line(context.organisation)
    if said := one_line(context.logo_says):
        return said
    return _("Logoen til {organisation}").format(organisation=name) if name else _("Logo")


def _facts(context: Context, language: str) -> Iterator[tuple[str, Said]]:
    if name := one_line(context.organisation):
        yield _("Virksomhet"), Said(name)
    if people := one_line(", ".join(context.people)):
        yield _("Laget av"), Said(people)
    yield _("Dato"), Said(day(context.made, language))
    if address := one_line(context.address):
        yield _("Nettadresse"), Said(address, link=address)
