"""An archive: cases and their files in one zip, and how to open one that anyone may have made.

    cases/<id>.json       the case file of each case
    files/<sha256>        the bytes of the files that cases name
    les-meg.txt           what this is and under which licence, for people
    manifest.json         format, version, counts, and the SHA-256 of everything that is loaded
    standing.json         cases that are archived or withdrawn, and why; left out when there are none

Nothing in an archive says when it was made: two archives of the same library are the same bytes. Opening looks at the
list of contents only; each part is checked against the manifest when it is read. Knows nothing of Django.
"""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.sources.casefile import check

FORMAT = "ringvirkning-archive"
VERSION = 1
MANIFEST, STANDING, READ_ME = "manifest.json", "standing.json", "les-meg.txt"
CASE = re.compile(r"cases/([a-z0-9]+(?:-[a-z0-9]+)*)\.json")
FILE = re.compile(r"files/([0-9a-f]{64})")
DIGEST = re.compile(r"[0-9a-f]{64}")
FOLDERS = {"cases/", "files/"}  # programs that pack a folder anew may list the folders too
PLAIN_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
MOST_TEXT = 20_000_000  # bytes of the manifest, and of the standings
BLOCK = 1 << 20

END = b"PK\x05\x06"  # the record at the very end of a zip; 22 bytes when nobody has added a comment
END_SIZE = 22
LARGE_LOCATOR, LARGE_LOCATOR_SIZE, LARGE_END_SIZE = b"PK\x06\x07", 20, 56
LISTED = 300  # bytes that a member may take in the list of contents, at most and on average


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold. The whole library from the command line, one case from a form."""

    members: int = 100_000
    bytes: int = 100_000_000_000
    ratio: int = 200  # text packs to a twentieth; what packs much harder is made to fill a disk


SENTENCES = {
    "not_zip": _("Dette er ikke en zip-fil vi kan lese."),
    "too_many": _("Arkivet har for mange filer: grensen er {most}."),
    "too_large": _("Arkivet er for stort når det pakkes ut: grensen er {most} MB."),
    "outside": _("«{member}» peker ut av arkivet. Arkivet er ikke åpnet."),
    "link": _("«{member}» er en snarvei til en annen fil. Arkivet er ikke åpnet."),
    "repeated": _("«{member}» står flere ganger i arkivet."),
    "stranger": _("«{member}» hører ikke hjemme i et arkiv fra Ringvirkning."),
    "locked": _("«{member}» er låst med passord."),
    "packing": _("«{member}» er pakket på en måte vi ikke leser."),
    "bomb": _("«{member}» blir urimelig stor når den pakkes ut."),
    "no_manifest": _("«{member}» mangler. Dette er ikke et arkiv fra Ringvirkning."),
    "manifest": _("«{member}» er ikke slik formatet krever."),
    "version": _("Arkivet har versjon {given}, som dette programmet ikke kjenner. Oppdater programmet."),
    "unlisted": _("«{member}» står ikke i innholdslisten."),
    "absent": _("«{member}» står i innholdslisten, men er ikke i arkivet."),
    "damaged": _("«{member}» er skadet og kan ikke leses."),
    "digest": _("«{member}» er ikke slik den var da arkivet ble laget."),
    "wrong_id": _("«{member}» inneholder en annen sak: {given}."),
    "without_file": _("Saken viser til filen «{given}», som ikke er med i arkivet."),
    "file_refused": _("Filen «{given}» kan ikke tas inn. {why}"),
    "file_differs": _("Filen «{given}» er ikke av det slaget saken sier."),
    "person_removed": _("Saken har med en person som har bedt om å bli fjernet fra den. Fjern personen fra arkivet."),
}


class BadArchive(Exception):
    """Something is wrong with an archive, or with one member of it."""

    def __init__(self, code: str, member: str = "", **values: object) -> None:
        self.code = code
        self.member = "".join(one if one.isprintable() else "·" for one in member)[:120]
        self.values = values
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What is wrong, in bokmål."""
        return check.said(SENTENCES[self.code], {"member": self.member, **self.values})


@dataclass
class Archive:
    """An archive whose list of contents has been found in order."""

    packed: zipfile.ZipFile
    digests: dict[str, str]
    standings: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def case_ids(self) -> list[str]:
        """Return the ids of the cases, in order."""
        return sorted(found.group(1) for found in map(CASE.fullmatch, self.digests) if found)

    def has_file(self, sha256: str) -> bool:
        """Tell whether the archive holds these bytes."""
        return f"files/{sha256}" in self.digests

    def case_bytes(self, case_id: str) -> bytes:
        """Return the case file, or raise ``BadArchive``."""
        return self.content(f"cases/{case_id}.json", check.MOST_BYTES)

    def content(self, member: str, most: int) -> bytes:
        """Return a member that is no larger than ``most``, checked against the manifest."""
        content = _read(self.packed, member, most)
        if hashlib.sha256(content).hexdigest() != self.digests[member]:
            raise BadArchive("digest", member)
        return content

    def file_chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield a file's bytes. Whoever takes them checks that they have this digest."""
        member = f"files/{sha256}"
        with _damage_told(member), self.packed.open(member) as source:
            while block := source.read(BLOCK):
                yield block


