"""Persons' names, e-mail and telephone in notices are in the raw store and nowhere else. Every table is walked."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from lxml import etree

from ringvirkning.analysis.working import work_out_all
from ringvirkning.catalogue.notices.loading import Loading
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.packing import unpacked
from ringvirkning.foundation.words import fold
from ringvirkning.sources.notices.containers import open_paths
from ringvirkning.sources.notices.record import to_json
from ringvirkning.sources.tables import cpv_labels

NOTICES = Path(__file__).resolve().parents[4] / "shared" / "data" / "notices"
pytestmark = [
    pytest.mark.usefixtures("empty_catalogue"),
    pytest.mark.skipif(not NOTICES.is_dir(), reason="the real notices of ../shared/data are not here"),
]
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
MAIL_FIELDS = {"ElectronicMail", "E_MAIL", "E_MAILS"}
PHONE_FIELDS = {"Telephone", "Telefax", "PHONE", "FAX"}
NUMBERS = {"CompanyID", "NATIONALID"}
CONTACT_FIELDS = {"CONTACT_POINT", "ATTENTION"}
WORD = r"[A-ZÆØÅÄÖÜÉ][\w'’.-]*"
PERSON = re.compile(rf"{WORD}(?: (?:{WORD}|van|von|de|af))* {WORD}")
# Contacts that are offices and not people are called so.
OFFICE = re.compile(
    r"(?i)avd|dep|seksj|innk|anskaff|kontor|kommune|etat|tjenest|post|eiendom|juridi|prosjekt|direkt|økonomi|klage|"
    r"offic|procure|service|unit|purchas|contract|tender|centre|center|team|bureau|marché|achat|einkauf|vergab|stelle|gerencia|freguesia"
)


class Quiet:
    """Watches a load and says nothing."""

    def refused(self, name: str, sentence: str) -> None:
        """Say nothing."""

    def done(self, files: int) -> None:
        """Say nothing."""


@pytest.fixture
def told(empty_catalogue: None) -> list[str]:
    """Load every real notice, conclude from it what there is to conclude, and give every text in every table."""
    Loading(lambda: datetime.now(UTC), Quiet(), None).run(open_paths([NOTICES]))
    work_out_all(at=datetime.now(UTC))
    assert Notice.objects.count() > 300
    return [text for model in apps.get_models() for row in model.objects.all().iterator() for text in texts_of(row)]


def texts_of(row: Any) -> Iterator[str]:
    """Yield every text in a row: packed records unpacked, JSON written out."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, bytes | memoryview) and field.name == "record":
            yield to_json(unpacked(value)).decode()
        elif isinstance(value, dict | list):
            yield json.dumps(value, ensure_ascii=False)
        elif isinstance(value, str):
            yield value


def values_in_files(fields: set[str]) -> set[str]:
    """Return what stands in these fields of the real files."""
    found = set()
    for path in NOTICES.rglob("*.xml"):
        try:
            tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            continue
        found |= {(one.text or "").strip() for one in tree.iter("{*}*") if etree.QName(one).localname in fields}
    return found - {""}


def contacts_in_files() -> set[str]:
    """Return the names of contacts that are people, as far as one can tell: not those of offices."""
    found = values_in_files(CONTACT_FIELDS)
    for path in NOTICES.rglob("*.xml"):
        try:
            tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            continue
        for contact in tree.iter("{*}Contact", "{*}UltimateBeneficialOwner"):
            found |= {(one.text or "").strip() for one in contact.iter("{*}Name", "{*}FamilyName")}
    return {name for name in found if PERSON.fullmatch(name) and not OFFICE.search(name)}


def test_nothing_about_persons_is_in_any_table(told: list[str]) -> None:
    """One test, since loading everything takes a while."""
    no_mail_address(told)
    no_telephone_number(told)
    no_contact_person(told)


def no_mail_address(told: list[str]) -> None:
    assert len(values_in_files(MAIL_FIELDS)) > 300  # there are many to find
    assert sorted({hit for text in told for hit in EMAIL.findall(text)}) == []


def no_telephone_number(told: list[str]) -> None:
    phones = {re.sub(r"\D", "", phone)[-8:] for phone in values_in_files(PHONE_FIELDS)}
    phones = {phone for phone in phones if len(phone) == 8 and phone not in "0123456789 9876543210 23456789 21654987"}
    # Some look like a CPV code, and a few bodies abroad are registered under their telephone number.
    phones -= {re.sub(r"\D", "", number)[-8:] for number in values_in_files(NUMBERS)} | cpv_labels().keys()
    assert len(phones) > 150
    numbers = {run for text in told for run in written_numbers(text)}
    assert sorted(phones & numbers) == []


def written_numbers(text: str) -> Iterator[str]:
    """Yield the last eight digits of what is written like a telephone number, with spaces, dashes and a +."""
    for run in re.findall(r"(?<![\w-])\+?[(\d][\d ().-]{6,18}\d(?![\w-])", text):
        digits = re.sub(r"\D", "", run)
        if 8 <= len(digits) <= 13:
            yield digits[-8:]


def no_contact_person(told: list[str]) -> None:
    contacts = contacts_in_files()
    assert len(contacts) > 100
    everything = fold("\n".join(told))
    assert sorted(name for name in contacts if f" {fold(name)} " in everything) == []
