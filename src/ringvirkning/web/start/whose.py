"""Whom a case is shared for: asked only when there is something to choose between."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ringvirkning.catalogue import queries
from ringvirkning.people.models import Person
from ringvirkning.people.queries import is_editor, organisations_of

MOST_SUGGESTED = 3


@dataclass
class Whose:
    """The question, and what has been answered."""

    mine: dict[str, str]  # slug → name, the organisations the person speaks for
    edits: bool  # editors may write for any organisation, or for none
    typed: str = ""
    chosen: str | None = None  # None until it has been answered
    fault: str = ""
    suggestions: list[str] = field(default_factory=list)

    @property
    def only(self) -> str:
        """Return the name when there is nothing to choose."""
        return next(iter(self.mine.values()), "") if len(self.mine) == 1 and not self.edits else ""


def whose(request: HttpRequest, person: Person) -> Whose:
    """Return the question for this person, with the answer when a form has been sent."""
    mine = queries.names_of_organisations(organisations_of(person))
    asked = Whose(dict(sorted(mine.items(), key=lambda one: queries.norwegian_order(one[1]))), is_editor(person))
    if request.method == "POST":
        asked.typed = request.POST.get("organisation", "").strip()[:300]
        _answer(asked)
    return asked


def _answer(asked: Whose) -> None:
    if asked.edits:
        _answer_for_editor(asked)
    elif asked.typed in asked.mine:
        asked.chosen = asked.typed
    elif len(asked.mine) == 1 and not asked.typed:
        asked.chosen = next(iter(asked.mine))
    else:
        asked.fault = _("Velg hvilken virksomhet saken gjelder.")


def _answer_for_editor(asked: Whose) -> None:
    """Read the name an editor typed; nothing typed is the programme itself."""
    if not asked.typed:
        asked.chosen = ""
        return
    named = queries.organisation_named(asked.typed)
    found = [named] if named else queries.find_organisations(asked.typed, MOST_SUGGESTED)
    if len(found) == 1:
        asked.chosen = found[0].slug
    else:
        asked.fault = _("Vi finner ikke én virksomhet med det navnet. Skriv hele navnet, eller la feltet stå tomt.")
        asked.suggestions = [one.name for one in found]
