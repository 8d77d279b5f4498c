"""What the tests of these pages share."""

from typing import Any

from ringvirkning.needs.models import AssessmentRow


def fresh(row: AssessmentRow) -> AssessmentRow:
    """Return the assessment as it is in the table now."""
    return AssessmentRow.objects.get(pk=row.pk)


def text(response: Any) -> str:
    """Return a page with single spaces."""
    return " ".join(response.content.decode().split())


def at(row: AssessmentRow, part: str = "") -> str:
    """Return the address of one of its pages."""
    return f"/behov/{row.key}/{part}"