@contextmanager
def open_archive(path: Path, limits: Limits = Limits()) -> Iterator[Archive]:
    """Open an archive, or raise ``BadArchive``. Nothing has been unpacked but the manifest and the standings."""
    with path.open("rb") as handle:
        _refuse_long_list(handle, limits)
        try:
            packed = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise BadArchive("not_zip") from None
        with packed:
            _refuse_hostile(packed.infolist(), limits)
            archive = Archive(packed, _manifest(packed))
            _refuse_unlisted(archive)
            archive.standings = _standings(archive)
            yield archive


def is_archive(start: bytes) -> bool:
    """Tell whether a file that begins so may be a zip."""
    return start.startswith((b"PK\x03\x04", END))


def _refuse_long_list(handle: IO[bytes], limits: Limits) -> None:
    """Refuse a list of contents that would fill the memory, before it is read.

    The end is looked for exactly where ``zipfile`` looks first, so that both see the same list.
    """
    handle.seek(0, 2)
    size = handle.tell()
    if size < END_SIZE:
        raise BadArchive("not_zip")
    before = min(size, END_SIZE + LARGE_LOCATOR_SIZE + LARGE_END_SIZE)
    handle.seek(-before, 2)
    tail = handle.read(before)
    end = tail[-END_SIZE:]
    if not end.startswith(END) or not end.endswith(b"\0\0"):
        raise BadArchive("not_zip")
    length = int.from_bytes(end[12:16], "little")
    if tail[-END_SIZE - LARGE_LOCATOR_SIZE :].startswith(LARGE_LOCATOR):
        length = max(length if length != 0xFFFFFFFF else 0, int.from_bytes(tail[40:48], "little"))
    if length > limits.members * LISTED:
        raise BadArchive("too_many", most=limits.members)


def _refuse_hostile(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise BadArchive("too_many", most=limits.members)
    seen: set[str] = set()
    for member in members:
        if member.filename in seen:
            raise BadArchive("repeated", member.filename)
        seen.add(member.filename)
        _refuse_member(member, limits)
    if sum(member.file_size for member in members) > limits.bytes:
        raise BadArchive("too_large", most=limits.bytes // 1_000_000)


def _refuse_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    # The name as it stands in the file: zipfile cuts it at a zero byte and turns strokes.
    name = member.orig_filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
        raise BadArchive("outside", name)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BadArchive("link", name)
    if not _is_ours(name) or (name in FOLDERS and member.file_size):
        raise BadArchive("stranger", name)
    if member.flag_bits & 0x1:
        raise BadArchive("locked", name)
    if member.compress_type not in PLAIN_WAYS:
        raise BadArchive("packing", name)
    if member.file_size > BLOCK and member.file_size > limits.ratio * member.compress_size:
        raise BadArchive("bomb", name)


def _is_ours(name: str) -> bool:
    known = name in {MANIFEST, STANDING, READ_ME} | FOLDERS
    return bool(known or CASE.fullmatch(name) or FILE.fullmatch(name))


def _manifest(packed: zipfile.ZipFile) -> dict[str, str]:
    """Return the digests the manifest gives: member → SHA-256."""
    if MANIFEST not in packed.namelist():
        raise BadArchive("no_manifest", MANIFEST)
    told = _parsed(_read(packed, MANIFEST, MOST_TEXT), MANIFEST)
    if told.get("format") != FORMAT:
        raise BadArchive("manifest", MANIFEST)
    if told.get("version") != VERSION:
        raise BadArchive("version", MANIFEST, given=str(told.get("version"))[:20])
    digests = told.get("digests")
    if not isinstance(digests, dict):
        raise BadArchive("manifest", MANIFEST)
    for member, digest in digests.items():
        file = FILE.fullmatch(member)
        sound = isinstance(digest, str) and DIGEST.fullmatch(digest) and (file is None or file.group(1) == digest)
        if not sound or not (file or CASE.fullmatch(member) or member == STANDING):
            raise BadArchive("manifest", MANIFEST)
    return digests


def _refuse_unlisted(archive: Archive) -> None:
    present = set(archive.packed.namelist()) - FOLDERS - {MANIFEST, READ_ME}
    for member in sorted(present ^ set(archive.digests)):
        raise BadArchive("unlisted" if member in present else "absent", member)


def _standings(archive: Archive) -> dict[str, dict[str, str]]:
    if STANDING not in archive.digests:
        return {}
    told = _parsed(archive.content(STANDING, MOST_TEXT), STANDING)
    for case_id, row in told.items():
        sound = isinstance(row, dict) and row.get("standing") in {"archived", "withdrawn"}
        if not sound or not isinstance(row.get("reason", ""), str) or f"cases/{case_id}.json" not in archive.digests:
            raise BadArchive("manifest", STANDING)
    return told


def _parsed(content: bytes, member: str) -> dict[str, Any]:
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        raise BadArchive("manifest", member) from None
    if not isinstance(parsed, dict):
        raise BadArchive("manifest", member)
    return parsed


def _read(packed: zipfile.ZipFile, member: str, most: int) -> bytes:
    if packed.getinfo(member).file_size > most:
        raise BadArchive("bomb", member)
    with _damage_told(member):
        return packed.read(member)


@contextmanager
def _damage_told(member: str) -> Iterator[None]:
    """Tell in our own words that a member could not be read."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise BadArchive("damaged", member) from None
