"""The vectors of the cases, kept in a file beside the index: one small database for each model.

A batch of cases is one transaction, so a process that is killed leaves whole batches; the change number is written
last, and tells that all of them are there. What a case already has a vector for is not worked out again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ringvirkning.search.meaning.model import Vectors

TABLES = """
CREATE TABLE IF NOT EXISTS vectors (
    key TEXT NOT NULL, digest TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (key, digest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS whole (change INTEGER NOT NULL);
"""
SECONDS = 20  # to wait for another process that writes


class Row(NamedTuple):
    """One vector: the key of its case as the index knows it, a digest of the text, and the vector's bytes."""

    key: str
    digest: str
    vector: bytes


class Kept(NamedTuple):
    """All vectors at one change number: those of ``keys[n]`` are the rows from ``starts[n]`` until the next one's."""

    change: int
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    vectors: Vectors


def arranged(change: int, rows: Iterable[tuple[str, Vectors]]) -> Kept:
    """Return vectors arranged by their case. The rows of a case stand together."""
    import numpy as np

    starts: dict[str, int] = {}
    vectors = []
    for place, (key, vector) in enumerate(rows):
        starts.setdefault(key, place)
        vectors.append(vector)
    return Kept(change, tuple(starts), tuple(starts.values()), np.array(vectors, dtype=np.float32))


class KeptVectors:
    """The file. Any number of processes may read and write it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=SECONDS)
        try:
            connection.executescript(TABLES)
            with connection:
                yield connection
        finally:
            connection.close()

    def change(self) -> int | None:
        """Return the change number all vectors are there for; None when they never were."""
        if not self.path.exists():
            return None
        with self._open() as connection:
            found = connection.execute("SELECT change FROM whole").fetchone()
        return int(found[0]) if found else None

    def digests(self, keys: Iterable[str]) -> dict[str, set[str]]:
        """Return the digests of the texts that some cases have vectors for."""
        with self._open() as connection:
            asked = "SELECT digest FROM vectors WHERE key = ?"
            return {key: {str(one) for (one,) in connection.execute(asked, (key,))} for key in keys}

    def put(self, rows: Iterable[Row], wanted: Iterable[tuple[str, set[str]]]) -> None:
        """Put in vectors, and take out those of a case whose text is no longer among the ``wanted`` digests."""
        with self._open() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            for key, digests in wanted:
                held = connection.execute("SELECT digest FROM vectors WHERE key = ?", (key,)).fetchall()
                gone = [(key, one) for (one,) in held if one not in digests]
                connection.executemany("DELETE FROM vectors WHERE key = ? AND digest = ?", gone)

    def is_whole(self, change: int) -> None:
        """Write down that all vectors are there for a change number."""
        with self._open() as connection:
            connection.execute("DELETE FROM whole")
            connection.execute("INSERT INTO whole VALUES (?)", (change,))

    def read(self) -> Kept | None:
        """Return all vectors; None when they are not all there."""
        import numpy as np

        with self._open() as connection:
            connection.execute("BEGIN")  # both answers from one moment
            whole = connection.execute("SELECT change FROM whole").fetchone()
            rows = connection.execute("SELECT key, vector FROM vectors ORDER BY key, digest").fetchall()
        if whole is None:
            return None
        return arranged(int(whole[0]), ((key, np.frombuffer(vector, dtype=np.float32)) for key, vector in rows))
