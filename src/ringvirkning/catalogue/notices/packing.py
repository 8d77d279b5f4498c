"""Records as they lie in the tables: JSON, packed fast rather than hard, since loads pack very many."""

import hashlib
import zlib
from dataclasses import dataclass

from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import from_json, to_json

LEVEL = 1


@dataclass(frozen=True)
class Packed:
    """A record as it lies in the tables, and its fingerprint: equal means that nothing is said differently."""

    data: bytes
    digest: str


def pack(record: Record) -> Packed:
    """Return a record as it lies in the tables."""
    json = to_json(record)
    return Packed(zlib.compress(json, LEVEL), hashlib.sha256(json).hexdigest())


def unpacked(data: bytes | memoryview) -> Record:
    """Return a record from the tables. PostgreSQL hands out a view of the bytes."""
    return from_json(zlib.decompress(data))


class Packer:
    """Packs each record once: what is the notice is most often also its only version."""

    def __init__(self) -> None:
        self._packed: dict[int, tuple[Record, Packed]] = {}

    def __call__(self, record: Record) -> Packed:
        """Return the record, packed. It is kept as long as we are, so that its number stays its own."""
        if id(record) not in self._packed:
            self._packed[id(record)] = (record, pack(record))
        return self._packed[id(record)][1]
