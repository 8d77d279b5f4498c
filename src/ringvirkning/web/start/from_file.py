"""Beginning from a file: a case file, or an archive with one case and its documents."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.people.models import Person
from ringvirkning.publishing.archives.importing import BadArchive, BeingWritten, Brought, Faulty, NotOneCase, bring_in
from ringvirkning.publishing.drafts import Refused
from ringvirkning.publishing.models import Draft
from ringvirkning.sources.casefile.check import Fault
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.sentences import in_words
from ringvirkning.web.start import words
from ringvirkning.web.start.start import FIRST_STEP
from ringvirkning.web.start.whose import whose

MOST_SHOWN = 20


@dataclass
class Answer:
    """What came of the file."""

    brought: Brought | None = None
    fault: str = ""
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    more: int = 0
    being_written: Draft | None = None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """Answer with the form, or begin from the file that was sent."""
    person = signed_in_person(request)
    owner, answer = whose(request, person), Answer()
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            answer.fault = _("Velg en fil.")
        elif (sent.size or 0) > settings.MOST_UPLOAD:
            most = settings.MOST_UPLOAD // 1_000_000
            answer.fault = _("Filen er for stor. Grensen er %(most)s MB.") % {"most": most}
        elif owner.chosen is not None:
            answer = _brought(sent, owner.chosen, person)
    if answer.brought:
        _tell_left_out(request, answer.brought.left_out)
        return redirect("web:share-step", answer.brought.draft.key, FIRST_STEP)
    return render(request, "web/start/from_file.html", {"whose": owner, "answer": answer})


def _brought(sent: "UploadedFile[bytes]", organisation: str, person: Person) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil"
        with path.open("wb") as handle:
            for chunk in sent.chunks():
                handle.write(chunk)
        try:
            return Answer(bring_in(path, organisation=organisation, person=person, at=timezone.now()))
        except Faulty as wrong:
            told = [(one, words.fault_sentence(one)) for one in wrong.faults[:MOST_SHOWN]]
            more = len(wrong.faults) - len(told)
            return Answer(fault=words.faulty(len(wrong.faults)), faults=told, more=more)
        except BadArchive as wrong:
            return Answer(fault=words.bad_archive(wrong))
        except NotOneCase as wrong:
            return Answer(fault=words.not_one_case(wrong.count))
        except BeingWritten as begun:
            sentence = _("Noen arbeider allerede med en ny versjon av denne saken.")
            return Answer(fault=sentence, being_written=begun.draft)
        except Refused as wrong:
            return Answer(fault=in_words(wrong.sentence))


def _tell_left_out(request: HttpRequest, count: int) -> None:
    if count:
        told = ngettext(
            "%(count)s dokument fulgte ikke med filen. Last det opp under «Dokumenter».",
            "%(count)s dokumenter fulgte ikke med filen. Last dem opp under «Dokumenter».",
            count,
        )
        messages.warning(request, told % {"count": count})
