"""Bytes that come in pieces: looked at before they are taken, counted, and never gathered beyond what was asked for."""

import zlib
from collections.abc import Iterable, Iterator
from typing import IO

PIECE = 1 << 16


class Stop(Exception):
    """This archive is not read further. ``code`` is one of ``opening.words.REFUSALS``."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


class Flow:
    """A one-way stream over pieces of bytes."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._at = 0
        self._stopped: Stop | None = None
        self.taken = 0  # bytes handed out or skipped

    def _next(self) -> bytes:
        """Return the next piece. What once stopped the flow stops it again, so that an end is never mistaken."""
        if self._stopped:
            raise self._stopped
        try:
            return next(self._pieces, b"")
        except Stop as stop:
            self._stopped = stop
            raise

    def begins(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``, without taking them."""
        while len(self._held) - self._at < size and (piece := self._next()):
            self._held = self._held[self._at :] + piece
            self._at = 0
        return self._held[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """Take ``size`` bytes; fewer only at the end."""
        found: list[bytes] = []
        wanted = size
        while wanted and (piece := self.some(wanted)):
            found.append(piece)
            wanted -= len(piece)
        return found[0] if len(found) == 1 else b"".join(found)

    def skip(self, size: int) -> int:
        """Pass over ``size`` bytes; return how many there were."""
        left = size
        while left and (piece := self.some(left)):
            left -= len(piece)
        return size - left

    def line(self, most: int) -> bytes:
        """Take one line with its line break, or its first ``most`` bytes when it is longer."""
        found: list[bytes] = []
        wanted = most
        while wanted and self.begins(1):
            end = self._held.find(b"\n", self._at)
            size = (end + 1 if end >= 0 else len(self._held)) - self._at
            found.append(self.some(min(size, wanted)))
            wanted -= len(found[-1])
            if found[-1].endswith(b"\n"):
                break
        return b"".join(found)

    def some(self, most: int = PIECE) -> bytes:
        """Take what is at hand, at most ``most`` bytes; none only at the end."""
        if self._at >= len(self._held):
            self._held, self._at = self._next(), 0
        piece = self._held[self._at : self._at + most]
        self._at += len(piece)
        self.taken += len(piece)
        return piece

    def give_back(self, piece: bytes) -> None:
        """Put back bytes that were taken and not used."""
        self._held = piece + self._held[self._at :]
        self._at = 0
        self.taken -= len(piece)

    def window(self, size: int) -> "Flow":
        """Return a flow over the next ``size`` bytes of this one. It raises ``Stop`` when there are fewer."""
        return Flow(self._window(size))

    def _window(self, size: int) -> Iterator[bytes]:
        while size and (piece := self.some(min(size, PIECE))):
            size -= len(piece)
            yield piece
        if size:
            raise Stop("cut-off")


def of_file(handle: IO[bytes]) -> Flow:
    """Return a flow over an open file."""
    return Flow(iter(lambda: handle.read(PIECE), b""))


def unpacked(packed: Flow) -> Iterator[bytes]:
    """Yield the bytes in a gzip, of one part or several. Raises ``Stop`` when it is damaged or cut off."""
    while packed.begins(1):
        yield from _one_part(packed)
        while (rest := packed.some()) and not (rest := rest.lstrip(b"\0")):
            pass  # tapes and some programs fill up with zeros
        packed.give_back(rest)


def _one_part(packed: Flow) -> Iterator[bytes]:
    engine = zlib.decompressobj(wbits=31)
    while not engine.eof:
        given = engine.unconsumed_tail or packed.some()
        try:
            piece = engine.decompress(given, PIECE)
        except zlib.error:
            raise Stop("damaged") from None
        if piece:
            yield piece
        elif not given and not engine.eof:
            raise Stop("cut-off")
    packed.give_back(engine.unused_data)
