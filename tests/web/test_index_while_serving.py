"""The index may vanish or break while visitors are here: they are told, see the cases plainly, and soon can search."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reading_pages import Page, number_in, text_of

from ringvirkning.catalogue.models import Case
from ringvirkning.search import index as search_index

REBUILDING = "Søket bygges opp på nytt"
PATIENCE = 30  # seconds a rebuild may take on a slow day


@pytest.fixture
def builder_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let the mending wait until the test says go, so that its middle can be seen."""
    go, build = threading.Event(), search_index.rebuild

    def wait_and_build() -> Path:
        assert go.wait(PATIENCE)
        return build()

    monkeypatch.setattr(search_index.index.builds, "rebuild", wait_and_build)
    yield go
    go.set()


def vanish(folder: Path) -> None:
    shutil.rmtree(folder)


def forget_which(folder: Path) -> None:
    (folder / "current").unlink()


def tear(folder: Path) -> None:
    """Cut every file of the build in half, and make the process open it anew as a restart would."""
    for file in search_index.current_build().rglob("*"):  # type: ignore[union-attr]
        if file.is_file():
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    search_index.index._engine = None


def soon(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("harm", [vanish, forget_which, tear])
def test_a_visitor_sees_the_cases_while_the_search_is_mended(
    harm: Callable[[Path], None],
    library_for_real: Path,
    builder_waits: threading.Event,
    visit: Callable[..., Page],
) -> None:
    assert REBUILDING not in visit("/biblioteket/").words
    harm(library_for_real)

    page = visit("/biblioteket/?q=eldre+faller&theme=helse")
    assert page.status == 200
    assert REBUILDING in page.words
    assert number_in(text_of(page.one("h2", id="antall"))) == Case.objects.count()
    titles = list(Case.objects.order_by("pk").values_list("title", flat=True))
    assert sum(title in page.words for title in titles) >= 10
    assert page.all("input", type="checkbox") == [], "filters that do nothing are not shown"
    for address in ("/", "/tema/", "/tema/helse/", "/kart/", "/virksomheter/larvik/", "/nn/biblioteket/?side=3"):
        assert visit(address).status == 200, address
    for one in Case.objects.all()[:3]:
        assert visit(f"/biblioteket/{one.case_id}/").status == 200

    builder_waits.set()
    assert soon(lambda: REBUILDING not in visit("/biblioteket/?q=eldre+faller").words)
    assert visit("/biblioteket/?q=eldre+faller").all("mark"), "the search answers with reasons again"
    assert visit("/helse/").response.json() == {"database": True, "index": True, "notices": True}


def test_health_tells_of_a_missing_index(library_for_real: Path, visit: Callable[..., Page]) -> None:
    shutil.rmtree(library_for_real)
    answer = visit("/helse/").response
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "index": False, "notices": True}


def test_an_empty_house_is_not_healthy_and_still_opens(empty_catalogue: None, visit: Callable[..., Page]) -> None:
    assert visit("/helse/").status == 503
    for address in (
        "/",
        "/biblioteket/",
        "/biblioteket/?q=eldre",
        "/tema/",
        "/tema/helse/",
        "/virksomheter/",
        "/kart/",
    ):
        assert visit(address).status == 200, address
