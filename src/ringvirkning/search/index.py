"""The index of cases: how the tables become its documents, and the verbs of its life (``builds``, ``live``)."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.files import texts_of
from ringvirkning.catalogue.models import Case, CaseRevision
from ringvirkning.search.builds import Builds, Step, words_of
from ringvirkning.search.casedoc import CASES, KIND, case_document
from ringvirkning.search.live import LiveIndex
from ringvirkning.search.plan import Batch, Document
from ringvirkning.search.text.vocabulary import use

__all__ = ["build_name", "current_build", "ensure", "index", "rebuild", "words_of"]

LAYOUT = "5"  # raise it when documents or schema change shape
IN_A_BATCH = 500  # cases


class CaseContents:
    """Every published case."""

    shape = CASES

    @property
    def layout(self) -> str:
        """Return the version of documents and schema."""
        return LAYOUT

    @property
    def folder(self) -> Path:
        """Return the folder of all builds."""
        return Path(settings.SEARCH_INDEX)

    def newest(self) -> int:
        """Return the newest change; those of notices leave the cases as they are."""
        return queries.last_library_change()

    def everything(self, step: Step) -> Iterator[Document]:
        """Yield every case as a document."""
        for case in queries.cases_with_documents().iterator(chunk_size=500):
            if case.revision:
                yield _document(case, case.revision)
            step()

    def waiting(self, after: int, until: int) -> int:
        """Return how many cases changed in (after, until]."""
        return len(queries.changed_cases(after, until))

    def changes(self, after: int, until: int) -> Iterator[Batch]:
        """Yield the cases that changed in (after, until]; only the last batch says that all of them are in."""
        keys = queries.changed_cases(after, until)
        for start in range(0, len(keys), IN_A_BATCH) or (0,):
            some = keys[start : start + IN_A_BATCH]
            cases = queries.cases_by_id(some)
            documents = [_document(case, case.revision) for case in cases.values() if case.revision]
            gone = [f"{KIND}/{key}" for key in some if key not in cases]
            yield Batch(documents, gone, until if start + IN_A_BATCH >= len(keys) else after)


def _document(case: Case, revision: CaseRevision) -> Document:
    """Return a case as a document, with the text of its files."""
    case_file = queries.read_case(revision.document)
    return case_document(case, case_file, texts_of([case_file]))


index = LiveIndex(Builds(CaseContents()), on_open=use)
rebuild, ensure, current_build = index.builds.rebuild, index.builds.ensure, index.builds.current


def build_name() -> str:
    """Return the beginning of the name every fitting build has."""
    return index.builds.name
