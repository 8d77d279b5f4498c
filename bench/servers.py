"""Servers for measuring: the real one, and a bare hello page served with the very same settings."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import BENCH, environment, in_child

HOST = "127.0.0.1"
READY_WITHIN = 60  # seconds
STOPPED_WITHIN = 10


@dataclass(frozen=True)
class Server:
    """A running server: its first process and its port."""

    name: str
    pid: int
    port: int


def granian_settings() -> dict[str, Any]:
    """Return what ``ringvirkning serve`` hands to Granian, without serving. Called in a child."""
    import granian

    from ringvirkning.cli.main import main

    caught: dict[str, Any] = {}

    class Recorder:
        """Stands where Granian stands and takes notes."""

        def __init__(self, target: str, **settings: Any) -> None:
            caught.update(settings)

        def serve(self) -> None:
            """Do nothing."""

    granian.Granian = Recorder  # type: ignore[assignment]
    main(["serve"], standalone_mode=False)
    return {**caught, "interface": str(caught["interface"])}


@contextmanager
def ringvirkning(home: Path) -> Iterator[Server]:
    """Serve the library of a home, as an operator does."""
    port = _free_port()
    with _serving(
        "Ringvirkning", home, port, ["-m", "ringvirkning.cli.main", "serve", "--port", str(port)], "/helse/"
    ) as server:
        yield server


@contextmanager
def hello(home: Path) -> Iterator[Server]:
    """Serve the hello page with Ringvirkning's own server settings."""
    settings = in_child(home, "servers", "granian_settings")
    port = _free_port()
    arguments = [str(BENCH / "hello" / "serve.py"), json.dumps({**settings, "port": port})]
    with _serving("bare Django", home, port, arguments, "/") as server:
        yield server


def status_of(port: int, path: str) -> int:
    """Return the status a page answers with; 0 when nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(name: str, home: Path, port: int, arguments: list[str], ready: str) -> Iterator[Server]:
    log = home / f"{name.split(maxsplit=1)[0].lower()}-{port}.log"
    with log.open("w") as handle:
        process = subprocess.Popen(
            [sys.executable, *arguments], env=environment(home), stdout=handle, stderr=handle, start_new_session=True
        )
        try:
            _wait_until_ready(process, port, ready, log)
            yield Server(name, process.pid, port)
        finally:
            _stop(process)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if status_of(port, path) == 200:
            return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer on {path}:\n{log.read_text()[-3000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask our own server to end; after a while make its own process group end."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOPPED_WITHIN)
    with suppress(ProcessLookupError):  # the group is empty when everybody went
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
