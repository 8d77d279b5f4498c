"""The register of organisations as the tables have it, for matching."""

from collections import defaultdict

from ringvirkning.catalogue.models import Organisation, OrganisationName
from ringvirkning.catalogue.notices.matching import Known, Register, register_of


def register_now() -> Register:
    """Return the register as it is in this moment. Two queries, some thousand names."""
    names = defaultdict(list)
    for pk, name in OrganisationName.objects.values_list("organisation_id", "name"):
        names[pk].append(name)
    rows = Organisation.objects.values_list("pk", "name", "number")
    return register_of(Known(pk, name, number, tuple(names[pk])) for pk, name, number in rows)
