"""Nouns of the catalogue."""

from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    HEALTH_TRUST = "health_trust"
    STATE = "state"
    STATE_COMPANY = "state_company"
    INTER_MUNICIPAL = "inter_municipal"
    MUNICIPAL_COMPANY = "municipal_company"
    PROGRAMME = "programme"
    OTHER = "other"


class Origin(StrEnum):
    """Where a revision of a case came from. A seed never replaces what people have made."""

    SEED = "seed"
    FILE = "file"
    SHARED = "shared"


class Standing(StrEnum):
    """Whether readers meet a case: published, kept for reference (archived), or taken away (withdrawn)."""

    PUBLISHED = "published"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class FileState(StrEnum):
    """How far the program has come with reading an uploaded file."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


class ChangeKind(StrEnum):
    """What a change in the sequence is about."""

    CASE = "case"
    ORGANISATION = "organisation"
    FRESHNESS = "freshness"
    VOCABULARY = "vocabulary"
    NOTICE = "notice"
    NEED = "need"


@dataclass(frozen=True)
class Loaded:
    """What became of one case that was offered to the catalogue."""

    case_id: str
    outcome: str  # "new", "revised", "unchanged" or "kept" (a person's revision is newer than the seed)


SIZE_BRACKETS = ((5_000, "under-5000"), (20_000, "5000-20000"), (50_000, "20000-50000"))
LARGEST_BRACKET = "over-50000"


def size_bracket(population: int | None) -> str | None:
    """Return the size group of a municipality with so many inhabitants."""
    if population is None:
        return None
    return next((name for limit, name in SIZE_BRACKETS if population < limit), LARGEST_BRACKET)
