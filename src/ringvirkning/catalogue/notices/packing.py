"""Records as they lie in the tables: JSON, packed fast rather than hard, since loads pack very many."""

import hashlib
import zlib

from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import from_json, to_json

LEVEL = 1


def packed(record: Record) -> bytes:
    """Return a record as it lies in the tables."""
    return zlib.compress(to_json(record), LEVEL)


def unpacked(data: bytes | memoryview) -> Record:
    """Return a record from the tables. PostgreSQL hands out a view of the bytes."""
    return from_json(zlib.decompress(data))


def print_of(record: Record) -> str:
    """Return the fingerprint of a record: equal means that nothing is said differently."""
    return hashlib.sha256(to_json(record)).hexdigest()
