"""What was read out of a need: plain data for a page that shows it and a person who mends it."""

from dataclasses import dataclass

from ringvirkning.needs.private import Private
from ringvirkning.needs.statement.language import Tongue
from ringvirkning.needs.statement.remarks import Remark
from ringvirkning.search.cpv.widen import LEAST
from ringvirkning.search.query import NAMED, Understood


@dataclass(frozen=True)
class ReadConcept:
    """A concept found in the need: its label in the reader's language, and the typed words that gave it.

    ``strike`` goes into ``Adjusted.struck`` to take the concept out and leave its words. A bare id takes both, since a
    concept's id may be a word of the need too (*fall*).
    """

    id: str
    label: str
    words: tuple[str, ...]
    weight: float  # 0–1: 1 when it is named, less when it is hinted at

    @property
    def strike(self) -> str:
        """What to strike to be rid of the concept alone."""
        return f"={self.id}"

    @property
    def sure(self) -> bool:
        """Tell whether the need names it. What it only hints at may be something else."""
        return self.weight >= NAMED


@dataclass(frozen=True)
class ReadCpv:
    """A CPV code that fits the need, or that was put in by hand (``score`` 1 and no ``because``)."""

    code: str
    label: str
    score: float  # 0–1
    because: tuple[str, ...]  # words of the text that decided

    @property
    def sure(self) -> bool:
        """Tell whether it was put in by hand, or is likely enough to be told as what the need is about."""
        return self.score >= LEAST


@dataclass(frozen=True)
class ReadTheme:
    """A theme of the library that the need is within."""

    id: str
    label: str


@dataclass(frozen=True)
class Prompt:
    """A gentle question that may make the need better, in the reader's language."""

    code: str
    sentence: str
    example: str


@dataclass(frozen=True)
class NeedReading:
    """How we read a need, with what the reader struck and added already done."""

    text: str  # what is searched for
    language: Tongue
    understood: Understood
    concepts: tuple[ReadConcept, ...] = ()
    themes: tuple[ReadTheme, ...] = ()
    cpv: tuple[ReadCpv, ...] = ()
    unplaced: tuple[str, ...] = ()  # meaningful words that neither the vocabulary nor any document has
    prompts: tuple[Prompt, ...] = ()
    remarks: tuple[Remark, ...] = ()
    shortened: bool = False
    private: tuple[Private, ...] = ()

    @property
    def mended(self) -> dict[str, tuple[str, ...]]:
        """Typed word → the words that were searched for too: "søkte også etter …"."""
        return self.understood.mended

    @property
    def named(self) -> tuple[ReadConcept, ...]:
        """The concepts that we are sure of: these are told as what the need is about."""
        return tuple(one for one in self.concepts if one.sure)

    @property
    def codes(self) -> dict[str, float]:
        """CPV code → how sure we are that it fits, 0–1; one that was put in by hand is sure."""
        return {one.code: one.score for one in self.cpv}
