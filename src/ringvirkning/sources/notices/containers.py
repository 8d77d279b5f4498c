"""Opening what people hand us: files, folders, archives and packages, one notice at a time in bounded memory.

Names in ``Item`` and ``Refused`` are for people: ``package.tar.gz/00012/123.xml``. What is inside is told by the bytes,
never by the ending. Whatever cannot be opened is handed back as ``Refused`` with a code, and the rest goes on; nothing
is raised. Knows nothing of what a notice is; it only leaves out what cannot be one.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from ringvirkning.sources.notices import oddities
from ringvirkning.sources.notices.opening import kinds, tar, words, zips
from ringvirkning.sources.notices.opening.flow import Flow, Stop, of_file, unpacked

LONGEST_NAME = 300
_LINES = frozenset({".jsonl", ".ndjson"})  # one JSON document on each line, as OCDS is handed out in bulk
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Limits:
    """How much is taken. Bytes are bytes when unpacked."""

    item: int = 50_000_000  # one notice or one OCDS package
    total: int = 100_000_000_000  # one archive, everything in it
    members: int = 5_000_000  # one archive
    listed: int = 100_000  # one zip, whose list of contents has to be in memory
    ratio: int = 250  # unpacked to packed: notices pack 5–30 times
    ratio_from: int = 100_000_000  # bytes below which it does not matter how hard an archive was packed
    nested: int = 1  # archives inside an archive


@dataclass(frozen=True)
class Item:
    """The bytes of something that may be a notice."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Refused:
    """Something that was not opened, and why. ``skipped`` when it is of a kind that is never a notice."""

    name: str
    code: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def skipped(self) -> bool:
        """Tell whether this is merely left out (a picture, a read-me) and no reason to warn anybody."""
        return self.code in words.SKIPPED

    @property
    def sentence(self) -> str:
        """Why, and what to do, in bokmål."""
        return oddities.said(oddities.REFUSALS | words.REFUSALS | words.SKIPPED, self.code, self.values)


Found = Iterator[Item | Refused]


def open_paths(paths: Iterable[Path], limits: Limits = Limits()) -> Found:
    """Yield what is in files, folders and archives, in sorted order, one at a time. Raises nothing for bad input."""
    for path in paths:
        try:
            yield from _folder(path, limits) if path.is_dir() else _file(path, _shown(path), limits)
        except (OSError, ValueError):
            yield Refused(_clean(path.name), "no-access")


def _shown(path: Path) -> str:
    """Return the name people know a path by: as they wrote it, but never a whole machine path."""
    if path.is_absolute() or ".." in path.parts:
        return path.resolve().name
    return path.as_posix()


def _folder(folder: Path, limits: Limits) -> Found:
    root = folder.resolve()
    top = PurePosixPath(_shown(folder))
    failed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=failed.append):
        folders.sort()
        inside = top / Path(place).relative_to(folder).as_posix()
        yield from (
            _linked_folder(Path(place, one), str(inside / one), root) for one in folders if _is_link(place, one)
        )
        for name in sorted(files):
            yield from _in_folder(Path(place, name), str(inside / name), root, limits)
    yield from (Refused(_clean(str(top / Path(one.filename).relative_to(folder))), "no-access") for one in failed)


def _is_link(place: str, name: str) -> bool:
    return Path(place, name).is_symlink()


def _linked_folder(path: Path, name: str, root: Path) -> Refused:
    inside = path.resolve().is_relative_to(root)
    return Refused(_clean(name), "link-to-folder" if inside else "link-outside")


def _in_folder(path: Path, name: str, root: Path, limits: Limits) -> Found:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        yield Refused(_clean(name), "link-outside")
    else:
        yield from _file(path, name, limits)


def _file(path: Path, name: str, limits: Limits) -> Found:
    try:
        if not path.exists():
            yield Refused(_clean(name), "missing")
        elif not path.is_file():  # opening a pipe would wait for ever
            yield Refused(_clean(name), "not-a-file")
        else:
            with path.open("rb") as handle:
                yield from _Opener(limits).opened(of_file(handle), name, handle=handle)
    except (OSError, ValueError):  # no rights, a name the system does not know, a disk that fails
        yield Refused(_clean(name), "no-access")


def _clean(name: str) -> str:
    clean = _UNPRINTABLE.sub("·", name)
    return clean if len(clean) <= LONGEST_NAME else f"…{clean[1 - LONGEST_NAME :]}"


