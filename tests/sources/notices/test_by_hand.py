"""Notices read by eye, field by field, beside what the program reads: the reader is not its own judge."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from ringvirkning.sources.notices.persons import is_personal
from ringvirkning.sources.notices.read import read_document
from ringvirkning.sources.notices.record import Criterion, Lot, Money, Notice, Organisation, Reference, to_json

NOTICES = Path(__file__).resolve().parents[4] / "shared" / "data" / "notices"
BY_HAND: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "by_hand.yaml").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not NOTICES.is_dir(), reason="the real notices of ../shared/data are not here")


@cache
def read(file: str) -> Notice:
    (notice,) = read_document((NOTICES / file).read_bytes(), file=file)
    return notice


def checks() -> list[Any]:
    return [
        pytest.param(file, field, expected, id=f"{file.removesuffix('.xml')}-{field}")
        for file, fields in BY_HAND.items()
        for field, expected in fields.items()
        if field != "lots"
    ]


def lot_checks() -> list[Any]:
    return [
        pytest.param(file, lot, field, expected, id=f"{file.removesuffix('.xml')}-{lot}-{field}")
        for file, fields in BY_HAND.items()
        for lot, told in fields.get("lots", {}).items()
        for field, expected in told.items()
    ]


@pytest.mark.parametrize(("file", "field", "expected"), checks())
def test_a_notice_is_read_as_by_eye(file: str, field: str, expected: Any) -> None:
    found = told(read(file), field)
    if field in {"titles", "descriptions"}:
        found = {language: found.get(language) for language in expected} if _of_several(file) else found
    assert found == told_plainly(expected)


@pytest.mark.parametrize(("file", "lot", "field", "expected"), lot_checks())
def test_a_lot_is_read_as_by_eye(file: str, lot: str, field: str, expected: Any) -> None:
    (found,) = (one for one in read(file).lots if one.lot_id == lot)
    assert told_of_lot(found, field) == told_plainly(expected)


@pytest.mark.parametrize("file", [file for file, fields in BY_HAND.items() if "lots" in fields])
def test_no_lot_is_left_out_or_added(file: str) -> None:
    fields = BY_HAND[file]
    known = fields.get("lot_ids") or list(fields["lots"])
    assert [lot.lot_id for lot in read(file).lots] == known


def test_the_sample_is_wide() -> None:
    notices = [read(file) for file in BY_HAND]
    assert len(notices) >= 24
    assert {notice.format for notice in notices} >= {"eforms", "ted-export"}
    assert len({notice.sdk for notice in notices}) >= 10
    assert len({notice.subtype for notice in notices}) >= 20
    assert {notice.phase for notice in notices} >= {"planning", "competition", "result", "change", "completion"}


def _of_several(file: str) -> bool:
    return "title_count" in BY_HAND[file]


def told_plainly(expected: Any) -> Any:
    """Return what YAML made dates of as text again."""
    if isinstance(expected, date):
        return expected.isoformat()
    return [told_plainly(one) for one in expected] if isinstance(expected, list) else expected


COUNTS = {"buyer_count": "buyers", "winner_count": "winners", "title_count": "titles"}
OF_PARTIES = {
    "buyer_types": ("buyers", "buyer_type"),
    "activities": ("buyers", "activity"),
    "winner_sizes": ("winners", "size"),
}


def told(notice: Notice, field: str) -> Any:
    """Return a field as it is written in the file of what was read by eye."""
    if field in COUNTS:
        return len(getattr(notice, COUNTS[field]))
    if field in OF_PARTIES:
        parties, part = OF_PARTIES[field]
        return [getattr(one, part) for one in getattr(notice, parties)]
    if field == "link_kinds":
        return list(dict.fromkeys(one.kind for one in notice.links))
    if field == "lot_ids":
        return [one.lot_id for one in notice.lots]
    if field == "change":
        return notice.change and {"notice": notice.change.notice, "reason": notice.change.reason}
    return plain(getattr(notice, field))


def told_of_lot(lot: Lot, field: str) -> Any:
    return len(lot.values) if field == "value_count" else plain(getattr(lot, field))


def plain(value: Any) -> Any:
    """Return a value of a record as short text."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {language: hashlib.sha256(text.encode()).hexdigest()[:16] for language, text in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return WRITERS[type(value)](value) if type(value) in WRITERS else value


def of_organisation(one: Organisation) -> str:
    return " ".join([one.number or one.identifier or "-", one.country or "-", *one.lots])


def of_money(one: Money) -> str:
    return f"{one.amount:.2f}".removesuffix(".00") + f" {one.currency} {one.kind} {one.field}"


def of_criterion(one: Criterion) -> str:
    weight = "-" if one.weight is None else f"{one.weight:g}"
    return f"{one.kind or '-'} {weight} {one.weight_kind or '-'} {one.lot or '-'}"


def of_reference(one: Reference) -> str:
    return " ".join(filter(None, (one.relation, one.notice_uuid or one.publication_number, one.version)))


WRITERS: dict[type, Any] = {
    Organisation: of_organisation,
    Money: of_money,
    Criterion: of_criterion,
    Reference: of_reference,
}


PERSONAL = ("CONTACT_POINT", "ATTENTION", "MEMBER_NAME", "E_MAIL", "PHONE", "FAX")


@pytest.mark.parametrize("path", sorted(NOTICES.glob("ted_export_2016_2022/*.xml")), ids=lambda path: path.stem)
def test_nobody_named_in_a_form_of_ted_is_in_the_record(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    given = {(one.text or "").strip() for name in PERSONAL for one in root.iter(f"{{*}}{name}")}
    (notice,) = read_document(path.read_bytes(), file=path.name)
    told = to_json(notice).decode()
    own = [one.name or "" for one in (*notice.buyers, *notice.winners)]
    secrets = {text for text in given if "@" in text or text.strip("+ ")[:1].isdigit() or is_personal(text, own)}
    assert secrets
    assert [text for text in secrets if text in told] == []
