"""Loading organisations from our own tables: municipalities, counties, other bodies, and earlier names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.operations import add_name, record_change, writers_turn
from ringvirkning.catalogue.queries import bare_name
from ringvirkning.catalogue.terms import ChangeKind, OrganisationKind
from ringvirkning.foundation.words import fold, slugify
from ringvirkning.sources.tables import table


@dataclass(frozen=True)
class Entry:
    """One organisation as our tables tell it."""

    slug: str
    columns: dict[str, object]
    names: tuple[str, ...]
    successors: tuple[str, ...] = field(default=())


def entries() -> Iterator[Entry]:
    """Yield every organisation in the tables, successors before those they follow."""
    yield from (_municipality(row) for row in table("municipalities.json")["municipalities"])
    yield from (_county(row) for row in table("counties.json")["counties"])
    others = [_other(row) for row in table("organisations.json")["organisations"]]
    yield from sorted(others, key=lambda entry: bool(entry.successors))


def _municipality(row: dict[str, object]) -> Entry:
    name = str(row["name"])
    full = str(row.get("name_full", name))
    columns = _columns(
        row,
        {"language_form": "language_form", "population": "population", "kostra_group": "kostra_group"},
        name=f"{name} kommune",
        kind=OrganisationKind.MUNICIPALITY,
        municipality=row["number"],
        county=row["county"],
        centre=row.get("centre", ""),
    )
    # Two municipalities are called Herøy and two Våler: the number keeps their addresses apart.
    twin = name in _names_used_twice()
    slug = slugify(f"{name}-{row['number']}" if twin else name)
    parallel = tuple(part.strip() for part in full.split(" - ") if part.strip())
    return Entry(slug, columns, (f"{name} kommune", name, *parallel))


def _names_used_twice() -> set[str]:
    names = [str(row["name"]) for row in table("municipalities.json")["municipalities"]]
    return {name for name in names if names.count(name) > 1}


def _county(row: dict[str, object]) -> Entry:
    name = str(row["name"])
    columns = _columns(
        row,
        {"population": "population"},
        name=f"{name} fylkeskommune" if name != "Oslo" else "Oslo fylke",
        kind=OrganisationKind.COUNTY,
        county=row["number"],
    )
    return Entry(slugify(str(columns["name"])), columns, (str(columns["name"]), f"{name} fylke"))


def _other(row: dict[str, object]) -> Entry:
    place = {key: row.get(key, "") for key in ("county", "municipality")}
    columns = _columns(row, {}, name=row["name"], kind=row["kind"], **place)
    successor = row.get("successor", ())
    successors = (successor,) if isinstance(successor, str) else tuple(successor)  # type: ignore[arg-type]
    names = (str(row["name"]), *row.get("other_names", ()))  # type: ignore[misc]
    return Entry(str(row["slug"]), columns, names, successors)


def _columns(row: dict[str, object], more: dict[str, str], **given: object) -> dict[str, object]:
    copied = {column: row[key] for column, key in more.items() if row.get(key) is not None}
    shared = {"number": row.get("orgnumber"), "web": row.get("web", ""), "lat": row.get("lat"), "lon": row.get("lon")}
    return {**shared, **copied, **given}


@transaction.atomic
def load_organisations(*, at: datetime) -> int:
    """Bring the organisations up to date with the tables and return how many were added or changed.

    An organisation that people or case files have added stays; nothing is taken away.
    """
    writers_turn()
    known = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    changed = 0
    for entry in entries():
        before = known.get(entry.slug)
        if before and all(getattr(before, column) == value for column, value in entry.columns.items()):
            continue
        organisation, _ = Organisation.objects.update_or_create(slug=entry.slug, defaults=entry.columns)
        for name in dict.fromkeys(entry.names):
            add_name(organisation, name)
        organisation.successors.set(_successors(entry))
        record_change(kind=ChangeKind.ORGANISATION, key=entry.slug, at=at)
        changed += 1
    if changed:
        _load_former_names()
    return changed


def _successors(entry: Entry) -> QuerySet[Organisation]:
    """Return what took over: the tables name a county by its number, others by their address part."""
    counties = Q(kind=OrganisationKind.COUNTY, county__in=entry.successors)
    return Organisation.objects.filter(counties | Q(slug__in=entry.successors))


def _load_former_names() -> None:
    by_number = {one.municipality: one for one in Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)}
    counties = {one.county: one for one in Organisation.objects.filter(kind=OrganisationKind.COUNTY)}
    for row in table("former_names.json")["names"]:
        county = row.get("kind") == OrganisationKind.COUNTY
        ending = " fylkeskommune" if county else " kommune"
        for number in row["became"]:
            organisation = (counties if county else by_number)[number]
            if bare_name(fold(row["name"])) == bare_name(fold(organisation.name)):
                continue
            for name in (row["name"], row["name"] + ending):
                add_name(organisation, name, until=row["until"], former_number=row.get("number", ""))
