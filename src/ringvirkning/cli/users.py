"""People from the command line: the first administrator, a list, and demonstration people."""

import sys
from datetime import UTC, datetime

import click
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from ringvirkning.catalogue.queries import organisation_by_slug
from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.show import as_json, table
from ringvirkning.ledger.operations import record
from ringvirkning.people import joining, operations
from ringvirkning.people.models import Person
from ringvirkning.people.queries import everybody
from ringvirkning.people.terms import MemberRole, MembershipState, ProgrammeRole

# One municipality of the library that comes with the program; its demonstration people have addresses nobody owns.
DEMO_HOME = "larvik"
DEMO = (
    ("bidragsyter", "Demo Bidragsyter", MemberRole.CONTRIBUTOR, ProgrammeRole.NONE),
    ("virksomhet", "Demo Virksomhetsadministrator", MemberRole.ADMINISTRATOR, ProgrammeRole.NONE),
    ("redaktor", "Demo Redaktør", None, ProgrammeRole.EDITOR),
    ("administrator", "Demo Administrator", None, ProgrammeRole.ADMINISTRATOR),
)


@click.group(epilog='Eksempel: ringvirkning users add kari@eksempel.no --name "Kari Eksempel" --administrator')
def users() -> None:
    """Brukere: legg til, vis, prøv med demonstrasjonsbrukere."""


@users.command(epilog='Eksempel: ringvirkning users add kari@eksempel.no --name "Kari Eksempel" --administrator')
@click.argument("email")
@click.option("--name", required=True, help="Navnet på personen.")
@click.option("--administrator", is_flag=True, help="Driver biblioteket.")
@click.option("--editor", is_flag=True, help="Redaktør for biblioteket.")
@click.option("--organisation", metavar="SLUG", help="Virksomheten personen deler saker for, f.eks. larvik.")
@click.option("--organisation-administrator", is_flag=True, help="Styrer også brukerne i virksomheten.")
@click.option("--password-stdin", is_flag=True, help="Les passordet fra standard inn i stedet for å lage en lenke.")
def add(  # noqa: PLR0917 - click hands them in by name
    email: str,
    name: str,
    administrator: bool,
    editor: bool,
    organisation: str | None,
    organisation_administrator: bool,
    password_stdin: bool,
) -> None:
    """Legg til en bruker. Skriver en lenke der personen velger passord; den virker én gang, i tre døgn."""
    need_tables()
    _check(email, administrator and editor, organisation, organisation_administrator)
    role = ProgrammeRole.ADMINISTRATOR if administrator else ProgrammeRole.EDITOR if editor else ProgrammeRole.NONE
    password = _password(email, name) if password_stdin else None
    now = datetime.now(UTC)
    try:
        with transaction.atomic():
            person = operations.add_person(
                email=email, name=name, programme_role=role, password=password, at=now, record=record
            )
            if organisation:
                member = MemberRole.ADMINISTRATOR if organisation_administrator else MemberRole.CONTRIBUTOR
                joining.add_member(
                    person=person, organisation=organisation, role=member, by=None, at=now, record=record
                )
    except operations.AlreadyThere:
        raise click.ClickException(f"{email} har allerede en bruker.") from None
    click.echo(f"{person.name} er lagt til.")
    if not password:
        click.echo(f"Send denne lenken til {person.email}. Der velges passordet:\n{_link(person)}")


def _check(email: str, both: bool, organisation: str | None, looks_after: bool) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise click.UsageError(f"«{email}» er ikke en e-postadresse.") from None
    if both:
        raise click.UsageError("Velg enten --administrator eller --editor.")
    if looks_after and not organisation:
        raise click.UsageError("--organisation-administrator må stå sammen med --organisation SLUG.")
    if organisation and organisation_by_slug(organisation) is None:
        raise click.UsageError(f"Fant ingen virksomhet «{organisation}». Bruk siste del av adressen til siden dens.")


def _password(email: str, name: str) -> str:
    from django.contrib.auth.password_validation import validate_password

    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from None
    return password


def _link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    with override(person.language):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return f"{settings.PUBLIC_URL or settings.NEAR_URL}{path}"


@users.command("list", epilog="Eksempel: ringvirkning users list --json")
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def list_(as_json_: bool) -> None:
    """Vis brukerne og hva de kan gjøre."""
    need_tables()
    people = [
        {
            "email": one.email,
            "name": one.name,
            "role": one.programme_role,
            "organisations": [
                f"{member.organisation}:{member.role}"
                for member in one.memberships.all()
                if member.state == MembershipState.ACTIVE
            ],
            "demonstration": one.demonstration,
        }
        for one in everybody()
    ]
    if as_json_:
        click.echo(as_json(people))
    elif people:
        rows = [[str(one["email"]), str(one["name"]), _as_text(one)] for one in people]
        click.echo(table(["adresse", "navn", "kan"], rows))
    else:
        click.echo("Ingen brukere ennå. Legg til den første med: ringvirkning users add --help")


def _as_text(one: dict[str, object]) -> str:
    organisations = one["organisations"]
    parts = [str(one["role"]), *(organisations if isinstance(organisations, list) else [])]
    return ", ".join(part for part in (*parts, "demonstrasjon" if one["demonstration"] else "") if part)


@users.command(epilog="Eksempel: ringvirkning users demo")
@click.option("--offer", is_flag=True, help="Spør først, og bare når ingen brukere finnes (brukes av script/start).")
def demo(offer: bool) -> None:
    """Lag fire merkede demonstrasjonsbrukere, med nye passord hver gang. Avslås i drift."""
    need_tables()
    refusal = _why_not()
    if offer and (refusal or Person.objects.exists()):
        return
    if refusal:
        raise click.ClickException(refusal)
    if offer and not sys.stdin.isatty():
        click.echo("Vil du prøve å dele saker? script/start --demo lager brukere du kan logge inn med.")
        return
    if offer and not click.confirm("Ingen brukere ennå. Lage fire demonstrasjonsbrukere du kan prøve med?"):
        return
    with transaction.atomic():
        rows = [[person.email, password, person.name] for person, password in map(_demo_person, DEMO)]
    click.echo("Demonstrasjonsbrukere. Passordene vises bare nå:")
    click.echo(table(["adresse", "passord", "navn"], rows))


def _why_not() -> str:
    if settings.PUBLIC_URL:
        return "Demonstrasjonsbrukere lages ikke når RINGVIRKNING_PUBLIC_URL er satt: da er dette en ekte installasjon."
    if Person.objects.filter(demonstration=False).exists():
        return "Her finnes det ekte brukere. Demonstrasjonsbrukere lages bare i et hjem uten."
    return ""


def _demo_person(row: tuple[str, str, MemberRole | None, ProgrammeRole]) -> tuple[Person, str]:
    local, name, member, role = row
    now, email = datetime.now(UTC), f"{local}@demo.eksempel.no"
    person = Person.objects.filter(email=email, demonstration=True).first() or operations.add_person(
        email=email, name=name, programme_role=role, demonstration=True, at=now, record=record
    )
    if member:
        joining.add_member(person=person, organisation=DEMO_HOME, role=member, by=None, at=now, record=record)
    return person, operations.new_password(person=person, at=now, record=record)
