"""CPV codes suggested for texts: what they are, why, and that nobody votes for themselves."""

import re
from typing import Any

import pytest

from ringvirkning.search.cpv import learnt as learnt_words
from ringvirkning.search.cpv.asked import asked
from ringvirkning.search.cpv.evidence import Evidence, evidence
from ringvirkning.search.cpv.labels import labels
from ringvirkning.search.cpv.learning import LEAST_NOTICES, learn
from ringvirkning.search.cpv.neighbours import Neighbours, neighbours
from ringvirkning.search.cpv.suggest import _chosen, suggest_cpv
from ringvirkning.search.cpv.weights import at_level, by_class, sharpened
from ringvirkning.search.cpv.widen import with_codes
from ringvirkning.search.notices.index import ensure_notices
from ringvirkning.search.notices.query import understand_anywhere
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Format, Phase, Source
from ringvirkning.sources.tables import cpv_labels

pytestmark = pytest.mark.usefixtures("empty_catalogue")
ROBOTS = "vi trenger industriroboter"


def record(title: str, *codes: str) -> Record:
    return Record(
        file="laget",
        source=Source.DOFFIN,
        format=Format.EFORMS,
        phase=Phase.COMPETITION,
        titles={"nb": title},
        cpv=codes,
    )


def test_a_plain_word_finds_its_code_and_says_which_word_it_was() -> None:
    best = suggest_cpv(ROBOTS)[0]
    assert best.code.startswith("42997")
    assert best.label == cpv_labels()[best.code][0]
    assert best.because[0] == "industriroboter"
    assert 0 < best.score <= 1 and best.notices == 0


def test_the_label_is_in_the_language_of_the_reader() -> None:
    assert suggest_cpv(ROBOTS, reader="en")[0].label == cpv_labels()[suggest_cpv(ROBOTS)[0].code][1]


@pytest.mark.parametrize("nothing", ["", "   \n", "og i på", "asdf qwer", "vi trenger bedre tjenester", "12 34", "😀"])
def test_a_text_that_says_nothing_of_goods_or_services_gets_no_code(nothing: str) -> None:
    assert suggest_cpv(nothing) == []


@pytest.mark.parametrize(
    "need", ["snørydding av veger", "renhald av skular", "snow clearing", "programvare til skolen"]
)
def test_every_suggestion_is_a_code_that_explains_itself(need: str) -> None:
    found = suggest_cpv(need)
    assert found
    for one in found:
        assert one.code in cpv_labels()
        assert one.because and all(word in need for word in " ".join(one.because).split())
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_no_suggestion_lies_inside_another() -> None:
    prefixes = [one.code.rstrip("0") for one in suggest_cpv("brøyting og strøing av kommunale veier, leie av traktor")]
    assert not [(a, b) for a in prefixes for b in prefixes if a != b and a.startswith(b)]


def test_a_suggestion_goes_no_deeper_than_what_speaks_for_it() -> None:
    apart = Evidence({"4521": 0.5, "4531": 0.5}, {"45210000": 0.5, "45310000": 0.5})
    assert _chosen(apart, 5) == [("45", 1.0)]
    agreed = Evidence({"4521": 1.0}, {"45211000": 0.5, "45212000": 0.5})
    assert _chosen(agreed, 5) == [("4521", 1.0)]
    sure = Evidence({"4521": 1.0}, {"45211300": 1.0})
    assert _chosen(sure, 5) == [("452113", 1.0)]


def test_the_first_line_weighs_more_than_the_rest() -> None:
    read = asked("Snørydding\nLevering av kontormøbler")
    assert read.terms["snørydding"] > read.terms[next(term for term in read.terms if term.startswith("kontormøb"))]
    both = "Snørydding\nKontormøbler", "Kontormøbler\nSnørydding"
    assert [suggest_cpv(text)[0].code[:2] for text in both] == ["90", "39"]


