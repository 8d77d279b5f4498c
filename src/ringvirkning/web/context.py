"""What every page's template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from ringvirkning.people.models import Person
from ringvirkning.people.queries import demonstration_exists, is_editor

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def public_url(request: HttpRequest, path: str = "") -> str:
    """Return a full address: under the configured public address, else under the one the visitor used."""
    path = path or request.get_full_path()
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def contact() -> dict[str, str]:
    """Return the way to those who run the library: what to show and where the link leads. Empty when not set."""
    given = settings.CONTACT
    if not given:
        return {}
    is_page = given.startswith(("https://", "http://"))
    return {"shown": given, "address": given if is_page else f"mailto:{given.removeprefix('mailto:')}"}


def house(request: HttpRequest) -> dict[str, object]:
    """Return the languages with this page's address in each, the public address, whom to contact and who is here."""
    here = request.get_full_path()
    languages = [{"code": code, "name": name, "url": translate_url(here, code)} for code, name in LANGUAGES.items()]
    known = {"languages": languages, "public_address": public_url(request), "contact": contact()}
    provider = {"oidc_name": settings.OIDC_NAME, "oidc_id": settings.OIDC_ID} if settings.OIDC_SERVER else {}
    return {**known, **who_is_here(request), **provider, "demonstration": demonstration_exists()}


def who_is_here(request: HttpRequest) -> dict[str, object]:
    """Return who is signed in. A visitor without the session's cookie has no session to be looked up."""
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    person = user if isinstance(user, Person) else None
    return {"person": person, "edits": person is not None and is_editor(person)}
