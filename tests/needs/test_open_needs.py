"""Open needs that are like a need, and what is new for an assessment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.needs.conftest import NEED, fresh

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.queries import last_change
from ringvirkning.catalogue.terms import Origin
from ringvirkning.needs import operations, queries
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.open.distance import great_circle, kilometres
from ringvirkning.needs.open.find import open_needs_like
from ringvirkning.needs.open.keeping import read_again
from ringvirkning.needs.open.likeness import Collection, terms_of
from ringvirkning.needs.open.memory import Memory
from ringvirkning.needs.sections import fingerprint
from ringvirkning.needs.statement.read import read_need
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.needs.terms import AnswerKind, Section
from ringvirkning.needs.whatsnew import Answered, Answering, News, news_for
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role
from ringvirkning.search.own_words import add_own_word
from ringvirkning.search.text.vocabulary import concepts

ROAD = "Grusveiene våre har så mange hull at skolebussen må kjøre omveier."
DAY = timedelta(days=1)


@pytest.fixture
def opened(stranger: Person, begun: Callable[..., AssessmentRow], now: datetime) -> Callable[..., AssessmentRow]:
    """Return a maker of open needs in Tønsberg."""

    def make(need: str, title: str = "Et behov", at: datetime = now, **content: Any) -> AssessmentRow:
        row = begun(stranger, organisation="tonsberg", title=title, need=need, **content)
        operations.open_up(assessment=row, person=stranger, at=at, seen_warnings=False)
        return row

    return make


def test_the_alike_come_first_with_place_size_and_time(
    row: AssessmentRow, opened: Callable[..., AssessmentRow]
) -> None:
    timing = {"wanted": "høsten 2027", "size_kroner": {"low": 100000, "high": 300000}}
    falls = opened("Eldre som faller på rommet om natta, blir liggende til noen går runden.", "Fall", timing=timing)
    opened(ROAD, "Hull i veien")
    larvik = Organisation.objects.get(slug="larvik")
    [like] = open_needs_like(NEED, organisation=larvik)
    assert (like.key, like.title) == (str(falls.key), "Fall")
    assert like.organisation
    assert (like.organisation.slug, like.organisation.population) == ("tonsberg", 58_000)
    assert 30 < (like.kilometres or 0) < 35
    assert like.timing.wanted == "høsten 2027"
    assert like.opened == falls.opened or like.opened is not None
    assert 0.3 <= like.likeness < 1


def test_the_same_text_is_as_alike_as_can_be(row: AssessmentRow, opened: Callable[..., AssessmentRow]) -> None:
    opened(NEED, NEED)
    assert open_needs_like(NEED)[0].likeness == pytest.approx(1.0, abs=0.01)


def test_what_is_closed_private_or_the_need_itself_is_not_shown(
    kari: Person, row: AssessmentRow, opened: Callable[..., AssessmentRow], now: datetime
) -> None:
    assert open_needs_like(NEED) == []
    mine = opened(NEED)
    assert [one.key for one in open_needs_like(NEED)] == [str(mine.key)]
    assert open_needs_like(NEED, besides=str(mine.key)) == []
    operations.close(assessment=mine, person=mine.owner, at=now)
    assert open_needs_like(NEED) == []


def test_a_changed_need_is_compared_as_it_is_now(opened: Callable[..., AssessmentRow], now: datetime) -> None:
    row = opened(NEED, "Behovet")
    assert open_needs_like(ROAD) == []
    operations.save_section(
        assessment=row, section=Section.NEED, base=fingerprint(fresh(row).content, Section.NEED),
        content={"title": "Behovet", "need": ROAD, "language": "nb"}, person=row.owner, at=now,
    )  # fmt: skip
    assert [one.key for one in open_needs_like(ROAD)] == [str(row.key)]
    assert open_needs_like(NEED) == []


def test_nynorsk_finds_bokmal(opened: Callable[..., AssessmentRow]) -> None:
    row = opened("Sykehjemmet bruker mye tid på å bytte sengetøy om natten.", "Sengetøy")
    like = open_needs_like("Sjukeheimen brukar mykje tid på å byte sengetøy om natta.")
    assert [one.key for one in like] == [str(row.key)]


@pytest.mark.parametrize("text", ["", "  \n", "og i på", "日本語のテキスト", "x" * 300_000, "12 34 56", "\x00"])
def test_any_text_will_do(opened: Callable[..., AssessmentRow], text: str) -> None:
    opened(NEED)
    assert open_needs_like(text) == []


def test_the_most_is_the_most(opened: Callable[..., AssessmentRow]) -> None:
    for number in range(4):
        opened(NEED, f"Fall {number}")
    assert len(open_needs_like(NEED, most=3)) == 3


def test_a_need_closed_behind_our_back_is_left_out(opened: Callable[..., AssessmentRow]) -> None:
    row = opened(NEED)
    assert open_needs_like(NEED)
    AssessmentRow.objects.filter(pk=row.pk).update(visibility="private")
    assert open_needs_like(NEED) == []


def test_a_memory_that_follows_and_one_that_begins_now_are_alike(
    opened: Callable[..., AssessmentRow], now: datetime
) -> None:
    following, asked = Memory(), terms_of(NEED)
    assert following.like(asked) == []
    rows = [opened(f"{NEED} {number}. {ROAD}" if number % 2 else NEED, f"Nr. {number}") for number in range(5)]
    for step in (0, 1, 2):
        operations.close(assessment=rows[step], person=rows[step].owner, at=now)
        if step == 1:
            operations.open_up(assessment=rows[0], person=rows[0].owner, at=now, seen_warnings=False)
        assert following.like(asked) == Memory().like(asked)
    assert len(following.like(asked)) == 3


def test_a_memory_of_changes_that_were_undone_begins_anew(opened: Callable[..., AssessmentRow]) -> None:
    remembering = Memory()
    with pytest.raises(RuntimeError), transaction.atomic():
        opened(NEED)
        assert remembering.like(terms_of(NEED))
        raise RuntimeError
    assert remembering.like(terms_of(NEED)) == []
    opened(ROAD)
    assert remembering.like(terms_of(NEED)) == Memory().like(terms_of(NEED))


def test_likeness_is_the_same_both_ways_and_the_slow_way() -> None:
    texts = {"a": NEED, "b": ROAD, "c": "Beboere faller om natten i gangen", "d": "Skolebussen er full", "e": ""}
    read = {key: terms_of(text) for key, text in texts.items()}
    collection = Collection()
    for key, terms in read.items():
        collection.put(key, terms)
    found = {(key, other): like for key in texts for other, like in collection.like(read[key])}
    for (one, other), like in found.items():
        slowly = sum(weight * read[other].get(term, 0.0) for term, weight in read[one].items())
        assert like == pytest.approx(found[other, one])
        assert like == pytest.approx(min(slowly, 1), abs=1e-9)
        assert one != other or like == pytest.approx(1, abs=0.01)
    assert found["a", "c"] > found.get(("a", "b"), 0)
    assert not any("e" in pair for pair in found)


def test_needs_are_read_again_when_the_words_are_others(
    opened: Callable[..., AssessmentRow], somebody: Callable[..., Person], now: datetime
) -> None:
    opened("Vi trenger kvikkelidingsen.")
    assert read_again(at=now) == 0
    assert open_needs_like("Eldre faller") == []
    concept = next(one.id for one in concepts() if one.id == "fall")
    add_own_word(concept=concept, word="kvikkelidingsen", hint=False, person=somebody(Role.EDITOR), at=now)
    assert (read_again(at=now), read_again(at=now)) == (1, 0)
    assert [one.title for one in open_needs_like("Eldre faller")] == ["Et behov"]


def test_distances() -> None:
    assert great_circle(59.91, 10.75, 60.39, 5.32) == pytest.approx(305, abs=3)  # Oslo–Bergen
    assert great_circle(0, 0, 0, 180) == pytest.approx(20_015, abs=1)
    assert great_circle(10, 20, 10, 20) == 0
    nowhere = Organisation(name="Et program")
    assert kilometres(nowhere, Organisation(name="Larvik", lat=59.0, lon=10.0)) is None


# What is new.


def answering(*keys: str) -> Answering:
    return lambda reading, after: [Answered(AnswerKind.CASE, key) for key in keys]


def news_of(row: AssessmentRow, since: int, answers: Answering) -> News:
    content = queries.read(row)
    reading = read_need(content.need, told=content.told, adjusted=content.adjusted)
    return news_for(content, reading, key=str(row.key), since=since, answers=answers)


def test_new_cases_changed_cases_and_what_happened_to_the_shortlist(
    kari: Person, begun: Callable[..., AssessmentRow], a_case: Callable[..., Any], now: datetime
) -> None:
    for case_id in ("gammel", "kortlistet"):
        publish_case(case_file=a_case(id=case_id), origin=Origin.SEED, at=now)
    row = begun(kari, solutions=[{"kind": "case", "key": "kortlistet", "title": "K", "added": "2026-11-23"}])
    since = operations.look(assessment=row, person=kari, at=now)
    assert since == last_change()
    quiet = news_of(row, since, answering())
    assert not quiet
    for case_id in ("gammel", "kortlistet"):
        changed = a_case(id=case_id, title={"nb": f"Ny tittel på {case_id}"})
        publish_case(case_file=changed, origin=Origin.FILE, at=now + DAY)
    publish_case(case_file=a_case(id="ny"), origin=Origin.SEED, at=now + DAY)
    asked: list[tuple[str, int]] = []

    def answers(reading: NeedReading, after: int) -> list[Answered]:
        asked.append((reading.text, after))
        return [Answered(AnswerKind.CASE, key) for key in ("ny", "kortlistet", "gammel", "ny")]

    news = news_of(row, since, answers)
    assert asked == [(NEED, since)]
    assert news
    assert news.since == now
    assert [one.key for one in news.new] == ["ny"]
    assert [one.key for one in news.changed] == ["gammel"]
    assert [one.key for one in news.moved] == ["kortlistet"]


def a_notice(key: str, life: str, published: date) -> Notice:
    return Notice.objects.create(key=key, life=life, phase="planning", published=published, record=b"", digest="")


def test_a_notice_on_the_shortlist_whose_procurement_goes_on(
    kari: Person, begun: Callable[..., AssessmentRow], a_case: Callable[..., Any], now: datetime
) -> None:
    publish_case(case_file=a_case(), origin=Origin.SEED, at=now)
    for key in ("gikk-videre", "stille"):
        a_notice(key, f"liv-{key}", now.date() - DAY)
    listed = [{"kind": "notice", "key": key, "title": key, "added": "2026-11-23"} for key in ("gikk-videre", "stille")]
    row = begun(kari, solutions=listed)
    since = operations.look(assessment=row, person=kari, at=now)
    a_notice("konkurransen", "liv-gikk-videre", now.date() + DAY)
    a_notice("helt-ny", "liv-ny", now.date() + DAY)
    a_notice("eldre", "liv-eldre", now.date() - 90 * DAY)

    def answers(reading: NeedReading, after: int) -> list[Answered]:
        return [Answered(AnswerKind.NOTICE, "helt-ny"), Answered(AnswerKind.NOTICE, "eldre")]

    news = news_of(row, since, answers)
    assert [one.key for one in news.moved] == ["gikk-videre"]
    assert [one.key for one in news.new] == ["helt-ny"]
    assert [one.key for one in news.changed] == ["eldre"]


def test_new_open_needs_and_not_ones_own(
    row: AssessmentRow, kari: Person, opened: Callable[..., AssessmentRow], now: datetime
) -> None:
    opened(NEED, "Gammelt", at=now)
    operations.open_up(assessment=row, person=kari, at=now + DAY, seen_warnings=False)
    since = last_change() - 1
    opened(NEED, "Nytt", at=now + DAY)
    news = news_of(row, since, answering())
    assert [one.title for one in news.open_needs] == ["Nytt"]
    everything = news_of(row, 0, answering())
    assert everything.since is None
    assert {one.title for one in everything.open_needs} == {"Gammelt", "Nytt"}


def test_news_are_asked_for_with_the_need_as_it_was_mended(
    kari: Person, begun: Callable[..., AssessmentRow], opened: Callable[..., AssessmentRow]
) -> None:
    opened(NEED, "Fall")
    opened(ROAD, "Hull i veien")
    mended = {"struck": ["beboere", "faller", "natten", "ser", "morgenen"], "added": [ROAD]}
    row = begun(kari, adjusted=mended)
    asked: list[NeedReading] = []

    def answers(reading: NeedReading, after: int) -> list[Answered]:
        asked.append(reading)
        return []

    news = news_of(row, 0, answers)
    assert [one.title for one in news.open_needs] == ["Hull i veien"]
    assert "faller" not in asked[0].text
    assert ROAD in asked[0].text
