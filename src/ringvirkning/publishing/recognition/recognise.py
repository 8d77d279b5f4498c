"""From a text or a web page to the beginning of a case: what can be recognised is filled in, and nothing is invented.

Everything filled in is listed as unconfirmed, so that the writer is asked "is this right?" at each. From a page only
facts are taken, with the page as their source: its sentences belong to whoever wrote them. From the writer's own text
the sentences are taken too. People are never taken from a text: no names, no personal addresses, no phone numbers.
Pure: whoever is known is handed in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ringvirkning.catalogue.terms import OrganisationKind
from ringvirkning.foundation.words import fold
from ringvirkning.publishing.recognition import recognise_words as said
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.casefile.terms import FigureKind, Language, PartyRole, Procedure, SourceKind
from ringvirkning.sources.tables import cpv_labels, themes

MOST = 40_000  # characters of a text that are read
NEAR = 110  # characters before and after a name that tell what it was
LONGEST_TITLE, LONGEST_SUMMARY = 200, 700
WORD = re.compile(r"[^\W_]+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«\"])|\n+")
PARAGRAPH = re.compile(r"\n\s*\n|\n")
PAGE = "side"  # the id of the page as a source
UNSURE_THEMES = {"innkjop"}  # every text about a procurement speaks of procurement


@dataclass(frozen=True)
class Known:
    """An organisation the catalogue knows, by one of its names. A bare name is a place too ("Larvik")."""

    name: str
    kind: str
    bare: bool = False


@dataclass(frozen=True)
class KnownNames:
    """Names by their folded words, and which host is whose."""

    by_words: Mapping[tuple[str, ...], Known] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """Return how many words the longest name has."""
        return max(map(len, self.by_words), default=0)


def words_of(name: str) -> tuple[str, ...]:
    """Return a name as names are looked up by."""
    return tuple(fold(word.group()) for word in WORD.finditer(name))


@dataclass(frozen=True)
class Page:
    """What is known of the page a text was read from. Without an address it was no page."""

    url: str = ""
    title: str = ""
    site: str = ""
    published: str = ""


@dataclass(frozen=True)
class Mark:
    """What in the text made us fill in a place."""

    place: str
    words: str


@dataclass(frozen=True)
class Recognised:
    """The beginning of a case file, what in it a person must confirm, and what each rests on."""

    document: dict[str, Any]
    unconfirmed: dict[Step, list[str]]
    marks: tuple[Mark, ...]
    language: Language


@dataclass(frozen=True)
class Mention:
    """An organisation named in the text."""

    known: Known
    start: int
    end: int


@dataclass
class Finding:
    """What is found as we read."""

    text: str
    language: Language
    sources: list[str]
    document: dict[str, Any] = field(default_factory=dict)
    places: dict[Step, list[str]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    def put(self, key: str, value: Any, words: str, *, place: str = "") -> None:
        """Fill in a top-level key. ``place`` is where the form asks about it, when that is inside the key."""
        self.document[key] = value
        self.note(place or key, words)

    def add(self, key: str, item: dict[str, Any], words: str) -> None:
        """Add an item to a list."""
        items = self.document.setdefault(key, [])
        items.append(item)
        self.note(f"{key}.{len(items) - 1}", words)

    def note(self, place: str, words: str) -> None:
        """Remember that a place was filled in, and on what grounds."""
        key = place.partition(".")[0]
        step = next(step for step, keys in OWNS.items() if key in keys)
        self.places.setdefault(step, []).append(place)
        self.marks.append(Mark(place, " ".join(without_people(words).split())[:200]))

    def with_sources(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return a statement with the page as its source, when there is a page."""
        return {**item, "sources": list(self.sources)} if self.sources else item


def recognise(
    text: str,
    *,
    known: KnownNames,
    today: date,
    page: Page = Page(),
    own_words: bool = False,
) -> Recognised:
    """Return what can be recognised. ``own_words`` says that the text is the writer's to share."""
    text = text[:MOST].replace("\u00a0", " ").replace("\r", "")
    found = Finding(text, language_of(text or page.title), [PAGE] if page.url else [])
    _title(found, page, own_words)
    if own_words:
        _own_sentences(found)
    mentions = list(mentions_in(text, known))
    _parties(found, mentions, page.title)
    _suppliers(found)
    _time(found)
    _procurement(found)
    _dialogue(found)
    put_themes(found, page.title)
    _codes(found)
    _figures(found)
    _contacts(found, mentions, known)
    if page.url:
        _source(found, page, known, today)
    return Recognised(found.document, found.places, tuple(found.marks), found.language)


