"""What one more word in the vocabulary would do to a need, before anybody adds it."""

from dataclasses import dataclass

from ringvirkning.search.find import Answer, find
from ringvirkning.search.own_words import clean, own_words
from ringvirkning.search.text.vocabulary import OwnWord, reading_with, vocabulary_of


@dataclass(frozen=True)
class Trial:
    """What a need finds today, and what it would find with the word."""

    before: Answer
    after: Answer


def try_word(*, need: str, word: OwnWord, most: int = 10) -> Trial:
    """Return what a need finds before and with a word. Only the need is read anew, not the cases in the index."""
    more = vocabulary_of((*own_words(), word._replace(word=clean(word.word))))
    before = find(need, limit=most, with_reasons=False)
    with reading_with(more):
        return Trial(before, find(need, limit=most, with_reasons=False))
