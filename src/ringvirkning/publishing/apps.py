"""Publishing: from a draft to a published case, and keeping it true."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Tells Django where the tables of this stage are."""

    name = "ringvirkning.publishing"
    label = "publishing"
