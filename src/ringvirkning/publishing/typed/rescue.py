"""A whole case file out of anything, for looking at: what is sound is kept, what must be there and is not is filled in.

Pure, and never fails: the model says what is wrong, that is cut or filled in, and the model is asked again. What this
gives is shown in a preview and never published.
"""

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from ringvirkning.publishing.typed.faults import typed_numbers
from ringvirkning.publishing.typed.normalise import is_ambiguous
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import FORMAT, VERSION

Place = tuple[str | int, ...]

NOBODY = "uten-kilde"
SOME_DAY = "2000-01-01"
UNTITLED = {"nb": "Uten tittel", "nn": "Utan tittel", "en": "Untitled"}
NOT_WRITTEN = {"nb": "Ikke skrevet ennå.", "nn": "Ikkje skrive enno.", "en": "Not written yet."}
NO_THEME = "uten-tema"
SOURCE = {"id": NOBODY, "title": "Utkast", "publisher": "Utkast", "kind": "stated", "checked": SOME_DAY}
# What is put where something must stand. A place that is not here is taken away with the part it belongs to.
FILLERS: dict[str, Any] = {
    "format": FORMAT,
    "version": VERSION,
    "id": "utkast",
    "title": UNTITLED,
    "summary": {"text": NOT_WRITTEN, "sources": [NOBODY]},
    "summary.text": NOT_WRITTEN,
    "need": {"description": {"text": NOT_WRITTEN, "sources": [NOBODY]}},
    "need.description": {"text": NOT_WRITTEN, "sources": [NOBODY]},
    "need.description.text": NOT_WRITTEN,
    "themes": [NO_THEME],
    "state": {"status": "preparing"},
    "state.status": "preparing",
    "sources": [SOURCE],
    "licence": "CC-BY-4.0",
    "revised": SOME_DAY,
    "parties.*.role": "supporter",
    "suppliers.*.role": "participant",
    "dialogue.*.kind": "other",
    "documents.*.kind": "other",
    "documents.*.language": "nb",
    "lessons.*.kind": "advice",
    "contacts.*.role": {"nb": "Kontakt", "nn": "Kontakt", "en": "Contact"},
    "contacts.*.person.consented": SOME_DAY,
    "sources.*.kind": "stated",
    "sources.*.checked": SOME_DAY,
    "*.sources": [NOBODY],
}
MOST_ROUNDS = 40  # each round mends at least one thing in every part that has a fault; parts nest a few levels deep


def presentable(document: Mapping[str, Any]) -> CaseFile:
    """Return the case file that can be shown of a document, however unfinished or broken it is."""
    case = _own_copy(document)
    for _ in range(MOST_ROUNDS):
        try:
            return CaseFile.model_validate(case)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                _mend(case, one)
            case = _without_holes(case)
        except RecursionError:
            break
    return CaseFile.model_validate({name: FILLERS[name] for name in CaseFile.model_fields if name in FILLERS})


def _own_copy(document: object) -> dict[str, Any]:
    """Return a copy to mend in, without numbers that can be read in two ways."""
    try:
        case = copy.deepcopy(dict(document)) if isinstance(document, Mapping) else {}
    except RecursionError:
        return {}
    for place, text in list(typed_numbers(case)):
        if is_ambiguous(text):
            _cut(case, tuple(int(part) if part.isdecimal() else part for part in place.split(".")))
    return case


def _mend(case: dict[str, Any], error: Any) -> None:
    place: Place = tuple(error["loc"])
    place = place[:-1] if place[-1:] == ("[key]",) else place
    given = error.get("ctx") or {}
    if error["type"] in OF_PARTS:
        OF_PARTS[error["type"]](case, place, given)
    elif error["type"] == "missing":
        _fill(case, place)
    elif "max_length" in given:
        _shorten(case, place, int(given["max_length"]))
    else:
        _cut(case, place)


def _fill(case: dict[str, Any], place: Place) -> None:
    pattern = re.sub(r"\.\d+", ".*", ".".join(map(str, place)))
    key = "*.sources" if pattern.endswith(".sources") else pattern
    parent = _at(case, place[:-1])
    if key in FILLERS and isinstance(parent, dict):
        parent[place[-1]] = copy.deepcopy(FILLERS[key])
    else:
        _cut(case, place[:-1])


def _shorten(case: dict[str, Any], place: Place, most: int) -> None:
    parent, value = _at(case, place[:-1]), _at(case, place)
    if isinstance(parent, dict | list) and isinstance(value, str | list):
        parent[place[-1]] = value[:most]  # type: ignore[index]


def _at(value: Any, place: Place) -> Any:
    """Return what stands at a place, None when nothing does."""
    for key in place:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def _cut(case: dict[str, Any], place: Place) -> None:
    """Take away what stands at a place. In a list it leaves a hole for the rest of the round, so that places hold."""
    parent = _at(case, place[:-1]) if place else None
    if isinstance(parent, dict):
        parent.pop(place[-1], None)
    elif isinstance(parent, list) and isinstance(place[-1], int) and place[-1] < len(parent):
        parent[place[-1]] = None


def _without_holes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_holes(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_holes(one) for one in value if one is not None]
    return value


# Rules about a whole part.

_Mender = Callable[[dict[str, Any], Place, dict[str, Any]], None]


def _without(*names: str) -> _Mender:
    """Return what takes these fields of the part away."""

    def mend(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
        for name in names:
            _cut(case, (*place, name))

    return mend


def _one_of(keep: str, other: str) -> _Mender:
    """Return what keeps the first when both are there, and takes the part away when neither is."""

    def mend(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
        part = _at(case, place)
        _cut(case, (*place, other) if isinstance(part, dict) and keep in part else place)

    return mend


def _whole(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
    _cut(case, place)


def _name_picture(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
    part = _at(case, place)
    part["alt"] = {"nb": part["title"]}


def _known_sources(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
    """Let statements refer to sources that are there; those left without rest on the draft itself."""
    missing = set(str(given["ids"]).split(", "))
    if NOBODY in missing:
        case["sources"].append(dict(SOURCE))
    for name, value in case.items():
        if name != "sources":
            _forget(value, missing - {NOBODY})


def _forget(value: Any, missing: set[str]) -> None:
    named = value.get("sources") if isinstance(value, dict) else None
    if isinstance(named, list) and missing.intersection(map(str, named)):
        value["sources"] = [one for one in named if one not in missing] or [NOBODY]
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _forget(child, missing)


def _once(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
    seen: set[str] = set()
    parts = case[f"{given['what']}s"]
    for number, part in enumerate(parts):
        if part["id"] in seen:
            parts[number] = None
        seen.add(part["id"])


def _known_figures(case: dict[str, Any], place: Place, given: dict[str, Any]) -> None:
    missing = set(str(given["ids"]).split(", "))
    shown = case["infographic"]["figures"]
    case["infographic"]["figures"] = [one for one in shown if one not in missing]


OF_PARTS: dict[str, _Mender] = {
    "organisation_or_group": _one_of("organisation", "group"),
    "url_or_file": _one_of("file", "url"),
    "figure_without_number": _whole,
    "figure_value_and_range": _without("low", "high"),
    "figure_range": _without("high"),
    "potential_without_if": _whole,
    "picture_without_alt": _name_picture,
    "source_without_url": _whole,
    "own_word_without_publisher": _whole,
    "end_before_start": _without("end"),
    "unknown_source": _known_sources,
    "unknown_figure": _known_figures,
    "repeated_id": _once,
}
