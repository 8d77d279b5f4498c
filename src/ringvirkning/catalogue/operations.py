"""Verbs of the catalogue. Each is one transaction; time is handed in."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from ringvirkning.catalogue.models import (
    Case,
    CaseParty,
    CaseRevision,
    Change,
    Counter,
    Organisation,
    OrganisationName,
)
from ringvirkning.catalogue.queries import organisation_named
from ringvirkning.catalogue.terms import ChangeKind, Loaded, OrganisationKind, Origin, Standing
from ringvirkning.foundation.words import fold, slugify
from ringvirkning.sources.casefile.model import CaseFile, OrganisationRef, Party
from ringvirkning.sources.casefile.terms import BUYERS, Language


def writers_turn() -> Counter:
    """Wait until no other writer is at work and return the change counter, locked until this transaction ends.

    Called first in an operation that looks before it adds, so that two writers cannot both find nothing and add.
    """
    Counter.objects.get_or_create(name="change")
    return Counter.objects.select_for_update().get(name="change")


def record_change(*, kind: ChangeKind, key: str, at: datetime) -> int:
    """Append to the change sequence and return the number. Call inside the transaction that makes the change.

    The counter row stays locked until that transaction ends, so numbers become visible in their order.
    """
    return record_changes(kind=kind, keys=[key], at=at)


def record_changes(*, kind: ChangeKind, keys: Sequence[str], at: datetime) -> int:
    """Append many changes under one lock, numbered without holes, and return the last number.

    Returns the newest number there is when ``keys`` is empty. Call inside the transaction that makes the changes.
    """
    counter = writers_turn()
    if keys:
        numbered = enumerate(keys, counter.value + 1)
        Change.objects.bulk_create(Change(seq=number, kind=kind, key=key, at=at) for number, key in numbered)
        counter.value += len(keys)
        counter.save(update_fields=["value"])
    return counter.value


def document_of(case_file: CaseFile) -> dict[str, object]:
    """Return the case file as plain JSON: absent where unknown."""
    document: dict[str, object] = case_file.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return document


def digest_of(document: dict[str, object]) -> str:
    """Return the SHA-256 of a document, independent of the order of its keys."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def publish_case(*, case_file: CaseFile, origin: Origin, at: datetime) -> Loaded:
    """Store a case file as the case's newest revision, unless it says nothing new.

    A seed never replaces a revision that came from somewhere else. A case that is archived or withdrawn stays so:
    whoever had a reason to take it away is heard before it comes back (``set_standing``).
    """
    document = document_of(case_file)
    digest = digest_of(document)
    writers_turn()
    case = Case.objects.select_for_update(of=("self",)).filter(case_id=case_file.id).first()
    current = case.revision if case else None
    if current and current.digest == digest:
        return Loaded(case_file.id, "unchanged")
    if current and origin is Origin.SEED and current.origin != Origin.SEED:
        return Loaded(case_file.id, "kept")
    case = case or Case(case_id=case_file.id)
    _fill_columns(case, case_file)
    case.save()
    case.revision = CaseRevision.objects.create(
        case=case,
        number=(current.number if current else 0) + 1,
        document=document,
        digest=digest,
        origin=origin,
        made=at,
    )
    case.save(update_fields=["revision"])
    _rebuild_parties(case, case_file.parties)
    _place_on_map(case, case_file)
    record_change(kind=ChangeKind.CASE, key=case.case_id, at=at)
    return Loaded(case_file.id, "revised" if current else "new")


@transaction.atomic
def set_standing(*, case: Case, standing: Standing, reason: str, at: datetime) -> None:
    """Let readers meet a case, keep it for reference, or take it away. The search index follows.

    Whoever must know that nobody else has moved the case meanwhile takes ``writers_turn`` and reads it again first.
    """
    writers_turn()
    case.standing, case.standing_reason = standing, reason
    case.save(update_fields=["standing", "standing_reason"])
    record_change(kind=ChangeKind.CASE, key=case.case_id, at=at)


def _fill_columns(case: Case, case_file: CaseFile) -> None:
    year = case_file.end or case_file.start or case_file.state.as_of
    case.title = next(case_file.title[language] for language in Language if language in case_file.title)
    case.status = case_file.state.status
    case.year = int(year[:4]) if year else None


def _rebuild_parties(case: Case, parties: Iterable[Party]) -> None:
    case.parties.all().delete()
    seen: set[tuple[int, str]] = set()
    for party in parties:
        if party.organisation is None:
            continue
        organisation = find_or_add_organisation(party.organisation)
        if (organisation.pk, party.role) in seen:
            continue
        seen.add((organisation.pk, party.role))
        CaseParty.objects.create(
            case=case, organisation=organisation, role=party.role, name_given=party.organisation.name
        )


def find_or_add_organisation(ref: OrganisationRef) -> Organisation:
    """Return the organisation a case file names; one we have not met is added with what the file says."""
    found = organisation_named(ref.name, ref.number) or _met_before(ref)
    if found:
        return found
    slug = free_slug(slugify(ref.name) or "virksomhet")
    added = Organisation.objects.create(slug=slug, name=ref.name, number=ref.number, kind=OrganisationKind.OTHER)
    add_name(added, ref.name)
    return added


def _met_before(ref: OrganisationRef) -> Organisation | None:
    """Return the body we once added for a name that several bear, so that it is added only once."""
    return Organisation.objects.filter(name=ref.name, kind=OrganisationKind.OTHER, number=ref.number).first()


def add_name(organisation: Organisation, name: str, *, until: str = "", former_number: str = "") -> None:
    """Let the organisation be found by this name too."""
    OrganisationName.objects.get_or_create(
        organisation=organisation,
        name=name,
        defaults={"folded": fold(name), "until": until, "former_number": former_number},
    )


def free_slug(wanted: str) -> str:
    """Return ``wanted``, or it with a number behind when it is taken."""
    slug, number = wanted, 1
    while Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted[:95]}-{number}"
    return slug


def _place_on_map(case: Case, case_file: CaseFile) -> None:
    """Put the case where it says it happened, else where its first leading buyer is.

    A case that names a place without a municipality gets no point: the buyer's own would mislead.
    """
    where = _stated_place(case_file) if case_file.place else _first_leader(case)
    case.lat, case.lon = (where.lat, where.lon) if where else (None, None)
    case.county = where.county if where else ""
    case.place = case_file.place.name if case_file.place else (where.name if where else "")
    case.save(update_fields=["lat", "lon", "county", "place"])


def _stated_place(case_file: CaseFile) -> Organisation | None:
    number = case_file.place.municipality if case_file.place else None
    municipalities = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    return municipalities.filter(municipality=number).first() if number else None


def _first_leader(case: Case) -> Organisation | None:
    leaders = case.parties.filter(role__in=BUYERS).select_related("organisation").order_by("pk")
    return next((party.organisation for party in leaders if party.organisation.lat), None)
