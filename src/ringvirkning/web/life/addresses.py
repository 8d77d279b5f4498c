"""Addresses of these pages, and who may open them."""

from django.urls import URLPattern, URLResolver

from ringvirkning.people.terms import Role

urlpatterns: list[URLPattern | URLResolver] = []
WHO_MAY: dict[str, frozenset[Role]] = {}
