"""Organisations of today, and every name they are or were known by."""

from typing import Any

import pytest
from django.db.models import Count

from ringvirkning.catalogue import queries, registers
from ringvirkning.catalogue.models import Case, CaseParty, Change, Organisation, OrganisationName
from ringvirkning.catalogue.operations import find_or_add_organisation, publish_case
from ringvirkning.catalogue.queries import bare_name, find_organisations, organisation_named, similar_in_size
from ringvirkning.catalogue.terms import OrganisationKind, Origin, size_bracket
from ringvirkning.sources.casefile.model import OrganisationRef
from ringvirkning.sources.tables import table

pytestmark = pytest.mark.usefixtures("library")


def names(text: str) -> list[str]:
    return [organisation.name for organisation in find_organisations(text)]


def test_every_municipality_and_county_of_today_is_there() -> None:
    assert queries.municipalities().count() == 357
    counties = Organisation.objects.filter(kind=OrganisationKind.COUNTY)
    assert counties.filter(successors=None).count() == 15
    assert {one.name for one in counties.exclude(successors=None)} >= {"Viken fylkeskommune"}


def test_every_municipality_has_a_size_and_a_place() -> None:
    assert not queries.municipalities().filter(population=None).exists()
    assert not queries.municipalities().filter(lat=None).exists()


def test_loading_again_changes_nothing(now: Any) -> None:
    def everything() -> list[list[Any]]:
        tables = (Organisation, OrganisationName, Organisation.successors.through, Change)
        return [list(one.objects.order_by("pk").values()) for one in tables]

    before = everything()
    assert registers.load_organisations(at=now) == 0
    assert everything() == before


def test_a_municipality_that_was_changed_is_brought_up_to_date(now: Any) -> None:
    Organisation.objects.filter(slug="oslo").update(population=1)
    assert registers.load_organisations(at=now) == 1
    assert Organisation.objects.get(slug="oslo").population > 700_000


def test_an_organisation_that_people_added_stays(now: Any) -> None:
    find_or_add_organisation(OrganisationRef(name="Fjordens venner"))
    registers.load_organisations(at=now)
    assert names("Fjordens venner") == ["Fjordens venner"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Lillestrøm", "Lillestrøm kommune"),
        ("lillestrom", "Lillestrøm kommune"),
        ("LILLESTRØM KOMMUNE", "Lillestrøm kommune"),
        ("lillestr", "Lillestrøm kommune"),
        ("Skedsmo", "Lillestrøm kommune"),
        ("Skedsmo kommune", "Lillestrøm kommune"),
        ("Baerum", "Bærum kommune"),
        ("Tromsoe", "Tromsø kommune"),
        ("Os", "Os kommune"),
        ("St Olavs hospital", "St. Olavs hospital HF"),
        ("958 935 420", "Oslo kommune"),
        ("NO958935420MVA", "Oslo kommune"),
    ],
)
def test_an_organisation_is_found_by_what_people_call_it(text: str, first: str) -> None:
    assert names(text)[0] == first


@pytest.mark.parametrize("text", ["", "a", " ", "xyzxyz", "964965871", "%", "_" * 5, "'; DROP TABLE", "😀😀"])
def test_an_odd_question_finds_nobody(text: str) -> None:
    assert names(text) == []


def test_a_question_with_a_nul_in_it_is_answered() -> None:
    assert isinstance(names("Oslo\x00"), list)


def test_nobody_is_told_twice() -> None:
    for text in ("ber", "os", "nor", "kommune"):
        found = find_organisations(text)
        assert len(found) == len(set(found)) <= 20


@pytest.mark.parametrize("name", ["Herøy", "Våler"])
def test_two_municipalities_of_one_name_are_both_there(name: str) -> None:
    found = [one for one in find_organisations(name) if one.name == f"{name} kommune"]
    assert len(found) == 2
    assert len({one.slug for one in found}) == 2
    assert all(one.slug.endswith(one.municipality) for one in found)
    assert organisation_named(f"{name} kommune") is None  # a name two bear is nobody's
    assert organisation_named(f"{name} kommune", found[0].number) == found[0]


def test_a_name_that_two_bear_does_not_grow_new_organisations(a_case: Any, now: Any) -> None:
    party = {"organisation": {"name": "Herøy kommune"}, "role": "lead", "sources": ["s1"]}
    publish_case(case_file=a_case(parties=[party]), origin=Origin.FILE, at=now)
    before = Organisation.objects.count()
    publish_case(case_file=a_case(parties=[party], title={"nb": "Annet"}), origin=Origin.FILE, at=now)
    assert Organisation.objects.count() == before


def test_troms_og_finnmark_is_one_body_with_two_that_follow_it() -> None:
    found = organisation_named("Troms og Finnmark fylkeskommune")
    assert found
    assert found.name == "Troms og Finnmark fylkeskommune"
    assert {one.county for one in found.successors.all()} == {"55", "56"}