def test_everyday_words_reach_labels_by_way_of_concepts() -> None:
    from ringvirkning.search.cpv.bridges import bridges

    own = asked("det lekker på vannledningen")
    reached = bridges().reach(own)
    assert set(reached) - set(own.terms)
    assert evidence(own, Neighbours()).classes


def test_sharpening_keeps_shares_and_order() -> None:
    assert sharpened({"a": 2.0, "b": 1.0}, 1) == {"a": 2 / 3, "b": 1 / 3}
    assert sharpened({"a": 2.0, "b": 1.0}, 2) == {"a": 0.8, "b": 0.2}
    assert sharpened({}, 2) == sharpened({"a": 0.0}, 2) == {}
    assert at_level({"4521": 1.0, "4531": 2.0}, 2) == {"45": 3.0}
    assert by_class({"45210000": 4.0, "45211000": 4.0}) == {"4521": 5.0}


def test_the_index_of_labels_knows_every_code() -> None:
    assert set(labels().lengths) == set(cpv_labels())
    best = labels().of_codes(dict.fromkeys(understand_anywhere("industriroboter").terms, 1.0))
    assert max(best, key=lambda code: best[code]) == "42997300"


def test_words_are_learnt_from_several_notices_only_and_names_never() -> None:
    taught = [record(f"Brøyting for Hansenius Kvartbrekk {n}", "90620000") for n in range(LEAST_NOTICES)]
    others = [record(f"Kontormøbler {n}", "39130000") for n in range(9)]
    table = learn([*taught, *others])
    assert "9062" in table[understand_stem("brøyting")]
    assert not {word for word in table if word.startswith(("hanseni", "kvartbrekk"))}
    assert learn(taught[:-1] + others).keys().isdisjoint({understand_stem("brøyting")})


def understand_stem(word: str) -> str:
    return next(iter(understand_anywhere(word).terms))


def test_the_table_holds_stems_and_figures_only() -> None:
    table = learnt_words.table(learnt_words.FILE)
    assert set(table) == {"about", "source", "licence", "learnt", "words"}
    for word, classes in table["words"].items():
        assert re.fullmatch(r"[=~][a-z0-9-]+|[^\W\d_]+", word), word
        assert all(re.fullmatch(r"\d{4}", key) and value > 0 for key, value in classes.items())


# Neighbours.


@pytest.fixture
def ploughing(make_notice: Any) -> None:
    """Three notices about something no label speaks of, all with one code."""
    for number in range(3):
        make_notice(f"Fjerning av kvistdunger i parkbelter, parsell {number}", "77310000")
    ensure_notices()


@pytest.mark.usefixtures("ploughing")
def test_notices_like_the_text_vote_and_are_counted() -> None:
    best = suggest_cpv("fjerning av kvistdunger i parkbelter")[0]
    assert best.code.startswith("773") and best.notices == 3
    assert best.because


@pytest.mark.usefixtures("ploughing")
def test_procurements_left_out_do_not_vote() -> None:
    from ringvirkning.catalogue.notices.models import Notice

    read = asked("fjerning av kvistdunger i parkbelter")
    lives = sorted(Notice.objects.values_list("life", flat=True))
    assert len(neighbours(read).notices) == 3
    left = neighbours(read, without=lives[:1]).notices
    assert len(left) == 2 and not Notice.objects.filter(key__in=left, life=lives[0])
    assert neighbours(read, without=lives) == Neighbours()


def test_without_notices_nobody_votes() -> None:
    assert neighbours(asked(ROBOTS)) == Neighbours()


def test_a_need_is_widened_with_the_labels_of_its_codes() -> None:
    plain = understand_anywhere("brøyting")
    wide = with_codes(plain, {one.code: one.score for one in suggest_cpv("brøyting")})
    assert set(wide.terms) > set(plain.terms)
    assert all(wide.terms[term] >= weight for term, weight in plain.terms.items())
