"""People's word on notices: who may give it, that it is kept, and that nothing is said by opening a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ringvirkning.analysis.models import CaseLink, CaseLinkVerdict, InnovationVerdict
from ringvirkning.catalogue.models import Case
from ringvirkning.ledger.models import Entry
from ringvirkning.people.terms import Role
from ringvirkning.sources.notices.record import Organisation
from some_notices import LARVIK, a_notice

CASE = "elektronisk-medisineringsstotte"  # Larvik's
Come = Callable[..., Client]


@pytest.fixture
def notice(put_in: Any) -> Any:
    """Give a notice of Larvik's."""
    return put_in(a_notice(1))[0]


def innovation(notice: Any) -> str:
    return f"/kunngjoringer/{notice.key}/innovasjon/"


def said(notice: Any) -> list[tuple[str, str]]:
    return list(InnovationVerdict.objects.filter(notice_key=notice.key).values_list("verdict", "code"))


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ORGANISATION_ADMINISTRATOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_the_buyers_people_and_editors_may_say_what_it_is(role: Role, notice: Any, coming_as: Come) -> None:
    browser = coming_as(role)
    page = browser.get(f"/kunngjoringer/{notice.key}/")
    assert "Hva mener du?" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    answer = browser.post(innovation(notice), {"dom": "bekreft", "kode": "mar-nov"})
    assert answer["Location"] == f"/kunngjoringer/{notice.key}/#innovation"
    assert said(notice) == [("confirmed", "mar-nov")]
    entry = Entry.objects.filter(subject_kind="notice").latest("pk")
    assert (entry.verb, entry.subject) == ("confirm_innovation", notice.key) and entry.person is not None
    told = browser.get(f"/kunngjoringer/{notice.key}/").content.decode()
    assert "Bekreftet innovativ" in told and "Et menneske har vurdert" in told


def test_a_mind_can_be_changed_and_taken_back(notice: Any, coming_as: Come) -> None:
    browser = coming_as(Role.EDITOR)
    browser.post(innovation(notice), {"dom": "bekreft", "kode": ""})
    browser.post(innovation(notice), {"dom": "avvis", "kode": "rd-act"})
    assert said(notice) == [("rejected", "")]
    assert "Vurdert som ikke innovativ" in browser.get(f"/kunngjoringer/{notice.key}/").content.decode()
    browser.post(innovation(notice), {"dom": "angre"})
    assert said(notice) == []


def test_everybody_sees_it_at_once(notice: Any, coming_as: Come, client: Client) -> None:
    """A kept page is never an old page."""
    address = f"/kunngjoringer/{notice.key}/"
    assert "Bekreftet innovativ" not in client.get(address).content.decode()
    coming_as(Role.EDITOR).post(innovation(notice), {"dom": "bekreft", "kode": ""})
    assert "Bekreftet innovativ" in client.get(address).content.decode()
    assert "Bekreftet innovativ" in client.get("/kunngjoringer/").content.decode()


def test_others_may_not(notice: Any, somebody: Any, coming_as: Come, client: Client) -> None:
    stranger = coming_as(somebody(Role.CONTRIBUTOR, organisation="trondheim"))
    assert "Hva mener du?" not in stranger.get(f"/kunngjoringer/{notice.key}/").content.decode()
    for browser in (stranger, coming_as(Role.SIGNED_IN)):
        assert browser.post(innovation(notice), {"dom": "bekreft"}).status_code == 403
    assert "/konto/" in client.post(innovation(notice), {"dom": "bekreft"})["Location"]
    assert said(notice) == []


def test_a_buyer_known_by_its_name_alone_is_not_sure_enough(put_in: Any, coming_as: Come) -> None:
    (notice,) = put_in(a_notice(2, buyers=(Organisation(name="Larvik kommune", country="NOR"),)))
    assert coming_as(Role.CONTRIBUTOR).post(innovation(notice), {"dom": "bekreft"}).status_code == 403
    assert coming_as(Role.EDITOR).post(innovation(notice), {"dom": "bekreft"}).status_code == 302


@pytest.mark.parametrize(
    "form", [{}, {"dom": "tull"}, {"dom": "bekreft", "kode": "finnes-ikke"}, {"dom": "bekreft", "kode": "other"}]
)
def test_what_is_no_answer_says_nothing(form: dict[str, str], notice: Any, coming_as: Come) -> None:
    assert coming_as(Role.EDITOR).post(innovation(notice), form).status_code == 404
    assert said(notice) == []


def test_opening_says_nothing_and_forms_from_elsewhere_neither(notice: Any, coming_as: Come) -> None:
    browser = coming_as(Role.EDITOR, enforce_csrf_checks=True)
    for address in (innovation(notice), f"/kunngjoringer/{notice.key}/saker/", f"/biblioteket/{CASE}/kunngjoringer/"):
        assert browser.get(address).status_code == 405
        assert browser.post(address, {"dom": "bekreft", "sak": CASE, "kunngjoring": notice.key}).status_code == 403
    assert said(notice) == [] and not CaseLinkVerdict.objects.exists()


# Cases and notices that belong together.


def links() -> list[tuple[str, str, str]]:
    return list(CaseLinkVerdict.objects.values_list("case_slug", "notice_key", "verdict"))


