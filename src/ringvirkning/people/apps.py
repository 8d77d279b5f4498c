"""People: who they are and which organisations they speak for."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Tells Django where the tables of this stage are."""

    name = "ringvirkning.people"
    label = "people"
