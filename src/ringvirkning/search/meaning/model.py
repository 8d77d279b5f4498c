"""The seam between us and a model of meaning: texts in, vectors out. Texts that mean the same lie near each other.

numpy is not there in every installation, so nothing here needs it to run.
"""

from collections.abc import Sequence
from typing import Any, Protocol

Vectors = Any  # an array of numpy's, float32: one vector, or a row for each text


class Meaning(Protocol):
    """A model of meaning. Its vectors are float32 and of length 1, so that their product says how near they are."""

    @property
    def name(self) -> str:
        """Which model it is: two that give other vectors have other names. Letters, figures and hyphens only."""

    def of_need(self, text: str) -> Vectors:
        """Return the vector of what somebody looks for."""

    def of_texts(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text that may be found."""


class MeaningMissing(Exception):
    """The stage cannot be used; the sentence, in bokmål, says what lacks and what to do."""
