"""How a figure is worded wherever a reader meets it: what is counted, and under which condition."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ringvirkning.sources.casefile.model import Figure
from ringvirkning.sources.casefile.terms import Effect, FigureKind, Language, Unit

# These units say little by themselves; the note says what was counted ("monitorer ved tre avdelinger").
COUNTS = (Unit.PEOPLE, Unit.UNITS, Unit.ORGANISATIONS)
# The label beside a condition already says "if".
IFS = ("hvis ", "dersom ", "viss ", "if ")
ORDER = (FigureKind.REALISED, FigureKind.EXPECTED, FigureKind.POTENTIAL)

KIND_LABELS = {
    "realised": gettext_lazy("Målt etterpå"),
    "expected": gettext_lazy("Forventet på forhånd"),
    "potential": gettext_lazy("Mulig – ikke målt"),
}
# How many and what it cost is what became of it; nobody measures it as a gain.
NO_GAIN = (Effect.REACH, Effect.COST)


def kind_label(figure: Figure) -> str:
    """Return what kind of figure this is, in words no one can mistake."""
    if figure.kind is FigureKind.REALISED and figure.effect in NO_GAIN:
        return _("Slik ble det")
    return str(KIND_LABELS[figure.kind])


def counted(figure: Figure) -> dict[str, str]:
    """Return what is counted, per language, in place of a unit that says little. Empty when the unit says it."""
    if figure.unit not in COUNTS or not figure.unit_note:
        return {}
    return {str(language): note[:1].lower() + note[1:] for language, note in figure.unit_note.items()}


def remark(figure: Figure) -> dict[str, str]:
    """Return the note on the unit, per language, when it does not stand in the unit's place."""
    return {} if figure.unit in COUNTS else _plain(figure.unit_note)


def condition(figure: Figure) -> dict[str, str]:
    """Return the condition behind the number, per language, without its "if". Empty when there is none."""
    return {language: _without_if(text) for language, text in _plain(figure.assumption).items()}


def condition_label(figure: Figure) -> str:
    """Return the words that stand before the condition."""
    return _("Hvis dette slår til:") if figure.kind is FigureKind.POTENTIAL else _("Forutsetning:")


def kinds(figures: list[Figure]) -> list[str]:
    """Return the kinds among these figures, the measured first."""
    return [str(kind) for kind in ORDER if any(figure.kind is kind for figure in figures)]


def _plain(texts: Mapping[Language, str] | None) -> dict[str, str]:
    return {str(language): text for language, text in (texts or {}).items()}


def _without_if(text: str) -> str:
    start = next((len(word) for word in IFS if text.lower().startswith(word)), 0)
    rest = text[start:]
    return rest[:1].upper() + rest[1:] if start else text
