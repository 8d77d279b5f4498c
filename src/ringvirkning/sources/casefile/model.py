"""The case file: one innovative procurement as one JSON document.

This model is the exchange format. Its JSON Schema is published at ``/schema/case-file/1.json`` and in
``docs/reference/case-file-1.schema.json``. The rules of the format:

- *Unknown is absent.* No field holds a guess, a dash or an empty string.
- *Every statement has an address.* A ``Statement`` names the sources (by their ``id`` in ``sources``) it rests on.
- *Every text says its language*: texts are maps from language code to words, ``{"nb": "…"}``.
- *A figure says what it is*: potential, expected or realised. A potential must carry its "if" (``assumption``).
- *Money is whole kroner* (``NOK``), dates are as exact as known: ``2019``, ``2019-06`` or ``2019-06-14``.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ringvirkning.foundation.orgnumber import clean_organisation_number
from ringvirkning.sources.casefile import terms

MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|javascript:", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def _plain_text(value: str) -> str:
    if CONTROL.search(value):
        raise PydanticCustomError("control_characters", "text holds control characters")
    if MARKUP.search(value):
        raise PydanticCustomError("markup", "text holds markup or script")
    return value


def _partial_date(value: str) -> str:
    parts = [int(part) for part in value.split("-")]
    try:
        date(parts[0], *[*parts[1:], 1, 1][:2])
    except ValueError:
        raise PydanticCustomError("partial_date", "no such date") from None
    return value


def _organisation_number(value: object) -> str:
    try:
        return clean_organisation_number(str(value))
    except ValueError:
        raise PydanticCustomError("organisation_number", "not an organisation number") from None


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_plain_text),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_plain_text),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_partial_date),
]
WebAddress = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s<>\"'\x00-\x20\x7f\u202a-\u202e\u2066-\u2069]+$", max_length=1000)
]
OrganisationNumber = Annotated[str, StringConstraints(max_length=30), AfterValidator(_organisation_number)]
MunicipalityNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
CpvCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
Count = Annotated[int, Field(ge=1, le=10_000_000, strict=True)]
Text = Annotated[dict[terms.Language, Words], Field(min_length=1)]
ShortText = Annotated[dict[terms.Language, Line], Field(min_length=1)]
SourceIds = Annotated[list[Slug], Field(min_length=1, description="Ids of the sources this rests on.")]


class Part(BaseModel):
    """Base of every part: unknown fields are faults, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Statement(Part):
    """Something said about the case, with the sources that say it."""

    text: Text
    sources: SourceIds


class OrganisationRef(Part):
    """An organisation, by the name it had and, when known, its nine-digit organisation number."""

    name: Line
    number: OrganisationNumber | None = None


class Group(Part):
    """Several organisations that the sources count or describe but do not name."""

    description: ShortText
    count: Count | None = None


class _WhoPart(Part):
    """Somebody named (``organisation``) or somebody counted (``group``): exactly one of the two."""

    organisation: OrganisationRef | None = None
    group: Group | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.organisation is None) == (self.group is None):
            raise PydanticCustomError("organisation_or_group", "give either organisation or group")
        return self


class Party(_WhoPart):
    """A buyer or other public body in the procurement, with its role."""

    role: terms.PartyRole
    note: ShortText | None = None
    sources: SourceIds


class Need(Part):
    """The need, who has it, and how things were before."""

    description: Statement
    who: Statement | None = Field(None, description="Who has the need: users, staff, citizens.")
    before: Statement | None = Field(None, description="The situation before.")


class Step(Part):
    """What was done in one phase of the process."""

    phase: terms.Phase
    start: PartialDate | None = None
    end: PartialDate | None = None
    text: Text
    sources: SourceIds

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_backwards(self.start, self.end)
        return self


class Dialogue(Part):
    """A meeting or exchange with the market before the competition."""

    kind: terms.DialogueKind
    date: PartialDate | None = None
    participants: Count | None = None
    text: Text
    invitation: WebAddress | None = Field(None, description="Address of the invitation.")
    sources: SourceIds


class Specification(Part):
    """How the need was specified to the market."""

    kind: terms.SpecificationKind | None = None
    text: Text
    sources: SourceIds


class Money(Part):
    """An amount in whole kroner, value-added tax as the source gives it."""

    amount: Annotated[Decimal, Field(gt=0, lt=10**13)]
    currency: Literal["NOK", "EUR", "SEK", "DKK"] = "NOK"


class Funding(Part):
    """Money from somebody else towards the procurement."""

    funder: Line
    money: Money | None = None
    year: PartialDate | None = None
    sources: SourceIds


