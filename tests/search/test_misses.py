"""What was searched for in vain: which words are noted, that nobody is, and that a search never suffers for it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError

from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Person
from ringvirkning.search import misses
from ringvirkning.search.find import find
from ringvirkning.search.misses import Mark, mark_missed, missed_words, misses_in, note_misses
from ringvirkning.search.models import MissedMark, MissedWord
from ringvirkning.search.waiting import LONGEST_WAIT, Waiting, waiting

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_noted_lately() -> Iterator[None]:
    for one in (misses._noted_lately, waiting):
        one.clear()
    yield
    for one in (misses._noted_lately, waiting):
        one.clear()


def noted(need: str) -> list[str]:
    return misses_in(find(need))


# Which words.


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("romskip", ["romskip"]),
        ("vi trenger et romskip", ["romskip"]),
        ("Romskip", ["romskip"]),
        ("blåhval og romskip", ["blåhval", "romskip"]),
        ("romskip romskip", ["romskip"]),
        ("eldre som faller", []),
        ("fallalarm til eldre på sykehjem romskip", []),  # most of it is answered
        ("", []),
        ("og at den", []),
        ("bedre løsning", []),
    ],
)
def test_the_words_without_an_answer_are_noted(need: str, words: list[str], library: Path) -> None:
    assert noted(need) == words


def test_a_word_that_only_a_part_of_a_compound_answers_is_in_vain(library: Path) -> None:
    assert noted("sykehjemsromskip") == ["sykehjemsromskip"]


def test_a_misspelt_word_that_has_an_answer_is_not_in_vain(library: Path) -> None:
    assert find("trygghetsalram").understood.mended
    assert noted("trygghetsalram") == []


@pytest.mark.parametrize(
    "need",
    [
        "romskip til kari.nordmann@eksempel.no",
        "12345678901",
        "romskip2000",
        "https://eksempel.no/romskip",
        "romskip.eksempel.no",
        "Xq",
    ],
)
def test_addresses_and_numbers_are_never_noted(need: str, library: Path) -> None:
    assert not any("nordmann" in word or "kari" in word or "eksempel" in word for word in noted(need))
    assert not any(character.isdigit() for word in noted(need) for character in word)
    assert "romskip" not in noted(need) or "kari" in need


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("romskip for Xavier", ["romskip"]),
        ("Xavier Quiltbom romskip", ["romskip"]),
        ("romskip. Blåhval", ["romskip", "blåhval"]),  # a sentence begins with a capital
        ("romskip i Drammen", ["romskip", "drammen"]),  # an organisation is no person
        ("romskip med XQZ", ["romskip", "xqz"]),  # nor are letters that stand for something
    ],
)
def test_what_looks_like_a_name_is_left_out(need: str, words: list[str], library: Path) -> None:
    found = noted(need)
    assert [word for word in found if word != "drammen"] == [word for word in words if word != "drammen"]


def test_a_pasted_text_is_not_counted(library: Path) -> None:
    assert noted("romskip " * 60) == []
    assert noted(" ".join(f"{'zlokk' + letter * 3}" for letter in "abcdefghijk")) == []


def test_nothing_is_noted_while_the_index_is_mended(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = find("romskip")
    object.__setattr__(answer, "ready", False)
    assert misses_in(answer) == []


# Counting.


def visit(word: str, *visitors: str, at: datetime) -> None:
    for visitor in visitors:
        note_misses([word], visitor=visitor, at=at)


def have_kept(*words: str, now: datetime) -> None:
    month = now.date().replace(day=1)
    MissedWord.objects.bulk_create(MissedWord(word=one, month=month, last_day=now.date()) for one in words)


def test_a_word_is_written_down_when_the_fifth_session_uses_it(empty_catalogue: None, now: datetime) -> None:
    visit("romskip", "a", "b", "c", "d", at=now)
    assert not MissedWord.objects.exists()
    visit("romskip", "e", at=now)
    row = MissedWord.objects.get()
    assert (row.word, row.searches, row.days, row.last_day) == ("romskip", 5, 1, now.date())


def test_one_session_is_one_however_often_it_searches(empty_catalogue: None, now: datetime) -> None:
    for hour in range(8):
        visit("romskip", "a", at=now + timedelta(hours=hour))
    assert not MissedWord.objects.exists()
    visit("romskip", "b", "c", "d", at=now)
    assert not MissedWord.objects.exists()


def test_the_same_visitor_on_another_day_is_another_session(empty_catalogue: None, now: datetime) -> None:
    for day in range(5):
        assert not MissedWord.objects.exists()
        visit("romskip", "a", at=now + day * A_DAY)
    assert (MissedWord.objects.get().searches, MissedWord.objects.get().days) == (5, 5)


def test_a_word_that_few_use_is_forgotten(empty_catalogue: None, now: datetime) -> None:
    visit("romskip", "a", "b", "c", "d", at=now)
    visit("romskip", "e", at=now + LONGEST_WAIT + A_DAY)
    assert not MissedWord.objects.exists()


def test_nothing_that_waits_tells_who_or_which_words_go_together(now: datetime) -> None:
    held = Waiting()
    held.hear(["romskip", "blåhval"], "192.0.2.7 Mozilla", now.date())
    told = repr(held._words)
    assert "192.0.2" not in told and "Mozilla" not in told
    one, other = (heard.sessions for heard in held._words.values())
    assert len(one) == len(other) == 1
    assert one != other


def test_who_used_a_word_is_forgotten_when_it_is_kept(empty_catalogue: None, now: datetime) -> None:
    visit("romskip", "a", "b", "c", "d", "e", at=now)
    assert not waiting._words


def test_a_kept_word_is_counted_by_search_day_and_month(empty_catalogue: None, now: datetime) -> None:
    have_kept("romskip", now=now)
    for at in (now, now + timedelta(hours=1), now + A_DAY, now + 10 * A_DAY):
        visit("romskip", "a", at=at)
    rows = list(MissedWord.objects.order_by("month").values_list("word", "month", "searches", "days", "last_day"))
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    assert rows == [
        ("romskip", november, 4, 2, date(2026, 11, 24)),
        ("romskip", december, 1, 1, date(2026, 12, 3)),
    ]


def test_the_same_word_again_at_once_is_one_search(empty_catalogue: None, now: datetime) -> None:
    have_kept("romskip", now=now)
    for minute in range(9):
        visit("romskip", "a", at=now + timedelta(seconds=minute))
    assert MissedWord.objects.get().searches == 2


def test_the_table_holds_nothing_about_who_or_when() -> None:
    assert {one.name for one in MissedWord._meta.get_fields()} == {
        "id",
        "word",
        "month",
        "searches",
        "days",
        "last_day",
    }


def test_words_are_forgotten_after_thirteen_months(empty_catalogue: None, now: datetime) -> None:
    for months, word in ((12, "nyere"), (13, "akkurat"), (14, "gammelt")):
        month = misses._months_before(date(2026, 11, 1), months)
        MissedWord.objects.create(word=word, month=month, last_day=month)
    misses.forget_old_misses(at=now)
    assert set(MissedWord.objects.values_list("word", flat=True)) == {"nyere", "akkurat"}


def test_made_up_words_do_not_fill_the_table(
    empty_catalogue: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misses, "MOST_KINDS", 2)
    have_kept("en", "to", now=now)
    visit("tre", *"abcde", at=now)
    visit("en", "a", at=now + A_DAY)
    assert dict(MissedWord.objects.values_list("word", "searches")) == {"en": 2, "to": 1}


def test_a_table_that_cannot_be_written_does_not_stop_a_search(
    empty_catalogue: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(misses, "_write", locked)
    visit("romskip", *"abcde", at=now)
    assert not MissedWord.objects.exists()


def test_a_locked_database_holds_a_search_up_for_a_moment_only(empty_for_real: None, now: datetime) -> None:
    import threading
    import time

    from django.db import connection, transaction

    MissedWord.objects.create(word="romskip", month=now.date().replace(day=1), last_day=now.date())
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            MissedWord.objects.filter(word="romskip").update(searches=10)
            held.set()
            free.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    began = time.monotonic()
    visit("romskip", "a", at=now)
    took = time.monotonic() - began
    free.set()
    holder.join(10)
    assert took < 2
    assert MissedWord.objects.get().searches == 10
    visit("blåhval", *"abcde", at=now)
    assert MissedWord.objects.count() == 2


# For the editors.


def have(word: str, *, searches: int, days: int, month: date = date(2026, 11, 1)) -> None:
    MissedWord.objects.create(word=word, month=month, searches=searches, days=days, last_day=month)


def test_a_word_is_shown_when_it_says_nothing_about_one_person(empty_catalogue: None) -> None:
    have("sjelden", searches=4, days=2)
    have("romskip", searches=5, days=1)
    have("blåhval", searches=3, days=3)
    assert [one.word for one in missed_words()] == ["romskip"]


def test_inflections_and_months_are_one_word(empty_catalogue: None) -> None:
    have("romskip", searches=3, days=2)
    have("romskipet", searches=1, days=1)
    have("romskip", searches=1, days=1, month=date(2026, 10, 1))
    shown = missed_words()
    assert [(one.word, one.searches, one.days) for one in shown] == [("romskip", 5, 3)]


def test_what_is_near_a_word_is_shown(empty_catalogue: None) -> None:
    have("fallromskip", searches=9, days=9)
    have("zlokk", searches=8, days=8)
    near = {one.word: [concept.id for concept in one.near] for one in missed_words()}
    assert near["zlokk"] == []


def test_a_word_is_marked_and_the_mark_taken_away(empty_catalogue: None, now: datetime) -> None:
    person: Any = Person.objects.create_user("redaktor@eksempel.no", name="Red Aktør", joined=now)
    have("romskip", searches=5, days=1)
    assert mark_missed(word="romskip", mark=Mark.WORKING, person=person, at=now)
    assert mark_missed(word="romskip", mark=Mark.NOT_RELEVANT, person=person, at=now)
    assert [one.mark for one in missed_words()] == ["not_relevant"]
    assert mark_missed(word="romskip", mark=None, person=person, at=now)
    assert not MissedMark.objects.exists()
    assert Entry.objects.filter(verb="mark_missed", person=person).count() == 3


def test_a_word_that_is_not_shown_cannot_be_marked(empty_catalogue: None, now: datetime) -> None:
    person: Any = Person.objects.create_user("redaktor@eksempel.no", name="Red Aktør", joined=now)
    have("sjelden", searches=1, days=1)
    assert not mark_missed(word="sjelden", mark=Mark.WORKING, person=person, at=now)
    assert not mark_missed(word="ukjent", mark=Mark.WORKING, person=person, at=now)
    assert not MissedMark.objects.exists()
    assert not Entry.objects.exists()


def test_words_written_down_too_early_are_forgotten_when_the_program_is_renewed(empty_catalogue: None) -> None:
    have("sjelden", searches=4, days=3)
    have("romskip", searches=3, days=2)
    have("romskip", searches=2, days=1, month=date(2026, 10, 1))
    import_module("ringvirkning.search.migrations.0002_words_of_few").forget_words_of_few(apps, None)
    assert list(MissedWord.objects.values_list("word", "searches")) == [("romskip", 3), ("romskip", 2)]
