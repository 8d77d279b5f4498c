"""Nouns of publishing."""

from enum import StrEnum


class Step(StrEnum):
    """The guided steps of sharing a case. Each owns some top-level parts of the case file (``OWNS``) and no others."""

    NEED = "need"
    WHO = "who"
    HOW = "how"
    RESULT = "result"
    FIGURES = "figures"
    DOCUMENTS = "documents"
    CONTACTS = "contacts"
    LESSONS = "lessons"
    SOURCES = "sources"


# Every top-level part of the case file belongs to exactly one step, so that two people in two steps never collide.
OWNS: dict[Step, tuple[str, ...]] = {
    Step.NEED: ("title", "summary", "need", "themes", "cpv", "los", "keywords"),
    Step.WHO: ("parties", "place", "start", "end"),
    Step.HOW: ("approach", "dialogue", "specification", "procurement"),
    Step.RESULT: ("state", "suppliers", "solutions", "effects", "reuse"),
    Step.FIGURES: ("figures", "infographic"),
    Step.DOCUMENTS: ("documents",),
    Step.CONTACTS: ("contacts",),
    Step.LESSONS: ("lessons",),
    Step.SOURCES: ("sources", "licence"),
}


class DraftState(StrEnum):
    """Where a draft is on its way to the library."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class ConsentState(StrEnum):
    """Whether a person named as contact has said yes."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LinkState(StrEnum):
    """What came of visiting an address a case refers to."""

    UNKNOWN = "unknown"
    WORKS = "works"
    FAILS = "fails"
    REFUSED = "refused"
