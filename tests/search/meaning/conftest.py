"""A model made up for the tests: it knows three subjects by pieces of words, and remembers what it read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ringvirkning.search.meaning import stage

SUBJECTS = (("snø", "brøyt", "skavl"), ("medisin", "pille", "tablett"), ("ystingsverk", "geitmelk", "bukkehorn"))


class MadeUp:
    """Vectors of how much a text speaks of each subject, and a little of none."""

    def __init__(self, name: str = "made-up", stop_after: int | None = None) -> None:
        self.name = name
        self.stop_after = stop_after  # texts, then it is interrupted
        self.read: list[str] = []
        self.asked: list[str] = []

    def of_need(self, text: str) -> Any:
        self.asked.append(text)
        return self._vector(text)

    def of_texts(self, texts: Any) -> Any:
        for text in texts:
            if self.stop_after is not None and len(self.read) >= self.stop_after:
                raise KeyboardInterrupt
            self.read.append(text)
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def _vector(self, text: str) -> Any:
        told = [sum(text.lower().count(piece) for piece in pieces) for pieces in SUBJECTS]
        vector = np.array([*told, 0.5], dtype=np.float32)
        return vector / np.linalg.norm(vector)


@pytest.fixture
def made_up() -> type[MadeUp]:
    return MadeUp


@pytest.fixture
def switched_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., MadeUp]]:
    """Turn the stage on with a made-up model, as in a process that has just begun."""

    def switch(model: MadeUp | None = None) -> MadeUp:
        model = model or MadeUp()
        settings.MEANING_MODEL = "some-folder"
        monkeypatch.setattr(stage, "load", lambda folder: model)
        stage._made.clear()
        return model

    yield switch
    for one in stage._made.values():
        if one and one._following:
            one._following.join(30)
    stage._made.clear()


@pytest.fixture
def vectors_file(own_index_folder: Path) -> Path:
    return own_index_folder / "meaning-made-up.sqlite3"
