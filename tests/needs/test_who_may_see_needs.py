"""Who may do what: every role towards every visibility."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.needs.conftest import fresh

from ringvirkning.needs import operations, queries
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.operations import Refused
from ringvirkning.needs.permissions import may_close, may_edit, may_open, may_read_need, may_see, may_share
from ringvirkning.needs.sections import fingerprint, public_part
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.queries import Somebody
from ringvirkning.people.terms import MemberRole, MembershipState, Role

ALL = {
    "see": may_see,
    "edit": may_edit,
    "read": may_read_need,
    "share": may_share,
    "open": may_open,
    "close": may_close,
}
OWNER, READER, FORMER = "see edit read share open", "see edit read", ""
# What each may do, by visibility. "reader" is a colleague it is shared with, "former" one who has left since.
TABLE: dict[str, dict[Visibility, str]] = {
    "owner": {Visibility.PRIVATE: OWNER, Visibility.SHARED: OWNER, Visibility.OPEN: f"{OWNER} close"},
    "reader": {Visibility.PRIVATE: "", Visibility.SHARED: READER, Visibility.OPEN: READER},
    "former reader": {Visibility.PRIVATE: "", Visibility.SHARED: FORMER, Visibility.OPEN: "read"},
    "former owner": {Visibility.PRIVATE: "", Visibility.SHARED: FORMER, Visibility.OPEN: "read"},
    "deleted owner": {Visibility.PRIVATE: "", Visibility.SHARED: FORMER, Visibility.OPEN: "read"},
    "colleague": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read"},
    "organisation administrator": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read close"},
    "contributor elsewhere": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read"},
    "administrator elsewhere": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read"},
    "asked to join": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read"},
    "signed in": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read"},
    "editor": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read close"},
    "administrator": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read close"},
    "visitor": {Visibility.PRIVATE: "", Visibility.SHARED: "", Visibility.OPEN: "read"},
}


def leave(person: Person) -> None:
    Membership.objects.filter(person=person).update(state=MembershipState.ENDED)


@pytest.fixture
def who(
    row: AssessmentRow, kari: Person, ola: Person, somebody: Callable[..., Person], now: datetime
) -> Callable[[str], Somebody]:
    """Return somebody by what they are in the table. Ola is the reader."""
    row.readers.create(person=ola, since=now, by=kari)

    def asked() -> Person:
        person = somebody(Role.SIGNED_IN)
        Membership.objects.create(person=person, organisation="larvik", state=MembershipState.ASKED, since=now)
        return person

    def gone(person: Person) -> Person:
        leave(person)
        return person

    def deleted() -> Person:
        kari.is_active = False
        kari.save()
        return kari

    makers: dict[str, Callable[[], Somebody]] = {
        "owner": lambda: kari,
        "reader": lambda: ola,
        "former reader": lambda: gone(ola),
        "former owner": lambda: gone(kari),
        "deleted owner": deleted,
        "colleague": lambda: somebody(Role.CONTRIBUTOR),
        "organisation administrator": lambda: somebody(Role.ORGANISATION_ADMINISTRATOR),
        "contributor elsewhere": lambda: somebody(Role.CONTRIBUTOR, organisation="tonsberg"),
        "administrator elsewhere": lambda: somebody(Role.ORGANISATION_ADMINISTRATOR, organisation="tonsberg"),
        "asked to join": asked,
        "signed in": lambda: somebody(Role.SIGNED_IN),
        "editor": lambda: somebody(Role.EDITOR),
        "administrator": lambda: somebody(Role.ADMINISTRATOR),
        "visitor": AnonymousUser,
    }
    return lambda name: makers[name]()


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("name", TABLE)
def test_what_each_may_do(
    row: AssessmentRow, who: Callable[[str], Somebody], name: str, visibility: Visibility
) -> None:
    row.visibility = visibility
    row.save()
    somebody = who(name)
    row = fresh(row)
    assert {code for code, may in ALL.items() if may(somebody, row)} == set(TABLE[name][visibility].split())


def test_whoever_works_alone_sees_it_and_can_neither_share_nor_open(
    kari: Person, ola: Person, begun: Callable[..., AssessmentRow], now: datetime
) -> None:
    row = begun(kari, organisation="")
    leave(kari)
    assert may_see(kari, row)
    assert may_share(kari, row)
    assert not may_open(kari, row)
    assert not may_see(ola, row)
    with pytest.raises(Refused, match="no_organisation"):
        operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    with pytest.raises(Refused, match="no_organisation"):
        operations.open_up(assessment=row, person=kari, at=now, seen_warnings=False)


def test_no_verb_lets_a_stranger_in(
    row: AssessmentRow, stranger: Person, ola: Person, somebody: Callable[..., Person], now: datetime
) -> None:
    base = fingerprint(row.content, Section.CONCLUSION)
    for person in (stranger, ola, somebody(Role.EDITOR)):
        given = {"assessment": row, "person": person, "at": now}
        for verb in (
            lambda g: operations.save_section(section=Section.CONCLUSION, base=base, content={}, **g),
            lambda g: operations.restore(version=1, **g),
            lambda g: operations.delete(**g),
            lambda g: operations.look(**g),
            lambda g: operations.order_solutions(order=[], **g),
            lambda g: operations.share_with(colleague=g["person"], **g),
            lambda g: operations.stop_sharing(colleague=g["person"], **g),
            lambda g: operations.open_up(seen_warnings=True, **g),
            lambda g: operations.close(**g),
            lambda g: operations.belong_to(organisation="larvik", **g),
        ):
            with pytest.raises(Refused, match="not_yours"):
                verb(given)
    assert fresh(row).content == row.content


def test_what_everybody_reads_of_an_open_need_is_the_need_and_nothing_of_the_work(
    kari: Person, begun: Callable[..., AssessmentRow]
) -> None:
    row = begun(
        kari,
        told={"today": "Vi går runder"},
        timing={"wanted": "høsten 2027", "size_kroner": {"likely": 400000}},
        solutions=[
            {"kind": "case", "key": "a", "title": "A", "added": "2026-11-23", "fit": "no", "because": "hemmelig"}
        ],
        zero={"text": "hemmelig", "value": {"wage_an_hour": {"likely": 400}}},
        questions=[{"to": "Tønsberg", "text": "hemmelig"}],
        conclusion="hemmelig",
        adjusted={"struck": ["hemmelig"]},
    )
    shown = public_part(row.content)
    assert set(shown) == {"title", "language", "need", "timing"}
    assert "hemmelig" not in str(shown)


# Sharing.


def test_one_shares_with_colleagues_only_and_takes_it_back(
    row: AssessmentRow, kari: Person, ola: Person, stranger: Person, now: datetime
) -> None:
    with pytest.raises(Refused, match="not_a_colleague"):
        operations.share_with(assessment=row, colleague=stranger, person=kari, at=now)
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    operations.share_with(assessment=row, colleague=kari, person=kari, at=now)
    assert (fresh(row).visibility, row.readers.count()) == (Visibility.SHARED, 1)
    with pytest.raises(Refused, match="not_yours_to_share"):
        operations.share_with(assessment=row, colleague=ola, person=ola, at=now)
    operations.stop_sharing(assessment=row, colleague=ola, person=kari, at=now)
    assert (fresh(row).visibility, may_see(ola, fresh(row))) == (Visibility.PRIVATE, False)


def test_a_reader_may_go_by_themselves(row: AssessmentRow, kari: Person, ola: Person, now: datetime) -> None:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    operations.look(assessment=row, person=ola, at=now)
    operations.stop_sharing(assessment=row, colleague=ola, person=ola, at=now)
    assert not may_see(ola, fresh(row))
    assert not row.seen.filter(person=ola).exists()


def test_it_is_shared_with_a_limited_number(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ringvirkning.needs.sharing.MOST_READERS", 0)
    with pytest.raises(Refused, match="too_many_readers") as refused:
        operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    assert "0 kolleger" in refused.value.sentence


def test_whoever_leaves_the_organisation_has_no_access_and_lists_nothing(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    for person in (kari, ola):
        leave(person)
        assert list(queries.assessments_of(person)) == []
        with pytest.raises(Refused, match="not_yours"):
            operations.look(assessment=row, person=person, at=now)


def test_an_administrator_is_no_owner(row: AssessmentRow, somebody: Callable[..., Person], now: datetime) -> None:
    keeper = somebody(Role.ORGANISATION_ADMINISTRATOR)
    assert keeper.memberships.get().role == MemberRole.ADMINISTRATOR
    with pytest.raises(Refused, match="not_yours"):
        operations.close(assessment=row, person=keeper, at=now)


def test_an_owner_passes_it_on_and_works_on_it_still(
    row: AssessmentRow, kari: Person, ola: Person, stranger: Person, now: datetime
) -> None:
    for nobody in (ola, stranger, kari):
        with pytest.raises(Refused, match="not_a_colleague"):
            operations.pass_on(assessment=row, colleague=nobody, person=kari, at=now)
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    with pytest.raises(Refused, match="not_yours_to_share"):
        operations.pass_on(assessment=row, colleague=kari, person=ola, at=now)
    operations.pass_on(assessment=row, colleague=ola, person=kari, at=now)
    assert (fresh(row).owner, fresh(row).made_by, fresh(row).visibility) == (ola, kari, Visibility.SHARED)
    assert [one.person for one in row.readers.all()] == [kari]
    assert may_edit(kari, fresh(row))
    assert not may_share(kari, fresh(row))


def test_what_is_kept_of_a_person(row: AssessmentRow, kari: Person, ola: Person, now: datetime) -> None:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    kept = queries.kept_about(kari)
    assert [(one["key"], one["content"]["title"]) for one in kept["assessments"]] == [(row.key, "Fall om natten")]
    others = queries.kept_about(ola)
    assert others["assessments"] == []
    assert others["assessments_shared_with_me"] == [{"assessment__key": row.key, "since": now}]
