"""Which organisation a buyer is: by number, then carefully by name, and never by a guess."""

import pytest
from notice_records import AT, a_file, a_record

from ringvirkning.catalogue.models import Change, Organisation
from ringvirkning.catalogue.notices.matching import Known, register_of
from ringvirkning.catalogue.notices.models import NoticeParty
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.catalogue.notices.rematching import rematch
from ringvirkning.catalogue.notices.terms import Certainty, PartyRole
from ringvirkning.catalogue.operations import add_name
from ringvirkning.sources.notices.record import Organisation as Party
from ringvirkning.sources.notices.terms import Source

LARVIK, LILLESTROM, HEROY_1, HEROY_2, SOUTH, VESTFOLD, HAVN = range(1, 8)
REGISTER = register_of(
    [
        Known(LARVIK, "Larvik kommune", "918082956", ("Larvik",)),
        Known(LILLESTROM, "Lillestrøm kommune", "820710592", ("Skedsmo", "Skedsmo kommune", "Lillestrøm")),
        Known(HEROY_1, "Herøy kommune", "964978840", ("Herøy",)),
        Known(HEROY_2, "Herøy kommune", "964981604", ("Herøy",)),
        Known(SOUTH, "Sørlandet sykehus HF", "983975240"),
        Known(VESTFOLD, "Vestfold fylkeskommune", "929882385", ("Vestfold fylke",)),
        Known(HAVN, "Larvik Havn KF", None),
    ]
)


def matched(name: str, number: str = "", country: str = "NOR", role: PartyRole = PartyRole.BUYER) -> object:
    return REGISTER.match(role, name=name, number=number, country=country)


def by_name(pk: int) -> object:
    return (pk, Certainty.NAME)


NOBODY = (None, Certainty.NONE)


def test_the_number_decides_whatever_the_name_is() -> None:
    assert matched("Innkjøpskontoret", "918082956") == (LARVIK, Certainty.NUMBER)
    assert matched("Lillestrøm kommune", "918082956") == (LARVIK, Certainty.NUMBER)
    assert matched("", "918082956", country="") == (LARVIK, Certainty.NUMBER)


@pytest.mark.parametrize(
    "name",
    [
        "LARVIK KOMMUNE",
        " Larvik  kommune ",
        "Larvik komm.",
        "Larvik",
        "Larvik kommune v/ Innkjøp",
        "Larvik kommune v/Innkjøp",
        "Larvik kommune ved eiendom",
        "Larvik kommune, avdeling for eiendom",
        "Larvik kommune - eiendom",
        "Larvik kommune (eiendom)",
    ],
)
def test_a_name_is_found_through_how_people_write_it(name: str) -> None:
    assert matched(name) == by_name(LARVIK)


def test_a_number_nobody_has_does_not_stand_in_the_way_of_the_name() -> None:
    assert matched("Larvik kommune v/ Innkjøp", "974761319") == by_name(LARVIK)


@pytest.mark.parametrize(
    ("name", "pk"),
    [
        ("Skedsmo kommune", LILLESTROM),
        ("Sørlandet sykehus helseforetak", SOUTH),
        ("Sorlandet Sykehus", SOUTH),
        ("Vestfold fylkeskommune", VESTFOLD),
        ("Larvik Havn", HAVN),
        ("Larvik havn kommunalt foretak", HAVN),
    ],
)
def test_former_names_and_endings_lead_on(name: str, pk: int) -> None:
    assert matched(name) == by_name(pk)


@pytest.mark.parametrize(
    "name",
    [
        "Herøy kommune",  # two are called so
        "Herøy",
        "Larvik AS",  # a company is not the municipality
        "Larvik kommunale boliger",
        "Nye Larvik kommune",
        "Boligstiftelsen v/ Larvik kommune",
        "Larvik, Sandefjord og Tønsberg",
        "Larvik-Sandefjord kommune",
        "Oslo",
        "",
        "v/",
        "-",
    ],
)
def test_what_is_doubtful_is_nobody(name: str) -> None:
    assert matched(name) == NOBODY


def test_somebody_abroad_is_nobody_here_also_with_a_number_that_looks_norwegian() -> None:
    assert matched("Larvik kommune", "918082956", country="POL") == NOBODY
    assert matched("Larvik kommune", country="") == NOBODY


