"""A notice in TED_EXPORT, the schema TED used from 2011 to 2023, from its tree to a record.

The record is of the original; translations give their titles and descriptions too. What TED's own staff coded
(``CODED_DATA_SECTION``) is used where the form is silent.
"""

import re
from collections.abc import Iterator
from typing import Any

from ringvirkning.sources.notices.addresses import address
from ringvirkning.sources.notices.numbers import ted_number
from ringvirkning.sources.notices.oddities import Noted, Unreadable
from ringvirkning.sources.notices.record import Link, Notice, Reference
from ringvirkning.sources.notices.tedforms import before2014, parties, since2014
from ringvirkning.sources.notices.tedforms.codes import ACCELERATED_CODES, LAWS, NATURE_CODES, PROCEDURE_CODES
from ringvirkning.sources.notices.tedforms.form import Form
from ringvirkning.sources.notices.tedforms.kinds import kind_of, phase_of
from ringvirkning.sources.notices.tedforms.sums import coded_deadline, compact_day
from ringvirkning.sources.notices.tedforms.tree import Element, attribute, kid, kids, line, told
from ringvirkning.sources.notices.terms import Format, Source
from ringvirkning.sources.notices.when import day

ROOTS = frozenset({"TED_EXPORT"})
_RELEASE = re.compile(r"R2\.0\.\d+(?:\.S\d+)?")


def read(root: Element, *, file: str, source: Source | None = None, noted: Noted) -> Notice:
    """Return the notice in a tree. Raises ``Unreadable`` when there is nothing in it."""
    form = Form(root, noted)
    number = _number(form)
    said = _said(form, number)
    buyers = parties.buyers(form)
    if not (number or said["titles"] or buyers):
        raise Unreadable("no-content")
    return Notice(
        file=file,
        source=source or Source.TED,
        format=Format.TED_EXPORT,
        sdk=_release(form),
        publication_number=number,
        ted_number=number,
        publication_date=day(compact_day(told(form.coded("REF_OJS", "DATE_PUB"))), noted),
        language=form.language,
        buyers=buyers,
        countries=parties.countries(form, buyers),
        **_kind(form),
        **said,
        oddities=noted.all(),
    )


def _number(form: Form) -> str | None:
    given: str | None = form.root.get("DOC_ID") or told(form.coded("NOTICE_DATA", "NO_DOC_OJS"))
    found = ted_number(given) or ted_number(told(form.coded("NOTICE_DATA", "NO_DOC_OJS")))
    if given and not found:
        form.noted("publication-number", given=given)
    return found


def _release(form: Form) -> str | None:
    """Return the release of the schema: "R2.0.9.S05"."""
    namespace = form.root.tag.rpartition("}")[0]
    given = (form.root.get("VERSION"), attribute(form.element, "VERSION"), namespace)
    return next((found[0] for one in given if one and (found := _RELEASE.search(one))), None)


def _kind(form: Form) -> dict[str, Any]:
    if form.number is None:
        form.noted("subtype-missing")
    kind = kind_of(form.number, attribute(form.element, "NOTICE", "TYPE"), _code(form, "TD_DOCUMENT_TYPE"))
    return {"subtype": form.number, "kind": kind, "phase": phase_of(kind, form.noted)}


def _code(form: Form, name: str) -> str | None:
    return attribute(form.coded("CODIF_DATA", name), "CODE")


def _said(form: Form, number: str | None) -> dict[str, Any]:
    """Return what the form says, and where it is silent what TED's staff coded."""
    part = since2014 if form.is_new else before2014
    said = part.fields(form)
    if not said["titles"]:
        said["titles"] = _title_of_ted(form)
    return {
        **said,
        "legal_basis": said["legal_basis"] or LAWS.get(attribute(form.coded("CODIF_DATA", "DIRECTIVE"), "VALUE") or ""),
        "nuts": said["nuts"] or since2014.coded_places(form),
        "contract_nature": said["contract_nature"] or NATURE_CODES.get(_code(form, "NC_CONTRACT_NATURE") or ""),
        "procedure": said["procedure"] or PROCEDURE_CODES.get(_code(form, "PR_PROC") or ""),
        "accelerated": said["accelerated"] or _code(form, "PR_PROC") in ACCELERATED_CODES,
        "deadline": said["deadline"] or _coded_deadline(form),
        "references": tuple(dict.fromkeys(_references(form, part.references(form), number))),
        "links": tuple(dict.fromkeys(_links(form, part.links(form)))),
    }


def _title_of_ted(form: Form) -> dict[str, str]:
    """Return the title TED made: what is bought, by its CPV code."""
    made = kids(form.translated("ML_TITLES"), "ML_TI_DOC")
    titles = {(one.get("LG") or "").lower(): form.clean(line(kid(one, "TI_TEXT"))) for one in made}
    found = {spoken: text for spoken in (form.language, "en") if (text := titles.get(spoken))}
    form.noted("title-from-ted" if found else "title-missing")
    return found


def _coded_deadline(form: Form) -> Any:
    return coded_deadline(told(form.coded("CODIF_DATA", "DT_DATE_FOR_SUBMISSION")), form.noted, form.land)


def _references(form: Form, given: Iterator[tuple[str, str | None]], own: str | None) -> Iterator[Reference]:
    named: set[str] = set()
    for relation, text in given:
        number = ted_number(text)
        if text and not number:
            form.noted("reference-unreadable", given=text)
        if number and number != own:
            named.add(number)
            yield Reference(relation=relation, publication_number=number)
    for element in kids(form.coded("NOTICE_DATA"), "REF_NOTICE", "NO_DOC_OJS"):
        number = ted_number(told(element))
        if number and number != own and number not in named:
            yield Reference(relation="previous", publication_number=number)


def _links(form: Form, given: Iterator[tuple[str, str | None]]) -> Iterator[Link]:
    for kind, text in given:
        if url := address(text, form.noted):
            yield Link(kind=kind, url=url)
