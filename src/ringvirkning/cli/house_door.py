"""Opening the house: commands that need tables call this first; those that only read files do not."""

import os

import click
import django
from django.apps import apps


def open_house() -> None:
    """Set Django up, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringvirkning.config.settings")
    if not apps.ready:
        django.setup()


def need_tables() -> None:
    """Stop with a sentence and a way out when the home has not been set up."""
    from django.conf import settings
    from django.db import Error, connection

    try:
        ready = "catalogue_case" in connection.introspection.table_names()
    except Error as error:
        sentence = f"Databasen svarer ikke: {error}. Kontroller DATABASE_URL og RINGVIRKNING_HOME."
        raise click.ClickException(sentence) from None
    if not ready:
        raise click.ClickException(f"Hjemmet {settings.HOME} er ikke satt opp ennå. Kjør først: ringvirkning setup")
