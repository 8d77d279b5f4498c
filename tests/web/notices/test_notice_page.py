"""The page of one notice: everything in words, nothing mixed up, and the ways to it."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from reading_pages import LANGUAGES, Page, attribute, text_of, walk

from ringvirkning.sources.notices.record import Change, Criterion, Link, Lot, Money, Notice, Organisation
from ringvirkning.sources.notices.terms import Phase, Source, ValueKind
from ringvirkning.web.notices import notice as view
from some_notices import LARVIK, UNKNOWN_BUYER, a_life, a_notice, an_odd_one, many_lots, uuid

Visit = Callable[..., Page]
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day of the tests' own clock."""
    monkeypatch.setattr(view.timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def shown(put_in: Any, visit: Visit) -> Callable[..., Page]:
    """Return a function that stores a notice and opens its page."""

    def call(record: Notice, language: str = "nb") -> Page:
        (one,) = put_in(record)
        return visit(address(one, language))

    return call


def address(notice: Any, language: str = "nb") -> str:
    return f"{LANGUAGES[language]}/kunngjoringer/{notice.key}/"


def facts(page: Page) -> dict[str, str]:
    """The short facts: label → everything said of it."""
    told = {}
    for row in (one for one in page.all("div") if any(part.name == "dt" for part in one.children if part)):
        parts = [part for part in row.children if not isinstance(part, str)]
        label = text_of(next(part for part in parts if part.name == "dt"))
        told[label] = " | ".join(text_of(part) for part in parts if part.name == "dd")
    return told


def test_who_what_and_when_are_said_at_once(shown: Any) -> None:
    page = shown(a_notice())
    assert page.status == 200
    told = {label: value.replace("\xa0", " ") for label, value in facts(page).items()}
    assert told["Hvem kjøper"] == "Larvik kommune – Kommune eller annen lokal myndighet"
    assert told["Frist"] == "fredag 11. desember 2026 kl. 12.00 (norsk tid) – 18 dager igjen"
    assert told["Anslått verdi"] == "12,5 millioner kroner – Oppdragsgiverens anslag før konkurransen"
    assert told["Type kunngjøring"].startswith("Kunngjøring av konkurranse – Leverandører kan delta")
    assert (
        told["Hva som kjøpes"] == "Medisinske hjelpemidler (33196000) | Programvare og informasjonssystemer (48000000)"
    )
    assert told["Hvor"] == "Vestfold"
    assert told["Prosedyre"] == "Innovasjonspartnerskap"
    assert told["Regelverk"] == "Anskaffelsesdirektivet (2014/24/EU)"
    assert told["Varighet"] == "2 år"
    links = {attribute(one, "href") for one in page.all("a")}
    assert {"/virksomheter/larvik/", "https://www.doffin.no/notices/2026-100001"} <= links


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_in_every_language_and_holds_together(language: str, put_in: Any, visit: Visit) -> None:
    for one in put_in(*a_life(), many_lots(), an_odd_one()):
        page = visit(address(one, language))
        assert page.status == 200
        ids = [attribute(each, "id") for each in page.all() if attribute(each, "id")]
        assert len(ids) == len(set(ids))
        wanted = {attribute(each, "href")[1:] for each in page.all("a") if attribute(each, "href").startswith("#")}
        assert wanted <= set(ids)


def test_what_is_estimated_and_what_was_awarded_are_told_apart(shown: Any) -> None:
    page = shown(a_life()[2])
    told = {label: value.replace("\xa0", " ") for label, value in facts(page).items()}
    assert told["Anslått verdi"].startswith("12,5 millioner kroner")
    assert told["Kontraktsverdi"] == "11,25 millioner kroner"
    box = text_of(page.one("div", role="group", aria_label="Kontraktsverdi")).replace("\xa0", " ")
    assert "11,3 millioner kroner" in box and "12,5" not in box


def test_a_deadline_that_is_gone_is_no_longer_counted_down(shown: Any) -> None:
    gone = a_notice(deadline=a_notice().deadline - timedelta(days=400))
    box = text_of(shown(gone).one("div", role="group", aria_label="Frist"))
    assert "Fristen er ute" in box.replace("fristen", "Fristen")


def test_the_text_nearest_the_reader_is_shown_and_the_others_are_folded(shown: Any) -> None:
    texts = {"fi": "Kunta tarvitsee ratkaisun.", "sv": "Kommunen behöver en lösning.", "en": "A solution is needed."}
    page = shown(a_notice(8, titles={"fi": "Valvonta", "sv": "Tillsyn"}, descriptions=texts, language="fi"))
    assert text_of(page.one("h1")) == "Tillsyn"
    assert "Den vises på svensk" in page.words
    assert [text_of(one) for one in page.all("summary") if text_of(one).startswith("Les på")] == [
        "Les på engelsk",
        "Les på finsk",
    ]
    assert any(attribute(one, "lang") == "sv" for one in walk(page.one("h1")))


def test_languages_are_folded_together_when_they_are_many(shown: Any) -> None:
    texts = dict.fromkeys(("nb", "fi", "sv", "en", "de", "fr"), "Tekst")
    page = shown(a_notice(9, titles=texts, descriptions=texts))
    assert "Les på 5 andre språk" in page.words


def test_a_buyer_known_by_its_name_only_is_said_to_be_uncertain(shown: Any) -> None:
    page = shown(a_notice(10, buyers=(Organisation(name="Larvik kommune", country="NOR"),)))
    assert "(trolig)" in page.words
    assert "bare navnet stemmer" in page.words
    unknown = shown(a_notice(11, buyers=(UNKNOWN_BUYER,)))
    assert "(trolig)" not in unknown.words
    assert not [
        one
        for one in unknown.all("a")
        if attribute(one, "href").startswith("/virksomheter/") and "eiendom" in text_of(one)
    ]


def test_many_lots_are_folded_and_told_in_a_table(shown: Any) -> None:
    page = shown(many_lots())
    assert "Vis alle 54 delkontraktene" in page.words
    rows = [
        one
        for one in page.all("tr")
        if any(part.name == "th" and attribute(part, "scope") == "row" for part in walk(one))
    ]
    assert len(rows) == 54
    assert "Delområde 54" in text_of(rows[-1]) and "5,4 millioner kroner" in text_of(rows[-1]).replace("\xa0", " ")


def test_criteria_that_are_the_same_for_all_lots_are_told_once(shown: Any) -> None:
    def priced(lot: str, weight: float) -> Criterion:
        return Criterion(kind="price", weight=weight, weight_kind="per-exa", lot=lot)

    lots = tuple(Lot(lot_id=f"LOT-000{number}") for number in (1, 2, 3))
    same = shown(a_notice(12, lots=lots, criteria=tuple(priced(lot.lot_id, 40.0) for lot in lots)))
    assert same.words.count("40 %") == 1 and "Delkontrakt 1" not in same.words
    unlike = shown(
        a_notice(13, lots=lots, criteria=(*(priced(lot.lot_id, 40.0) for lot in lots[:2]), priced("LOT-0003", 60.0)))
    )
    assert "Delkontrakt 1, 2" in unlike.words and "Delkontrakt 3" in unlike.words


def test_the_life_of_a_procurement_is_a_line_of_time(put_in: Any, visit: Visit) -> None:
    life = put_in(*a_life())
    page = visit(address(life[1]))
    steps = [one for one in page.all("li") if "rv-step" in attribute(one, "class").split()]
    headings = [text_of(part) for one in steps for part in walk(one) if part.name == "h3"]
    assert headings == ["Dialog med markedet", "Konkurranse", "Kontrakt inngått", "Endring av kontrakt", "Fullført"]
    assert "denne kunngjøringen" in text_of(steps[1])
    linked = [attribute(part, "href") for one in steps for part in walk(one) if part.name == "a"]
    assert linked == [address(one) for place, one in enumerate(life) if place != 1]


def test_versions_say_what_changed_field_by_field(put_in: Any, visit: Visit) -> None:
    first = a_notice(14)
    second = msgspec.structs.replace(
        first,
        version="02",
        publication_number="2026-100999",
        doffin_number="2026-100999",
        publication_date=date(2026, 11, 9),
        deadline=first.deadline + timedelta(days=7) if first.deadline else None,
        titles={"nb": "Bedre nattilsyn for eldre hjemme"},
        change=Change(reason="update-add", texts={"nb": "Fristen er flyttet."}),
    )
    put_in(first)
    (one,) = put_in(second)
    page = visit(address(one))
    changes = page.one("section", id="history")
    told = text_of(changes)
    assert "Versjon 2" in told and "Versjon 1" in told
    assert "Informasjonen er oppdatert. Fristen er flyttet." in told
    assert "2 opplysninger er endret" in told
    removed = [text_of(part) for part in walk(changes) if part.name == "del"]
    added = [text_of(part) for part in walk(changes) if part.name == "ins"]
    assert any("fredag 11. desember 2026" in text for text in removed)
    assert any("fredag 18. desember 2026" in text for text in added) and any("hjemme" in text for text in added)


def test_twins_in_doffin_and_ted_are_one_notice_with_two_addresses(put_in: Any, visit: Visit) -> None:
    doffin = a_notice(15)
    ted = msgspec.structs.replace(
        doffin,
        source=Source.TED,
        publication_number="712345-2026",
        doffin_number=None,
        ted_number="712345-2026",
        titles={"en": "Better care at night"},
        language="en",
    )
    put_in(doffin)
    (one,) = put_in(ted)
    page = visit(address(one))
    links = [attribute(each, "href") for each in page.all("a")]
    assert "https://www.doffin.no/notices/2026-100015" in links
    assert "https://ted.europa.eu/en/notice/-/detail/712345-2026" in links
    assert not page.all("section", id="history"), "the twins are one version"


def test_numbers_lead_to_the_notice(put_in: Any, client: Client) -> None:
    (one,) = put_in(a_notice(16))
    assert client.get("/kunngjoringer/doffin/2026-100016/")["Location"] == address(one)
    assert client.get("/en/kunngjoringer/doffin/2026-100016/")["Location"] == address(one, "en")
    assert client.get("/kunngjoringer/ted/1-2026/").status_code == 404
    assert client.get("/kunngjoringer/finnes-ikke/").status_code == 404


def test_a_notice_that_another_took_the_place_of_says_so(put_in: Any, visit: Visit) -> None:
    old = a_notice(17)
    new = a_notice(
        18,
        procedure_id=old.procedure_id,
        change=Change(notice=old.notice_uuid, reason="cor-buy"),
        publication_date=date(2026, 11, 5),
    )
    replaced, current = put_in(old, new)
    page = visit(address(replaced))
    assert "En nyere kunngjøring gjelder" in page.words
    assert address(current) in {attribute(one, "href") for one in page.all("a")}
    assert "Oppdragsgiveren har rettet noe." in text_of(visit(address(current)).one("section", id="history"))


def test_what_was_called_off_says_so(put_in: Any, visit: Visit) -> None:
    (one,) = put_in(a_notice(19, change=Change(notice=uuid(19), reason="cancel")))
    page = visit(address(one))
    assert "Oppdragsgiveren har avlyst dette." in page.words
    assert "dager igjen" not in text_of(page.one("section", id="facts"))


def test_what_was_odd_is_told_in_words(shown: Any) -> None:
    page = shown(an_odd_one())
    assert "2 ting var uvanlige i kilden" in page.words
    assert "CPV-koden «99999999» finnes ikke. Vi tok den ikke med." in page.words
    assert "unpublished" in page.words, "a code without words is shown as it is"


def test_structured_data_is_sound_and_cannot_end_its_element(shown: Any) -> None:
    page = shown(a_notice(20, titles={"nb": "</script><b>Ondt</b> & godt"}))
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.DOTALL)
    told = json.loads(script)
    assert told["name"] == "</script><b>Ondt</b> & godt"
    assert told["mainEntity"]["@type"] == "Demand"
    assert told["mainEntity"]["availabilityEnds"].startswith("2026-12-11T11:00")
    assert told["isBasedOn"] == ["https://www.doffin.no/notices/2026-100020"]


