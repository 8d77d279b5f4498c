"""Homes that have been set up, for processes that are killed in them: on the database the tests run on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings

Environment = dict[str, str]


@contextmanager
def houses(set_up_home: Any, tmp_path: Path) -> Iterator[Callable[[], Environment]]:
    """Give a maker of houses of their own: on SQLite, or on the PostgreSQL the tests run on.

    A house is the environment that a process lives there with.
    """
    with ExitStack() as ends:
        made: list[Path] = []

        def make() -> Environment:
            path = tmp_path / f"house-{len(made)}"
            made.append(path)
            shutil.copytree(set_up_home.path, path)
            env = {
                **set_up_home.env,
                "RINGVIRKNING_HOME": str(path),
                "DJANGO_SETTINGS_MODULE": "ringvirkning.config.settings",
            }
            if django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
                env["DATABASE_URL"], end = a_database(f"house_{os.getpid()}_{len(made)}")
                ends.callback(end)
                set_up = [sys.executable, "-m", "ringvirkning.cli.main", "setup"]
                subprocess.run(set_up, env=env, check=True, capture_output=True, timeout=240)
            return env

        yield make


def a_database(name: str) -> tuple[str, Callable[[], None]]:
    """Make a database beside that of the tests; return its address, and how to take it away."""
    import psycopg

    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")

    def say(sentence: str) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(sentence)

    say(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}", lambda: say(f'DROP DATABASE "{name}" WITH (FORCE)')
