"""The one door to searching, with the whole seed library behind it."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.search.casedoc import CASES, alphabet, case_facets, fullness
from ringvirkning.search.find import WEAK, Answer, find, strong_and_weak
from ringvirkning.search.index import index
from ringvirkning.search.query import understand

pytestmark = pytest.mark.usefixtures("library")


def ids(answer: Answer) -> list[str]:
    return [hit.case.case_id for hit in answer.hits]


def test_an_empty_need_gives_everything_newest_first() -> None:
    answer = find("", limit=100)
    assert answer.ready
    assert answer.total == len(answer.hits) == 71
    years = [hit.case.year or 0 for hit in answer.hits]
    assert years == sorted(years, reverse=True)


@pytest.mark.parametrize(
    ("need", "case_id"),
    [
        ("brøytebilen kommer aldri når vi trenger den", "smart-vinterveg"),
        ("eldre som glemmer medisinene sine", "elektronisk-medisineringsstotte"),
        ("søppel som flyter i havna", "soppelsamler-i-gjestehavna"),
        ("skred over veien om vinteren", "deteksjon-og-varsling-av-snoskred-over-vei"),
        ("ferge uten utslipp", "hydrogen-elektrisk-ferje-hjelmeland-nesvik-skipavik"),
        ("overvann i gatene ved styrtregn", "framtidsrettet-overvannshandtering"),
        ("dårlig luft i klasserommet mens vi bruker skolen", "ventilasjon-i-skoler-mens-bygget-er-i-bruk"),
        ("vi finner ikke lekkasjene på vannledningene", "satellittbasert-lekkasjesok"),
    ],
)
def test_a_need_in_plain_words_leads_to_the_case(need: str, case_id: str) -> None:
    assert case_id in ids(find(need, limit=5))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("heimeteneste", "hjemmetjeneste"),
        ("sjukeheim", "sykehjem"),
        ("ei god løysing for sjukeheim", "en god løsning for sykehjem"),
        ("overvannshåndtering", "håndtering av overvann"),
        ("el-ferge", "elferge"),
        ("elferje", "elferge"),
        ("snøbrøyting", "snoebroeyting"),
        ("snøbrøyting", "snobroyting"),
        ("sykehjem", "sykehejm"),
        ("trygghetsalarm", "trygghetsalarn"),
    ],
)
def test_two_ways_to_say_it_give_much_the_same_answer(one: str, other: str) -> None:
    first, second = ids(find(one, limit=3)), ids(find(other, limit=3))
    assert first
    assert second
    assert set(first[:1]) & set(second)


ODD = {
    "empty": "",
    "blanks": " \t\n ",
    "small words": "og i på til det er ikke",
    "padding": "kommunen trenger en ny løsning",
    "quotes": "\"eldre\" 'faller' «hjemme»",
    "one quote": '"eldre',
    "control": "eldre\x00\x07\x1b[31m faller",
    "sql": "'; DROP TABLE catalogue_case; --",
    "engine syntax": "title:eldre AND (fall* OR NOT x)^9~2 [a TO b] +a -b /x/ {!}",
    "our own marks": "=fall ~fall key:meta/change",
    "emoji": "👵🏽🏠🚑",
    "right to left": "שלום \u202eعالم مرحبا",
    "greek capitals": "ΣΊΣΥΦΟΣ İSTANBUL ẞ",
    "surrogate": "eldre \ud800 faller",
    "only signs": "!!! ??? --- ...",
    "markup": "<script>alert(1)</script>",
    "braces": "{0.__class__} %s %(x)s",
    "many words": "eldre faller hjemme om natta " * 400,
    "many different words": " ".join(f"ord{number}" for number in range(1_500)),
    "long hyphens": "-".join(["el"] * 300),
}


@pytest.mark.parametrize("need", ODD.values(), ids=ODD.keys())
def test_an_odd_need_gets_an_answer(need: str) -> None:
    answer = find(need)
    assert isinstance(answer, Answer)
    assert answer.ready
    assert answer.total >= len(answer.hits)
    assert Case.objects.count() == 71


def test_words_that_no_case_has_find_nothing_rather_than_everything() -> None:
    answer = find("qqqqzzzz xxxyyy")
    assert (answer.total, answer.hits) == (0, [])


def test_a_need_of_only_padding_does_not_bring_the_whole_library() -> None:
    assert find("kommunen trenger en god løsning").total < 71


@settings(max_examples=40)
@given(st.text(max_size=120))
def test_any_need_gets_an_answer(need: str) -> None:
    assert find(need, limit=3, with_reasons=True).ready


@settings(max_examples=25)
@given(
    st.sampled_from(["", "eldre", "ferge uten utslipp", "ny teknologi på sykehjem"]),
    st.dictionaries(
        st.sampled_from(CASES.facets),
        st.sampled_from([("helse",), ("vei", "digital"), ("in_use",), ("tender", "startoff"), ("46", "03"), ("2019",)]),
        max_size=3,
    ),
)
def test_counts_hold_under_all_other_filters(need: str, filters: dict[str, tuple[str, ...]]) -> None:
    """Check against a slow honest twin: ask for everything, and count by hand."""
    facets = {case.case_id: case_facets(case, case_file) for case, case_file in queries.read_cases(queries.all_cases())}
    found = ids(find(need, limit=100, with_reasons=False))
    answer = find(need, filters=filters, limit=100, with_reasons=False)

    def keeps(case_id: str, but: str = "") -> bool:
        return all(set(values) & set(facets[case_id][name]) for name, values in filters.items() if name != but)

    assert sorted(ids(answer)) == sorted(case_id for case_id in found if keeps(case_id))
    for name in CASES.facets:
        honest = Counter(value for case_id in found if keeps(case_id, name) for value in facets[case_id][name])
        assert answer.counts[name] == dict(honest)


def test_unknown_facets_sorts_and_kinds_are_passed_over() -> None:
    plain = find("eldre")
    odd = find("eldre", filters={"farge": ("blå",), "theme": ()}, sort="tilfeldig", kinds=("case", "dokument"))
    assert ids(odd) == ids(plain)
    assert odd.filters == {}
    assert find("eldre", kinds=("dokument",)).total == 0


@pytest.mark.parametrize(("offset", "limit"), [(-5, 0), (10**9, 10**9), (0, -1), (70, 20)])
def test_pages_beyond_reason_are_brought_within_it(offset: int, limit: int) -> None:
    answer = find("", offset=offset, limit=limit)
    assert answer.total == 71
    assert len(answer.hits) <= 100


def test_pages_share_out_all_hits_without_overlap() -> None:
    whole = ids(find("digital løsning for pasienter hjemme", limit=30))
    parts = [ids(find("digital løsning for pasienter hjemme", offset=at, limit=7)) for at in range(0, 30, 7)]
    assert [case_id for part in parts for case_id in part][:30] == whole


def test_titles_sort_as_in_norwegian() -> None:
    titles = [hit.case.title for hit in find("", sort="alphabet", limit=100).hits]
    places = [alphabet(title) for title in titles]
    assert places == sorted(places)
    words = ["Aker", "Bo", "Zebra", "Ære", "Økt", "Åpen"]
    assert sorted(reversed(words), key=alphabet) == words


def test_the_fullest_cases_come_first_when_asked() -> None:
    points = [fullness(hit.case_file) for hit in find("", sort="fullness", limit=100).hits]
    assert points == sorted(points, reverse=True)


def test_a_score_is_given_and_falls() -> None:
    scores = [hit.score for hit in find("eldre som faller").hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_a_case_that_is_gone_since_is_left_out_of_the_hits() -> None:
    first = ids(find("eldre som faller"))[0]
    Case.objects.filter(case_id=first).update(revision=None)
    assert first not in ids(find("eldre som faller"))


def test_the_engine_is_opened_once() -> None:
    find("eldre")
    engine = index._engine
    find("ferge")
    assert index._engine is engine


@pytest.mark.parametrize(
    "need", ["eldre som faller om natta", "sykehejm", "overvann", "lekkasje på vassleidning", "ferje utan utslepp"]
)
def test_reasons_mark_words_that_have_to_do_with_the_need(need: str) -> None:
    hits = find(need, limit=5).hits
    assert hits
    for hit in hits:
        assert 1 <= len(hit.why) <= 2
        assert len({reason.part for reason in hit.why}) == len(hit.why)
        for reason in hit.why:
            assert reason.marks
            assert list(reason.marks) == sorted(reason.marks)
            marked = [reason.text[start:end] for start, end in reason.marks]
            assert all(word and word.strip() == word for word in marked)
            assert {word.lower() for word in marked} <= set(reason.words)


def test_the_best_reason_marks_the_words_that_were_asked_for() -> None:
    answer = find("brøytebil")
    marked = {reason.text[a:b].lower() for hit in answer.hits[:1] for reason in hit.why for a, b in reason.marks}
    assert any(word.startswith("brøyte") for word in marked)


@settings(max_examples=30)
@given(st.sampled_from(["eldre", "ferge", "vann", "snø på veien", "sykehus", "energi i bygg", "é̸ldre fal\u0301l"]))
def test_marks_stand_within_their_text_and_do_not_overlap(need: str) -> None:
    for hit in find(need, limit=20).hits:
        for reason in hit.why:
            ends = [0, *[place for mark in reason.marks for place in mark], len(reason.text)]
            assert ends == sorted(ends)


def test_reasons_can_be_left_out() -> None:
    assert all(hit.why == [] for hit in find("eldre", with_reasons=False).hits)


def test_what_was_understood_is_told() -> None:
    understood = find("sykehejm der eldre faller").understood
    assert "sykehjem" in understood.mended["sykehejm"]
    assert understood.concepts["fall"] == 1.0


def test_a_need_is_read_up_to_a_limit() -> None:
    assert len(understand("ord " * 5_000).text) == 10_000
    assert len(understand(" ".join(f"orda{chr(97 + n % 26)}{n}" for n in range(900))).terms) <= 500


def test_the_plain_list_stands_in_while_there_is_no_index(
    monkeypatch: pytest.MonkeyPatch, own_index_folder: Any
) -> None:
    monkeypatch.setattr(index, "engine", lambda: None)
    answer = find("eldre", limit=5, offset=2)
    assert not answer.ready
    assert (answer.total, len(answer.hits), answer.counts) == (71, 5, {})


def test_weak_hits_are_parted_from_the_strong_ones() -> None:
    hits = find("elektrisk ferge uten utslipp", limit=30).hits
    strong, weak = strong_and_weak(hits)
    assert strong + weak == hits
    assert all(hit.score >= WEAK * hits[0].score for hit in strong)
    assert weak
    assert all(hit.score < WEAK * hits[0].score for hit in weak)
    assert strong_and_weak([]) == ([], [])
