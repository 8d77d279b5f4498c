"""The peers of searching notices: Xapian, DuckDB, SQLite FTS5, PostgreSQL and plain tantivy, all over the same rows.

Each is set up as somebody who knows it would: Norwegian stemming where it has any, all on disk, facet values as whole
numbers where that is quicker. Each answers as our engine does: how many notices match any word, the 20 best, and how
many of the matches have each value of each facet. All are spared the small words ("og", "som"), as our own search is.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import Stemmer
import tantivy

import peers
from harness import Figures, folder_mb, say, tidy
from made_notices import MadeNotice, made_notice
from peer import WORD, Answer, Counts, Peer, forms
from peers import HITS, MOST_VALUES, Row
from ringvirkning.search.notices.noticedoc import notice_document, passages
from sql_peers import DuckDb, Fts5, Postgres

FACETS = (
    "phase", "innovation", "cpv", "county", "country", "estimated", "awarded", "procedure", "buyer", "source", "year",
)  # fmt: skip
DIVISION = 2  # digits of the CPV codes that are counted
IN_A_FLUSH = 60_000  # documents Xapian gathers before it writes; its own 10,000 means more merging
DEBIAN = Path("/usr/lib/python3/dist-packages")  # where Debian's package puts Xapian's module


class Xapian(Peer):
    """Xapian with its Norwegian stemmer and BM25. A facet has a slot for the first value, one for the second, …"""

    name = "Xapian, Norwegian stemmer"

    @classmethod
    def missing(cls) -> str | None:
        """Its module is no package: it comes with the system's Python, and serves ours when that is of one version."""
        try:
            _xapian()
        except ImportError as error:
            return f"Xapian's module cannot be loaded ({error}): install the package python3-xapian"
        return None

    def build(self, rows: Iterable[Row]) -> None:
        """Build, then write it anew without air."""
        xapian = _xapian()
        os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", str(IN_A_FLUSH))
        database = xapian.WritableDatabase(str(self.folder / "raw"), xapian.DB_CREATE_OR_OPEN)
        reader = xapian.TermGenerator()
        reader.set_stemmer(xapian.Stem("norwegian"))
        reader.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        slots: dict[tuple[str, int], int] = {}
        for row in rows:
            document = xapian.Document()
            document.set_data(row.key)
            reader.set_document(document)
            reader.index_text_without_positions(row.text)
            for name, values in row.facets.items():
                for place, value in enumerate(dict.fromkeys(values)):
                    document.add_value(slots.setdefault((name, place), len(slots)), value)
            database.add_document(document)
        database.set_metadata("slots", json.dumps([(name, slot) for (name, _), slot in slots.items()]))
        database.commit()
        database.compact(str(self.folder / "notices"))
        database.close()
        shutil.rmtree(self.folder / "raw")

    def open(self) -> None:
        """Open the folder."""
        self.xapian = _xapian()
        self.database = self.xapian.Database(str(self.folder / "notices"))
        self.slots = json.loads(self.database.get_metadata("slots"))
        self.stem = self.xapian.Stem("norwegian")

    def answer(self, need: str) -> Answer:
        """Ask for any of the words, and look at every match: so counts are exact."""
        terms = list(dict.fromkeys(self.stem(form).decode() for form in forms(need)))
        if not terms:
            return Answer(0, [], {})
        enquire = self.xapian.Enquire(self.database)
        enquire.set_query(self.xapian.Query(self.xapian.Query.OP_OR, terms))
        spies = [(name, self.xapian.ValueCountMatchSpy(slot)) for name, slot in self.slots]
        for _, spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, HITS, self.database.get_doccount())
        best = [hit.document.get_data().decode() for hit in found]
        return Answer(found.get_matches_estimated(), best, _counted(spies))

    def close(self) -> None:
        """Close the files."""
        self.database.close()


def _counted(spies: Iterable[tuple[str, Any]]) -> Counts:
    counts: Counts = {}
    for name, spy in spies:
        counted = counts.setdefault(name, {})
        for item in spy.values():
            value = item.term.decode()
            counted[value] = counted.get(value, 0) + item.termfreq
    return counts


def _xapian() -> Any:
    """Return Xapian's module, looked for among the system's packages for this import only."""
    sys.path.append(str(DEBIAN))
    try:
        import xapian
    finally:
        sys.path.remove(str(DEBIAN))
    return xapian


