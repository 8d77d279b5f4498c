"""The peers: SQLite FTS5 and plain tantivy, given the same texts and facets and asked for the same things.

Both answer as our own engine does: how many cases match any word, the 20 best, and how many of the matches have each
value of each facet. Both are spared the small words ("og", "som"), as our own search is, and lie on disk.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import tantivy

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.search.casedoc import CASES, case_facets, passages
from ringvirkning.search.text.stopwords import SMALL
from ringvirkning.search.text.words import words

HITS = 20
MOST_VALUES = 500
WRITER_MEMORY = 60_000_000  # as our own engine
CACHE_KB = 200_000


class Row(NamedTuple):
    """A case as a peer gets it."""

    key: str
    text: str
    facets: dict[str, list[str]]


class Peer(Protocol):
    """What a peer can do."""

    def build(self, rows: Iterable[Row]) -> None:
        """Build a new index in an empty folder."""

    def open(self) -> None:
        """Open a finished index."""

    def find(self, need: str) -> int:
        """Find the best cases and count facets; return how many match."""

    def replace(self, row: Row) -> None:
        """Put one changed case in place of the old one, so that the next answer has it."""


def corpus() -> Iterator[Row]:
    """Yield every case of the home, read from the tables as our own index reads it."""
    for case in queries.all_cases().iterator(chunk_size=500):
        yield row_of(case)


def row_of(case: Case) -> Row:
    """Return one case for a peer."""
    if case.revision is None:
        raise ValueError(f"{case.case_id} has no revision")
    case_file = queries.read_case(case.revision.document)
    text = "\n".join(passage.text for passage in passages(case_file))
    return Row(case.case_id, text, case_facets(case, case_file))


def peers(folder: Path) -> dict[str, Peer]:
    """Return the peers, each with its place in the folder."""
    return {
        "SQLite FTS5": Fts5(folder / "fts5.sqlite3"),
        "tantivy, Norwegian stemmer": PlainTantivy(folder / "tantivy"),
    }


class Fts5:
    """SQLite's full-text search with BM25; facets counted in SQL."""

    FOUND = """
        WITH found AS MATERIALIZED (SELECT rowid AS doc FROM cases WHERE cases MATCH ?)
        SELECT '', '', count(*) FROM found
        UNION ALL SELECT facet.name, facet.value, count(*) FROM found JOIN facet USING (doc) GROUP BY 1, 2
    """
    BEST = "SELECT id FROM cases WHERE cases MATCH ? ORDER BY rank LIMIT ?"

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self) -> None:
        """Open with a cache that holds everything."""
        self.database = sqlite3.connect(self.path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        self.database.execute("PRAGMA mmap_size=2000000000")

    def build(self, rows: Iterable[Row]) -> None:
        """Build in one transaction."""
        self.open()
        self.database.execute("CREATE VIRTUAL TABLE cases USING fts5(id UNINDEXED, text, tokenize='unicode61')")
        self.database.execute(
            "CREATE TABLE facet (doc INTEGER, name TEXT, value TEXT, PRIMARY KEY (doc, name, value)) WITHOUT ROWID"
        )
        self.database.execute("BEGIN")
        for number, row in enumerate(rows, start=1):
            self._insert(number, row)
        self.database.execute("COMMIT")
        self.database.execute("INSERT INTO cases (cases) VALUES ('optimize')")
        self.database.execute("ANALYZE")
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _insert(self, number: int, row: Row) -> None:
        self.database.execute("INSERT INTO cases (rowid, id, text) VALUES (?, ?, ?)", (number, row.key, row.text))
        facets = [(number, name, value) for name, values in row.facets.items() for value in dict.fromkeys(values)]
        self.database.executemany("INSERT INTO facet VALUES (?, ?, ?)", facets)

    def find(self, need: str) -> int:
        """Ask twice: once for the matches' counts, once for the best of them."""
        match = " OR ".join(f'"{form}"' for form in _forms(need))
        if not match:
            return 0
        counts = self.database.execute(self.FOUND, (match,)).fetchall()
        self.database.execute(self.BEST, (match, HITS)).fetchall()
        return next(int(count) for name, _, count in counts if not name)

    def replace(self, row: Row) -> None:
        """Replace in one transaction."""
        number = self.database.execute("SELECT rowid FROM cases WHERE id = ?", (row.key,)).fetchone()[0]
        self.database.execute("BEGIN")
        self.database.execute("DELETE FROM cases WHERE rowid = ?", (number,))
        self.database.execute("DELETE FROM facet WHERE doc = ?", (number,))
        self._insert(number, row)
        self.database.execute("COMMIT")


class PlainTantivy:
    """tantivy on the plain text with its Norwegian stemmer and stop words; facets by its own aggregation."""

    TOKENIZER = "norwegian"
    ASK = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in CASES.facets}

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self) -> None:
        """Open the index on disk."""
        self._use(tantivy.Index.open(str(self.path)))
        self._see()

    def _use(self, index: Any) -> None:
        chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        chain = chain.filter(tantivy.Filter.stopword("norwegian")).filter(tantivy.Filter.stemmer("norwegian"))
        index.register_tokenizer(self.TOKENIZER, chain.build())
        self.index = index

    def _see(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def build(self, rows: Iterable[Row]) -> None:
        """Build with one thread, as our own engine does."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", stored=False, tokenizer_name=self.TOKENIZER, index_option="freq")
        for name in CASES.facets:
            schema.add_text_field(name, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
        self.path.mkdir(parents=True)
        self._use(tantivy.Index(schema.build(), path=str(self.path)))
        self._write(rows)

    def _write(self, rows: Iterable[Row], *, replacing: bool = False) -> None:
        writer = self.index.writer(WRITER_MEMORY, 1)
        for row in rows:
            if replacing:
                writer.delete_documents_by_term("id", row.key)
            writer.add_document(tantivy.Document(id=row.key, text=row.text, **row.facets))
        writer.commit()
        writer.wait_merging_threads()
        self._see()

    def find(self, need: str) -> int:
        """Ask for the best and for the facets."""
        query = self.index.parse_query_lenient(" ".join(_forms(need)), ["text"])[0]
        result = self.searcher.search(query, HITS, count=True)
        for _, address in result.hits:
            self.searcher.doc(address)["id"]
        self.searcher.aggregate(query, self.ASK)
        return int(result.count)

    def replace(self, row: Row) -> None:
        """Replace in one commit."""
        self._write([row], replacing=True)


def _forms(need: str) -> list[str]:
    """Return the different words of a need, small words left out."""
    return list(dict.fromkeys(word.form for word in words(need) if word.form not in SMALL))
