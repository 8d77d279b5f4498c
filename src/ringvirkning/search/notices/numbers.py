"""A number typed as a need: it means the one thing that bears it."""

import re
from typing import NamedTuple

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.foundation.orgnumber import clean_organisation_number

# Numbers in Doffin and TED, and keys with a UUID: digits in groups, perhaps with the name of the place before.
NUMBER = re.compile(r"(?:doffin|ted)?[\s:/-]*([0-9a-z]+(?:[-/][0-9a-z]+)*(?:/S [0-9]+-[0-9]+)?)", re.IGNORECASE)
LONGEST = 60


class Meant(NamedTuple):
    """What a need turned out to mean: one notice, or a text to search for."""

    text: str
    notice: Notice | None = None


def meant_by(need: str) -> Meant:
    """Return the notice whose number was typed, if it is one; else the text to search for.

    An organisation number becomes the digits that its notices hold, however it was written.
    """
    bare = " ".join(need.split())
    found = NUMBER.fullmatch(bare) if len(bare) <= LONGEST and any(map(str.isdigit, bare)) else None
    if found:
        notice = queries.notice_by_number(found[1]) or queries.notice_by_key(found[1].lower())
        if notice is not None:
            return Meant(need, notice)
    try:
        return Meant(clean_organisation_number(bare))
    except ValueError:
        return Meant(need)
