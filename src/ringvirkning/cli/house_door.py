"""Opening the house: commands that need tables call this first; those that only read files do not."""

import os

import django
from django.apps import apps


def open_house() -> None:
    """Set Django up, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringvirkning.config.settings")
    if not apps.ready:
        django.setup()
