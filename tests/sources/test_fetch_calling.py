"""How we behave as a guest: how often we ask, how long we wait, what we never swallow."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.sources.fetching.calling import Caller, Manners
from ringvirkning.sources.fetching.exchange import Answer
from ringvirkning.sources.fetching.trouble import SENTENCES, Trouble, quoted
from ringvirkning.sources.fetching.whole import is_whole_archive, is_whole_xml
from ringvirkning.sources.wire import Unfetchable

REAL = Path(__file__).resolve().parents[2] / "../shared/data/notices"


def said(body: bytes = b"{}", status: str = "200 OK", **more: object) -> bytes:
    fields = {"Content_Length": len(body), "Connection": "close", **more}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


@contextmanager
def answering(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Answer with these bytes, one for each connection, the last again and again. Yields address and what was asked."""
    asked: list[bytes] = []
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                guest, _ = door.accept()
            except OSError:
                return
            with guest, suppress(OSError):  # whoever hangs up on us is no fault
                asked.append(guest.recv(65_536))
                guest.sendall(answers[min(len(asked), len(answers)) - 1])
                guest.shutdown(socket.SHUT_WR)
                guest.recv(65_536)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}", asked
    finally:
        door.close()


def patient(base: str, slept: list[float], *, chance: float = 0.5, **manners: Any) -> Caller:
    """A caller that notes how long it would have waited."""
    how = Manners(**{"per_second": 10.0, "tries": 4, **manners})
    return Caller("Prøven", base, "PRØVE_URL", how, sleep=slept.append, chance=lambda: chance)


def waits(slept: list[float]) -> list[float]:
    """Without the ordinary pause between two requests, which the tests let pass at once."""
    return [wait for wait in slept if wait > 0.101]


def test_the_pause_between_requests_is_kept() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 6))
        now[0] += seconds

    with answering(said()) as (base, asked):
        caller = Caller("Prøven", base, "", Manners(per_second=2), clock=lambda: now[0], sleep=sleep)
        for _turn in range(3):
            caller.get("/a")
        now[0] += 10
        caller.get("/a")
    assert len(asked) == 4 and slept == [0.5, 0.5]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_we_wait_as_long_as_we_are_asked_to(status: str) -> None:
    slept: list[float] = []
    with answering(said(status=status, Retry_After=7), said(b'{"a": 1}')) as (base, asked):
        assert patient(base, slept).get("/a").data() == {"a": 1}
    assert len(asked) == 2
    assert [round(wait) for wait in waits(slept)] == [7] and min(waits(slept)) >= 7


def test_a_time_to_wait_until_is_understood() -> None:
    slept: list[float] = []
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with answering(said(status="429 X", Retry_After=until), said()) as (base, _):
        patient(base, slept).get("/a")
    assert 27 < waits(slept)[0] < 32


def test_asked_to_wait_for_too_long_we_come_back_another_time() -> None:
    slept: list[float] = []
    with answering(said(status="429 X", Retry_After=301)) as (base, asked), pytest.raises(Trouble) as caught:
        patient(base, slept).get("/a")
    assert caught.value.code == "asked-to-wait" and "6 minutter" in caught.value.sentence
    assert len(asked) == 1 and not waits(slept)


@pytest.mark.parametrize("nonsense", ["om litt", "", "-5", "1e400", "nan", "²", "Mon, 99 Foo 2026"])
def test_nonsense_about_waiting_is_not_followed(nonsense: str) -> None:
    slept: list[float] = []
    with answering(said(status="429 X", Retry_After=nonsense), said()) as (base, _):
        assert patient(base, slept).get("/a").status == 200
    assert waits(slept) == [pytest.approx(0.2)]


def test_waits_double_with_chance_in_them_up_to_a_limit() -> None:
    with answering(said(status="502 X")) as (base, asked):
        least, most = [], []
        patient(base, least, chance=0.0, tries=8, longest_wait=3).get("/a")
        patient(base, most, chance=0.999, tries=8, longest_wait=3).get("/a")
    assert len(asked) == 16
    assert waits(least)[-1] == pytest.approx(0.5 * 3)
    assert waits(most)[:4] == [pytest.approx(1.499 * wait) for wait in (0.2, 0.4, 0.8, 1.6)]
    assert max(most) == pytest.approx(1.499 * 3)


