"""Words that were searched for in vain: what the library should get next. Words only, no persons.

- A search is noted when the library has an answer to no more than half of the meaningful words in it, and then only the
  words without an answer; never the search itself, nor who, from where or at what hour.
- Digits, addresses and what looks like a person's name are left out.
- A word is written down first when five sessions have used it (``waiting``): then it says something about the library
  and nothing about one person. Words are kept for 13 months.
"""

import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from threading import Lock

from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.timezone import localdate

from ringvirkning.catalogue.models import OrganisationName
from ringvirkning.foundation.words import fold
from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Person
from ringvirkning.search.find import Answer
from ringvirkning.search.index import index
from ringvirkning.search.models import MissedMark, MissedWord
from ringvirkning.search.plan import EngineBroken
from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import NAMES, Reading, analyser
from ringvirkning.search.text.repair import mender
from ringvirkning.search.text.vocabulary import Concept, plain_words
from ringvirkning.search.text.words import Word, composed
from ringvirkning.search.waiting import ENOUGH_SESSIONS, Heard, waiting

log = logging.getLogger(__name__)
MONTHS_KEPT = 13
SHORTEST, LONGEST = 3, 40
MOST_WORDS_OF_ONE = 8
LONGEST_SEARCH = 300  # characters; a pasted text is not words to count, and may speak of people
MOST_KINDS = 5_000  # different words a month: whoever sends made-up words does not fill the disk
LOCK_WAIT = 200  # milliseconds a search may be held up by the note about it
ONE_SEARCH = timedelta(minutes=10)  # the same word again within this time is the same errand
LONGEST_ACRONYM = 5
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
Shares = Callable[[Iterable[str]], Mapping[str, float]]


class Mark(StrEnum):
    """What the editors have decided about a missed word."""

    WORKING = "working"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True)
class Missed:
    """A word searched for in vain, for the editors. ``near`` are concepts the word, or a part of it, speaks of."""

    word: str
    searches: int
    days: int
    newest: date
    near: tuple[Concept, ...]
    mark: str


# Which words a search leaves behind: pure.


def words_in_vain(understood: Understood, shares: Shares, is_name_known: Callable[[str], bool]) -> list[str]:
    """Return the words of a search to note; none when the library answers more than half of what was meant.

    A word is answered when some document has it, or has the concept it names. A part of a compound does not answer.
    """
    text = composed(understood.text)
    readings = analyser().read(text)
    meaningful = [place for place, reading in enumerate(readings) if _is_meaningful(reading)]
    answered = _answered(readings, understood, shares)
    missed = [place for place in meaningful if place not in answered]
    if len(missed) * 2 < len(meaningful) or len(missed) > MOST_WORDS_OF_ONE:
        return []
    private = _likely_names(text, [one.word for one in readings], is_name_known)
    kept = [readings[place].word for place in missed if place not in private]
    return list(dict.fromkeys(_as_noted(word, understood) for word in kept if _may_note(word, text)))


def _is_meaningful(reading: Reading) -> bool:
    return not reading.small and not analyser().is_padding(reading.word.form)


def _answered(readings: list[Reading], understood: Understood, shares: Shares) -> set[int]:
    """Return the places of the words that some document answers."""
    named = [one for one in analyser().mentions(readings) if not one.hint]
    stems = {place: _stems(reading, understood) for place, reading in enumerate(readings)}
    asked = {stem for own in stems.values() for stem in own} | {NAMES + one.concept for one in named}
    share = shares(asked)
    found = {place for place, own in stems.items() if any(share[stem] > 0 for stem in own)}
    return found | {place for one in named if share[NAMES + one.concept] > 0 for place in one.readings}


def _stems(reading: Reading, understood: Understood) -> list[str]:
    meant = understood.mended.get(reading.word.form, ())
    return [reading.stem, *(analyser().read_form(form)[0] for form in meant)]


