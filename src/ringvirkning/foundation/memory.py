"""How a process that makes and drops a great many things holds its memory."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (20_000, 20, 20)  # new things between looks at the newest, and looks at those between looks at older ones
ONE_HEAP = "MALLOC_ARENA_MAX"  # glibc reads it when a process begins: how many heaps it may have


@contextmanager
def thrifty() -> Iterator[None]:
    """Look seldom for garbage for as long as this lasts, and never at what was there before.

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
    gc.freeze()
    gc.set_threshold(*SELDOM)


def leave_alone() -> None:
    """Never look for garbage in what is here now: a server's word lists stay, and to look through them takes long.

    A full look took 120 ms on a warm server, in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def children_with_one_heap() -> Iterator[None]:
    """Let the processes that are started meanwhile have one heap each, shared by all their threads.

    Linux gives threads heaps of their own, and what one has dropped another cannot use. The engine starts new threads
    for each batch, so a long load grew by a fifth. It must be told before a process begins: told later, it made the
    process that loads a third slower. Other systems than Linux with glibc pass it over.
    """
    before = os.environ.get(ONE_HEAP)
    os.environ.setdefault(ONE_HEAP, "1")
    try:
        yield
    finally:
        if before is None:
            del os.environ[ONE_HEAP]
