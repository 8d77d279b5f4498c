"""From hits to kinds of answers, and how much of a need a thing speaks of."""

from collections.abc import Iterable

from ringvirkning.needs.answering.coverage import asked_words, covered
from ringvirkning.needs.answering.grouping import MOST_GROUPS, REST, Candidate, grouped
from ringvirkning.needs.terms import AnswerKind
from ringvirkning.search.query import understand
from ringvirkning.search.text.analyser import analyser


def case(key: str, strength: float, *approaches: str) -> Candidate:
    return Candidate(AnswerKind.CASE, key, strength, approaches)


def notice(key: str, strength: float, *approaches: str) -> Candidate:
    return Candidate(AnswerKind.NOTICE, key, strength, approaches)


def shares(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 0.1)


def test_things_of_one_approach_stand_together_and_the_best_group_first() -> None:
    found = [case("a", 0.6, "rute"), case("b", 1.0, "sensor"), notice("c", 0.3, "sensor"), notice("d", 0.5)]
    assert [(group.approach, [one.key for one in group.members]) for group in grouped(found)] == [
        ("sensor", ["b", "c"]),
        ("rute", ["a"]),
        (REST, ["d"]),
    ]


def test_a_way_of_buying_does_not_hide_what_was_bought() -> None:
    [first, second] = grouped([case("a", 1.0, "felles", "sensor"), case("b", 0.5, "felles")], {"felles"})
    assert (first.approach, second.approach) == ("sensor", "felles")


def test_weak_things_make_no_group_but_join_one() -> None:
    found = [case("a", 1.0, "sensor"), notice("b", 0.1, "sensor"), notice("c", 0.1, "annet"), notice("d", 0.1)]
    assert [[one.key for one in group.members] for group in grouped(found)] == [["a", "b"]]


def test_several_good_answers_of_a_kind_go_before_one_a_little_better() -> None:
    found = [case("a", 0.6, "en"), *(case(f"b{n}", 0.5, "flere") for n in range(3))]
    assert [group.approach for group in grouped(found)] == ["flere", "en"]


def test_there_are_no_more_groups_than_can_be_read() -> None:
    groups = grouped([*(case(str(n), 0.9, f"slag-{n}") for n in range(30)), case("rest", 0.9)])
    assert len(groups) == MOST_GROUPS + 1
    assert groups[-1].approach == REST


def test_the_order_of_hits_of_the_same_strength_does_not_matter() -> None:
    found = [case("a", 0.5, "x"), notice("b", 0.5, "x"), case("c", 0.5, "y")]
    assert grouped(found) == grouped(found[::-1])


def test_what_a_thing_speaks_of_is_told_from_what_it_does_not() -> None:
    asked = asked_words(understand("eldre faller om natta på sykehjemmet i Narvik"), shares)
    coverage = covered(asked, set(analyser().terms("Sensorer varsler når en beboer på sykehjem faller.")))
    assert 0 < coverage.share < 1
    assert "Narvik".lower() in [word.lower() for word in coverage.lacks]
    assert "faller" not in coverage.lacks


def test_everything_and_nothing_are_the_ends_of_the_scale() -> None:
    asked = asked_words(understand("brøyting av fortau"), shares)
    assert covered(asked, set(analyser().terms("brøyting av fortau"))) == (1.0, ())
    nothing = covered(asked, {"noe", "annet"})
    assert (nothing.share, set(nothing.lacks)) == (0.0, {"brøyting", "fortau"})


def test_a_word_weighs_more_the_fewer_say_it() -> None:
    def fewer_avalanches(terms: Iterable[str]) -> dict[str, float]:
        return {term: 0.001 if "skred" in term else 0.5 for term in terms}

    rare_first = asked_words(understand("vann snøskred"), fewer_avalanches)
    weights = {one.form: one.weight for one in rare_first}
    assert weights["snøskred"] > weights["vann"]


def test_an_empty_need_is_covered_by_nothing() -> None:
    assert covered(asked_words(understand("og det som"), shares), {"ferg"}) == (0.0, ())