def _as_noted(word: Word, understood: Understood) -> str:
    """Return the word, as it was likely meant when it was misspelt."""
    return next(iter(understood.mended.get(word.form, ())), word.form)


def _may_note(word: Word, text: str) -> bool:
    """Tell whether a word is only letters, and no piece of an address ("kari@eksempel.no") or a web page."""
    start, end = text.rfind(" ", 0, word.start) + 1, text.find(" ", word.end)
    around = text[start : end if end >= 0 else len(text)]
    whole = SHORTEST <= len(word.form) <= LONGEST and LETTERS.fullmatch(word.form)
    return bool(whole) and not re.search(r"[@\d/]|\w\.\w", around)


def _likely_names(text: str, typed: list[Word], is_name_known: Callable[[str], bool]) -> set[int]:
    """Return the places of words that may be a person's name: a capital where a sentence does not ask for one.

    Words of our language and names of organisations are none. Where two capitals meet, the first word is one too.
    """
    capital = {place for place, word in enumerate(typed) if _has_capital(text[word.start : word.end])}
    inside = {place for place in capital if place and not re.search(r"[.!?:\n]\s*$", text[: typed[place].start])}
    likely = inside | {place for place in capital if place + 1 in inside}
    return {
        place for place in likely if typed[place].form not in plain_words() and not is_name_known(typed[place].form)
    }


def _has_capital(written: str) -> bool:
    return written[:1].isupper() and not (written.isupper() and len(written) <= LONGEST_ACRONYM)


# Noting.

_noted_lately: OrderedDict[str, datetime] = OrderedDict()
_lately_guard = Lock()


def misses_in(answer: Answer) -> list[str]:
    """Return the words to note of a search that has been answered."""
    text = answer.understood.text.strip()
    engine = index.engine() if answer.ready and text and len(text) <= LONGEST_SEARCH else None
    try:
        return words_in_vain(answer.understood, engine.shares, _is_organisation) if engine else []
    except EngineBroken:
        return []


def note_misses(found: list[str], *, visitor: str, at: datetime) -> None:
    """Count words once more. Never fails and hardly waits: when the tables are busy, the note is dropped.

    ``visitor`` tells visitors apart and is kept nowhere: see ``waiting``.
    """
    today = localdate(at)
    try:
        kept = set(MissedWord.objects.filter(word__in=found).values_list("word", flat=True))
        again = [word for word in found if word in kept and _is_new_errand(word, at)]
        enough = waiting.hear([word for word in found if word not in kept], visitor, today)
        if again or enough:
            _write(again, enough, today)
            waiting.forget(enough)
    except DatabaseError as error:
        log.info("words searched for in vain were not noted: %s", error)


def _is_organisation(form: str) -> bool:
    return OrganisationName.objects.filter(
        Q(folded=fold(form)) | Q(folded__startswith=f"{fold(form)} kommune")
    ).exists()


