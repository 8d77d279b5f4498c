"""The server may be killed at any moment: when it comes up again, everything is there."""

import json
import signal
import threading
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest


def fetch(address: str) -> str:
    with urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def test_killed_in_the_middle_of_requests_it_comes_up_whole(set_up_home: Any, serving: Any, case_data: Any) -> None:
    server = serving(set_up_home)
    server.start()
    before = fetch(f"{server.address}/sitemap.xml").count("<loc>")
    file = set_up_home.path / "ny.json"
    new = case_data(id="kvernsteiner-i-kjelleren", title={"nb": "Kvernsteiner i kjelleren"}, revised="2026-11-24")
    file.write_text(json.dumps(new), encoding="utf-8")

    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                fetch(f"{server.address}/biblioteket/?q=" + quote("kvernsteiner eldre faller"))
            except OSError:
                return  # it was killed

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    # The new case makes the running processes bring the index up to date, just when they are killed.
    assert set_up_home.run("cases", "load", str(file)).returncode == 0
    server.end(signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join(30)

    server.start()
    assert json.loads(fetch(f"{server.address}/helse/")) == {"database": True, "index": True, "notices": True}
    assert fetch(f"{server.address}/sitemap.xml").count("<loc>") == before + 1
    assert "Kvernsteiner i kjelleren" in fetch(f"{server.address}/biblioteket/?q=kvernsteiner")
    assert "Traceback" not in server.log


@pytest.mark.parametrize("word", ["a" * 10_000, ("vann" * 2_500), "å-" * 5_000], ids=["letters", "compound", "hyphens"])
def test_one_endless_word_does_not_stop_the_server(word: str, server: Any) -> None:
    """Half a minute is a hard end, not a goal."""
    assert "<h1" in fetch(f"{server.address}/biblioteket/?q={quote(word)}")
