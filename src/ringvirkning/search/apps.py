"""Search: a searchable picture of the catalogue."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Tells Django where the tables of this stage are."""

    name = "ringvirkning.search"
    label = "search"
