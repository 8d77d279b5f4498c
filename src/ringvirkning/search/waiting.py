"""Words searched for in vain that too few sessions have used: held in memory for a while, and written nowhere.

A word is first written down when ``ENOUGH_SESSIONS`` different sessions have used it: before that it may be a secret
that one person typed. A session is one visitor on one day, known by a digest alone. It is made with the word and
with a key that this process makes up and never tells, so it says neither who, nor which words one visitor used. Each
process counts for itself and begins anew when it is started; a word may then take more sessions than it must, never
fewer.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock

ENOUGH_SESSIONS = 5
LONGEST_WAIT = timedelta(days=30)  # a word that few use is forgotten
MOST_WAITING = 5_000  # words: whoever sends made-up ones does not fill the memory


@dataclass
class Heard:
    """How many sessions have used a word, on which days. ``sessions`` are digests."""

    first: date
    sessions: set[bytes] = field(default_factory=set)
    days: set[date] = field(default_factory=set)


class Waiting:
    """The words that wait."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._words: OrderedDict[str, Heard] = OrderedDict()
        self._guard = Lock()

    def hear(self, words: Iterable[str], visitor: str, today: date) -> dict[str, Heard]:
        """Note that a visitor used some words today; return those that enough sessions have used now."""
        with self._guard:
            self._forget_before(today - LONGEST_WAIT)
            heard = {word: self._heard(word, visitor, today) for word in words}
        return {word: one for word, one in heard.items() if len(one.sessions) >= ENOUGH_SESSIONS}

    def forget(self, words: Iterable[str]) -> None:
        """Forget words, and who used them: they are written down, and wait no more."""
        with self._guard:
            for word in words:
                self._words.pop(word, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._words.clear()

    def _heard(self, word: str, visitor: str, today: date) -> Heard:
        one = self._words.setdefault(word, Heard(today))
        if len(one.sessions) < ENOUGH_SESSIONS:
            one.sessions.add(self._digest(word, visitor, today))
            one.days.add(today)
        while len(self._words) > MOST_WAITING:
            self._words.popitem(last=False)
        return one

    def _digest(self, word: str, visitor: str, today: date) -> bytes:
        """Return what a session is known by for one word: for another word or another day it is something else."""
        return hashlib.blake2b(f"{today}\n{word}\n{visitor}".encode(), key=self._key, digest_size=16).digest()

    def _forget_before(self, day: date) -> None:
        for word in [word for word, one in self._words.items() if one.first < day]:
            del self._words[word]


waiting = Waiting()
