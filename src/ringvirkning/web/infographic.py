"""The infographic of a case: its own figures, drawn as one SVG picture.

Pure drawing: the same case, language and address always give the same picture. The font is metric-equal to Arial and
Helvetica, so the measured line breaks hold on the page, in a downloaded file and in the PNG; each line also states
the width it was measured to have. Kinds differ in word, mark and frame, not in colour alone; numbers share a scale only
when they share unit, span and effect.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

import vl_convert
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from ringvirkning.sources.casefile.model import CaseFile, Figure
from ringvirkning.sources.casefile.terms import FigureKind, PartyRole, Unit
from ringvirkning.web import words
from ringvirkning.web.figures import condition, condition_label, kind_label, kinds, remark
from ringvirkning.web.lettering import width_of, wrap
from ringvirkning.web.templatetags.rv import amount, day, plain, unit_words

DRAWING = 3  # part of the ETag: count up when the drawing changes
MOST = 6
WIDTH, EDGE, PAD = 720.0, 36.0, 28.0
INNER = WIDTH - 2 * EDGE - 2 * PAD - 14
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
PAPER, INK, SOFT, DEEP, FJORD = "#fbf8f2", "#12282d", "#475a5f", "#053b46", "#064653"
WARM, WARM_LIGHT, CLOUDBERRY, PALE, WHITE = "#9a3f10", "#f3c9a5", "#f0a25a", "#cfe3e4", "#ffffff"
MOST_DOTS = 100


@dataclass(frozen=True)
class Look:
    """The colours of one kind of figure. Frame and mark differ as well."""

    ground: str
    text: str
    faint: str
    strong: str
    frame: str
    dash: str = "none"


LOOKS = {
    FigureKind.REALISED: Look(FJORD, WHITE, "#1d6070", WHITE, FJORD),
    FigureKind.EXPECTED: Look(WHITE, INK, PALE, FJORD, FJORD),
    FigureKind.POTENTIAL: Look(WHITE, INK, WARM_LIGHT, WARM, WARM, "9 7"),
}


@dataclass(frozen=True)
class Drawing:
    """A finished picture and its size."""

    svg: str
    width: int
    height: int


@dataclass
class Sheet:
    """What is drawn so far, and how far down."""

    y: float = 0.0
    shapes: list[str] = field(default_factory=list)

    def add(self, name: str, content: str = "", /, **attributes: object) -> None:
        """Draw one shape."""
        self.shapes.append(tag(name, content, **attributes))

    def lines(self, text: str, size: float, *, x: float, width: float, fill: str, bold: bool = False) -> None:
        """Write a text from here, wrapped, and move down past it."""
        for line in wrap(text, size, width, bold):
            self.y += size * 1.28
            self.write(line, size, x=x, y=self.y - size * 0.28, fill=fill, bold=bold)

    def write(self, text: str, size: float, *, x: float, y: float, fill: str, bold: bool = False) -> None:
        """Write one line at a place. A font that stands in for ours is pressed into the width we measured."""
        weight = {"font_weight": 700} if bold else {}
        room = {"textLength": width_of(text, size, bold), "lengthAdjust": "spacingAndGlyphs"}
        self.add("text", escape(text), x=x, y=y, font_size=size, fill=fill, **room, **weight)


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """Return one SVG element. Values are escaped; ``content`` must already be markup or escaped text."""
    told = "".join(f' {key.replace("_", "-")}="{escape(_shown(value))}"' for key, value in attributes.items())
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _shown(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def figures_of(case_file: CaseFile) -> list[Figure]:
    """Return the figures an infographic shows: those the case chose, else its first six."""
    if case_file.infographic is None:
        return case_file.figures[:MOST]
    by_id = {figure.id: figure for figure in case_file.figures}
    return [by_id[figure_id] for figure_id in case_file.infographic.figures]


def draw(case_file: CaseFile, language: str, address: str = "") -> str:
    """Return the infographic as SVG."""
    return drawing(case_file, language, address).svg


def drawing(case_file: CaseFile, language: str, address: str = "") -> Drawing:
    """Return the infographic with its size. The case must have figures."""
    with override(language):
        figures = figures_of(case_file)
        sheet = Sheet()
        _head(sheet, case_file)
        for figure in figures:
            _panel(sheet, figure, _peers(figure, figures))
        _foot(sheet, case_file, figures, address)
        return _finished(sheet, case_file, language)


@lru_cache(maxsize=32)
def png(svg: str) -> bytes:
    """Return the picture as PNG, twice the size for sharp print and screens."""
    return bytes(vl_convert.svg_to_png(svg, scale=2))


def _finished(sheet: Sheet, case_file: CaseFile, language: str) -> Drawing:
    height = round(sheet.y)
    defs = tag("defs", _hatch("hatch", WARM, 3) + _hatch("hatch-light", WARM_LIGHT, 2))
    named = tag("title", escape(headline(case_file)), id="t") + tag("desc", escape(described(case_file)), id="d")
    ground = tag("rect", width=WIDTH, height=height, fill=PAPER)
    svg = tag(
        "svg",
        named + defs + ground + "".join(sheet.shapes),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:.0f} {height}",
        width=WIDTH,
        height=height,
        role="img",
        aria_labelledby="t d",
        lang=language,
        font_family=FONT,
    )
    return Drawing(svg, int(WIDTH), height)


def _hatch(name: str, colour: str, weight: float) -> str:
    line = tag("line", x1=0, y1=0, x2=0, y2=9, stroke=colour, stroke_width=weight)
    units = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return tag("pattern", line, id=name, width=9, height=9, **units)


def headline(case_file: CaseFile) -> str:
    """Return the picture's one sentence: the case's own, else its title."""
    return plain(case_file.infographic.headline if case_file.infographic else case_file.title)


def described(case_file: CaseFile) -> str:
    """Return the whole picture in words, for those who do not see it."""
    told = [" ".join(_sentence(figure)) for figure in figures_of(case_file)]
    return " ".join(told)


def _sentence(figure: Figure) -> list[str]:
    told = [f"{kind_label(figure)}: {plain(figure.label)}, {amount(figure)} {unit_words(figure)}."]
    if condition(figure):
        told.append(f"{condition_label(figure)} {plain(condition(figure)).rstrip('.')}.")
    return told


def _head(sheet: Sheet, case_file: CaseFile) -> None:
    """Draw the dark field with the headline, and the rings that gave the library its name."""
    above = Sheet(y=34)
    width = WIDTH - 2 * EDGE
    if case_file.infographic:
        above.lines(plain(case_file.title), 21, x=EDGE, width=width - 90, fill=CLOUDBERRY, bold=True)
        above.y += 10
    above.lines(headline(case_file), 32, x=EDGE, width=width - 70, fill=WHITE, bold=True)
    who = _buyers(case_file)
    if who:
        above.y += 12
        above.lines(who, 20, x=EDGE, width=width, fill=PALE)
    above.y += 34
    sheet.add("rect", width=WIDTH, height=above.y, fill=DEEP)
    _rings(sheet, WIDTH - 40, 40, above.y)
    sheet.shapes += above.shapes
    sheet.y = above.y + 26


def _buyers(case_file: CaseFile) -> str:
    named = [one.organisation.name for one in case_file.parties if one.organisation and one.role is PartyRole.LEAD]
    when = day(case_file.end or case_file.start or case_file.state.as_of)
    return " · ".join(part for part in (", ".join(named[:3]), when) if part)


def _rings(sheet: Sheet, x: float, y: float, bottom: float) -> None:
    for number, radius in enumerate((9, 21, 37, 58, 84)):
        if y + radius < bottom:
            opacity = 0.9 - 0.2 * number
            sheet.add(
                "circle", cx=x, cy=y, r=radius, fill="none", stroke=CLOUDBERRY, stroke_width=2.5,
                stroke_opacity=round(opacity, 2),
            )  # fmt: skip


def _panel(sheet: Sheet, figure: Figure, peers: list[Figure]) -> None:
    """Draw one figure: kind, number, what it is, the picture of it and its condition."""
    look = LOOKS[figure.kind]
    inside = Sheet(y=sheet.y + 22)
    x = EDGE + PAD + 14
    _kind(inside, figure, look, x)
    _number(inside, figure, look, x)
    inside.lines(plain(figure.label), 22, x=x, width=INNER, fill=look.text, bold=True)
    _picture(inside, figure, peers, look, x)
    _small_print(inside, figure, look, x)
    height = inside.y + 22 - sheet.y
    _frame(sheet, figure, look, height)
    sheet.shapes += inside.shapes
    sheet.y += height + 20


def _frame(sheet: Sheet, figure: Figure, look: Look, height: float) -> None:
    sheet.add(
        "rect", x=EDGE, y=sheet.y, width=WIDTH - 2 * EDGE, height=height, rx=12, fill=look.ground,
        stroke=look.frame, stroke_width=3, stroke_dasharray=look.dash,
    )  # fmt: skip
    if figure.kind is FigureKind.POTENTIAL:
        sheet.add("rect", x=EDGE + 10, y=sheet.y + 10, width=16, height=height - 20, rx=6, fill="url(#hatch)")
    if figure.kind is FigureKind.EXPECTED:
        sheet.add("rect", x=EDGE + 10, y=sheet.y + 10, width=16, height=height - 20, rx=6, fill=PALE)


def _kind(sheet: Sheet, figure: Figure, look: Look, x: float) -> None:
    """Draw the mark and word of the kind: whole, half or broken ring."""
    y = sheet.y + 11
    dash = {"stroke_dasharray": "5 4"} if figure.kind is FigureKind.POTENTIAL else {}
    whole = look.strong if figure.kind is FigureKind.REALISED else "none"
    sheet.add("circle", cx=x + 11, cy=y, r=10, fill=whole, stroke=look.strong, stroke_width=3, **dash)
    if figure.kind is FigureKind.EXPECTED:
        sheet.add("path", d=f"M{x + 1:.1f} {y:.1f}a10 10 0 0 0 20 0z", fill=look.strong)
    sheet.write(kind_label(figure), 20, x=x + 32, y=y + 7, fill=look.strong, bold=True)
    sheet.y += 30


def _number(sheet: Sheet, figure: Figure, look: Look, x: float) -> None:
    """Write the number large, its unit behind it where there is room, else below."""
    number, size = amount(figure), 60.0
    while width_of(number, size, bold=True) > INNER and size > 30:
        size -= 2
    sheet.y += size * 1.05
    sheet.write(number, size, x=x, y=sheet.y - 6, fill=look.strong, bold=True)
    after = width_of(number, size, bold=True) + 14
    if after + width_of(unit_words(figure), 24, bold=True) <= INNER:
        sheet.write(unit_words(figure), 24, x=x + after, y=sheet.y - 6, fill=look.text, bold=True)
    else:
        sheet.lines(unit_words(figure), 24, x=x, width=INNER, fill=look.text, bold=True)
    sheet.y += 4


def _small_print(sheet: Sheet, figure: Figure, look: Look, x: float) -> None:
    if condition(figure):
        sheet.y += 12
        top = sheet.y
        sheet.lines(condition_label(figure), 20, x=x + 16, width=INNER - 16, fill=look.text, bold=True)
        sheet.lines(plain(condition(figure)), 20, x=x + 16, width=INNER - 16, fill=look.text)
        sheet.add("rect", x=x, y=top + 2, width=4, height=sheet.y - top - 2, fill=look.strong)
    more = [plain(remark(figure)), plain(figure.basis), day(figure.date)]
    told = " ".join(part if part.endswith(".") else f"{part}." for part in more if part)
    if told:
        sheet.y += 8
        sheet.lines(told, 18, x=x, width=INNER, fill=look.text if look.ground == FJORD else SOFT)


def _peers(figure: Figure, figures: list[Figure]) -> list[Figure]:
    """Return the figures this one may be measured against: same unit, same span, same effect."""
    same = [
        one for one in figures if (one.unit, one.per, one.effect) == (figure.unit, figure.per, figure.effect)
    ]  # fmt: skip
    return same if len(same) > 1 else []


def _size(figure: Figure) -> Decimal:
    return next((one for one in (figure.value, figure.high, figure.low) if one is not None), Decimal(0))


def _picture(sheet: Sheet, figure: Figure, peers: list[Figure], look: Look, x: float) -> None:
    """Draw the number as dots, as a share of a hundred, or on the scale it shares with others."""
    picture = _pictured(figure)
    if picture == "share":
        _bar(sheet, figure, float(_size(figure)) / 100, look, x)
    elif picture == "dots":
        _dots(sheet, int(_size(figure)), look, x)
    elif peers:
        largest = max(_size(one) for one in peers)
        _bar(sheet, figure, float(_size(figure) / largest) if largest > 0 else 0.0, look, x)


def _pictured(figure: Figure) -> str:
    """Return how this number can be drawn: "share" of a hundred, "dots", or a "bar" beside others."""
    if figure.unit is Unit.PERCENT and 0 < _size(figure) <= 100:
        return "share"
    return "dots" if _dots_fit(figure) else "bar"


def _bar(sheet: Sheet, figure: Figure, share: float, look: Look, x: float) -> None:
    """Draw a bar on a track that is as long as the whole or the largest."""
    sheet.y += 12
    full = min(INNER, max(4.0, INNER * share))
    sheet.add("rect", x=x, y=sheet.y, width=INNER, height=22, rx=4, fill=look.faint)
    fill = "url(#hatch)" if figure.kind is FigureKind.POTENTIAL else look.strong
    if figure.kind is FigureKind.POTENTIAL:
        sheet.add("rect", x=x, y=sheet.y, width=full, height=22, rx=4, fill=WHITE, stroke=look.strong, stroke_width=2)
    sheet.add("rect", x=x, y=sheet.y, width=full, height=22, rx=4, fill=fill)
    if figure.unit is Unit.PERCENT:
        sheet.add("rect", x=x, y=sheet.y, width=INNER, height=22, rx=4, fill="none", stroke=look.strong, stroke_width=2)
    sheet.y += 26


def _dots_fit(figure: Figure) -> bool:
    countable = figure.unit in (Unit.PEOPLE, Unit.UNITS, Unit.ORGANISATIONS, Unit.SHIPS)
    size = figure.value
    return countable and size is not None and 1 < size <= MOST_DOTS and size == int(size)


def _dots(sheet: Sheet, count: int, look: Look, x: float) -> None:
    """Draw one dot for each thing counted."""
    step, radius = 25.0, 9.0
    a_row = int(INNER // step)
    rows = -(-count // a_row)
    a_row = -(-count // rows)
    for number in range(count):
        row, column = divmod(number, a_row)
        sheet.add("circle", cx=x + radius + column * step, cy=sheet.y + 22 + row * step, r=radius, fill=look.strong)
    sheet.y += 14 + rows * step


def _reading_help(figures: list[Figure]) -> list[str]:
    """Return what a reader must know not to misread the numbers."""
    told = []
    if FigureKind.POTENTIAL in kinds(figures):
        told.append(str(words.FIGURES_EXPLAINED[FigureKind.POTENTIAL]))
    if len(kinds(figures)) > 1:
        told.append(_("Ulike slags tall kan ikke legges sammen."))
    if any(_peers(figure, figures) and _pictured(figure) == "bar" for figure in figures):
        told.append(_("Søylene har samme målestokk."))
    return told


def _foot(sheet: Sheet, case_file: CaseFile, figures: list[Figure], address: str) -> None:
    """Say how the kinds are read, where the numbers come from, and how the picture may be used."""
    width = WIDTH - 2 * EDGE
    sheet.y += 2
    for told in _reading_help(figures):
        sheet.lines(told, 18, x=EDGE, width=width, fill=INK)
    sheet.y += 10
    used = {source for figure in figures for source in figure.sources}
    publishers = [source.publisher or source.title for source in case_file.sources if source.id in used]
    told = _("Kilder: %s.") % ", ".join(dict.fromkeys(publishers))
    sheet.lines(told, 18, x=EDGE, width=width, fill=SOFT)
    licence = case_file.licence.replace("CC-BY-", "CC BY ")
    revised = _("oppdatert %s") % day(case_file.revised)
    end = " · ".join(part for part in ("Ringvirkning", revised, licence) if part)
    sheet.lines(end, 18, x=EDGE, width=width, fill=SOFT)
    if address:
        sheet.lines(address.partition("://")[2], 18, x=EDGE, width=width, fill=FJORD, bold=True)
    sheet.y += 28
