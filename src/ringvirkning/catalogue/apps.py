"""The catalogue: organisations, cases, their links, and one change sequence."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Tells Django where the catalogue's tables are."""

    name = "ringvirkning.catalogue"
    label = "catalogue"
