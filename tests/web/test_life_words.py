"""Every field of a case has a word where versions are compared, and every code a word for its value."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args

import pytest
from django.utils.translation import override
from pydantic import BaseModel

from ringvirkning.catalogue import seed
from ringvirkning.catalogue.compare import Kind
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.web import words as reading_words
from ringvirkning.web.life import words
from ringvirkning.web.life.comparing import NOT_SHOWN, side_by_side


@pytest.fixture(autouse=True)
def in_bokmal() -> Iterator[None]:
    """Say everything in bokmål, whatever language the test before visited a page in."""
    with override("nb"):
        yield


def fields(part: type[BaseModel], path: tuple[str, ...] = ()) -> list[tuple[str, type]]:
    """Every field of the format with the type it holds: ("figures.label", dict)."""
    found = []
    for name, field in part.model_fields.items():
        here = (*path, name)
        inner = [one for one in innermost(field.annotation) if isinstance(one, type)]
        parts = [one for one in inner if issubclass(one, BaseModel)]
        found += [leaf for one in parts for leaf in fields(one, here)] or [(".".join(here), tuple(inner))]
    return found


def innermost(hint: Any) -> list[Any]:
    inside = [one for one in get_args(hint) if one is not type(None)]
    return [deep for one in inside for deep in innermost(one)] if inside else [hint]


LEAVES = [leaf for leaf in fields(CaseFile) if leaf[0].split(".")[0] not in NOT_SHOWN]


@pytest.mark.parametrize("label", sorted({label for label, _ in LEAVES}))
def test_every_field_has_a_word(label: str) -> None:
    alone = "." not in label
    assert words.PARTS[label] if alone else words.field_word(label)


def test_every_code_has_words_for_its_values() -> None:
    codes = {
        label: kind
        for label, kinds in LEAVES
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, StrEnum) and label in words.CODES
    }
    assert set(codes) == set(words.CODES)
    for label, kind in codes.items():
        assert {str(one) for one in kind} <= set(getattr(reading_words, words.CODES[label])), label


def test_no_code_is_shown_as_it_stands_in_the_file() -> None:
    shown = {
        label
        for label, kinds in LEAVES
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__name__ != "Language"
    }
    assert shown <= set(words.CODES)


def test_every_step_and_kind_has_a_word() -> None:
    assert set(words.STEPS) == {str(step) for step in Step}
    assert set(words.KINDS) == {str(kind) for kind in Kind}
    assert set(words.PARTS) >= {key for keys in OWNS.values() for key in keys}


def a_case() -> Any:
    return json.loads(seed.seed_files()[0].read_text(encoding="utf-8"))


def test_side_by_side_tells_values_in_words() -> None:
    old, new = a_case(), a_case()
    old["state"], new["state"] = {"status": "developing"}, {"status": "in_use", "as_of": "2026-11"}
    areas = side_by_side(old, new)
    assert [area.heading for area in areas] == [words.STEPS["result"]]
    rows = {row.label: row for item in areas[0].items for row in item.rows}
    assert [piece.text for piece in rows["Status"].old] == ["Under utvikling"]
    assert [piece.text for piece in rows["Status"].new] == ["I bruk"]
    assert [piece.text for piece in rows["Sist kjent"].new] == ["november 2026"]
    assert rows["Sist kjent"].old == []


def test_sources_are_told_by_their_titles() -> None:
    old, new = a_case(), a_case()
    extra = {"id": "egen", "title": "Fortalt av kommunen", "kind": "stated", "publisher": "Larvik", "checked": "2026"}
    new["sources"].append(extra)
    new["need"]["description"]["sources"].append("egen")
    told = [
        piece.text
        for area in side_by_side(old, new)
        for item in area.items
        for row in item.rows
        for piece in row.new
        if piece.kind == "added"
    ]
    assert "egen" not in told
    assert told.count("Fortalt av kommunen") == 2


def test_a_whole_new_item_is_marked_as_new_and_named() -> None:
    old, new = a_case(), a_case()
    source = [old["sources"][0]["id"]]
    new["figures"] = [
        {"id": "nytt", "kind": "realised", "effect": "time_saved", "label": {"nb": "Spart tid"}, "value": "1250000",
         "unit": "hours", "sources": source},
        *old.get("figures", []),
    ]  # fmt: skip
    (area,) = side_by_side(old, new)
    (item,) = area.items
    assert (item.heading, item.kind) == ("Tall: Spart tid", "added")
    values = {row.label: "".join(piece.text for piece in row.new) for row in item.rows}
    assert values["Verdi"] == "1\xa0250\xa0000"
    assert values["Slag"] == "Målt"


def test_what_only_programs_read_is_not_shown() -> None:
    old, new = a_case(), a_case()
    new["revised"], new["id"] = "2030-01-01", "en-annen"
    assert side_by_side(old, new) == []
