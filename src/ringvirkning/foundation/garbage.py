"""How often Python looks for garbage that only points at itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (20_000, 20, 20)  # new things between looks at the newest, and looks at those between looks at older ones


@contextmanager
def looking_seldom() -> Iterator[None]:
    """Look seldom for as long as this lasts, and never at what was there before.

    A load makes and drops hundreds of things for each notice and keeps hundreds of thousands of words. Hardly any of
    them point at each other, so nearly all go when they are let go of; looking through them every 700 new things, as
    Python does by itself, took a fifth of the time.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def look_seldom() -> None:
    """Look seldom until this process ends."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
