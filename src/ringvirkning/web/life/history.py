"""What has happened to a draft, in words, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.ledger.models import Entry
from ringvirkning.ledger.queries import history_of
from ringvirkning.publishing.models import Draft
from ringvirkning.web.life.words import HAPPENED, STEPS

MOST = 200


@dataclass(frozen=True)
class Happening:
    """Somebody did something."""

    at: datetime
    who: str | Promise
    what: str | Promise
    where: str | Promise


def happenings(draft: Draft) -> list[Happening]:
    """Return what happened to the draft and, when it is published, to the case from then on."""
    entries = list(history_of("draft", str(draft.key)))
    if draft.case:
        later = history_of("case", draft.case.case_id).filter(at__gte=draft.made)
        entries += list(later)
    newest_first = sorted(entries, key=lambda entry: (entry.at, entry.pk), reverse=True)
    return [_told(entry) for entry in newest_first[:MOST]]


def _told(entry: Entry) -> Happening:
    who = entry.person.name if entry.person else _("Biblioteket")
    return Happening(entry.at, who, HAPPENED.get(entry.verb, entry.verb), STEPS.get(entry.detail.get("step", ""), ""))
