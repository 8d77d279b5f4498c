"""How we understood a need, as the page shows it: what was read out of it, what was mended, and what to ask."""

from dataclasses import dataclass

from ringvirkning.needs.statement.reading import NeedReading, Prompt, ReadConcept
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.tables import cpv_labels
from ringvirkning.web.labels import label_in_page
from ringvirkning.web.needs.asked import Asked
from ringvirkning.web.notices.filters import cpv_label
from ringvirkning.web.sentences import in_words

MOST_CHIPS, MOST_WORDS_SAID, MOST_UNPLACED, MOST_PROMPTS = 8, 3, 8, 3
FIELDS = {"product": "better", "today": "today", "whom": "whom", "extent": "often"}  # prompt → where it is answered
LEVELS = (5, 4, 3, 2)  # digits of a CPV code that notices are narrowed by, besides all eight


@dataclass(frozen=True)
class Chip:
    """A concept in the need: what we call it, the typed words that gave it, and what to send to be rid of it."""

    label: str
    words: tuple[str, ...]
    strike: str
    sure: bool


@dataclass(frozen=True)
class CpvChip:
    """A CPV code that fits, why, and whether the notices are narrowed to it."""

    code: str
    shown: str  # the digits that say something
    label: str
    because: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True)
class Struck:
    """Something taken out: what to send to take it back, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True)
class Heard:
    """Everything the page tells of the reading."""

    reading: NeedReading
    asked: Asked

    @property
    def chips(self) -> list[Chip]:
        """Return the surest concepts."""
        return [_chip(one) for one in self.reading.concepts[:MOST_CHIPS]]

    @property
    def more_chips(self) -> list[Chip]:
        """Return the concepts there is no room for at first."""
        return [_chip(one) for one in self.reading.concepts[MOST_CHIPS:]]

    @property
    def cpv(self) -> list[CpvChip]:
        """Return the codes, those chosen first."""
        return [
            CpvChip(one.code, bare(one.code), one.label, one.because[:MOST_WORDS_SAID], one.code in self.asked.cpv)
            for one in self.reading.cpv
        ]

    @property
    def struck(self) -> list[Struck]:
        """Return what was taken out."""
        return [Struck(one, name_of(one)) for one in self.asked.struck]

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Return the words we could not place."""
        return self.reading.unplaced[:MOST_UNPLACED]

    @property
    def prompts(self) -> list[tuple[Prompt, str]]:
        """Return the questions that were not put away, each with the field where it is answered, "" for none."""
        left = [one for one in self.reading.prompts if one.code not in self.asked.hidden]
        return [(one, FIELDS.get(one.code, "")) for one in left[:MOST_PROMPTS]]

    @property
    def remarks(self) -> list[str]:
        """Return what is odd about the text, in the reader's language."""
        return [in_words(one.sentence) for one in self.reading.remarks]


def _chip(concept: ReadConcept) -> Chip:
    return Chip(concept.label, concept.words[:MOST_WORDS_SAID], concept.strike, concept.sure)


def name_of(struck: str) -> str:
    """Return what is shown for something struck: a concept's name, a code's name, or the word itself."""
    concept = analyser().concepts.get(struck.removeprefix("=")) if struck.startswith("=") else None
    if concept:
        return label_in_page(concept.labels)
    return cpv_label(struck) if struck in cpv_labels() else struck


def bare(code: str) -> str:
    """Return the digits of a CPV code that notices can be narrowed by: "90400000" gives "904"."""
    digits = code.rstrip("0")
    if len(digits) > LEVELS[0]:
        return code
    return code[: max(len(digits), LEVELS[-1])]
