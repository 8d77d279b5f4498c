"""Filters and tags of our own: texts in a language, numbers, kroner and dates in Norwegian form, words for codes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ringvirkning.foundation.dates import parse_partial
from ringvirkning.search.why import Reason
from ringvirkning.sources.casefile.model import Figure
from ringvirkning.web import sentences, words
from ringvirkning.web.figures import counted

register = Library()
# {{ fault|what }} {{ fault|mend }}
register.filter("what", sentences.what)
register.filter("mend", sentences.mend)
LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
READING_ORDER = {"nb": ("nb", "nn", "en", "se"), "nn": ("nn", "nb", "en", "se"), "en": ("en", "nb", "nn", "se")}
# Language → words; a case file's keys are its own enum of languages, which are strings too.
Texts = Mapping[Any, str]

MILLION, BILLION = Decimal(10**6), Decimal(10**9)


def locale() -> str:
    """Return Babel's name for the language of the page."""
    return LOCALES.get(get_language() or "nb", "nb_NO")


def text_language(texts: Texts) -> str:
    """Return the language we show a text in: the page's own when it exists, else the nearest."""
    order = READING_ORDER.get(get_language() or "nb", READING_ORDER["nb"])
    return next((language for language in order if language in texts), next(iter(texts), "nb"))


@register.filter
def plain(texts: Texts | None) -> str:
    """Return a text in the best language, without markup. For attributes and titles."""
    return texts[text_language(texts)] if texts else ""


@register.filter
def said(texts: Texts | None) -> SafeString | str:
    """Return a text in the best language, marked with its language when that is not the page's."""
    if not texts:
        return ""
    language = text_language(texts)
    if language == (get_language() or "nb"):
        return texts[language]
    return format_html('<span lang="{}">{}</span>', language, texts[language])


@register.filter
def foreign_language(texts: Texts | None) -> str:
    """Return the code of the language a text is shown in when it is not the page's own, else ""."""
    shown = text_language(texts) if texts else ""
    return "" if shown == (get_language() or "nb") else shown


@register.filter
def word(code: object, group: str) -> str:
    """Return the word for a code, e.g. ``status|word:"STATUSES"``. A code without a word is shown as it is."""
    return str(getattr(words, group).get(str(code), code))


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """Return a number with spaces between thousands and a decimal comma, as the page's language writes it."""
    return "" if value is None else format_decimal(value, locale=locale())


@register.filter
def day(value: Any) -> str:
    """Return a date as exact as it is known: "14. juni 2019", "juni 2019" or "2019"."""
    if not value:
        return ""
    parsed, parts = parse_partial(str(value))
    if parts == 1:
        return str(parsed.year)
    pattern = {"en": {2: "LLLL y", 3: "d MMMM y"}}.get(get_language() or "nb", {2: "LLLL y", 3: "d. MMMM y"})[parts]
    return babel_date(parsed, pattern, locale=locale())


def in_words(value: Decimal, unit: str) -> tuple[str, str]:
    """Return number and unit, with millions and billions of kroner in words ("1,25", "millioner kroner")."""
    only_one = value == 1 and unit in words.UNITS_ONE
    word_ = str(words.UNITS_ONE[unit] if only_one else words.UNITS.get(unit, unit))
    if unit == "NOK" and value >= BILLION:
        return number(value / BILLION), _("milliarder kroner")
    if unit == "NOK" and value >= MILLION:
        return number(value / MILLION), _("millioner kroner")
    return number(value), word_


@register.filter
def kroner(value: Decimal | int | None) -> str:
    """Return an amount of kroner as people say it: "10 millioner kroner", "250 000 kroner"."""
    return "" if value is None else " ".join(in_words(Decimal(value), "NOK"))


@register.filter
def amount(figure: Figure) -> str:
    """Return the number of a figure: "12", "10–12", "over 13" or "inntil 85", without its unit."""
    if figure.value is not None:
        return in_words(figure.value, figure.unit)[0]
    if figure.low is not None and figure.high is not None:
        low, high = in_words(figure.low, figure.unit), in_words(figure.high, figure.unit)
        # Only kroner change unit with size ("900 000 kroner–1 million"); one day and two days are both days.
        same = low[1] == high[1] or figure.unit != "NOK"
        return f"{low[0]}–{high[0]}" if same else f"{low[0]} {low[1]}–{high[0]}"
    if figure.low is not None:
        return pgettext("number", "over %s") % in_words(figure.low, figure.unit)[0]
    return pgettext("number", "inntil %s") % in_words(figure.high or Decimal(0), figure.unit)[0]


@register.filter
def unit(figure: Figure) -> str:
    """Return the unit of a figure with its span: "millioner kroner per år"."""
    biggest = figure.value if figure.value is not None else figure.high if figure.high is not None else figure.low
    told = in_words(biggest or Decimal(0), figure.unit)[1]
    return " ".join(part for part in (told, str(words.PER.get(figure.per, ""))) if part)


def unit_words(figure: Figure) -> str:
    """Return what stands behind a figure's number: what was counted when the unit says little, else the unit."""
    return _with_span(plain(counted(figure)), figure) or unit(figure)


@register.filter
def unit_said(figure: Figure) -> SafeString | str:
    """Return what ``unit_words`` does, marked with its language when that is not the page's."""
    return _with_span(said(counted(figure)), figure) or unit(figure)


def _with_span(what: str, figure: Figure) -> str:
    span = str(words.PER.get(figure.per, ""))
    return format_html("{} {}", what, span) if what and span else what


@register.filter
def marked(reason: Reason) -> SafeString:
    """Return a snippet with the matching words in ``<mark>``, marked with its language where that is not the page's."""
    pieces, at = [], 0
    for start, end in reason.marks:
        pieces += [(reason.text[at:start], ""), ("", reason.text[start:end])]
        at = end
    pieces.append((reason.text[at:], ""))
    snippet = format_html_join(
        "", "{}{}", ((before, format_html("<mark>{}</mark>", hit) if hit else "") for before, hit in pieces)
    )
    own = {"", get_language(), "no" if get_language() in ("nb", "nn") else ""}
    return snippet if reason.language in own else format_html('<span lang="{}">{}</span>', reason.language, snippet)


@register.simple_tag(takes_context=True)
def changed_query(context: dict[str, Any], **changes: object) -> str:
    """Return the page's query string with some values changed; None takes one away. Begins with "?"."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
