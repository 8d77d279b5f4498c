"""From the published life of a procurement to the beginning of a case: dialogue, competition, award, completion.

What notices say as facts is filled in with the notice as its source, and the buyer's own description of the need is put
where the need belongs, to be written anew. Everything is listed as unconfirmed, so that the writer is asked about each.
What a notice cannot know stays empty: what it gave, whether it is in use, what was learnt. The value of a contract is
what it cost, never a benefit, and stands with the contract. Pure: what is known is handed in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from ringvirkning.publishing.recognition import recognise_words as said
from ringvirkning.publishing.recognition.from_notice_words import STEPS, TITLES
from ringvirkning.publishing.recognition.recognise import LONGEST_TITLE, Finding, Recognised, put_themes
from ringvirkning.sources.casefile import terms as case
from ringvirkning.sources.notices.record import Money, Notice, Organisation, Texts
from ringvirkning.sources.notices.terms import PHASES, Phase, ValueKind

NORWAY = ZoneInfo("Europe/Oslo")
MOST_CODES = 20
LONGEST_TEXT = 15_000
PROCEDURES = {
    "open": case.Procedure.TENDER,
    "restricted": case.Procedure.TENDER,
    "comp-tend": case.Procedure.TENDER,
    "neg-w-call": case.Procedure.NEGOTIATED,
    "neg-wo-call": case.Procedure.DIRECT_PURCHASE,
    "comp-dial": case.Procedure.COMPETITIVE_DIALOGUE,
    "innovation": case.Procedure.INNOVATION_PARTNERSHIP,
}
CONTESTS = {"cn-desg", "can-desg"}
CURRENCIES = {"NOK", "EUR", "SEK", "DKK"}
# Where in the case's own phases a notice belongs.
CASE_PHASES = {
    Phase.PLANNING: case.Phase.STRATEGY,
    Phase.DIALOGUE: case.Phase.MARKET_DIALOGUE,
    Phase.COMPETITION: case.Phase.COMPETITION,
    Phase.RESULT: case.Phase.DEVELOPMENT,
    Phase.CHANGE: case.Phase.DEVELOPMENT,
    Phase.COMPLETION: case.Phase.IMPLEMENTATION,
}
# How far it has come, where the newest notice tells. Whether what was bought is in use, none of them does.
STATUSES = {
    Phase.PLANNING: case.Status.PREPARING,
    Phase.DIALOGUE: case.Status.MARKET_DIALOGUE,
    Phase.COMPETITION: case.Status.COMPETITION,
    Phase.COMPLETION: case.Status.COMPLETED,
}
# A source that does not tell the two forms of Norwegian apart nearly always writes bokmål.
LANGUAGES = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}
READ_IN = {"nb": ("nb", "no", "nn", "en"), "nn": ("nn", "nb", "no", "en"), "en": ("en", "nb", "no", "nn")}


@dataclass(frozen=True)
class Address:
    """Where a notice is published: the publisher, its number there, and the page."""

    publisher: str
    number: str
    url: str


@dataclass(frozen=True)
class Seen:
    """One notice of the life, with where it is published, the best known place first."""

    record: Notice
    addresses: tuple[Address, ...]
    cancelled: bool = False

    @property
    def source_id(self) -> str:
        """Return what the case calls this notice as a source."""
        first = self.addresses[0]
        return "-".join(part.lower() for part in (first.publisher, first.number))


def recognise_life(
    life: Sequence[Seen], *, today: date, language: str = "nb", day: Callable[[date], str] = date.isoformat
) -> Recognised:
    """Return the beginning of a case. ``life`` is in the order of time; ``day`` writes a date in words.

    Notices without an address are left out: nothing could be traced to them.
    """
    known = [one for one in life if one.addresses]
    found = Finding(_words_of(known, language), case.Language(language), [])
    if known:
        _what(found, known, language)
        _who(found, known)
        _when(found, known, language, day)
        _how(found, known, language)
        _state(found, known)
        _sources(found, known, language, today)
    return Recognised(found.document, found.places, tuple(found.marks), found.language)


# What it is about.


def _what(found: Finding, life: Sequence[Seen], language: str) -> None:
    title = _text(_telling(life)[0].record.titles, language)
    if title:
        found.put("title", {title[0]: title[1][:LONGEST_TITLE].strip()}, title[1])
    telling = next((one for one in _telling(life) if _text(one.record.descriptions, language)), None)
    need = _text(telling.record.descriptions, language) if telling else None
    if telling and need:
        statement = {"text": {need[0]: need[1][:LONGEST_TEXT]}, "sources": [telling.source_id]}
        found.put("need", {"description": statement}, need[1], place="need.description.text")
    put_themes(found, title[1] if title else "")
    codes = list(dict.fromkeys(code for one in life for code in one.record.cpv))[:MOST_CODES]
    if codes:
        found.put("cpv", codes, ", ".join(codes))


def _telling(life: Sequence[Seen]) -> list[Seen]:
    """Return the notices with the one that tells most of what is bought first: the competition, then those near it."""
    order = (Phase.COMPETITION, Phase.DIALOGUE, Phase.PLANNING, Phase.RESULT, Phase.COMPLETION, Phase.CHANGE)
    return sorted(life, key=lambda one: order.index(one.record.phase))


def _text(texts: Texts, language: str) -> tuple[str, str] | None:
    """Return the text and the case's name for its language; None when it is in none that cases are written in."""
    code = next((one for one in READ_IN.get(language, READ_IN["nb"]) if texts.get(one)), None)
    return (LANGUAGES[code], texts[code].strip()) if code else None


