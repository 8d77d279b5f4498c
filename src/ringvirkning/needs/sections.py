"""The sections of a needs assessment: what each holds, how a change is told, and how two people's changes meet. Pure.

A section's *fingerprint* has a mark for each of its fields. A page sends back the one it was made with; so a change of
the title and another's change of the need, made at the same time, both stand, and only the same field can clash.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.terms import Section

OWNS: dict[Section, tuple[str, ...]] = {
    Section.NEED: ("title", "language", "need", "told", "timing"),
    Section.READING: ("adjusted",),
    Section.SOLUTIONS: ("solutions",),
    Section.VALUE: ("zero",),
    Section.QUESTIONS: ("questions",),
    Section.CONCLUSION: ("conclusion",),
}
# What everybody may read of an open need, with the organisation's name.
PUBLIC = ("title", "language", "need", "timing")
MARK = 10  # characters of a field's digest: enough to tell two texts of one field apart
Content = Mapping[str, Any]


class Met(NamedTuple):
    """What came of two people's changes: the section as it can stand, and the fields where both had changed."""

    content: dict[str, Any]
    clashes: tuple[str, ...]


def content_of(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as it is stored and compared: plain JSON, absent where unknown."""
    content: dict[str, Any] = assessment.model_dump(mode="json", exclude_none=True)
    return content


def section_of(content: Content, section: Section) -> dict[str, Any]:
    """Return one section of a stored assessment."""
    return {name: content[name] for name in OWNS[section] if name in content}


def mark_of(value: object) -> str:
    """Return a short mark that tells a value from others; of what is absent too."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def fingerprint(content: Content, section: Section) -> str:
    """Return the mark of each field of a section, in the section's order, with dots between."""
    return ".".join(mark_of(content.get(name)) for name in OWNS[section])


def meet(content: Content, typed: Content, section: Section, base: str) -> Met:
    """Put what was typed in a section into what stands there now. ``base`` is the fingerprint it was typed over.

    A base that cannot be read knows nothing: then every difference is a clash.
    """
    names = OWNS[section]
    marks = base.split(".") if base.count(".") == len(names) - 1 else [""] * len(names)
    found, clashes = dict(section_of(content, section)), []
    for name, before in zip(names, marks, strict=True):
        theirs, mine = mark_of(content.get(name)), mark_of(typed.get(name))
        if mine in (theirs, before):
            continue
        if theirs != before:
            clashes.append(name)
        _put(found, name, typed)
    return Met(found, tuple(clashes))


def _put(into: dict[str, Any], name: str, typed: Content) -> None:
    if name in typed:
        into[name] = typed[name]
    else:
        into.pop(name, None)


def changed_sections(before: Content, after: Content) -> dict[Section, tuple[str, ...]]:
    """Return the sections that differ between two versions, each with the fields that do."""
    found = {}
    for section, names in OWNS.items():
        differ = tuple(name for name in names if before.get(name) != after.get(name))
        if differ:
            found[section] = differ
    return found


def public_part(content: Content) -> dict[str, Any]:
    """Return what everybody may read of an assessment whose need is open."""
    return {name: content[name] for name in PUBLIC if name in content}


def public_texts(content: Content) -> dict[str, str]:
    """Return every text in the public part by its place: for a check that looks for private matters."""
    told = {"title": content.get("title"), "need": content.get("need")}
    told["timing.wanted"] = content.get("timing", {}).get("wanted")
    return {place: text for place, text in told.items() if text}
