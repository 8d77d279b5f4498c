"""Published, archived, withdrawn: what readers and the search meet, and what a new version or a new seed changes."""

from typing import Any

import pytest

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, Change
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.search.find import find
from ringvirkning.search.index import ensure

TAKEN_AWAY = [Standing.ARCHIVED, Standing.WITHDRAWN]


@pytest.fixture
def case(empty_catalogue: None, a_case: Any, now: Any) -> Case:
    publish_case(case_file=a_case(), origin=Origin.SHARED, at=now)
    return Case.objects.get()


@pytest.mark.parametrize("origin", [Origin.FILE, Origin.SHARED])
def test_a_seed_never_replaces_what_people_have_published(
    empty_catalogue: None, origin: Origin, a_case: Any, now: Any
) -> None:
    publish_case(case_file=a_case(), origin=Origin.SEED, at=now)
    publish_case(case_file=a_case(title={"nb": "Folkets"}), origin=origin, at=now)
    upgraded = publish_case(case_file=a_case(title={"nb": "Nytt frø"}), origin=Origin.SEED, at=now)
    assert upgraded.outcome == "kept"
    revision = Case.objects.get().revision
    assert revision is not None
    assert (revision.number, revision.origin, revision.document["title"]["nb"]) == (2, origin, "Folkets")


@pytest.mark.parametrize("standing", TAKEN_AWAY)
@pytest.mark.parametrize("origin", list(Origin))
def test_a_new_version_does_not_bring_a_case_back(
    empty_catalogue: None, standing: Standing, origin: Origin, a_case: Any, now: Any
) -> None:
    publish_case(case_file=a_case(), origin=Origin.SEED, at=now)
    set_standing(case=Case.objects.get(), standing=standing, reason="Feil tall.", at=now)
    publish_case(case_file=a_case(title={"nb": "Rettet"}), origin=origin, at=now)
    case = Case.objects.get()
    assert (case.standing, case.standing_reason, case.title) == (standing, "Feil tall.", "Rettet")
    assert not queries.all_cases().exists()


def test_each_move_is_a_change_others_can_follow(case: Case, now: Any) -> None:
    before = queries.last_change()
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="Feil", at=now)
    set_standing(case=case, standing=Standing.PUBLISHED, reason="", at=now)
    assert queries.last_change() == before + 2
    assert list(Change.objects.filter(seq__gt=before).values_list("key", flat=True)) == [case.case_id] * 2


@pytest.mark.parametrize("standing", TAKEN_AWAY)
def test_the_search_follows_a_case_out_and_in_again(library: Any, standing: Standing, now: Any) -> None:
    case = queries.all_cases()[0]
    set_standing(case=case, standing=standing, reason="Feil", at=now)
    ensure()
    assert case.case_id not in found(case.title)
    set_standing(case=case, standing=Standing.PUBLISHED, reason="", at=now)
    ensure()
    assert case.case_id in found(case.title)


@pytest.mark.parametrize("standing", TAKEN_AWAY)
def test_an_index_built_anew_does_not_hold_what_is_taken_away(library: Any, standing: Standing, now: Any) -> None:
    from ringvirkning.search.index import rebuild

    case = queries.all_cases()[0]
    set_standing(case=case, standing=standing, reason="Feil", at=now)
    rebuild()
    assert case.case_id not in found(case.title)


def found(need: str) -> set[str]:
    answer = find(need, limit=20)
    assert answer.ready
    return {hit.case.case_id for hit in answer.hits}


def test_readers_may_open_what_is_archived_and_not_what_is_withdrawn(case: Case, now: Any) -> None:
    set_standing(case=case, standing=Standing.ARCHIVED, reason="Gammel", at=now)
    assert queries.case_to_read(case.case_id) == case
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="Feil", at=now)
    assert queries.case_to_read(case.case_id) is None


def test_a_new_case_gets_an_id_nobody_has(case: Case, a_case: Any, now: Any) -> None:
    assert queries.free_case_id("Varme i grunnen") == "varme-i-grunnen-2"
    publish_case(case_file=a_case(id="varme-i-grunnen-2"), origin=Origin.SHARED, at=now)
    assert queries.free_case_id("Varme i grunnen") == "varme-i-grunnen-3"
    assert queries.free_case_id("Varme") == "varme"


@pytest.mark.parametrize("title", ["", "!!!", "漢字", " "])
def test_a_title_without_letters_gives_an_id_too(case: Case, title: str) -> None:
    assert queries.free_case_id(title) == "sak"


def test_a_very_long_title_gives_an_id_that_fits(case: Case, a_case: Any, now: Any) -> None:
    long = "ord " * 75
    case_id = queries.free_case_id(long)
    publish_case(case_file=a_case(id=case_id), origin=Origin.SHARED, at=now)
    assert len(queries.free_case_id(long)) <= 100
