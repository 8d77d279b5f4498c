"""From typed words to a case file: nothing lost, nothing guessed, every statement with an address."""

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.catalogue.operations import digest_of, document_of
from ringvirkning.catalogue.seed import seed_files
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.publishing.typed.compose import Document, composed, faults, joined, presentable, split
from ringvirkning.publishing.typed.ownword import OwnWord
from ringvirkning.publishing.typed.reading import as_typed
from ringvirkning.publishing.typed.rescue import UNTITLED
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import SourceKind

OWN = OwnWord("egen", "Larvik kommune")
DAY = date(2026, 11, 23)
SEEDS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in seed_files()}
Make = Callable[..., dict[str, Any]]


def made(raw: dict[str, Any], **more: Any) -> Document:
    return composed(raw, **{"case_id": "saken", "revised": DAY, "own": OWN, **more})


def said_of(raw: dict[str, Any]) -> dict[str, str]:
    return {fault.place: fault.code for fault in faults(made(raw))}


# Laying out and putting together.


def test_every_part_of_a_case_file_belongs_to_one_step() -> None:
    owned = [key for keys in OWNS.values() for key in keys]
    assert sorted(owned) == sorted(set(CaseFile.model_fields) - {"format", "version", "id", "revised"})


@pytest.mark.parametrize("case_id", SEEDS)
def test_a_case_of_the_library_survives_being_laid_out_and_put_together(case_id: str) -> None:
    document = SEEDS[case_id]
    parts = split(document)
    assert split(joined(parts)) == parts
    revised = date.fromisoformat(document["revised"])
    assert composed(joined(parts), case_id=case_id, revised=revised, own=OWN) == document


@pytest.mark.parametrize("case_id", SEEDS)
def test_a_stored_case_opened_for_revision_and_not_touched_is_the_same_case(case_id: str) -> None:
    stored = document_of(CaseFile.model_validate(SEEDS[case_id]))
    revised = date.fromisoformat(str(stored["revised"]))
    again = composed(joined(split(as_typed(stored))), case_id=case_id, revised=revised, own=OWN)
    assert digest_of(document_of(CaseFile.model_validate(again))) == digest_of(stored)


def test_a_step_adds_only_what_it_owns() -> None:
    parts = {
        Step.NEED: {"title": {"nb": "Tittel"}, "figures": [1], "id": "x"},
        Step.LESSONS: {"title": {"nb": "Annen"}},
    }
    assert joined(parts) == {"title": {"nb": "Tittel"}}


# Reading what was typed.


def test_blank_fields_rows_and_parts_fall_out() -> None:
    document = made(
        {
            "title": {"nb": " Varme ", "nn": ""},
            "summary": {"text": {"nb": "  "}, "sources": ["s1"]},
            "place": {"name": "", "municipality": " "},
            "parties": [{}, {"organisation": {"name": ""}, "role": "lead", "sources": []}],
            "dialogue": [{"kind": "other", "text": {"nb": ""}}],
            "procurement": {"contract": {"value": {"amount": "", "currency": "NOK"}}},
            "documents": [{"title": "", "kind": "report", "language": "nb", "licence": "CC-BY-4.0"}],
            "keywords": {"nb": ["", " "]},
            "infographic": {"figures": []},
            "contacts": [{"organisation": {}, "person": {"name": "", "consented": "2026-01-01"}}],
        }
    )
    assert set(document) == {"format", "version", "id", "revised", "title", "sources", "licence"}
    assert document["title"] == {"nb": "Varme"}
    assert document["licence"] == "CC-BY-4.0"


