"""What a guided step is made of: fields, lists of items, folded groups. ``steps.py`` fills them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from ringvirkning.publishing.terms import Step

Words = str | Promise


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"  # a short text in each language of the draft
    TEXT = "text"  # a longer text in each language of the draft
    PLAIN = "plain"  # a line that is the same in every language: a name, a title
    LINES = "lines"  # several values, one on each line
    SELECT = "select"
    RADIO = "radio"
    FORK = "fork"  # a radio that is not stored: it only decides which fields apply
    MANY = "many"
    THEMES = "themes"
    CODES = "codes"
    SPEAKERS = "speakers"  # which sources say this
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"
    ORGANISATION = "organisation"


WRITTEN = (Kind.LINE, Kind.TEXT)
SEVERAL = (Kind.MANY, Kind.THEMES, Kind.CODES, Kind.SPEAKERS)
CHOSEN = (Kind.SELECT, Kind.RADIO, Kind.FORK)


@dataclass(frozen=True)
class When:
    """A field that applies only for some answers to another field beside it."""

    field: str
    answers: tuple[str, ...]

    @property
    def marks(self) -> str:
        """Return the words by which the style sheet shows the field for the right answer."""
        return " ".join(f"{self.field}-{answer}" for answer in self.answers)


@dataclass(frozen=True)
class Field:
    """One question. ``path`` is where the answer stands in the case file, counted from the step or the item."""

    path: str
    kind: Kind
    label: Words
    help: Words = ""
    example: Words = ""
    required: bool = False
    choices: Mapping[str, Words] | None = None
    explained: Mapping[str, Words] | None = None
    empty: Words = ""  # what choosing nothing is called
    default: str = ""  # what is chosen until somebody chooses
    when: When | None = None
    per_language: bool = False  # for lines: one list in each language

    @property
    def name(self) -> str:
        """Return the field's own part of its name in the form: two fields for one place are told apart by when."""
        return f"{self.path}~{self.when.answers[0]}" if self.when else self.path

    @property
    def written(self) -> bool:
        """Tell whether the answer is written once in each language."""
        return self.kind in WRITTEN or self.per_language


@dataclass(frozen=True)
class Group:
    """Fields that belong together; folded ones wait under a heading that opens."""

    heading: Words
    parts: tuple["Part", ...]
    help: Words = ""
    folded: bool = False


@dataclass(frozen=True)
class Items:
    """A list the writer adds to: parties, figures, lessons."""

    path: str
    heading: Words
    one: Words  # what one of them is called
    add: Words
    parts: tuple["Part", ...]
    help: Words = ""
    example: Words = ""
    folded: bool = False
    required: bool = False
    starts_empty: bool = False  # an empty list shows only its button


Part = Field | Group | Items


@dataclass(frozen=True)
class Guide:
    """One page of the guided form."""

    step: Step
    address: str  # how the step is written in the address
    name: Words  # in the list of steps
    heading: Words
    purpose: Words
    parts: tuple[Part, ...]
    minutes: int


def fields_in(parts: tuple[Part, ...]) -> Iterator[Field]:
    """Yield the fields of a step or an item, groups opened, lists inside left out."""
    for part in parts:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Group):
            yield from fields_in(part.parts)


def lists_in(parts: tuple[Part, ...]) -> Iterator[Items]:
    """Yield the lists of a step, groups opened."""
    for part in parts:
        if isinstance(part, Items):
            yield part
        elif isinstance(part, Group):
            yield from lists_in(part.parts)
