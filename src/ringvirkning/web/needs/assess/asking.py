"""Asking for answers on behalf of an assessment: its need as it was read and mended, and what is new since."""

from django.utils.translation import get_language

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import last_change
from ringvirkning.foundation.memo import Memo
from ringvirkning.needs.answering.answer import Question, answer
from ringvirkning.needs.answering.news import answered_since
from ringvirkning.needs.answers import Answers
from ringvirkning.needs.assessment import Adjusted, Assessment, Told
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.queries import read
from ringvirkning.needs.statement.read import read_need
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.needs.whatsnew import News, news_for

_news: Memo[News] = Memo(500)


def reading_of(assessment: Assessment) -> NeedReading:
    """Return how an assessment's need is read, with what was struck and added."""
    return reading(assessment.need, assessment.told, assessment.adjusted)


def reading(need: str, told: Told, adjusted: Adjusted) -> NeedReading:
    """Return how a need is read in the page's language."""
    return read_need(need, told=told, adjusted=adjusted, reader=get_language() or "nb")


def answers_to(need: NeedReading, organisation: Organisation | None = None) -> Answers:
    """Return what answers a need that was read."""
    return answer(Question(need.understood, codes=need.codes, reader=get_language() or "nb", like=organisation))


def news_of(row: AssessmentRow, since: int) -> News:
    """Return what is new for an assessment after a change number. Made once for each state of it and the catalogue."""
    newest = last_change()
    if since >= newest:
        return News(None)
    return _news.get((str(row.key), row.changed, since, newest), lambda: _made(row, since))


def _made(row: AssessmentRow, since: int) -> News:
    content = read(row)
    return news_for(content, reading_of(content), key=str(row.key), since=since, answers=answered_since)