def test_leaves_are_read_as_the_model_wants_them() -> None:
    document = made(
        {
            "title": {"nb": "Varme\ti  \n grunnen\u202e\x00"},
            "start": "juni 2019",
            "end": "14. mai 2020",
            "cpv": ["45210000-2"],
            "keywords": {"nb": "varme, grunn;\nstrøm"},
            "parties": [{"organisation": {"name": "Larvik kommune", "number": "964 965 870"}, "role": "lead"}],
            "dialogue": [{"kind": "other", "participants": "ca. 20 leverandører", "text": {"nb": "Vi møttes."}}],
            "procurement": {
                "contract": {"value": {"amount": "2,5 mill. kr"}, "signed": "1.2.2020"},
                "funding": [{"funder": "EU", "money": {"amount": "1 mill euro"}, "year": "ca. 2019"}],
                "notices": "eksempel.no/1\neksempel.no/2",
            },
            "contacts": [
                {"organisation": {"name": "Larvik kommune"}, "role": {"nb": "Innkjøp"}, "email": "a@EKSEMPEL.no",
                 "phone": "tlf 12-34-56-78", "url": "www.eksempel.no"}
            ],
        }
    )  # fmt: skip
    assert document["title"] == {"nb": "Varme i grunnen"}
    assert (document["start"], document["end"], document["cpv"]) == ("2019-06", "2020-05-14", ["45210000"])
    assert document["keywords"] == {"nb": ["varme", "grunn", "strøm"]}
    assert document["parties"][0]["organisation"]["number"] == "964965870"
    assert document["dialogue"][0]["participants"] == 20
    assert document["procurement"]["contract"] == {
        "value": {"amount": 2_500_000}, "signed": "2020-02-01", "sources": ["egen"],
    }  # fmt: skip
    assert document["procurement"]["funding"][0]["money"] == {"amount": 1_000_000, "currency": "EUR"}
    assert document["procurement"]["notices"] == ["https://eksempel.no/1", "https://eksempel.no/2"]
    contact = document["contacts"][0]
    assert (contact["email"], contact["phone"], contact["url"]) == (
        "a@eksempel.no", "12 34 56 78", "https://www.eksempel.no",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"value": "1 250 000"}, {"value": 1_250_000}),
        ({"value": "10–12"}, {"low": 10, "high": 12}),
        ({"value": "over 13", "low": "", "high": ""}, {"low": 13}),
        ({"value": "inntil 85 timer", "unit": "hours"}, {"high": 85, "unit": "hours"}),
        ({"value": "25 %"}, {"value": 25, "unit": "percent"}),
        ({"value": "2 mill. kr per år"}, {"value": 2_000_000, "unit": "NOK", "per": "year"}),
        ({"low": "2", "high": "3 mill"}, {"low": 2_000_000, "high": 3_000_000}),
        ({"low": "over 13"}, {"low": 13}),
        ({"value": 7}, {"value": 7}),
        # What disagrees, or can be read in two ways, is left for the writer.
        ({"value": "25 %", "unit": "NOK"}, {"value": "25 %", "unit": "NOK"}),
        ({"value": "2 mill per år", "per": "once"}, {"value": "2 mill per år", "per": "once"}),
        ({"value": "10-12", "low": "3"}, {"value": "10-12", "low": 3}),
        ({"value": "1.250"}, {"value": "1.250"}),
        ({"value": "1,250", "unit": "NOK"}, {"value": "1,250", "unit": "NOK"}),
        ({"value": "mange"}, {"value": "mange"}),
    ],
)
def test_a_figures_number(typed: dict[str, Any], read: dict[str, Any]) -> None:
    figure = made({"figures": [{"label": {"nb": "Spart"}, **typed}]})["figures"][0]
    assert {key: figure[key] for key in figure if key not in {"id", "label", "sources"}} == read


def test_money_in_another_currency_than_the_chosen_is_left() -> None:
    money = {"amount": "2 mill euro", "currency": "NOK"}
    assert made({"procurement": {"contract": {"value": money}}})["procurement"]["contract"]["value"] == money


def test_figures_and_sources_get_ids_and_keep_those_they_have() -> None:
    document = made(
        {
            "figures": [{"label": {"nb": "Spart strøm"}}, {"id": "x", "value": 1}, {"label": {"nn": "Spart strøm"}}],
            "sources": [{"url": "www.eksempel.no/rapport/"}, {"id": "s1", "title": "B"}, {"title": "B"}],
        }
    )  # fmt: skip
    assert [one["id"] for one in document["figures"]] == ["spart-strom", "x", "spart-strom-2"]
    assert [one["id"] for one in document["sources"]] == ["eksempel-no-rapport", "s1", "b", "egen"]
    assert document["sources"][0]["title"] == "eksempel.no/rapport"
    assert document["sources"][0]["checked"] == "2026-11-23"


def test_an_infographic_shows_only_figures_that_are_there() -> None:
    graphic = {"headline": {"nb": "Mye spart"}, "figures": ["a", "b"]}
    assert made({"infographic": graphic, "figures": [{"id": "a", "value": "3"}]})["infographic"]["figures"] == ["a"]
    assert "infographic" not in made({"infographic": graphic})


def test_what_no_case_has_is_left_out_and_the_envelope_cannot_be_typed() -> None:
    document = made({"id": "annen", "revised": "1999-01-01", "hemmelig": 1, "need": {"_open": "1", "rubbish": {}}})
    assert (document["id"], document["revised"]) == ("saken", "2026-11-23")
    assert "hemmelig" not in document and "need" not in document


# Whose word it is.


