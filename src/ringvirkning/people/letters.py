"""Writing letters and sending them. Written in a transaction, sent after it, never lost and hardly ever twice."""

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from ringvirkning.people.models import Letter

log = logging.getLogger(__name__)
MOST_TRIES = 16
CLAIM_HOLDS = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)
KEPT = timedelta(days=90)
# What an editor or administrator writes in several lines. Everything else stands in one.
SEVERAL_LINES = {"reason"}


def write_letter(*, to: str, kind: str, language: str, at: datetime, **values: object) -> Letter:
    """Write a letter in the reader's language from the templates ``letters/<kind>.{subject,text,html}``.

    Call inside the transaction that gives cause for the letter: then the letter exists exactly when its cause does.
    Raises ``ValidationError`` when ``to`` is no address: such a letter could never be sent.
    """
    validate_email(to)
    with override(language):
        told = {**_in_one_line(values), "language": language, "public_url": settings.PUBLIC_URL}
        # A subject is one line: whatever came from a form may not begin another header.
        subject = " ".join(render_to_string(f"letters/{kind}.subject", told).split())
        text = render_to_string(f"letters/{kind}.text", told).strip() + "\n"
        html = render_to_string(f"letters/{kind}.html", told)
    return Letter.objects.create(to=to, kind=kind, subject=subject[:300], text=text, html=html, made=at)


def _in_one_line(values: dict[str, object]) -> dict[str, object]:
    """Return names and titles in one line each: nobody may write lines of their own into our letters."""
    return {
        name: " ".join(value.split()) if isinstance(value, str) and name not in SEVERAL_LINES else value
        for name, value in values.items()
    }


def link_to(name: str, *given: object, language: str) -> str:
    """Return the full address of a page in the language of a letter.

    Never under the host a request came with: whoever sends the request chooses that.
    """
    with override(language):
        return f"{settings.PUBLIC_URL or settings.NEAR_URL}{reverse(name, args=given)}"


def send_letters(*, at: datetime, most: int = 50) -> int:
    """Send letters that wait; return how many went. A letter that fails is tried again later, a bit later each time."""
    waiting = Letter.objects.filter(sent=None, given_up=None).filter(Q(claimed=None) | Q(claimed__lt=at - CLAIM_HOLDS))
    return sum(_send(letter, at) for letter in waiting.order_by("made")[:most])


def _send(letter: Letter, at: datetime) -> bool:
    if not _claim(letter, at):
        return False
    try:
        _as_mail(letter).send()
    except Exception as error:
        _note_failure(letter, at, error)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent=at, claimed=None, text="", html="", problem="")
    return True


def _as_mail(letter: Letter) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        # The same letter has the same number each time: killed between sending and noting it, we send again, and
        # most mail programs then show it once.
        "Message-ID": f"<letter-{letter.pk}-{letter.made:%Y%m%d%H%M%S}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    return mail


def _claim(letter: Letter, at: datetime) -> bool:
    """Take the letter, unless somebody else did since we read it."""
    same = Letter.objects.filter(pk=letter.pk, sent=None, given_up=None, claimed=letter.claimed)
    return same.update(claimed=at, tries=letter.tries + 1) == 1


def _note_failure(letter: Letter, at: datetime, error: Exception) -> None:
    tries = letter.tries + 1
    log.warning("letter %s (%s) was not sent, try %s: %s", letter.pk, letter.kind, tries, type(error).__name__)
    given_up = at if tries >= MOST_TRIES or _never_will(error) else None
    # The claim is let go later and later: a server that is down is not knocked at every second.
    wait = min(timedelta(minutes=2**tries), LONGEST_WAIT)
    row = Letter.objects.filter(pk=letter.pk)
    row.update(claimed=at - CLAIM_HOLDS + wait, given_up=given_up, problem=type(error).__name__)


def _never_will(error: Exception) -> bool:
    """Tell whether the server said that this address will never take a letter."""
    refused = error.recipients if isinstance(error, SMTPRecipientsRefused) else {}
    return bool(refused) and all(code >= 500 for code, _ in refused.values())


def forget_old_letters(*, at: datetime) -> None:
    """Delete letters nobody needs any more: who got what is personal data."""
    Letter.objects.filter(made__lt=at - KEPT).delete()
