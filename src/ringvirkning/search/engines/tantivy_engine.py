"""tantivy, the embedded engine. It is known here and in ``tantivy_schema`` only.

Traps met: deleting by a term on an unsigned field deletes nothing and says nothing, so documents are known by a
raw text key. One writer per index, kept by a lock file of tantivy's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import FieldType, Occur, Order, Query

from ringvirkning.search.engines.tantivy_schema import (
    META,
    NONE,
    as_tantivy,
    columns_of,
    first_place,
    meta_document,
    place_of,
    rank_column,
    schema_of,
    spread,
)
from ringvirkning.search.plan import Document, EngineBroken, Found, Plan, Range, Shape, WeightedTerm

MOST_VALUES = 500
WRITER_MEMORY = 60_000_000
WEIGHED_BY_ALL = 200  # hits whose order the slight terms have a say in
Filters = Mapping[str, tuple[str, ...]]


class Hit(NamedTuple):
    """A document found, and its values of the facet that the shape tells."""

    key: str
    score: float
    told: tuple[str, ...]


Hits = list[Hit]
Place = tuple[int, int]  # segment of the index, document in it


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


def build(folder: Path, shape: Shape, documents: Iterable[Document], until: int) -> None:
    """Build a whole index in an empty folder."""
    writer = tantivy.Index(schema_of(shape), path=str(folder)).writer(WRITER_MEMORY, 1)
    for document in documents:
        writer.add_document(as_tantivy(shape, document))
    writer.add_document(meta_document(shape, until))
    writer.commit()
    writer.wait_merging_threads()


class TantivyEngine:
    """One finished index folder, open for reading and small changes."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        """Open the index. Raises ``EngineBroken`` when it cannot be opened or was not finished."""
        self.shape = shape
        self.schema = schema_of(shape)
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
            self.idle = self._idle_columns()

    def _idle_columns(self) -> set[str]:
        """Return the columns no document has a value in: they need not be counted."""
        spare = [column for name in self.shape.facets for column in spread(first_place(self.shape, name))[1:]]
        held = {column: self.searcher.terms_with_prefix(column, "", limit=2) for column in spare}
        return {column for column, terms in held.items() if all(term == NONE for term, _ in terms)}

    @property
    def size(self) -> int:
        """How many documents the index holds."""
        return int(self.searcher.num_docs) - 1

    def find(self, plan: Plan) -> Found:
        """Answer a plan. Raises ``EngineBroken`` when the files turn out to be damaged."""
        with _told_when_broken():
            return self._find(plan)

    def _find(self, plan: Plan) -> Found:
        wanted = self._among(self._in_ranges(self._wanted(plan), plan.ranges), plan.only)
        query = self._filtered(wanted, plan.filters)
        if plan.sort in self.shape.ranks:
            total, hits = self._in_order(query, plan)
        else:
            total, hits = self._ranked(query, plan)
        told = {hit.key: hit.told for hit in hits if hit.told}
        return Found(total, [(hit.key, hit.score) for hit in hits], self._counts(wanted, plan), told)

    def _in_order(self, query: tantivy.Query, plan: Plan) -> tuple[int, Hits]:
        """Return how many match, and a page of them by a rank."""
        order = Order.Asc if plan.sort in self.shape.ascending else Order.Desc
        column = rank_column(plan.sort)
        result = self.searcher.search(
            query, plan.limit, count=True, offset=plan.offset, order_by_field=column, order=order
        )
        return _count_of(result), [self._hit(address, 0.0) for _, address in result.hits]

    def _ranked(self, query: tantivy.Query, plan: Plan) -> tuple[int, Hits]:
        """Return how many match, and a page of them by score.

        The telling terms bring in and rank; the best of these are put in order by the slight terms too. To weigh all
        that match by every common word takes most of the time among millions, and moves little.
        """
        least, end = (WEIGHED_BY_ALL if any(not term.telling for term in plan.terms) else 0), plan.offset + plan.limit
        result = self.searcher.search(query, max(end, least), count=True)
        hits = {_place(address): self._hit(address, score) for score, address in result.hits}
        ordered = [*self._weighed_by_all(dict(islice(hits.items(), least)), plan), *islice(hits.values(), least, None)]
        return _count_of(result), ordered[plan.offset : end]

    def _weighed_by_all(self, hits: dict[Place, Hit], plan: Plan) -> Hits:
        """Return these hits by the weight of all terms, best first."""
        if not hits:
            return []
        these = Query.term_set_query(self.schema, "key", [hit.key for hit in hits.values()])
        parts = [(Occur.Must, Query.const_score_query(these, 0.0))]
        parts += [(Occur.Should, self._everywhere(term)) for term in plan.terms]
        result = self.searcher.search(Query.boolean_query(parts), len(hits), count=False)
        return [hits[_place(address)]._replace(score=float(score)) for score, address in result.hits]

    def _hit(self, address: tantivy.DocAddress, score: float) -> Hit:
        stored = self.searcher.doc(address).to_dict()
        return Hit(stored["key"][0], float(score), tuple(stored.get("told", ())))

    def _counts(self, wanted: tantivy.Query, plan: Plan) -> dict[str, dict[str, int]]:
        """Count each facet under all filters but its own; facets without a filter share one pass."""
        counted = self.shape.facets if plan.counted is None else plan.counted
        free = [name for name in counted if name not in plan.filters]
        counts: dict[str, dict[str, int]] = {name: {} for name in counted}
        counts |= self._count(self._filtered(wanted, plan.filters), free, {})
        for name in counted:
            if name in plan.filters:
                others = {other: values for other, values in plan.filters.items() if other != name}
                counts |= self._count(self._filtered(wanted, others), [name], plan.filters)
        return counts

    def _count(self, query: tantivy.Query, names: list[str], chosen: Filters) -> dict[str, dict[str, int]]:
        """Count facets in one pass: of a tree the top level, and what lies right below each chosen code."""
        ask: dict[str, Any] = {}
        for name in names:
            columns = set(spread(first_place(self.shape, name))) - self.idle
            ask |= {f"{name}/{column}": _values_of(column) for column in columns}
            ask |= self._below(name, chosen.get(name, ()))
        if not ask:
            return {}
        counts: dict[str, dict[str, int]] = {name: {} for name in names}
        for asked, told in self.searcher.aggregate(query, ask).items():
            counted = counts[asked.split("/")[0]]
            for one in told["buckets"]:
                value = str(one["key"])
                if value != NONE:
                    counted[value] = counted.get(value, 0) + int(one["doc_count"])
        return counts

    def _below(self, name: str, chosen: Iterable[str]) -> dict[str, Any]:
        """Return what to ask for to count the codes right below some codes of a tree."""
        ask = {}
        for code in chosen:
            below = next((length for length in self.shape.trees.get(name, ()) if length > len(code)), None)
            if below and code.isalnum():  # it becomes a part of a pattern
                ask[f"{name}/{code}"] = _values_of(f"{name}_{below}", include=f"{code}.*")
        return ask

    def _wanted(self, plan: Plan) -> tantivy.Query:
        """Return what is asked for before filters: the right kinds, and a telling term when there are terms."""
        kinds = Query.const_score_query(Query.term_set_query(self.schema, "of_kind", list(plan.kinds)), 0.0)
        if not plan.terms:
            return kinds
        telling = Query.boolean_query([(Occur.Should, self._everywhere(term)) for term in plan.terms if term.telling])
        if set(plan.kinds) == set(self.shape.kinds):  # whatever has terms is of a right kind
            return telling
        return Query.boolean_query([(Occur.Must, kinds), (Occur.Must, telling)])

    def _everywhere(self, term: WeightedTerm) -> tantivy.Query:
        fields = [
            Query.boost_query(self._term(name, term.term), weight * term.weight)
            for name, weight in self.shape.fields.items()
        ]
        return Query.disjunction_max_query(fields, self.shape.tie) if len(fields) > 1 else fields[0]

    def _in_ranges(self, wanted: tantivy.Query, ranges: Mapping[str, Range]) -> tantivy.Query:
        parts = [(Occur.Must, wanted)]
        for name, (least, most) in ranges.items():
            if least is not None or most is not None:
                inside = Query.range_query(self.schema, rank_column(name), FieldType.Integer, least, most)
                parts.append((Occur.Must, Query.const_score_query(inside, 0.0)))
        return Query.boolean_query(parts) if len(parts) > 1 else wanted

    def _among(self, wanted: tantivy.Query, keys: Iterable[str]) -> tantivy.Query:
        if not keys:
            return wanted
        these = Query.const_score_query(Query.term_set_query(self.schema, "key", list(keys)), 0.0)
        return Query.boolean_query([(Occur.Must, wanted), (Occur.Must, these)])

    def _filtered(self, wanted: tantivy.Query, filters: Filters) -> tantivy.Query:
        if not filters:
            return wanted
        parts = [(Occur.Must, wanted)]
        parts += [(Occur.Must, self._any_of(name, values)) for name, values in filters.items()]
        return Query.boolean_query(parts)

    def _any_of(self, facet: str, values: Iterable[str]) -> tantivy.Query:
        by_place: dict[str, list[str]] = {}
        for value in values:
            by_place.setdefault(place_of(self.shape, facet, value), []).append(value)
        by_place.pop("", None)
        chosen = [
            (Occur.Should, Query.term_set_query(self.schema, column, listed))
            for place, listed in by_place.items()
            for column in columns_of(self.shape, facet, place)
            if column not in self.idle
        ]
        return Query.const_score_query(Query.boolean_query(chosen), 0.0)

    def _term(self, name: str, term: str) -> tantivy.Query:
        return Query.term_query(self.schema, name, term, "freq" if name in self.shape.fields else "basic")

    def shares(self, terms: Iterable[str]) -> dict[str, float]:
        """Return how large a share of the documents holds each term in its most common field, 0–1."""
        documents = max(1, self.size)
        with _told_when_broken():
            most = {term: max(self.searcher.doc_freq(name, term) for name in self.shape.fields) for term in terms}
        return {term: min(1.0, count / documents) for term, count in most.items()}

    def apply(self, changed: Iterable[Document], gone: Iterable[str], until: int) -> None:
        """Put in, replace and take out documents and remember the change number, in one commit."""
        with _told_when_broken():
            writer = self.index.writer(WRITER_MEMORY, 1)
            for key in gone:
                writer.delete_documents_by_term("key", key)
            for document in changed:
                writer.delete_documents_by_term("key", document.key)
                writer.add_document(as_tantivy(self.shape, document))
            writer.delete_documents_by_term("key", META)
            writer.add_document(meta_document(self.shape, until))
            writer.commit()
            writer.wait_merging_threads()
        self.reload()


def _place(address: tantivy.DocAddress) -> Place:
    return address.segment_ord, address.doc


def _count_of(result: tantivy.SearchResult) -> int:
    # The count is there (we asked for it); the engine's type hints have forgotten it.
    return int(result.count or 0)  # type: ignore[attr-defined]


def _values_of(column: str, **more: str) -> dict[str, Any]:
    return {"terms": {"field": column, "size": MOST_VALUES, **more}}