def test_a_statement_without_sources_rests_on_the_writers_own_word() -> None:
    document = made({"need": {"description": {"text": {"nb": "Det var kaldt."}}}})
    assert document["need"]["description"]["sources"] == ["egen"]
    assert document["sources"] == [
        {"id": "egen", "title": "Opplyst av Larvik kommune", "publisher": "Larvik kommune", "kind": "stated",
         "checked": "2026-11-23"}
    ]  # fmt: skip


def test_the_own_word_is_a_source_only_when_it_is_used(case_data: Make) -> None:
    assert [source["id"] for source in made(case_data())["sources"]] == ["s1"]


def test_a_source_that_was_taken_away_leaves_the_writers_own_word() -> None:
    lesson = {"kind": "advice", "text": {"nb": "Begynn tidlig."}, "sources": ["borte"]}
    assert made({"lessons": [lesson]})["lessons"][0]["sources"] == ["egen"]


def test_the_same_voice_is_one_source_heard_again_and_a_strangers_id_is_left_alone() -> None:
    before = OWN.source(date(2020, 1, 1))
    lesson = {"kind": "advice", "text": {"nb": "Begynn tidlig."}}
    again = made({"lessons": [lesson], "sources": [before]})
    assert again["sources"] == [{**before, "checked": "2026-11-23"}]
    stranger = OwnWord("egen", "Tønsberg kommune").source(date(2020, 1, 1))
    beside = made({"lessons": [lesson], "sources": [stranger]})
    assert beside["sources"][0] == stranger
    assert beside["lessons"][0]["sources"] == [beside["sources"][1]["id"]] == ["egen-2"]


def test_an_editors_word_is_told_apart_from_the_buyers() -> None:
    editors = OwnWord("redaksjon", "Redaksjonen", SourceKind.EDITOR)
    lesson = {"kind": "advice", "text": {"nb": "Begynn tidlig."}, "sources": ["redaksjon", "egen"]}
    document = made({"lessons": [lesson]}, others=(editors,))
    assert document["lessons"][0]["sources"] == ["redaksjon", "egen"]
    assert {source["id"]: source["kind"] for source in document["sources"]} == {"redaksjon": "editor", "egen": "stated"}


# Faults.


def a_good_draft() -> dict[str, Any]:
    return {
        "title": {"nb": "Varme i grunnen"},
        "summary": {"text": {"nb": "Vi hentet varme fra grunnen."}},
        "themes": ["energi"],
        "state": {"status": "in_use"},
        "need": {"description": {"text": {"nb": "Skolen brukte for mye strøm."}}},
        "parties": [{"organisation": {"name": "Larvik kommune"}, "role": "lead"}],
    }


def test_a_small_good_draft_has_no_faults() -> None:
    assert faults(made(a_good_draft())) == []


def test_a_blank_draft_is_told_what_it_needs_in_the_order_of_the_steps() -> None:
    told = faults(made({}))
    assert [fault.place for fault in told] == [
        "title", "summary.text", "themes", "need.description.text", "parties", "state.status",
    ]  # fmt: skip
    assert [fault.step for fault in told][:5] == [Step.NEED] * 4 + [Step.WHO]
    for fault in told:
        assert fault.sentence.endswith(".") and fault.mend.endswith(".")
        assert "«" not in fault.sentence, "no field's code name in a sentence for people"


