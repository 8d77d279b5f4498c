"""An organisation's logo, for the documents it makes: kept, shown and taken away. Time is handed in.

It is cleaned and drawn anew before it is kept (``documents/logo.py``). An SVG is refused: it is a program as much as a
picture. Who may do this is ``people.queries.may_keep``: whoever looks after the organisation's people.
"""

from datetime import datetime

from django.db import transaction

from ringvirkning.ledger.operations import record
from ringvirkning.needs.documents.logo import Logo, clean_logo, is_drawing, stored_logo
from ringvirkning.needs.models import OrganisationLogo
from ringvirkning.people.models import Person
from ringvirkning.sources.documents.terms import NotTaken, Refusal

LONGEST_SAID = 150  # characters of what the logo is called for those who do not see it


def kept_logo(organisation: str) -> OrganisationLogo | None:
    """Return an organisation's logo, or None. ``organisation`` is a slug."""
    return OrganisationLogo.objects.filter(organisation=organisation).first() if organisation else None


def picture_of(kept: OrganisationLogo | None) -> Logo | None:
    """Return a kept logo as a document wants it."""
    return stored_logo(bytes(kept.content)) if kept else None


def keep_logo(*, organisation: str, content: bytes, said: str, person: Person, at: datetime) -> None:
    """Keep a logo in place of the one before. Raises ``NotTaken`` with the reason, and nothing is changed."""
    if is_drawing(content):
        raise NotTaken(Refusal.SVG)
    logo = clean_logo(content)
    told = {"content": logo.content, "said": _one_line(said), "kept_by": person, "at": at}
    with transaction.atomic():
        OrganisationLogo.objects.update_or_create(organisation=organisation, defaults=told)
        _note("kept_logo", organisation, person, at)


@transaction.atomic
def describe_logo(*, organisation: str, said: str, person: Person, at: datetime) -> None:
    """Change what a logo is called for those who do not see it."""
    if OrganisationLogo.objects.filter(organisation=organisation).update(said=_one_line(said)):
        _note("described_logo", organisation, person, at)


@transaction.atomic
def take_away_logo(*, organisation: str, person: Person, at: datetime) -> None:
    """Let an organisation have no logo. One that is gone already is no fault."""
    gone, _each = OrganisationLogo.objects.filter(organisation=organisation).delete()
    if gone:
        _note("took_away_logo", organisation, person, at)


def _one_line(said: str) -> str:
    return " ".join(said.split())[:LONGEST_SAID]


def _note(verb: str, organisation: str, person: Person, at: datetime) -> None:
    record(verb=verb, subject_kind="organisation", subject=organisation, person=person, at=at)
