"""Going through what is new or changed: nothing is missed, nothing done twice, and it can be killed anywhere."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from tests.analysis.made import a_notice, stored
from tests.conftest import NOW

from ringvirkning.analysis import operations, queries, working
from ringvirkning.analysis.models import CaseLink, InnovationReading, Progress
from ringvirkning.analysis.terms import InnovationStanding, Verdict
from ringvirkning.analysis.working import forget_conclusions, work_out, work_out_all
from ringvirkning.catalogue.models import Case, Change, Organisation
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.operations import add_name, publish_case, set_standing
from ringvirkning.catalogue.queries import last_change
from ringvirkning.catalogue.terms import ChangeKind, OrganisationKind, Origin, Standing
from ringvirkning.ledger.queries import history_of
from ringvirkning.publishing.jobs import JOBS, run_due
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation as Buyer

pytestmark = pytest.mark.django_db
BUYER = Buyer(name="Lillestrøm kommune", identifier="820710592", number="820710592", country="NOR")
WORDS = "Vaktmesteren vil hente jordvarme med energibrønner under skolegården."


@pytest.fixture(autouse=True)
def the_buyer(empty_catalogue: None) -> Organisation:
    kind = OrganisationKind.MUNICIPALITY
    buyer = Organisation.objects.create(slug="lillestrom", name="Lillestrøm kommune", number="820710592", kind=kind)
    add_name(buyer, buyer.name)
    return buyer


@pytest.fixture
def publish(a_case: Callable[..., Any]) -> Callable[..., None]:
    def publish(**fields: Any) -> None:
        told = {"summary": {"text": {"nb": WORDS}, "sources": ["s1"]}, "start": "2023", **fields}
        publish_case(case_file=a_case(**told), origin=Origin.FILE, at=NOW)

    return publish


def its_notice(**more: Any) -> Record:
    given = {"buyers": (BUYER,), "publication_date": date(2023, 5, 4), "notice_uuid": "its-notice", **more}
    return a_notice("Jordvarme og energibrønner", "Pilot: nye løsninger for varme under skolegården.", **given)


def another(number: int) -> Record:
    return a_notice(f"Traktor {number}", buyers=(BUYER,), notice_uuid=f"tractor-{number}")


def links() -> list[tuple[str, str]]:
    return sorted(CaseLink.objects.values_list("case__case_id", "notice__key"))


# Readings.


@pytest.mark.parametrize("most", [1, 3, 500])
def test_stretches_of_any_length_come_to_the_same(most: int) -> None:
    stored(*(another(number) for number in range(7)), its_notice())
    while work_out(at=NOW, most=most):
        pass
    assert InnovationReading.objects.count() == 8
    assert work_out(at=NOW) == 0


def test_a_stretch_that_is_cut_off_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(*(another(number) for number in range(4)))
    assert work_out(at=NOW, most=2) == 2
    with monkeypatch.context() as cut:
        cut.setattr(working, "propose", lambda *given, **named: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            work_out(at=NOW, most=2)
    assert InnovationReading.objects.count() == 2
    work_out_all(at=NOW)
    assert InnovationReading.objects.count() == 4


def test_nothing_is_written_when_nothing_is_due(django_assert_num_queries: Callable[..., Any]) -> None:
    stored(another(1))
    work_out_all(at=NOW)
    with django_assert_num_queries(2):
        assert work_out(at=NOW) == 0


def test_a_notice_that_says_something_else_is_read_again() -> None:
    first = a_notice("Traktor", notice_uuid="one", version="01")
    key = stored(first).key
    work_out_all(at=NOW)
    assert InnovationReading.objects.get().likelihood < 0.2
    stored(msgspec.structs.replace(first, version="02", titles={"nb": "Innovasjonspartnerskap"}))
    work_out_all(at=NOW)
    assert InnovationReading.objects.get(notice__key=key).likelihood > 0.5


def test_another_way_of_reading_reads_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(another(1), another(2))
    work_out_all(at=NOW)
    monkeypatch.setattr(working, "METHOD", "another")
    InnovationReading.objects.update(method="older")
    assert work_out_all(at=NOW) == 2
    assert not InnovationReading.objects.filter(method="older").exists()
    assert Progress.objects.get().method == "another"


def test_whoever_follows_changes_hears_of_notices_that_stand_otherwise_than_no() -> None:
    likely, _ = stored(a_notice("Innovasjonspartnerskap"), another(1))
    told = last_change()
    work_out_all(at=NOW)
    assert list(Change.objects.filter(seq__gt=told).values_list("kind", "key")) == [(ChangeKind.NOTICE, likely.key)]
    told = last_change()
    InnovationReading.objects.filter(notice=likely).update(likelihood=0.0, method="older")
    Progress.objects.update(method="older")
    work_out_all(at=NOW)
    assert last_change() == told + 1
    work_out_all(at=NOW)
    assert last_change() == told + 1


def test_the_worker_does_it_too() -> None:
    stored(another(1))
    assert "notices" in {job.name for job in JOBS}
    assert run_due(NOW) == []
    assert InnovationReading.objects.count() == 1


# Links.


def test_a_new_notice_finds_its_case_and_a_new_case_its_notice(publish: Callable[..., None]) -> None:
    publish()
    work_out_all(at=NOW)
    key = stored(another(1), its_notice())[1].key
    work_out_all(at=NOW)
    assert links() == [("varme-i-grunnen", key)]
    publish(id="varme-igjen")
    work_out_all(at=NOW)
    assert links() == [("varme-i-grunnen", key), ("varme-igjen", key)]


def test_a_link_tells_why(publish: Callable[..., None]) -> None:
    publish()
    notice = stored(its_notice())
    work_out_all(at=NOW)
    link = queries.links_of_notice(notice)[0]
    assert (link.case_id, link.verdict) == ("varme-i-grunnen", None)
    assert [reason.code for reason in link.reasons] == ["words", "buyer", "innovative", "in-time"]
    assert {"jordvarm", "energibrønn"} <= set(link.reasons[0].words)
    assert queries.links_of_case("varme-i-grunnen") == [link] == queries.links_waiting()


def test_a_supplier_that_won_leads_a_case_to_the_award(publish: Callable[..., None]) -> None:
    award = its_notice(buyers=(Buyer(name="Ukjent innkjøp"),), winners=(Buyer(name="BORER AS"),))
    key = stored(award, another(1))[0].key
    work_out_all(at=NOW)
    publish(suppliers=[{"organisation": {"name": "Borer AS"}, "role": "main", "sources": ["s1"]}])
    work_out_all(at=NOW)
    assert links() == [("varme-i-grunnen", key)]


def test_an_address_of_the_notice_in_the_case_settles_it(publish: Callable[..., None]) -> None:
    key = stored(a_notice("Noe annet", notice_uuid="numbered", publication_number="2023-654321"), another(1))[0].key
    work_out_all(at=NOW)
    address = "https://doffin.no/notices/2023-654321"
    publish(procurement={"notices": [address], "sources": ["s1"]})
    work_out_all(at=NOW)
    assert links() == [("varme-i-grunnen", key)]


def test_another_body_that_publishes_on_the_buyers_behalf_is_found_by_the_name_it_gives(
    publish: Callable[..., None],
) -> None:
    publish()
    on_behalf = its_notice(buyers=(Buyer(name="Innkjøpsfellesskapet"),))
    told = msgspec.structs.replace(
        on_behalf, descriptions={"nb": f"{WORDS} På vegne av Lillestrøm kommune. Pilot for nye løsninger."}
    )
    key = stored(told).key
    work_out_all(at=NOW)
    assert links() == [("varme-i-grunnen", key)]


def test_links_follow_when_the_case_or_the_notice_no_longer_fits(publish: Callable[..., None]) -> None:
    publish()
    notice = its_notice(version="01")
    stored(notice)
    work_out_all(at=NOW)
    assert links()
    stored(msgspec.structs.replace(notice, version="02", titles={"nb": "Traktor"}, descriptions={}))
    work_out_all(at=NOW)
    assert not links()
    stored(msgspec.structs.replace(notice, version="03"))
    work_out_all(at=NOW)
    assert links()
    case = Case.objects.get()
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="Feil.", at=NOW)
    work_out_all(at=NOW)
    assert not links()


def test_a_notice_that_another_took_the_place_of_is_not_proposed(publish: Callable[..., None]) -> None:
    publish()
    stored(its_notice())
    Notice.objects.update(replaced_by="a-newer-one")
    work_out_all(at=NOW)
    assert not links()


def test_pages_are_told_when_a_proposal_comes_or_goes(publish: Callable[..., None]) -> None:
    publish()
    key = stored(its_notice()).key
    told = last_change()
    work_out_all(at=NOW)
    assert set(Change.objects.filter(seq__gt=told).values_list("kind", "key")) == {(ChangeKind.NOTICE, key)}
    told = last_change()
    work_out_all(at=NOW)
    assert last_change() == told


# Verdicts on links.


def test_a_person_confirms_rejects_and_makes_links(publish: Callable[..., None], somebody: Callable[..., Any]) -> None:
    publish()
    proposed, other = stored(its_notice(), another(1))
    work_out_all(at=NOW)
    person = somebody()
    pair = {"case_id": "varme-i-grunnen", "person": person, "at": NOW}
    assert operations.confirm_link(notice_key=proposed.key, **pair)
    assert operations.make_link(notice_key=other.key, **pair)
    assert not operations.make_link(notice_key=other.key, **pair)
    assert {link.notice_key: link.verdict for link in queries.links_of_case("varme-i-grunnen")} == {
        proposed.key: Verdict.CONFIRMED,
        other.key: Verdict.MADE,
    }
    assert operations.reject_link(notice_key=proposed.key, **pair)
    assert operations.take_back_link(notice_key=other.key, **pair)
    assert queries.links_of_case("varme-i-grunnen") == [] == queries.links_of_notice(proposed)
    verbs = [line.verb for line in history_of("case-notice", "varme-i-grunnen")]
    assert verbs == ["confirm_link", "make_link", "reject_link", "take_back_link"]
    changed = Change.objects.filter(kind=ChangeKind.CASE, key="varme-i-grunnen").count()
    assert changed == 1 + len(verbs)


def test_verdicts_on_links_outlive_the_proposals(publish: Callable[..., None], somebody: Callable[..., Any]) -> None:
    publish()
    notice = stored(its_notice())
    work_out_all(at=NOW)
    operations.reject_link(case_id="varme-i-grunnen", notice_key=notice.key, person=somebody(), at=NOW)
    forget_conclusions()
    work_out_all(at=NOW)
    assert CaseLink.objects.count() == 1
    assert queries.links_of_notice(notice) == [] == queries.links_waiting()


# Privacy.


def test_nothing_of_persons_is_stored(publish: Callable[..., None]) -> None:
    """Persons have been taken out of the record already; what we conclude holds only a few words of it."""
    publish()
    stored(its_notice())
    work_out_all(at=NOW)
    kept = json.dumps([*InnovationReading.objects.values_list("signals", flat=True)], ensure_ascii=False)
    assert "Pilot" in kept and len(kept) < 1_000
    assert queries.standing(Notice.objects.get()) is InnovationStanding.LIKELY
