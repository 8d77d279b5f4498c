"""Notices in the catalogue: tables of their own, so that cases need not know them."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Tells Django where the tables of notices are."""

    name = "ringvirkning.catalogue.notices"
    label = "notices"