def language_of(text: str) -> Language:
    """Return the language of a text: bokmål when nothing tells otherwise."""
    words = [word.group().lower() for word in WORD.finditer(text[:8_000])]
    counts = {language: sum(word in telling for word in words) for language, telling in said.TELLTALES.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts[Language.NB] else Language.NB


def without_people(text: str) -> str:
    """Return a text without phone numbers and addresses of people; those of offices stay, and so do CPV codes."""
    return said.PERSONAL.sub(lambda match: match.group() if _is_nobodys(match.group()) else "", text)


def _is_nobodys(words: str) -> bool:
    return bool(said.ROLE_ADDRESS.search(words)) or words in cpv_labels()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [one.strip() for one in SENTENCE_END.split(text) if one.strip()]


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the places where something is said and not denied in the same breath."""
    for match in pattern.finditer(text):
        if not said.NOT_SO.search(text[max(0, match.start() - 25) : match.start()]):
            yield match


# What the case is about.


def _title(found: Finding, page: Page, own_words: bool) -> None:
    shown, site = page.title.strip(), page.site
    for mark in (" | ", " – ", " - ", " — "):  # a page's title often ends with the name of its site
        head, _, tail = shown.rpartition(mark)
        if head and site and fold(tail) in fold(site) + " " + fold(site.removesuffix(" kommune")):
            shown = head
    if not shown and own_words:
        first, _, rest = found.text.strip().partition("\n")
        shown = first.strip() if rest.strip() and _is_heading(first) else ""
    if shown and len(shown) <= LONGEST_TITLE:
        found.put("title", {found.language.value: shown}, shown)


def _is_heading(line: str) -> bool:
    return 3 <= len(line.strip()) <= 110 and not line.strip().endswith((".", ",", ";", "!", "?"))


def _own_sentences(found: Finding) -> None:
    """Put the writer's own text where its headings say; without headings, the first of it is the summary."""
    parts: dict[str, list[str]] = {"": []}
    under = ""
    title = found.document.get("title", {}).get(found.language.value)
    for line in PARAGRAPH.split(found.text.strip()):
        heading = next(
            (key for key, words in said.HEADINGS.items() if _is_heading(line) and words.match(line.strip())), None
        )
        if line.strip() == title:
            continue
        if heading:
            under = heading
        elif line.strip():
            parts.setdefault(under, []).append(line.strip())
    _place_sentences(found, parts)


def _place_sentences(found: Finding, parts: dict[str, list[str]]) -> None:
    opening = parts[""]
    if opening and len(opening[0]) <= LONGEST_SUMMARY:
        found.put("summary", _statement(found, opening[:1]), opening[0], place="summary.text")
        opening = opening[1:]
    need = parts.get("need", []) or opening
    if need:
        found.put("need", {"description": _statement(found, need)}, need[0], place="need.description.text")
    if parts.get("solution"):
        found.add("solutions", _statement(found, parts["solution"]), parts["solution"][0])
    for paragraph in parts.get("result", []):
        found.add("effects", _statement(found, [paragraph]), paragraph)
    for paragraph in parts.get("lessons", []):
        found.add("lessons", {"kind": "", **_statement(found, [paragraph])}, paragraph)


def _statement(found: Finding, paragraphs: Iterable[str]) -> dict[str, Any]:
    text = without_people("\n\n".join(paragraphs)).strip()
    return found.with_sources({"text": {found.language.value: text}})


def put_themes(found: Finding, title: str) -> None:
    """Name the themes whose words the text uses most; words that only hint count little."""
    readings = analyser().read(f"{title}\n{title}\n{found.text}")
    scores: dict[str, float] = {}
    for mention in analyser().mentions(readings):
        theme = analyser().concepts[mention.concept].theme
        if theme in themes():
            scores[theme] = scores.get(theme, 0) + (0.2 if mention.hint else 1)
    sure = {theme: score for theme, score in scores.items() if theme not in UNSURE_THEMES}
    ranked = sorted(sure, key=lambda theme: -sure[theme])
    best = sure[ranked[0]] if ranked else 0
    chosen = [theme for theme in ranked[:2] if best >= 2 and sure[theme] >= 0.6 * best]
    if chosen:
        found.put("themes", chosen, ", ".join(chosen))


def _codes(found: Finding) -> None:
    codes = [
        match.group("code")
        for match in said.CPV.finditer(found.text)
        if match.group("code") in cpv_labels()
        and said.CPV_NEAR.search(found.text[max(0, match.start() - 200) : match.start()])
    ]
    if codes:
        found.put("cpv", list(dict.fromkeys(codes))[:20], ", ".join(codes))


# Who.


def mentions_in(text: str, known: KnownNames) -> Iterator[Mention]:
    """Yield the organisations a text names. A bare place name counts only when the text says it is a municipality."""
    met = list(_all_mentions(text, known))
    for number, mention in enumerate(met):
        if not mention.known.bare or _is_listed(text, met, number):
            yield mention


def _all_mentions(text: str, known: KnownNames) -> Iterator[Mention]:
    words = list(WORD.finditer(text))
    folded = [fold(word.group()) for word in words]
    at = 0
    while at < len(words):
        size, name = _longest_name(words, folded, at, known)
        if name is None:
            at += 1
            continue
        yield Mention(name, words[at].start(), words[at + size - 1].end())
        at += size


def _longest_name(
    words: list[re.Match[str]], folded: list[str], at: int, known: KnownNames
) -> tuple[int, Known | None]:
    if not words[at].group()[0].isupper():
        return 0, None
    for size in range(min(known.longest, len(words) - at), 0, -1):
        key = tuple(folded[at : at + size])
        name = known.by_words.get(key)
        if name is None and key[-1].endswith("s"):  # "Larvik kommunes"
            name = known.by_words.get((*key[:-1], key[-1][:-1]))
        if name and (size > 1 or _is_written_so(words[at].group(), name)):
            return size, name
    return 0, None


def _is_written_so(word: str, known: Known) -> bool:
    """Tell whether one word alone is the name: "NAV" and "Nav" are, "Virke" at the start of a sentence may not be."""
    written = {known.name, *known.name.replace("(", " ").replace(")", " ").split()}
    return known.bare or word in written or word.removesuffix("s") in written


def _is_listed(text: str, met: list[Mention], number: int) -> bool:
    """Tell whether a bare name stands as a municipality: "kommunene Larvik, Horten", "Larvik og Horten kommune"."""
    first = last = number
    while first > 0 and said.LIST_BETWEEN.match(text[met[first - 1].end : met[first].start]):
        first -= 1
    while last + 1 < len(met) and said.LIST_BETWEEN.match(text[met[last].end : met[last + 1].start]):
        last += 1
    before = text[max(0, met[first].start - 30) : met[first].start]
    whole_at_end = not met[last].known.bare and met[last].known.kind == OrganisationKind.MUNICIPALITY and last > number
    after = text[met[last].end : met[last].end + 20]
    return bool(said.LIST_BEFORE.search(before) or whole_at_end or said.LIST_AFTER.match(after))


def _parties(found: Finding, mentions: list[Mention], title: str) -> None:
    roles = _roles(found.text, mentions, title)
    for name, (role, words) in roles.items():
        found.add("parties", found.with_sources({"organisation": {"name": name}, "role": role.value}), words)


def _roles(text: str, mentions: list[Mention], title: str) -> dict[str, tuple[PartyRole, str]]:
    told: dict[str, tuple[PartyRole, str]] = {}
    for mention in mentions:
        role = _role_told(text, mention)
        before = told.get(mention.known.name)
        if role and (before is None or role is PartyRole.LEAD):
            told[mention.known.name] = (role, _around(text, mention.start, mention.end))
    _buyers_in_order(text, told, mentions)
    if PartyRole.LEAD not in {role for role, _ in told.values()}:
        told = {**_likely_leader(text, mentions, title, set(told)), **told}
    return told


def _role_told(text: str, mention: Mention) -> PartyRole | None:
    """Return what the words around a name say it was. The sentence is the limit."""
    before = SENTENCE_END.split(text[max(0, mention.start - NEAR) : mention.start])[-1]
    after = SENTENCE_END.split(text[mention.end : mention.end + NEAR])[0]
    if said.SUPPORTS_BEFORE.search(before) or (_funds(mention.known) and said.SUPPORTS_AFTER.match(after)):
        return PartyRole.SUPPORTER
    if mention.known.kind not in said.BUYING_KINDS or _funds(mention.known):
        return None
    if said.FOLLOWS_NEAR.search(before + after):
        return PartyRole.FOLLOWER
    if said.TOGETHER_BEFORE.search(before):
        return PartyRole.CO_BUYER
    return PartyRole.LEAD if said.LEADS_BEFORE.search(before) or said.LEADS_AFTER.match(after) else None


def _funds(known: Known) -> bool:
    return known.kind == OrganisationKind.PROGRAMME or words_of(known.name)[0] in said.FUNDERS


def _buyers_in_order(text: str, told: dict[str, tuple[PartyRole, str]], mentions: list[Mention]) -> None:
    """Let the first that is told to lead, lead: alone, or as the first of a list that others bought together in."""
    for number, mention in enumerate(mentions):
        if told.get(mention.known.name, (None,))[0] is not PartyRole.LEAD:
            continue
        first = number
        while first > 0 and said.LIST_BETWEEN.match(text[mentions[first - 1].end : mentions[first].start]):
            first -= 1
        listed = [one.known.name for one in mentions[first : number + 1] if not _funds(one.known)]
        words = _around(text, mentions[first].start, mention.end)
        others = [name for name, (role, _) in told.items() if role is PartyRole.LEAD and name not in listed]
        told.update({name: (PartyRole.CO_BUYER, told.get(name, ("", words))[1]) for name in [*listed, *others]})
        told[listed[0]] = (PartyRole.LEAD, words)
        return


def _likely_leader(text: str, mentions: list[Mention], title: str, taken: set[str]) -> dict[str, tuple[PartyRole, str]]:
    """Return the one buyer the text is about: named in the title, or early and more often than any other."""
    counts: dict[str, int] = {}
    for mention in mentions:
        if mention.known.kind in said.BUYING_KINDS and not _funds(mention.known) and mention.known.name not in taken:
            counts[mention.known.name] = counts.get(mention.known.name, 0) + 1
    first = next((one for one in mentions if one.known.name in counts), None)
    if first is None:
        return {}
    name = first.known.name
    alone = len(counts) == 1 or counts[name] > max(count for other, count in counts.items() if other != name)
    if fold(name) in fold(title) or (first.start < 500 and alone):
        return {name: (PartyRole.LEAD, _around(text, first.start, first.end))}
    return {}


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 40) : end + 60]


