"""Letters: written, sent over a real SMTP connection, never lost, and not sent twice by two workers."""

import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection

from ringvirkning.config.mail import SMTP, Mail, mail
from ringvirkning.people import letters
from ringvirkning.people.letters import forget_old_letters, link_to, send_letters, write_letter
from ringvirkning.people.models import Letter

HELD = letters.CLAIM_HOLDS + timedelta(seconds=1)


class Inbox:
    """What a server has taken, and how it answers: with ``refuse`` it takes nothing."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], Message]] = []
        self.refuse = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    """A mail server on this machine that our letters go to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Inbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.DEFAULT_FROM_EMAIL = "Ringvirkning <brev@bibliotek.eksempel.no>"
    yield box
    controller.stop()


@pytest.fixture
def letter(db: None, now: datetime) -> Letter:
    return written(now)


def written(at: datetime, **values: Any) -> Letter:
    told = {"title": "Varme i grunnen", "link": "https://bibliotek.eksempel.no/bekreft/x/", **values}
    return write_letter(to="post@larvik.eksempel.no", kind="trust_confirm", language="nb", at=at, **told)


def test_it_arrives_as_text_and_as_html(inbox: Inbox, letter: Letter, now: datetime) -> None:
    assert send_letters(at=now) == 1
    to, got = inbox.taken[0]
    assert to == ["post@larvik.eksempel.no"]
    assert str(make_header(decode_header(got["Subject"]))) == "Stemmer saken «Varme i grunnen» fortsatt?"
    assert got["From"] == "Ringvirkning <brev@bibliotek.eksempel.no>"
    assert got["Auto-Submitted"] == "auto-generated"
    parts = {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in got.walk()
        if not part.is_multipart()
    }
    assert set(parts) == {"text/plain", "text/html"}
    assert all("https://bibliotek.eksempel.no/bekreft/x/" in part for part in parts.values())
    assert '<html lang="nb">' in parts["text/html"]
    # Opening it tells nobody.
    assert not any(word in parts["text/html"] for word in ("<img", "src=", "<script", "url(", "<link"))
    letter.refresh_from_db()
    assert (letter.text, letter.html, letter.sent) == ("", "", now), "secrets in links are not kept"


def test_a_name_cannot_write_a_header_of_its_own(inbox: Inbox, db: None, now: datetime) -> None:
    written(now, title="Varme\r\nBcc: alle@eksempel.no\r\n\r\nHei <script>x</script>")
    send_letters(at=now)
    to, got = inbox.taken[0]
    assert to == ["post@larvik.eksempel.no"] and got["Bcc"] is None
    html = next(part for part in got.walk() if part.get_content_type() == "text/html").get_payload(decode=True)
    assert b"<script" not in html


@pytest.mark.parametrize("to", ["", "kari", "a@b\nBcc: c@d.no", "a@b.no, c@d.no"])
def test_what_is_no_address_gets_no_letter(db: None, now: datetime, to: str) -> None:
    with pytest.raises(ValidationError):
        write_letter(to=to, kind="trust_confirm", language="nb", at=now, title="x", link="y")
    assert not Letter.objects.exists()


