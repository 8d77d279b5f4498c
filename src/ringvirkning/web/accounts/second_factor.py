"""Who must have a second factor, and whether they do."""

from allauth.mfa.models import Authenticator

from ringvirkning.people.models import Person
from ringvirkning.people.queries import Somebody, is_editor

COUNTS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def demanded_of(somebody: Somebody) -> bool:
    """Tell whether somebody's role needs a second factor. A demonstration has nothing to guard."""
    return isinstance(somebody, Person) and is_editor(somebody) and not somebody.demonstration


def is_missing(somebody: Somebody) -> bool:
    """Tell whether somebody who must have a second factor has none yet."""
    return demanded_of(somebody) and not Authenticator.objects.filter(user=somebody, type__in=COUNTS).exists()