def _suppliers(found: Finding) -> None:
    met: set[str] = set()
    for match in said.COMPANY.finditer(found.text):
        before = SENTENCE_END.split(found.text[max(0, match.start() - NEAR) : match.start()])[-1]
        chosen = said.CHOSEN_BEFORE.search(before) or said.CHOSEN_AFTER.match(
            found.text[match.end() : match.end() + 40]
        )
        name = " ".join(match.group("name").split())
        if chosen and name not in met:
            met.add(name)
            item = found.with_sources({"organisation": {"name": name}, "role": "main"})
            found.add("suppliers", item, _around(found.text, match.start(), match.end()))


def _contacts(found: Finding, mentions: list[Mention], known: KnownNames) -> None:
    """Take addresses of offices, never those of people."""
    met: set[str] = set()
    for match in said.ROLE_ADDRESS.finditer(found.text):
        email, local = match.group().lower(), match.group("local").lower()
        if email in met:
            continue
        met.add(email)
        owner = known.hosts.get(match.group("domain").lower(), "")
        contact: dict[str, Any] = {
            "email": email,
            "role": {"nb": said.ROLES_OF_ADDRESS.get(local, said.ROLE_OTHERWISE)},
        }
        if owner:
            contact["organisation"] = {"name": owner}
        found.add("contacts", contact, match.group())


