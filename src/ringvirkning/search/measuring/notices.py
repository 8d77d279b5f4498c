"""The notices this installation holds, as the measured sets want them."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from ringvirkning.catalogue.notices import queries
from ringvirkning.search.notices.noticedoc import Passage, passages
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Texts

NORWEGIAN = ("nb", "nn", "no")
WORD = re.compile(r"[^\W_]+")
CODES = "codes"  # the part of a notice that is labels of its CPV codes


class Held(NamedTuple):
    """A notice of the catalogue: its key, the procurement it belongs to, and what it says."""

    key: str
    life: str
    record: Record


def held_notices() -> list[Held]:
    """Return every notice that holds, by key."""
    held = (one for one in queries.all_notices() if not one.replaced_by)
    return sorted((Held(one.key, one.life, queries.record_of(one)) for one in held), key=lambda one: one.key)


def said(texts: Texts) -> str:
    """Return what is said in Norwegian, "" when nothing is."""
    return next((texts[language] for language in NORWEGIAN if language in texts), "")


def plain(text: str) -> str:
    """Return a text's words only, to tell whether two say the same."""
    return " ".join(WORD.findall(text.casefold()))


def is_held_out(key: str) -> bool:
    """Tell whether something is of the half that nothing is tuned on. Nobody chose: its key decides."""
    return bool(int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2)


def without_codes(all_of: Iterable[Passage]) -> list[Passage]:
    """Return the passages that are no labels of codes."""
    return [passage for passage in all_of if passage.part != CODES]


def as_text(record: Record, *, labels: bool) -> str:
    """Return a notice as one text for the peers, with the labels of its CPV codes or without."""
    chosen = passages(record) if labels else without_codes(passages(record))
    return "\n".join(passage.text for passage in chosen)
