"""Nouns of needs: who may see a needs assessment, how a solution was judged, what an answer is."""

from enum import StrEnum


class Visibility(StrEnum):
    """Who may read a needs assessment."""

    PRIVATE = "private"  # whoever made it
    SHARED = "shared"  # and named colleagues
    OPEN = "open"  # everybody may read the need itself; the work on it stays with those above


class Fit(StrEnum):
    """How well a solution answers the need, in the judgement of those who have it."""

    FITS = "fits"
    PARTLY = "partly"
    NO = "no"


class AnswerKind(StrEnum):
    """What kind of thing answers a need."""

    CASE = "case"
    NOTICE = "notice"


class Certainty(StrEnum):
    """How sure we are that anything found answers the need."""

    FOUND = "found"
    UNSURE = "unsure"  # the nearest is shown, and the reader must judge
    NOTHING = "nothing"


class Section(StrEnum):
    """The parts of an assessment that are saved each on its own, so that two people can work side by side."""

    NEED = "need"
    READING = "reading"
    SOLUTIONS = "solutions"
    VALUE = "value"
    QUESTIONS = "questions"
    CONCLUSION = "conclusion"
