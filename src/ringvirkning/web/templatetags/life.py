"""Tags of the pages about a case's life: words of their own, and ways to the step where something is mended."""

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.terms import Step
from ringvirkning.web.life import words
from ringvirkning.web.share.steps import GUIDES
from ringvirkning.web.trust.words import GRADES

register = Library()


@register.filter
def life_word(code: object, group: str) -> str:
    """Return the word for a code, e.g. ``kind|life_word:"KINDS"``. A code without a word is shown as it is."""
    return str(getattr(words, group).get(str(code), code))


@register.filter
def grade_word(grade: str) -> str:
    """Return the word for a grade of evidence."""
    return str(GRADES.get(grade, grade))


@register.simple_tag
def step_address(draft: Draft, step: str, place: str = "") -> str:
    """Return the address of a step's page: with a place, at the field, and with everything that is to be mended."""
    address = reverse("web:share-step", args=[draft.key, GUIDES[Step(step)].address])
    return f"{address}?vis=alt#{place}" if place else address


@register.simple_tag
def step_link(draft: Draft, step: str, place: str, text: object) -> SafeString:
    """Return a link to the step's page with this text."""
    return format_html('<a href="{}">{}</a>', step_address(draft, step, place), text)
