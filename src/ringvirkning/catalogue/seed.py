"""The seed library: the case files that come with the program."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ringvirkning.catalogue.files import only_in_drafts
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Loaded, Origin
from ringvirkning.sources.casefile.check import Checked, Fault, check_files
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.tables import data_folder


def seed_files() -> list[Path]:
    """Return the case files that come with the program, by name."""
    return sorted((data_folder() / "cases").glob("*.json"))


def load_case_files(
    *, paths: list[Path], origin: Origin, at: datetime, step: Callable[[], None] = lambda: None
) -> tuple[list[Loaded], list[Checked]]:
    """Publish every sound case among the files; return what became of them, and those refused with why.

    Each case is its own transaction: a fault in one never holds back the others. ``step`` is called per file.
    """
    loaded, refused = [], []
    for checked in check_files(paths):
        faults = _private_files(checked.case_file) if checked.case_file else ()
        if checked.case_file and not faults:
            loaded.append(publish_case(case_file=checked.case_file, origin=origin, at=at))
        else:
            refused.append(Checked(checked.name, None, (*checked.faults, *faults)))
        step()
    return loaded, refused


def _private_files(case_file: CaseFile) -> tuple[Fault, ...]:
    """Return a fault for each file that lies in somebody's draft: a case file brings no bytes, and opens none."""
    return tuple(
        Fault("file_not_with_it", f"documents[{place}].file", None, {"given": document.file.name})
        for place, document in enumerate(case_file.documents)
        if document.file and only_in_drafts(document.file.sha256)
    )
