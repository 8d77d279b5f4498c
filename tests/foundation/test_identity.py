"""National identity numbers are told from other numbers."""

import pytest

from ringvirkning.foundation.identity import is_identity_number


@pytest.mark.parametrize("digits", ["01810050019", "41810050002", "01410050036"])
def test_valid_ones_are_known_with_those_for_foreigners_and_for_tests(digits: str) -> None:
    assert is_identity_number(digits)


@pytest.mark.parametrize("digits", ["01810050018", "00810050019", "918082956", "", "0181005001a", "٠١٨١٠٠٥٠٠١٩"])
def test_others_are_not(digits: str) -> None:
    assert not is_identity_number(digits)
