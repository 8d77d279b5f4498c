"""``ringvirkning users``: the first administrator, a list, demonstration people."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ringvirkning.cli.users import users
from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Person

pytestmark = pytest.mark.usefixtures("library")
ADD = ["add", "kari@eksempel.no", "--name", "Kari Eksempel"]


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(users, list(words), input=stdin)


def test_the_first_administrator_gets_a_link_to_choose_a_password(client: Any) -> None:
    said = run(*ADD, "--administrator")
    assert said.exit_code == 0, said.output
    person = Person.objects.get()
    assert (person.programme_role, person.has_usable_password()) == ("administrator", False)
    link = next(line for line in said.output.splitlines() if line.startswith("http://127.0.0.1:8000/konto/"))
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 302
    assert Entry.objects.filter(verb="added").count() == 1


def test_an_organisations_administrator() -> None:
    assert run(*ADD, "--organisation", "larvik", "--organisation-administrator").exit_code == 0
    membership = Person.objects.get().memberships.get()
    assert (membership.organisation, membership.role, membership.state) == ("larvik", "administrator", "active")
    listed = json.loads(run("list", "--json").output)
    assert listed[0]["organisations"] == ["larvik:administrator"]
    assert "larvik:administrator" in run("list").output


def test_a_password_from_standard_input() -> None:
    assert run(*ADD, "--password-stdin", stdin="en lang setning her\n").exit_code == 0
    assert Person.objects.get().check_password("en lang setning her")
    weak = run("add", "ola@eksempel.no", "--name", "Ola", "--password-stdin", stdin="kort\n")
    assert weak.exit_code == 1 and "for kort" in weak.output
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        ["add", "ikke-en-adresse", "--name", "X"],
        [*ADD, "--administrator", "--editor"],
        [*ADD, "--organisation", "finnes-ikke"],
        [*ADD, "--organisation-administrator"],
        ["add", "kari@eksempel.no"],
    ],
)
def test_what_is_written_wrong_makes_nobody(words: list[str]) -> None:
    assert run(*words).exit_code == 2
    assert not Person.objects.exists()


def test_nobody_is_added_twice() -> None:
    run(*ADD)
    again = run(*ADD)
    assert again.exit_code == 1 and "allerede" in again.output


def test_demonstration_people_are_marked_and_get_new_passwords_each_time() -> None:
    first, second = run("demo"), run("demo")
    assert first.exit_code == second.exit_code == 0
    assert Person.objects.filter(demonstration=True).count() == Person.objects.count() == 4
    assert {one.programme_role for one in Person.objects.all()} == {"", "editor", "administrator"}
    rows = [line.split() for line in second.output.splitlines() if "@" in line]
    assert all(Person.objects.get(email=row[0]).check_password(row[1]) for row in rows)
    assert first.output != second.output
    assert all(name.startswith("Demo ") for name in Person.objects.values_list("name", flat=True))


def test_never_beside_real_people_or_where_others_can_reach_us(settings: Any) -> None:
    settings.PUBLIC_URL = "https://ringvirkning.eksempel.no"
    refused = run("demo")
    assert refused.exit_code == 1 and "RINGVIRKNING_PUBLIC_URL" in refused.output
    assert run("demo", "--offer").output == ""
    settings.PUBLIC_URL = ""
    run(*ADD)
    assert run("demo").exit_code == 1
    assert run("demo", "--offer").output == ""
    assert Person.objects.count() == 1


def test_an_empty_home_is_told_how_without_a_terminal() -> None:
    assert "--demo" in run("demo", "--offer").output
    assert not Person.objects.exists()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    pty = pytest.importorskip("pty")
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


def test_at_a_terminal_one_is_asked(set_up_home: Any, terminal: tuple[int, int], tmp_path: Path) -> None:
    ours, theirs = terminal
    os.write(ours, b"y\n")
    command = [sys.executable, "-m", "ringvirkning.cli.main", "users", "demo", "--offer"]
    done = subprocess.run(
        command, env=set_up_home.env, stdin=theirs, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert "Passordene vises bare nå" in done.stdout, done.stderr
