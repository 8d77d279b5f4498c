"""From a record to rows of the tables. Nothing is looked up or written here."""

from collections.abc import Iterable, Iterator

from ringvirkning.catalogue.notices.assembling import Publication, calls_off, country_of, deadline_of, published_on
from ringvirkning.catalogue.notices.lives import Member, standings
from ringvirkning.catalogue.notices.matching import NORWAY, Register
from ringvirkning.catalogue.notices.models import Notice, NoticeParty, NoticeVersion
from ringvirkning.catalogue.notices.naming import number_of
from ringvirkning.catalogue.notices.packing import Packed
from ringvirkning.catalogue.notices.terms import NameRole, PartyRole
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation
from ringvirkning.sources.notices.terms import Source

MOST_PARTIES = 5_000  # no real notice has so many


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


def version_row(notice: Notice, publication: Publication, packed: Packed) -> NoticeVersion:
    """Return the row of one publication."""
    record = publication.record
    return NoticeVersion(
        notice=notice,
        source=record.source.value,
        number=cut(number_of(record), 100) or publication.raw,
        version=cut(record.version, 10),
        published=record.publication_date,
        raw=publication.raw,
        place=publication.place,
        record=packed.data,
    )


def party_rows(notice: Notice, record: Record, register: Register) -> Iterator[NoticeParty]:
    """Yield the buyers and winners of a notice, with the organisation each one is."""
    told = {PartyRole.BUYER: record.buyers, PartyRole.WINNER: record.winners}
    for role, parties in told.items():
        for place, party in enumerate(parties[:MOST_PARTIES]):
            row = _party_row(party, _country(record, party))
            row.notice, row.role, row.place = notice, role.value, place
            found = register.match(role, name=row.name, number=row.number, country=row.country)
            row.organisation_id, row.certainty = found
            yield row


def _party_row(party: Organisation, country: str) -> NoticeParty:
    number = cut(party.number or party.identifier, 100)
    return NoticeParty(name=cut(party.name, 500), number=number, country=cut(country, 3))


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
