"""Whatever the bytes are, a document is read or refused in words: nothing else is ever raised, and nothing blows up."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eforms_xml import document, lot, odd, project, read
from ringvirkning.sources.notices import parsing
from ringvirkning.sources.notices.oddities import REFUSALS, sentence_of
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import from_json, to_json

SOUND = document()
BOMB = (
    b'<!DOCTYPE n [<!ENTITY a0 "dos">'
    + b"".join(b'<!ENTITY a%d "' % n + b"&a%d;" % (n - 1) * 20 + b'">' for n in range(1, 9))
    + b"]>"
)
EXTERNAL = b'<!DOCTYPE n [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def refusal(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read_document(content, file="fiendtlig.xml")
    assert raised.value.code in REFUSALS
    assert "{" not in str(raised.value)
    return raised.value


def with_doctype(doctype: bytes, body: bytes = SOUND) -> bytes:
    declaration, rest = body.split(b"?>", 1)
    return declaration + b"?>" + doctype + rest


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"hei", "not-a-notice"),
        (b"%PDF-1.7", "not-a-notice"),
        (b"\x00" * 100, "broken-xml"),
        (SOUND[:-200], "broken-xml"),
        (SOUND + b"<mer/>", "broken-xml"),
        (SOUND.replace(b"</cbc:VersionID>", b"</cbc:Version>"), "broken-xml"),
        (SOUND.replace(b"Trygg", b"&oslash;"), "broken-xml"),
        (SOUND.replace("når".encode(), "når".encode("latin-1")), "encoding"),
        (SOUND.replace(b"UTF-8", b"EBCDIC-9"), "encoding"),
        (with_doctype(b"<!DOCTYPE ContractNotice>"), "doctype"),
        (with_doctype(BOMB, SOUND.replace(b"Trygg", b"&a8;")), "doctype"),
        (with_doctype(BOMB, SOUND.replace(b'"LOT', b'"&a8;LOT')), "doctype"),
        (with_doctype(EXTERNAL, SOUND.replace(b"Trygg", b"&x;")), "doctype"),
        (with_doctype(b'<!DOCTYPE n SYSTEM "http://example.no/n.dtd">'), "doctype"),
        (b"<!-- <a> -->" + with_doctype(BOMB).split(b"?>", 1)[1], "doctype"),
        (b"<a>" + b"<b/>" * 1_600_000 + b"</a>", "too-many-parts"),
        (b"<a " + b"".join(b'a%d="" ' % number for number in range(1_600_000)) + b"/>", "too-many-parts"),
        (b"<html/>", "unknown-root"),
        (b"<testSet/>", "not-published"),
        (b"<a>" * 300 + b"</a>" * 300, "too-deep"),
        (b"<a>" + b"x" * 10_500_000 + b"</a>", "text-too-large"),
        (b"<ContractNotice/>", "no-content"),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
def test_hostile_documents_are_refused_by_name(content: bytes, code: str) -> None:
    assert refusal(content).code == code


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_doctype_in_another_encoding_is_found_too(encoding: str) -> None:
    text = with_doctype(b'<!DOCTYPE n [<!ENTITY a "b">]>').decode().replace("UTF-8", "UTF-16")
    assert refusal(text.encode(encoding)).code in {"doctype", "broken-xml", "encoding"}


def test_a_bomb_goes_off_nowhere() -> None:
    began = time.process_time()
    for body in (SOUND.replace(b"Trygg", b"&a8;"), SOUND.replace(b'"LOT', b'"&a8;LOT')):
        assert refusal(with_doctype(BOMB, body).decode().replace("UTF-8", "UTF-16").encode("utf-16")).code == "doctype"
    assert time.process_time() - began < 5, "twenty to the eighth is far more than five seconds"


def test_a_file_outside_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    doctype = f'<!DOCTYPE n [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = with_doctype(doctype.encode(), SOUND.replace(b"Trygg", b"&x;")).decode().replace("UTF-8", "UTF-16")
    assert "hemmelig" not in str(refusal(text.encode("utf-16")))


def test_too_large_is_said_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_BYTES", 2_000_000)
    assert "2 MB" in str(refusal(SOUND + b" " * 2_000_000))


def test_the_word_doctype_in_a_text_is_harmless() -> None:
    found = read(document(project=project(described="<![CDATA[<!DOCTYPE html>]]>")))
    assert found.descriptions == {"nb": "<!DOCTYPE html>"}


@pytest.mark.parametrize("stray", [b"\x01", b"\x0b", b"&#2;", b"&#x1F;", b"&#0031;"])
def test_stray_control_characters_are_taken_out(stray: bytes) -> None:
    found = read(SOUND.replace(b"Trygg", b"Try" + stray + b"gg"))
    assert (found.titles, odd(found)) == ({"nb": "Trygg natt"}, {"control-characters"})


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read_when_they_are_what_the_file_says(encoding: str) -> None:
    found = read(SOUND.decode().replace("UTF-8", encoding).encode(encoding))
    assert found.descriptions == {"nb": "Varsler når noen faller."}


def test_a_mark_of_byte_order_or_a_line_before_the_declaration_is_harmless() -> None:
    assert read(b"\xef\xbb\xbf" + SOUND) == read(b"\r\n" + SOUND) == read(SOUND)


def test_very_many_lots_have_an_end() -> None:
    found = read(document(lots="".join(map(lot, range(1, 5_102)))))
    assert (len(found.lots), odd(found)) == (5_000, {"too-many-lots"})


def test_a_text_of_a_megabyte_is_cut() -> None:
    found = read(document(project=project(described="lang " * 200_000)))
    assert (len(found.descriptions["nb"]), odd(found)) == (50_000, {"cut"})


def test_hostile_values_stay_in_their_sentences() -> None:
    found = read(document(subtype="{code} {most}" + "9" * 500))
    (said,) = [sentence_of(one) for one in found.oddities]
    assert len(said) < 250


def tries_to_read(content: bytes) -> None:
    try:
        for found in read_document(content, file="tilfeldig"):
            assert from_json(to_json(found)) == found
    except Unreadable as why:
        assert why.code in REFUSALS
        assert str(why)


@given(st.binary(max_size=400))
@example(b"{")
@example(b"[" * 100_000)
@example(b'{"releases": [{"tender": []}]}')
@example(b"\xff\xfe<\x00a\x00")
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    tries_to_read(content)


@settings(max_examples=300)
@given(st.data())
def test_no_damaged_notice_raises_anything_else(data: st.DataObject) -> None:
    content = bytearray(RICH)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = start + data.draw(st.integers(0, 60))
        content[start:end] = data.draw(st.binary(max_size=20))
    tries_to_read(bytes(content))


@settings(max_examples=300)
@given(st.data())
def test_no_text_in_any_element_raises_anything_else(data: st.DataObject) -> None:
    parts = RICH.split(b">")
    places = [number for number, part in enumerate(parts) if part and not part.startswith(b"<") and b"</" in part]
    for place in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5)):
        text = data.draw(st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=30))
        parts[place] = text.encode() + parts[place][parts[place].index(b"</") :]
    tries_to_read(b">".join(parts))


RICH = document(
    root="ContractAwardNotice",
    lots=lot(
        process="<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-04-10+02:00</cbc:EndDate><cbc:EndTime>12:00:00+02:00"
        "</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>",
        inner="<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID='NOK'>10"
        "</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal><cac:PlannedPeriod><cbc:DurationMeasure "
        "unitCode='MONTH'>12</cbc:DurationMeasure><cbc:StartDate>2026-05-01</cbc:StartDate></cac:PlannedPeriod>"
        "<cac:MainCommodityClassification><cbc:ItemClassificationCode>48000000</cbc:ItemClassificationCode>"
        "</cac:MainCommodityClassification>",
    ),
    top="<efac:NoticeResult><cbc:TotalAmount currencyID='NOK'>9</cbc:TotalAmount><efac:LotResult><cbc:TenderResultCode>"
    "selec-w</cbc:TenderResultCode><efac:LotTender><cbc:ID>TEN-0001</cbc:ID></efac:LotTender><efac:TenderLot><cbc:ID>"
    "LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult><efac:LotTender><cbc:ID>TEN-0001</cbc:ID><efac:TenderingParty>"
    "<cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty></efac:LotTender><efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID>"
    "<efac:Tenderer><cbc:ID>ORG-0001</cbc:ID></efac:Tenderer></efac:TenderingParty></efac:NoticeResult>"
    "<efac:Publication><efbc:NoticePublicationID>00453076-2026</efbc:NoticePublicationID></efac:Publication>",
)
