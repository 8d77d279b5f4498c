"""The door to documents: a needs assessment as Word, as PDF and as JSON."""

import json

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.documents.compose import paper
from ringvirkning.needs.documents.context import Context
from ringvirkning.needs.documents.pdf import as_pdf
from ringvirkning.needs.documents.word import as_word

LANGUAGES = ("nb", "nn", "en")


def word(assessment: Assessment, context: Context, language: str = "nb") -> bytes:
    """Return the assessment as a Word document (.docx) in bokmål, nynorsk or English."""
    return as_word(paper(assessment, context, _known(language)), context.made)


def pdf(assessment: Assessment, context: Context, language: str = "nb") -> bytes:
    """Return the assessment as a PDF that reading aloud works with (PDF/UA-1), in the same languages."""
    return as_pdf(paper(assessment, context, _known(language)), context.made)


def as_json(assessment: Assessment) -> bytes:
    """Return the assessment as JSON, always in the same order; ``Assessment.model_validate_json`` reads it back."""
    content = assessment.model_dump(mode="json", exclude_none=True)
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]
