"""How what identifies a person is written: e-mail addresses, telephone numbers and identity numbers in running text.

Patterns only; what is done about it is for those who look (``sources/notices/persons``, ``needs/private``).
"""

import re

from ringvirkning.foundation.identity import is_identity_number

BEFORE, AFTER = 30, 6  # characters around a number that say what it is
SHORTEST = 8  # characters of a telephone number without a label

E_MAIL = re.compile(r"(?:mailto:)?(?<![\w.+%'’-])[\w.+%'’-]+\s?(?:@|[(\[]at[)\]])\s?[\w-]+(?:\.[\w-]+)+", re.I)
# Digits with what may stand between those of one number. Each such run is looked at once, with what is around it.
RUN = re.compile(r"[+0-9](?:[ \u00a0().\-/+]{0,3}[0-9]){4,}")
LABEL = re.compile(
    r"\b(?:tlf|tel|telefon\w*|t[eé]l[eé]phone|tel[eé]fono|phone|mobil\w*|mob|gsm|telefa[xk]s?|fa[xk]s?|sms|puh\w*|handy)"
    r"[\s.:/+()nr]{0,8}\Z",
    re.I,
)
# Numbers that are known by how they are written. Norwegian ones: 22 33 44 55, 912 34 567, 91234567; sums are in threes.
UNLABELLED = re.compile(
    r"(?P<identity>(?<![0-9])[0-9]{6} ?[0-9]{5}(?![0-9]))"
    r"|(?P<abroad>(?<![0-9+])(?:\(?\+|00)[1-9](?:[ \u00a0().\-/]{0,3}[0-9]){7,14}(?![0-9]))"
    r"|(?P<norwegian>(?<![0-9/.,+-])"
    r"(?:[2-9][0-9](?:[ \u00a0][0-9]{2}){3}|[49][0-9]{2}[ \u00a0][0-9]{2}[ \u00a0][0-9]{3}|[49][0-9]{7})"
    r"(?![0-9-]|[.,/ \u00a0][0-9]|\s?(?:kr|NOK|EUR|%|mill)))"
)
_IDENTITY = re.compile(r"(?<!\d)(?:\d{6}|\d\d[ .\-/]\d\d[ .\-/]\d\d)[ \u00a0.\-/]{0,2}\d{5}(?!\d)")


def holds_identity_number(text: str) -> bool:
    """Tell whether a valid national identity number stands in a text, in digits of any script."""
    return any(is_identity_number(_plain_digits(found[0])) for found in _IDENTITY.finditer(text))


def _plain_digits(written: str) -> str:
    return "".join(str(int(character)) for character in written if character.isdecimal())
