"""Filters for pages of organisations: ``{% load orgpage %}``."""

import json
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

register = Library()
# What could end or open an element, written as JSON lets us write any letter.
HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def organisation_number(number: str) -> str:
    """Return an organisation number in groups of three, with spaces that do not break."""
    return "\u00a0".join(number[at : at + 3] for at in range(0, len(number), 3))


@register.filter
def bare_address(address: str) -> str:
    """Return a web address as people say it: "larvik.kommune.no"."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


@register.filter
def in_script(data: dict[str, Any]) -> SafeString:
    """Return data as JSON for a script element of a data type; nothing in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(HARMLESS))  # noqa: S308 - letters made harmless