def test_a_server_that_is_down_is_asked_later_and_later(inbox: Inbox, letter: Letter, now: datetime) -> None:
    inbox.refuse = "451 try again"
    waits, at = [], now
    for _ in range(4):
        assert send_letters(at=at) == 0
        start = at
        while not Letter.objects.filter(claimed__lt=at - letters.CLAIM_HOLDS).exists():
            at += timedelta(minutes=1)
        waits.append((at - start).total_seconds() // 60)
    assert waits == sorted(waits) and waits[0] <= 3 < waits[-1]
    assert Letter.objects.get().problem == "SMTPRecipientsRefused"
    inbox.refuse = ""
    assert send_letters(at=at) == 1 and len(inbox.taken) == 1


def test_it_gives_up_in_the_end_and_after_days_not_hours(inbox: Inbox, letter: Letter, now: datetime) -> None:
    inbox.refuse, at = "451 try again", now
    while Letter.objects.filter(given_up=None).exists():
        send_letters(at=at)
        at += timedelta(hours=7)
    assert at - now > timedelta(days=2)
    assert send_letters(at=at + timedelta(days=1)) == 0


def test_an_address_that_does_not_exist_is_tried_once(inbox: Inbox, letter: Letter, now: datetime) -> None:
    inbox.refuse = "550 no such user"
    send_letters(at=now)
    assert Letter.objects.get().given_up == now


def test_nobody_at_home_is_a_failure_like_others(inbox: Inbox, settings: Any, letter: Letter, now: datetime) -> None:
    settings.EMAIL_PORT = 1
    assert send_letters(at=now) == 0
    assert Letter.objects.get().problem == "ConnectionRefusedError"


def test_a_worker_killed_between_taking_and_sending_is_followed_by_another(
    inbox: Inbox, letter: Letter, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(letter: Letter) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(letters, "_as_mail", die)
        with pytest.raises(Killed):
            send_letters(at=now)
    assert send_letters(at=now + timedelta(minutes=9)) == 0, "somebody may be at it"
    assert send_letters(at=now + HELD) == 1
    assert len(inbox.taken) == 1


def test_killed_after_sending_it_is_sent_again_with_the_same_number(
    inbox: Inbox, letter: Letter, now: datetime
) -> None:
    whole = Letter.objects.filter(pk=letter.pk).values("text", "html").get()
    send_letters(at=now)
    # As if the worker had died before it could note that the letter went.
    Letter.objects.filter(pk=letter.pk).update(sent=None, claimed=now, **whole)
    send_letters(at=now + HELD)
    assert len({got["Message-ID"] for _, got in inbox.taken}) == 1 and len(inbox.taken) == 2


def test_two_workers_send_each_letter_once(
    inbox: Inbox, empty_for_real: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        written(now, title=f"Sak {number}")
    sent: list[int] = []
    # Both have read the same list of waiting letters before either takes one.
    both_have_read, claim = threading.Barrier(2), letters._claim

    def claim_together(letter: Letter, at: datetime) -> bool:
        both_have_read.wait(30)
        return claim(letter, at)

    monkeypatch.setattr(letters, "_claim", claim_together)

    def work() -> None:
        sent.append(send_letters(at=now))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert sum(sent) == 12
    assert sorted(str(make_header(decode_header(got["Subject"]))) for _, got in inbox.taken) == sorted(
        f"Stemmer saken «Sak {number}» fortsatt?" for number in range(12)
    )


def test_old_letters_are_forgotten(letter: Letter, now: datetime) -> None:
    forget_old_letters(at=now + timedelta(days=89))
    assert Letter.objects.exists()
    forget_old_letters(at=now + timedelta(days=91))
    assert not Letter.objects.exists()


def test_links_in_letters_have_the_public_address_and_the_readers_language(settings: Any) -> None:
    settings.PUBLIC_URL = "https://bibliotek.eksempel.no"
    assert link_to("web:consent", "abc", language="nb") == "https://bibliotek.eksempel.no/samtykke/abc/"
    assert link_to("web:consent", "abc", language="nn") == "https://bibliotek.eksempel.no/nn/samtykke/abc/"


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("", Mail()),
        ("smtp://post.eksempel.no", Mail(SMTP, "post.eksempel.no", 587, "", "", "starttls")),
        ("smtps://u:p%40ss@post.eksempel.no", Mail(SMTP, "post.eksempel.no", 465, "u", "p@ss", "ssl")),
        ("smtp://localhost:2525?tls=none", Mail(SMTP, "localhost", 2525, "", "", "none")),
    ],
)
def test_where_letters_go_is_one_address(address: str, meant: Mail) -> None:
    assert mail(address) == meant


@pytest.mark.parametrize("address", ["post.eksempel.no", "http://x", "smtp://", "smtp://x:ab", "smtp://x?tls=maybe"])
def test_a_mistaken_address_is_told_in_words(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="RINGVIRKNING_MAIL skrives slik"):
        mail(address)
