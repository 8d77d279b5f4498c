"""Filters for cases in lists: ``{% load cards %}``."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ringvirkning.catalogue import queries
from ringvirkning.sources.casefile.model import CaseFile, Figure
from ringvirkning.sources.tables import themes
from ringvirkning.web import figures, saying
from ringvirkning.web.templatetags.rv import text_language

register = Library()
register.filter("kind_label", figures.kind_label)
register.filter("condition", figures.condition)
register.filter("condition_label", figures.condition_label)


@register.filter
def theme_name(theme: str) -> str:
    """Return a theme's name in the page's language; an unknown theme is shown by its id."""
    labels = themes().get(theme, {})
    return labels.get(get_language() or "nb", labels.get("nb", theme))


@register.filter
def county_name(county: str) -> str:
    """Return a county's name, empty when there is none."""
    return queries.county_names().get(county, "")


@register.filter
def buyers(case_file: CaseFile) -> str:
    """Return who buys: "Larvik kommune og 28 andre". Empty when not known."""
    return " ".join(part for part in saying.buyers(case_file) if part)


@register.filter
def opening(texts: dict[str, str], most: int = saying.OPENING) -> SafeString | str:
    """Return the first sentences of a text in the best language, marked with it when it is not the page's.

    ``opening:1`` gives the first sentence only.
    """
    language = text_language(texts)
    words = saying.opening(texts[language], most)
    return words if language == (get_language() or "nb") else format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def measured(case_file: CaseFile) -> list[Figure]:
    """Return the benefits that were measured."""
    return saying.measured_benefits(case_file)
