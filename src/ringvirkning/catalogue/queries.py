"""Named reads of the catalogue."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from itertools import count

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from ringvirkning.catalogue.models import Case, CaseParty, CaseRevision, Change, Organisation, OrganisationName
from ringvirkning.catalogue.terms import ChangeKind, OrganisationKind, Standing
from ringvirkning.foundation.memo import Memo
from ringvirkning.foundation.orgnumber import clean_organisation_number
from ringvirkning.foundation.words import fold, slugify
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.tables import table

MET = Q(parts__case__standing=Standing.PUBLISHED)  # parts in cases that readers meet
_read_files: Memo[CaseFile] = Memo(1_000)
GENERIC_ENDINGS = (" kommune", " fylkeskommune", " fylke", " hf", " rhf", " as", " iks", " kf")


def read_case(document: dict[str, object]) -> CaseFile:
    """Return a stored document as the typed case file."""
    return CaseFile.model_validate(document)


def case_file_of(case: Case) -> CaseFile:
    """Return the case's current document, read. Revisions never change, so what was read is remembered."""
    revision = case.revision
    if revision is None:
        raise ValueError(f"{case.case_id} has no revision")
    return _read_files.get(revision.digest, lambda: read_case(revision.document))


def case_by_id(case_id: str) -> Case | None:
    """Return one case with its current revision, or None. Archived and withdrawn cases too: look at ``standing``."""
    return Case.objects.select_related("revision").filter(case_id=case_id).first()


def cases_by_id(case_ids: Iterable[str]) -> dict[str, Case]:
    """Return the cases that exist among these ids, with revision, parties and organisations.

    The documents themselves are fetched only when ``case_file_of`` has not read them before.
    """
    return {case.case_id: case for case in all_cases().filter(case_id__in=list(case_ids))}


def case_to_read(case_id: str) -> Case | None:
    """Return a case that readers may open, with parties and organisations: published, or kept for reference."""
    found = Case.objects.exclude(standing=Standing.WITHDRAWN).select_related("revision")
    return found.prefetch_related("parties__organisation").filter(case_id=case_id).first()


def revisions_of(case: Case) -> QuerySet[CaseRevision]:
    """Return the versions of a case, the newest first."""
    return case.revisions.order_by("-number")


def revision(case: Case, number: int) -> CaseRevision | None:
    """Return one version of a case."""
    return case.revisions.filter(number=number).first()


