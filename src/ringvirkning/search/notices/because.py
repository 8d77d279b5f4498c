"""Why a notice is a hit: the matching words of its texts, marked, each text read as the language it is in."""

from collections.abc import Iterator
from functools import partial

from ringvirkning.foundation.memo import Memo
from ringvirkning.search.notices.noticedoc import Passage, passages
from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.tongues import read_in
from ringvirkning.search.why import ReadPassage, Reason, most_telling, read_passage, stretches
from ringvirkning.sources.notices.record import Notice as Record

LONG = 2_000  # characters: of longer texts only the stretches that look like hits are read
_read: Memo[ReadPassage] = Memo(4_000)


def reasons_for(record: Record, understood: Understood, reader: str) -> list[Reason]:
    """Return the most telling snippets of a notice for this need, best first. ``reader`` is the reader's language."""
    looked_at = (one for one in _looked_at(record, understood) if _is_for(reader, one))
    return most_telling((_reading(one) for one in looked_at), understood)


def _is_for(reader: str, passage: Passage) -> bool:
    """Tell whether a passage is shown to this reader: of the labels of codes, only those in the reader's language."""
    return passage.part != "codes" or (passage.language == "en") == (reader == "en")


def _looked_at(record: Record, understood: Understood) -> Iterator[Passage]:
    """Yield what is read to find the reasons: whole texts, and stretches of long ones."""
    for passage in passages(record):
        if len(passage.text) <= LONG:
            yield passage
            continue
        found = list(stretches(passage.text, understood)) or [passage.text[:LONG]]
        yield from (passage._replace(text=text) for text in found)


def _reading(passage: Passage) -> ReadPassage:
    key = (passage, analyser().vocabulary.name)
    return _read.get(
        key, lambda: read_passage(passage.part, passage.text, partial(read_in, passage.language), passage.language)
    )