class Tantivy(peers.PlainTantivy, Peer):
    """tantivy on the plain text with its Norwegian stemmer; facets are columns of any number of values."""

    name = "tantivy, Norwegian stemmer"
    ASK = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS}

    def __init__(self, folder: Path) -> None:
        Peer.__init__(self, folder)
        self.path = folder / "notices"

    def build(self, rows: Iterable[Row]) -> None:
        """Build with one thread, as our own engine does."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", stored=False, tokenizer_name=self.TOKENIZER, index_option="freq")
        for name in FACETS:
            schema.add_text_field(name, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
        self.path.mkdir(parents=True)
        self._use(tantivy.Index(schema.build(), path=str(self.path)))
        self._write(rows)

    def answer(self, need: str) -> Answer:
        """Ask for the best and for the facets."""
        query = self.index.parse_query_lenient(" ".join(forms(need)), ["text"])[0]
        result = self.searcher.search(query, HITS, count=True)
        best = [self.searcher.doc(address)["id"][0] for _, address in result.hits]
        told = self.searcher.aggregate(query, self.ASK)
        counts = {name: {one["key"]: int(one["doc_count"]) for one in told[name]["buckets"]} for name in FACETS}
        return Answer(int(result.count), best, counts)

    def find(self, need: str) -> int:
        """Do all that ``answer`` does."""
        return self.answer(need).total


class StemmedFts5(Fts5):
    """SQLite FTS5 over stems instead of words, in documents and needs alike."""

    name = "SQLite FTS5, stemmed before"

    def build(self, rows: Iterable[Row]) -> None:
        """Build over stems."""
        super().build(row._replace(text=stemmed(row.text)) for row in rows)

    def answer(self, need: str) -> Answer:
        """Ask for any of the stems of the words that are not small."""
        return super().answer(stemmed(need))


def stemmed(text: str) -> str:
    """Return the stems of a text that Snowball gives for Norwegian."""
    return " ".join(Stemmer.Stemmer("norwegian").stemWords(WORD.findall(text.lower())))


KINDS: dict[str, type[Peer]] = {
    "xapian": Xapian, "duckdb": DuckDb, "fts5": Fts5, "postgres": Postgres, "tantivy": Tantivy,
}  # fmt: skip


def available(folder: Path) -> dict[str, Peer | str]:
    """Return name → peer with a place of its own in the folder, or the reason why it cannot be asked here."""
    found: dict[str, Peer | str] = {}
    for place, kind in KINDS.items():
        why = kind.missing()
        if why is None:
            (folder / place).mkdir(parents=True, exist_ok=True)
        found[kind.name] = why or kind(folder / place)
    return found


def row_of(made: MadeNotice) -> Row:
    """Return a made notice for a peer: its words, and the facets that peers count."""
    wordless = msgspec.structs.replace(made.record, titles={}, descriptions={})  # terms are our own engine's matter
    document = notice_document(made.notice, wordless, made.parties, made.innovation)
    facets = {name: list(document.facets[name]) for name in FACETS}
    facets["cpv"] = [code for code in facets["cpv"] if len(code) == DIVISION]
    return Row(document.key, "\n".join(passage.text for passage in passages(made.record)), facets)


def opened(folder: Path) -> dict[str, Peer]:
    """Return every peer that is here, opened. Close them in the end."""
    found = {name: peer for name, peer in available(folder).items() if isinstance(peer, Peer)}
    for peer in found.values():
        peer.open()
    return found


def build_all(folder: str, count: int, distinct: int) -> dict[str, Figures | str]:
    """Build every peer that is here over made notices; return figures, or the reason why it is not here.

    Called in a child. The notices are made once and kept in a file, so that nobody waits for them while building.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    aside = place / "rows.jsonl"
    with aside.open("wb") as file:
        file.writelines(msgspec.json.encode(row) + b"\n" for row in made_rows(count, distinct))
    told = {name: _built(name, peer, aside) for name, peer in available(place).items()}
    aside.unlink()
    return told


def made_rows(count: int, distinct: int) -> Iterator[Row]:
    """Yield so many rows made of so many distinct texts; when these come again, they have the facets of others."""
    made = [row_of(made_notice(number)) for number in range(min(count, distinct))]
    for number in range(count):
        again, place = divmod(number, len(made))
        yield Row(f"laget-{number}", made[place].text, made[(place + again) % len(made)].facets)


def _built(name: str, peer: Peer | str, aside: Path) -> Figures | str:
    if isinstance(peer, str):
        return peer
    say(f"Building {name} …")
    began = time.perf_counter()
    peer.build(rows_of(aside))
    return {"build_s": tidy(time.perf_counter() - began), "disk_mb": folder_mb(peer.data)}


def rows_of(aside: Path) -> Iterator[Row]:
    """Yield the rows kept in a file."""
    decode = msgspec.json.Decoder(Row).decode
    with aside.open("rb") as file:
        yield from (decode(line) for line in file)
