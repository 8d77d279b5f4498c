"""Filters for pages of accounts: ``{% load accountpage %}``."""

from django.template import Library

from ringvirkning.web.accounts.words import MEMBER_ROLES

register = Library()


@register.filter
def member_role(code: str) -> str:
    """Return the word for what a member may do."""
    return str(MEMBER_ROLES.get(code, code))
