"""Tags and filters of the case page: numbered sources, spans of time, and how figures are worded."""

from collections.abc import Iterable
from typing import Any

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ringvirkning.sources.casefile.model import Money
from ringvirkning.web import figures
from ringvirkning.web.templatetags.rv import day, kroner, number

register = Library()
register.filter("remark", figures.remark)
register.filter("condition", figures.condition)
register.filter("kind_label", figures.kind_label)
register.filter("condition_label", figures.condition_label)


@register.filter
def ended(texts: dict[str, str]) -> dict[str, str]:
    """Return the texts as sentences with an end."""
    return {language: text if text.endswith((".", "!", "?")) else f"{text}." for language, text in texts.items()}


@register.filter
def money(value: Money | None) -> str:
    """Return an amount in its own currency."""
    if value is None:
        return ""
    return kroner(value.amount) if value.currency == "NOK" else f"{number(value.amount)} {value.currency}"


@register.filter
def licence_name(code: str) -> str:
    """Return a licence as people write it: "CC BY 4.0"."""
    return code.replace("CC-BY-", "CC BY ").replace("CC0-", "CC0 ")


@register.simple_tag
def span(start: str | None, end: str | None) -> str:
    """Return a stretch of time: "2016–2019", "februar 2017 – mai 2018", or the one date known."""
    first, last = day(start), day(end)
    if not first or not last or first == last:
        return first or last
    return f"{first}–{last}" if " " not in first + last else f"{first} – {last}"


@register.simple_tag(takes_context=True)
def refs(context: dict[str, Any], source_ids: Iterable[str]) -> SafeString | str:
    """Return small numbered links to the sources something rests on."""
    numbers: dict[str, tuple[int, str]] = context["page"].numbers
    told = ((number_, _("Kilde %(number)s: %(title)s") % {"number": number_, "title": title}, number_)
            for number_, title in sorted(numbers[one] for one in source_ids if one in numbers))  # fmt: skip
    links = format_html_join("", '<a class="rv-ref" href="#kilde-{}" aria-label="{}">{}</a>', told)
    return format_html('&nbsp;<span class="rv-refs">{}</span>', links) if links else ""
