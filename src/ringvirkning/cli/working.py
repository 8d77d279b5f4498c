"""Doing what is due in the background: letters, reading of files, links, yearly questions."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import click

from ringvirkning.cli.house_door import need_tables

log = logging.getLogger(__name__)
SECONDS_BETWEEN = 2.0
SECONDS_TO_END = 20.0
# A worker that dies at once is started again less and less often.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


@click.command(epilog="Eksempel: ringvirkning work --once")
@click.option("--once", is_flag=True, help="Gjør det som venter nå, og avslutt.")
@click.option("--beside", type=int, metavar="PID", help="Avslutt når denne prosessen er borte. Brukes av «serve».")
def work(once: bool, beside: int | None) -> None:
    """Gjør det som venter: send brev, les dokumenter, besøk lenker, spør om saker fortsatt stemmer."""
    ending = threading.Event()
    if not once:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *given: ending.set())
    need_tables()
    from ringvirkning.publishing.jobs import Rhythm, run_due

    if once:
        failed = run_due(datetime.now(UTC))
        if failed:
            raise click.ClickException(f"Dette gikk ikke: {', '.join(failed)}. Se loggen.")
        return
    rhythm = Rhythm()
    while not ending.is_set() and not _left_alone(beside):
        _round(lambda: run_due(datetime.now(UTC), rhythm))
        ending.wait(SECONDS_BETWEEN)


def _left_alone(beside: int | None) -> bool:
    """Tell whether the server we work beside is gone, also when it was killed and could not end us."""
    return beside is not None and os.getppid() != beside


def _round(run: object) -> None:
    """Go through the jobs once. Whatever goes wrong is a line in the log, never the end of the worker."""
    from django.db import close_old_connections

    try:
        close_old_connections()
        if callable(run):
            run()
    except Exception:
        log.exception("a round of work failed")


class WorkerBeside:
    """A worker process that lives beside the web server: started again when it dies, ended with the server."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def __enter__(self) -> "WorkerBeside":
        self._keeper.start()
        return self

    def __exit__(self, *given: object) -> None:
        self._ending.set()
        if self._process:
            self._process.terminate()
        self._keeper.join(SECONDS_TO_END)
        if self._process and self._process.poll() is None:
            self._process.kill()

    def _keep(self) -> None:
        wait = FIRST_WAIT
        while not self._ending.is_set():
            started = time.monotonic()
            self._process = _start()
            if self._ending.is_set():  # ended between the question and the start
                self._process.terminate()
            code = self._process.wait()
            if self._ending.is_set():
                return
            wait = FIRST_WAIT if time.monotonic() - started > LONGEST_WAIT else min(2 * wait, LONGEST_WAIT)
            if code:
                log.warning("the worker ended with code %s and is started again in %.0f s", code, wait)
            self._ending.wait(wait)


def _start() -> subprocess.Popen[bytes]:
    """Start a worker without a pipe to it.

    When Python closes the files itself, it waits on a pipe until the child has become another program. The web server
    forks its own processes at the same moment; one of them may come to hold that pipe for as long as it lives, and we
    would neither see the worker die nor end it. Left to the system there is no pipe, and our files are not inherited
    either way.
    """
    return subprocess.Popen(_command(), close_fds=False)


def _command() -> list[str]:
    return [sys.executable, "-m", "ringvirkning.cli.main", "work", "--beside", str(os.getpid())]
