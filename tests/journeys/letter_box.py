"""A letter box: a mail server that keeps every letter it is handed, for the people of a journey to open."""

import re
import socketserver
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

PATIENCE = 60  # seconds until a letter has come


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to be handed a letter."""

    def handle(self) -> None:
        self.say("220 her")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 kom med det")
                self.server.box.take(self.letter())  # type: ignore[attr-defined]
            self.say("221 ha det" if verb == b"QUIT" else "250 takk")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


@dataclass
class LetterBox:
    """Every letter that has come, and a door on a port of its own."""

    letters: list[EmailMessage] = field(default_factory=list)

    def __enter__(self) -> "LetterBox":
        self.door = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self.door.daemon_threads = True
        self.door.box = self  # type: ignore[attr-defined]
        threading.Thread(target=self.door.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *given: object) -> None:
        self.door.shutdown()
        self.door.server_close()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.door.server_address[1]}?tls=none"

    def take(self, letter: bytes) -> None:
        self.letters.append(message_from_bytes(letter, policy=default))  # type: ignore[arg-type]

    def to(self, email: str, about: str = "") -> list[EmailMessage]:
        return [one for one in self.letters if one["To"] == email and about in one["Subject"]]

    def letter(self, email: str, about: str = "", number: int = 1) -> EmailMessage:
        """Wait for a letter with these words in its subject, the first or a later one, and return it."""
        until = time.monotonic() + PATIENCE
        while len(found := self.to(email, about)) < number:
            if time.monotonic() > until:
                came = [f"{one['To']}: {one['Subject']}" for one in self.letters]
                raise AssertionError(f"letter {number} «{about}» to {email} did not come; came: {came}")
            time.sleep(0.1)
        return found[number - 1]


def text_of(letter: EmailMessage) -> str:
    body: Any = letter.get_body(("plain",))
    return str(body.get_content())


def link_in(letter: EmailMessage) -> str:
    """Return the one address in a letter."""
    found = re.findall(r"https?://\S+", text_of(letter))
    assert len(found) == 1, text_of(letter)
    return str(found[0])
