"""The one door from bytes to records: what they are is seen by their content, never by the name.

Pure: no Django, no network, no files. Parsing is fenced: no entities, no DOCTYPE, no huge trees, and a limit on size.
"""

from ringvirkning.sources.notices.oddities import Unreadable
from ringvirkning.sources.notices.record import Notice
from ringvirkning.sources.notices.terms import Source

__all__ = ["READER", "Unreadable", "read_document"]

# Version of the reading code: raise it when a record read again would differ, so that what is loaded is read again.
READER = "1"


def read_document(data: bytes, *, file: str, source: Source | None = None) -> list[Notice]:
    """Return the notices in a document: one for XML, one or more for OCDS packages.

    ``file`` is the name to tell people; ``source`` is told from the content when it is not given.
    Raises ``Unreadable`` and nothing else, whatever the bytes are.
    """
    raise Unreadable("not-a-notice")
