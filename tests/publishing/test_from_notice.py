"""A case begun from notices: facts and their addresses are filled in, all is asked about, nothing is invented."""

import json
from datetime import date
from typing import Any

import pytest

from ringvirkning.publishing.recognition.from_notice import Address, Seen, recognise_life
from ringvirkning.publishing.recognition.recognise import Recognised
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.publishing.typed.compose import composed
from ringvirkning.publishing.typed.faults import faults
from ringvirkning.publishing.typed.ownword import OwnWord
from ringvirkning.publishing.typed.reading import as_typed
from ringvirkning.sources.notices.record import Money, Notice
from ringvirkning.sources.notices.terms import Phase, ValueKind
from some_notices import LARVIK, UNKNOWN_BUYER, a_life, a_notice

TODAY = date(2026, 11, 23)


def seen(record: Notice, **more: Any) -> Seen:
    number = record.publication_number or ""
    return Seen(record, (Address("Doffin", number, f"https://www.doffin.no/notices/{number}"),), **more)


def begun(*records: Notice, **how: Any) -> Recognised:
    return recognise_life([seen(one) for one in records], today=TODAY, **how)


WHOLE = begun(*a_life())


def test_the_facts_of_the_whole_life_are_there() -> None:
    case = WHOLE.document
    assert case["title"] == {"nb": "Bedre nattilsyn for eldre 12"}
    assert case["need"]["description"]["text"]["nb"].startswith("Kommunen trenger en løsning")
    assert case["parties"] == [
        {
            "organisation": {"name": "Larvik kommune", "number": "918082956"},
            "role": "lead",
            "sources": [f"doffin-2026-{100010 + place}" for place in (1, 2, 3, 4, 5)],
        }
    ]
    assert [one["organisation"]["name"] for one in case["suppliers"]] == ["Eksempel Teknologi AS"]
    assert (case["start"], case["end"]) == ("2024-03-04", "2026-10-01")
    assert case["state"] == {"status": "completed", "as_of": "2026-10-01"}
    assert case["cpv"] == ["33196000", "48000000"]
    assert case["procurement"]["procedure"] == "innovation_partnership"
    assert case["procurement"]["contract"]["value"] == {"amount": "11250000"}
    assert len(case["procurement"]["notices"]) == 5


def test_each_phase_is_a_step_with_its_days() -> None:
    steps = {one["phase"]: one for one in WHOLE.document["approach"] if one["phase"] != "development"}
    assert (steps["market_dialogue"]["start"], steps["market_dialogue"]["end"]) == ("2024-03-04", "2024-04-05")
    assert (steps["competition"]["start"], steps["competition"]["end"]) == ("2024-09-02", "2024-10-11")
    assert steps["competition"]["text"]["nb"] == "Konkurransen ble kunngjort 2024-09-02. Fristen var 2024-10-11."
    assert steps["implementation"]["sources"] == ["doffin-2026-100015"]
    assert WHOLE.document["dialogue"] == [
        {
            "kind": "dialogue_conference",
            "text": {"nb": "Dialogkonferanse om nattilsyn"},
            "invitation": "https://www.doffin.no/notices/2026-100011",
            "sources": ["doffin-2026-100011"],
        }
    ]


def test_the_value_of_a_contract_is_no_benefit() -> None:
    assert "figures" not in WHOLE.document and "effects" not in WHOLE.document
    assert "12500000" not in json.dumps(WHOLE.document), "an estimate is nothing a case states"


def test_everything_filled_in_is_asked_about() -> None:
    top = {place.partition(".")[0] for places in WHOLE.unconfirmed.values() for place in places}
    assert top == set(WHOLE.document)
    for step, places in WHOLE.unconfirmed.items():
        assert {place.partition(".")[0] for place in places} <= set(OWNS[step])
    asked = WHOLE.unconfirmed[Step.HOW]
    assert {"procurement.procedure", "procurement.notices", "procurement.contract.value.amount"} <= set(asked)
    assert "need.description.text" in WHOLE.unconfirmed[Step.NEED]


def test_every_statement_rests_on_a_notice_that_is_named() -> None:
    known = [one["id"] for one in WHOLE.document["sources"]]
    assert len(known) == len(set(known)) == 5
    used = set(_ids({name: value for name, value in WHOLE.document.items() if name != "sources"}))
    assert used <= set(known)
    assert all(one["url"].startswith("https://www.doffin.no/") for one in WHOLE.document["sources"])
    assert WHOLE.document["sources"][1]["title"] == "Kunngjøring av konkurranse i Doffin, 2026-100012"


def _ids(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value.get("sources", []), *(one for child in value.values() for one in _ids(child))]
    return [one for child in value for one in _ids(child)] if isinstance(value, list) else []


@pytest.mark.parametrize("records", [a_life(), a_life()[:1], a_life()[1:2], [a_notice(3, titles={}, cpv=())]])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_can_be_typed_on(records: list[Notice], language: str) -> None:
    """The only faults a form tells of are of what notices cannot know."""
    made = begun(*records, language=language)
    document = composed(as_typed(made.document), case_id="x", revised=TODAY, own=OwnWord("egen", "Larvik kommune"))
    told = {one.place for one in faults(document)}
    assert told <= {"summary.text", "title"}


def test_the_words_are_in_the_language_of_the_case() -> None:
    nynorsk = begun(a_notice(4, titles={"nn": "Betre tilsyn", "nb": "Bedre tilsyn"}), language="nn").document
    assert nynorsk["title"] == {"nn": "Betre tilsyn"}
    assert nynorsk["approach"][0]["text"]["nn"].startswith("Konkurransen vart kunngjord")
    only_norwegian = begun(a_notice(4, titles={"no": "Bedre tilsyn"})).document
    assert only_norwegian["title"] == {"nb": "Bedre tilsyn"}


def test_a_language_no_case_is_written_in_is_left_out() -> None:
    made = begun(a_notice(5, titles={"fi": "Valvonta"}, descriptions={"fi": "Kunta tarvitsee."})).document
    assert "title" not in made and "need" not in made


def test_whether_it_is_in_use_no_notice_knows() -> None:
    assert "state" not in begun(*a_life()[:3]).document
    assert begun(*a_life()[:1]).document["state"]["status"] == "market_dialogue"
    called_off = recognise_life([seen(a_life()[1], cancelled=True)], today=TODAY).document
    assert called_off["state"]["status"] == "cancelled"


def test_several_buyers_buy_together() -> None:
    made = begun(a_notice(6, buyers=(LARVIK, UNKNOWN_BUYER), framework="fa-wo-rc")).document
    assert [one["role"] for one in made["parties"]] == ["lead", "co_buyer"]
    assert made["procurement"]["forms"] == ["framework", "joint"]


def test_a_sum_in_a_currency_that_cases_do_not_have_is_left_out() -> None:
    zloty = Money(amount=5.0, currency="PLN", kind=ValueKind.AWARDED, field="BT-161-NoticeResult")
    assert "contract" not in begun(a_notice(7, phase=Phase.RESULT, values=(zloty,))).document["procurement"]


def test_a_notice_without_an_address_is_nothing_to_rest_on() -> None:
    assert recognise_life([Seen(a_notice(), ())], today=TODAY).document == {}
