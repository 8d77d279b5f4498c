"""Two versions of a case, leaf by leaf: everything that differs is found, and nothing else."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.catalogue import seed
from ringvirkning.catalogue.compare import Difference, Kind, compare, matched, pieces

words = st.text(alphabet="abcdeæøå .", min_size=1, max_size=30)
items = st.dictionaries(st.sampled_from(["id", "text", "role", "note"]), words, min_size=1, max_size=4)
documents = st.recursive(
    st.one_of(words, st.integers(0, 9), st.booleans(), st.lists(words, max_size=3), st.lists(items, max_size=5)),
    lambda inside: st.dictionaries(st.sampled_from(["title", "nb", "figures", "state", "sources"]), inside, max_size=4),
    max_leaves=12,
)
mappings = st.dictionaries(st.sampled_from(["title", "need", "figures", "parties"]), documents, max_size=4)


def a_seed(number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(seed.seed_files()[number].read_text(encoding="utf-8"))
    return found


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document where a plain value, or a list of plain values, stands."""
    if isinstance(value, dict):
        return [leaf for key, child in value.items() for leaf in leaves(child, (*path, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [leaf for number, child in enumerate(value) for leaf in leaves(child, (*path, number))]
    return [path]


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    for part in path[:-1]:
        document = document[part]
    document[path[-1]] = value
    return document


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_a_case_does_not_differ_from_itself(number: int) -> None:
    assert compare(a_seed(number), copy.deepcopy(a_seed(number))) == []


@given(mappings, mappings)
def test_nothing_differs_exactly_when_the_documents_are_equal(old: Any, new: Any) -> None:
    same = json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)
    assert (compare(old, new) == []) == same


@given(st.data())
def test_every_changed_leaf_is_found_and_no_other(data: Any) -> None:
    old = a_seed(data.draw(st.integers(0, len(seed.seed_files()) - 1)))
    # An id is what an item is known by: to change it is to take one away and put another in.
    choices = [leaf for leaf in leaves(old) if leaf[-1] != "id"]
    path = data.draw(st.sampled_from(choices))
    new = copy.deepcopy(old)
    put(new, path, ["helt-nytt"] if isinstance(path[-1], str) and path[-1] == "sources" else "helt nytt")
    found = compare(old, new)
    assert any(one.new in ("helt nytt", ["helt-nytt"]) for one in found)
    # The item is still known as the same one when most of its words are.
    if not any(one.whole for one in found):
        assert [one.path for one in found] == [path]


@given(st.lists(items, max_size=6), st.lists(items, max_size=6))
def test_an_item_is_matched_with_one_other_at_most(old: Any, new: Any) -> None:
    partner = matched(old, new)
    assert len(set(partner.values())) == len(partner)
    assert set(partner) <= set(range(len(new)))
    assert set(partner.values()) <= set(range(len(old)))


def test_an_item_put_in_at_the_top_is_one_new_item_and_not_a_change_of_all() -> None:
    old = a_seed()
    new = copy.deepcopy(old)
    lesson = {"kind": "advice", "text": {"nb": "Ring nabokommunen først."}, "sources": [old["sources"][0]["id"]]}
    new["lessons"] = [lesson, *old.get("lessons", [])]
    found = compare(old, new)
    assert {one.kind for one in found} == {Kind.ADDED}
    assert {one.path[:2] for one in found} == {("lessons", 0)}
    assert {one.label for one in found} == {"lessons.kind", "lessons.text", "lessons.sources"}


def test_an_item_taken_out_is_one_item_gone() -> None:
    old = {"parties": [{"role": "lead", "name": "Larvik"}, {"role": "co_buyer", "name": "Oslo"}]}
    new = {"parties": [{"role": "co_buyer", "name": "Oslo"}]}
    assert [(one.path, one.kind, one.whole) for one in compare(old, new)] == [
        (("parties", 0, "role"), Kind.REMOVED, True),
        (("parties", 0, "name"), Kind.REMOVED, True),
    ]


def test_an_item_with_an_id_is_the_same_however_much_it_changes() -> None:
    old = {"figures": [{"id": "a", "label": {"nb": "Spart"}, "value": "1"}]}
    new = {"figures": [{"id": "b", "label": {"nb": "Ny"}}, {"id": "a", "label": {"nb": "Helt annet"}, "value": "9"}]}
    found = compare(old, new)
    assert Difference(("figures", 1, "value"), "figures.value", "1", "9", Kind.CHANGED) in found
    assert {one.path[1] for one in found if one.whole} == {0}


def test_a_new_order_is_told_once() -> None:
    old = {"lessons": [{"text": "en"}, {"text": "to"}, {"text": "tre"}]}
    new = {"lessons": [{"text": "tre"}, {"text": "en"}, {"text": "to"}]}
    assert [(one.kind, one.new) for one in compare(old, new)] == [(Kind.MOVED, [3, 1, 2])]


def test_a_language_put_in_is_a_leaf_of_its_own(case_data: Any) -> None:
    new = case_data()
    new["title"]["nn"] = "Varme i grunnen"
    assert compare(case_data(), new) == [
        Difference(("title", "nn"), "title", None, "Varme i grunnen", Kind.ADDED),
    ]


@given(words, words)
def test_the_pieces_of_a_text_make_both_texts(old: str, new: str) -> None:
    told = pieces(old, new)
    assert "".join(one.text for one in told if one.kind != "added") == old
    assert "".join(one.text for one in told if one.kind != "removed") == new


def test_words_beside_each_other_are_one_change() -> None:
    told = [(one.kind, one.text) for one in pieces("De sparte 20 timer i året.", "De sparte nesten 30 timer i året.")]
    assert told == [
        ("same", "De sparte "),
        ("removed", "20"),
        ("added", "nesten 30"),
        ("same", " timer i året."),
    ]


def test_very_long_texts_are_not_matched_word_by_word() -> None:
    old, new = "ord " * 5_000, "ord " * 4_999 + "slutt"
    assert [one.kind for one in pieces(old, new)] == ["removed", "added"]
