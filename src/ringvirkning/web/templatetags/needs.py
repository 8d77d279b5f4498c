"""Filters for the pages of needs: ``{% load needs %}``."""

from collections.abc import Iterable

from django.template import Library
from django.utils.translation import gettext as _

from ringvirkning.needs.assessment import Range
from ringvirkning.web.needs import answers
from ringvirkning.web.templatetags.rv import kroner

register = Library()
register.filter("distance", answers.distance_said)


@register.filter
def quoted(words: Iterable[str]) -> str:
    """Return words in the quotation marks of the page's language."""
    return ", ".join(_("«%(word)s»") % {"word": word} for word in words)


@register.filter
def size(guess: Range) -> str:
    """Return how large something may be, in kroner: the likely sum, else the least and the most."""
    if guess.likely is not None:
        return _("omtrent %(sum)s") % {"sum": kroner(guess.likely)}
    return "–".join(kroner(one) for one in (guess.low, guess.high) if one is not None)
