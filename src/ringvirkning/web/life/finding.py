"""Finding the draft or case a page is about. A stranger gets the answer for what is not there."""

from uuid import UUID

from django.http import Http404, HttpRequest

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.publishing.drafts import draft_by_key
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.permissions import may_see


def draft_here(request: HttpRequest, key: UUID) -> Draft:
    """Return the draft when this person may see it."""
    draft = draft_by_key(key)
    if draft is None or not may_see(request.user, draft):
        raise Http404
    return draft


def case_here(case_id: str) -> Case:
    """Return a case, whatever its standing."""
    case = queries.case_by_id(case_id)
    if case is None or case.revision is None:
        raise Http404
    return case
