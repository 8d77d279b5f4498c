"""A draft as the case it will be: the case page's own parts, fed from what has been typed so far."""

from functools import cached_property

from ringvirkning.catalogue.models import Case
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.terms import Step
from ringvirkning.publishing.typed.rescue import NOBODY
from ringvirkning.sources.casefile.model import CaseFile, Party
from ringvirkning.web.case_page import CasePage, Similar, Who, named, who


class DraftPage(CasePage):
    """The page of a case that is not in the catalogue yet."""

    @cached_property
    def similar(self) -> list[Similar]:
        """Return nothing: what is like it is for readers."""
        return []

    def _party(self, party: Party) -> Who:
        return who(party, named(party.organisation))


def draft_page(draft: Draft, case_file: CaseFile) -> DraftPage:
    """Return the page of a draft. The case it is drawn from is never stored.

    What has no source yet rests on a filler, so that it can be drawn at all. It is nobody's source, and is not shown.
    """
    told = draft.case
    case = Case(case_id=case_file.id, title=str(draft.key), place=told.place if told else "")
    case.county = told.county if told else ""
    sources = [source for source in case_file.sources if source.id != NOBODY]
    return DraftPage(case, case_file.model_copy(update={"sources": sources}))


def looks_of(step: Step, page: CasePage) -> list[str]:
    """Return the templates that show a step as readers will meet it; empty when it has nothing to tell."""
    case = page.case_file
    parts: dict[Step, list[tuple[str, object]]] = {
        Step.NEED: [("life/summary", True), ("case/behov", True)],
        Step.WHO: [("case/fakta", True)],
        Step.HOW: [("case/prosess", page.has_process)],
        Step.RESULT: [
            ("case/losning", case.solutions or case.suppliers),
            ("life/effects", case.effects),
            ("case/gjenbruk", case.reuse),
        ],
        Step.FIGURES: [("life/figures", case.figures)],
        Step.DOCUMENTS: [("case/dokumenter", case.documents)],
        Step.CONTACTS: [("case/kontakt", case.contacts)],
        Step.LESSONS: [("case/lerdom", case.lessons)],
        Step.SOURCES: [("case/kilder", case.sources)],
    }
    return [f"web/{template}.html" for template, told in parts[step] if told]
