"""The index of notices: how the tables become its documents, and the verbs of its life (``builds``, ``live``)."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings

from ringvirkning.catalogue import queries as catalogue
from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.search.builds import Builds, Step
from ringvirkning.search.live import LiveIndex
from ringvirkning.search.notices.gather import documents_of
from ringvirkning.search.notices.noticedoc import KIND, NOTICES
from ringvirkning.search.plan import Batch, Document

LAYOUT = "4"  # raise it when documents or schema change shape
IN_A_BATCH = 2_000  # change numbers: what is held at a time, and lost when a follower is killed


class NoticeContents:
    """Every notice that holds: those a correction took the place of are left out."""

    shape = NOTICES

    @property
    def layout(self) -> str:
        """Return the version of documents and schema."""
        return LAYOUT

    @property
    def folder(self) -> Path:
        """Return the folder of all builds, beside that of cases."""
        cases = Path(settings.SEARCH_INDEX)
        return cases.with_name(f"{cases.name}-notices")

    def newest(self) -> int:
        """Return the newest change; those of the vocabulary count too."""
        return catalogue.last_change()

    def everything(self, step: Step) -> Iterator[Document]:
        """Yield every notice as a document."""
        notices = queries.all_notices()
        while some := list(islice(notices, IN_A_BATCH)):
            for document in documents_of(one for one in some if not one.replaced_by):
                yield document
                step()

    def waiting(self, after: int, until: int) -> int:
        """Return how many changes lie in (after, until]: nearly all are of notices when there are many."""
        return until - after

    def changes(self, after: int, until: int) -> Iterator[Batch]:
        """Yield what changed in (after, until], a stretch of change numbers at a time."""
        for start in range(after, until, IN_A_BATCH):
            end = min(start + IN_A_BATCH, until)
            keys = queries.changed_notices(start, end)
            if keys or end == until:
                held = Notice.objects.filter(key__in=keys, replaced_by="")
                documents = list(documents_of(held))
                gone = {f"{KIND}/{key}" for key in keys} - {document.key for document in documents}
                yield Batch(documents, sorted(gone), end)


notices_index = LiveIndex(Builds(NoticeContents()))
ensure_notices = notices_index.builds.ensure
