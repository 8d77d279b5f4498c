"""kill -9 in the middle of saving, uploading and publishing: what was acknowledged is there, and nothing is half done.

Each test kills the whole server, its worker too, at an arbitrary moment, many times over. A client keeps writing
meanwhile and remembers what it was told had succeeded.
"""

import hashlib
import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

PASSWORD = "fjell-og-vidde-i-solskinn"
KILLS = 6
WRITER, EDITOR = "skriver@larvik.eksempel.no", "redaktor@eksempel.no"


class Browser:
    """Somebody signed in, with no more than cookies and forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=30)

    def post(self, path: str, data: Any = None, **more: Any) -> requests.Response:
        token = self.session.cookies.get("csrftoken", "")
        headers = {"X-CSRFToken": token, "Referer": self.address, **more.pop("headers", {})}
        return self.session.post(self.address + path, data=data, headers=headers, timeout=30, **more)

    def sign_in(self, email: str) -> "Browser":
        self.get("/konto/logg-inn/")
        answer = self.post("/konto/logg-inn/", {"login": email, "password": PASSWORD})
        assert "sessionid" in self.session.cookies, answer.text[:2000]
        return self


def hidden(page: str) -> dict[str, str]:
    """The hidden fields a save must send back."""
    return {
        name: found.group(1)
        for name in ("version", "page")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
    }


@pytest.fixture
def house(set_up_home: Any, serving: Callable[[Any], Any]) -> Iterator[Any]:
    """Give a running server with a contributor and an editor."""
    for words in (
        (WRITER, "--name", "Siv Skriver", "--organisation", "larvik"),
        (EDITOR, "--name", "Rune Redaktør", "--editor"),
    ):
        add_user(set_up_home, *words)
    server = serving(set_up_home)
    server.start()
    with database(server) as tables:  # a second factor is another test's matter: here she is a demonstration person
        tables.execute("UPDATE people_person SET demonstration = 1 WHERE email = ?", [EDITOR])
    yield server


def add_user(home: Any, *words: str) -> None:
    command = [sys.executable, "-m", "ringvirkning.cli.main", "users", "add", *words, "--password-stdin"]
    done = subprocess.run(
        command, env=home.env, input=PASSWORD + "\n", capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def database(server: Any) -> sqlite3.Connection:
    connection = sqlite3.connect(server.home.path / "ringvirkning.sqlite3", timeout=30)
    connection.row_factory = sqlite3.Row
    return connection


def new_draft(browser: Browser) -> str:
    """Begin an empty draft; return its key."""
    page = browser.get("/del/").text
    assert "csrfmiddlewaretoken" in page
    answer = browser.post("/del/", {"way": "blank", "do": "blank", "organisation": "larvik"})
    found = re.search(r"/del/([0-9a-f-]{36})/", answer.url)
    assert found, answer.text[:3000]
    return found.group(1)


def whole(server: Any) -> None:
    """The database is sound and nothing in it is half done."""
    with database(server) as tables:
        assert tables.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert tables.execute("PRAGMA foreign_key_check").fetchall() == []
        numbers = [row[0] for row in tables.execute("SELECT seq FROM catalogue_change ORDER BY seq")]
        assert numbers == list(range(1, len(numbers) + 1)), "the change sequence has a hole"
        assert not tables.execute("SELECT 1 FROM catalogue_case WHERE revision_id IS NULL").fetchall()
        assert not tables.execute(
            "SELECT 1 FROM publishing_draft WHERE state = 'published' AND case_id IS NULL"
        ).fetchall()
        for row in tables.execute("SELECT sha256, size FROM catalogue_stored_file"):
            content = stored(server, row["sha256"]).read_bytes()
            assert len(content) == row["size"]
            assert hashlib.sha256(content).hexdigest() == row["sha256"]


def stored(server: Any, sha256: str) -> Path:
    [found] = [path for path in (server.home.path / "files").rglob(f"{sha256}*") if path.name == sha256]
    return Path(found)


def killed_and_up_again(server: Any, work: Callable[[threading.Event], None], seed: int) -> None:
    """Let the work go on, kill everything at an arbitrary moment, and start again."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,))
    thread.start()
    time.sleep(random.Random(seed).uniform(0.05, 0.9))
    server.end(signal.SIGKILL)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    server.start()
    whole(server)


def test_no_acknowledged_keystroke_is_lost(house: Any) -> None:
    browser = Browser(house.address).sign_in(WRITER)
    key = new_draft(browser)
    step = f"/del/{key}/behov/"
    acknowledged = [0]
    sent = [0]

    def type_on(stop: threading.Event) -> None:
        try:
            fields = hidden(browser.get(step).text)
        except requests.RequestException:
            return
        while not stop.is_set():
            sent[0] += 1
            typed = {**fields, "clock": str(int(time.time() * 1000)), "title.nb": f"Tittel nummer {sent[0]}"}
            try:
                answer = browser.post(step, typed, headers={"X-Lagring": "1"})
                outcome = answer.json()
            except (requests.RequestException, ValueError):
                return
            assert outcome["outcome"] == "saved", outcome
            fields["version"] = str(outcome["version"])
            acknowledged[0] = sent[0]

    for round_ in range(KILLS):
        before = acknowledged[0]
        killed_and_up_again(house, type_on, round_)
        with database(house) as tables:
            rows = tables.execute("SELECT content FROM publishing_draft_part WHERE step = 'need'").fetchall()
        title = json.loads(rows[0]["content"]).get("title", {}).get("nb", "") if rows else ""
        kept = int(title.rpartition(" ")[2] or 0) if title else 0
        # The one under way when the server died may or may not be there; nothing older may be missing.
        assert acknowledged[0] <= kept <= sent[0], (before, acknowledged, kept, sent)
        assert str(kept) in browser.get(step).text if kept else True
        sent[0] = max(sent[0], kept)
    assert acknowledged[0] > KILLS, "hardly anything was saved: the test did not test much"


