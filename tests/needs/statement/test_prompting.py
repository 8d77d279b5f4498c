"""Gentle questions: asked when a need is a wish for a product or says too little, and not when it is good."""

import json
import re
from pathlib import Path

import pytest

from ringvirkning.needs.assessment import Told
from ringvirkning.needs.statement.prompting import MOST, prompts_file, prompts_for

PROMPTED = [tuple(one) for one in json.loads((Path(__file__).parent / "prompted.json").read_text(encoding="utf-8"))]


def codes(text: str, told: Told | None = None) -> list[str]:
    return [one.code for one in prompts_for(text, told or Told(), "nb")]


@pytest.mark.parametrize(("wanted", "text"), PROMPTED)
def test_a_need_gets_the_questions_it_lacks_answers_to(wanted: list[str], text: str) -> None:
    assert codes(text) == wanted


def test_half_of_the_needs_tried_are_good_ones() -> None:
    assert len(PROMPTED) >= 40
    assert sum(not wanted for wanted, _ in PROMPTED) * 2 >= len(PROMPTED) - 2


def test_a_guided_answer_is_not_asked_for_again() -> None:
    assert codes("Det må bli bedre belysning langs stien til skolen") == ["whom", "extent"]
    told = Told(whom="skolebarn", often="hver morgen om vinteren")
    assert codes("Det må bli bedre belysning langs stien til skolen", told) == []


def test_a_product_gets_the_example_of_its_kind() -> None:
    assert "«vi trenger roboter»" in prompts_for("vi trenger roboter", Told(), "nb")[0].example
    assert "“we need robots”" in prompts_for("we need robots", Told(), "en")[0].example


def test_a_brand_that_is_only_told_of_is_no_demand() -> None:
    assert "brand" not in codes("I dag bruker vi Microsoft Teams, og pårørende må ringe oss hver gang.")
    assert "brand" in codes("Løsningen må være Microsoft, og elevene skriver for hånd hver dag.")


def test_every_question_and_example_is_in_three_languages() -> None:
    file = prompts_file()
    told = [part for one in file.asked.values() for part in one.values()] + [one.example for one in file.products]
    assert all(set(one) == {"nb", "nn", "en"} and all(one.values()) for one in told)
    assert set(file.asked) == {"product", "brand", "detailed", "short", "today", "whom", "extent"}
    assert all(len(codes(text)) <= MOST for _, text in PROMPTED)


def test_nynorsk_is_not_bokmal() -> None:
    bokmal = re.compile(r"\b(?:ikke|hva|hvem|hvor|noe|jeg|være|gjøre)\b")
    assert not any(bokmal.search(one["nn"]) for parts in prompts_file().asked.values() for one in parts.values())
