"""Secrets that stand in links we send. The link holds the secret; we keep only its digest."""

import hashlib
import secrets

BYTES = 32


def new_token() -> tuple[str, str]:
    """Return a new secret for a link, and the digest to keep."""
    token = secrets.token_urlsafe(BYTES)
    return token, digest_of_token(token)


def digest_of_token(token: str) -> str:
    """Return what is kept of a secret: enough to know it again, useless to whoever reads the tables."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
