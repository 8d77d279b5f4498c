"""Nouns about people."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the library, from the least to the most."""

    VISITOR = "visitor"
    SIGNED_IN = "signed_in"
    CONTRIBUTOR = "contributor"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class ProgrammeRole(StrEnum):
    """A role in running the library itself. Most people have none."""

    NONE = ""
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class MemberRole(StrEnum):
    """What a person may do for an organisation."""

    CONTRIBUTOR = "contributor"
    ADMINISTRATOR = "administrator"


class MembershipState(StrEnum):
    """A membership is asked for, then active, then ended. It is never deleted while the person is here."""

    ASKED = "asked"
    ACTIVE = "active"
    ENDED = "ended"
