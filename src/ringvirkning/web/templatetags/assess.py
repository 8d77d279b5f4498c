"""Filters of the pages of needs assessments: ``{% load assess %}``."""

from django.template import Library
from django.utils.translation import gettext as _

from ringvirkning.needs.assessment import Range
from ringvirkning.web.needs.assess import words
from ringvirkning.web.templatetags.rv import kroner

register = Library()


@register.filter
def assess_word(code: object, group: str) -> str:
    """Return the word for a code, e.g. ``fit|assess_word:"FITS"``. A code without a word is shown as it is."""
    return str(getattr(words, group).get(str(code), code))


@register.filter
def span_of(size: Range | None) -> str:
    """Return an amount of kroner that is guessed: "250 000 kroner til 1 million kroner", or one of the numbers."""
    if size is None:
        return ""
    if size.low is not None and size.high is not None and size.low != size.high:
        return _("%(low)s til %(high)s") % {"low": kroner(size.low), "high": kroner(size.high)}
    told = [one for one in (size.likely, size.low, size.high) if one is not None]
    return _("omtrent %(sum)s") % {"sum": kroner(told[0])} if told else ""
