"""Who is asking, for views that only people who are signed in reach."""

from django.http import HttpRequest

from ringvirkning.people.models import Person


def me(request: HttpRequest) -> Person:
    """Return the person. The guard let nobody else in."""
    if not isinstance(request.user, Person):
        raise TypeError("a view for people who are signed in was reached by somebody else")
    return request.user