def test_an_acknowledged_upload_is_whole_and_no_other_is_half(house: Any) -> None:
    browser = Browser(house.address).sign_in(WRITER)
    key = new_draft(browser)
    step = f"/del/{key}/dokumenter/"
    acknowledged: dict[str, bytes] = {}
    number = [0]

    def upload(stop: threading.Event) -> None:
        while not stop.is_set():
            number[0] += 1
            name = f"notat-{number[0]}"
            content = (f"Notat {number[0]}. " + "Vannet renner i grøfta. " * 4_000).encode()
            try:
                fields = hidden(browser.get(step).text)
                answer = browser.post(
                    step, {**fields, "do": "upload"}, files={"files": (f"{name}.txt", content, "text/plain")}
                )
            except requests.RequestException:
                return
            if answer.status_code == 200 and name in answer.text:
                acknowledged[name] = content

    for round_ in range(KILLS):
        killed_and_up_again(house, upload, 100 + round_)
        page = browser.get(step).text
        for name in acknowledged:
            assert name in page, f"{name} was acknowledged and is gone"
    assert acknowledged
    for document in documents_of_the_draft(house):
        content = stored(house, document["file"]["sha256"]).read_bytes()
        assert content == acknowledged.get(document["title"], content)
        assert browser.get(f"/del/{key}/fil/{document['file']['sha256']}/").content == content
    # What was under way lies in a folder of its own, which is swept when it is a day old.
    under_way = [path for path in (house.home.path / "files").iterdir() if path.name.startswith("arriving-")]
    assert len(under_way) <= KILLS * 2, "every kill leaves at most what was under way"


def documents_of_the_draft(server: Any) -> list[dict[str, Any]]:
    with database(server) as tables:
        [row] = tables.execute("SELECT content FROM publishing_draft_part WHERE step = 'documents'").fetchall()
    found: list[dict[str, Any]] = json.loads(row["content"])["documents"]
    return found


def test_a_case_is_published_whole_or_not_at_all(house: Any, case_data: Callable[..., dict[str, Any]]) -> None:
    writer = Browser(house.address).sign_in(WRITER)
    editor = Browser(house.address).sign_in(EDITOR)
    keys = [submitted(writer, case_data, number) for number in range(KILLS * 4)]
    waiting = list(keys)
    acknowledged: set[str] = set()

    def publish(stop: threading.Event) -> None:
        while waiting and not stop.is_set():
            key = waiting[0]
            try:
                answer = editor.post(f"/del/{key}/publiser/")
            except requests.RequestException:
                return
            if answer.status_code == 200 and "/biblioteket/" in answer.url:  # the published case
                acknowledged.add(key)
                waiting.pop(0)
            elif stop.is_set():
                return
            else:  # it may have been published just as the server died, before we were told
                waiting.append(waiting.pop(0))

    for round_ in range(KILLS):
        killed_and_up_again(house, publish, 200 + round_)
        published = {key for key, row in drafts(house).items() if is_published(editor, row)}
        assert acknowledged <= published
        waiting[:] = [key for key in keys if key not in published]
    assert acknowledged, "nothing was published: the test did not test much"
    found = editor.get("/biblioteket/?q=kvernsteinsvarme").text
    assert found.count("Kvernsteinsvarme") >= min(len(acknowledged), 5)


def drafts(server: Any) -> dict[str, sqlite3.Row]:
    """Every draft by its key, with the case it became."""
    with database(server) as tables:
        rows = tables.execute(
            "SELECT d.key, d.state, c.case_id, r.origin FROM publishing_draft d"
            " LEFT JOIN catalogue_case c ON c.id = d.case_id"
            " LEFT JOIN catalogue_case_revision r ON r.id = c.revision_id"
        ).fetchall()
    return {str(uuid.UUID(str(row["key"]))): row for row in rows}


def is_published(editor: Browser, row: sqlite3.Row) -> bool:
    """A draft is published with all that goes with it, or waits as it did: there is nothing between."""
    if row["state"] == "published":
        assert row["origin"] == "shared"
        assert editor.get(f"/biblioteket/{row['case_id']}/").status_code == 200
        return True
    assert (row["state"], row["case_id"]) == ("submitted", None)
    return False


def submitted(writer: Browser, case_data: Callable[..., dict[str, Any]], number: int) -> str:
    """Share a case from a file, and send it in; return the draft's key."""
    data = case_data(id=f"kvernsteinsvarme-{number}", title={"nb": f"Kvernsteinsvarme {number}"}, contacts=[])
    writer.get("/del/")
    answer = writer.post(
        "/del/fra-fil/",
        {"organisation": "larvik"},
        files={"file": ("sak.json", json.dumps(data).encode(), "application/json")},
    )
    found = re.search(r"/del/([0-9a-f-]{36})/", answer.url)
    assert found, (answer.url, answer.text[:3000])
    answer = writer.post(f"/del/{found.group(1)}/send-inn/", {"agreed": "1"})
    assert answer.status_code == 200, answer.text
    return found.group(1)
