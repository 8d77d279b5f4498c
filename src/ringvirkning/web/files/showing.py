"""What a page shows of a case's documents and pictures: where each is, what it is, and how large."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.translation import gettext as _

from ringvirkning.catalogue import files
from ringvirkning.catalogue.models import Case, StoredFile
from ringvirkning.catalogue.terms import FileState
from ringvirkning.sources.casefile.model import CaseFile, Document, File
from ringvirkning.sources.documents.terms import KIND_OF
from ringvirkning.web.files.words import FILE_KINDS
from ringvirkning.web.templatetags.rv import locale


@dataclass(frozen=True)
class Shown:
    """A document or picture on a page. Without ``address`` there is nothing to open, and ``problem`` says why."""

    document: Document
    address: str
    preview: str = ""
    kind: str = ""
    size: str = ""
    pages: int | None = None
    problem: str = ""

    @property
    def is_picture(self) -> bool:
        """Tell whether it is a picture we can show."""
        return self.document.is_picture and bool(self.address)


def documents_shown(case_file: CaseFile, context: Mapping[str, Any]) -> list[Shown]:
    """Return every document of a case as a page shows it. ``context`` has the ``draft`` or the ``case`` it is from."""
    rows = files.files_of(case_file)
    draft, case = context.get("draft"), context.get("case")
    found = []
    for document in case_file.documents:
        if document.file is None:
            found.append(Shown(document, document.url or ""))
        elif draft is not None and getattr(draft, "key", None):
            found.append(_of_draft(document, document.file, rows.get(document.file.sha256), str(draft.key)))
        else:
            found.append(_of_case(document, document.file, rows.get(document.file.sha256), case))
    return found


def _of_draft(document: Document, file: File, row: StoredFile | None, key: str) -> Shown:
    preview = reverse("web:draft-preview", args=[key, file.sha256])
    return _shown(document, file, row, reverse("web:draft-file", args=[key, file.sha256]), preview)


def _of_case(document: Document, file: File, row: StoredFile | None, case: Case | None) -> Shown:
    # An older version may name files that the case no longer shares.
    if case is None or case.revision is None or files.file_named(case, file.sha256) is None:
        return _shown(document, file, None, "", "")
    preview = reverse("web:case-preview", args=[case.case_id, file.sha256])
    return _shown(document, file, row, reverse("web:case-file", args=[case.case_id, file.sha256, file.name]), preview)


def _shown(document: Document, file: File, row: StoredFile | None, address: str, preview: str) -> Shown:
    kind = KIND_OF.get(row.media_type if row else file.media_type)
    told = Shown(document, "", "", str(FILE_KINDS.get(kind or "", "")), file_size(file.size))
    if row is None:
        return replace(told, problem=_("Filen deles ikke lenger."))
    if row.state == FileState.UNREADABLE:
        return replace(told, problem=_("Filen er skadet og kan ikke åpnes."))
    return replace(told, address=address, preview=preview if row.has_preview else "", pages=row.pages)


def file_size(size: int) -> str:
    """Return a size as people say it: "840 byte", "34 kB", "1,2 MB"."""
    if size < 1_000:
        return _("%(number)s byte") % {"number": size}
    if size < 1_000_000:
        return f"{round(size / 1_000)} kB"
    return f"{format_decimal(round(size / 1_000_000, 1), locale=locale())} MB"
