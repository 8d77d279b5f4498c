"""Saving a step: what was typed is read, the button's change made, and the whole handed to ``publishing.drafts``."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from ringvirkning.catalogue import files
from ringvirkning.publishing import drafts
from ringvirkning.publishing.comments import comment_of, mark_done
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.terms import Step
from ringvirkning.sources.casefile.terms import Language
from ringvirkning.web.share.differences import chosen
from ringvirkning.web.share.fields import Content, Typed, as_dict, as_list, is_blank, put, read, tidy, without
from ringvirkning.web.share.opened import Opened
from ringvirkning.web.share.shapes import Guide

LICENCE = "CC-BY-4.0"
MOST_UPLOADS = 20  # at a time


@dataclass(frozen=True)
class Done:
    """What became of a save. When it does not stand, somebody else had written; what was typed is set aside."""

    stands: bool
    version: int
    theirs: bool = False  # another has changed something the page does not show


def saved(request: HttpRequest, work: Opened, guide: Guide, *, underway: bool = False) -> Done:
    """Save what was typed in a step together with what the button asks for."""
    posted = request.POST
    content = typed_content(request, work, guide)
    verb, _, what = ("", "", "") if underway else posted.get("do", "save").partition(":")
    if verb == "remove":
        content = without(guide, content, what)
    if guide.step is Step.DOCUMENTS and not underway:
        content = _with_uploads(request, work, content)
    # While somebody types, an emptied item stays: taking it away would move the ones below it under their hands.
    done = _kept(work, guide, content if underway else tidy(guide, content), posted)
    if done.stands and verb:
        _also(verb, what, work, guide, posted)
    return done


def typed_content(request: HttpRequest, work: Opened, guide: Guide) -> Content:
    """Return the step as it is with what was typed put in."""
    typed = Typed(request.POST, work.languages, [source for source, _ in work.sources])
    return finished(guide.step, read(guide, work.content(guide.step), typed), work)


def _kept(work: Opened, guide: Guide, content: Content, posted: QueryDict) -> Done:
    page, clock = _page_and_clock(posted)
    outcome = drafts.save_step(
        draft=work.draft,
        step=guide.step,
        content=content,
        base_version=_number(posted.get("version")),
        page=page,
        page_clock=clock,
        person=work.person,
        at=work.now,
    )
    if isinstance(outcome, drafts.Conflict):
        return Done(False, outcome.version)
    return Done(True, outcome.version, bool(outcome.theirs))


def _page_and_clock(posted: QueryDict) -> tuple[str, int]:
    """Return which opened page this is and when it was sent by that page's clock.

    Without a script there is no clock, and going back to an old page would look like a late save of the same page: then
    each sending is a page of its own, and what is older than the stored text is set aside instead of dropped.
    """
    clock = _number(posted.get("clock"))
    return (posted.get("page", "")[:36] or str(uuid4()), clock) if clock else (str(uuid4()), 1)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


def finished(step: Step, content: Content, work: Opened) -> Content:
    """Return the content with what needs no asking: a document is in the language of the case until somebody says."""
    if step is Step.DOCUMENTS:
        for document in as_list(content.get("documents")):
            if isinstance(document, dict) and not is_blank(document):
                document.setdefault("language", work.languages[0])
    return content


def _with_uploads(request: HttpRequest, work: Opened, content: Content) -> Content:
    """Return the content with the files that came along. What was refused is told on the page that follows."""
    taken, refused = [], []
    sent = request.FILES.getlist("files")
    for upload in sent[:MOST_UPLOADS]:
        name = upload.name or ""
        answer = files.accept(name=name, chunks=upload.chunks(), at=work.now, draft_key=work.draft.key)
        if isinstance(answer, files.Accepted):
            taken.append(document_of(answer.file, work.languages[0]))
        else:
            refused.append([name[:200], answer.sentence])
    too_many = gettext("Vi tar imot %(most)s filer om gangen. Last opp denne på nytt.") % {"most": MOST_UPLOADS}
    refused += [[(upload.name or "")[:200], too_many] for upload in sent[MOST_UPLOADS:]]
    if refused:
        request.session[refusals_key(work.draft, Step.DOCUMENTS)] = refused
    put(content, "documents", [*as_list(content.get("documents")), *taken])
    return content


def document_of(file: dict[str, Any], language: str) -> Content:
    """Return a new document of the case: the file with what can be known about it."""
    title = str(file["name"]).rpartition(".")[0] or str(file["name"])
    document: Content = {"title": title.replace("_", " "), "file": file, "language": language, "licence": LICENCE}
    if str(file["media_type"]).startswith("image/"):
        document["kind"] = "picture"
    return document


def refusals_key(draft: Draft, step: Step) -> str:
    """Return the name under which the session remembers files that were refused until they have been told about."""
    return f"refused-{draft.key}-{step}"


def settled(posted: QueryDict, work: Opened, guide: Guide) -> bool:
    """Let the writer's choices between two people's texts stand.

    False when somebody wrote here while they chose: then what they chose is set aside, and they are asked again.
    """
    mine = next((one for one in work.set_aside if one.step == guide.step), None)
    if mine is None:
        return True
    answers = {name.removeprefix("choose-"): str(value) for name, value in posted.items() if name.startswith("choose-")}
    outcome = drafts.settle(
        draft=work.draft,
        step=guide.step,
        content=chosen(guide, as_dict(mine.content), work.content(guide.step), answers),
        base_version=_number(posted.get("version")),
        person=work.person,
        at=work.now,
    )
    return isinstance(outcome, drafts.Saved)


def _also(verb: str, what: str, work: Opened, guide: Guide, posted: QueryDict) -> None:
    """Do what some buttons ask for besides saving."""
    if verb == "done":
        comment = comment_of(work.draft, _number(what))
        if comment:
            mark_done(comment=comment, person=work.person, at=timezone.now())
    elif verb == "confirm":
        places = [one for one in work.unconfirmed(guide.step) if one == what or one.startswith(f"{what}.")]
        drafts.confirm(draft=work.draft, step=guide.step, places=places, person=work.person, at=work.now)
    elif verb == "languages":
        languages = ",".join(languages_in(posted, work.languages))
        drafts.choose_languages(draft=work.draft, languages=languages, person=work.person, at=work.now)


def languages_in(posted: QueryDict, now: list[str]) -> list[str]:
    """Return the languages chosen, the main one first; as they were when the choice makes no sense."""
    chosen_ones = [one for one in posted.getlist("languages") if one in set(Language)]
    main = posted.get("main_language", "")
    return list(dict.fromkeys([main, *chosen_ones])) if main in set(Language) else now
