"""Why a case is here that says none of the need's words: the model finds that what it tells lies near in meaning."""

from ringvirkning.search.casedoc import passages
from ringvirkning.search.why import WIDTH, Reason
from ringvirkning.sources.casefile.model import CaseFile

PART = "meaning"  # named in words by the faces, as the parts of a case are
SHOWN = ("need", "summary", "title")  # the first of these that a case has; every case has a title


def near_reason(case_file: CaseFile) -> Reason:
    """Return the reason, with the beginning of what the case tells of its need for the reader to judge by."""
    said = {one.part: one for one in reversed(passages(case_file))}
    told = next(said[part] for part in SHOWN if part in said)
    end = len(told.text) if len(told.text) <= WIDTH else told.text.rfind(" ", 0, WIDTH)
    return Reason(PART, told.text[:end] + (" …" if end < len(told.text) else ""), (), (), language=told.language)