class Contract(Part):
    """The contract's value and dates, when known."""

    value: Money | None = None
    signed: PartialDate | None = None
    text: Text | None = None
    sources: SourceIds


class Procurement(Part):
    """Procedure and kind. ``kind`` and ``breadth`` are an editor's reading when ``reading`` says why."""

    procedure: terms.Procedure | None = None
    procedure_note: ShortText | None = Field(None, description="The procedure in the source's own terms.")
    kind: terms.ProcurementKind | None = None
    breadth: terms.Breadth | None = None
    reading: ShortText | None = Field(None, description="Why an editor chose this kind and breadth.")
    forms: list[terms.ContractForm] = Field(default_factory=list)
    contract: Contract | None = None
    funding: list[Funding] = Field(default_factory=list)
    notices: list[WebAddress] = Field(default_factory=list, description="Doffin or TED addresses.")
    sources: list[Slug] = Field(default_factory=list)


class Supplier(Part):
    """A supplier with its role and, in a note, earlier or later names."""

    organisation: OrganisationRef
    role: terms.SupplierRole
    note: ShortText | None = None
    sources: SourceIds


class Solution(Part):
    """What was bought or developed, and whether others can get it."""

    name: Line | None = None
    text: Text
    availability: terms.Availability | None = None
    link: WebAddress | None = None
    sources: SourceIds


class File(Part):
    """A file that travels with the case file, named by the SHA-256 of its bytes."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    name: Line = Field(description="File name to offer when it is downloaded.")
    media_type: Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=100)]
    size: Annotated[int, Field(ge=1, lt=10**10, strict=True, description="Bytes.")]


class Document(Part):
    """A document or picture others can see or reuse: somewhere else (``url``) or with the case (``file``)."""

    title: Line
    kind: terms.DocumentKind
    language: terms.Language
    url: WebAddress | None = None
    file: File | None = None
    alt: ShortText | None = Field(None, description="What a picture shows, for those who cannot see it.")
    published: PartialDate | None = None
    licence: Line | None = Field(None, description="SPDX identifier, when the document states one.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.url is None) == (self.file is None):
            raise PydanticCustomError("url_or_file", "give either url or file")
        if self.is_picture and self.alt is None:
            raise PydanticCustomError("picture_without_alt", "a picture without its text")
        return self

    @property
    def is_picture(self) -> bool:
        """Tell whether this is a picture we show."""
        return self.file is not None and self.file.media_type.startswith("image/")


class Figure(Part):
    """One number with everything a reader needs to judge it.

    ``value`` alone is exact or rounded; ``low`` and ``high`` are a range; only ``low`` means "more than",
    only ``high`` means "up to".
    """

    id: Slug
    kind: terms.FigureKind
    effect: terms.Effect
    label: ShortText = Field(description="What the number measures, in a few words.")
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: terms.Unit
    unit_note: ShortText | None = Field(None, description="What is counted, when the unit is people or units.")
    per: terms.Per = terms.Per.ONCE
    assumption: ShortText | None = Field(None, description='The "if" behind the number.')
    basis: ShortText | None = Field(None, description="How and by whom it was worked out.")
    date: PartialDate | None = None
    sources: SourceIds

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.value is None and self.low is None and self.high is None:
            raise PydanticCustomError("figure_without_number", "no value, low or high")
        if self.value is not None and (self.low is not None or self.high is not None):
            raise PydanticCustomError("figure_value_and_range", "value and a range")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise PydanticCustomError("figure_range", "low is not below high")
        if self.kind is terms.FigureKind.POTENTIAL and self.assumption is None:
            raise PydanticCustomError("potential_without_if", "a potential without its assumption")
        return self


class Infographic(Part):
    """Which figures tell the story, and its one-sentence headline."""

    headline: ShortText
    figures: Annotated[list[Slug], Field(min_length=1, max_length=6)]


class Person(Part):
    """A named contact person. Only with consent."""

    name: Line
    consented: date


class Contact(Part):
    """Whom to ask: a role address rather than a person where possible."""

    organisation: OrganisationRef
    role: ShortText
    email: (
        Annotated[
            str,
            StringConstraints(
                pattern=r"^[^@\s<>\x00-\x20\x7f\u202a-\u202e\u2066-\u2069]+@[^@\s<>\x00-\x20\x7f\u202a-\u202e\u2066-\u2069]+\.[a-z]+$",
                max_length=254,
            ),
        ]
        | None
    ) = None
    phone: Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{5,20}$")] | None = None
    url: WebAddress | None = None
    person: Person | None = None
    confirmed: date | None = Field(None, description="When the contact was last confirmed.")


class Reuse(_WhoPart):
    """Others who took the solution, the method or the learning further."""

    kind: terms.ReuseKind
    text: Text
    date: PartialDate | None = None
    sources: SourceIds


class Lesson(Part):
    """What was learnt, including what failed."""

    kind: terms.LessonKind
    text: Text
    sources: SourceIds


class State(Part):
    """How far it had come (``status``) when somebody last said so (``as_of``), and what came of it."""

    status: terms.Status
    as_of: PartialDate | None = None
    outcome: terms.Outcome | None = None
    note: Statement | None = None


class Place(Part):
    """Where it happened, when the buyer's own place does not say so."""

    name: Line
    municipality: MunicipalityNumber | None = None