def _words_of(life: Iterable[Seen], language: str) -> str:
    """Return everything the notices say, for recognising themes."""
    told = [_text(texts, language) for one in life for texts in (one.record.titles, one.record.descriptions)]
    return "\n".join(dict.fromkeys(text[1] for text in told if text))


# Who.


def _who(found: Finding, life: Sequence[Seen]) -> None:
    buyers = _each(life, lambda one: one.record.buyers)
    for place, (buyer, sources) in enumerate(buyers):
        role = case.PartyRole.LEAD if place == 0 else case.PartyRole.CO_BUYER
        found.add("parties", {"organisation": _named(buyer), "role": role.value, "sources": sources}, buyer.name or "")
    for winner, sources in _each(life, lambda one: one.record.winners):
        item = {"organisation": _named(winner), "role": case.SupplierRole.MAIN.value, "sources": sources}
        found.add("suppliers", item, winner.name or "")


def _each(life: Iterable[Seen], read: Callable[[Seen], Iterable[Organisation]]) -> list[tuple[Organisation, list[str]]]:
    """Return every organisation once, with the notices that name it. One without a name cannot be told of."""
    met: dict[str, tuple[Organisation, list[str]]] = {}
    for seen in life:
        for one in read(seen):
            key = one.number or (one.name or "").casefold()
            if one.name and seen.source_id not in met.setdefault(key, (one, []))[1]:
                met[key][1].append(seen.source_id)
    return [pair for pair in met.values() if pair[1]]


def _named(one: Organisation) -> dict[str, str]:
    return {"name": one.name or "", **({"number": one.number} if one.number else {})}


# When.


def _when(found: Finding, life: Sequence[Seen], language: str, day: Callable[[date], str]) -> None:
    days = sorted(one.record.publication_date for one in life if one.record.publication_date)
    if days:
        found.put("start", days[0].isoformat(), days[0].isoformat())
    ended = [one.record.publication_date for one in life if one.record.phase is Phase.COMPLETION]
    if ended and ended[-1]:
        found.put("end", ended[-1].isoformat(), ended[-1].isoformat())
    for phase in PHASES:
        told = [one for one in life if one.record.phase is phase and one.record.publication_date]
        if told:
            found.add("approach", _step(phase, told, language, day), ", ".join(one.source_id for one in told))


def _step(phase: Phase, told: Sequence[Seen], language: str, day: Callable[[date], str]) -> dict[str, Any]:
    """Return a step of the process: when the notices of this phase came, in a sentence of ours."""
    days = [one.record.publication_date for one in told if one.record.publication_date]
    deadline = next((one.record.deadline for one in reversed(told) if one.record.deadline), None)
    first = STEPS[language][phase].format(day=day(days[0]))
    end = deadline.astimezone(NORWAY).date() if deadline and phase in (Phase.DIALOGUE, Phase.COMPETITION) else None
    last = STEPS[language]["deadline"].format(day=day(end)) if end else ""
    return {
        "phase": CASE_PHASES[phase].value,
        "start": days[0].isoformat(),
        **({"end": end.isoformat()} if end and end >= days[0] else {}),
        "text": {language: " ".join(part for part in (first, last) if part)},
        "sources": [one.source_id for one in told],
    }


