"""The address where a need is asked and answered, and who may open it."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.needs import asking
from ringvirkning.web.roles import EVERYONE

urlpatterns: list[URLPattern | URLResolver] = [path("behov/", asking.need, name="need")]
WHO_MAY: dict[str, frozenset[Role]] = {"web:need": EVERYONE}
