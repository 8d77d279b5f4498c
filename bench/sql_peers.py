"""Peers that are asked in SQL: SQLite FTS5, DuckDB and PostgreSQL, each with all it has to offer Norwegian text."""

import csv
import json
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from harness import BENCH
from peer import Answer, Peer, forms
from peers import CACHE_KB, HITS, Row


class SqlPeer(Peer):
    """A peer asked in SQL: everything in one statement, so that words are matched once. Facet values are numbers."""

    TOLD = """
        SELECT 'total', 0, count(*) FROM found
        UNION ALL SELECT 'best', doc, score FROM (SELECT doc, score FROM found ORDER BY score DESC LIMIT {hits}) AS best
        UNION ALL SELECT 'count', code, count(*) FROM {counted} GROUP BY code
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.codes: dict[tuple[str, str], int] = {}
        self.keys: list[str] = []

    def numbered(self, rows: Iterable[Row]) -> Iterator[tuple[int, str, list[int]]]:
        """Yield number, text and facet values of each row, and remember what the numbers stand for."""
        for row in rows:
            self.keys.append(row.key)
            said = [(name, value) for name, values in row.facets.items() for value in dict.fromkeys(values)]
            yield len(self.keys) - 1, row.text, [self.codes.setdefault(one, len(self.codes)) for one in said]
        (self.folder / "numbers.json").write_text(json.dumps([self.keys, list(self.codes)]))

    def remember(self) -> None:
        """Read what the numbers stand for."""
        self.keys, values = json.loads((self.folder / "numbers.json").read_text())
        self.values = [tuple(one) for one in values]

    def answered(self, rows: Iterable[Any]) -> Answer:
        """Return the answer that ``TOLD`` told."""
        total, best, counts = 0, [], {}
        for part, number, figure in rows:
            if part == "total":
                total = int(figure)
            elif part == "best":
                best.append((-figure, self.keys[number]))
            else:
                name, value = self.values[number]
                counts.setdefault(name, {})[value] = int(figure)
        return Answer(total, [key for _, key in sorted(best)], counts)


class Fts5(SqlPeer):
    """SQLite's full-text search with BM25. It has no Norwegian stemmer."""

    name = "SQLite FTS5"
    FOUND = "SELECT rowid AS doc, -bm25(notices) AS score FROM notices WHERE notices MATCH ?"
    ASK = f"WITH found AS MATERIALIZED ({FOUND})" + SqlPeer.TOLD.format(
        hits=HITS, counted="found JOIN facet USING (doc)"
    )

    def open(self) -> None:
        """Open with a cache that holds everything."""
        self._connect()
        self.remember()

    def _connect(self) -> None:
        self.database = sqlite3.connect(self.folder / "notices.sqlite3", isolation_level=None)
        self.database.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        self.database.execute("PRAGMA mmap_size=2000000000")

    def build(self, rows: Iterable[Row]) -> None:
        """Build in one transaction, texts not kept."""
        self._connect()
        run = self.database.execute
        run("""CREATE VIRTUAL TABLE notices USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0")""")
        run("CREATE TABLE facet (doc INTEGER, code INTEGER, PRIMARY KEY (doc, code)) WITHOUT ROWID")
        run("BEGIN")
        for doc, text, codes in self.numbered(rows):
            run("INSERT INTO notices (rowid, text) VALUES (?, ?)", (doc, text))
            self.database.executemany("INSERT INTO facet VALUES (?, ?)", [(doc, code) for code in codes])
        run("COMMIT")
        run("INSERT INTO notices (notices) VALUES ('optimize')")
        run("ANALYZE")
        self.database.close()

    def answer(self, need: str) -> Answer:
        """Ask for any of the words."""
        match = " OR ".join(f'"{form}"' for form in forms(need))
        return self.answered(self.database.execute(self.ASK, (match,))) if match else Answer(0, [], {})

    def close(self) -> None:
        """Close the file."""
        self.database.close()


class DuckDb(SqlPeer):
    """DuckDB with its extension for full text: BM25 and a Norwegian stemmer. It may use both cores."""

    name = "DuckDB, Norwegian stemmer"
    FOUND = "SELECT doc, codes, fts_main_notices.match_bm25(doc, ?) AS score FROM notices"
    ASK = f"WITH found AS MATERIALIZED (SELECT * FROM ({FOUND}) WHERE score IS NOT NULL)" + SqlPeer.TOLD.format(
        hits=HITS, counted="(SELECT unnest(codes) AS code FROM found)"
    )
    # As it comes it knows no letters but a–z, which would take "kjøp" apart.
    INDEX = r"""PRAGMA create_fts_index('notices', 'doc', 'text', stemmer='norwegian', stopwords='none',
        strip_accents=0, lower=1, ignore='[^\pL\pN]+')"""

    @classmethod
    def missing(cls) -> str | None:
        """It needs two packages, and the extension's version must be the engine's."""
        if find_spec("duckdb") and find_spec("duckdb_extension_fts"):
            return None
        return "DuckDB and its extension are not installed: pip install -r requirements/peers.txt"

    def open(self) -> None:
        """Open the file and load the extension, which lies in a package of its own."""
        import duckdb

        self.database = duckdb.connect(str(self.folder / "notices.duckdb"))
        self.database.execute("SET enable_progress_bar = false")  # it would write among the figures
        self.database.execute(f"LOAD '{_extension_of_duckdb()}'")
        if (self.folder / "numbers.json").exists():
            self.remember()

    def build(self, rows: Iterable[Row]) -> None:
        """Build by way of a file: row by row it takes many times as long."""
        aside = self.folder / "rows.csv"
        with aside.open("w", newline="") as file:
            csv.writer(file).writerows((doc, " ".join(text.split()), codes) for doc, text, codes in self.numbered(rows))
        self.open()
        self.database.execute("CREATE TABLE notices (doc INTEGER, text VARCHAR, codes INTEGER[])")
        self.database.execute(f"COPY notices FROM '{aside}' (FORMAT csv, HEADER false)")
        self.database.execute(self.INDEX)
        self.database.close()
        aside.unlink()

    def answer(self, need: str) -> Answer:
        """Ask for any of the words."""
        typed = " ".join(forms(need))
        return self.answered(self.database.execute(self.ASK, (typed,)).fetchall()) if typed else Answer(0, [], {})

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def _extension_of_duckdb() -> Path:
    spec = find_spec("duckdb_extension_fts")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return next(found for place in places for found in Path(place).rglob("fts.duckdb_extension"))


