"""Filters for pages of notices: ``{% load notices %}``."""

from django.template import Library

from ringvirkning.web.notices import money, saying, telling, words

register = Library()
register.filter("exactly", money.exactly)
register.filter("about", money.about)
register.filter("weight", telling.weight_said)
register.filter("cpv", telling.cpv_said)
register.filter("place", telling.place_said)
register.filter("language_name", saying.language_name)


@register.filter
def notice_word(code: object, group: str) -> str:
    """Return the word for a code: ``phase|notice_word:"PHASES"``. A code without a word is shown as it is."""
    return str(getattr(words, group).get(str(code), code))
