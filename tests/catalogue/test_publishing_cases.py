"""A case is an identity with revisions that never change."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.catalogue import queries, seed
from ringvirkning.catalogue.models import Case, CaseParty, CaseRevision, Change, Organisation
from ringvirkning.catalogue.operations import digest_of, document_of, publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.sources.casefile.model import CaseFile

pytestmark = pytest.mark.usefixtures("empty_catalogue")


@pytest.fixture
def publish(a_case: Any, now: Any) -> Any:
    """Return a function that publishes the small case with some fields replaced, and gives the outcome."""

    def call(origin: Origin = Origin.FILE, **fields: object) -> str:
        return publish_case(case_file=a_case(**fields), origin=origin, at=now).outcome

    return call


def numbers() -> list[int]:
    return list(CaseRevision.objects.order_by("number").values_list("number", flat=True))


def test_a_case_is_new_then_unchanged_then_revised(publish: Any) -> None:
    assert publish() == "new"
    assert publish() == "unchanged"
    assert publish(title={"nb": "Mer varme"}) == "revised"
    assert numbers() == [1, 2]
    assert Case.objects.get().title == "Mer varme"


def test_a_case_that_goes_back_to_what_it_said_gets_a_revision_for_that_too(publish: Any) -> None:
    assert [publish(), publish(title={"nb": "Annet"}), publish()] == ["new", "revised", "revised"]
    assert numbers() == [1, 2, 3]


def test_an_older_revision_stays_as_it_was_written(publish: Any) -> None:
    publish()
    before = CaseRevision.objects.values().get(number=1)
    publish(title={"nb": "Mer varme"})
    assert CaseRevision.objects.values().get(number=1) == before
    assert Case.objects.get().revision.number == 2


def test_a_seed_replaces_a_seed_but_never_what_people_have_made(publish: Any) -> None:
    assert publish(Origin.SEED) == "new"
    assert publish(Origin.SEED, title={"nb": "Rettet"}) == "revised"
    assert publish(Origin.FILE, title={"nb": "Folkets"}) == "revised"
    assert publish(Origin.SEED, title={"nb": "Enda nyere frø"}) == "kept"
    assert Case.objects.get().title == "Folkets"
    assert numbers() == [1, 2, 3]


def test_what_changed_nothing_is_no_change(publish: Any) -> None:
    publish()
    publish()
    publish(Origin.SEED, title={"nb": "Frø"})
    assert list(Change.objects.values_list("seq", "kind", "key")) == [(1, "case", "varme-i-grunnen")]


def test_the_document_comes_back_as_it_went_in(publish: Any, a_case: Any) -> None:
    publish()
    stored = CaseRevision.objects.get()
    assert queries.read_case(stored.document) == a_case()
    assert stored.digest == digest_of(stored.document)


def test_unknown_is_absent_from_the_document(a_case: Any) -> None:
    assert "null" not in json.dumps(document_of(a_case(figures=[], start=None)))


@given(st.permutations(["format", "version", "id", "title", "summary"]))
def test_the_digest_does_not_depend_on_the_order_of_keys(order: list[str]) -> None:
    document: dict[str, object] = {key: key for key in order}
    assert digest_of(document) == digest_of(dict(sorted(document.items())))
    assert digest_of({"a": "æ"}) == hashlib.sha256('{"a":"æ"}'.encode()).hexdigest()


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"start": "2019", "end": "2021-05"}, 2021),
        ({"start": "2019-06"}, 2019),
        ({}, 2024),
        ({"state": {"status": "in_use"}}, None),
    ],
)
def test_the_year_is_that_of_the_end_else_the_start_else_when_last_heard(
    fields: dict[str, object], year: int | None, publish: Any
) -> None:
    publish(**fields)
    assert Case.objects.get().year == year


def party(name: str, role: str = "lead", number: str | None = None) -> dict[str, object]:
    organisation = {"name": name, "number": number} if number else {"name": name}
    return {"organisation": organisation, "role": role, "sources": ["s1"]}


def test_parties_follow_the_newest_revision(publish: Any) -> None:
    publish(parties=[party("Oslo kommune"), party("Bergen kommune", "co_buyer")])
    publish(parties=[party("Bergen kommune"), party("Bergen kommune"), party("Bergen kommune", "pilot_arena")])
    found = CaseParty.objects.order_by("role").values_list("organisation__name", "role")
    assert list(found) == [("Bergen kommune", "lead"), ("Bergen kommune", "pilot_arena")]
    assert Organisation.objects.count() == 2  # Oslo is still known


def test_groups_that_nobody_named_are_no_parties(publish: Any) -> None:
    publish(parties=[{"group": {"description": {"nb": "sju kommuner"}}, "role": "follower", "sources": ["s1"]}])
    assert not CaseParty.objects.exists()


def test_an_organisation_is_the_same_by_number_whatever_it_is_called(publish: Any) -> None:
    publish(parties=[party("Nav", number="889640782"), party("Arbeids- og velferdsetaten", "pilot_arena", "889640782")])
    assert Organisation.objects.get().name == "Nav"
    assert set(CaseParty.objects.values_list("name_given", flat=True)) == {"Nav", "Arbeids- og velferdsetaten"}


def test_names_that_fold_alike_are_one_organisation_and_others_get_addresses_of_their_own(publish: Any) -> None:
    publish(parties=[party("Ås IKS"), party("AAS iks", "follower"), party("Ås-IKS", "supporter"), party("🙂", "lead")])
    assert set(Organisation.objects.values_list("slug", flat=True)) == {"as-iks", "as-iks-2", "virksomhet"}


def test_the_longest_names_the_format_allows_can_be_stored(publish: Any) -> None:
    publish(title={"nb": "x" * 300}, id="x" * 100, parties=[party("x" * 300), party("x" * 299 + "y", "follower")])
    assert all(len(slug) <= 100 for slug in Organisation.objects.values_list("slug", flat=True))


def test_the_title_in_lists_is_norwegian_in_whatever_order_languages_stand(publish: Any) -> None:
    publish(title={"en": "Heat in the ground", "nb": "Varme i grunnen"})
    assert Case.objects.get().title == "Varme i grunnen"


def test_a_long_name_with_norwegian_letters_can_be_stored(publish: Any) -> None:
    assert publish(parties=[party("æ" * 300)]) == "new"


def test_whatever_the_model_takes_the_database_takes(publish: Any, case_data: Any) -> None:
    source = {**case_data()["sources"][0], "url": "https://eksempel.no/\x00"}
    try:
        CaseFile.model_validate(case_data(sources=[source]))
    except ValueError:
        return
    assert publish(sources=[source]) == "new"


def test_files_that_are_refused_do_not_hold_back_the_others(tmp_path: Any, case_data: Any, now: Any) -> None:
    for number, fields in enumerate(({"id": "en"}, {"id": "to", "themes": ["romfart"]}, {"id": "tre"})):
        (tmp_path / f"{number}.json").write_text(json.dumps(case_data(**fields)), encoding="utf-8")
    steps: list[None] = []
    loaded, refused = seed.load_case_files(
        paths=sorted(tmp_path.glob("*.json")), origin=Origin.FILE, at=now, step=lambda: steps.append(None)
    )
    assert [(one.case_id, one.outcome) for one in loaded] == [("en", "new"), ("tre", "new")]
    assert [checked.faults[0].code for checked in refused] == ["unknown_theme"]
    assert len(steps) == 3
    assert set(Case.objects.values_list("case_id", flat=True)) == {"en", "tre"}


def test_a_fault_half_way_leaves_nothing_behind(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from ringvirkning.catalogue import operations

    def break_off(**_: object) -> int:
        raise RuntimeError("the power went")

    monkeypatch.setattr(operations, "record_change", break_off)
    with pytest.raises(RuntimeError):
        publish()
    assert not any(table.objects.exists() for table in (Case, CaseRevision, CaseParty, Change))
