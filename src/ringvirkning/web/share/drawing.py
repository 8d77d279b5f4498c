"""From the content of a step to what its template draws: questions with their values, faults, comments and marks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ringvirkning.sources.tables import cpv_labels, themes
from ringvirkning.web import words
from ringvirkning.web.sentences import what
from ringvirkning.web.share.fields import Content, answer_in, as_dict, as_list, at, is_blank
from ringvirkning.web.share.shapes import CHOSEN, Field, Group, Guide, Items, Kind, Part, fields_in

TEMPLATES = {
    Kind.SELECT: "select",
    Kind.RADIO: "choices",
    Kind.FORK: "choices",
    Kind.MANY: "choices",
    Kind.THEMES: "themes",
    Kind.CODES: "codes",
    Kind.SPEAKERS: "speakers",
}
# What the browser is told about a line, so that phones show the right keys. Numbers are words to us: "ca 10".
INPUTS = {Kind.URL: "url", Kind.EMAIL: "email", Kind.PHONE: "tel", Kind.NUMBER: "text", Kind.MONEY: "text"}
SUMMARY = 80  # characters of a folded item's own words


@dataclass(frozen=True)
class Surroundings:
    """What a step is drawn with besides its own content."""

    languages: Sequence[str] = ("nb",)
    faults: Sequence[Any] = ()
    comments: Sequence[Any] = ()
    unconfirmed: Sequence[str] = ()
    sources: Sequence[tuple[str, str]] = ()  # id and title
    new: str = ""  # the list that a new, empty item was asked for
    focus: str = ""  # the list whose button was used last
    found_codes: Sequence[str] = ()
    sentences: Mapping[str, str] = with_default(default_factory=dict)  # a figure's place → how it will read


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    value: str
    label: str | Promise
    help: str | Promise = ""
    chosen: bool = False


@dataclass(frozen=True)
class Box:
    """One thing to write in."""

    name: str
    value: str
    language: str = ""
    wrong: bool = False

    @property
    def language_name(self) -> str | Promise:
        """Return the name of the language to write in."""
        return words.LANGUAGES.get(self.language, "")


@dataclass
class Question:
    """A field as it is drawn."""

    field: Field
    place: str
    name: str
    boxes: list[Box] = with_default(default_factory=list)
    options: list[Option] = with_default(default_factory=list)
    faults: list[Any] = with_default(default_factory=list)
    comments: list[Any] = with_default(default_factory=list)
    unconfirmed: bool = False
    applies: bool = True
    autofocus: bool = False
    is_question = True

    @property
    def template(self) -> str:
        """Return the template that draws it."""
        return f"web/share/fields/{TEMPLATES.get(self.field.kind, 'boxes')}.html"

    @property
    def input_type(self) -> str:
        """Return what kind of input the browser is to give."""
        return INPUTS.get(self.field.kind, "text")

    @property
    def is_filled(self) -> bool:
        """Tell whether anything is answered."""
        chosen = any(option.chosen and option.value for option in self.options)
        return self.field.kind is not Kind.FORK and (chosen or any(box.value for box in self.boxes))

    @property
    def needs_attention(self) -> bool:
        """Tell whether somebody must look at it."""
        return bool(self.faults or self.comments or self.unconfirmed)

    @property
    def described_by(self) -> str:
        """Return the ids of what explains it, for those who hear the page."""
        told = (("hjelp", self.field.help), ("feil", self.faults), ("stemmer", self.unconfirmed))
        return " ".join(f"{self.name}-{end}" for end, there in told if there)

    @property
    def first_id(self) -> str:
        """Return the id of the first thing in it that can be focused."""
        return self.boxes[0].name if self.boxes else self.name


@dataclass
class Fold:
    """A group of parts under a heading."""

    group: Group
    parts: list[Any]
    id: str
    is_fold = True

    @property
    def filled(self) -> int:
        """Return how many of its questions are answered."""
        return sum(question.is_filled for question in questions_in(self.parts))

    @property
    def is_open(self) -> bool:
        """Tell whether it is drawn open: when somebody must look inside."""
        return any(question.needs_attention or question.autofocus for question in questions_in(self.parts))


@dataclass
class Entry:
    """One item of a list."""

    name: str
    number: int
    one: str | Promise
    parts: list[Any]
    summary: str
    blank: bool
    alone: bool
    complete: bool = True
    sentence: str = ""
    file: Content | None = None
    faults: list[Any] = with_default(default_factory=list)
    comments: list[Any] = with_default(default_factory=list)
    unconfirmed: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it is drawn open: when it is unfinished, the only one, or somebody must look inside."""
        inside = any(question.needs_attention for question in questions_in(self.parts))
        unfinished = self.blank or not self.complete
        return unfinished or self.alone or inside or bool(self.faults or self.comments or self.unconfirmed)


