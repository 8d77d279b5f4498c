"""The virus scanner's hook: a small clamd of our own on a socket, well-behaved and not."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import hostile_files as made
from ringvirkning.sources.documents import scan as scanning
from ringvirkning.sources.documents.scan import scan
from ringvirkning.sources.documents.terms import NotTaken, Refusal

Answer = Callable[[bytes], bytes]


def honest(seen: bytes) -> bytes:
    return b"stream: Eicar-Signature FOUND\0" if made.EICAR in seen else b"stream: OK\0"


def clamd(listener: socket.socket, answer: Answer) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line:
            told = line.makefile("rb")
            assert told.read(10) == b"zINSTREAM\0"
            seen = b""
            while size := struct.unpack(">I", told.read(4))[0]:
                seen += told.read(size)
            with contextlib.suppress(BrokenPipeError):  # whoever asked has stopped waiting
                line.sendall(answer(seen))


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Callable[..., str]]:
    listeners = []

    def start(answer: Answer = honest, tcp: bool = False) -> str:
        if tcp:
            listener = socket.create_server(("127.0.0.1", 0))
            address = f"127.0.0.1:{listener.getsockname()[1]}"
        else:
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            address = str(tmp_path / "clamd.ctl")
            listener.bind(address)
            listener.listen()
        listeners.append(listener)
        threading.Thread(target=clamd, args=(listener, answer), daemon=True).start()
        return address

    yield start
    for listener in listeners:
        listener.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "fil").write_bytes(b"hei" * 100_000)
    return tmp_path / "fil"


@pytest.mark.parametrize("tcp", [True, False])
def test_a_clean_file_passes_and_an_infected_one_does_not(scanner, file: Path, tcp: bool) -> None:
    address = scanner(tcp=tcp)
    scan(file, address)
    file.write_bytes(made.EICAR)
    with pytest.raises(NotTaken) as caught:
        scan(file, address)
    assert caught.value.code is Refusal.INFECTED


@pytest.mark.parametrize(
    "answer", [b"", b"\0", b"stream: OK and more\0", b"INSTREAM size limit exceeded. ERROR\0", b"x" * 9_000]
)
def test_anything_but_a_clean_ok_keeps_the_door_shut(
    scanner, file: Path, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 2)
    with pytest.raises(NotTaken) as caught:
        scan(file, scanner(lambda seen: answer))
    assert caught.value.code is Refusal.SCANNER_SILENT


@pytest.mark.parametrize("address", ["/finnes/ikke.ctl", "127.0.0.1:1", "tull", "127.0.0.1:port"])
def test_a_scanner_that_cannot_be_reached_keeps_the_door_shut(file: Path, address: str) -> None:
    with pytest.raises(NotTaken) as caught:
        scan(file, address)
    assert caught.value.code is Refusal.SCANNER_SILENT


def test_a_scanner_that_never_answers_keeps_the_door_shut(scanner, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.3)
    waiting = threading.Event()

    def never(seen: bytes) -> bytes:
        waiting.wait(5)
        return b"stream: OK\0"

    with pytest.raises(NotTaken) as caught:
        scan(file, scanner(never))
    waiting.set()
    assert caught.value.code is Refusal.SCANNER_SILENT
