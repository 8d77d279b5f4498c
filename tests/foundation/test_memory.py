"""A load looks seldom for garbage, its helper keeps to one heap; afterwards all is as usual, however it ended."""

import gc
import platform
import subprocess
import sys

import pytest

from ringvirkning.foundation.memory import SELDOM, children_with_one_heap, leave_alone, thrifty

HEAPS = """
import ctypes, threading
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
gate = threading.Barrier(4)
def take():
    gate.wait()
    libc.malloc(100)
    gate.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
libc.malloc_stats()
"""


def test_python_looks_seldom_meanwhile_and_as_usual_afterwards() -> None:
    usual = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), thrifty():
        assert gc.get_threshold() == SELDOM
        assert gc.get_freeze_count()
        raise KeyboardInterrupt
    assert gc.get_threshold() == usual
    assert not gc.get_freeze_count()


def test_what_is_here_now_is_left_alone_until_the_process_ends() -> None:
    try:
        leave_alone()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives threads heaps of their own")
def test_children_have_one_heap_for_all_their_threads() -> None:
    with children_with_one_heap():
        meanwhile = _heaps()
    assert _heaps() > meanwhile == 1


def _heaps() -> int:
    said = subprocess.run([sys.executable, "-c", HEAPS], capture_output=True, text=True, check=True)
    return said.stderr.count("Arena ")