@pytest.mark.parametrize("status", ["400 X", "401 X", "403 X", "404 X", "410 X"])
def test_an_answer_that_will_not_change_is_not_asked_for_again(status: str) -> None:
    with answering(said(status=status)) as (base, asked):
        assert patient(base, []).get("/a").status == int(status[:3])
    assert len(asked) == 1


@pytest.mark.parametrize(
    "where",
    ["http://localhost:{port}/a", "https://127.0.0.1:{port}/a", "http://127.0.0.1:1/a", "//x/", "file:///etc/passwd"],
)
def test_we_are_not_led_elsewhere(where: str) -> None:
    with answering(said()) as (elsewhere, asked_there):
        there = where.format(port=elsewhere.rpartition(":")[2])
        with answering(said(status="302 X", Location=there)) as (base, asked), pytest.raises(Trouble) as caught:
            patient(base, []).get("/a")
    assert caught.value.code == "moved" and len(asked) == 1 and not asked_there


def test_in_circles_on_the_same_host_we_stop() -> None:
    with answering(said(status="301 X", Location="/a")) as (base, asked), pytest.raises(Unfetchable) as caught:
        patient(base, [], tries=1).get("/a")
    assert caught.value.code == "redirects" and len(asked) == 4


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_too_large_is_dropped_and_not_asked_for_again(packed: bool) -> None:
    body = bytes(40_000_000)
    answer = said(gzip.compress(body), Content_Encoding="gzip") if packed else said(body)
    with answering(answer) as (base, asked), pytest.raises(Unfetchable) as caught:
        patient(base, [], most_bytes=1_000_000).get("/a")
    assert caught.value.code == "too_large" and len(asked) == 1


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "zstd"])
def test_a_packing_we_did_not_ask_for_is_not_kept_as_if_it_were_a_notice(packing: str) -> None:
    with (
        answering(said(b"hva som helst", Content_Encoding=packing)) as (base, asked),
        pytest.raises(Unfetchable) as caught,
    ):
        patient(base, []).get("/a")
    assert caught.value.code == "broken" and len(asked) == 4


