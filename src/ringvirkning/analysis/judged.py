"""The labelled set: notices that a person has graded, and how they are read from the data they stand in.

Only where they stand and the grades are ours to keep (``data/judged/innovation.json``); the texts are read each time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice, Organisation, Texts
from ringvirkning.sources.notices.terms import Format, Phase, Source
from ringvirkning.sources.tables import data_folder, table

# The rows' words for what kind of notice it is → BT-02 and phase; the rest are competitions.
_KINDS = {"Veiledende": ("pin-only", Phase.PLANNING), "Tildeling": ("can-standard", Phase.RESULT)}


@dataclass(frozen=True)
class Judged:
    """A graded notice: 0 no, 1 open to innovation, 2 innovative; and its BT-776 code where that is plain."""

    id: str  # "doffin/2022-319091.xml", or "some-rows.json#17" for the row with that number
    grade: int
    half: str  # "tune" or "held_out"
    code: str | None

    @property
    def positive(self) -> bool:
        """Tell whether a list of innovative notices should show it."""
        return self.grade > 0


def judged(path: Path | None = None) -> list[Judged]:
    """Return the graded notices of a file; our own when none is given."""
    rows = json.loads((path or data_folder() / "judged" / "innovation.json").read_text(encoding="utf-8"))["notices"]
    return [Judged(row["id"], row["grade"], row["half"], row.get("code")) for row in rows]


def with_records(graded: list[Judged], folder: Path) -> Iterator[tuple[Judged, Notice | None]]:
    """Yield each graded notice with its record, None where it is not in the folder or cannot be read.

    ``folder`` holds the folders and files that the ids name.
    """
    for one in graded:
        file, _, number = one.id.partition("#")
        path = folder / file
        if not path.is_file():
            yield one, None
        elif number:
            yield one, record_of_row(_rows(path)[int(number)], one.id)
        else:
            yield one, _read(path, one.id)


@lru_cache(maxsize=1)
def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _read(path: Path, name: str) -> Notice | None:
    try:
        return next(iter(read_document(path.read_bytes(), file=name)), None)
    except Unreadable:
        return None


def record_of_row(row: dict[str, Any], name: str) -> Notice:
    """Return a Norwegian notice that is only a row: title, description, buyer, CPV and the words for its kind."""
    kind, phase = next((is_ for word, is_ in _KINDS.items() if word in row["notice_type"]), (None, Phase.COMPETITION))
    codes = [str(code) for code in (row.get("cpv"), *(row.get("additional_cpv") or ())) if code]
    return Notice(
        file=name,
        source=Source.DOFFIN,
        format=Format.OCDS,
        phase=phase,
        kind=kind,
        language="no",
        buyers=(Organisation(name=row["buyer"].strip(), country="NOR"),),
        cpv=tuple(code for code in dict.fromkeys(codes) if code in table("cpv.json")["codes"]),
        titles=_norwegian(row["title"]),
        descriptions=_norwegian(row.get("description")),
    )


def _norwegian(text: str | None) -> Texts:
    return {"no": text} if text else {}
