"""Tags and filters about how far a case can be trusted."""

from django.template import Library

from ringvirkning.catalogue.evidence import ASKS, Grade, Rule
from ringvirkning.web.trust import words

register = Library()


@register.filter
def trust_word(code: object, group: str) -> str:
    """Return the word for a code, e.g. ``grade|trust_word:"GRADES"``."""
    return str(getattr(words, group).get(str(code), code))


@register.simple_tag
def grades() -> list[tuple[Grade, tuple[Rule, ...]]]:
    """Return the grades from the least to the most, each with what it asks for beyond the one before."""
    return list(ASKS.items())
