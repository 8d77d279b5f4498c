"""tantivy, the embedded engine. The only file that knows it.

Traps met: deleting by a term on an unsigned field deletes nothing and says nothing, so documents are known by a
raw text key. One writer per index, kept by a lock file of tantivy's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from ringvirkning.search.plan import FACETS, FIELDS, RANKS, Document, EngineBroken, Found, Plan, WeightedTerm

# How much a term counts by the part of the document it stands in. Tuned on the tuning half (docs/decisions/0006).
FIELD_WEIGHTS = {"title": 1.2, "need": 1.6, "answer": 1.2, "other": 0.4, "document": 0.1}
TIE = 0.15  # how much the weaker fields add to the strongest one
MOST_VALUES = 500
WRITER_MEMORY = 60_000_000


@contextmanager
def _told_when_broken() -> Iterator[None]:
    """Turn whatever a damaged index does to the engine into ``EngineBroken``.

    tantivy panics on some damage, and its panic is not an ordinary ``Exception``.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, EngineBroken):
        raise
    except BaseException as error:
        raise EngineBroken(str(error)) from error


META = "meta/change"  # the document that remembers which change the index reflects


@cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("note", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("of_kind", stored=False, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    for name in RANKS:
        builder.add_integer_field(f"by_{name}", stored=False, fast=True)
    return builder.build()


def _as_tantivy(document: Document) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("key", document.key)
    made.add_text("of_kind", document.kind)
    for name, terms in document.terms.items():
        made.add_text(name, " ".join(terms))
    for name, values in document.facets.items():
        for value in values:
            made.add_text(name, value)
    for name in RANKS:
        made.add_integer(f"by_{name}", document.ranks.get(name, 0))
    return made


def _meta(until: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("key", META)
    made.add_text("note", str(until))
    return made


def build(folder: Path, documents: Iterable[Document], until: int) -> None:
    """Build a whole index in an empty folder."""
    writer = tantivy.Index(_schema(), path=str(folder)).writer(WRITER_MEMORY, 1)
    for document in documents:
        writer.add_document(_as_tantivy(document))
    writer.add_document(_meta(until))
    writer.commit()
    writer.wait_merging_threads()


class TantivyEngine:
    """One finished index folder, open for reading and small changes."""

    def __init__(self, folder: Path) -> None:
        """Open the index. Raises ``EngineBroken`` when it cannot be opened or was not finished."""
        with _told_when_broken():
            self.index = tantivy.Index.open(str(folder))
        self.reload()

    def reload(self) -> None:
        """See what has been committed since the index was opened."""
        with _told_when_broken():
            self.index.reload()
            self.searcher = self.index.searcher()
            found = self.searcher.search(self._term("key", META), 1).hits
            if not found:
                raise EngineBroken("the index was not finished")
            self.change = int(self.searcher.doc(found[0][1])["note"][0])

    def find(self, plan: Plan) -> Found:
        """Answer a plan. Raises ``EngineBroken`` when the files turn out to be damaged."""
        with _told_when_broken():
            return self._find(plan)

    def _find(self, plan: Plan) -> Found:
        wanted = self._wanted(plan)
        query = self._filtered(wanted, plan.filters)
        order: dict[str, Any] = {}
        if plan.sort in RANKS:
            ascending = plan.sort == "alphabet"
            order = {"order_by_field": f"by_{plan.sort}", "order": Order.Asc if ascending else Order.Desc}
        searcher = self.searcher
        result = searcher.search(query, plan.limit, count=True, offset=plan.offset, **order)
        hits = [(searcher.doc(address)["key"][0], 0.0 if order else float(score)) for score, address in result.hits]
        # The count is there (we asked for it); the engine's type hints have forgotten it.
        return Found(int(result.count or 0), hits, self._counts(wanted, plan.filters))  # type: ignore[attr-defined]

    def _counts(self, wanted: tantivy.Query, filters: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
        """Count each facet under all filters but its own; facets without a filter share one pass."""
        free = [name for name in FACETS if name not in filters]
        passes = [(free, filters)]
        passes += [([name], {other: v for other, v in filters.items() if other != name}) for name in filters]
        counts: dict[str, dict[str, int]] = {}
        for names, others in passes:
            ask = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
            answer = self.searcher.aggregate(self._filtered(wanted, others), ask)
            for name in names:
                counts[name] = {str(one["key"]): int(one["doc_count"]) for one in answer[name]["buckets"]}
        return counts

    def _wanted(self, plan: Plan) -> tantivy.Query:
        """Return what is asked for before filters: the right kinds, and the terms when there are any."""
        kinds = Query.const_score_query(Query.term_set_query(_schema(), "of_kind", list(plan.kinds)), 0.0)
        if not plan.terms:
            return kinds
        telling = [self._everywhere(term) for term in plan.terms if term.telling]
        slight = [self._everywhere(term) for term in plan.terms if not term.telling]
        parts = [(Occur.Must, kinds), (Occur.Must, Query.boolean_query([(Occur.Should, one) for one in telling]))]
        return Query.boolean_query(parts + [(Occur.Should, one) for one in slight])

    def _everywhere(self, term: WeightedTerm) -> tantivy.Query:
        fields = [
            Query.boost_query(self._term(name, term.term), weight * term.weight)
            for name, weight in FIELD_WEIGHTS.items()
        ]
        return Query.disjunction_max_query(fields, TIE)

    def _filtered(self, wanted: tantivy.Query, filters: Mapping[str, tuple[str, ...]]) -> tantivy.Query:
        if not filters:
            return wanted
        parts = [(Occur.Must, wanted)]
        for name, values in filters.items():
            chosen = Query.term_set_query(_schema(), name, list(values))
            parts.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
        return Query.boolean_query(parts)

    def _term(self, name: str, term: str) -> tantivy.Query:
        return Query.term_query(_schema(), name, term, "freq" if name in FIELDS else "basic")

    def shares(self, terms: Iterable[str]) -> dict[str, float]:
        """Return how large a share of the documents holds each term in its most common field, 0–1."""
        documents = max(1, self.searcher.num_docs - 1)
        with _told_when_broken():
            most = {term: max(self.searcher.doc_freq(name, term) for name in FIELDS) for term in terms}
        return {term: min(1.0, count / documents) for term, count in most.items()}

    def apply(self, changed: Iterable[Document], gone: Iterable[str], until: int) -> None:
        """Put in, replace and take out documents and remember the change number, in one commit."""
        with _told_when_broken():
            writer = self.index.writer(WRITER_MEMORY, 1)
            for key in gone:
                writer.delete_documents_by_term("key", key)
            for document in changed:
                writer.delete_documents_by_term("key", document.key)
                writer.add_document(_as_tantivy(document))
            writer.delete_documents_by_term("key", META)
            writer.add_document(_meta(until))
            writer.commit()
            writer.wait_merging_threads()
        self.reload()
