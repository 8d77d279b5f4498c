"""Writing many rows at once: one sentence to the database, said again for each row.

Django's ``bulk_create`` prepares every value of every row by itself, which took a fifth of a load. The sentences here
are understood by SQLite and PostgreSQL alike. Values are given as the columns hold them; only those that the two
databases take differently (dates, times) are turned by Django's fields.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Model

if TYPE_CHECKING:
    from django.db.models import Field

    Column = Field[Any, Any]

Row = Sequence[Any]
# Both databases take these as Python has them.
_AS_THEY_ARE = {
    "BigAutoField",
    "BinaryField",
    "BooleanField",
    "CharField",
    "ForeignKey",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
}


def write_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, known_by: str = "") -> None:
    """Write rows, each with its values in the order of the columns. Columns left out must be able to be empty.

    With ``known_by``, a unique column, a row that is there already gets the other values instead.
    """
    fields = [_field(model, name) for name in columns]
    names = [_quoted(field) for field in fields]
    # Only names of our own tables and columns are set in; every value is handed over beside the sentence.
    sentence = f"INSERT INTO {_table(model)} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
    if known_by:
        known = _quoted(_field(model, known_by))
        told = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name != known)
        sentence += f" ON CONFLICT ({known}) DO UPDATE SET {told}"
    _say(sentence, fields, rows)


def update_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Give rows other values in these columns. Each is its values in the order of the columns, and last its number."""
    fields = [_field(model, name) for name in columns]
    told = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    number = _field(model, "id")
    sentence = f"UPDATE {_table(model)} SET {told} WHERE {_quoted(number)} = %s"  # noqa: S608 - as above
    _say(sentence, [*fields, number], rows)


def _say(sentence: str, fields: "Sequence[Column]", rows: Iterable[Row]) -> None:
    turning = [(place, turn) for place, field in enumerate(fields) if (turn := _turning(field))]
    ready = [_turned(row, turning) for row in rows]
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(sentence, ready)


def _turning(field: "Column") -> Callable[[Any], Any] | None:
    """Return how a value becomes what the database takes, or None when it is so already."""
    if field.get_internal_type() in _AS_THEY_ARE:
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _turned(row: Row, turning: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, turn in turning:
        values[place] = turn(values[place])
    return values


def _field(model: type[Model], name: str) -> "Column":
    field: Column = model._meta.get_field(name)  # type: ignore[assignment]  # columns are fields
    return field


def _quoted(field: "Column") -> str:
    return str(connection.ops.quote_name(str(field.column)))


def _table(model: type[Model]) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))
