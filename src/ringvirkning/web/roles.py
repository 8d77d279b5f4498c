"""Groups of roles that addresses are opened to."""

from ringvirkning.people.terms import Role

EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.VISITOR}
# Those who speak for an organisation, and those who help them.
SHARERS = SIGNED_IN - {Role.SIGNED_IN}
EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Those who look after an organisation's people.
KEEPERS = EDITORS | {Role.ORGANISATION_ADMINISTRATOR}
VISITORS = frozenset({Role.VISITOR})
