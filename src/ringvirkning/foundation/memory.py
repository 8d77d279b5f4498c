"""How a process that makes and drops a great many things holds its memory."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (20_000, 20, 20)  # new things between looks at the newest, and looks at those between looks at older ones
M_ARENA_MAX = -8  # glibc's name for how many heaps a process may have, from its malloc.h


@contextmanager
def thrifty() -> Iterator[None]:
    """Look seldom for garbage for as long as this lasts, never at what was there before, and keep to one heap.

    A load makes and drops hundreds of things for each notice and keeps hundreds of thousands of words. Hardly any of
    them point at each other, so nearly all go when they are let go of; looking through them every 700 new things, as
    Python does by itself, took a fifth of the time.
    """
    usual = gc.get_threshold()
    be_thrifty()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def be_thrifty() -> None:
    """The same, until this process ends."""
    keep_to_one_heap()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def leave_alone() -> None:
    """Never look for garbage in what is here now: a server's word lists stay, and to look through them takes long.

    A full look took 120 ms on a warm server, in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()


def keep_to_one_heap() -> bool:
    """Let all threads of this process share one heap, until it ends; return whether the system could.

    Linux gives threads heaps of their own, and what one has dropped another cannot use. The engine starts new threads
    for each batch, so a long load grew by a fifth. Other systems than Linux with glibc have no such call, and no need.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1))
    except (AttributeError, OSError, TypeError):
        return False