@pytest.mark.parametrize(
    ("part", "place", "code"),
    [
        ({"figures": [{"kind": "potential", "effect": "cost", "label": {"nb": "A"}, "unit": "NOK", "value": "3"}]},
         "figures.0.assumption", "potential_without_if"),
        ({"figures": [{"kind": "realised", "effect": "cost", "label": {"nb": "A"}, "unit": "NOK", "value": "3",
                       "basis": {"nb": "Målt"}}]}, "figures.0.date", "realised_without_date"),
        ({"figures": [{"kind": "realised", "effect": "cost", "label": {"nb": "A"}, "unit": "NOK", "value": "3",
                       "date": "2020"}]}, "figures.0.basis", "realised_without_basis"),
        ({"figures": [{"kind": "expected", "effect": "cost", "label": {"nb": "A"}, "unit": "NOK", "value": "3"}]},
         "figures.0.basis", "expected_without_basis"),
        ({"figures": [{"kind": "expected", "effect": "cost", "label": {"nb": "A"}, "unit": "NOK",
                       "basis": {"nb": "Anslag"}}]}, "figures.0.value", "figure_without_number"),
        ({"figures": [{"kind": "expected", "effect": "cost", "label": {"nb": "A"}, "unit": "hours", "value": "1.250",
                       "basis": {"nb": "Anslag"}}]}, "figures.0.value", "ambiguous_number"),
        ({"figures": [{"kind": "expected", "effect": "cost", "label": {"nb": "A"}, "unit": "hours", "value": "10 %",
                       "basis": {"nb": "Anslag"}}]}, "figures.0.value", "number_disagrees"),
        ({"figures": [{"kind": "expected", "effect": "cost", "label": {"nb": "A"}, "unit": "hours", "value": "mange",
                       "basis": {"nb": "Anslag"}}]}, "figures.0.value", "decimal_parsing"),
        ({"procurement": {"contract": {"value": {"amount": "1,250"}}}}, "procurement.contract.value.amount",
         "ambiguous_number"),
        ({"contacts": [{"organisation": {"name": "Larvik kommune"}, "role": {"nb": "Innkjøp"}}]},
         "contacts.0.email", "contact_out_of_reach"),
        ({"contacts": [{"organisation": {"name": "L"}, "role": {"nb": "I"}, "email": "postmottak"}]},
         "contacts.0.email", "email_unread"),
        ({"documents": [{"title": "A", "kind": "report", "language": "nb", "file":
                         {"sha256": "a" * 64, "name": "a.pdf", "media_type": "application/pdf", "size": 3}}]},
         "documents.0.licence", "file_without_licence"),
        ({"documents": [{"title": "A", "kind": "report", "language": "nb"}]}, "documents.0.url", "url_or_file"),
        ({"documents": [{"title": "A", "kind": "picture", "language": "nb", "licence": "CC-BY-4.0", "file":
                         {"sha256": "a" * 64, "name": "a.png", "media_type": "image/png", "size": 3}}]},
         "documents.0.alt", "picture_without_alt"),
        ({"start": "i fjor"}, "start", "date_unread"),
        ({"start": "2020", "end": "2019"}, "end", "end_before_start"),
        ({"approach": [{"phase": "need", "text": {"nb": "A"}, "start": "2020", "end": "2019"}]}, "approach.0.end",
         "end_before_start"),
        ({"title": {"nb": "<b>Fet</b>"}}, "title.nb", "markup"),
        ({"themes": ["finnes-ikke"]}, "themes.0", "unknown_theme"),
        ({"sources": [{"title": "A", "kind": "press"}]}, "sources.0.url", "source_without_url"),
        ({"solutions": [{"link": "eksempel"}, {"text": {"nb": "A"}, "link": "et sted"}]}, "solutions.1.link",
         "address_unread"),
        ({"parties": []}, "parties", "no_party"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_field_in_words(part: dict[str, Any], place: str, code: str) -> None:
    told = {fault.place: fault for fault in faults(made({**a_good_draft(), **part}))}
    assert place in told, sorted(told)
    assert told[place].code == code
    assert told[place].step is next(step for step, keys in OWNS.items() if place.partition(".")[0] in keys)
    assert "…" not in told[place].sentence + told[place].mend.replace("[ … ]", "")


def test_a_fault_is_told_in_the_row_where_it_was_typed() -> None:
    lessons = [{}, {"kind": "advice", "text": {"nb": ""}}, {"text": {"nb": "Uten slag."}}]
    assert said_of({**a_good_draft(), "lessons": lessons}) == {"lessons.2.kind": "missing"}
    funding = [{}, {"money": {"amount": "mye"}, "funder": "EU"}]
    assert said_of({**a_good_draft(), "procurement": {"funding": funding}}) == {
        "procurement.funding.1.money.amount": "decimal_parsing"
    }


def test_a_consent_that_nobody_has_given_yet_is_not_the_writers_fault() -> None:
    person = {"organisation": {"name": "Larvik kommune"}, "role": {"nb": "Innkjøp"}, "email": "a@eksempel.no",
              "person": {"name": "Kim Eksempel"}}  # fmt: skip
    document = made({**a_good_draft(), "contacts": [person]})
    assert faults(document) == []
    assert document["contacts"][0]["person"] == {"name": "Kim Eksempel"}, "and no consent is made up"


def test_a_number_from_a_public_source_may_lack_its_ground(case_data: Make) -> None:
    document = case_data(contacts=[])
    assert faults(document) == []
    document["figures"][0]["kind"] = "realised"
    assert faults(document) == []


def test_a_case_from_public_sources_may_have_buyers_nobody_knows(case_data: Make) -> None:
    assert faults(case_data(parties=[], contacts=[])) == []


@pytest.mark.parametrize("case_id", SEEDS)
def test_no_case_of_the_library_has_a_fault(case_id: str) -> None:
    assert faults(SEEDS[case_id]) == []
    assert faults(document_of(CaseFile.model_validate(SEEDS[case_id]))) == []


# Looking at what is unfinished.


@pytest.mark.parametrize("case_id", SEEDS)
def test_a_sound_case_is_shown_as_it_is(case_id: str) -> None:
    assert presentable(SEEDS[case_id]) == CaseFile.model_validate(SEEDS[case_id])


@pytest.mark.parametrize("garbage", [None, [], "x", 3, {}, {"title": 3, "need": [], "sources": {"a": 1}, "x": None}])
def test_anything_can_be_shown(garbage: Any) -> None:
    assert presentable(garbage).title == UNTITLED


def test_a_small_beginning_is_shown_with_what_it_has() -> None:
    case = presentable(made({"title": {"nn": "Varme"}, "lessons": [{"text": {"nn": "Byrj tidleg."}}]}))
    assert case.title == {"nn": "Varme"}
    assert case.lessons[0].text == {"nn": "Byrj tidleg."}


def test_only_the_unsound_is_left_out() -> None:
    raw = {
        **a_good_draft(),
        "start": "2020",
        "end": "2019",
        "figures": [
            {"kind": "expected", "effect": "cost", "label": {"nb": "God"}, "unit": "NOK", "value": "3 mill"},
            {"kind": "potential", "effect": "cost", "label": {"nb": "Uten hvis"}, "unit": "NOK", "value": "3"},
            {"kind": "expected", "effect": "cost", "label": {"nb": "To måter"}, "unit": "NOK", "value": "1.250"},
        ],
        "contacts": [{"organisation": {"name": "L"}, "role": {"nb": "I"}, "email": "tull", "person": {"name": "Kim"}}],
        "effects": [{"text": {"nb": "<script>"}}, {"text": {"nb": "x" * 30_000}}],
    }
    case = presentable(made(raw))
    assert [figure.label["nb"] for figure in case.figures] == ["God"]
    assert (case.start, case.end) == ("2020", None)
    assert case.contacts[0].person is not None and case.contacts[0].email is None
    assert [len(effect.text["nb"]) for effect in case.effects] == [20_000]
    assert case.need.description.text == {"nb": "Skolen brukte for mye strøm."}


def test_a_deep_well_of_brackets_is_no_way_in() -> None:
    deep: Any = "x"
    for _ in range(5_000):
        deep = {"text": deep}
    assert presentable({"title": {"nb": "A"}, "summary": deep}).id == "utkast"


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document, the containers too."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(inner for key, child in children for inner in places(child, (*place, key)))]


ODD = st.sampled_from(
    [None, "", " ", "x", "<b>", "\x00", "\ud800", -1, 0, 10**30, 1.5, float("nan"), True, [], {}, [[]], {"nb": ""},
     {"nb": 3}, {"xx": "y"}, [None], "2019-13", "borte", {"sources": ["borte"]}, "z" * 400]
)  # fmt: skip


@given(st.data())
def test_a_mutilated_case_can_be_composed_checked_and_shown(data: st.DataObject) -> None:
    document = copy.deepcopy(SEEDS[data.draw(st.sampled_from(sorted(SEEDS)))])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from(places(document)[1:] or [("title",)]))
        parent: Any = document
        for key in place[:-1]:
            parent = parent[key]
        if data.draw(st.booleans()):
            parent[place[-1]] = data.draw(ODD)
        elif isinstance(parent, dict):
            parent.pop(place[-1], None)
        else:
            parent.pop(place[-1])
    shown = presentable(document)
    assert isinstance(shown, CaseFile)
    told = made(document)
    assert isinstance(presentable(told), CaseFile)
    if not faults(told):
        CaseFile.model_validate(json.loads(json.dumps(told)))


@given(st.data())
def test_a_wound_in_one_part_leaves_the_others_whole(data: st.DataObject) -> None:
    document = copy.deepcopy(SEEDS[data.draw(st.sampled_from(sorted(SEEDS)))])
    # Sources and figures are what others point at; a wound there may be felt elsewhere.
    key = data.draw(st.sampled_from(sorted(set(document) - {"sources", "figures"})))
    whole = CaseFile.model_validate(document)
    document[key] = data.draw(ODD)
    shown = presentable(document)
    for other in set(CaseFile.model_fields) - {key, "sources", "end", "infographic"}:
        assert getattr(shown, other) == getattr(whole, other), other


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from([*CaseFile.model_fields, "text", "nb", "role", "id"]), inner, max_size=6)
        ),
        max_leaves=30,
    )
)
def test_garbage_is_never_too_much(garbage: Any) -> None:
    assert isinstance(presentable(garbage), CaseFile)
    if isinstance(garbage, dict):
        told = made(garbage)
        faults(told)
        assert isinstance(presentable(told), CaseFile)
