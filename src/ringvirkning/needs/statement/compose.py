"""From what was typed and told to the text that is searched for."""

from dataclasses import dataclass

from ringvirkning.needs.assessment import Told
from ringvirkning.needs.statement.clean import plain
from ringvirkning.needs.statement.long_text import MOST_WORDS, is_long, most_telling

TOLD_WORDS = 80  # of each answer to a guided question; the questions ask for a sentence or two
LEAST_WORDS = 120  # of the statement itself, however much was told


@dataclass(frozen=True)
class Composed:
    """The need as it is searched for: what is wanted, and what has been tried, which weighs less."""

    wanted: str
    tried: str
    shortened: bool


def composed_need(text: str, told: Told) -> Composed:
    """Return the need as one text. Answers come after the statement; each is shortened when it is long."""
    answers = [_short(answer, TOLD_WORDS) for answer in (told.today, told.whom, told.often, told.better) if answer]
    tried = _short(told.tried, TOLD_WORDS) if told.tried else ""
    left = max(LEAST_WORDS, MOST_WORDS - sum(len(answer.split()) for answer in answers))
    statement = plain(text)
    whole = "\n".join(part for part in (statement, *answers) if part)
    if not is_long(whole):
        return Composed(whole, tried, shortened=False)
    return Composed("\n".join([most_telling(statement, left), *answers]), tried, shortened=is_long(statement))


def _short(answer: str, most: int) -> str:
    clean = plain(answer)
    return most_telling(clean, most) if len(clean.split()) > most else clean
