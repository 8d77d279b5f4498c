"""Taking persons out of free text: e-mail addresses, telephone numbers, identity numbers and names of contacts.

Used by every reader of notices on every text that is kept. It would rather take a number too many than let one through
when a label says what it is ("tlf."); without a label it takes only what is written as telephone numbers are written,
so that sums, dates, case numbers and CPV codes stay.
"""

import re
from collections.abc import Iterable

from ringvirkning.foundation.identity import is_identity_number
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.tables import cpv_labels

E_MAIL, TELEPHONE, IDENTITY, NAME = "[e-post]", "[telefon]", "[fødselsnummer]", "[navn]"
FEWEST_DIGITS = 6  # a number with fewer is not masked, so a text with fewer need not be looked at

_E_MAIL = re.compile(r"(?:mailto:)?[\w.+%'’-]+\s?(?:@|[(\[]at[)\]])\s?[\w-]+(?:\.[\w-]+)+", re.I)
_IDENTITY = re.compile(r"(?<!\d)\d{6} ?\d{5}(?!\d)")
_LABELLED = re.compile(
    r"(\b(?:tlf|tel|telefon\w*|t[eé]l[eé]phone|tel[eé]fono|phone|mobil\w*|mob|gsm|telefa[xk]s?|fa[xk]s?|sms|puh\w*|handy)"
    r"[\s.:/+()nr]{0,8})\d(?:[ \u00a0().\-/]{0,3}\d){4,14}(?!\d)",
    re.I,
)
_ABROAD = re.compile(r"(?<![\d+])(?:\(?\+|00)[1-9](?:[ \u00a0().\-/]{0,3}\d){7,14}(?!\d)")
# Norwegian numbers as they are written: 22 33 44 55, 912 34 567, 91234567. Sums are written in threes.
_NORWEGIAN = re.compile(
    r"(?<![\d/.,+-])(?:[2-9]\d(?:[ \u00a0]\d\d){3}|[49]\d\d[ \u00a0]\d\d[ \u00a0]\d{3}|[49]\d{7})"
    r"(?![\d-]|[.,/ \u00a0]\d|\s?(?:kr|NOK|EUR|%|mill))"
)
_LABELS = ("ontaktperson", "ontact person", "aksbehandler", "aksbehandlar", "nsprechpartner")
_LABELLED_NAME = re.compile(
    r"((?:[Kk]ontaktperson|[Cc]ontact person|[Ss]aksbehandl[ae]r|[Aa]nsprechpartner(?:in)?)"
    r"(?: er| is)?\s?[:\-–]?\s{0,3})"
    r"(?:[A-ZÆØÅÄÖ][\w'’-]+\.? ){1,3}[A-ZÆØÅÄÖ][\w'’-]+"
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}")
# Words that are in names of departments and functions, never in names of people (word beginnings, lower case).
_OFFICE = re.compile(
    r"\b(?:avd|innkj|anskaff|kommun|fylke|seksj|enhet|kontor|post|støtte|support|help|service|servic|office|procure|"
    r"purchas|contract|tender|team|group|department|division|directorate|unit|section|zentr|verg|abteil|einkauf|"
    r"referat|amt|stadt|dienst|achat|march|bureau|direction|commune|mairie|ville|ufficio|comune|settore|servizio|"
    r"area|dział|urz|zam|biuro|inköp|upphandl|hank|kilpail|indkøb|udbud|as|sa|ks|kf|iks|gmbh|ag|ltd|the|of|for|og|and)",
    re.I,
)


def mask(text: str, noted: Noted, names: Iterable[str] = ()) -> str:
    """Return the text without what identifies a person, noting each kind that was taken out.

    ``names`` are names of contact persons the notice gives elsewhere (see ``is_personal``): they are taken out too.
    """
    if "@" in text or "(at)" in text or "[at]" in text:
        text = _replaced(_E_MAIL, E_MAIL, text, noted, "e-mail")
    if _digits(text) >= FEWEST_DIGITS:
        text = _without_numbers(text, noted)
    if any(label in text for label in _LABELS):
        text = _replaced(_LABELLED_NAME, rf"\g<1>{NAME}", text, noted, "person-name")
    for name in names:
        if name in text:
            text = text.replace(name, NAME)
            noted("person-name")
    return text


def is_personal(name: str, organisations: Iterable[str] = ()) -> bool:
    """Tell whether a contact's name looks like a person's, and is not part of an organisation's name."""
    if not _NAME.fullmatch(name) or _OFFICE.search(name) or not all(word[0].isupper() for word in name.split()):
        return False
    return not any(name.casefold() in organisation.casefold() for organisation in organisations)


def _digits(text: str) -> int:
    """Count the digits, quickly: most texts have none."""
    plain = text.encode("ascii", "ignore")
    return len(plain) - len(plain.translate(None, b"0123456789"))


def _without_numbers(text: str, noted: Noted) -> str:
    if _IDENTITY.search(text):
        text = _IDENTITY.sub(lambda found: _identity(found, noted), text)
    text = _replaced(_LABELLED, rf"\g<1>{TELEPHONE}", text, noted, "telephone")
    text = _replaced(_ABROAD, TELEPHONE, text, noted, "telephone")
    return _NORWEGIAN.sub(lambda found: _telephone(found, noted), text)


def _identity(found: re.Match[str], noted: Noted) -> str:
    if not is_identity_number(found[0].replace(" ", "")):
        return found[0]
    noted("identity-number")
    return IDENTITY


def _telephone(found: re.Match[str], noted: Noted) -> str:
    if found[0] in cpv_labels():
        return found[0]
    noted("telephone")
    return TELEPHONE


def _replaced(pattern: re.Pattern[str], instead: str, text: str, noted: Noted, code: str) -> str:
    text, times = pattern.subn(instead, text)
    if times:
        noted(code)
    return text