# How.


def _how(found: Finding, life: Sequence[Seen], language: str) -> None:
    for seen in life:
        if seen.record.phase is Phase.DIALOGUE:
            found.add("dialogue", _dialogue(seen, language), seen.source_id)
    procurement: dict[str, Any] = {"notices": [one.url for seen in life for one in seen.addresses]}
    grounds = {"notices": ", ".join(procurement["notices"])}
    procedure = next((one for seen in _telling(life) if (one := _procedure(seen.record))), None)
    if procedure:
        procurement["procedure"], grounds["procedure"] = procedure.value, procedure.value
    forms = _forms(life)
    if forms:
        procurement["forms"], grounds["forms"] = forms, ", ".join(forms)
    contract = _contract(life)
    if contract:
        procurement["contract"], grounds["contract.value.amount"] = contract, contract["value"]["amount"]
    found.document["procurement"] = {**procurement, "sources": [one.source_id for one in life]}
    for key, words in grounds.items():
        found.note(f"procurement.{key}", words)


def _procedure(record: Notice) -> case.Procedure | None:
    return case.Procedure.DESIGN_CONTEST if record.kind in CONTESTS else PROCEDURES.get(record.procedure or "")


def _forms(life: Iterable[Seen]) -> list[str]:
    frameworks = any((one.record.framework or "none") != "none" for one in life)
    joint = any(len(one.record.buyers) > 1 for one in life)
    told = ((frameworks, case.ContractForm.FRAMEWORK), (joint, case.ContractForm.JOINT))
    return [form.value for so, form in told if so]


def _contract(life: Sequence[Seen]) -> dict[str, Any]:
    """Return what the contract was awarded for, by the newest notice that says it. Estimates are no contract."""
    for seen in reversed(life):
        awarded = seen.record.total(ValueKind.AWARDED)
        if awarded and awarded.currency in CURRENCIES and awarded.amount > 0:
            return {"value": _value(awarded), "sources": [seen.source_id]}
    return {}


def _value(money: Money) -> dict[str, str]:
    """Return a sum as somebody would type it."""
    amount = f"{money.amount:.2f}".removesuffix(".00")
    return {"amount": amount, **({} if money.currency == "NOK" else {"currency": money.currency})}


def _dialogue(seen: Seen, language: str) -> dict[str, Any]:
    """Return a dialogue with the market; which kind, only when its notice says so."""
    title, told = _text(seen.record.titles, language), _text(seen.record.descriptions, language)
    words = " ".join(text[1] for text in (title, told) if text)
    kind = next((kind for kind, pattern in said.DIALOGUES.items() if pattern.search(words)), None)
    return {
        **({"kind": kind.value} if kind else {}),
        **({"text": {title[0]: title[1]}} if title else {}),
        "invitation": seen.addresses[0].url,
        "sources": [seen.source_id],
    }


# How far it has come, and where it is told.


def _state(found: Finding, life: Sequence[Seen]) -> None:
    newest = life[-1]
    status = case.Status.CANCELLED if newest.cancelled else STATUSES.get(newest.record.phase)
    published = newest.record.publication_date
    if status:
        as_of = {"as_of": published.isoformat()} if published else {}
        found.put("state", {"status": status.value, **as_of}, newest.source_id, place="state.status")


def _sources(found: Finding, life: Sequence[Seen], language: str, today: date) -> None:
    for seen in life:
        first, published = seen.addresses[0], seen.record.publication_date
        source = {
            "id": seen.source_id,
            "title": TITLES[language][seen.record.phase].format(publisher=first.publisher, number=first.number),
            "url": first.url,
            "publisher": first.publisher,
            "kind": case.SourceKind.REGISTER.value,
            **({"published": published.isoformat()} if published else {}),
            "checked": today.isoformat(),
        }
        found.add("sources", source, first.url)