class Source(Part):
    """Where a statement comes from and when an editor last checked it.

    What somebody told the library itself (``stated``, ``editor``) has no address elsewhere; its publisher says who.
    """

    id: Slug
    title: Line
    url: WebAddress | None = None
    publisher: Line | None = None
    kind: terms.SourceKind
    published: PartialDate | None = None
    checked: PartialDate

    @model_validator(mode="after")
    def _can_be_traced(self) -> Self:
        if self.kind in terms.OWN_WORD and self.publisher is None:
            raise PydanticCustomError("own_word_without_publisher", "somebody's own word without saying whose")
        if self.kind not in terms.OWN_WORD and self.url is None:
            raise PydanticCustomError("source_without_url", "a source without its address")
        return self


class CaseFile(Part):
    """One innovative procurement. See the module's text for the rules of the format."""

    model_config = ConfigDict(title="Ringvirkning case file", extra="forbid", frozen=True)

    format: Literal["ringvirkning-case"]
    version: Literal[1]
    id: Slug
    title: ShortText
    summary: Statement
    themes: Annotated[list[Slug], Field(min_length=1, max_length=4, description="Theme ids.")]
    cpv: list[CpvCode] = Field(default_factory=list, max_length=20)
    los: list[Line] = Field(default_factory=list, max_length=20, description="Los paths, e.g. tema/…")
    keywords: dict[terms.Language, list[Line]] = Field(
        default_factory=dict, description="Other words people use for the need or the solution."
    )
    state: State
    start: PartialDate | None = None
    end: PartialDate | None = None
    place: Place | None = None
    need: Need
    parties: list[Party] = Field(default_factory=list)
    approach: list[Step] = Field(default_factory=list)
    dialogue: list[Dialogue] = Field(default_factory=list)
    specification: Specification | None = None
    procurement: Procurement | None = None
    suppliers: list[Supplier] = Field(default_factory=list)
    solutions: list[Solution] = Field(default_factory=list)
    documents: list[Document] = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    effects: list[Statement] = Field(default_factory=list, description="Effects said in words, not numbers.")
    infographic: Infographic | None = None
    lessons: list[Lesson] = Field(default_factory=list)
    reuse: list[Reuse] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)
    sources: Annotated[list[Source], Field(min_length=1)]
    licence: Line = Field(description="SPDX identifier of the licence of this text, e.g. CC-BY-4.0.")
    revised: date

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        known = [source.id for source in self.sources]
        _refuse_repeats("source", known)
        missing = sorted(set(_source_ids(self.model_dump(exclude={"sources"}))) - set(known))
        if missing:
            raise PydanticCustomError("unknown_source", "unknown source {ids}", {"ids": ", ".join(missing)})
        figures = [figure.id for figure in self.figures]
        _refuse_repeats("figure", figures)
        shown = self.infographic.figures if self.infographic else []
        strays = sorted(set(shown) - set(figures))
        if strays:
            raise PydanticCustomError("unknown_figure", "unknown figure {ids}", {"ids": ", ".join(strays)})
        _refuse_backwards(self.start, self.end)
        return self


def _refuse_backwards(start: str | None, end: str | None) -> None:
    """Refuse an end before its start, compared as exactly as the end is known."""
    if start and end and end < start[: len(end)]:
        raise PydanticCustomError("end_before_start", "the end is before the start")


def _refuse_repeats(what: str, ids: list[str]) -> None:
    repeats = sorted({one for one in ids if ids.count(one) > 1})
    if repeats:
        raise PydanticCustomError("repeated_id", "repeated {what} id {ids}", {"what": what, "ids": ", ".join(repeats)})


def _source_ids(value: object) -> list[str]:
    """Every source id that any part of a dumped document refers to."""
    if isinstance(value, dict):
        own = [str(one) for one in value.get("sources", [])]
        return own + [one for child in value.values() for one in _source_ids(child)]
    if isinstance(value, list):
        return [one for child in value for one in _source_ids(child)]
    return []
