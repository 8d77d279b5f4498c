"""Needs: a need read, answered, and worked on."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Tells Django where the tables of this stage are."""

    name = "ringvirkning.needs"
    label = "needs"