@dataclass
class Listed:
    """A list as it is drawn."""

    items: Items
    name: str
    entries: list[Entry]
    faults: list[Any]
    comments: list[Any]
    autofocus: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether a folded list is drawn open."""
        return any(not entry.blank for entry in self.entries) or bool(self.faults or self.comments) or self.autofocus


@dataclass(frozen=True)
class Wrong:
    """A fault, with the id of where it is mended and what that is called."""

    id: str
    label: str | Promise
    fault: Any

    @property
    def said(self) -> str:
        """Return the fault with the name of its field: "Når begynte dere? Vi klarer ikke å lese datoen."."""
        name = str(self.label)
        return f"{name if name.endswith('?') else f'{name}:'} {what(self.fault)}"


@dataclass(frozen=True)
class Drawn:
    """A whole step."""

    parts: list[Any]
    faults: list[Any]  # those that no question on the page can show
    comments: list[Any]
    wrong: list["Wrong"]  # every fault that has its place on the page, in the order of the page


def drawn(guide: Guide, content: Content, around: Surroundings) -> Drawn:
    """Return the step ready for its template."""
    drawer = _Drawer(content, around)
    parts = [drawer.part(part, content, "") for part in guide.parts]
    told = drawer.told
    loose = [fault for fault in around.faults if id(fault) not in told]
    return Drawn(
        parts,
        loose,
        [comment for comment in around.comments if id(comment) not in told],
        list(_wrong(parts)),
    )


class _Drawer:
    """Draws part by part, and remembers which faults and comments have found their place."""

    def __init__(self, content: Content, around: Surroundings) -> None:
        self.around = around
        self.told: set[int] = set()

    def part(self, part: Part, content: Content, prefix: str) -> Any:
        """Return one part drawn."""
        if isinstance(part, Field):
            return self.question(part, content, prefix)
        if isinstance(part, Group):
            inside = [self.part(one, content, prefix) for one in part.parts]
            return Fold(part, inside, f"{prefix}{_first_path(part)}-mer")
        return self.listed(part, content, prefix)

    def question(self, asked: Field, content: Content, prefix: str) -> Question:
        """Return one question with its answer."""
        place, name = prefix + asked.path, prefix + asked.name
        applies = asked.when is None or answer_in(content, asked.when.field) in asked.when.answers
        value = at(content, asked.path) if applies else None
        drawn_question = Question(asked, place, name, applies=applies)
        if TEMPLATES.get(asked.kind, "boxes") == "boxes":
            drawn_question.boxes = list(self._boxes(asked, name, value))
        else:
            drawn_question.options = self._options(asked, content, value)
        if applies and asked.kind is not Kind.FORK:
            self._mark(drawn_question)
        return drawn_question

    def _mark(self, question: Question) -> None:
        place = question.place
        question.unconfirmed = any(_within(one, place) for one in self.around.unconfirmed)
        question.faults = self._take(self.around.faults, place, question)
        question.comments = self._take(self.around.comments, place, question)
        question.boxes = [replace(box, wrong=_is_wrong(box, question)) for box in question.boxes]

    def _take(self, told: Sequence[Any], place: str, question: Question | None = None) -> list[Any]:
        """Return what is said about a place and has not been shown anywhere yet."""
        mine = [
            one
            for one in told
            if id(one) not in self.told and one.place and _meant_here(str(one.place), place, question)
        ]
        self.told.update(id(one) for one in mine)
        return mine

    def _boxes(self, asked: Field, name: str, value: Any) -> Iterator[Box]:
        if asked.written:
            for language in self.around.languages:
                yield Box(f"{name}.{language}", _typed(as_dict(value).get(language)), language)
        else:
            yield Box(name, _typed(value))

    def _options(self, asked: Field, content: Content, value: Any) -> list[Option]:
        chosen = answer_in(content, asked.path) if asked.kind is Kind.FORK else value
        picked = [str(one) for one in as_list(value)] if asked.kind not in CHOSEN else [str(chosen or asked.default)]
        if asked.kind is Kind.CODES:
            return [Option(code, _code_name(code), chosen=code in picked) for code in _codes(picked, self.around)]
        choices = self._choices(asked)
        empty = [Option("", asked.empty, chosen=picked == [""])] if asked.empty else []
        told = [Option(code, said, (asked.explained or {}).get(code, ""), code in picked) for code, said in choices]
        return told + empty if asked.kind is Kind.RADIO else empty + told

    def _choices(self, asked: Field) -> Iterable[tuple[str, str | Promise]]:
        if asked.kind is Kind.THEMES:
            language = get_language() or "nb"
            return [(theme, labels.get(language, labels["nb"])) for theme, labels in themes().items()]
        if asked.kind is Kind.SPEAKERS:
            return self.around.sources
        return (asked.choices or {}).items()

    def listed(self, items: Items, content: Content, prefix: str) -> Listed:
        """Return a list with its items, and an empty one where one is asked for or the list is empty."""
        name = prefix + items.path
        stored = [as_dict(item) for item in as_list(at(content, items.path))]
        wanted = self.around.new == name
        shown = [*stored, {}] if wanted or not (stored or items.starts_empty) else stored
        entries = [self.entry(items, item, name, number, len(shown)) for number, item in enumerate(shown)]
        if wanted:
            _focus_first(entries[-1].parts)
        return Listed(
            items,
            name,
            entries,
            self._take(self.around.faults, name),
            self._take(self.around.comments, name),
            self.around.focus == name,
        )

    def entry(self, items: Items, item: Content, name: str, number: int, many: int) -> Entry:
        """Return one item of a list."""
        own = f"{name}.{number}"
        parts = [self.part(part, item, f"{own}.") for part in items.parts if self._fits(part, item)]
        return Entry(
            own,
            number + 1,
            items.one,
            parts,
            summary(item),
            is_blank(item) and not item.get("file"),
            many == 1,
            _complete(items.parts, item),
            self.around.sentences.get(own, ""),
            as_dict(item.get("file")) or None,
            self._take(self.around.faults, own),
            self._take(self.around.comments, own),
            own in self.around.unconfirmed,
        )

    def _fits(self, part: Part, item: Content) -> bool:
        """Tell whether a part is drawn. Where the writer can choose, all are: the style sheet shows the right one."""
        if not isinstance(part, Field) or part.when is None or part.when.field != "place":
            return True
        return answer_in(item, "place") in part.when.answers


def _meant_here(told: str, place: str, question: Question | None) -> bool:
    """Tell whether something said about ``told`` belongs at ``place``."""
    if told == place or told.startswith(f"{place}."):
        return True
    # "need.description" is missing: the question about its text is where to mend it.
    return question is not None and question.field.required and place in (f"{told}.text", f"{told}.name")


def _within(marked: str, place: str) -> bool:
    return marked == place or marked.startswith(f"{place}.")


def _typed(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None or isinstance(value, dict) else str(value)


def _codes(picked: list[str], around: Surroundings) -> list[str]:
    return list(dict.fromkeys([*picked, *around.found_codes]))


def _code_name(code: str) -> str:
    labels = cpv_labels().get(code, ["", ""])
    return f"{code} {labels[1] if get_language() == 'en' else labels[0]}"


def _first_path(group: Group) -> str:
    return next((asked.path for asked in fields_in((group,))), "gruppe")


def _focus_first(parts: list[Any]) -> None:
    first = next(questions_in(parts), None)
    if first:
        first.autofocus = True


def questions_in(parts: Iterable[Any]) -> Iterator[Question]:
    """Yield every question drawn, lists and groups opened."""
    for part in parts:
        if isinstance(part, Question):
            yield part
        elif isinstance(part, Fold):
            yield from questions_in(part.parts)
        else:
            for entry in part.entries:
                yield from questions_in(entry.parts)


def _wrong(parts: Iterable[Any]) -> Iterator[Wrong]:
    """Yield each fault with where it is mended, in the order of the page."""
    for part in parts:
        if isinstance(part, Question):
            yield from (Wrong(part.first_id, part.field.label, fault) for fault in part.faults)
        elif isinstance(part, Fold):
            yield from _wrong(part.parts)
        else:
            yield from (Wrong(part.name, part.items.heading, fault) for fault in part.faults)
            for entry in part.entries:
                yield from (Wrong(entry.name, entry.one, fault) for fault in entry.faults)
                yield from _wrong(entry.parts)


def _is_wrong(box: Box, question: Question) -> bool:
    """Tell whether a fault is in this box. A fault of the whole question is mended in the first: the main language."""
    names = [one.name for one in question.boxes]
    own = [str(fault.place) for fault in question.faults]
    return box.name in own or (box.name == names[0] and any(place not in names for place in own))


def summary(item: Content) -> str:
    """Return a few of an item's own words, for when it is folded."""
    telling = ("title", "label", "organisation.name", "group.description", "funder", "name", "text")
    found = next((value for path in telling if (value := at(item, path))), "")
    text = " ".join(_typed(next(iter(found.values()), "") if isinstance(found, dict) else found).split())
    return text if len(text) <= SUMMARY else f"{text[:SUMMARY].rsplit(' ', 1)[0]} …"


def answered(guide: Guide, content: Content) -> str:
    """Return how far a step has come: "done" when everything required is answered, "begun", or "empty"."""
    if all(is_blank(value) for key, value in content.items() if key != "licence"):
        return "empty"
    return "done" if _complete(guide.parts, content) else "begun"


def _complete(parts: Iterable[Part], content: Content) -> bool:
    return all(_part_complete(part, content) for part in parts)


def _part_complete(part: Part, content: Content) -> bool:
    if isinstance(part, Group):
        return _complete(part.parts, content)
    if isinstance(part, Items):
        items = [as_dict(item) for item in as_list(at(content, part.path)) if not is_blank(item)]
        return all(_complete(part.parts, item) for item in items) and bool(items or not part.required)
    if not part.required or (part.when and answer_in(content, part.when.field) not in part.when.answers):
        return True
    return not is_blank(at(content, part.path)) or bool(part.default)


def title_of(content: Content, languages: Sequence[str]) -> str:
    """Return the draft's title as typed, or what to call a draft without one."""
    titles = as_dict(content.get("title"))
    return next((str(titles[one]) for one in [*languages, *titles] if titles.get(one)), _("Sak uten navn"))
