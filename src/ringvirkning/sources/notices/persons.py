"""Taking persons out of free text: e-mail addresses, telephone numbers, identity numbers and names of contacts.

Used by every reader of notices on every text that is kept. It would rather take a number too many than let one through
when a label says what it is ("tlf."); without a label it takes only what is written as telephone numbers are written,
so that sums, dates, case numbers and CPV codes stay.
"""

import re
from collections.abc import Iterable

from ringvirkning.foundation.identity import is_identity_number
from ringvirkning.foundation.personal import AFTER, BEFORE, LABEL, RUN, SHORTEST, UNLABELLED
from ringvirkning.foundation.personal import E_MAIL as WRITTEN_E_MAIL
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.tables import cpv_labels

E_MAIL, TELEPHONE, IDENTITY, NAME = "[e-post]", "[telefon]", "[fødselsnummer]", "[navn]"
_ANY = re.compile(r"[0-9](?:[ \u00a0().\-/]{0,3}[0-9]){4,14}(?![0-9])")
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
        text = _replaced(WRITTEN_E_MAIL, E_MAIL, text, noted, "e-mail")
    text = RUN.sub(lambda found: _masked(found, noted), text)
    return mask_names(text, noted, names)


def mask_names(text: str, noted: Noted, names: Iterable[str] = ()) -> str:
    """Return the text without names of contacts: enough for a text without digits and signs."""
    if "ontaktperson" in text or "ontact person" in text or "aksbehandl" in text or "nsprechpartner" in text:
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


def _masked(found: re.Match[str], noted: Noted) -> str:
    """Return a run of digits without what identifies somebody."""
    text, start, end = found.string, *found.span()
    run = found[0]
    if LABEL.search(text[max(0, start - BEFORE) : start]):
        return _ANY.sub(lambda _: _noting("telephone", TELEPHONE, noted), run, count=1)
    if len(run) < SHORTEST:
        return run
    head, tail = text[max(0, start - 2) : start], text[end : end + AFTER]
    whole = UNLABELLED.sub(lambda number: _instead(number, noted), head + run + tail)
    return whole.removeprefix(head).removesuffix(tail)


def _instead(number: re.Match[str], noted: Noted) -> str:
    """Return what stands in place of a number; the number itself when it is something else after all."""
    if number.lastgroup == "identity":
        is_one = is_identity_number(number[0].replace(" ", ""))
        return _noting("identity-number", IDENTITY, noted) if is_one else number[0]
    if number[0] in cpv_labels():
        return number[0]
    return _noting("telephone", TELEPHONE, noted)


def _noting(code: str, instead: str, noted: Noted) -> str:
    noted(code)
    return instead


def _replaced(pattern: re.Pattern[str], instead: str, text: str, noted: Noted, code: str) -> str:
    text, times = pattern.subn(instead, text)
    if times:
        noted(code)
    return text
