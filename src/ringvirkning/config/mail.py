"""Where letters are handed over, read from one address such as ``smtp://user:password@host:587?tls=starttls``."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CONSOLE = "django.core.mail.backends.console.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
HELP = "RINGVIRKNING_MAIL skrives slik: smtp://bruker:passord@vert:587?tls=starttls (tls: starttls, ssl eller none)."
# How the connection is made secret → the port when none is given.
PORTS = {"starttls": 587, "ssl": 465, "none": 25}


@dataclass(frozen=True)
class Mail:
    """Where letters go."""

    backend: str = CONSOLE
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: str = "none"


def mail(address: str) -> Mail:
    """Return where letters go. Nothing given means that they are printed where the program runs."""
    if not address:
        return Mail()
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(HELP) from None
    tls = parse_qs(parts.query).get("tls", ["ssl" if parts.scheme == "smtps" else "starttls"])[0]
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or tls not in PORTS:
        raise ImproperlyConfigured(HELP)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(SMTP, parts.hostname, port or PORTS[tls], user, password, tls)
