"""Which kind of notice a TED form is, in the codes of eForms, so that old and new are found together.

Sources: the standard forms of Regulation (EU) 2015/1986 and 842/2011, and the Publications Office's own conversion of
forms to eForms subtypes.
"""

from ringvirkning.sources.notices.eforms.kinds import PHASE_OF
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.terms import Phase

# Form, and what it says of itself where one form serves several kinds → kind.
_BY_TYPE = {
    ("F01", "PRI_REDUCING_TIME_LIMITS"): "pin-rtl",
    ("F01", "PRI_CALL_COMPETITION"): "pin-cfc-standard",
    ("F04", "PER_REDUCING_TIME_LIMITS"): "pin-rtl",
    ("F04", "PER_CALL_COMPETITION"): "pin-cfc-standard",
    ("F21", "PRI_ONLY"): "pin-only",
    ("F21", "PRI_CALL_COMPETITION"): "pin-cfc-social",
    ("F21", "AWARD_CONTRACT"): "can-social",
    ("F22", "PER_ONLY"): "pin-only",
    ("F22", "PER_CALL_COMPETITION"): "pin-cfc-social",
    ("F22", "QSU_ONLY"): "qu-sy",
    ("F22", "QSU_CALL_COMPETITION"): "qu-sy",
    ("F22", "AWARD_CONTRACT"): "can-social",
    ("F23", "CONCESSION_AWARD_CONTRACT"): "can-social",
}
_BY_FORM = {
    "F01": "pin-only",
    "F02": "cn-standard",
    "F03": "can-standard",
    "F04": "pin-only",
    "F05": "cn-standard",
    "F06": "can-standard",
    "F07": "qu-sy",
    "F08": "pin-buyer",
    "F09": "cn-standard",
    "F10": "cn-standard",
    "F11": "subco",
    "F12": "cn-desg",
    "F13": "can-desg",
    "F14": "corr",
    "F15": "veat",
    "F16": "pin-only",
    "F17": "cn-standard",
    "F18": "can-standard",
    "F19": "subco",
    "F20": "can-modif",
    "F21": "cn-social",
    "F22": "cn-social",
    "F23": "pin-cfc-social",
    "F24": "cn-standard",
    "F25": "can-standard",
    "T01": "pin-tran",
    "T02": "can-tran",
}
# TED's code of the sort of document, for forms without a number.
_BY_DOCUMENT = {
    "0": "pin-only",
    "1": "corr",
    "2": "corr",
    "3": "cn-standard",
    "4": "qu-sy",
    "5": "cn-standard",
    "7": "can-standard",
    "A": "pin-cfc-standard",
    "B": "pin-buyer",
    "C": "cn-standard",
    "D": "cn-desg",
    "E": "subco",
    "F": "subco",
    "G": "brin-eeig",
    "H": "cn-standard",
    "I": "cn-standard",
    "J": "can-standard",
    "K": "can-modif",
    "M": "pin-cfc-standard",
    "O": "qu-sy",
    "P": "pin-only",
    "Q": "qu-sy",
    "R": "can-desg",
    "V": "veat",
    "Y": "cn-standard",
}


def kind_of(form: str | None, says: str | None, document: str | None) -> str | None:
    """Return the kind of a form, given what it says of itself and TED's code of the document."""
    return _BY_TYPE.get((form or "", says or "")) or _BY_FORM.get(form or "") or _BY_DOCUMENT.get(document or "")


def phase_of(kind: str | None, noted: Noted) -> Phase:
    """Return the phase of a kind. Corrections are mostly of competitions; a life puts them beside what they correct."""
    if kind is None:
        noted("phase-unknown")
        return Phase.PLANNING
    return PHASE_OF.get(kind, Phase.COMPETITION)


def form_number(given: str | None) -> str | None:
    """Return a form's number as "F02" or "T02", from "F02", "2" or "T02"."""
    text = (given or "").strip().upper()
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return f"F{text:0>2}"
    return text if len(text) == 3 and text[0] in "FT" and text[1:].isdigit() else None