# How and when.


def _time(found: Finding) -> None:
    for key, pattern in (("start", said.STARTED), ("end", said.ENDED)):
        match = next(_matches(pattern, found.text), None)
        if match:
            found.put(key, match.group("day"), match.group())


def _procurement(found: Finding) -> None:
    procurement: dict[str, Any] = {}
    words: dict[str, str] = {}
    procedure = _procedure(found.text)
    if procedure:
        procurement["procedure"], words["procedure"] = procedure
    notices = list(dict.fromkeys(match.group().rstrip(".,;:") for match in said.NOTICE.finditer(found.text)))
    if notices:
        procurement["notices"], words["notices"] = notices, ", ".join(notices)
    contract, told = _contract(found.text)
    if contract:
        procurement["contract"] = found.with_sources(contract)
        words.update(told)
    if procurement:
        found.document["procurement"] = found.with_sources(procurement)
        for key, grounds in words.items():
            found.note(f"procurement.{key}", grounds)


def _procedure(text: str) -> tuple[str, str] | None:
    """Return the one procedure the text speaks of; when it speaks of several, the one that fills most of it."""
    met: dict[Procedure, list[re.Match[str]]] = {}
    for procedure, pattern in said.PROCEDURES.items():
        matches = list(_matches(pattern, text))
        if matches:
            met[procedure] = matches
    ranked = sorted(met, key=lambda one: -len(met[one]))
    if not ranked or (len(ranked) > 1 and len(met[ranked[0]]) < 2 * len(met[ranked[1]])):
        return None
    match = met[ranked[0]][0]
    return ranked[0].value, _around(text, match.start(), match.end())


