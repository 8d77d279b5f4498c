"""Python looks for garbage as usual again when a load has ended, however it ended."""

import gc

import pytest

from ringvirkning.foundation.garbage import SELDOM, looking_seldom


def test_python_looks_seldom_meanwhile_and_as_usual_afterwards() -> None:
    usual = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt), looking_seldom():
        assert gc.get_threshold() == SELDOM
        assert gc.get_freeze_count()
        raise KeyboardInterrupt
    assert gc.get_threshold() == usual
    assert not gc.get_freeze_count()
