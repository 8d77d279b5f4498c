"""The address our own processes write in letters when no public address is set."""

import os


def near_url(here: str) -> str:
    """Note where the server listens, for the processes it starts, and return what letters are to say."""
    return os.environ.setdefault("RINGVIRKNING_NEAR_URL", here)