def _contract(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what the text says of the contract, and place in it → on what grounds."""
    contract: dict[str, Any] = {}
    grounds: dict[str, str] = {}
    signed = next(_matches(said.SIGNED, text), None)
    if signed:
        contract["signed"], grounds["contract.signed"] = signed.group("day"), signed.group()
    for sentence in sentences(text):
        amounts = list(said.AMOUNT.finditer(sentence))
        if len(amounts) == 1 and said.CONTRACT_WORTH.search(sentence):
            contract["value"] = {"amount": _typed(amounts[0])}
            grounds["contract.value.amount"] = sentence
            break
    return contract, grounds


def _typed(amount: re.Match[str]) -> str:
    """Return an amount as somebody would type it in the form."""
    return " ".join(part for part in (amount.group("number"), amount.group("scale")) if part)


def _dialogue(found: Finding) -> None:
    for kind, pattern in said.DIALOGUES.items():
        for sentence in sentences(found.text):
            if next(_matches(pattern, sentence), None):
                item: dict[str, Any] = {"kind": kind.value}
                count = said.TAKING_PART.search(sentence)
                if count:
                    item["participants"] = count.group("count")
                found.add("dialogue", found.with_sources(item), sentence)
                break


def _figures(found: Finding) -> None:
    """Take an amount only when its sentence says that it is saved, and that it is expected or that it is measured."""
    for sentence in sentences(found.text):
        amounts = list(said.AMOUNT.finditer(sentence))
        kind = _figure_kind(sentence)
        if len(amounts) == 1 and kind and said.SAVES.search(sentence):
            figure = {"kind": kind.value, "effect": "cost_saved", "value": _typed(amounts[0]), "unit": "NOK"}
            if said.YEARLY.search(sentence):
                figure["per"] = "year"
            found.add("figures", found.with_sources(figure), sentence)


def _figure_kind(sentence: str) -> FigureKind | None:
    """Return the kind when the sentence speaks of one only."""
    if said.POTENTIAL.search(sentence):
        return FigureKind.POTENTIAL
    expected, realised = said.EXPECTED.search(sentence), said.REALISED.search(sentence)
    if bool(expected) == bool(realised):
        return None
    return FigureKind.EXPECTED if expected else FigureKind.REALISED


# Where it was read.


def _source(found: Finding, page: Page, known: KnownNames, today: date) -> None:
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    owner = known.hosts.get(host, "")
    source: dict[str, Any] = {"id": PAGE, "title": page.title[:300] or host, "url": page.url}
    source["publisher"] = owner or page.site or host
    kind = _source_kind(host, bool(owner))
    told = {"kind": kind.value if kind else "", "published": page.published, "checked": today.isoformat()}
    found.add("sources", source | {key: value for key, value in told.items() if value}, page.url)


def _source_kind(host: str, known_owner: bool) -> SourceKind | None:
    told = next((kind for end, kind in said.SOURCE_KINDS.items() if host == end or host.endswith(f".{end}")), None)
    if told:
        return told
    return SourceKind.BUYER if known_owner or host.endswith(said.BUYERS_ENDINGS) else None
