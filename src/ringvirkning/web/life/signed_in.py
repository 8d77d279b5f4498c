"""Who is here, asked so that pages for everybody stay the same for everybody."""

from django.conf import settings
from django.http import HttpRequest

from ringvirkning.people.models import Person


def person_here(request: HttpRequest) -> Person | None:
    """Return who is signed in. Nobody's session is looked up for a visitor who has none."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, Person) else None


def signed_in_person(request: HttpRequest) -> Person:
    """Return who is signed in, on a page that the table of roles keeps for people with an account."""
    if not isinstance(request.user, Person):
        raise TypeError("the table of roles let somebody in who is not signed in")
    return request.user
