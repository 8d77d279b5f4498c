"""Documents read again by others than those that wrote them."""

import re
from io import BytesIO
from typing import Any

import docx
import pypdfium2
from docx.oxml.ns import qn

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.documents.context import Context


def squeezed(text: str) -> str:
    """A text without spaces and without the marks that let words be broken: lines end elsewhere in each form."""
    return re.sub(r"[\s\u200b\u00ad\ufffe\x02]+", "", text)


def word_text(content: bytes) -> str:
    """All the text of a Word document in its order, tables and links included."""
    document = docx.Document(BytesIO(content))
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def pdf_pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def pdf_text(content: bytes) -> str:
    """All the text of a PDF without the last line of each page, where its number stands."""
    return "\n".join(page.rpartition("\n")[0] for page in pdf_pages(content))


def typed_in(value: Any) -> set[str]:
    """Every text somebody typed into an assessment, each paragraph alone."""
    if isinstance(value, str):
        return {line for line in value.split("\n") if line.strip()}
    if isinstance(value, dict):
        return set().union(*(typed_in(one) for name, one in value.items() if name not in CODES))
    return set().union(*(typed_in(one) for one in value)) if isinstance(value, list) else set()


CODES = {
    "format", "version", "language", "organisation", "kind", "key", "approach", "added", "fit", "about", "low",
    "likely", "high", "struck", "checked",
}  # fmt: skip


def texts_of(assessment: Assessment, context: Context) -> set[str]:
    """Every text that a document of the two must hold."""
    typed = typed_in(assessment.model_dump(mode="json", exclude_none=True)) | set(assessment.adjusted.added)
    known = context.understood
    ours = {*known.concepts, *known.themes, *known.unplaced, *(part for pair in known.cpv for part in pair)}
    ours |= {context.organisation, context.address, *context.people}
    ours |= {part for one in context.facts for part in (one.how_far, one.source)}
    ours |= {line for one in context.contacts for line in one.lines}
    ours |= {part for one in context.similar for part in (one.title, one.organisation, one.wanted)}
    return typed | ours - {""}
