"""An installation's own words: what may be added, and that they reach the index and every process without a gap."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Person
from ringvirkning.search import own_words
from ringvirkning.search.engines import tantivy_engine
from ringvirkning.search.find import find
from ringvirkning.search.index import current_build, ensure, words_of
from ringvirkning.search.models import AddedWord
from ringvirkning.search.plan import EngineBroken
from ringvirkning.search.query import understand
from ringvirkning.search.text import vocabulary
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.vocabulary import OwnWord, reading_with, vocabulary_of
from ringvirkning.search.trial import try_word

NONSENSE = "zlokkfallert"
WORD = OwnWord("fall", NONSENSE, False)


@pytest.fixture(autouse=True)
def words_of_the_files() -> Iterator[None]:
    """Let the process read with the files' words again afterwards."""
    yield
    vocabulary.use(vocabulary_of(()))


@pytest.fixture
def editor(now: datetime) -> Callable[[], Person]:
    """Return a function that makes an editor; the database fixture comes first."""
    return lambda: Person.objects.create_user(
        "redaktor@eksempel.no", name="Red Aktør", joined=now, programme_role="editor"
    )


def ids(need: str) -> list[str]:
    return [hit.case.case_id for hit in find(need).hits]


def soon(check: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if check():
            return True
        time.sleep(0.05)
    return False


# The vocabulary as a value.


def test_own_words_change_the_reading_inside_the_block_only() -> None:
    assert understand(NONSENSE).concepts == {}
    with reading_with(vocabulary_of([WORD])):
        assert understand(NONSENSE).concepts == {"fall": 1.0}
        assert NONSENSE in vocabulary.plain_words()
    assert understand(NONSENSE).concepts == {}
    assert NONSENSE not in vocabulary.plain_words()


def test_a_hint_counts_as_a_hint() -> None:
    with reading_with(vocabulary_of([WORD._replace(hint=True)])):
        assert understand(NONSENSE).concepts["fall"] < 1


def test_the_same_words_are_the_same_vocabulary_in_any_order() -> None:
    other = OwnWord("fall", "snubling", True)
    assert vocabulary_of([WORD, other]) is vocabulary_of([other, WORD, other])
    assert vocabulary_of([WORD]).name != vocabulary_of([other]).name != vocabulary_of([]).name


def test_a_word_of_a_concept_that_is_gone_is_left_out() -> None:
    with reading_with(vocabulary_of([OwnWord("finnes-ikke", NONSENSE, False)])):
        assert analyser().terms(NONSENSE) == [analyser().stem_word(NONSENSE)]


# Adding and taking away.


def test_a_word_is_added_taken_away_and_told_in_the_ledger(
    library: Path, editor: Callable[[], Person], now: datetime
) -> None:
    person = editor()
    added = own_words.add_own_word(concept="fall", word="  falt \n på badet ", hint=False, person=person, at=now)
    assert own_words.own_words() == (OwnWord("fall", "falt på badet", False),)
    assert own_words.remove_own_word(concept="fall", word=added.word, person=person, at=now)
    assert not own_words.remove_own_word(concept="fall", word=added.word, person=person, at=now)
    assert own_words.own_words() == ()
    told = list(Entry.objects.filter(subject_kind="concept").values_list("verb", "subject", "person"))
    assert told == [("add_own_word", "fall", person.pk), ("remove_own_word", "fall", person.pk)]


@pytest.mark.parametrize(
    ("concept", "word", "code"),
    [
        ("finnes-ikke", NONSENSE, "unknown_concept"),
        ("", NONSENSE, "unknown_concept"),
        ("fall", "  ", "missing"),
        ("fall", "x" * 81, "too_long"),
        ("fall", "en to tre fire fem seks sju", "too_long"),
        ("fall", "<script>alert</script>", "not_a_word"),
        ("fall", "a\x00b", "not_a_word"),
        ("fall", "fall, brudd", "not_a_word"),
        ("fall", "og at den", "says_little"),
        ("fall", "bedre løsning", "says_little"),
        ("fall", "fallalarm", "already_there"),
        ("fall", "FALLALARM", "already_there"),
    ],
)
def test_what_cannot_be_added_is_refused_with_a_code(
    concept: str, word: str, code: str, library: Path, editor: Callable[[], Person], now: datetime
) -> None:
    with pytest.raises(own_words.NotTaken) as refused:
        own_words.add_own_word(concept=concept, word=word, hint=False, person=editor(), at=now)
    assert refused.value.code == code
    assert not AddedWord.objects.exists()
    assert not Entry.objects.filter(verb="add_own_word").exists()


def test_the_same_word_is_not_added_twice(library: Path, editor: Callable[[], Person], now: datetime) -> None:
    person = editor()
    own_words.add_own_word(concept="fall", word=NONSENSE, hint=True, person=person, at=now)
    with pytest.raises(own_words.NotTaken):
        own_words.add_own_word(concept="fall", word=NONSENSE.upper(), hint=False, person=person, at=now)


def test_the_export_is_in_the_form_of_the_files(library: Path, now: datetime) -> None:
    for concept, word, hint in (("fall", "å snuble", True), ("fall", NONSENSE, False), ("kols", "tungpust", False)):
        AddedWord.objects.create(concept=concept, word=word, hint=hint, at=now)
    rows = {row["id"]: row for row in yaml.safe_load(own_words.as_yaml())}
    assert rows == {
        "fall": {"id": "fall", "words": [NONSENSE], "hints": ["å snuble"]},
        "kols": {"id": "kols", "words": ["tungpust"]},
    }


# Trying.


def test_a_trial_shows_what_a_word_would_do_and_changes_nothing(library: Path) -> None:
    trial = try_word(need=NONSENSE, word=WORD)
    assert trial.before.total == 0
    assert trial.after.total > 0
    assert find(NONSENSE).total == 0
    assert not AddedWord.objects.exists()


# Reaching the index and every process.


def add(editor: Callable[[], Person], now: datetime, word: str = NONSENSE) -> Person:
    person = editor()
    own_words.add_own_word(concept="fall", word=word, hint=False, person=person, at=now)
    return person


def test_a_new_word_is_soon_live_and_searching_never_stops(
    library_for_real: Path, editor: Callable[[], Person], now: datetime
) -> None:
    assert ids(NONSENSE) == []
    before, right = current_build(), ids("eldre som faller")
    person = add(editor, now)
    answers = []

    def live() -> bool:
        answers.append(find("eldre som faller"))
        return bool(ids(NONSENSE))

    assert soon(live)
    assert all(answer.ready for answer in answers)
    assert ids("eldre som faller") == right
    assert current_build() != before
    own_words.remove_own_word(concept="fall", word=NONSENSE, person=person, at=now)
    assert soon(lambda: ids(NONSENSE) == [])


def test_a_case_with_the_word_is_found_by_the_concept(
    library_for_real: Path, editor: Callable[[], Person], a_case: Any, now: datetime
) -> None:
    from ringvirkning.catalogue.operations import publish_case
    from ringvirkning.catalogue.terms import Origin

    publish_case(case_file=a_case(id="snublesak", title={"nb": f"Mot {NONSENSE}"}), origin=Origin.FILE, at=now)
    assert "snublesak" not in ids("fallalarm")
    add(editor, now)
    assert soon(lambda: "snublesak" in ids("fallalarm"))


def test_a_case_published_later_is_read_with_the_new_word_too(
    library_for_real: Path, editor: Callable[[], Person], a_case: Any, now: datetime
) -> None:
    from ringvirkning.catalogue.operations import publish_case
    from ringvirkning.catalogue.terms import Origin

    find()
    add(editor, now)
    assert soon(lambda: bool(ids(NONSENSE)))
    publish_case(case_file=a_case(id="snublesak", title={"nb": f"Mot {NONSENSE}"}), origin=Origin.FILE, at=now)
    assert soon(lambda: "snublesak" in ids("fallalarm"))  # a build going on may take the turn once


def test_ensure_builds_when_the_words_are_others(
    library_for_real: Path, editor: Callable[[], Person], now: datetime
) -> None:
    assert ensure() == "ready"
    add(editor, now)
    assert ensure() == "built"
    assert ensure() == "ready"
    build = current_build()
    assert build
    assert words_of(build).own == (WORD,)


@pytest.mark.parametrize("content", ["", "{", "[1]", '[["fall"]]', "\x00"])
def test_a_build_whose_words_cannot_be_read_is_broken(content: str, library: Path) -> None:
    build = current_build()
    assert build
    (build / "own-words.json").write_text(content)
    with pytest.raises(EngineBroken):
        words_of(build)


def test_a_build_that_fails_is_tried_again_at_the_next_search(
    library_for_real: Path, editor: Callable[[], Person], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    find()
    real, calls = tantivy_engine.build, []

    def once_full(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 1:
            raise OSError("the disk is full")
        real(*given)

    monkeypatch.setattr(tantivy_engine, "build", once_full)
    add(editor, now)
    assert soon(lambda: bool(ids(NONSENSE)))
    assert len(calls) == 2
    assert find("eldre som faller").ready


OTHER_PROCESS = """
import sys, time, django
django.setup()
from ringvirkning.search.find import find
assert find("zlokkfallert").total == 0
print("ready", flush=True)
for _ in range(600):
    answer = find("zlokkfallert")
    assert find("eldre som faller").ready
    if answer.total:
        sys.exit(0)
    time.sleep(0.05)
sys.exit(1)
"""
ADDING = """
import django
django.setup()
from django.utils.timezone import now
from ringvirkning.people.models import Person
from ringvirkning.search.own_words import add_own_word
person = Person.objects.create_user("redaktor@eksempel.no", name="Red Aktør", joined=now())
add_own_word(concept="fall", word="zlokkfallert", hint=False, person=person, at=now())
"""


def test_a_word_added_in_one_process_reaches_another(set_up_home: Any) -> None:
    """The one that adds it ends at once, so the other must see to the index by itself."""
    env = {**set_up_home.env, "DJANGO_SETTINGS_MODULE": "ringvirkning.config.settings"}
    other = subprocess.Popen([sys.executable, "-c", OTHER_PROCESS], env=env, stdout=subprocess.PIPE)
    assert other.stdout
    assert other.stdout.readline() == b"ready\n"
    subprocess.run([sys.executable, "-c", ADDING], env=env, check=True, timeout=60)
    assert other.wait(60) == 0
    other.stdout.close()
