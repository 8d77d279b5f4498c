"""Forms of notices: which kind a subtype is, and which phase a kind belongs to.

Source: eForms SDK, notice-types.json and the code list notice-type (Publications Office of the EU, CC BY 4.0);
Norwegian national forms: eforms-sdk-nor (DFØ, CC BY 4.0), where "N16" is the national form made from subtype 16.
"""

from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.terms import Phase

# Kind (BT-02) → phase and the subtypes (OPP-070) it is published on.
_KINDS: dict[str, tuple[Phase, str]] = {
    "pin-buyer": (Phase.PLANNING, "1 2 3"),
    "pin-only": (Phase.PLANNING, "4 5 6 E2"),
    "pin-rtl": (Phase.PLANNING, "7 8 9"),
    "pin-tran": (Phase.PLANNING, "T01"),
    "pmc": (Phase.DIALOGUE, "E1"),
    "pin-cfc-standard": (Phase.COMPETITION, "10 11 CEI"),
    "pin-cfc-social": (Phase.COMPETITION, "12 13 14"),
    "qu-sy": (Phase.COMPETITION, "15"),
    "cn-standard": (Phase.COMPETITION, "16 17 18 19 E3"),
    "cn-social": (Phase.COMPETITION, "20 21"),
    "subco": (Phase.COMPETITION, "22"),
    "cn-desg": (Phase.COMPETITION, "23 24"),
    "veat": (Phase.RESULT, "25 26 27 28"),
    "can-standard": (Phase.RESULT, "29 30 31 32 E4"),
    "can-social": (Phase.RESULT, "33 34 35"),
    "can-desg": (Phase.RESULT, "36 37"),
    "can-tran": (Phase.RESULT, "T02"),
    "can-modif": (Phase.CHANGE, "38 39 40 E6"),
    "compl": (Phase.COMPLETION, "E5"),
    # Registrations of companies: they belong to no procurement.
    "brin-eeig": (Phase.PLANNING, "X01"),
    "brin-ecs": (Phase.PLANNING, "X02"),
}
PHASE_OF = {kind: phase for kind, (phase, _) in _KINDS.items()}
KIND_OF = {subtype: kind for kind, (_, subtypes) in _KINDS.items() for subtype in subtypes.split()}
REGISTRATIONS = frozenset({"brin-eeig", "brin-ecs"})
# Kinds of old that say only that the notice is a correction: the subtype says of what.
CORRECTIONS = frozenset({"corr"})
# Where neither kind nor subtype says anything.
PHASE_OF_ROOT = {
    "PriorInformationNotice": Phase.PLANNING,
    "ContractNotice": Phase.COMPETITION,
    "ContractAwardNotice": Phase.RESULT,
    "BusinessRegistrationInformationNotice": Phase.PLANNING,
}


def is_national(subtype: str | None, customization: str) -> bool:
    """Tell whether a form is for procurements below the thresholds of the EEA."""
    return (subtype or "")[:1] in {"E", "N"} or ":national" in customization


def kind_and_phase(kind: str | None, subtype: str | None, root: str, noted: Noted) -> tuple[str | None, Phase]:
    """Return the kind of a notice and its phase: by kind, else by subtype, else by the name of the document."""
    of_subtype = _kind_of_subtype(subtype, noted)
    if kind in REGISTRATIONS or of_subtype in REGISTRATIONS:
        noted("not-a-procurement")
    if kind in PHASE_OF:
        return kind, PHASE_OF[kind]
    if kind and kind not in CORRECTIONS:
        noted("kind-unknown", code=kind)
    if of_subtype:
        return of_subtype, PHASE_OF[of_subtype]
    return None, PHASE_OF_ROOT[root]


def _kind_of_subtype(subtype: str | None, noted: Noted) -> str | None:
    if not subtype:
        noted("subtype-missing")
        return None
    found = KIND_OF.get(subtype) or KIND_OF.get(subtype.removeprefix("N"))
    if found is None:
        noted("subtype-unknown", code=subtype)
    return found
