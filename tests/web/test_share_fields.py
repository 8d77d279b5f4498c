"""From what a browser sends to the content of a step: kept as typed, only where the form asks, nothing else touched."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.publishing.typed import compose
from ringvirkning.publishing.typed.reading import as_typed
from ringvirkning.sources.tables import data_folder
from ringvirkning.web.share.drawing import Entry, Fold, Listed, Question, Surroundings, answered, drawn, questions_in
from ringvirkning.web.share.fields import Typed, at, is_blank, put, read, tidy, without
from ringvirkning.web.share.shapes import SEVERAL, Kind, fields_in, lists_in
from ringvirkning.web.share.steps import CONTACTS, FIGURES, GUIDES, HOW, NEED, RESULT, SOURCES, WHO

SEEDS = sorted((data_folder() / "cases").glob("*.json"))
Content = dict[str, Any]


def post(**values: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def typed(values: dict[str, Any], *languages: str, sources: tuple[str, ...] = ()) -> Typed:
    return Typed(post(**values), languages or ("nb",), sources)


def as_sent(parts: list[Any]) -> dict[str, list[str]]:
    """What a browser sends of a drawn step when nobody touches it."""
    sent: dict[str, list[str]] = {}
    for part in parts:
        if isinstance(part, Question):
            sent |= answers_of(part)
        elif isinstance(part, Fold):
            sent |= as_sent(part.parts)
        else:
            assert isinstance(part, Listed)
            sent[f"{part.name}.count"] = [str(len(part.entries))]
            for entry in part.entries:
                assert isinstance(entry, Entry)
                sent |= as_sent(entry.parts)
    return sent


def answers_of(question: Question) -> dict[str, list[str]]:
    sent = {box.name: [box.value.replace("\n", "\r\n")] for box in question.boxes}
    chosen = [option.value for option in question.options if option.chosen]
    if question.field.kind in SEVERAL:
        shown = question.options or question.field.kind is not Kind.SPEAKERS
        return {**sent, **({question.name: ["", *chosen]} if shown else {})}
    if question.options and (chosen or question.field.kind is Kind.SELECT):
        sent[question.name] = chosen or [question.options[0].value]
    return sent


# Every key of the case file that a step owns is either asked about or named here.
NOT_ASKED = {"los", "infographic"}


def test_every_part_of_the_case_file_is_asked_about() -> None:
    for step, guide in GUIDES.items():
        asked = {field.path.split(".")[0] for field in fields_in(guide.parts)}
        asked |= {items.path.split(".")[0] for items in lists_in(guide.parts)}
        assert asked <= set(OWNS[step]), step
        assert set(OWNS[step]) - asked <= NOT_ASKED, step


def test_every_choice_offered_is_one_the_format_knows() -> None:
    own = compose.OwnWord("egen", "Larvik kommune")
    for guide in GUIDES.values():
        lists = [(f"{items.path}.0.", field) for items in lists_in(guide.parts) for field in fields_in(items.parts)]
        for start, field in [*(("", field) for field in fields_in(guide.parts)), *lists]:
            for code in field.choices or () if field.kind is not Kind.FORK else ():
                typed_in: Content = {}
                value = [code] if field.kind in SEVERAL else code
                put(typed_in, start.replace(".0.", "") or field.path, [_item(field.path, value)] if start else value)
                document = compose.composed(typed_in, case_id="x", revised=date(2026, 11, 23), own=own)
                wrong = [fault for fault in compose.faults(document) if fault.code in {"enum", "extra_forbidden"}]
                assert not wrong, (field.path, code, wrong)


def _item(path: str, value: Any) -> Content:
    item: Content = {}
    put(item, path, value)
    return item


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_opening_a_step_and_sending_it_untouched_changes_nothing(seed: Any) -> None:
    document = json.loads(seed.read_text(encoding="utf-8"))
    languages = list(document["title"])
    sources = [(one["id"], one["title"]) for one in document["sources"]]
    for step, content in compose.split(as_typed(document)).items():
        guide = GUIDES[step]
        around = Surroundings(languages=languages, sources=sources)
        sent = as_sent(drawn(guide, content, around).parts)
        back = read(guide, content, Typed(post(**sent), languages, [one for one, _ in sources]))
        assert back == content, step
        assert answered(guide, content) in {"done", "begun", "empty"}


def test_what_is_typed_is_kept_as_it_is_typed() -> None:
    content = read(
        WHO,
        {},
        typed(
            {
                "parties.count": "1",
                "parties.0.who": "named",
                "parties.0.organisation.name~named": "  Larvik  kommune ",
                "parties.0.role": "lead",
                "start": "høsten 2021",
            }
        ),
    )
    assert content == {
        "parties": [{"organisation": {"name": "  Larvik  kommune "}, "role": "lead"}],
        "start": "høsten 2021",
    }


def test_line_breaks_are_plain_and_null_characters_gone() -> None:
    content = read(NEED, {}, typed({"need.description.text.nb": "én\r\nto\x00"}))
    assert content == {"need": {"description": {"text": {"nb": "én\nto"}}}}


def test_names_the_form_does_not_have_are_ignored() -> None:
    bad = {
        "id": "en-annen-sak",
        "revised": "2000-01-01",
        "parties.0.role": "lead",
        "title": "uten språk",
        "title.xx": "et språk som ikke er valgt",
        "need.description.sources": "s1",
        "themes": ["helse", "finnes-ikke"],
        "cpv": ["33196000", "99999999"],
        "documents.0.file.sha256": "0" * 64,
        "__proto__.x": "1",
    }
    assert read(NEED, {}, typed(bad)) == {"themes": ["helse"], "cpv": ["33196000"]}


def test_a_choice_that_does_not_exist_changes_nothing() -> None:
    stored = {"state": {"status": "in_use"}}
    assert read(RESULT, stored, typed({"state.status": "<script>"})) == stored


def test_what_the_form_does_not_show_stays() -> None:
    stored = {
        "title": {"nb": "Gammel", "en": "Old"},
        "los": ["tema/helse"],
        "summary": {"text": {"nb": "Sammendrag"}, "sources": ["s1"]},
    }
    content = read(NEED, deepcopy(stored), typed({"title.nb": "Ny"}))
    assert content == {**stored, "title": {"nb": "Ny", "en": "Old"}}


def test_emptying_a_field_takes_its_place_away() -> None:
    stored = {"need": {"description": {"text": {"nb": "x"}}, "before": {"text": {"nb": "y"}}}}
    content = read(NEED, stored, typed({"need.before.text.nb": "   "}))
    assert content == {"need": {"description": {"text": {"nb": "x"}}}}


def test_each_language_has_its_own_text() -> None:
    content = read(NEED, {"title": {"nb": "Sak"}}, typed({"title.nn": "Sak", "title.nb": "Saken"}, "nn", "nb"))
    assert content == {"title": {"nb": "Saken", "nn": "Sak"}}


def test_the_first_theme_stays_first() -> None:
    content = read(NEED, {"themes": ["vann", "helse"]}, typed({"themes": ["", "digital", "helse", "vann"]}))
    assert content["themes"] == ["vann", "helse", "digital"]


def test_taking_away_every_mark_is_understood() -> None:
    assert read(NEED, {"themes": ["vann"]}, typed({"themes": ""})) == {}
    assert read(NEED, {"themes": ["vann"]}, typed({})) == {"themes": ["vann"]}


# Figures.

FIGURE = {
    "id": "tall-1",
    "kind": "expected",
    "label": {"nb": "Spart"},
    "basis": {"nb": "Eget anslag"},
    "value": "ca 10",
}


def figure(**values: str) -> Content:
    sent = {"figures.count": "1", **{f"figures.0.{name}": value for name, value in values.items()}}
    return read(FIGURES, {"figures": [deepcopy(FIGURE)]}, typed(sent))["figures"][0]


def test_a_figure_that_changes_kind_is_asked_anew_how_it_is_known() -> None:
    changed = figure(kind="realised", **{"basis~expected.nb": "Eget anslag", "basis~realised.nb": ""})
    assert changed == {"id": "tall-1", "kind": "realised", "label": {"nb": "Spart"}, "value": "ca 10"}


def test_a_figure_takes_the_answer_of_its_own_kind() -> None:
    changed = figure(kind="realised", **{"basis~expected.nb": "Eget anslag", "basis~realised.nb": "Talt i tre måneder"})
    assert changed["basis"] == {"nb": "Talt i tre måneder"}


@pytest.mark.parametrize(
    ("shape", "numbers"),
    [
        ("value", {"value": "11"}),
        ("between", {"low": "10", "high": "12"}),
        ("over", {"low": "13"}),
        ("upto", {"high": "85"}),
    ],
)
def test_only_the_numbers_of_the_chosen_shape_are_kept(shape: str, numbers: dict[str, str]) -> None:
    sent = {
        "value~value": "11",
        "low~between": "10",
        "high~between": "12",
        "low~over": "13",
        "high~upto": "85",
    }
    changed = figure(shape=shape, **sent)
    assert {key: changed[key] for key in ("value", "low", "high") if key in changed} == numbers


def test_a_kind_nobody_chose_takes_nothing_away() -> None:
    stored = {"figures": [{"label": {"nb": "Spart"}, "assumption": {"nb": "hvis alle"}}]}
    assert read(FIGURES, deepcopy(stored), typed({"figures.count": "1", "figures.0.label.nb": "Spart"})) == stored


# Lists.


def test_an_empty_last_item_is_not_stored() -> None:
    stored = {"lessons": [{"kind": "worked", "text": {"nb": "Godt"}}]}
    sent = {"lessons.count": "2", "lessons.0.text.nb": "Godt", "lessons.1.text.nb": " "}
    assert read(GUIDES[Step.LESSONS], deepcopy(stored), typed(sent)) == stored


def test_an_emptied_item_keeps_its_place_until_the_form_is_sent() -> None:
    stored = {"lessons": [{"text": {"nb": "a"}}, {"text": {"nb": "b"}}]}
    guide = GUIDES[Step.LESSONS]
    content = read(guide, stored, typed({"lessons.count": "2", "lessons.0.text.nb": "", "lessons.1.text.nb": "b"}))
    assert content == {"lessons": [{}, {"text": {"nb": "b"}}]}
    assert tidy(guide, content) == {"lessons": [{"text": {"nb": "b"}}]}


def test_what_another_added_meanwhile_stays() -> None:
    stored = {"lessons": [{"text": {"nb": "a"}}, {"text": {"nb": "en annens"}}]}
    content = read(GUIDES[Step.LESSONS], stored, typed({"lessons.count": "1", "lessons.0.text.nb": "a"}))
    assert content == stored


@pytest.mark.parametrize("count", ["-1", "1e9", "x", "", "²", "9" * 400])
def test_a_strange_count_does_no_harm(count: str) -> None:
    stored = {"lessons": [{"text": {"nb": "a"}}]}
    assert read(GUIDES[Step.LESSONS], stored, typed({"lessons.count": count})) == stored


def test_removing_a_figure_takes_it_out_of_the_infographic() -> None:
    stored = {
        "figures": [{"id": "a"}, {"id": "b"}],
        "infographic": {"headline": {"nb": "x"}, "figures": ["a", "b"]},
    }
    once = without(FIGURES, stored, "figures.0")
    assert once["figures"] == [{"id": "b"}] and once["infographic"]["figures"] == ["b"]
    assert without(FIGURES, once, "figures.0") == {}
    for wrong in ("figures.9", "figures.x", "title.0", "", "figures", "figures.-1"):
        assert without(FIGURES, stored, wrong) == stored


def test_an_organisation_with_a_new_name_loses_its_old_number() -> None:
    stored = {"contacts": [{"organisation": {"name": "Skien kommune", "number": "938759839"}}]}
    same = {"contacts.count": "1", "contacts.0.organisation.name": "Skien kommune"}
    assert read(CONTACTS, deepcopy(stored), typed(same)) == stored
    other = {**same, "contacts.0.organisation.name": "Larvik kommune"}
    assert read(CONTACTS, stored, typed(other)) == {"contacts": [{"organisation": {"name": "Larvik kommune"}}]}


def test_somebody_named_can_become_somebody_counted() -> None:
    stored = {"parties": [{"organisation": {"name": "Larvik kommune", "number": "918082956"}, "role": "lead"}]}
    sent = {"parties.count": "1", "parties.0.who": "group", "parties.0.group.description~group.nb": "Ti kommuner"}
    sent["parties.0.organisation.name~named"] = "Larvik kommune"
    (party,) = read(WHO, stored, typed(sent))["parties"]
    assert party["group"] == {"description": {"nb": "Ti kommuner"}}
    assert "organisation" not in party


def test_only_known_sources_can_be_named() -> None:
    sent = {"need.description.text.nb": "x", "need.description.sources": ["", "s1", "hemmelig"]}
    content = read(NEED, {}, typed(sent, sources=("s1",)))
    assert content["need"]["description"]["sources"] == ["s1"]


def test_funding_inside_the_procurement_is_a_list_of_its_own() -> None:
    sent = {
        "procurement.funding.count": "1",
        "procurement.funding.0.funder": "Innovasjon Norge",
        "procurement.funding.0.money.amount": "2,5 mill",
        "procurement.notices": "https://doffin.no/a\r\n\r\n https://doffin.no/b ",
    }
    content = read(HOW, {}, typed(sent))
    assert content["procurement"] == {
        "funding": [{"funder": "Innovasjon Norge", "money": {"amount": "2,5 mill"}}],
        "notices": ["https://doffin.no/a", "https://doffin.no/b"],
    }


NESTED = st.recursive(
    st.none() | st.text(max_size=5) | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*OWNS[Step.HOW], "text", "nb", "0"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(
    stored=st.dictionaries(st.sampled_from(OWNS[Step.HOW] + OWNS[Step.RESULT] + OWNS[Step.FIGURES]), NESTED, max_size=4)
)
def test_no_stored_content_can_make_a_step_fall(stored: Content) -> None:
    for guide in (HOW, RESULT, FIGURES):
        form = drawn(guide, stored, Surroundings(languages=("nb", "nn")))
        assert list(questions_in(form.parts))
        sent = as_sent(form.parts)
        read(guide, stored, Typed(post(**sent), ("nb", "nn")))
        answered(guide, stored)


@given(path=st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4), value=st.text(min_size=1))
def test_what_is_put_somewhere_is_there_and_nowhere_after_it_is_taken_away(path: list[str], value: str) -> None:
    content: Content = {}
    put(content, ".".join(path), value)
    assert at(content, ".".join(path)) == value
    put(content, ".".join(path), None)
    assert content == {}


def test_ids_and_languages_alone_say_nothing() -> None:
    assert is_blank({"id": "s1", "language": "nb", "checked": "2026"})
    assert not is_blank({"title": "x"})
    assert answered(SOURCES, {"licence": "CC-BY-4.0"}) == "empty"
    assert answered(SOURCES, {"sources": [{"title": "x", "kind": "report"}]}) == "done"
