"""A notice as one record, whatever form it was read from.

Pure data: no Django, no network. What a source did not say is absent (None or empty), never guessed. Persons' names,
e-mail addresses and telephone numbers have no field here, on purpose: they stay in the raw store. Terms in brackets are
the eForms business terms (BT) the field is read from; the older TED_EXPORT and OCDS have their own places for the same.
"""

from datetime import date, datetime

import msgspec

from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind

# Language as ISO 639-1 ("nb", "nn", "no", "en", "fi", …) → words. "no" where the source does not say which form.
Texts = dict[str, str]


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of every part of a record: nothing changes after reading, and what is unknown is left out of the JSON."""


class Money(Part, frozen=True, kw_only=True):
    """A sum as the source states it: amount in whole and hundredths of ``currency``, and the field that said so."""

    amount: float
    currency: str  # ISO 4217, "NOK"
    kind: ValueKind
    field: str  # "BT-27-Procedure", "BT-720-Tender", "VAL_TOTAL"


class Organisation(Part, frozen=True, kw_only=True):
    """A buyer or a winner: an organisation, never a person."""

    name: str | None = None
    identifier: str | None = None  # as given, trimmed
    number: str | None = None  # the nine digits, when ``identifier`` is a valid Norwegian organisation number
    country: str | None = None  # ISO 3166-1 alpha-3, "NOR"
    nuts: str | None = None
    town: str | None = None
    buyer_type: str | None = None  # BT-11, "la", "body-pl"
    activity: str | None = None  # BT-10, "gen-pub"
    size: str | None = None  # BT-165, winners: "micro", "small", "medium", "large", "sme"
    lots: tuple[str, ...] = ()  # the lots a winner won


class Criterion(Part, frozen=True, kw_only=True):
    """An award criterion, BT-539/BT-734/BT-540, with its weight."""

    kind: str | None = None  # "price", "quality", "cost", or a national code
    names: Texts = {}
    weight: float | None = None
    weight_kind: str | None = None  # BT-5421: "per-exa", "dec-exa", "ord-imp", "poi-exa", …
    lot: str | None = None


class Lot(Part, frozen=True, kw_only=True):
    """One lot, BT-137."""

    lot_id: str  # "LOT-0001"
    titles: Texts = {}
    descriptions: Texts = {}
    cpv: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    contract_nature: str | None = None  # BT-23: "works", "supplies", "services"
    values: tuple[Money, ...] = ()
    framework: str | None = None  # BT-765: "fa-wo-rc", "fa-w-rc", "fa-mix", "none"
    dynamic_purchasing: str | None = None  # BT-766
    months: float | None = None  # duration, BT-36, in months; source units noted when converted
    start: date | None = None
    end: date | None = None
    deadline: datetime | None = None  # with zone
    innovation: tuple[str, ...] = ()  # BT-776
    green: tuple[str, ...] = ()  # BT-774
    social: tuple[str, ...] = ()  # BT-775
    result: str | None = None  # BT-142: "selec-w", "clos-nw", "open-nw"
    not_awarded_reason: str | None = None  # BT-144
    tenders_received: int | None = None  # BT-759 of type "tenders"


class Change(Part, frozen=True, kw_only=True):
    """That this notice changes one that was published before (corrigendum, BT-758), and why."""

    notice: str | None = None  # BT-758, "uuid-version" or publication number, as given
    reason: str | None = None  # BT-140 code: "update-add", "cancel", "cor-buy", …
    texts: Texts = {}


class Reference(Part, frozen=True, kw_only=True):
    """Another notice this one names."""

    relation: str  # "previous-planning" (BT-125), "changed" (BT-758), "modified" (BT-1501), "previous" (TED_EXPORT)
    notice_uuid: str | None = None
    version: str | None = None
    publication_number: str | None = None  # TED "123456-2024"


class Link(Part, frozen=True, kw_only=True):
    """An address in the notice: documents, submission, buyer profile."""

    kind: str  # "documents" BT-15, "submission" BT-18, "buyer-profile" BT-508, "notice"
    url: str


class Oddity(Part, frozen=True, kw_only=True):
    """Something in the source that was not as it should be, and what we did. The words are in ``oddities.py``."""

    code: str
    values: dict[str, str] = {}


class Notice(Part, frozen=True, kw_only=True):
    """One published notice."""

    file: str  # name of the file or archive member it was read from
    source: Source
    format: Format
    sdk: str | None = None  # "eforms-sdk-1.10", "R2.0.9.S05"
    # Who it is
    notice_uuid: str | None = None  # BT-701; None for TED_EXPORT
    version: str | None = None  # BT-757 "01"; TED_EXPORT has none
    publication_number: str | None = None  # "2023-653024" (Doffin) or "104432-2025" (TED)
    procedure_id: str | None = None  # BT-04, ContractFolderID
    doffin_number: str | None = None
    ted_number: str | None = None
    # When
    publication_date: date | None = None
    dispatched: datetime | None = None  # BT-05, with zone
    deadline: datetime | None = None  # the earliest of the lots, BT-131/BT-1311/BT-630, with zone
    # What kind
    subtype: str | None = None  # OPP-070: "16", "E3"; TED_EXPORT "F02"
    kind: str | None = (
        None  # BT-02 notice type: "cn-standard", "can-standard", "pin-only"; TED_EXPORT mapped to the same
    )
    phase: Phase
    legal_basis: str | None = None  # BT-01
    national: bool = False  # below the EEA thresholds: national forms
    language: str | None = None  # BT-702, ISO 639-1; "no" where nb and nn are not told apart
    # What
    titles: Texts = {}
    descriptions: Texts = {}
    buyers: tuple[Organisation, ...] = ()
    winners: tuple[Organisation, ...] = ()
    countries: tuple[str, ...] = ()  # of the buyers, alpha-3
    nuts: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()  # main first; only codes that exist in the table
    contract_nature: str | None = None
    procedure: str | None = None  # BT-105: "open", "restricted", "neg-w-call", "comp-dial", "innovation", …
    accelerated: bool = False
    techniques: tuple[str, ...] = ()  # "framework", "dps", "auction"
    lots: tuple[Lot, ...] = ()
    framework: str | None = None
    values: tuple[Money, ...] = ()  # of the whole notice
    criteria: tuple[Criterion, ...] = ()
    # Strategic fields, of all lots together
    innovation: tuple[str, ...] = ()
    green: tuple[str, ...] = ()
    social: tuple[str, ...] = ()
    strategic: tuple[str, ...] = ()  # BT-06: "inn-pur", "env-imp", "soc-obj", "none"
    # Around it
    change: Change | None = None
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    oddities: tuple[Oddity, ...] = ()

    def total(self, kind: ValueKind) -> Money | None:
        """Return the stated value of the whole notice of one kind, or None: lots are not added up here."""
        return next((value for value in self.values if value.kind is kind), None)


def to_json(notice: Notice) -> bytes:
    """Return a record as JSON, absent where unknown."""
    return msgspec.json.encode(notice)


def from_json(data: bytes) -> Notice:
    """Return the record that ``to_json`` wrote. Raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.json.decode(data, type=Notice)
