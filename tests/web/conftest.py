"""What the tests of the pages share: plain files, a visitor, and an end to waiting."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from reading_pages import Page

HARD_LIMIT = 30  # seconds: not how fast we want to be, but how long nobody may hang


@pytest.fixture(autouse=True)
def files_without_fingerprints(settings: Any) -> None:
    """Serve styles under their plain names: tests of pages need no collected files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def visit(client: Client) -> Callable[..., Page]:
    """Return a function that fetches a page as a visitor."""
    client.raise_request_exception = False

    def call(address: str, data: Any = None, **more: Any) -> Page:
        return Page(address, client.get(address, data, **more))

    return call


@pytest.fixture
def hard_limit() -> Iterator[None]:
    """Stop the test when it has hung for half a minute."""

    def stop(*given: object) -> None:
        raise TimeoutError(f"No answer in {HARD_LIMIT} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HARD_LIMIT)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
