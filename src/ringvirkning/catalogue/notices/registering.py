"""The register of organisations as the tables have it, for matching."""

from collections import defaultdict

from ringvirkning.catalogue.models import Organisation, OrganisationName
from ringvirkning.catalogue.notices.matching import Known, Register, register_of
from ringvirkning.catalogue.notices.models import MatchedRegister


def register_now() -> Register:
    """Return the register as it is in this moment. Two queries, some thousand names, a twentieth of a second."""
    names = defaultdict(list)
    for pk, name in OrganisationName.objects.values_list("organisation_id", "name"):
        names[pk].append(name)
    rows = Organisation.objects.values_list("pk", "name", "number")
    return register_of(Known(pk, name, number, tuple(names[pk])) for pk, name, number in rows)


def register_in_use() -> Register:
    """Return the register that all parties are matched against, from memory while it is the same.

    It may be older than the organisations; then everything is due to be matched again (``rematching``), and what is
    matched now with it. Without a note of which one that is, it is the register of this moment.
    """
    noted = MatchedRegister.objects.values_list("digest", flat=True).first()
    remembered = _remembered.get(noted or "")
    if remembered is None:
        remembered = register_now()
        _remembered.clear()
        _remembered[remembered.digest] = remembered
    return remembered


_remembered: dict[str, Register] = {}
