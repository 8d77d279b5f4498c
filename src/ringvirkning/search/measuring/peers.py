"""Simple engines to measure beside: SQLite FTS5, tantivy and PostgreSQL, each as it comes, over the same texts.

All match any word and are spared small words ("og", "som"), as our own search is.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

import tantivy

from ringvirkning.search.measuring.figures import Nearest
from ringvirkning.search.text.stopwords import SMALL
from ringvirkning.search.text.words import words

TANTIVY, FTS5, POSTGRES = "tantivy, Norwegian stemmer", "SQLite FTS5", "PostgreSQL, Norwegian"
LABELS = "with CPV labels"
NO_SERVER = "No PostgreSQL server was named: give --postgres URL"
Texts = Mapping[str, str]


def peers(texts: Texts, postgres: str | None = None, *, note: str = "") -> dict[str, Nearest]:
    """Return every peer over these texts, by name. Without a server's address PostgreSQL is not among them."""
    found = {TANTIVY: nearest_tantivy(texts, "norwegian"), FTS5: nearest_fts5(texts, "unicode61")}
    if postgres:
        found[POSTGRES] = nearest_postgres(texts, postgres)
    return {f"{name} {note}".strip(): nearest for name, nearest in found.items()}


def skipped(postgres: str | None) -> dict[str, str]:
    """Return who could not be asked, and why."""
    return {} if postgres else {POSTGRES: NO_SERVER}


def _forms(text: str) -> list[str]:
    found = dict.fromkeys(word.form for word in words(text))
    return [form for form in found if form not in SMALL] or list(found)


def nearest_fts5(texts: Texts, tokenizer: str) -> Nearest:
    """Return SQLite's full-text search with BM25."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text, tokenize='{tokenizer}')")
    database.executemany("INSERT INTO texts VALUES (?, ?)", texts.items())
    sql = "SELECT id, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?"

    def nearest(text: str, most: int) -> list[tuple[str, float]]:
        forms = [form.replace('"', "") for form in _forms(text) if tokenizer != "trigram" or len(form) > 2]
        match = " OR ".join(f'"{form}"' for form in forms)
        return [(str(key), float(score)) for key, score in database.execute(sql, (match, most))] if match else []

    return nearest


def nearest_tantivy(texts: Texts, analyser: str) -> Nearest:
    """Return tantivy on the plain text, with or without its Norwegian stemmer."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=False, tokenizer_name=analyser)
    index = tantivy.Index(builder.build())  # kept in memory
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    if analyser == "norwegian":
        index.register_tokenizer(analyser, chain.filter(tantivy.Filter.stemmer("norwegian")).build())
    writer = index.writer(15_000_000, 1)
    for key, text in texts.items():
        writer.add_document(tantivy.Document(id=key, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def nearest(text: str, most: int) -> list[tuple[str, float]]:
        query: Any = index.parse_query_lenient(" ".join(_forms(text)), ["text"])[0]
        hits = searcher.search(query, most).hits
        return [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in hits]

    return nearest


def nearest_postgres(texts: Texts, url: str) -> Nearest:
    """Return PostgreSQL's full text: its Norwegian configuration and its own ranking, shortened by length.

    The texts lie in a table that is gone when the connection closes. ``url`` is postgres://user@host:port/database.
    Raises ``psycopg.Error`` when nobody answers there.
    """
    import psycopg

    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE TEMPORARY TABLE texts (id text, words tsvector)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO texts VALUES (%s, to_tsvector('norwegian', %s))", list(texts.items()))
    sql = """
        SELECT id, ts_rank(words, query, 1) AS score FROM texts, to_tsquery('norwegian', %s) AS query
        WHERE words @@ query ORDER BY score DESC, id LIMIT %s
    """

    def nearest(text: str, most: int) -> list[tuple[str, float]]:
        query = " | ".join("'" + form.replace("'", " ").replace("\\", " ") + "'" for form in _forms(text))
        return [(str(key), float(score)) for key, score in connection.execute(sql, (query, most))] if query else []

    return nearest
