"""How documents lie in tantivy: which fields there are, and how facets are spread over columns to be counted fast.

tantivy counts a column with exactly one value for every document many times faster than one with none, one or many.
So a facet that is counted lies in three columns: the first value, the second, and the rest, with "" where there is
none in the first two. All three are indexed, and a filter asks all of them.
"""

from collections.abc import Iterator
from functools import cache

import tantivy

from ringvirkning.search.plan import Document, Shape

META = "meta/change"  # the document that remembers which change the index reflects
NONE = ""  # stands where a document has no value; never counted, never asked for


@cache
def schema_of(shape: Shape) -> tantivy.Schema:
    """Return the schema of a shape."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "note", "told"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("of_kind", stored=False, tokenizer_name="raw", index_option="basic")
    for name in shape.fields:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    for name in shape.facets:
        for place in _places(shape, name):
            for column in columns_of(shape, name, place):
                builder.add_text_field(column, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    for name in shape.ranks:
        builder.add_integer_field(rank_column(name), stored=False, fast=True)
    return builder.build()


def rank_column(rank: str) -> str:
    """Return the column of a rank."""
    return f"by_{rank}"


def _places(shape: Shape, facet: str) -> list[str]:
    """Return where a facet's values lie: together, or by their level in a tree."""
    return [f"{facet}_{length}" for length in shape.trees[facet]] if facet in shape.trees else [facet]


def place_of(shape: Shape, facet: str, value: str) -> str:
    """Return where a value lies; "" for one that can lie nowhere, such as a code of a length without a level."""
    if facet not in shape.trees or not value:
        return facet if value else ""
    return f"{facet}_{len(value)}" if len(value) in shape.trees[facet] else ""


def first_place(shape: Shape, facet: str) -> str:
    """Return where the values lie that are always counted: all, or the top level of a tree."""
    return _places(shape, facet)[0]


def columns_of(shape: Shape, facet: str, place: str) -> tuple[str, ...]:
    """Return the columns that values at one place are spread over. Lower levels of a tree are not spread."""
    return spread(place) if place == first_place(shape, facet) else (place,)


def spread(place: str) -> tuple[str, str, str]:
    """Return the columns of the first value, the second, and the rest."""
    return f"{place}__1", f"{place}__2", f"{place}__more"


def as_tantivy(shape: Shape, document: Document) -> tantivy.Document:
    """Return a document as tantivy takes it."""
    made = tantivy.Document()
    made.add_text("key", document.key)
    made.add_text("of_kind", document.kind)
    for name, terms in document.terms.items():
        made.add_text(name, " ".join(terms))
    for name in shape.facets:
        for column, value in _spread_out(shape, name, document.facets.get(name, [])):
            made.add_text(column, value)
    for value in document.facets.get(shape.told, ()):
        made.add_text("told", value)
    for name, number in document.ranks.items():
        made.add_integer(rank_column(name), number)
    return made


def _spread_out(shape: Shape, facet: str, values: list[str]) -> Iterator[tuple[str, str]]:
    """Yield column and value for each value of a facet, and for the lack of one."""
    top, seen = first_place(shape, facet), 0
    first, second, rest = spread(top)
    for value in dict.fromkeys(values):
        place = place_of(shape, facet, value)
        if place == top:
            yield (first, second, rest)[min(seen, 2)], value
            seen += 1
        elif place:
            yield place, value
    yield from ((column, NONE) for column in (first, second)[seen:])


def meta_document(shape: Shape, until: int) -> tantivy.Document:
    """Return the document that says which change the index reflects. It is of no kind, so it is never found."""
    made = tantivy.Document()
    made.add_text("key", META)
    made.add_text("note", str(until))
    for name in shape.facets:
        for column, value in _spread_out(shape, name, []):
            made.add_text(column, value)
    return made
