"""Pure decisions about people: whose address it is, how long an invitation lives, who may leave."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from ringvirkning.people.terms import MemberRole, MembershipState

INVITATION_LASTS = timedelta(days=14)
MOST_OPEN_INVITATIONS = 50  # to one organisation at a time: nobody can use us to write to the whole country
# Domains under which many organisations have theirs, and where anybody can have a mailbox: neither proves anything.
SHARED_DOMAINS = frozenset({"kommune.no", "fylkeskommune.no", "stat.no", "dep.no", "herad.no", "suohkan.no"})
PUBLIC_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.no live.com live.no msn.com yahoo.com yahoo.no icloud.com"
    " me.com mac.com proton.me protonmail.com online.no broadpark.no getmail.no start.no epost.no altibox.no lyse.net"
    " gmx.com gmx.net mail.com fastmail.com tutanota.com tuta.io".split()
)


def domain_of(web: str) -> str:
    """Return the domain an organisation has for itself, by the address of its pages, or "".

    A page inside another's pages (``oslo.kommune.no/etat``) says nothing about whose the mailboxes are.
    """
    parts = urlsplit(web if "//" in web else f"//{web}")
    domain = _ascii((parts.hostname or "").removeprefix("www."))
    shared = domain in SHARED_DOMAINS | PUBLIC_MAIL
    return "" if shared or "." not in domain or parts.path.strip("/") else domain


def belongs(email: str, web: str) -> bool:
    """Tell whether an e-mail address stands in an organisation's own domain, or in one below it."""
    own, given = domain_of(web), _ascii(email.rpartition("@")[2])
    return bool(own) and given not in PUBLIC_MAIL and (given == own or given.endswith(f".{own}"))


def _ascii(domain: str) -> str:
    """Return a domain as the net writes it, so that æ and its look-alikes are told apart. "" when it is none."""
    try:
        return domain.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return ""


def is_last_administrator(members: Iterable[tuple[int, str, str]], person: int) -> bool:
    """Tell whether a person is the only active administrator among members (person, role, state)."""
    wanted = (MemberRole.ADMINISTRATOR, MembershipState.ACTIVE)
    return {who for who, role, state in members if (role, state) == wanted} == {person}
