"""What every test can ask for. The network is off, every test has its own index folder, nothing is shared.

- ``case_data(...)`` gives a small sound case file as plain data; ``a_case(...)`` the same as the typed document.
- ``empty_catalogue`` is a database without rows, ``library`` one with the whole seed library and a ready index.
- ``somebody(role)`` is a person with that role, ``coming_as(role)`` a browser where that person is signed in.
- ``empty_for_real`` and ``library_for_real`` are the same with true commits, for tests with threads.
  Ask for one of the four and leave the mark ``django_db`` out.
"""

import copy
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import models, transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile(
    "house",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    # Our function fixtures are plain functions and folders; sharing them between examples is meant.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NEAR_HOSTS = {"localhost", "127.0.0.1", "::1", "", None}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a database: only that needs to run once more on the other one."""
    for item in items:
        asks = {"db", "transactional_db", "library_once"} & set(getattr(item, "fixturenames", ()))
        if asks or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def network_off() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    patch = pytest.MonkeyPatch()
    whole = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    look_up = socket.getaddrinfo

    def refuse_far(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if not (name in NEAR_HOSTS or str(name).startswith("127.")):
            raise OSError(f"The network is off in tests: {name!r} was asked for.")

    def guarded(name: str) -> Callable[..., Any]:
        def call(self: socket.socket, *given: Any) -> Any:
            address = given[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
                refuse_far(address[0])
            return whole[name](self, *given)

        return call

    def near_look_up(host: object, *rest: Any, **more: Any) -> Any:
        refuse_far(host)
        return look_up(host, *rest, **more)

    for name in whole:
        patch.setattr(socket.socket, name, guarded(name))
    patch.setattr(socket, "getaddrinfo", near_look_up)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Keep SQLite's test database in a file, as in use: threads then meet the same locks as visitors do."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        calm = database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        database["OPTIONS"] = {**database["OPTIONS"], "init_command": calm}


@pytest.fixture(autouse=True)
def own_index_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Give each test an index folder of its own, and wait for whatever it set going there."""
    from ringvirkning.search.index import index
    from ringvirkning.search.notices.index import notices_index

    settings.SEARCH_INDEX = tmp_path / "index"
    settings.FILES, settings.EXPORTS = tmp_path / "files", tmp_path / "exports"
    both = (index, notices_index)
    for one in both:
        one._engine = one._build = None
    yield settings.SEARCH_INDEX
    for one in both:
        if one._healing is not None:
            one._healing.join(30)
            one._healing = None
        one._engine = one._build = None


@pytest.fixture(autouse=True)
def the_house_language() -> Iterator[None]:
    """Begin in bokmål: a thread stays in the language of the page it made last."""
    translation.activate(django_settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@dataclass(frozen=True)
class Home:
    """An installation in a folder of its own, reached as people reach it: by the command line."""

    path: Path

    @property
    def env(self) -> dict[str, str]:
        """What a process needs to live in this home: SQLite, and nothing of ours."""
        ours = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "COVERAGE_PROCESS_START"}
        }
        source = str(ROOT / "src")
        return {**ours, "RINGVIRKNING_HOME": str(self.path), "PYTHONPATH": source, "PYTHONIOENCODING": "utf-8"}

    def run(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``ringvirkning`` with these words and wait for it."""
        command = [sys.executable, "-m", "ringvirkning.cli.main", *words]
        return subprocess.run(
            command, env=self.env, cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False
        )


@pytest.fixture
def fresh_home(tmp_path: Path) -> Home:
    """Give a home nobody has set up."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def home_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """Set a home up once per worker; with what was said meanwhile."""
    home = Home(tmp_path_factory.mktemp("house") / "home")
    done = home.run("setup")
    assert done.returncode == 0, done.stderr
    return home, done.stdout


@pytest.fixture
def set_up_home(home_once: tuple[Home, str], tmp_path: Path) -> Home:
    """Give a home of one's own that has been set up."""
    shutil.copytree(home_once[0].path, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture
def now() -> datetime:
    """Return the time tests hand in."""
    return NOW


SMALL_CASE: dict[str, Any] = {
    "format": "ringvirkning-case",
    "version": 1,
    "id": "varme-i-grunnen",
    "title": {"nb": "Varme i grunnen"},
    "summary": {"text": {"nb": "Kommunen henter varme fra grunnen under skolen."}, "sources": ["s1"]},
    "themes": ["energi"],
    "state": {"status": "in_use", "as_of": "2024"},
    "need": {"description": {"text": {"nb": "Skolen bruker for mye strøm."}, "sources": ["s1"]}},
    "parties": [{"organisation": {"name": "Lillestrøm kommune"}, "role": "lead", "sources": ["s1"]}],
    "approach": [{"phase": "need", "start": "2022", "text": {"nb": "Vaktmesteren målte."}, "sources": ["s1"]}],
    "figures": [
        {
            "id": "spart",
            "kind": "expected",
            "effect": "cost_saved",
            "label": {"nb": "Spart strøm"},
            "value": 100000,
            "unit": "NOK",
            "per": "year",
            "sources": ["s1"],
        }
    ],
    "procurement": {
        "procedure": "tender",
        "contract": {"value": {"amount": 2000000}, "sources": ["s1"]},
        "sources": ["s1"],
    },
    "contacts": [{"organisation": {"name": "Lillestrøm kommune"}, "role": {"nb": "Eiendomsavdelingen"}}],
    "sources": [
        {"id": "s1", "title": "Egen rapport", "url": "https://eksempel.no/a", "kind": "report", "checked": "2026"}
    ],
    "licence": "CC-BY-4.0",
    "revised": "2026-11-23",
}


@pytest.fixture
def case_data() -> Callable[..., dict[str, Any]]:
    """Return a function that gives a small sound case file as plain data, with fields replaced."""
    return lambda **fields: {**copy.deepcopy(SMALL_CASE), **fields}


@pytest.fixture
def a_case(case_data: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """Return a function that gives a small sound case file as the typed document, with fields replaced."""
    from ringvirkning.sources.casefile.model import CaseFile

    return lambda **fields: CaseFile.model_validate_json(json.dumps(case_data(**fields)))


def _tables() -> list[type[models.Model]]:
    """Every table of the catalogue with its own rows, those that others point at first."""
    names = ("Organisation", "OrganisationName", "Case", "CaseRevision", "CaseParty", "Change", "Counter")
    own = [apps.get_model("catalogue", name) for name in names]
    return [*own, apps.get_model("catalogue", "Organisation").successors.through]


def _empty() -> None:
    apps.get_model("catalogue", "Case").objects.update(revision=None)
    for table in reversed(_tables()):
        rows = table.objects.all()
        rows._raw_delete(rows.db)


def _put_back(rows: dict[type[models.Model], list[models.Model]]) -> None:
    """Write the rows of a library. Cases come before their revisions, so their links are set last."""
    from ringvirkning.catalogue.models import Case

    with transaction.atomic():
        _empty()
        for table, kept in rows.items():
            copies = [copy.copy(row) for row in kept]
            if table is Case:
                for one in copies:
                    one.revision_id = None
            table.objects.bulk_create(copies)
        Case.objects.bulk_update(rows[Case], ["revision"])
    _move_sequences()


def _move_sequences() -> None:
    """Let PostgreSQL number new rows after the ones put in with their numbers."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for command in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(command)


@pytest.fixture
def empty_for_real(transactional_db: None) -> None:
    """Give a catalogue without a single row, with true commits that other threads can see."""
    _empty()


@pytest.fixture(scope="session")
def library_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[type[models.Model], list[models.Model]], Path]:
    """Load the seed library once per worker: its rows, and an index of it to copy. Nothing stays in the database."""
    from ringvirkning.catalogue import registers, seed
    from ringvirkning.catalogue.terms import Origin
    from ringvirkning.search.index import rebuild
    from ringvirkning.search.notices.index import ensure_notices

    folder = tmp_path_factory.mktemp("library") / "index"
    before, django_settings.SEARCH_INDEX = django_settings.SEARCH_INDEX, folder
    try:
        with django_db_blocker.unblock(), transaction.atomic():
            _empty()
            registers.load_organisations(at=NOW)
            _, refused = seed.load_case_files(paths=seed.seed_files(), origin=Origin.SEED, at=NOW)
            assert not refused, [(one.name, one.faults[0].sentence) for one in refused]
            rebuild()
            ensure_notices()
            rows = {table: list(table.objects.all()) for table in _tables()}
            transaction.set_rollback(True)
    finally:
        django_settings.SEARCH_INDEX = before
    return rows, folder


@pytest.fixture
def empty_catalogue(db: None) -> None:
    """Give a catalogue without a single row."""
    _empty()


@pytest.fixture
def _library_rows(library_once: Any, django_db_blocker: Any) -> None:
    """See to it that the library stands in the database, committed, before the test's own transaction begins."""
    from ringvirkning.catalogue.models import Case

    with django_db_blocker.unblock():
        if Case.objects.count() != len(library_once[0][Case]):
            _put_back(library_once[0])


def _copy_indexes(made: Path, own: Path) -> None:
    """Copy the index of cases, and that of notices, which has none yet, beside it."""
    shutil.copytree(made, own)
    shutil.copytree(made.with_name(f"{made.name}-notices"), own.with_name(f"{own.name}-notices"))


@pytest.fixture
def library(_library_rows: None, db: None, library_once: Any, own_index_folder: Path) -> Path:
    """Give the whole seed library with a ready index; what the test changes is undone. Returns the index folder."""
    _copy_indexes(library_once[1], own_index_folder)
    return own_index_folder


@pytest.fixture
def library_for_real(transactional_db: None, library_once: Any, own_index_folder: Path) -> Path:
    """Give the whole seed library with true commits, which other threads can see. Returns the index folder."""
    _put_back(library_once[0])
    _copy_indexes(library_once[1], own_index_folder)
    return own_index_folder


HOME_OF_ALL = "larvik"  # the organisation that people in tests speak for, when nothing else is said
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def somebody() -> Callable[..., Any]:
    """Return a maker of people: ``somebody(role, name=…, organisation=…, email=…)``. Needs a database."""
    from allauth.account.models import EmailAddress

    from ringvirkning.people.models import Membership, Person
    from ringvirkning.people.terms import MemberRole, MembershipState, Role

    speaks = {Role.CONTRIBUTOR: MemberRole.CONTRIBUTOR, Role.ORGANISATION_ADMINISTRATOR: MemberRole.ADMINISTRATOR}

    def make(
        role: Role = Role.CONTRIBUTOR, *, name: str = "", organisation: str = HOME_OF_ALL, email: str = "", **more: Any
    ) -> Person:
        email = email or f"{role.value}-{Person.objects.count()}@{organisation}.eksempel.no"
        programme = role.value if role in {Role.EDITOR, Role.ADMINISTRATOR} else ""
        given = {"name": name or f"Test {role.value}", "programme_role": programme, "joined": NOW, **more}
        # Marked as demonstration, an editor needs no second factor: tests of that rule make their own.
        person = Person.objects.create_user(email=email, demonstration=bool(programme), **given)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        if role in speaks:
            Membership.objects.create(
                person=person, organisation=organisation, role=speaks[role], state=MembershipState.ACTIVE, since=NOW
            )
        return person

    return make


@pytest.fixture
def coming_as(somebody: Callable[..., Any]) -> Callable[..., Any]:
    """Return a maker of browsers: ``coming_as(role)``, ``coming_as(person)``. Visitors come without a cookie."""
    from django.test import Client

    from ringvirkning.people.models import Person
    from ringvirkning.people.terms import Role

    def come(who: Role | Person, **client: Any) -> Client:
        browser = Client(**client)
        if who != Role.VISITOR:
            browser.force_login(who if isinstance(who, Person) else somebody(who), backend=SIGN_IN)
        return browser

    return come
