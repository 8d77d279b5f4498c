"""Asking a virus scanner: ClamAV's own protocol (INSTREAM) over its socket.

The door stays shut when the scanner does not answer: a file is let in only after a clean "OK".
"""

import socket
import struct
from pathlib import Path

from ringvirkning.sources.documents.terms import NotTaken, Refusal

SECONDS = 60
BLOCK = 1 << 16
MOST_ANSWER = 4_096


def scan(path: Path, scanner: str) -> None:
    """Return when the scanner finds nothing; raise when it finds something or does not answer.

    ``scanner`` is the path of a Unix socket or "host:port".
    """
    try:
        answer = _ask(path, scanner)
    except (OSError, ValueError):
        raise NotTaken(Refusal.SCANNER_SILENT) from None
    if answer.endswith(b" FOUND"):
        raise NotTaken(Refusal.INFECTED)
    if answer != b"stream: OK":
        raise NotTaken(Refusal.SCANNER_SILENT)


def _ask(path: Path, scanner: str) -> bytes:
    with _connected(scanner) as line, path.open("rb") as handle:
        line.sendall(b"zINSTREAM\0")
        while block := handle.read(BLOCK):
            line.sendall(struct.pack(">I", len(block)) + block)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER:
            if not (more := line.recv(1_024)):
                break
            answer += more
    return answer.rstrip(b"\0\n")


def _connected(scanner: str) -> socket.socket:
    if "/" in scanner:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(SECONDS)
            line.connect(scanner)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = scanner.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