@pytest.fixture
def proposed(notice: Any) -> CaseLink:
    """Give a link that the program proposes."""
    case = Case.objects.get(case_id=CASE)
    reasons = [{"code": "buyer", "weight": 2.5, "words": []}, {"code": "words", "weight": 1.0, "words": ["nattilsyn"]}]
    return CaseLink.objects.create(case=case, notice=notice, method="t", likelihood=0.72, reasons=reasons)


def test_a_proposal_is_shown_to_those_who_may_judge_it_only(
    notice: Any, proposed: CaseLink, coming_as: Come, client: Client
) -> None:
    for address, other in ((f"/kunngjoringer/{notice.key}/", CASE), (f"/biblioteket/{CASE}/", notice.key)):
        assert other not in client.get(address).content.decode(), address
        told = coming_as(Role.CONTRIBUTOR).get(address).content.decode()
        assert other in told and "Hører sammen" in told
        assert "Oppdragsgiveren er den samme." in told and "nattilsyn" in told


def test_a_confirmed_link_is_shown_to_everybody_at_both_ends(
    notice: Any, proposed: CaseLink, coming_as: Come, client: Client
) -> None:
    browser = coming_as(Role.CONTRIBUTOR)
    answer = browser.post(f"/kunngjoringer/{notice.key}/saker/", {"dom": "bekreft", "sak": CASE})
    assert answer["Location"] == f"/kunngjoringer/{notice.key}/#cases"
    assert links() == [(CASE, notice.key, "confirmed")]
    assert CASE in client.get(f"/kunngjoringer/{notice.key}/").content.decode()
    case_page = client.get(f"/biblioteket/{CASE}/").content.decode()
    assert f"/kunngjoringer/{notice.key}/" in case_page and 'id="kunngjoringer"' in case_page
    assert 'href="#kunngjoringer"' in case_page, "it stands in the list of contents"
    browser.post(f"/biblioteket/{CASE}/kunngjoringer/", {"dom": "angre", "kunngjoring": notice.key})
    assert links() == []


def test_a_rejected_link_is_gone(notice: Any, proposed: CaseLink, coming_as: Come) -> None:
    browser = coming_as(Role.EDITOR)
    browser.post(f"/biblioteket/{CASE}/kunngjoringer/", {"dom": "avvis", "kunngjoring": notice.key})
    assert links() == [(CASE, notice.key, "rejected")]
    assert notice.key not in browser.get(f"/biblioteket/{CASE}/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "2026-100001",
        "https://www.doffin.no/notices/2026-100001",
        "{key}",
        "https://bibliotek.no/nn/kunngjoringer/{key}/",
    ],
)
def test_a_link_of_ones_own_is_made_by_number_or_address(typed: str, notice: Any, coming_as: Come) -> None:
    form = {"dom": "knytt", "kunngjoring": typed.format(key=notice.key)}
    answer = coming_as(Role.CONTRIBUTOR).post(f"/biblioteket/{CASE}/kunngjoringer/", form)
    assert answer["Location"] == f"/biblioteket/{CASE}/#kunngjoringer"
    assert links() == [(CASE, notice.key, "made")]


@pytest.mark.parametrize(
    "typed", [CASE, f"/biblioteket/{CASE}/", f"https://bibliotek.no/en/biblioteket/{CASE}/#resultat"]
)
def test_a_case_is_named_by_its_address(typed: str, notice: Any, coming_as: Come) -> None:
    coming_as(Role.EDITOR).post(f"/kunngjoringer/{notice.key}/saker/", {"dom": "knytt", "sak": typed})
    assert links() == [(CASE, notice.key, "made")]


@pytest.mark.parametrize("typed", ["", "finnes-ikke", "2026-999999", "../../etc", "x" * 400])
def test_what_cannot_be_found_is_said(typed: str, notice: Any, coming_as: Come) -> None:
    browser = coming_as(Role.EDITOR)
    for address, field in (
        (f"/kunngjoringer/{notice.key}/saker/", "sak"),
        (f"/biblioteket/{CASE}/kunngjoringer/", "kunngjoring"),
    ):
        page = browser.post(address, {"dom": "knytt", field: typed}, follow=True)
        assert "Vi finner ingen" in page.content.decode()
    assert links() == []


def test_strangers_to_both_may_not_link(put_in: Any, somebody: Any, coming_as: Come) -> None:
    (notice,) = put_in(a_notice(3, buyers=(LARVIK,)))
    stranger = coming_as(somebody(Role.CONTRIBUTOR, organisation="trondheim"))
    for address, form in (
        (f"/kunngjoringer/{notice.key}/saker/", {"dom": "knytt", "sak": CASE}),
        (f"/biblioteket/{CASE}/kunngjoringer/", {"dom": "knytt", "kunngjoring": notice.key}),
    ):
        assert stranger.post(address, form).status_code == 403
    assert links() == []
    assert "Koble til en kunngjøring" not in stranger.get(f"/biblioteket/{CASE}/").content.decode()


def test_a_case_that_is_withdrawn_is_not_shown_at_its_notice(
    notice: Any, coming_as: Come, client: Client, now: Any
) -> None:
    from ringvirkning.catalogue.operations import set_standing
    from ringvirkning.catalogue.terms import Standing

    coming_as(Role.EDITOR).post(f"/kunngjoringer/{notice.key}/saker/", {"dom": "knytt", "sak": CASE})
    set_standing(case=Case.objects.get(case_id=CASE), standing=Standing.WITHDRAWN, reason="Feil", at=now)
    assert CASE not in client.get(f"/kunngjoringer/{notice.key}/").content.decode()
