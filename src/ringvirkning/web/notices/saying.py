"""Texts of notices in the language nearest the reader's.

A notice says its text in the languages its buyer chose, and a source that does not tell bokmål from nynorsk says "no".
"""

from dataclasses import dataclass

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ringvirkning.sources.notices.record import Texts
from ringvirkning.web.templatetags.rv import locale

# What a reader of each language understands, the nearest first.
NEAREST = {
    "nb": ("nb", "no", "nn", "da", "sv", "en"),
    "nn": ("nn", "no", "nb", "da", "sv", "en"),
    "en": ("en", "nb", "no", "nn", "sv", "da"),
}
# Readers of one form of Norwegian read the other, and need no remark.
NORWEGIAN = {"nb", "nn", "no"}
NO_REMARK = {"nb": NORWEGIAN, "nn": NORWEGIAN, "en": {"en"}}
UNKNOWN = "und"


@dataclass(frozen=True)
class Said:
    """A text in one language."""

    language: str
    text: str

    @property
    def html(self) -> SafeString | str:
        """Return the text marked with its language, when that is not the page's."""
        if self.language == page_language() or self.language == UNKNOWN:
            return self.text
        return format_html('<span lang="{}">{}</span>', self.language, self.text)

    @property
    def name(self) -> str:
        """Return the name of the language."""
        return language_name(self.language)

    @property
    def foreign(self) -> bool:
        """Return whether the reader should be told which language this is."""
        return self.language not in NO_REMARK[page_language()]


NOTHING = Said(UNKNOWN, "")


def page_language() -> str:
    """Return the language of the page, one of those we speak."""
    language = get_language() or "nb"
    return language if language in NEAREST else "nb"


def nearest(texts: Texts, own: str | None = None) -> Said:
    """Return a text in the language nearest the reader's; ``own`` is the notice's, and goes before unknown ones."""
    order = (*NEAREST[page_language()], own or UNKNOWN, *texts)
    language = next((one for one in order if texts.get(one)), None)
    return Said(language, texts[language]) if language else NOTHING


def others(texts: Texts, shown: Said) -> list[Said]:
    """Return the same text in the other languages it was published in, by the name of the language."""
    left = [Said(language, text) for language, text in texts.items() if text and language != shown.language]
    return sorted(left, key=lambda one: one.name)


def language_name(code: str) -> str:
    """Return the name of a language in the language of the page."""
    if code == UNKNOWN:
        return _("ukjent språk")
    try:
        known = Locale.parse(locale()).languages.get(code)
    except UnknownLocaleError:  # pragma: no cover - ours are known
        known = None
    return {"no": _("norsk")}.get(code) or known or code