def free_case_id(title: str) -> str:
    """Return an id for a new case: its title as an address, with a number behind when that is taken."""
    wanted = slugify(title, 90) or "sak"
    taken = set(Case.objects.filter(case_id__startswith=wanted).values_list("case_id", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(one for one in numbered if one not in taken)


def published() -> QuerySet[Case]:
    """Return the cases that readers meet."""
    return Case.objects.filter(standing=Standing.PUBLISHED)


def cases_with_documents() -> QuerySet[Case]:
    """Return every published case with its document fetched too: for going through them all once."""
    return published().select_related("revision").prefetch_related("parties__organisation").order_by("pk")


def all_cases() -> QuerySet[Case]:
    """Return every published case with revision, parties and organisations, by title."""
    return _with_revision().prefetch_related("parties__organisation")


def _with_revision() -> QuerySet[Case]:
    """Return every published case with its revision; the document is fetched when it is asked for."""
    return published().select_related("revision").defer("revision__document")


def read_cases_by_id(case_ids: Iterable[str]) -> list[tuple[Case, CaseFile]]:
    """Return the cases that exist among these ids with their documents read, and nothing else fetched."""
    return read_cases(_with_revision().filter(case_id__in=list(case_ids)))


def read_cases(cases: Iterable[Case]) -> list[tuple[Case, CaseFile]]:
    """Return each case with its document read."""
    shown = [case for case in cases if case.revision]
    _read_unread(shown)
    return [(case, case_file_of(case)) for case in shown]


def _read_unread(cases: Iterable[Case]) -> None:
    """Read the documents we do not remember, fetched together."""
    unread = [case.revision.pk for case in cases if case.revision and case.revision.digest not in _read_files]
    for revision in CaseRevision.objects.filter(pk__in=unread):
        _read_files.get(revision.digest, partial(read_case, revision.document))


def last_change() -> int:
    """Return the number of the newest change, 0 when there is none."""
    return Change.objects.aggregate(newest=Max("seq"))["newest"] or 0


def last_library_change() -> int:
    """Return the number of the newest change that is not about a notice or an open need, 0 when there is none.

    What shows only cases asks for this: a load of notices makes many changes that do not concern it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_OF_EACH, [kind.value for kind in _LIBRARY])
        return max((newest for (newest,) in cursor.fetchall() if newest), default=0)


_LIBRARY = tuple(kind for kind in ChangeKind if kind not in (ChangeKind.NOTICE, ChangeKind.NEED))
# One seek in the index for each kind. A plain "kind <> notice" would read past all changes of notices.
_NEWEST_OF_EACH = " UNION ALL ".join(["SELECT MAX(seq) FROM catalogue_change WHERE kind = %s"] * len(_LIBRARY))


def changed_cases(after: int, until: int) -> list[str]:
    """Return the ids of cases changed in (after, until], each once."""
    rows = Change.objects.filter(kind=ChangeKind.CASE, seq__gt=after, seq__lte=until)
    return sorted(set(rows.values_list("key", flat=True)))


def organisation_by_slug(slug: str) -> Organisation | None:
    """Return one organisation by its address part."""
    return Organisation.objects.filter(slug=slug).first()


def names_of_organisations(slugs: Iterable[str]) -> dict[str, str]:
    """Return slug → name for those that exist."""
    return dict(Organisation.objects.filter(slug__in=set(slugs)).values_list("slug", "name"))


def municipalities() -> QuerySet[Organisation]:
    """Return today's municipalities by name."""
    return Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)


def organisations_with_cases() -> QuerySet[Organisation]:
    """Return organisations that have a part in at least one case, with the number of cases as ``cases``."""
    counted = Organisation.objects.annotate(cases=Count("parts__case", filter=MET, distinct=True))
    return counted.filter(cases__gt=0).order_by("-cases", "name")


def find_organisations(text: str, most: int = 20) -> list[Organisation]:
    """Return organisations a visitor may mean: by number, by name now, or by any earlier name.

    Exact names come first, then names that begin so; "Skedsmo" gives Lillestrøm.
    """
    try:
        return list(Organisation.objects.filter(number=clean_organisation_number(text)))
    except ValueError:
        pass
    wanted = fold(text.replace("\x00", "")).strip()
    if len(wanted) < 2:
        return []
    names = OrganisationName.objects.select_related("organisation").filter(folded__startswith=wanted)
    ranked = sorted(names[:200], key=lambda name: (bare_name(name.folded) != bare_name(wanted), name.folded))
    return list(dict.fromkeys(name.organisation for name in ranked))[:most]


def bare_name(folded: str) -> str:
    """Return a folded name without its generic ending ("baerum kommune" → "baerum")."""
    for ending in GENERIC_ENDINGS:
        if folded.endswith(ending):
            return folded.removesuffix(ending)
    return folded


def organisation_named(name: str, number: str | None = None) -> Organisation | None:
    """Return the organisation a case file means: by number when given, else by a name only one bears."""
    if number:
        found = Organisation.objects.filter(number=number).first()
        if found:
            return found
    wanted = fold(name)
    matches = {
        match.organisation for match in OrganisationName.objects.filter(folded=wanted).select_related("organisation")
    }
    # A body that itself bears the name goes before those that took over after it.
    own = {organisation for organisation in matches if fold(organisation.name) == wanted}
    likely = own or matches
    return likely.pop() if len(likely) == 1 else None


def parts_of(organisation: Organisation) -> QuerySet[CaseParty]:
    """Return the organisation's parts in published cases, newest case first."""
    met = organisation.parts.filter(case__standing=Standing.PUBLISHED)
    return met.select_related("case__revision").order_by("-case__year", "case__title")


def similar_in_size(organisation: Organisation, most: int = 6) -> Sequence[Organisation]:
    """Return municipalities nearest in population, same county first when equally near."""
    if organisation.kind != OrganisationKind.MUNICIPALITY or organisation.population is None:
        return ()
    size, county = organisation.population, organisation.county
    others = municipalities().exclude(pk=organisation.pk).filter(population__gt=size // 2, population__lt=size * 2)
    counted = others.annotate(cases=Count("parts__case", filter=MET, distinct=True))
    return sorted(counted, key=lambda one: (abs((one.population or 0) - size), one.county != county))[:most]


@cache
def county_names() -> dict[str, str]:
    """Return county number → name. Counties change by law, not while the program runs."""
    return {county["number"]: county["name"] for county in table("counties.json")["counties"]}


OSLO = "03"


def norwegian_order(text: str) -> str:
    """Return a key that sorts as people expect: … x y z æ ø å."""
    return text.casefold().translate(str.maketrans("æäøöå", "{{||}"))


def former_names_matched(organisations: Iterable[Organisation], text: str) -> dict[int, OrganisationName]:
    """Return, per organisation that today's name does not explain, the other name that begins like the text."""
    wanted = fold(text).strip()
    puzzling = [one for one in organisations if not fold(one.name).startswith(wanted)]
    names = OrganisationName.objects.filter(organisation__in=puzzling, folded__startswith=wanted)
    return {name.organisation_id: name for name in names.order_by("-folded")}


def municipalities_by_county() -> dict[str, list[Organisation]]:
    """Return county name → its municipalities with their number of ``cases``, both in Norwegian order."""
    counted = municipalities().annotate(cases=Count("parts__case", filter=MET, distinct=True))
    found: dict[str, list[Organisation]] = {}
    for number, name in sorted(county_names().items(), key=lambda county: norwegian_order(county[1])):
        inside = [one for one in counted if one.county == number]
        found[name] = sorted(inside, key=lambda one: norwegian_order(one.name))
    return found


def similar_with_cases(organisation: Organisation, most: int = 6) -> Sequence[Organisation]:
    """Return municipalities that have cases, nearest in population first, with their number of ``cases``."""
    size = organisation.population or 0
    others = (
        municipalities().exclude(pk=organisation.pk).annotate(cases=Count("parts__case", filter=MET, distinct=True))
    )
    return sorted(others.filter(cases__gt=0), key=lambda one: abs((one.population or 0) - size))[:most]


def county_organisation(county: str) -> Organisation | None:
    """Return the body that runs a county: the county municipality, or for Oslo the municipality."""
    kind = OrganisationKind.MUNICIPALITY if county == OSLO else OrganisationKind.COUNTY
    return Organisation.objects.filter(county=county, kind=kind).first() if county else None


def homes() -> dict[tuple[float, float], Organisation]:
    """Return point → the municipality there, else the county: where a case at exactly that point belongs.

    Cases get their point from an organisation, so the points are equal and need no measuring.
    """
    municipal = {one.municipality: one for one in municipalities()}
    placed = Organisation.objects.filter(lat__isnull=False, lon__isnull=False)
    found = {}
    for one in placed.order_by("kind"):
        found[(one.lat or 0.0, one.lon or 0.0)] = municipal.get(one.municipality, one)
    return found


def population_year(organisation: Organisation) -> int | None:
    """Return the year the organisation's number of inhabitants was counted (1 January)."""
    if organisation.population is None:
        return None
    return _population_years().get(organisation.municipality or organisation.county)


@cache
def _population_years() -> dict[str, int]:
    rows = [*table("municipalities.json")["municipalities"], *table("counties.json")["counties"]]
    return {row["number"]: row["population_year"] for row in rows if "population_year" in row}
