"""What is due, done. Nobody puts work in a queue: every job asks the tables what waits (docs/decisions/0007).

Each job can be run at any moment, by two workers at once, and be killed anywhere: what it had not finished is still
due. ``Rhythm`` is only thrift: it keeps a worker from asking every second what comes once a day.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import Error, close_old_connections, connection
from django.db.models import Max

from ringvirkning.analysis.working import work_out
from ringvirkning.catalogue import files
from ringvirkning.catalogue.models import CaseRevision
from ringvirkning.catalogue.notices.rematching import rematch
from ringvirkning.needs.leaving import tidy_after_people
from ringvirkning.needs.open.keeping import read_again
from ringvirkning.people.letters import forget_old_letters, send_letters
from ringvirkning.people.models import Invitation
from ringvirkning.publishing.drafts import forget_discarded
from ringvirkning.publishing.models import DraftPart, SetAside
from ringvirkning.publishing.terms import Step
from ringvirkning.publishing.upkeep import confirmations, consents, links
from ringvirkning.search import index
from ringvirkning.search.misses import forget_old_misses

log = logging.getLogger(__name__)
EACH_TIME = timedelta(0)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
INVITATIONS_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """Something that may be due, and how often it is worth asking."""

    name: str
    do: Callable[[datetime], object]
    every: timedelta


@dataclass
class Rhythm:
    """When this worker last ran each job. Lost with the worker, and no harm done."""

    last: dict[str, datetime] = field(default_factory=dict)

    def is_time(self, job: Job, at: datetime) -> bool:
        """Tell whether it is time to ask again."""
        return job.name not in self.last or at - self.last[job.name] >= job.every


def run_due(at: datetime, rhythm: Rhythm | None = None) -> list[str]:
    """Run every job whose time has come; return the names of those that failed. The others have had their turn."""
    known = rhythm or Rhythm()
    failed = []
    for job in JOBS:
        if not known.is_time(job, at):
            continue
        if _done(job, at):
            known.last[job.name] = at
        else:
            failed.append(job.name)
    return failed


def _done(job: Job, at: datetime) -> bool:
    try:
        job.do(at)
    except Exception as error:
        if isinstance(error, Error):  # the database hiccuped: one line, and a new connection for the next
            log.warning("job %s waits for the database: %s", job.name, str(error).strip().partition("\n")[0])
            if not connection.in_atomic_block:
                close_old_connections()
        else:
            log.exception("job %s failed and will be tried again", job.name)
        return False
    return True


def forget_old_things(at: datetime) -> None:
    """Delete what nobody needs any more: letters, invitations, sessions, drafts put away, words searched for."""
    forget_old_letters(at=at)
    Invitation.objects.filter(accepted=None, expires__lt=at - INVITATIONS_KEPT).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    confirmations.forget_addresses(at=at)
    forget_discarded(at=at)
    forget_old_misses(at=at)


def sweep_files(at: datetime) -> int:
    """Delete uploaded files that no version of a case and no draft names."""
    typed = [*DraftPart.objects.filter(step=Step.DOCUMENTS).values_list("content", flat=True)]
    typed += SetAside.objects.filter(step=Step.DOCUMENTS).values_list("content", flat=True)
    named = (one.get("file") for content in typed for one in content.get("documents") or () if isinstance(one, dict))
    return files.sweep(
        at=at, named=[str(file["sha256"]) for file in named if isinstance(file, dict) and "sha256" in file]
    )


def clean_index(at: datetime) -> bool:
    """Build the search index anew when somebody was taken out after it was built.

    An index marks a replaced document as gone and drops its words later; they must not lie there meanwhile.
    """
    newest = CaseRevision.objects.aggregate(newest=Max("redacted"))["newest"]
    current = Path(settings.SEARCH_INDEX) / "current"
    if newest is None or not current.is_file() or newest.timestamp() < current.stat().st_mtime:
        return False
    index.rebuild()
    return True


JOBS = (
    Job("letters", lambda at: send_letters(at=at), EACH_TIME),
    Job("files", lambda at: files.read_waiting(at=at, most=1), EACH_TIME),
    Job("index", clean_index, EACH_TIME),
    Job("notices", lambda at: work_out(at=at), EACH_TIME),
    Job("parties", lambda at: rematch(at=at), HOUR),
    Job("open needs", lambda at: read_again(at=at), EACH_TIME),
    Job("confirmations", lambda at: confirmations.ask_due(at=at), HOUR),
    Job("assessments", lambda at: tidy_after_people(at=at), HOUR),
    Job("consents", lambda at: consents.forget_unanswered(at=at), HOUR),
    Job("addresses", lambda at: links.note_addresses(at=at), HOUR),
    # Last, since it may take the longest: a few seconds for an address that does not answer.
    Job("links", lambda at: links.visit_due(at=at), EACH_TIME),
    Job("old things", forget_old_things, DAY),
    Job("stray files", sweep_files, DAY),
)
