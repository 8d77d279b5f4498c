"""What a notice is thought of: the reading with its reasons, and what people have said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ringvirkning.analysis import queries
from ringvirkning.analysis.models import InnovationVerdict
from ringvirkning.analysis.signals.terms import Signal
from ringvirkning.analysis.terms import CODES, INNOVATIVE, Conclusion, InnovationStanding
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.sources.notices import labels
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Texts
from ringvirkning.web.notices import telling, words
from ringvirkning.web.notices.reasons import signal_said
from ringvirkning.web.notices.saying import Said, page_language

AROUND = 70  # characters shown before and after the words that decided
# Standings worth a tag at the top of the page.
SHOWN = {
    InnovationStanding.CONFIRMED,
    InnovationStanding.LIKELY,
    InnovationStanding.POSSIBLE,
    InnovationStanding.REJECTED,
}


@dataclass(frozen=True)
class Why:
    """One reason, with the words it rests on where they stand."""

    signal: Signal
    record: Record

    @property
    def said(self) -> str:
        """Return what was noticed."""
        return signal_said(self.signal.code, self._coded)

    @property
    def where(self) -> str:
        """Return where it stands."""
        place = str(words.SIGNAL_FIELDS.get(self.signal.field, words.SIGNAL_FIELDS["code"]))
        lot = telling.lot_name(self.signal.lot) if self.signal.lot and len(self.record.lots) > 1 else ""
        return f"{place}, {words.FACTS['lot']} {lot}" if lot else place

    @cached_property
    def snippet(self) -> SafeString | str:
        """Return the words in their surroundings, marked; nothing when a code decided."""
        text = self._text
        if not text or self.signal.start is None or self.signal.end is None:
            return ""
        begin, end = _cut(text, self.signal.start, self.signal.end)
        shown = marked(text[begin:end], [(self.signal.start - begin, self.signal.end - begin)])
        shown = format_html("{}{}{}", "… " if begin else "", shown, " …" if end < len(text) else "")
        language = self.signal.language or ""
        return shown if language in ("", page_language()) else format_html('<span lang="{}">{}</span>', language, shown)

    @property
    def _coded(self) -> str:
        groups = {"BT-776": "innovation", "BT-06": "strategic", "BT-105": "procedure", "BT-02": "kind"}
        if self.signal.field == "BT-262":
            return telling.cpv_said(self.signal.words)
        group = groups.get(self.signal.field)
        return labels.label(group, self.signal.words, page_language()) if group else self.signal.words

    @property
    def _text(self) -> str:
        """Return the whole text the signal stands in."""
        return self._texts.get(self.signal.language or "", "")

    @property
    def _texts(self) -> Texts:
        lot = next((one for one in self.record.lots if one.lot_id == self.signal.lot), None)
        holder = lot or self.record
        if self.signal.field == "title":
            return holder.titles
        if self.signal.field == "description":
            return holder.descriptions
        named = [one.names for one in self.record.criteria if one.lot == self.signal.lot]
        language, words_ = self.signal.language or "", self.signal.words
        return next((names for names in named if words_ in names.get(language, "")), {})


@dataclass(frozen=True)
class InnovationPart:
    """The part of a notice's page about innovation."""

    record: Record
    conclusion: Conclusion
    verdict: InnovationVerdict | None

    @property
    def standing(self) -> str:
        """Return the standing when it is worth a tag."""
        return self.conclusion.standing.value if self.conclusion.standing in SHOWN else ""

    @property
    def speaks(self) -> bool:
        """Return whether the grounds are worth showing unfolded: not where nothing came of them."""
        return self.conclusion.standing is not InnovationStanding.NO

    @property
    def has_grounds(self) -> bool:
        """Return whether anything was noticed."""
        return bool(self.speaking_for or self.speaking_against or self.set_aside)

    @property
    def is_innovative(self) -> bool:
        """Return whether the notice is innovative as far as anybody knows."""
        return self.conclusion.standing in INNOVATIVE

    @property
    def likelihood(self) -> str:
        """Return how sure the reading is, in words."""
        return str(next(said for least, said in words.LIKELIHOODS if self.conclusion.reading.likelihood >= least))

    @property
    def percent(self) -> int:
        """Return the likelihood in a hundred."""
        return round(self.conclusion.reading.likelihood * 100)

    @cached_property
    def speaking_for(self) -> list[Why]:
        """Return the reasons for, the heaviest first."""
        return self._told(lambda weight: weight > 0)

    @cached_property
    def speaking_against(self) -> list[Why]:
        """Return the reasons against, the heaviest first."""
        return self._told(lambda weight: weight < 0)

    @cached_property
    def set_aside(self) -> list[Why]:
        """Return what was noticed and does not count."""
        return self._told(lambda weight: weight == 0)

    def _told(self, wanted: Callable[[float], bool]) -> list[Why]:
        found = [Why(one, self.record) for one in self.conclusion.reading.signals if wanted(one.weight)]
        return [why for why in found if why.said]

    @property
    def code(self) -> str:
        """Return the kind of innovation that was confirmed or is suggested, in words."""
        return labels.label("innovation", self.conclusion.code, page_language()) if self.conclusion.code else ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Return the kinds a person can choose: code, words, and whether it is the one suggested."""
        suggested = self.conclusion.code
        return [(code, labels.label("innovation", code, page_language()), code == suggested) for code in CODES]

    @property
    def said_on(self) -> datetime | None:
        """Return when a person said it."""
        return self.verdict.at if self.verdict else None

    def marks_in(self, shown: Said) -> list[tuple[int, int]]:
        """Return where in the shown description the words stand that speak for innovation."""
        return [
            (one.start, one.end)
            for one in self.conclusion.reading.signals
            if one.weight > 0
            and one.field == "description"
            and one.lot is None
            and one.language == shown.language
            and one.start is not None
            and one.end is not None
        ]


def innovation_part(notice: Notice, record: Record) -> InnovationPart:
    """Return what is known of a notice and innovation, for its page."""
    return InnovationPart(record, queries.conclusion_of(notice), queries.verdict_of(notice.key))


def marked(text: str, places: Iterable[tuple[int, int]]) -> SafeString:
    """Return a text with some stretches marked. Stretches outside it or over each other are left out."""
    pieces: list[tuple[str, SafeString | str]] = []
    at = 0
    for start, end in sorted(places):
        if at <= start < end <= len(text):
            pieces.append((text[at:start], format_html("<mark>{}</mark>", text[start:end])))
            at = end
    pieces.append((text[at:], ""))
    return format_html_join("", "{}{}", pieces)


def paragraphs(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    """Return a text as paragraphs, with stretches marked."""
    whole = marked(text.replace("\r", " "), places)
    parts = [part for part in whole.split("\n\n") if part.strip()]
    shown = ("<p>" + part.strip().replace("\n", "<br>") + "</p>" for part in parts)
    return mark_safe("\n".join(shown))  # noqa: S308 - escaped in ``marked``


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a snippet around a stretch begins and ends, at spaces."""
    begin = max(0, start - AROUND)
    last = min(len(text), end + AROUND)
    if begin:
        begin = text.find(" ", begin, start) + 1 or begin
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space > 0 else last
    return begin, last
