"""A load looks seldom for garbage and keeps to one heap; afterwards Python looks as usual, however it ended."""

import gc
import platform
import subprocess
import sys

import pytest

from ringvirkning.foundation.memory import SELDOM, leave_alone, thrifty

HEAPS = """
import ctypes, sys, threading
from ringvirkning.foundation.memory import keep_to_one_heap
if sys.argv[1] == "one":
    assert keep_to_one_heap()
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
def test_all_threads_share_one_heap_when_it_is_asked_for() -> None:
    assert _heaps("as usual") > _heaps("one") == 1


def _heaps(how: str) -> int:
    said = subprocess.run([sys.executable, "-c", HEAPS, how], capture_output=True, text=True, check=True)
    return said.stderr.count("Arena ")
