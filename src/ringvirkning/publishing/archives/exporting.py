"""Writing cases with their files into an archive, always in the same way: the same library gives the same bytes."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet

from ringvirkning.catalogue.models import Case, CaseRevision
from ringvirkning.catalogue.queries import last_library_change
from ringvirkning.catalogue.terms import Standing
from ringvirkning.foundation.version import __version__
from ringvirkning.publishing.archives.archive import BLOCK, FORMAT, MANIFEST, READ_ME, STANDING, VERSION
from ringvirkning.sources.by_digest import digest_of
from ringvirkning.sources.documents.store import Store

# A zip must give every file a time. This is the earliest it can say, and it says nothing.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16
_one_at_a_time = Lock()
dumped = partial(json.dumps, ensure_ascii=False, indent=2, sort_keys=True)

INTRODUCTION = """\
RINGVIRKNING

Dette er saker fra Ringvirkning, biblioteket over innovative offentlige anskaffelser. Hver sak ligger i mappen «cases»
som en JSON-fil, og filene som hører til, ligger i mappen «files». Last dem inn i et annet bibliotek slik:

    ringvirkning cases load ARKIV.zip

Lisensen for teksten i hver sak står under. CC-BY-4.0 betyr at du kan kopiere, endre og dele teksten når du oppgir
kilden: https://creativecommons.org/licenses/by/4.0/deed.no. Filer har sin egen lisens. Der den ikke er oppgitt, må du
spørre dem som har laget filen.

These are cases from Ringvirkning, the library of innovative public procurement. Each case is a JSON file in the folder
"cases"; the files that belong to them are in the folder "files". The licence of each case's text is given below.
CC-BY-4.0 means that you may copy, change and share the text when you name the source:
https://creativecommons.org/licenses/by/4.0/. Files have licences of their own. Where none is given ("ikke oppgitt"),
ask those who made the file.
"""


@dataclass
class Written:
    """What came into an archive, and which files could not, because their bytes are gone or damaged."""

    cases: int = 0
    files: int = 0
    lost: list[str] = field(default_factory=list)


def clear_downloads() -> None:
    """Take away the archives made for downloading. They are made again when somebody asks.

    Call when somebody has been taken out of the library: what was packed before then has them still.
    """
    shutil.rmtree(settings.EXPORTS, ignore_errors=True)


def whole_library() -> Path:
    """Return an archive of the whole library as it is now, made once for each change."""
    folder = Path(settings.EXPORTS)
    path = folder / f"bibliotek-{last_library_change()}.zip"
    with _one_at_a_time:
        if not path.exists():
            clear_downloads()
            folder.mkdir(parents=True, exist_ok=True)
            export(cases_to_export(), path)
    return path


def cases_to_export(case_ids: Iterable[str] = (), *, with_withdrawn: bool = False) -> QuerySet[Case]:
    """Return these cases, or all. What was withdrawn is left out unless asked for."""
    chosen = Case.objects.exclude(revision=None)
    if not with_withdrawn:
        chosen = chosen.exclude(standing=Standing.WITHDRAWN)
    wanted = list(case_ids)
    return chosen.filter(case_id__in=wanted) if wanted else chosen


def export(cases: QuerySet[Case], path: Path) -> Written:
    """Write the cases into an archive with this name: the name gives the whole archive, or what it gave before."""
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            written = write_archive(cases, file)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return written


def write_archive(cases: QuerySet[Case], to: IO[bytes]) -> Written:
    """Write the cases into ``to``, a file that can be moved about in."""
    written = Written()
    digests: dict[str, str] = {}
    named: dict[str, str] = {}
    told = [INTRODUCTION]
    # Sorted by us: databases do not agree on the order of hyphens.
    rows = sorted(cases.values_list("case_id", "revision", "standing", "standing_reason"))
    with zipfile.ZipFile(to, "w") as packed:
        for case_id, revision, _, _ in rows:
            document = CaseRevision.objects.get(pk=revision).document
            _add_text(packed, f"cases/{case_id}.json", dumped(document), digests)
            named.update(_files_of(document))
            told.append(_licences_told(document))
        for sha256 in sorted(named):
            if _add_file(packed, sha256):
                digests[f"files/{sha256}"] = sha256
            else:
                written.lost.append(f"{named[sha256]} ({sha256[:12]})")
        _add_text(packed, READ_ME, "\n".join(told), {})
        standings = {row[0]: {"standing": row[2], "reason": row[3]} for row in rows if row[2] != Standing.PUBLISHED}
        written.cases, written.files = len(rows), len(named) - len(written.lost)
        # The digest of what comes after the manifest is worked out before it.
        later = {STANDING: dumped(standings)} if standings else {}
        digests.update({name: _digest(text) for name, text in later.items()})
        _add_text(packed, MANIFEST, dumped(_manifest(written, digests)), {})
        for name, text in later.items():
            _add_text(packed, name, text, {})
    return written


def _manifest(written: Written, digests: dict[str, str]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": f"Ringvirkning {__version__}",
        "cases": written.cases,
        "files": written.files,
        "digests": digests,
    }


def _digest(text: str) -> str:
    return hashlib.sha256(_as_bytes(text)).hexdigest()


def _as_bytes(text: str) -> bytes:
    return f"{text}\n".encode()


def _add_text(packed: zipfile.ZipFile, name: str, text: str, digests: dict[str, str]) -> None:
    digests[name] = _digest(text)
    packed.writestr(_place(name), _as_bytes(text), zipfile.ZIP_DEFLATED, compresslevel=9)


def _add_file(packed: zipfile.ZipFile, sha256: str) -> bool:
    """Add a file's bytes as they are (its kind is packed already); tell whether they are still what they were."""
    path = Store(settings.FILES).path(sha256)
    if not path.is_file() or digest_of(path) != sha256:
        return False
    place = _place(f"files/{sha256}")
    place.file_size = path.stat().st_size
    with path.open("rb") as source, packed.open(place, "w") as target:
        shutil.copyfileobj(source, target, BLOCK)
    return True


def _place(name: str) -> zipfile.ZipInfo:
    place = zipfile.ZipInfo(name, NO_TIME)
    place.create_system, place.external_attr = 3, READABLE
    return place


def _documents(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in document.get("documents", []) if "file" in one]


def _files_of(document: dict[str, Any]) -> dict[str, str]:
    """Return the files a case names: digest → name."""
    return {one["file"]["sha256"]: one["file"]["name"] for one in _documents(document)}


def _licences_told(document: dict[str, Any]) -> str:
    title = next(iter(sorted(document["title"].items())))[1]
    lines = [f"cases/{document['id']}.json", f"    {title}", f"    Lisens / licence: {document['licence']}"]
    for one in _documents(document):
        lines.append(f"    files/{one['file']['sha256']}")
        lines.append(f"        {one['file']['name']}: {one.get('licence', 'ikke oppgitt')}")
    return "\n".join(lines) + "\n"
