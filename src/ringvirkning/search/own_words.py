"""An installation's own words in the vocabulary: added and taken away at the editor's desk.

The words stand in the database, where every process sees them, and the change sequence tells that they changed. The
index notices, is built anew beside the one in use and swapped in; each process takes the words of the index it opens
(``search/index.py``). So a text is never read with other words than its index was.
"""

from datetime import datetime

import yaml
from django.db import transaction
from django.db.models import QuerySet

from ringvirkning.catalogue.operations import record_change, writers_turn
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Person
from ringvirkning.search.models import AddedWord
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.vocabulary import Concept, OwnWord, Vocabulary, concepts, vocabulary_of
from ringvirkning.search.text.words import composed, words

MOST_CHARACTERS = 80
MOST_WORDS = 6
SHORTEST = 2


class NotTaken(Exception):
    """A word cannot be added. ``code`` says why; the faces have words for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def own_words() -> tuple[OwnWord, ...]:
    """Return the words added at the desk."""
    rows = AddedWord.objects.order_by("concept", "word").values_list("concept", "word", "hint")
    return tuple(OwnWord(*row) for row in rows)


def own_vocabulary() -> Vocabulary:
    """Return the vocabulary as it should be: the files' with every own word."""
    return vocabulary_of(own_words())


def added_words() -> QuerySet[AddedWord]:
    """Return the own words with when they were added, newest first."""
    return AddedWord.objects.order_by("-at", "word")


def concept_by_id(concept: str) -> Concept | None:
    """Return one concept of the vocabulary in use."""
    return next((one for one in concepts() if one.id == concept), None)


def clean(word: str) -> str:
    """Return a word or expression as it is kept: one space between words, letters composed."""
    return " ".join(composed(word).split())


def why_not(concept: str, word: str) -> str:
    """Return why this word cannot be added to this concept, as a code; "" when it can."""
    known = concept_by_id(concept)
    wanted = clean(word)
    said = {other.lower() for other in (*known.words, *known.hints)} if known else set()
    reasons = (
        ("unknown_concept", known is None),
        ("missing", not wanted),
        ("too_long", len(wanted) > MOST_CHARACTERS or len(words(wanted)) > MOST_WORDS),
        ("not_a_word", not _is_words(wanted)),
        ("says_little", not _says_something(wanted)),
        ("already_there", wanted.lower() in said | _own_of(concept)),
    )
    return next((code for code, holds in reasons if holds), "")


def _own_of(concept: str) -> set[str]:
    return {word.lower() for word in AddedWord.objects.filter(concept=concept).values_list("word", flat=True)}


def _is_words(text: str) -> bool:
    """Tell whether a text is words and nothing else: no markup, no addresses, no signs."""
    rest = text
    for word in reversed(words(text)):
        rest = rest[: word.start] + rest[word.end :]
    return len(text) >= SHORTEST and not rest.strip() and text.isprintable()


def _says_something(text: str) -> bool:
    """Tell whether a text has a word that means something by itself: "bedre løsning" would fit every need."""
    readings = analyser().read(text)
    return any(not one.small and not analyser().is_padding(one.word.form) for one in readings)


@transaction.atomic
def add_own_word(*, concept: str, word: str, hint: bool, person: Person, at: datetime) -> AddedWord:
    """Let a word mean a concept, or hint at it. Raises ``NotTaken``."""
    writers_turn()
    refused = why_not(concept, word)
    if refused:
        raise NotTaken(refused)
    added = AddedWord.objects.create(concept=concept, word=clean(word), hint=hint, at=at)
    _told("add_own_word", added, person, at)
    return added


@transaction.atomic
def remove_own_word(*, concept: str, word: str, person: Person, at: datetime) -> bool:
    """Take an own word away again; False when it is not there. Words of the files cannot be taken away here."""
    writers_turn()
    found = AddedWord.objects.filter(concept=concept, word=word).first()
    if found is None:
        return False
    _told("remove_own_word", found, person, at)
    found.delete()
    return True


def _told(verb: str, added: AddedWord, person: Person, at: datetime) -> None:
    what = {"word": added.word, "hint": added.hint}
    record(verb=verb, subject_kind="concept", subject=added.concept, person=person, at=at, **what)
    record_change(kind=ChangeKind.VOCABULARY, key=added.concept, at=at)


def as_yaml() -> str:
    """Return the own words in the form of the vocabulary files, for those who look after them."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in own_words():
        found.setdefault(one.concept, {}).setdefault("hints" if one.hint else "words", []).append(one.word)
    rows = [{"id": concept, **listed} for concept, listed in found.items()]
    return str(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False))
