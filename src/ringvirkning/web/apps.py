"""The web face."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Tells Django where the pages' templates and files are."""

    name = "ringvirkning.web"
    label = "web"
