"""Tags for the head of a page: full addresses, and text that is said in two places."""

from typing import Any

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from ringvirkning.web.context import public_url

register = Library()


@register.simple_tag(takes_context=True)
def full_address(context: dict[str, Any], path: str) -> str:
    """Return the public address of a path, or the path itself on a page made without a request."""
    request = context.get("request")
    return public_url(request, path) if request else path


@register.simple_block_tag
def kept(content: str) -> SafeString:
    """Return the rendered content without space around it; with ``as name`` it can be said again."""
    return mark_safe(content.strip())  # noqa: S308 - already escaped by the template it was rendered from
