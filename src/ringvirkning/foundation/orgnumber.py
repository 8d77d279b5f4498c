"""Norwegian organisation numbers: nine digits, the last one a mod-11 check digit.

Source for the rule: Brønnøysundregistrene, "Organisasjonsnummer". Weights 3 2 7 6 5 4 3 2.
"""

import re

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check_digit(first_eight: str) -> int | None:
    """Return the check digit for eight digits, or ``None`` when no valid number starts so."""
    rest = sum(int(digit) * weight for digit, weight in zip(first_eight, WEIGHTS, strict=True)) % 11
    digit = 0 if rest == 0 else 11 - rest
    return None if digit == 10 else digit


def clean_organisation_number(text: str) -> str:
    """Read a number as people write it ("NO 964 965 870 MVA") and return its nine digits.

    Raises ``ValueError`` when it is not nine digits or the check digit is wrong.
    """
    bare = re.sub(r"[\s.\u00a0-]", "", text).upper()
    bare = bare.removeprefix("NO").removesuffix("MVA")
    if not re.fullmatch(r"[0-9]{9}", bare):
        raise ValueError("an organisation number has nine digits")
    if check_digit(bare[:8]) != int(bare[8]):
        raise ValueError("the check digit does not fit")
    return bare
