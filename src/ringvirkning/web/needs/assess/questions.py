"""The questions of an assessment, ready to be drawn: whom to ask, about which solution, and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ringvirkning.catalogue.queries import cases_by_id, read_cases
from ringvirkning.sources.casefile.model import Contact
from ringvirkning.web.needs.assess.opened import Work

EXAMPLES = (
    _("Hva ble annerledes enn dere hadde tenkt?"),
    _("Hva har det kostet dere i arbeid, utenom det som står på fakturaen?"),
    _("Hvordan vet dere at det virker?"),
    _("Hva ville dere gjort annerledes i dag?"),
)


@dataclass(frozen=True)
class Row:
    """One question in the form."""

    number: int
    to: str
    about: str
    text: str
    answer: str
    contacts: list[Contact]


@dataclass(frozen=True)
class Drawn:
    """The whole form. ``about`` are solutions to choose among, ``unasked`` those nobody is asked about yet."""

    rows: list[Row]
    about: list[tuple[str, str]]
    unasked: list[tuple[str, str]]
    examples: tuple[object, ...] = EXAMPLES


def drawn(work: Work, content: Mapping[str, Any], asked: QueryDict) -> Drawn:
    """Return the questions and an empty one last, about the solution that ``?om=`` names."""
    solutions = work.content.solutions
    told = list(content.get("questions", []))
    new = next(({"to": one.buyer or "", "about": one.key} for one in solutions if one.key == asked.get("om")), {})
    contacts = contacts_of([str(one.get("about", "")) for one in [*told, new]])
    rows = [_row(number, one, contacts) for number, one in enumerate([*told, new])]
    asked_about = {one.get("about") for one in [*told, new]}
    unasked = [(one.key, one.buyer or one.title) for one in solutions if one.key not in asked_about]
    return Drawn(rows, [(one.key, one.title) for one in solutions], unasked)


def _row(number: int, said: Mapping[str, Any], contacts: Mapping[str, list[Contact]]) -> Row:
    words = {name: str(said.get(name, "")) for name in ("to", "about", "text", "answer")}
    return Row(number, contacts=contacts.get(words["about"], []), **words)


def contacts_of(keys: list[str]) -> dict[str, list[Contact]]:
    """Return the contacts of cases, by the case's id; notices have none that we keep."""
    cases = cases_by_id([key for key in keys if key])
    return {case.case_id: case_file.contacts for case, case_file in read_cases(cases.values())}


def lacking(place: str) -> str:
    """Return what a question lacks when it was refused at this place; "" when it is something else."""
    if place.startswith("questions.") and place.endswith(".to"):
        return gettext("Skriv hvem spørsmålet går til, så blir det lagret.")
    if place.startswith("questions.") and place.endswith(".text"):
        return gettext("Skriv spørsmålet som svaret hører til, så blir det lagret.")
    return ""
