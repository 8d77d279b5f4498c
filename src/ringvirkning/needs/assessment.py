"""A needs assessment (behovsutredning) as one document: what is saved, versioned, shown, exported and opened again.

Unknown is absent. Texts are in the language they were typed in (``language``). Numbers that are guesses are ranges.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ringvirkning.needs.terms import AnswerKind, Fit
from ringvirkning.sources.casefile.model import CpvCode, Line, Part, PartialDate, Slug, WebAddress, Words

LongWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200_000)]
Number = Annotated[Decimal, Field(ge=0, lt=10**12)]


class Told(Part):
    """What the guided questions ask; each may be left out."""

    today: Words | None = None  # what happens today
    whom: Words | None = None  # to whom
    often: Words | None = None  # how often
    better: Words | None = None  # what should be better
    tried: Words | None = None  # what has been tried


class Adjusted(Part):
    """How the reader mended our reading of the need."""

    struck: list[Line] = Field(default_factory=list, max_length=100)  # words, concept ids, CPV codes taken out
    added: list[Line] = Field(default_factory=list, max_length=100)  # words put in
    cpv: list[CpvCode] = Field(default_factory=list, max_length=20)  # codes put in


class Solution(Part):
    """One solution on the shortlist, and what the assessment thinks of it.

    ``title``, ``buyer``, ``address``, ``source`` and ``checked`` are as they were when it was put there, so that the
    document can be read alone.
    """

    kind: AnswerKind
    key: Line  # case id or notice key
    title: Line
    buyer: Line | None = None
    address: WebAddress | None = None
    source: Line | None = None  # where it is told of: "Doffin", "Larvik kommune"
    checked: PartialDate | None = None  # when that was last looked at
    approach: Slug | None = None
    added: date
    fit: Fit | None = None
    because: Words | None = None
    notes: Words | None = None


class Question(Part):
    """A question to a municipality that has done it."""

    to: Line  # the organisation's name
    organisation: Slug | None = None
    about: Line | None = None  # case id or notice key
    text: Words
    answer: Words | None = None


class Range(Part):
    """A guess: the least, the likely and the most."""

    low: Number | None = None
    likely: Number | None = None
    high: Number | None = None


class ProblemValue(Part):
    """What the problem costs in a year if nothing is done: times × minutes × people × wage, and other costs."""

    times_a_year: Range | None = None
    minutes_each: Range | None = None
    people_each: Range | None = None
    wage_an_hour: Range | None = None  # kroner, with social costs
    other_kroner_a_year: Range | None = None
    assumptions: Words | None = None


class ZeroAlternative(Part):
    """What happens if nothing is done."""

    text: Words | None = None
    value: ProblemValue | None = None


class Timing(Part):
    """When something must be in place, and how large it may be: what others need to know to buy together."""

    wanted: Line | None = None  # "høsten 2027"
    size_kroner: Range | None = None


class Assessment(Part):
    """The whole document."""

    format: Literal["ringvirkning-needs-assessment"] = "ringvirkning-needs-assessment"
    version: Literal[1] = 1
    title: Line
    language: Literal["nb", "nn", "en"] = "nb"
    organisation: Slug | None = None
    need: LongWords
    told: Told = Told()
    adjusted: Adjusted = Adjusted()
    timing: Timing = Timing()
    solutions: list[Solution] = Field(default_factory=list, max_length=200)
    zero: ZeroAlternative = ZeroAlternative()
    questions: list[Question] = Field(default_factory=list, max_length=200)
    conclusion: Words | None = None