def test_text_from_notices_is_plain_text(shown: Any) -> None:
    nasty = '<img src=x onerror="alert(1)"> finnes ikke i markedet <script>alert(2)</script>'
    page = shown(
        a_notice(21, titles={"nb": nasty}, descriptions={"nb": nasty, "en": nasty}, buyers=(Organisation(name=nasty),))
    )
    assert "<img src=x" not in page.html and "<script>alert" not in page.html
    assert "&lt;img src=x" in page.html


def test_an_address_that_is_no_web_address_is_no_link(shown: Any) -> None:
    page = shown(a_notice(22, links=(Link(kind="documents", url="javascript:alert(1)"),)))
    assert not [one for one in page.all("a") if attribute(one, "href").startswith("javascript")]


def test_search_engines_are_asked_to_keep_the_innovative_ones_only(shown: Any) -> None:
    assert not shown(a_notice(23)).all("meta", name="robots")
    assert shown(many_lots()).all("meta", name="robots")


def test_words_that_speak_for_innovation_are_marked_in_the_text(shown: Any) -> None:
    page = shown(a_notice(24))
    description = page.one("section", id="description")
    assert [text_of(one) for one in walk(description) if one.name == "mark"] == ["finnes ikke i markedet"]
    reasons = text_of(page.one("section", id="innovation"))
    assert "Svært sannsynlig en innovativ anskaffelse" in reasons
    assert "Prosedyren er innovasjonspartnerskap." in reasons
    assert "Utfordrer markedet til å tilby eller utvikle noe nytt" in reasons


