"""OCDS: releases, records and packages of them become records of ours; what is broken is refused in words."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.notices import ocds
from ringvirkning.sources.notices.parsing import MOST_BYTES
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice, from_json, to_json
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
LARVIK = {
    "id": "NO-ORG-918082956",
    "name": "Larvik kommune",
    "identifier": {"scheme": "NO-ORG", "id": "918082956"},
    "address": {"locality": "Larvik", "countryName": "Norway", "region": "NO093"},
    "contactPoint": {"name": "Ola Normann", "email": "ola@larvik.example", "telephone": "33 17 10 00"},
    "roles": ["buyer", "procuringEntity"],
}
FIRM = {
    "id": "S1",
    "name": "Firma AS",
    "identifier": {"scheme": "NO-ORG", "id": 923609016},
    "address": {"country": "NO"},
    "details": {"scale": "small"},
    "roles": ["supplier"],
}


def release(**fields: Any) -> dict[str, Any]:
    """Return a call for competition, with fields replaced."""
    tender = {
        "id": "T1",
        "title": "Fallalarm",
        "title_nn": "Fallalarm på nynorsk",
        "description": "Kommunen trenger varsling om natta.",
        "mainProcurementCategory": "goods",
        "procurementMethod": "selective",
        "value": {"amount": 2_000_000, "currency": "NOK"},
        "tenderPeriod": {"endDate": "2026-12-11T12:00:00+01:00"},
        "contractPeriod": {"startDate": "2027-01-01", "endDate": "2028-12-31", "durationInDays": 730},
        "items": [
            {
                "id": "1",
                "classification": {"scheme": "CPV", "id": "33196000"},
                "additionalClassifications": [{"scheme": "CPV", "id": "48000000"}, {"scheme": "UNSPSC", "id": "42"}],
                "deliveryAddress": {"region": "NO093"},
            }
        ],
        "documents": [
            {"documentType": "biddingDocuments", "url": "https://doffin.example.no/1"},
            {"documentType": "evaluationCriteria", "url": "https://doffin.example.no/2"},
        ],
        "techniques": {"hasFrameworkAgreement": True, "hasElectronicAuction": False},
    }
    base = {
        "ocid": "ocds-abc-1",
        "id": f"{UUID}-02",
        "date": "2026-11-02T08:30:00Z",
        "tag": ["tender"],
        "language": "no",
        "initiationType": "tender",
        "parties": [LARVIK, FIRM],
        "buyer": {"id": LARVIK["id"], "name": "Larvik kommune"},
        "tender": tender,
    }
    return {**base, **fields}


def awarded(**fields: Any) -> dict[str, Any]:
    award = {
        "id": "A1",
        "status": "active",
        "value": {"amount": 1_500_000.5, "currency": "NOK"},
        "suppliers": [{"id": "S1", "name": "Firma AS"}],
    }
    return release(tag=["award"], awards=[award], **fields)


def read_all(document: Any) -> list[Notice]:
    notices = read_document(json.dumps(document).encode(), file="invented.json")
    assert all(from_json(to_json(one)) == one for one in notices)
    return notices


def read(document: Any) -> Notice:
    (notice,) = read_all(document)
    return notice


def codes_of(notice: Notice) -> set[str]:
    return {oddity.code for oddity in notice.oddities}


# What a release says


def test_a_call_for_competition_is_read() -> None:
    notice = read(release())
    assert (notice.source, notice.format, notice.phase) == (Source.OCDS, Format.OCDS, Phase.COMPETITION)
    assert (notice.notice_uuid, notice.version, notice.procedure_id) == (UUID, "02", "ocds-abc-1")
    assert notice.dispatched and notice.dispatched.isoformat() == "2026-11-02T08:30:00+00:00"
    assert notice.publication_date and notice.publication_date.isoformat() == "2026-11-02"
    assert notice.deadline and notice.deadline.isoformat() == "2026-12-11T12:00:00+01:00"
    assert notice.titles == {"no": "Fallalarm", "nn": "Fallalarm på nynorsk"}
    assert (notice.cpv, notice.nuts) == (("33196000", "48000000"), ("NO093",))
    assert (notice.contract_nature, notice.procedure, notice.techniques) == ("supplies", "restricted", ("framework",))
    assert [(one.kind, one.url) for one in notice.links] == [("documents", "https://doffin.example.no/1")]
    (buyer,) = notice.buyers
    assert (buyer.name, buyer.number, buyer.country, buyer.nuts, buyer.town) == (
        "Larvik kommune",
        "918082956",
        "NOR",
        "NO093",
        "Larvik",
    )


def test_a_release_with_an_id_of_its_publishers_is_known_by_that() -> None:
    notice = read(release(id=17))
    assert (notice.notice_uuid, notice.version, notice.publication_number) == (None, None, "17")


def test_sums_keep_the_field_that_says_them() -> None:
    notice = read(awarded())
    assert [(one.amount, one.kind, one.field) for one in notice.values] == [
        (2_000_000, ValueKind.ESTIMATED, "tender/value"),
        (1_500_000.5, ValueKind.AWARDED, "awards/value"),
    ]
    planned = read(
        {
            "ocid": "x",
            "id": "1",
            "tag": ["planning"],
            "planning": {"budget": {"amount": {"amount": 5, "currency": "NOK"}}},
        }
    )
    assert [(one.amount, one.field) for one in planned.values] == [(5, "planning/budget/amount")]


def test_the_sums_of_several_awards_are_never_added() -> None:
    one = {"value": {"amount": 1, "currency": "NOK"}, "status": "active", "suppliers": []}
    notice = read(release(tag=["award"], awards=[{**one, "id": "A"}, {**one, "id": "B"}]))
    assert notice.total(ValueKind.AWARDED) is None
    assert [value.amount for value in notice.lots[0].values] == [1, 1]


def test_winners_are_found_among_the_parties() -> None:
    (winner,) = read(awarded()).winners
    assert (winner.name, winner.number, winner.size, winner.lots) == ("Firma AS", "923609016", "small", ("1",))


def test_an_award_that_came_to_nothing_has_no_winner() -> None:
    award = {"id": "A", "status": "unsuccessful", "suppliers": [{"id": "S1"}]}
    notice = read(release(tag=["award"], awards=[award]))
    assert (notice.winners, notice.lots[0].result) == ((), "clos-nw")


def test_lots_are_read_with_their_awards() -> None:
    lots = [
        {"id": "LOT-1", "title": "Alarm", "value": {"amount": 10, "currency": "NOK"}},
        {"id": "LOT-2", "title": "Drift", "contractPeriod": {"durationInDays": 365}},
    ]
    award = {
        "id": "A",
        "relatedLots": ["LOT-2"],
        "value": {"amount": 9, "currency": "NOK"},
        "suppliers": [{"id": "S1"}],
    }
    counted = {"statistics": [{"measure": "bids", "value": 4, "relatedLot": "LOT-2"}]}
    tender = {**release()["tender"], "lots": lots}
    notice = read(release(tag=["award"], tender=tender, awards=[award], bids=counted))
    first, second = notice.lots
    assert (first.lot_id, first.titles, first.values[0].amount, first.result) == ("LOT-1", {"no": "Alarm"}, 10, None)
    assert (second.months, second.result, second.tenders_received) == (12, "selec-w", 4)
    assert [value.field for value in second.values] == ["awards/value"]
    assert notice.winners[0].lots == ("LOT-2",)


def test_award_criteria_have_weights() -> None:
    criteria = [
        {"type": "price", "name": "Pris", "numbers": [{"number": 40, "weight": "percentageExact"}]},
        {"type": "quality", "description": "Kvalitet", "numbers": [{"number": 60, "weight": "percentageExact"}]},
    ]
    tender = {**release()["tender"], "awardCriteria": {"criteria": criteria}}
    assert [(one.kind, one.names, one.weight, one.weight_kind) for one in read(release(tender=tender)).criteria] == [
        ("price", {"no": "Pris"}, 40, "per-exa"),
        ("quality", {"no": "Kvalitet"}, 60, "per-exa"),
    ]


@pytest.mark.parametrize(
    ("tags", "phase"),
    [
        (["planning"], Phase.PLANNING),
        (["tender"], Phase.COMPETITION),
        (["tender", "award"], Phase.RESULT),
        (["contractAmendment"], Phase.CHANGE),
        (["contractTermination"], Phase.COMPLETION),
        (["compiled"], Phase.COMPETITION),
    ],
)
def test_the_phase_is_the_latest_a_release_is_about(tags: list[str], phase: Phase) -> None:
    assert read(release(tag=tags)).phase is phase


def test_a_compiled_release_with_awards_is_a_result() -> None:
    assert read({**awarded(), "tag": ["compiled"]}).phase is Phase.RESULT


def test_a_cancelled_competition_is_told() -> None:
    tender = {**release()["tender"], "status": "cancelled", "statusDetails": "For dyrt."}
    change = read(release(tender=tender)).change
    assert change and (change.reason, change.texts) == ("cancel", {"no": "For dyrt."})


def test_an_amended_competition_says_how() -> None:
    tender = {**release()["tender"], "amendments": [{"description": "Først."}, {"description": "Ny frist."}]}
    change = read(release(tag=["tenderAmendment"], tender=tender)).change
    assert change and (change.reason, change.texts) == (None, {"no": "Ny frist."})


@pytest.mark.parametrize(
    ("details", "procedure"),
    [("Innovation partnership", "innovation"), ("Competitive dialogue", "comp-dial"), ("Noe annet", "restricted")],
)
def test_the_details_tell_the_procedure_where_the_method_is_too_wide(details: str, procedure: str) -> None:
    tender = {**release()["tender"], "procurementMethodDetails": details}
    assert read(release(tender=tender)).procedure == procedure


def test_no_person_is_read() -> None:
    tender = {**release()["tender"], "description": "Spør Ola Normann, ola@larvik.example eller tlf. 33 17 10 00."}
    person = {"id": "P", "name": "Kari Eksempel", "details": {"isNaturalPerson": True}, "roles": ["supplier"]}
    award = {"id": "A", "suppliers": [{"id": "P", "name": "Kari Eksempel"}]}
    notice = read(release(tag=["award"], tender=tender, parties=[LARVIK, person], awards=[award]))
    told = to_json(notice).decode()
    for secret in ("Normann", "@", "33 17", "Kari"):
        assert secret not in told
    assert "natural-person" in codes_of(notice)


def test_control_characters_are_let_through_and_taken_out() -> None:
    raw = json.dumps(release()).replace("Fallalarm", "Fall\x01\talarm", 1).encode()
    (notice,) = read_document(raw, file="x.json")
    assert notice.titles["no"] == "Fall\talarm"
    assert "control-characters" in codes_of(notice)


# How releases are packed


def test_however_they_are_packed_each_release_is_read() -> None:
    two = [release(id="1"), release(id="2")]
    packages: list[Any] = [
        {"uri": "u", "version": "1.1", "publisher": {"name": "p"}, "releases": two},
        {"uri": "u", "records": [{"ocid": "ocds-abc-1", "releases": two, "compiledRelease": release(id="3")}]},
        {"ocid": "ocds-abc-1", "releases": two},
        two,
        [{"releases": [two[0]]}, {"releases": [two[1]]}],
    ]
    for package in packages:
        assert ocds.is_ocds(package)
        assert [one.publication_number for one in read_all(package)] == ["1", "2"]
    assert [one.publication_number for one in read_all(two[0])] == ["1"]


def test_of_a_record_that_only_points_at_its_releases_the_compiled_one_is_read() -> None:
    linked = [{"url": "https://example.org/1", "date": "2026-01-01T00:00:00Z", "tag": ["tender"]}]
    record = {"ocid": "ocds-abc-1", "releases": linked, "compiledRelease": release(id="3")}
    for document in ({"records": [record]}, record):
        assert [one.publication_number for one in read_all(document)] == ["3"]


def test_a_part_that_says_nothing_is_left_out_and_counted() -> None:
    notices = read_all({"releases": [7, {"ocid": "x"}, release(id="1"), None]})
    assert len(notices) == 1
    (noted,) = (one for one in notices[0].oddities if one.code == "part-unreadable")
    assert noted.values == {"count": "3"}


# What is refused


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"releases": [', "broken-json"),
        (b'{"ocid": "x",\n\n "id": }', "broken-json"),
        (b'{"ocid": NaN}', "broken-json"),
        (b'{"ocid": ' + b"9" * 5_000 + b"}", "broken-json"),
        (b"[" * 100_000, "too-deep"),
        (b'{"ocid": "\xff\xfe\xff"}', "encoding"),
        (b"{}", "not-ocds"),
        (b"[]", "not-ocds"),
        (b'[{"file": "a.xml"}]', "not-ocds"),
        (b'{"releases": []}', "no-content"),
        (b'{"releases": [{"ocid": "x"}]}', "no-content"),
        (b'{"records": "nei"}', "no-content"),
        (b"{" + b" " * MOST_BYTES, "too-large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(content, file="x.json")
    assert refused.value.code == code
    assert str(refused.value).endswith(".") and "{" not in str(refused.value)


def test_the_line_of_the_fault_is_told() -> None:
    with pytest.raises(Unreadable, match="linje 3"):
        read_document(b'{"ocid": "x",\n\n "id": }', file="x.json")


KEYS = """
ocid id date tag language parties buyer tender awards contracts planning releases records compiledRelease title
value description amount currency items classification scheme lots relatedLots suppliers status name identifier
address roles tenderPeriod endDate contractPeriod durationInDays documents url techniques awardCriteria criteria
numbers number bids statistics measure budget project amendments procurementMethod details scale
additionalClassifications region country
""".split()
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["tender", "buyer", "CPV", "48000000", "NOK", "2026-01-01T12:00:00Z", "bids", "active", "\ud800", "1e999", "æ"]
    ),
)
TREES: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=40,
)


@given(TREES, st.sampled_from(["release", "package", "records", "bare", "mixed"]))
def test_no_json_makes_the_reader_fail(tree: Any, way: str) -> None:
    fields = tree if isinstance(tree, dict) else {"tender": tree}
    document = {
        "release": {**release(), **fields},
        "package": {"releases": [fields, tree, release()]},
        "records": {"records": [{"releases": tree, "compiledRelease": fields}, tree]},
        "bare": {"ocid": tree, **fields},
        "mixed": {
            **release(),
            "awards": [tree, fields],
            "parties": [fields, tree],
            "tender": {**release()["tender"], **fields},
        },
    }[way]
    with suppress(Unreadable):
        read_all(document)


@given(st.binary(max_size=200), st.sampled_from([b"{", b"[", b'{"ocid":', b'{"releases":[', b'[{"title":']))
def test_no_bytes_make_the_reader_fail(content: bytes, start: bytes) -> None:
    with suppress(Unreadable):
        read_document(start + content, file="x.json")
