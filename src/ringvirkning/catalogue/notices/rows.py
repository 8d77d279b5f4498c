"""From a record to rows of the tables. Nothing is looked up or written here."""

from collections.abc import Iterable, Iterator

from ringvirkning.catalogue.notices.assembling import Publication, calls_off, country_of, deadline_of, published_on
from ringvirkning.catalogue.notices.lives import Member, standings
from ringvirkning.catalogue.notices.matching import NORWAY, Register
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.naming import number_of
from ringvirkning.catalogue.notices.packing import Packed
from ringvirkning.catalogue.notices.terms import NameRole, PartyRole
from ringvirkning.catalogue.notices.writing import Row
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation
from ringvirkning.sources.notices.terms import Source

MOST_PARTIES = 5_000  # no real notice has so many
VERSION_COLUMNS = ("notice", "source", "number", "version", "published", "raw", "place", "record")
PARTY_COLUMNS = ("notice", "role", "place", "name", "number", "country", "organisation", "certainty")


def notice_row(key: str, record: Record, names: dict[str, NameRole], packed: Packed) -> Notice:
    """Return the row of a notice, with the life it has when no other notice names it."""
    alone = Member(key, published_on(record), calls_off(record), names)
    standing = standings([alone])[key]
    return Notice(
        key=key,
        life=standing.life,
        phase=record.phase.value,
        kind=cut(record.kind, 30),
        national=record.national,
        country=cut(country_of(record), 3),
        published=alone.published,
        deadline=deadline_of(record),
        calls_off=alone.calls_off,
        cancelled=standing.cancelled,
        record=packed.data,
        digest=packed.digest,
    )


def version_row(notice: int, publication: Publication, packed: Packed) -> Row:
    """Return the row of one publication, in the order of ``VERSION_COLUMNS``."""
    record = publication.record
    return (
        notice,
        record.source.value,
        cut(number_of(record), 100) or publication.raw,
        cut(record.version, 10),
        record.publication_date,
        publication.raw,
        publication.place,
        packed.data,
    )


def party_rows(notice: int, record: Record, register: Register) -> Iterator[Row]:
    """Yield the buyers and winners of a notice, each with the organisation it is, in the order of ``PARTY_COLUMNS``."""
    told = {PartyRole.BUYER: record.buyers, PartyRole.WINNER: record.winners}
    for role, parties in told.items():
        for place, party in enumerate(parties[:MOST_PARTIES]):
            name, number = cut(party.name, 500), cut(party.number or party.identifier, 100)
            country = cut(_country(record, party), 3)
            organisation, certainty = register.match(role, name=name, number=number, country=country)
            yield notice, role.value, place, name, number, country, organisation, certainty.value


def _country(record: Record, party: Organisation) -> str:
    """Return where a party is from. Doffin is the Norwegian register: who does not say is taken to be from here."""
    return party.country or (NORWAY if record.source is Source.DOFFIN else "")


def cut(text: str | None, most: int) -> str:
    """Return the text as a column takes it: never longer, never with a sign that PostgreSQL refuses."""
    return (text or "").replace("\x00", "")[:most]


def member_of(notice: Notice, names: Iterable[tuple[str, str]]) -> Member:
    """Return a notice as lives see it."""
    roles = {name: NameRole(role) for name, role in names}
    return Member(notice.key, notice.published, notice.calls_off, roles)