@pytest.mark.parametrize("row", table("former_names.json")["names"], ids=lambda row: f"{row['name']}-{row['until']}")
def test_a_former_name_leads_to_what_it_became(row: dict[str, Any]) -> None:
    ending = "fylkeskommune" if row["kind"] == "county" else "kommune"
    field = "county" if row["kind"] == "county" else "municipality"
    found = find_organisations(f"{row['name']} {ending}", most=50)
    reached = {getattr(one, field) for one in found}
    reached |= {getattr(after, field) for one in found for after in one.successors.all()}
    assert set(row["became"]) <= reached


def test_every_name_of_today_leads_to_its_organisation() -> None:
    for organisation in Organisation.objects.all():
        assert organisation in find_organisations(organisation.name), organisation.name


@pytest.mark.parametrize(
    ("folded", "bare"),
    [("baerum kommune", "baerum"), ("vestre viken hf", "vestre viken"), ("oslo", "oslo"), ("kommune", "kommune")],
)
def test_a_name_is_bared_of_its_generic_ending(folded: str, bare: str) -> None:
    assert bare_name(folded) == bare


def test_similar_in_size_gives_the_nearest_and_never_oneself() -> None:
    lillestrom = Organisation.objects.get(slug="lillestrom")
    found = similar_in_size(lillestrom)
    assert len(found) == 6
    assert lillestrom not in found
    distances = [abs(one.population - lillestrom.population) for one in found]
    assert distances == sorted(distances)
    others = queries.municipalities().exclude(pk=lillestrom.pk)
    assert distances == sorted(abs(one.population - lillestrom.population) for one in others)[:6]


def test_similar_in_size_is_for_municipalities() -> None:
    county = Organisation.objects.filter(kind=OrganisationKind.COUNTY).first()
    assert county
    assert not similar_in_size(county)


def test_even_the_largest_and_the_smallest_municipality_get_an_answer() -> None:
    by_size = queries.municipalities().order_by("population")
    for organisation in (by_size.first(), by_size.last()):
        assert organisation
        assert all(one.population for one in similar_in_size(organisation))


@pytest.mark.parametrize(
    ("population", "bracket"),
    [
        (None, None),
        (0, "under-5000"),
        (4_999, "under-5000"),
        (5_000, "5000-20000"),
        (19_999, "5000-20000"),
        (20_000, "20000-50000"),
        (50_000, "over-50000"),
        (717_710, "over-50000"),
    ],
)
def test_a_population_falls_in_one_size_bracket(population: int | None, bracket: str | None) -> None:
    assert size_bracket(population) == bracket


def test_organisations_with_cases_count_each_case_once() -> None:
    counted = {one.pk: one.cases for one in queries.organisations_with_cases()}
    honest: dict[int, set[int]] = {}
    for part in CaseParty.objects.all():
        honest.setdefault(part.organisation_id, set()).add(part.case_id)
    assert counted == {key: len(cases) for key, cases in honest.items()}


def test_an_organisation_shows_its_parts_newest_first() -> None:
    busiest = Organisation.objects.annotate(n=Count("parts")).order_by("-n")[0]
    years = [part.case.year for part in queries.parts_of(busiest) if part.case.year]
    assert years == sorted(years, reverse=True)


def test_a_case_lies_where_it_says_it_happened_else_at_its_first_leading_buyer(a_case: Any, now: Any) -> None:
    def publish(**fields: object) -> Case:
        publish_case(case_file=a_case(**fields), origin=Origin.FILE, at=now)
        return Case.objects.get(case_id="varme-i-grunnen")

    lillestrom, hamar = (Organisation.objects.get(slug=slug) for slug in ("lillestrom", "hamar"))
    at_buyer = publish()
    assert (at_buyer.lat, at_buyer.county, at_buyer.place) == (lillestrom.lat, lillestrom.county, lillestrom.name)
    placed = publish(place={"name": "Domkirkeodden", "municipality": hamar.municipality})
    assert (placed.lat, placed.county, placed.place) == (hamar.lat, hamar.county, "Domkirkeodden")
    nowhere = publish(parties=[])
    assert (nowhere.lat, nowhere.lon, nowhere.county, nowhere.place) == (None, None, "", "")


def test_every_seed_case_has_a_party_and_nearly_all_a_place() -> None:
    assert Case.objects.count() == 71
    assert Case.objects.exclude(lat=None).count() >= 50


def test_a_case_or_organisation_that_is_not_there_is_none() -> None:
    assert queries.case_by_id("finnes-ikke") is None
    assert queries.organisation_by_slug("finnes-ikke") is None
    assert queries.cases_by_id(["finnes-ikke"]) == {}