class _Opener:
    """Opens one path and what is inside it, within limits that hold for all of it together."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def opened(self, flow: Flow, name: str, *, depth: int = 0, handle: IO[bytes] | None = None) -> Found:
        """Yield what these bytes hold: themselves when they may be a notice, else what the archive holds."""
        try:
            yield from self._by_kind(flow, name, depth, handle)
        except Stop as stop:
            yield Refused(_clean(name), stop.code, stop.values)

    def _by_kind(self, flow: Flow, name: str, depth: int, handle: IO[bytes] | None) -> Found:
        kind = kinds.kind_of(flow.begins(kinds.HEAD), name)
        if kinds.is_system_file(name):
            yield Refused(_clean(name), "system-file")
        elif kind in kinds.ARCHIVES and depth > self.limits.nested:
            yield Refused(_clean(name), "nested")
        elif kind == kinds.ZIP:
            yield from self._zip(flow, name, depth, handle)
        elif kind == kinds.GZIP:
            yield from self._gzip(flow, name, depth)
        elif kind == kinds.TAR:
            yield from self._tar(flow, name, depth)
        else:
            yield from self._plain(flow, name, kind)

    def _plain(self, flow: Flow, name: str, kind: str) -> Found:
        if kind != kinds.MAYBE:
            yield Refused(_clean(name), kind)
        elif PurePosixPath(name.removesuffix(".gz")).suffix.lower() in _LINES:
            yield from self._lines(flow, name)
        else:
            yield self._item(flow.read(self.limits.item + 1), name)

    def _item(self, data: bytes, name: str) -> Item | Refused:
        if len(data) > self.limits.item:
            return Refused(_clean(name), "too-large", {"most": str(self.limits.item // 1_000_000)})
        return Item(_clean(name), data)

    def _lines(self, flow: Flow, name: str) -> Found:
        number = 0
        while line := flow.line(self.limits.item + 1):
            number += 1
            if line.strip():
                yield self._item(line, f"{name}/{number}")
            while not line.endswith(b"\n") and (line := flow.line(self.limits.item)):
                pass  # what is left of a line that was too long

    def _gzip(self, flow: Flow, name: str, depth: int) -> Found:
        inner = Flow(self._counted(unpacked(flow), flow))
        if kinds.kind_of(inner.begins(kinds.HEAD), name) == kinds.TAR:
            yield from self._tar(inner, name, depth)
        else:
            yield from self.opened(inner, name, depth=depth + 1)

    def _counted(self, pieces: Iterator[bytes], packed: Flow) -> Iterator[bytes]:
        limits, size = self.limits, 0
        for piece in pieces:
            size += len(piece)
            if size > limits.ratio_from and size > limits.ratio * packed.taken:
                raise Stop("bomb")
            yield piece

    def _tar(self, flow: Flow, name: str, depth: int) -> Found:
        for number, member in enumerate(tar.members(flow), start=1):
            self._refuse_too_much(number, flow.taken)
            inner = f"{name}/{member.name}"
            if zips.points_outside(member.name):
                yield Refused(_clean(inner), "outside")
            elif member.sort is tar.Sort.FILE:
                yield from self.opened(member.flow, inner, depth=depth + 1)
            elif member.sort in _WHY_NOT:
                yield Refused(_clean(inner), _WHY_NOT[member.sort])

    def _zip(self, flow: Flow, name: str, depth: int, handle: IO[bytes] | None) -> Found:
        if handle is None:  # a zip is read from its end: one inside another archive is laid aside on disk
            with tempfile.TemporaryFile() as aside:
                self._lay_aside(flow, aside)
                yield from self._zip_at(aside, name, depth)
        else:
            yield from self._zip_at(handle, name, depth)

    def _lay_aside(self, flow: Flow, aside: IO[bytes]) -> None:
        while piece := flow.some():
            self._refuse_too_much(0, flow.taken)
            aside.write(piece)

    def _zip_at(self, handle: IO[bytes], name: str, depth: int) -> Found:
        with zips.opened(handle, self.limits.listed) as packed:
            if zips.is_office(packed):
                yield Refused(_clean(name), "office-document")
                return
            size = 0
            for member in packed.filelist:
                inner = f"{name}/{member.orig_filename}"
                if why := zips.why_not(member, self.limits.ratio):
                    yield Refused(_clean(inner), why)
                elif not member.is_dir():
                    size += member.file_size
                    self._refuse_too_much(0, size)
                    yield from self.opened(Flow(zips.pieces(packed, member)), inner, depth=depth + 1)

    def _refuse_too_much(self, members: int, size: int) -> None:
        if members > self.limits.members:
            raise Stop("too-many", most=self.limits.members)
        if size > self.limits.total:
            raise Stop("too-much", most=self.limits.total // 1_000_000_000)


_WHY_NOT = {tar.Sort.LINK: "link-in-archive", tar.Sort.DEVICE: "device", tar.Sort.UNKNOWN: "unknown-sort"}
