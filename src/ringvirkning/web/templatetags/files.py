"""Documents and pictures on a page."""

from collections.abc import Mapping
from typing import Any

from django.template import Library

from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.web.files.showing import Shown, documents_shown, file_size

register = Library()
register.filter("file_size", file_size)


@register.simple_tag(takes_context=True)
def shown_documents(context: Mapping[str, Any], case_file: CaseFile) -> list[Shown]:
    """Return the documents of a case as the page shows them."""
    return documents_shown(case_file, context)
