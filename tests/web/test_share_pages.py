"""The guided steps as pages: what a person without training meets, and what strangers and machines get."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ringvirkning.people.terms import Role
from ringvirkning.publishing import drafts
from ringvirkning.publishing.comments import add_comment
from ringvirkning.publishing.models import Draft, DraftPart, SetAside
from ringvirkning.publishing.terms import DraftState, Step
from ringvirkning.web.share.steps import GUIDES

pytestmark = pytest.mark.usefixtures("library")
UNDERWAY = {"X-Lagring": "underveis"}


@pytest.fixture
def kari(somebody: Callable[..., Any]) -> Any:
    return somebody(Role.CONTRIBUTOR, name="Kari Prøve")


@pytest.fixture
def ola(somebody: Callable[..., Any]) -> Any:
    return somebody(Role.CONTRIBUTOR, name="Ola Prøve")


@pytest.fixture
def draft(kari: Any) -> Draft:
    return drafts.start_draft(organisation="larvik", person=kari, at=timezone.now())


@pytest.fixture
def as_kari(coming_as: Callable[..., Client], kari: Any) -> Client:
    return coming_as(kari)


def address(draft: Draft, step: str = "behov") -> str:
    return reverse("web:share-step", args=[draft.key, step])


def content(draft: Draft, step: Step) -> dict[str, Any]:
    part = DraftPart.objects.filter(draft=draft, step=step).first()
    return part.content if part else {}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def save(client: Client, draft: Draft, step: str = "behov", *, underway: bool = False, **typed: Any) -> Any:
    """Open a step and send it with these fields typed in. Dots are written as two underscores."""
    page = client.get(address(draft, step)).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    named = {name.replace("__", "."): value for name, value in typed.items()}
    sent = {"version": version[1], "page": re.search(r'name="page" value="([^"]+)"', page)[1], **named}  # type: ignore[index]
    if underway:
        return client.post(address(draft, step), {"clock": "5", **sent}, headers=UNDERWAY)
    return client.post(address(draft, step), {"clock": "", **sent})


@pytest.mark.parametrize("step", [guide.address for guide in GUIDES.values()])
def test_every_step_opens_is_not_kept_and_is_not_for_search_engines(as_kari: Client, draft: Draft, step: str) -> None:
    answer = as_kari.get(address(draft, step))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids)), "every id stands once"
    for target in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(target.split()) <= set(ids), target
    for target in re.findall(r'<label for="([^"]+)"', page):
        assert target in ids


def test_a_stranger_meets_nothing(coming_as: Callable[..., Client], somebody: Callable[..., Any], draft: Draft) -> None:
    stranger = coming_as(somebody(Role.CONTRIBUTOR, organisation="skien"))
    for name in ("web:share-step", "web:share-preview"):
        args = [draft.key, "behov"] if name == "web:share-step" else [draft.key]
        assert stranger.get(reverse(name, args=args)).status_code == 404
    assert stranger.post(address(draft), {"title.nb": "kapret"}).status_code == 404
    assert stranger.post(address(draft), {"title.nb": "kapret"}, headers=UNDERWAY).status_code == 404
    assert content(draft, Step.NEED) == {}
    visitor = coming_as(Role.VISITOR)
    assert visitor.post(address(draft), {"title.nb": "kapret"}).status_code == 302


def test_a_form_from_another_site_is_refused(coming_as: Callable[..., Client], kari: Any, draft: Draft) -> None:
    careful = coming_as(kari, enforce_csrf_checks=True)
    assert careful.post(address(draft), {"title.nb": "x"}).status_code == 403
    assert content(draft, Step.NEED) == {}


def test_what_is_typed_is_saved_and_leads_on(as_kari: Client, draft: Draft) -> None:
    answer = save(as_kari, draft, title__nb="Fallsensorer", do="next")
    assert answer.status_code == 302 and answer["Location"] == address(draft, "hvem")
    assert content(draft, Step.NEED)["title"] == {"nb": "Fallsensorer"}
    page = as_kari.get(address(draft)).content.decode()
    assert 'value="Fallsensorer"' in page and "Lagret kl." in page


def test_every_button_leads_where_it_says(as_kari: Client, draft: Draft) -> None:
    here = address(draft, "hvem")
    leads = {
        "back": address(draft, "behov"),
        "step:tall": address(draft, "tall"),
        "step:../../": here,
        "add:parties": f"{here}?ny=parties",
        "preview": reverse("web:share-preview", args=[draft.key]),
        "submit": reverse("web:submit", args=[draft.key]),
        "tull": f"{here}?vis=feil",
        "save": f"{here}?vis=feil",
    }
    for button, where in leads.items():
        assert save(as_kari, draft, "hvem", do=button)["Location"] == where, button
    for step in ("finnes-ikke", "BEHOV", "behov2"):
        assert as_kari.get(f"/del/{draft.key}/{step}/").status_code == 404


def test_adding_and_removing_works_without_scripts(as_kari: Client, draft: Draft) -> None:
    first = {"lessons__count": "1", "lessons__0__kind": "worked", "lessons__0__text__nb": "Spør tidlig"}
    after = save(as_kari, draft, "lerdom", do="add:lessons", **first)
    page = as_kari.get(after["Location"]).content.decode()
    assert 'name="lessons.count" value="2"' in page
    assert re.search(r'name="lessons.1.kind"[^>]*autofocus', page), "the new one has focus"
    second = {**first, "lessons__count": "2", "lessons__1__kind": "advice", "lessons__1__text__nb": "Ta med IKT"}
    after = save(as_kari, draft, "lerdom", do="remove:lessons.0", **second)
    assert [one["text"]["nb"] for one in content(draft, Step.LESSONS)["lessons"]] == ["Ta med IKT"]
    page = as_kari.get(after["Location"]).content.decode()
    assert re.search(r'value="add:lessons" autofocus', page), "focus stands where one can go on"


def test_a_figure_says_at_the_field_what_its_kind_needs(as_kari: Client, draft: Draft) -> None:
    typed = {"figures__count": "1", "figures__0__kind": "realised", "figures__0__label__nb": "Færre alarmer"}
    typed |= {"figures__0__shape": "value", "figures__0__value~value": "ca 40", "figures__0__unit": "percent"}
    after = save(as_kari, draft, "tall", do="next", **typed)
    assert after["Location"].endswith("/tall/?vis=feil"), "it stays where something must be mended"
    page = as_kari.get(after["Location"]).content.decode()
    assert 'href="#figures.0.basis~realised.nb"' in page, "the summary leads to the field"
    field = page[page.index('id="figures.0.basis~realised.nb"') :][:300]
    assert 'aria-invalid="true"' in field and "figures.0.basis~realised-feil" in field
    assert "Et målt tall må si hvordan det ble målt." in page
    assert "Målt etterpå: 40 prosent. Færre alarmer." in words(as_kari.get(address(draft, "tall")))
    assert content(draft, Step.FIGURES)["figures"][0]["value"] == "ca 40", "it is kept as it was typed"


def test_nobody_is_scolded_for_what_they_have_not_come_to(as_kari: Client, draft: Draft) -> None:
    assert "ds-error-summary" not in as_kari.get(f"{address(draft)}?vis=feil").content.decode()
    everything = as_kari.get(f"{address(draft)}?vis=alt").content.decode()
    assert "Saken har ingen tittel." in everything


def test_script_typed_as_text_stays_text(as_kari: Client, draft: Draft) -> None:
    bad = '"><script>alert(1)</script></textarea><img src=x>'
    save(as_kari, draft, title__nb=bad, need__description__text__nb=bad, do="save")
    for page in (
        as_kari.get(f"{address(draft)}?vis=feil"),
        as_kari.get(f"{address(draft, 'hvem')}?ny={bad}&kode={bad}"),
    ):
        assert b"<script>alert" not in page.content and b"<img src=x" not in page.content
    preview = as_kari.get(reverse("web:share-preview", args=[draft.key]))
    assert preview.status_code == 200 and b"<script>alert" not in preview.content
    assert b"<script>alert" not in as_kari.get(reverse("web:my-page")).content


# Saving while typing.


def test_a_save_underway_gets_a_small_answer(as_kari: Client, draft: Draft) -> None:
    answer = save(as_kari, draft, underway=True, title__nb="Fall")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["outcome"], told["version"]) == ("saved", 1) and re.fullmatch(r"\d\d\.\d\d", told["at"])
    assert content(draft, Step.NEED)["title"] == {"nb": "Fall"}


def test_an_older_save_of_the_same_page_that_comes_late_is_not_taken(as_kari: Client, draft: Draft) -> None:
    sent = {"version": "0", "page": "p1"}
    for clock, title in (("20", "Ny"), ("10", "Gammel")):
        answer = as_kari.post(address(draft), {**sent, "clock": clock, "title.nb": title}, headers=UNDERWAY)
        assert answer.json()["outcome"] == "saved"
    assert content(draft, Step.NEED)["title"] == {"nb": "Ny"}


def test_two_people_in_one_field_are_told_and_choose(
    as_kari: Client, coming_as: Callable[..., Client], kari: Any, ola: Any, draft: Draft
) -> None:
    as_ola = coming_as(ola)
    base = {"version": "0", "clock": "1"}
    assert as_ola.post(address(draft), {**base, "page": "o", "need.description.text.nb": "Olas"}).status_code == 302
    late = {**base, "page": "k", "need.description.text.nb": "Karis"}
    answer = as_kari.post(address(draft), late, headers=UNDERWAY)
    assert answer.json()["outcome"] == "conflict"
    assert content(draft, Step.NEED)["need"]["description"]["text"] == {"nb": "Olas"}, "nothing is overwritten"
    page = as_kari.get(address(draft))
    assert "Du og Ola Prøve skrev her samtidig" in words(page)
    assert "Ola Prøve arbeidet her nettopp." in words(page)
    assert "samtidig" not in words(as_ola.get(address(draft))), "only the one who must choose is asked"
    chosen = {"settle": "1", "version": "1", "choose-need.description.text.nb": "both"}
    as_kari.post(address(draft), chosen)
    assert content(draft, Step.NEED)["need"]["description"]["text"] == {"nb": "Olas\n\nKaris"}
    assert not SetAside.objects.exists()


def test_without_a_clock_an_old_page_sent_again_overwrites_nothing(as_kari: Client, draft: Draft) -> None:
    sent = {"version": "0", "page": "p1", "clock": ""}
    as_kari.post(address(draft), {**sent, "title.nb": "Først"})
    as_kari.post(address(draft), {**sent, "title.nb": "Så, fra siden jeg gikk tilbake til"})
    assert content(draft, Step.NEED)["title"] == {"nb": "Først"}
    assert SetAside.objects.get().content["title"] == {"nb": "Så, fra siden jeg gikk tilbake til"}
    assert "Du skrev det samme to steder" in words(as_kari.get(address(draft)))


def test_what_is_too_large_is_shown_again_and_not_lost(as_kari: Client, draft: Draft, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
    long = "langt " * 200_000
    answer = save(as_kari, draft, need__description__text__nb=long, do="next")
    assert answer.status_code == 422
    assert "Dette steget er for stort" in words(answer) and long.strip() in answer.content.decode()
    assert save(as_kari, draft, underway=True, need__description__text__nb=long).json()["outcome"] == "refused"


def test_a_submitted_draft_is_closed_to_its_writers(as_kari: Client, draft: Draft) -> None:
    Draft.objects.update(state=DraftState.SUBMITTED)
    assert as_kari.get(address(draft))["Location"] == reverse("web:review", args=[draft.key])
    assert as_kari.post(address(draft), {"title.nb": "x"}).status_code == 302
    answer = as_kari.post(address(draft), {"title.nb": "x"}, headers=UNDERWAY)
    assert (answer.status_code, answer.json()) == (409, {"outcome": "closed"})
    assert content(draft, Step.NEED) == {}


# Around the form.


def test_an_editors_comment_stands_at_what_it_is_about(
    as_kari: Client, somebody: Callable[..., Any], draft: Draft
) -> None:
    save(as_kari, draft, "lerdom", lessons__count="1", lessons__0__kind="worked", lessons__0__text__nb="Godt")
    editor = somebody(Role.EDITOR, name="Rita Redaktør")
    comment = add_comment(
        draft=draft, step=Step.LESSONS, place="lessons.0", text="Si mer <b>her</b>", person=editor, at=timezone.now()
    )
    page = as_kari.get(address(draft, "lerdom")).content.decode()
    inside = page[page.index('id="lessons.0"') : page.index('value="add:lessons"')]
    assert "Si mer &lt;b&gt;her&lt;/b&gt;" in inside and "Rita Redaktør" in inside
    assert "1 kommentar" in page
    save(as_kari, draft, "lerdom", do=f"done:{comment.pk}")
    comment.refresh_from_db()
    assert comment.done is not None
    assert "Si mer" not in as_kari.get(address(draft, "lerdom")).content.decode()


def test_a_comment_of_another_draft_cannot_be_marked_done(
    as_kari: Client, somebody: Callable[..., Any], draft: Draft
) -> None:
    editor = somebody(Role.EDITOR)
    other = drafts.start_draft(organisation="skien", person=editor, at=timezone.now())
    comment = add_comment(draft=other, step=Step.NEED, place="", text="x", person=editor, at=timezone.now())
    save(as_kari, draft, do=f"done:{comment.pk}")
    comment.refresh_from_db()
    assert comment.done is None


def test_what_was_filled_in_asks_to_be_confirmed(as_kari: Client, kari: Any) -> None:
    draft = drafts.start_draft(
        organisation="larvik",
        person=kari,
        at=timezone.now(),
        document={"title": {"nb": "Gjettet"}, "themes": ["vann"]},
        unconfirmed={Step.NEED: ["title.nb", "themes"]},
    )
    page = words(as_kari.get(address(draft)))
    assert page.count("Fylt ut for deg. Stemmer det?") == 2 and "må bekreftes" in page
    save(as_kari, draft, do="confirm:title", title__nb="Gjettet", themes="vann")
    assert words(as_kari.get(address(draft))).count("Fylt ut for deg. Stemmer det?") == 1


def test_another_language_gets_a_field_of_its_own(as_kari: Client, draft: Draft) -> None:
    save(as_kari, draft, do="languages", main_language="nn", languages=["nb", "xx"], title__nb="Sak")
    draft.refresh_from_db()
    assert draft.languages == "nn,nb"
    page = as_kari.get(address(draft)).content.decode()
    assert page.index('id="title.nn"') < page.index('id="title.nb"')
    assert 'value="Sak"' in page, "what was written stays"
    save(as_kari, draft, do="languages", main_language="<x>")
    draft.refresh_from_db()
    assert draft.languages == "nn,nb"


def test_the_meter_says_what_a_reader_will_miss_and_leads_there(as_kari: Client, draft: Draft) -> None:
    page = as_kari.get(address(draft)).content.decode()
    assert "En leser vil savne:" in page and f'href="{address(draft, "hvem")}#parties"' in page
    before = re.search(r"(\d+) prosent utfylt", words(as_kari.get(address(draft))))
    save(as_kari, draft, title__nb="Sak", themes="vann", need__description__text__nb="Behov", summary__text__nb="Kort")
    after = re.search(r"(\d+) prosent utfylt", words(as_kari.get(address(draft))))
    assert before and after and int(after[1]) > int(before[1])


def test_the_preview_shows_the_case_and_says_what_it_is(as_kari: Client, draft: Draft) -> None:
    empty = as_kari.get(reverse("web:share-preview", args=[draft.key]))
    assert empty.status_code == 200
    save(as_kari, draft, title__nb="Fallsensorer uten kamera", summary__text__nb="Kommunen kjøpte sensorer.")
    page = as_kari.get(reverse("web:share-preview", args=[draft.key]))
    assert "Forhåndsvisning." in words(page) and "Kommunen kjøpte sensorer." in words(page)
    assert "no-store" in page["Cache-Control"] and b'content="noindex"' in page.content


# Documents.


def test_a_file_becomes_a_document_and_a_refusal_is_told_at_the_field(as_kari: Client, draft: Draft) -> None:
    good = SimpleUploadedFile("kravspesifikasjon_2022.txt", b"Krav: ingen kamera.")
    bad = SimpleUploadedFile("bilde.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    after = save(as_kari, draft, "dokumenter", do="upload", files=[good, bad], documents__count="0")
    (document,) = content(draft, Step.DOCUMENTS)["documents"]
    assert document["title"] == "kravspesifikasjon 2022" and document["licence"] == "CC-BY-4.0"
    assert document["file"]["size"] == len(b"Krav: ingen kamera.")
    page = words(as_kari.get(after["Location"].split("#")[0]))
    assert "bilde.svg" in page and "kravspesifikasjon_2022.txt" in page
    assert "bilde.svg" not in words(as_kari.get(address(draft, "dokumenter"))), "a refusal is told once"


def test_a_file_cannot_be_named_by_hand(as_kari: Client, draft: Draft) -> None:
    typed = {"documents__count": "1", "documents__0__title": "Stjålet", "documents__0__file__sha256": "0" * 64}
    save(as_kari, draft, "dokumenter", **typed, documents__0__file="x")
    assert "file" not in content(draft, Step.DOCUMENTS)["documents"][0]


# Looking up.


def test_names_are_suggested(as_kari: Client) -> None:
    answer = as_kari.get(reverse("web:share-organisations"), {"q": "larv"})
    assert answer.json()["names"][0] == "Larvik kommune"
    assert as_kari.get(reverse("web:share-organisations"), {"q": "\x00" * 500}).json() == {"names": []}


def test_codes_are_found_by_number_and_by_word(as_kari: Client) -> None:
    by_number = words(as_kari.get(reverse("web:share-codes"), {"kode": "33196"}))
    assert "33196000" in by_number
    by_word = words(as_kari.get(reverse("web:share-codes"), {"kode": "landbruk fiske"}))
    assert "03000000" in by_word
    assert "Ingen koder passer" in words(as_kari.get(reverse("web:share-codes"), {"kode": "<zzz>"}))


def test_a_code_found_without_scripts_can_be_ticked(as_kari: Client, draft: Draft) -> None:
    after = save(as_kari, draft, do="codes", kode="33196")
    page = as_kari.get(after["Location"].split("#")[0]).content.decode()
    assert re.search(r'name="cpv" value="33196000">', page)
    save(as_kari, draft, cpv=["", "33196000"])
    assert content(draft, Step.NEED)["cpv"] == ["33196000"]


# My page.


def test_my_page_invites_whoever_has_nothing_yet(coming_as: Callable[..., Client], kari: Any) -> None:
    assert "Del en sak" in words(coming_as(kari).get(reverse("web:my-page")))
    alone = coming_as(Role.SIGNED_IN).get(reverse("web:my-page"))
    assert "Finn virksomheten din" in words(alone)


def test_my_page_shows_what_waits_and_why_it_came_back(as_kari: Client, draft: Draft) -> None:
    save(as_kari, draft, title__nb="Fallsensorer")
    Draft.objects.update(sent_back_because="Tallene mangler kilde.")
    page = words(as_kari.get(reverse("web:my-page")))
    assert "Fallsensorer" in page and "Sendt tilbake: Tallene mangler kilde." in page
    assert "Elektronisk medisineringsstøtte" in page, "what the organisation has published"
    Draft.objects.update(state=DraftState.SUBMITTED, submitted=timezone.now() - timedelta(days=2))
    assert "Hos redaksjonen" in words(as_kari.get(reverse("web:my-page")))
    Draft.objects.update(state=DraftState.DISCARDED)
    assert "Fallsensorer" not in words(as_kari.get(reverse("web:my-page")))


def test_my_page_shows_nothing_of_other_organisations(
    coming_as: Callable[..., Client], somebody: Callable[..., Any], as_kari: Client, draft: Draft
) -> None:
    save(as_kari, draft, title__nb="Fallsensorer")
    page = words(coming_as(somebody(Role.CONTRIBUTOR, organisation="skien")).get(reverse("web:my-page")))
    assert "Fallsensorer" not in page and "Elektronisk medisineringsstøtte" not in page
