"""What the problem costs in a year, as the pages say it: a small table, sentences, and numbers hardly meant."""

from decimal import Decimal

from django.utils.translation import get_language, gettext

from ringvirkning.needs.assessment import Assessment, ProblemValue
from ringvirkning.needs.value import ENDS, Amounts, Told, doubts_about, rounded, told, worth_of
from ringvirkning.web.needs.assess.words import field_word
from ringvirkning.web.templatetags.rv import number


def worth_said(assessment: Assessment) -> dict[str, object]:
    """Return the rough sum for a page: rows of low, likely and high, sentences, and doubts."""
    value = assessment.zero.value or ProblemValue()
    worth = worth_of(value)
    rows = [("hours", gettext("Timer i året"), worth.hours), ("kroner", gettext("Kroner i året"), worth.kroner)]
    return {
        "rows": [(name, label, _cells(name, amounts)) for name, label, amounts in rows],
        "known": worth.hours.known or worth.kroner.known,
        "told": " ".join(map(_said, told(value))),
        "doubts": _doubts(value),
    }


def sentences(assessment: Assessment) -> dict[str, str]:
    """Return the same by place, for the script that shows it while somebody types."""
    value = assessment.zero.value or ProblemValue()
    worth = worth_of(value)
    cells = dict([*_cells("hours", worth.hours), *_cells("kroner", worth.kroner)])
    return {**cells, "told": " ".join(map(_said, told(value))), "doubts": " ".join(_doubts(value))}


def _cells(name: str, amounts: Amounts) -> list[tuple[str, str]]:
    return [(f"{name}-{end}", _rough(getattr(amounts, end))) for end in ENDS]


def _rough(amount: Decimal | None) -> str:
    return "–" if amount is None else number(rounded(amount))


def _said(sentence: Told) -> str:
    missing = [gettext(one) for one in sentence.missing]
    return sentence.filled(gettext(sentence.sentence), missing, get_language() or "nb")


def _doubts(value: ProblemValue) -> list[str]:
    places = ((one.part, gettext(one.sentence)) for one in doubts_about(value))
    return [f"{field_word(f'zero.value.{part}')} {said}" if part else said for part, said in places]
