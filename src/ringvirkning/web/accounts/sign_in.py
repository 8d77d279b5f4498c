"""Addresses of signing in, under the names django-allauth looks them up by."""

from allauth.account import views
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("logg-inn/", views.login, name="account_login"),
]