def test_a_winner_is_only_who_bears_the_whole_name() -> None:
    assert matched("Larvik Havn KF", role=PartyRole.WINNER) == by_name(HAVN)
    assert matched("Larvik", role=PartyRole.WINNER) == NOBODY
    assert matched("Skedsmo kommune", role=PartyRole.WINNER) == NOBODY
    assert matched("Larvik Havn", role=PartyRole.WINNER) == NOBODY
    assert matched("Larvik kommune v/ Innkjøp", role=PartyRole.WINNER) == NOBODY


def test_the_digest_is_of_what_is_matched_against() -> None:
    one, other = Known(1, "A", "918082956", ("B", "C")), Known(2, "D", None)
    assert register_of([one, other]).digest == register_of([other, one]).digest
    assert register_of([one]).digest != register_of([Known(1, "A", None, ("B", "C"))]).digest


def the_register_comes() -> None:
    """Add two municipalities."""
    for slug, name, number, former in (
        ("larvik", "Larvik kommune", "918082956", "Lardal kommune"),
        ("lillestrom", "Lillestrøm kommune", "820710592", "Skedsmo kommune"),
    ):
        added = Organisation.objects.create(slug=slug, name=name, number=number, kind="municipality")
        add_name(added, former, until="2020")


@pytest.mark.usefixtures("empty_catalogue")
class TestStored:
    """Parties in the tables, and matching them again."""

    def parties(self) -> list[tuple[str, str, str | None, str]]:
        rows = NoticeParty.objects.order_by("role", "place").select_related("organisation")
        return [(row.role, row.name, row.organisation and row.organisation.slug, row.certainty) for row in rows]

    def test_parties_are_kept_by_name_with_how_sure_we_are(self) -> None:
        the_register_comes()
        buyers = (
            Party(name="Noe annet", number="918082956", identifier="NO 918082956 MVA", country="NOR"),
            Party(name="Skedsmo kommune v/ innkjøp", country="NOR"),
        )
        winners = (Party(name="Et firma AS", number="974761319", country="NOR"),)
        store([a_file(a_record(1, buyers=buyers, winners=winners))], at=AT)
        assert self.parties() == [
            ("buyer", "Noe annet", "larvik", "number"),
            ("buyer", "Skedsmo kommune v/ innkjøp", "lillestrom", "name"),
            ("winner", "Et firma AS", None, ""),
        ]

    def test_who_buys_through_doffin_and_does_not_say_from_where_is_from_here(self) -> None:
        the_register_comes()
        buyers = (Party(name="Larvik kommune"),)
        store([a_file(a_record(1, source=Source.DOFFIN, buyers=buyers)), a_file(a_record(2, buyers=buyers))], at=AT)
        told = NoticeParty.objects.order_by("notice__key").values_list("certainty", flat=True)
        assert list(told) == ["name", ""]

    def test_parties_are_matched_again_when_the_register_has_changed(self) -> None:
        rematch(at=AT)
        store([a_file(a_record(1)), a_file(a_record(2, buyers=(Party(name="Ukjent", country="NOR"),)))], at=AT)
        assert {row[2] for row in self.parties()} == {None}
        changes = Change.objects.count()
        the_register_comes()
        assert rematch(at=AT) == 1
        assert ("buyer", "Larvik kommune", "larvik", "name") in self.parties()
        assert Change.objects.count() == changes + 1  # readers are told of that notice
        assert rematch(at=AT) == 0
        assert Change.objects.count() == changes + 1

    def test_what_is_stored_before_and_after_the_register_changes_ends_the_same(self) -> None:
        rematch(at=AT)
        store([a_file(a_record(1))], at=AT)
        the_register_comes()
        store([a_file(a_record(2))], at=AT)
        rematch(at=AT)
        assert [row[2] for row in self.parties()] == ["larvik", "larvik"]

    def test_an_organisation_that_is_taken_away_leaves_the_name(self) -> None:
        the_register_comes()
        rematch(at=AT)
        store([a_file(a_record(1))], at=AT)
        Organisation.objects.filter(slug="larvik").delete()
        rematch(at=AT)
        assert self.parties() == [("buyer", "Larvik kommune", None, "")]
