"""Who may open what. Every address of the web face stands here; a test walks them all."""

from enum import StrEnum


class Role(StrEnum):
    """Roles a visitor can have. More come with sign-in."""

    VISITOR = "visitor"


EVERYONE = frozenset(Role)
WHO_MAY = dict.fromkeys(
    (
        "web:front",
        "web:library",
        "web:case",
        "web:infographic-svg",
        "web:infographic-png",
        "web:themes",
        "web:theme",
        "web:organisations",
        "web:organisation",
        "web:map",
        "web:about",
        "web:accessibility",
        "case-json",
        "case-schema",
        "health",
        "robots",
        "sitemap",
    ),
    EVERYONE,
)
