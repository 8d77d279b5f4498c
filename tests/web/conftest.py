"""What the tests of the pages share: plain files, a visitor, and an end to waiting."""

import hashlib
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


@pytest.fixture
def put_in(library: Any, now: Any) -> Callable[..., list[Any]]:
    """Return a function that stores notices beside the seed library, and gives their rows back in the same order."""
    from ringvirkning.catalogue.notices import operations, queries
    from ringvirkning.catalogue.notices.naming import key_of
    from ringvirkning.catalogue.notices.terms import Loadable
    from ringvirkning.sources.notices.record import to_json

    def call(*records: Any) -> list[Any]:
        raws = [hashlib.sha256(to_json(one)).hexdigest() for one in records]
        operations.store([Loadable(raw, one.file, "1", (one,)) for raw, one in zip(raws, records, strict=True)], at=now)
        keys = [key_of(one, raw=raw, place=0) for raw, one in zip(raws, records, strict=True)]
        found = [queries.notice_by_key(key) for key in keys]
        return [one for one in found if one]

    return call
