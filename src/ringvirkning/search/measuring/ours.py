"""Our own search over texts that lie in no table: the program's reading, weighing and engine, in a new index."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ringvirkning.search.engines.tantivy_engine import TantivyEngine, build
from ringvirkning.search.measuring.figures import Nearest
from ringvirkning.search.notices.noticedoc import KIND, NOTICES, Passage, terms_of
from ringvirkning.search.notices.query import understand_anywhere, weigh
from ringvirkning.search.plan import Document, Plan
from ringvirkning.search.query import Understood


class OurIndex:
    """An index in a folder that is gone when nobody holds this any more."""

    def __init__(self, texts: Mapping[str, Iterable[Passage]]) -> None:
        """Build the index of these texts by key, each said in passages."""
        self._folder = tempfile.TemporaryDirectory(prefix="ringvirkning-")
        documents = (Document(key, KIND, {"text": terms_of(said)}, {}, {}) for key, said in texts.items())
        build(Path(self._folder.name), NOTICES, documents, 0)
        self.engine = TantivyEngine(Path(self._folder.name), NOTICES)

    def nearest(self, text: str, most: int) -> list[tuple[str, float]]:
        """Return the best keys for a text with their scores."""
        return self.find(understand_anywhere(text), most)

    def find(self, understood: Understood, most: int) -> list[tuple[str, float]]:
        """Return the best keys for what was understood."""
        terms = weigh(understood, self.engine.shares)
        return self.engine.find(Plan(terms, NOTICES.kinds, limit=most, counted=())).hits if terms else []


def nearest_ours(texts: Mapping[str, Iterable[Passage]]) -> Nearest:
    """Return our own search over these texts."""
    return OurIndex(texts).nearest
