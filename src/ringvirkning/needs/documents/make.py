"""The door to documents: a needs assessment as Word, as PDF and as JSON."""

import json

from ringvirkning.needs.assessment import Assessment, Solution
from ringvirkning.needs.documents.compose import paper
from ringvirkning.needs.documents.context import Context, Facts
from ringvirkning.needs.documents.pdf import as_pdf
from ringvirkning.needs.documents.word import as_word

LANGUAGES = ("nb", "nn", "en")


def word(assessment: Assessment, context: Context, language: str = "nb") -> bytes:
    """Return the assessment as a Word document (.docx) in bokmål, nynorsk or English."""
    return as_word(paper(assessment, context, _known(language)), context.made)


def pdf(assessment: Assessment, context: Context, language: str = "nb") -> bytes:
    """Return the assessment as a PDF that reading aloud works with (PDF/UA-1), in the same languages."""
    return as_pdf(paper(assessment, context, _known(language)), context.made)


def as_json(assessment: Assessment, context: Context) -> bytes:
    """Return the assessment as JSON, always in the same order; ``Assessment.model_validate_json`` reads it back.

    Each solution stands with its source, and when that was last checked, as they are now.
    """
    solutions = [_with_source(one, context.facts_of(one.key)) for one in assessment.solutions]
    content = assessment.model_copy(update={"solutions": solutions}).model_dump(mode="json", exclude_none=True)
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _with_source(one: Solution, facts: Facts) -> Solution:
    told = {"source": facts.source or one.source, "checked": facts.checked or one.checked}
    return one.model_copy(update=told)


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]