def test_a_packed_answer_that_stops_before_its_end_is_asked_for_again() -> None:
    """The library hands out what came of it, as if that were all."""
    packed = gzip.compress(bytes(range(256)) * 500)
    for cut in (len(packed) // 2, len(packed) - 1):
        half, whole = (said(body, Content_Encoding="gzip") for body in (packed[:cut], packed))
        with answering(half, whole) as (base, asked):
            assert patient(base, []).get("/a").body == bytes(range(256)) * 500
        assert len(asked) == 2


def test_a_kept_connection_the_host_has_closed_is_opened_again_at_once() -> None:
    slept: list[float] = []
    with answering(said(b"{}", Connection=None)) as (base, asked):
        caller = patient(base, slept, tries=1)
        for _turn in range(3):
            assert caller.get("/a").status == 200
            time.sleep(0.05)
    assert len(asked) == 3 and not waits(slept)


@pytest.mark.parametrize("drip", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_drip_does_not_hold_us(drip: bytes) -> None:
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                guest, _ = door.accept()
                threading.Thread(target=dripping, args=(guest,), daemon=True).start()
            except OSError:
                return

    def dripping(guest: socket.socket) -> None:
        try:
            guest.sendall(drip)
            while True:
                time.sleep(0.1)
                guest.sendall(b"X-A: b\r\n" if drip.endswith(b"K\r\n") else b".")
        except OSError:
            guest.close()

    threading.Thread(target=serve, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(Unfetchable) as caught:
        patient(f"http://127.0.0.1:{door.getsockname()[1]}", [], whole=0.6, tries=2).get("/a")
    door.close()
    assert caught.value.code == "too_slow" and time.monotonic() - began < 6


def test_who_we_are_is_told_and_a_contact_cannot_write_headers() -> None:
    with answering(said()) as (base, asked):
        for contact in ("biblioteket@eksempel.no", "a\r\nX-Evil: b"):
            caller = patient(base, [])
            caller.contact = contact
            caller.get("/a")
    assert b"User-Agent: Ringvirkning/" in asked[0] and b"(+biblioteket@eksempel.no)" in asked[0]
    assert b"Evil" not in asked[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_our_own_fault() -> None:
    with answering(said(b"x" * 100_000)) as (base, asked), pytest.raises(OSError, match="No space left"):
        patient(base, []).download("/a", Path("/dev/full"))
    assert len(asked) == 1


def test_a_file_comes_to_the_disk_whole_or_again(tmp_path: Path) -> None:
    whole = gzip.compress(b"pakke" * 10_000)
    with answering(said(whole[:50]), said(whole, Content_Length=len(whole) + 5), said(whole)) as (base, asked):
        target = tmp_path / "pakke"
        patient(base, []).download("/a", target, sound=lambda answer: is_whole_archive(target))
    assert target.read_bytes() == whole and len(asked) == 3


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"a": "b\x0bc\td"}', {"a": "b\x0bc\td"}), (b"\xef\xbb\xbf{}", {}), (b"[1]", {}), (b"", {}), (b"{", {}),
        (b'{"a": "\xff"}', {"a": "�"}), (b"[" * 100_000, {}),
    ],
)  # fmt: skip
def test_json_is_read_with_control_characters_and_never_breaks_us(body: bytes, found: dict[str, Any]) -> None:
    assert Answer(200, {}, body).data() == found


WHOLE = b"""<?xml version="1.0"?>
<!-- en <b> --><!DOCTYPE a [<!ELEMENT a ANY>]>
<x:a xmlns:x="y"><b/>tekst</x:a>
<!-- slutt -->
"""


def test_a_document_cut_anywhere_is_not_whole() -> None:
    assert (
        is_whole_xml(WHOLE) and is_whole_xml(b"\xef\xbb\xbf" + WHOLE) and is_whole_xml(WHOLE.decode().encode("utf-16"))
    )
    end = WHOLE.index(b"</x:a>") + len(b"</x:a>")
    for cut in range(end):
        assert not is_whole_xml(WHOLE[:cut]), WHOLE[:cut]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"tekst", b"<!DOCTYPE html><html><body></body></html>", b"<HTML></HTML>", b"<a></b>", b"PK\x03\x04",
        b"<a/>", b"-->", b"?>",
    ],
)  # fmt: skip
def test_what_is_no_document_is_not_whole(body: bytes) -> None:
    assert not is_whole_xml(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 10**6, b"<a>" + b"<!-- -->" * 10**6, b"<!-- -->" * 10**6, b"<a>" + b"<!--" * 10**6 + b"-->",
        b"<a>" + b" " * 10**7, b" " * 10**7, b"<!DOCTYPE a [" + b"]" * 10**6, b"<!DOCTYPE a " * 10**5,
        b"<?" * 10**6 + b"?>",
        b"<a>" + b"<!-- <b> -->\n" * 10**5 + b"</b>", b"<a " * 10**6, b"</a" * 10**6, b"<a>" + b"?>" * 10**6,
    ],
    ids=range(13),
)  # fmt: skip
def test_nobody_makes_us_look_for_ever(body: bytes) -> None:
    """A document made to keep us busy; and one of a few comments did, once."""
    assert not is_whole_xml(body)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real notices are not here")
def test_real_notices_are_whole_and_none_is_when_cut() -> None:
    for path in REAL.rglob("*.xml"):
        data = path.read_bytes()
        assert is_whole_xml(data), path.name
        assert not any(is_whole_xml(data[: len(data) * part // 10]) for part in range(10)), path.name


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said(code: str) -> None:
    values = "name setting said address filter minutes status where sentence file".split()
    sentence = Trouble(code, **dict.fromkeys(values, "X")).sentence
    assert "{" not in sentence and sentence.endswith((".", "X")) and sentence[0].isupper()


def test_what_a_source_says_is_quoted_short_and_clean() -> None:
    assert quoted("a\x07b\n\nc") == ": «a b c»"
    assert quoted("") == quoted(None) == ""
    assert len(quoted("x" * 10_000)) < 210
    assert quoted("nøkkelen hemmelig er feil", "hemmelig") == ": «nøkkelen … er feil»"
