"""Filters of the pages where people write: ``{% load sharing %}``."""

from datetime import datetime, timedelta

from django.template import Library
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = Library()
JUST_NOW = timedelta(minutes=1)


@register.filter
def ago(when: datetime) -> str:
    """Return how long ago something was: "nettopp", "for 2 minutter siden"."""
    if timezone.now() - when < JUST_NOW:
        return _("nettopp")
    return _("for %(span)s siden") % {"span": timesince(when, depth=1)}
