"""The measured sets can fail: who ranks at random scores near chance, who knows the answer scores 1."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.search.measure import JudgedNeed
from ringvirkning.search.measuring import cpv_codes, foreign, judged, known_item, los
from ringvirkning.search.measuring.cpv_codes import Coded, coded, learnable, voting
from ringvirkning.search.measuring.figures import OURS, ahead, difference, means
from ringvirkning.search.measuring.notices import Held, is_held_out
from ringvirkning.search.measuring.peers import nearest_fts5, nearest_tantivy, skipped
from ringvirkning.search.measuring.sets import SETS
from ringvirkning.search.notices.noticedoc import KIND
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Format, Phase, Source

MANY = 40
WORDS = "brøyting kontormøbler skolebygg ferge lekkasje tolketjenester brannbil programvare asfalt renhold".split()


def record(title: str, description: str = "", *codes: str, language: str = "nb") -> Record:
    return Record(
        file="laget",
        source=Source.DOFFIN,
        format=Format.EFORMS,
        phase=Phase.COMPETITION,
        titles={language: title},
        descriptions={language: description} if description else {},
        cpv=codes,
    )


def held(number: int, made: Record) -> Held:
    return Held(f"k{number:03}", f"liv{number}", made)


def shuffled(keys: list[str]) -> Callable[[str, int], list[tuple[str, float]]]:
    dice = random.Random(1)
    return lambda _, most: [(key, 1.0) for key in dice.sample(keys, k=min(most, len(keys)))]


# Figures.


def test_the_difference_has_an_interval_around_it_and_is_the_same_each_time() -> None:
    better = difference([1.0] * 30 + [0.0] * 10, [0.0] * 30 + [1.0] * 10, 500)
    assert better["difference"] == 0.5
    assert 0 < better["least"] < 0.5 < better["most"] < 1
    assert better == difference([1.0] * 30 + [0.0] * 10, [0.0] * 30 + [1.0] * 10, 500)


def test_nothing_between_two_alike_and_chance_stays_around_nothing() -> None:
    assert difference([0.5, 1.0], [0.5, 1.0], 50) == {"difference": 0, "least": 0, "most": 0}
    by_chance = difference([1.0, 0.0] * 20, [0.0, 1.0] * 20, 500)
    assert by_chance["least"] < 0 < by_chance["most"]


def test_we_are_compared_with_peers_and_not_with_ourselves() -> None:
    group = {OURS: {"m": [1.0, 1.0]}, f"{OURS}, bare": {"m": [0.0, 0.0]}, "peer": {"m": [0.0, 1.0]}}
    assert list(ahead(group, 50)) == ["peer"]
    assert means(group)["peer"] == {"m": 0.5}


# Judged needs.


def test_needs_without_answer_are_right_when_called_empty() -> None:
    needs = [
        JudgedNeed("a", "ferge", "nb", "tune", False, {"x": 3}),
        JudgedNeed("b", "romskip", "nb", "tune", False, {}),
    ]
    found = judged.verdicts(needs, lambda need: need == "romskip")
    assert found == {judged.EMPTY: {"right": [1.0]}, judged.ANSWERED: {"right": [1.0]}}
    always = judged.verdicts(needs, lambda _: True)
    assert always == {judged.EMPTY: {"right": [1.0]}, judged.ANSWERED: {"right": [0.0]}}
    assert judged.verdicts(needs, judged.finds_nothing(lambda _: ["x"]))[judged.EMPTY] == {"right": [0.0]}


@pytest.mark.usefixtures("library")
def test_a_verdict_of_ones_own_can_be_measured(tmp_path: Path) -> None:
    row = {"id": "x", "need": "ferge uten utslipp", "language": "nb", "half": "tune", "avoids_case_words": False}
    path = tmp_path / "behov.json"
    path.write_text(json.dumps({"needs": [{**row, "grades": {}}]}), encoding="utf-8")
    plainly = judged.measure(path, with_peers=False)
    told_so = judged.measure(path, with_peers=False, is_empty=lambda _: True)
    assert plainly.groups[judged.EMPTY][OURS] == {"right": [0.0]}
    assert told_so.groups[judged.EMPTY][OURS] == {"right": [1.0]}


# Known items.


def test_known_items_are_found_by_us_and_not_by_chance() -> None:
    notices = [record(f"Anskaffelse av {word}", f"Kommunen trenger {word} snarest mulig") for word in WORDS]
    known, left_out = known_item.known_items([*notices, notices[0], record("Uten tekst")])
    assert len(known) == len(WORDS) and left_out == {"without_words": 1, "same_title": 1, "same_description": 0}
    assert {one.key.startswith(KIND) and not one.notice.titles for one in known} == {True}
    assert known_item.asked(known, known_item.ours(known, labels=False)) == [1] * len(WORDS)
    keys = [f"{KIND}/{n}" for n in range(1000)]
    assert sum(place is not None for place in known_item.asked(known, shuffled(keys))) <= 2
    assert known_item.values([1, 2, None])["mrr_10"] == [1.0, 0.5, 0.0]


# Los.


def test_los_asks_for_what_is_not_in_the_name_already() -> None:
    some = [
        los.Concept("ord/a", ("Abort",), ("Svangerskapsavbrudd", "Abort"), "Abort"),
        los.Concept("ord/b", ("Sykehjem",), ("Pleiehjem",), "Sjukeheim"),
        los.Concept("ord/c", ("Bolig",), ("Pleiehjem",), ""),
    ]
    asked = los.queries(some)
    assert [one.query for one in asked[los.SYNONYMS]] == ["Svangerskapsavbrudd", "Pleiehjem"]
    assert asked[los.SYNONYMS][1].right == {"ord/b", "ord/c"}
    assert [one.query for one in asked[los.NYNORSK]] == ["Sjukeheim"]
    assert "svangerskapsavbrudd" not in los.hidden(some).plain_words
    assert "sykehjem" in los.hidden(some).plain_words


def test_los_is_near_chance_for_who_guesses_and_whole_for_who_knows() -> None:
    asked = [los.Asked(str(n), frozenset({str(n)})) for n in range(200)]
    guessed = los.values(asked, shuffled([str(n) for n in range(1000)]))
    assert sum(guessed["recall_10"]) < 10
    assert sum(los.values(asked, lambda query, _: [(query, 1.0)])["mrr_10"]) == 200


def test_los_reads_the_file_as_it_is_published(tmp_path: Path) -> None:
    row: dict[str, Any] = {"path": "ord/a", "PrefLabel": {"nb": ["Ku"], "nn": ["Kyr"]}}
    row |= {"HiddenLabel": {"nb": ["Storfe"], "en": ["Cow"]}, "Note": {"nb": ["Et dyr."], "nn": ["Eit dyr."]}}
    (tmp_path / "los.json").write_text(json.dumps([row, {"path": "ord/tom"}]), encoding="utf-8")
    assert los.concepts(tmp_path / "los.json") == [los.Concept("ord/a", ("Ku", "Et dyr."), ("Storfe",), "Kyr")]
    assert len(los.concepts()) > 500


# CPV.


def test_right_codes_score_one_and_chance_little() -> None:
    wanted = [Coded(f"k{n}", f"l{n}", "tekst", f"{n + 10}230000") for n in range(MANY)]
    dice = random.Random(1)
    right = cpv_codes.values(wanted, lambda one: {one.code[:4]: 1.0})
    guessed = cpv_codes.values(wanted, lambda _: {f"{dice.randrange(10, 99)}23": 1.0})
    assert {sum(listed) for listed in right.values()} == {MANY}
    assert max(sum(listed) for listed in guessed.values()) < MANY / 4


def test_a_notice_does_not_vote_for_itself_nor_its_procurement() -> None:
    notices = {
        "a": Held("a", "liv", record("t", "", "45000000")),
        "b": Held("b", "liv", record("t", "", "45000000")),
        "c": Held("c", "annet", record("t", "", "90000000")),
    }
    guess = voting(lambda text, most: [("a", 9.0), ("b", 8.0), ("c", 1.0)], notices)
    assert guess(Coded("a", "liv", "t", "45000000")) == {"9000": 1.0}


def test_what_is_measured_is_never_learnt_from() -> None:
    notices = [held(n, record(f"Tittel {n}", f"Beskrivelse {n}", "45000000")) for n in range(MANY)]
    twins = [Held(f"t{one.key}", one.life, record(f"Annet {one.key}", "", "45000000")) for one in notices]
    asked = {one.life for one in coded(notices) if is_held_out(one.key)}
    assert 5 < len(asked) < MANY - 5
    assert not asked & {one.life for one in learnable([*notices, *twins])}


# Across languages.


def test_the_same_kind_in_another_language_is_right() -> None:
    notices = [
        held(1, record("Brøyting", "", "90620000")),
        held(2, record("Snow clearing", "", "90620000", language="en")),
        held(3, record("Talvikunnossapito", "", "90620000", "45000000", language="fi")),
        held(4, record("Chairs", "", "39112000", language="en")),
        held(5, record("Snøvær", "", "90621000")),
    ]
    found = {one.title: one.grades for one in foreign.wanted(notices)}
    assert found == {"Brøyting": {"k002": 3, "k003": 3}, "Snøvær": {"k002": 2, "k003": 2}}
    knows = foreign.values(foreign.wanted(notices), lambda _, most: [("k002", 2.0), ("k003", 1.0)])
    wrong = foreign.values(foreign.wanted(notices), lambda _, most: [("k004", 2.0)])
    assert knows["ndcg_10"] == [1.0, 1.0] and wrong["ndcg_10"] == [0.0, 0.0]


# Peers and sets.


@pytest.mark.parametrize("odd", ["", '"', "' OR 1=1 --", "NEAR(", "a AND", "*", "😀", "og i på", "x:y"])
def test_peers_answer_odd_texts(odd: str) -> None:
    texts = {"a": "eldre faller", "b": "ferge uten utslipp"}
    for nearest in (nearest_fts5(texts, "unicode61"), nearest_tantivy(texts, "norwegian")):
        assert len(nearest(odd, 5)) <= 2
        assert [key for key, _ in nearest("ferge", 5)] == ["b"]


def test_a_peer_that_is_not_here_is_said_to_be_skipped() -> None:
    assert list(skipped(None)) == ["PostgreSQL, Norwegian"]
    assert skipped("postgres://x@127.0.0.1/x") == {}


@pytest.mark.usefixtures("empty_catalogue")
def test_sets_over_notices_are_empty_where_there_are_none() -> None:
    assert known_item.measure([]).groups == cpv_codes.measure([]).groups == foreign.measure([]).groups == {}
    assert list(SETS) == ["needs", "known_item", "los", "cpv", "foreign"]