def _is_new_errand(word: str, at: datetime) -> bool:
    """Tell whether the word was not noted a moment ago. Reloading a page, or its next page, is not another search.

    Remembered in this process only, without anything about who.
    """
    with _lately_guard:
        last = _noted_lately.get(word)
        _noted_lately[word] = at
        _noted_lately.move_to_end(word)
        while len(_noted_lately) > MOST_KINDS:
            _noted_lately.popitem(last=False)
    return last is None or not timedelta(0) <= at - last < ONE_SEARCH


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Give up on a locked table almost at once."""
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        _say(f"PRAGMA busy_timeout={LOCK_WAIT}")
    try:
        with transaction.atomic():
            if not is_sqlite:
                _say(f"SET LOCAL lock_timeout = {LOCK_WAIT}")
            yield
            if not is_sqlite:
                _say("SET LOCAL lock_timeout = DEFAULT")
    finally:
        if is_sqlite:
            _say("PRAGMA busy_timeout=20000")


def _say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _write(again: list[str], enough: Mapping[str, Heard], today: date) -> None:
    """Count words that are kept already once more, and keep those that enough sessions have used now."""
    month = today.replace(day=1)
    with _without_waiting():
        rows = MissedWord.objects.filter(word__in=again, month=month)
        known = set(rows.values_list("word", flat=True))
        another_day = Case(When(last_day__lt=today, then=F("days") + 1), default=F("days"), output_field=IntegerField())
        rows.update(searches=F("searches") + 1, days=another_day, last_day=Value(today))
        new = [MissedWord(word=word, month=month, last_day=today) for word in again if word not in known]
        new += [_first(word, heard, today) for word, heard in enough.items()]
        if new and MissedWord.objects.filter(month=month).count() < MOST_KINDS:
            MissedWord.objects.bulk_create(new, ignore_conflicts=True)
            _forget_before(month)


def _first(word: str, heard: Heard, today: date) -> MissedWord:
    told = {"searches": len(heard.sessions), "days": len(heard.days)}
    return MissedWord(word=word, month=today.replace(day=1), last_day=today, **told)


def _forget_before(month: date) -> None:
    MissedWord.objects.filter(month__lt=_months_before(month, MONTHS_KEPT)).delete()


def _months_before(month: date, count: int) -> date:
    total = month.year * 12 + month.month - 1 - count
    return date(total // 12, total % 12 + 1, 1)


def forget_old_misses(*, at: datetime) -> None:
    """Forget words of months that are past. New words do it too; the worker does it where nothing is missed."""
    _forget_before(localdate(at).replace(day=1))


# For the editors.


def missed_words() -> list[Missed]:
    """Return what was searched for in vain often enough to be shown, most searched first. Inflections are one word."""
    groups: dict[str, list[MissedWord]] = {}
    for row in MissedWord.objects.order_by("-searches", "word"):
        groups.setdefault(analyser().read_form(row.word)[0], []).append(row)
    marks = dict(MissedMark.objects.values_list("word", "mark"))
    shown = [_missed(rows, marks) for rows in groups.values()]
    enough = [one for one in shown if one.searches >= ENOUGH_SESSIONS]
    return sorted(enough, key=lambda one: (-one.searches, one.word))


def _missed(rows: list[MissedWord], marks: dict[str, str]) -> Missed:
    by_month: dict[date, int] = {}
    for row in rows:  # two forms may have come the same day, so within a month the most of them counts
        by_month[row.month] = max(row.days, by_month.get(row.month, 0))
    word = rows[0].word
    mark = next((marks[row.word] for row in rows if row.word in marks), "")
    newest = max(row.last_day for row in rows)
    return Missed(word, sum(row.searches for row in rows), sum(by_month.values()), newest, near_concepts(word), mark)


def near_concepts(word: str) -> tuple[Concept, ...]:
    """Return concepts the word or a part of it speaks of, or that hold a word it was likely meant to be."""
    meant = mender().mend(word)
    mentions = analyser().mentions(analyser().read(" ".join((word, *meant))))
    ids = dict.fromkeys(one.concept for one in sorted(mentions, key=lambda one: one.hint))
    return tuple(analyser().concepts[one] for one in ids)[:3]


@transaction.atomic
def mark_missed(*, word: str, mark: Mark | None, person: Person, at: datetime) -> bool:
    """Say what the editors do about a missed word; None takes the mark away. False for a word they cannot see."""
    if word not in {one.word for one in missed_words()}:
        return False
    stem = analyser().read_form(word)[0]
    forms = [one for one in MissedMark.objects.values_list("word", flat=True) if analyser().read_form(one)[0] == stem]
    MissedMark.objects.filter(word__in=forms).delete()
    if mark:
        MissedMark.objects.create(word=word, mark=mark, at=at)
    record(verb="mark_missed", subject_kind="missed_word", subject=word, person=person, at=at, mark=str(mark or ""))
    return True
