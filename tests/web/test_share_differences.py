"""Two texts side by side: every difference is shown, and nothing is lost that nobody chose to leave out."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.publishing.terms import Step
from ringvirkning.web.share.differences import BOTH, MINE, THEIRS, chosen, differences
from ringvirkning.web.share.steps import FIGURES, GUIDES, NEED

Content = dict[str, Any]
LESSONS = GUIDES[Step.LESSONS]
MINE_TEXT = {"title": {"nb": "Min"}, "need": {"description": {"text": {"nb": "Mitt behov"}}}, "themes": ["helse"]}
THEIR_TEXT = {"title": {"nb": "Din"}, "need": {"description": {"text": {"nb": "Ditt behov"}}}, "themes": ["vann"]}


def test_the_same_text_has_no_differences() -> None:
    assert differences(NEED, MINE_TEXT, deepcopy(MINE_TEXT)) == []


def test_each_difference_is_told_with_its_field() -> None:
    found = {one.name: one for one in differences(NEED, MINE_TEXT, THEIR_TEXT)}
    assert set(found) == {"title.nb", "need.description.text.nb", "themes"}
    assert found["title.nb"].label == "Navn på saken (bokmål)"
    assert (found["title.nb"].mine, found["title.nb"].theirs) == ("Min", "Din")
    assert found["need.description.text.nb"].suggested == BOTH
    assert not found["title.nb"].can_keep_both, "a title is one"


def test_what_is_chosen_stands() -> None:
    answers = {"title.nb": MINE, "need.description.text.nb": BOTH, "themes": THEIRS}
    assert chosen(NEED, MINE_TEXT, THEIR_TEXT, answers) == {
        "title": {"nb": "Min"},
        "need": {"description": {"text": {"nb": "Ditt behov\n\nMitt behov"}}},
        "themes": ["vann"],
    }


def test_without_a_choice_long_texts_are_both_kept() -> None:
    text = chosen(NEED, MINE_TEXT, THEIR_TEXT, {})["need"]["description"]["text"]["nb"]
    assert "Mitt behov" in text and "Ditt behov" in text
    assert chosen(NEED, MINE_TEXT, THEIR_TEXT, {"themes": "tull"})["themes"] == ["vann"]


def test_what_only_one_of_them_has_is_kept_unless_it_is_left_out() -> None:
    mine, theirs = {"title": {"nb": "Sak"}}, {"title": {"nb": "Sak"}, "keywords": {"nb": ["alarm"]}}
    (one,) = differences(NEED, mine, theirs)
    assert (one.mine, one.theirs, one.suggested) == (None, ["alarm"], THEIRS)
    assert chosen(NEED, theirs, mine, {}) == theirs
    assert chosen(NEED, mine, theirs, {one.name: MINE}) == mine


def lesson(text: str, kind: str = "worked") -> Content:
    return {"kind": kind, "text": {"nb": text}}


def test_an_item_put_first_does_not_move_the_others() -> None:
    theirs = {"lessons": [lesson("Helt ny lærdom om noe annet"), lesson("Spør IKT tidlig i arbeidet")]}
    mine = {"lessons": [lesson("Spør IKT enda tidligere i arbeidet")]}
    found = differences(LESSONS, mine, theirs)
    assert [(one.mine is None, one.theirs is None) for one in found] == [(True, False), (False, False)]
    assert chosen(LESSONS, mine, theirs, {"lessons#0": THEIRS, "lessons#1": MINE})["lessons"] == [
        theirs["lessons"][0],
        mine["lessons"][0],
    ]


def test_figures_are_known_by_their_id() -> None:
    theirs = {"figures": [{"id": "a", "value": "1"}, {"id": "b", "value": "2"}]}
    mine = {"figures": [{"id": "b", "value": "3"}, {"id": "a", "value": "1"}]}
    (one,) = differences(FIGURES, mine, theirs)
    assert (one.mine["value"], one.theirs["value"]) == ("3", "2")


TEXTS = st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=6), max_size=4)


@given(mine=TEXTS, theirs=TEXTS)
def test_nothing_is_lost_when_nobody_chooses(mine: list[str], theirs: list[str]) -> None:
    one, two = ({"lessons": [lesson(text) for text in texts]} for texts in (mine, theirs))
    kept = [item["text"]["nb"] for item in chosen(LESSONS, one, two, {}).get("lessons", [])]
    assert set(kept) == {*mine, *theirs}


@given(mine=TEXTS, theirs=TEXTS)
def test_choosing_one_side_everywhere_gives_that_side(mine: list[str], theirs: list[str]) -> None:
    one, two = ({"lessons": [lesson(text) for text in texts]} for texts in (mine, theirs))
    for side, texts in ((MINE, mine), (THEIRS, theirs)):
        answers = {difference.name: side for difference in differences(LESSONS, one, two)}
        kept = [item["text"]["nb"] for item in chosen(LESSONS, one, two, answers).get("lessons", [])]
        assert sorted(kept) == sorted(texts)
