"""Numbers notices are published under, in one form each, so that two ways of writing one number are never two notices.

TED has written the same number as "2017/S 039-071501" (with the issue of the Official Journal), "071501-2017" and,
since eForms, "00071501-2017". We keep it as TED's own addresses have it: without leading zeros, "71501-2017".
"""

import re

# The year and number, after which issue number and zeros are taken away.
_JOURNAL = re.compile(r"([0-9]{4})\s*/\s*S\s*[0-9]{1,3}\s*-\s*0*([0-9]{1,8})")
_PLAIN = re.compile(r"0*([0-9]{1,8})\s*-\s*([0-9]{4})")
_FIRST_YEAR, _LAST_YEAR = 1993, 2099  # TED's oldest notices; a number with another year is something else


def ted_number(text: str | None) -> str | None:
    """Return a TED publication number as "71501-2017", from any way of writing it; None when it is not one."""
    bare = (text or "").strip()
    if found := _JOURNAL.fullmatch(bare):
        year, number = found.groups()
    elif found := _PLAIN.fullmatch(bare):
        number, year = found.groups()
    else:
        return None
    likely = _FIRST_YEAR <= int(year) <= _LAST_YEAR and int(number) > 0
    return f"{int(number)}-{year}" if likely else None