def test_a_result_without_a_winner_says_why(shown: Any) -> None:
    lot = Lot(lot_id="LOT-0001", result="clos-nw", not_awarded_reason="no-rece")
    page = shown(a_notice(25, phase=Phase.RESULT, kind="can-standard", deadline=None, lots=(lot,), values=()))
    told = text_of(page.one("section", id="winners"))
    assert "Ingen leverandør ble valgt" in told and "Det kom ingen tilbud" in told


def test_sums_in_other_currencies_keep_them(shown: Any) -> None:
    sum_ = Money(amount=2_000_000.0, currency="SEK", kind=ValueKind.FRAMEWORK_MAXIMUM, field="BT-271-Procedure")
    told = facts(shown(a_notice(26, values=(sum_,), buyers=(LARVIK,))))
    assert told["Rammeavtalens øvre grense"].replace("\xa0", " ").startswith("2 millioner svenske kroner")


@pytest.mark.parametrize("given", ["a/b", "../../etc", "æøå", "a b?c#d%2f", "<script>", "-"])
def test_an_id_that_cannot_stand_in_an_address_gets_one_that_can(given: str, put_in: Any, visit: Visit) -> None:
    (one,) = put_in(a_notice(30, notice_uuid=given))
    assert visit(address(one)).status == 200
    assert address(one) in {attribute(link, "href") for link in visit("/kunngjoringer/").all("a")}


def test_a_kept_page_is_made_anew_the_next_day_and_when_the_notice_changes(
    put_in: Any, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ringvirkning.web import kept_pages

    class Today(date):
        now = TODAY

        @classmethod
        def today(cls) -> Any:
            return cls.now

    monkeypatch.setattr(kept_pages, "date", Today)
    monkeypatch.setattr(view.timezone, "localdate", lambda *_: Today.now)
    (one,) = put_in(a_notice(31))
    assert "18 dager igjen" in visit(address(one)).words
    assert visit(address(one)).html == visit(address(one)).html
    Today.now = TODAY + timedelta(days=1)
    assert "17 dager igjen" in visit(address(one)).words
    deadline = a_notice().deadline
    assert deadline
    put_in(a_notice(31, version="02", publication_number="2026-123123", deadline=deadline + timedelta(days=2)))
    assert "19 dager igjen" in visit(address(one)).words