class Postgres(SqlPeer):
    """PostgreSQL's full-text search: its Norwegian configuration, a GIN index and its own ranking, for it has no BM25.

    The server is one of its own, started as the tests start theirs. ``close`` ends it; if nobody does, it ends by
    itself within a minute of its folder being gone.
    """

    name = "PostgreSQL, Norwegian"
    RANK = "ts_rank(words, query)"
    SETTINGS = "shared_buffers = 1GB\\nwork_mem = 256MB\\nmaintenance_work_mem = 512MB\\njit = off\\n"
    START = f"""
        set -e
        . script/lib/postgres.sh
        if [ ! -e "$1/address" ]; then
          start_postgres "$1"
          printf '{SETTINGS}' >> "$1/data/postgresql.conf"
          printf %s "$DATABASE_URL" > "$1/address"
        fi
        cd /
        as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$1/data" --silent --wait --log="$1/log" restart >/dev/null 2>&1
    """
    STOP = """
        . script/lib/postgres.sh
        cd / && as_postgres "$(postgres_bin)/pg_ctl" --pgdata="$1/data" --silent --wait --mode=fast stop
    """
    THERE = '. script/lib/postgres.sh; bin=$(postgres_bin) && [ -n "$bin" ] && { [ "$(id -u)" != 0 ] || id postgres; }'

    @property
    def data(self) -> Path:
        """Where tables and indexes lie: logs and settings are not counted."""
        return self.folder / "server" / "data" / "base"

    @property
    def ask(self) -> str:
        """The statement: the ranking is chosen by ``RANK``."""
        found = f"SELECT doc, codes, {self.RANK} AS score FROM notices, query WHERE words @@ query"
        told = self.TOLD.format(hits=HITS, counted="(SELECT unnest(codes) AS code FROM found) AS all_codes")
        query = "SELECT to_tsquery('norwegian', %s) AS query"
        return f"WITH query AS MATERIALIZED ({query}), found AS MATERIALIZED ({found})" + told

    @classmethod
    def missing(cls) -> str | None:
        """It needs the server's programs."""
        if subprocess.run(["bash", "-c", cls.THERE], cwd=BENCH.parent, capture_output=True, check=False).returncode:
            return "There is no PostgreSQL server here: install the package postgresql"
        return None

    def open(self) -> None:
        """Start the server and connect."""
        self._connect()
        self.remember()

    def _connect(self) -> None:
        import psycopg

        for above in self.folder.absolute().parents:  # the server is another user, and must get there
            if above.is_relative_to(tempfile.gettempdir()) and above != Path(tempfile.gettempdir()):
                above.chmod(above.stat().st_mode | 0o111)
        self._bash(self.START)
        self.connection = psycopg.connect((self.folder / "server" / "address").read_text(), autocommit=True)

    def _bash(self, script: str) -> None:
        subprocess.run(["bash", "-c", script, "bash", str(self.folder / "server")], cwd=BENCH.parent, check=True)

    def build(self, rows: Iterable[Row]) -> None:
        """Build by COPY, the words read on the way in."""
        self._connect()
        words = "tsvector GENERATED ALWAYS AS (to_tsvector('norwegian', text)) STORED"
        self.connection.execute(f"CREATE UNLOGGED TABLE notices (doc int, codes int[], text text, words {words})")
        with self.connection.cursor().copy("COPY notices (doc, text, codes) FROM STDIN") as copy:
            for row in self.numbered(rows):
                copy.write_row(row)
        self.connection.execute("CREATE INDEX ON notices USING gin (words)")
        self.connection.execute("VACUUM ANALYZE notices")
        self.connection.execute("CHECKPOINT")
        self.close()

    def answer(self, need: str) -> Answer:
        """Ask for any of the words."""
        query = " | ".join(f"'{form}'" for form in forms(need))
        return self.answered(self.connection.execute(self.ask, (query,))) if query else Answer(0, [], {})

    def close(self) -> None:
        """End the server. Its table is not logged: it is kept when the server ends in good order."""
        self.connection.close()
        self._bash(self.STOP)
