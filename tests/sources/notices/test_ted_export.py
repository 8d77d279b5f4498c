"""Notices in TED_EXPORT: every form becomes a record, whatever its release, and names no person."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice, Reference, from_json, to_json
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind

SPACE = "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
CODED = """<CODED_DATA_SECTION><REF_OJS><DATE_PUB>20200703</DATE_PUB></REF_OJS>
<NOTICE_DATA><NO_DOC_OJS>2020/S 127-000123</NO_DOC_OJS><LG_ORIG>EN</LG_ORIG><ISO_COUNTRY VALUE="NO"/>
<ORIGINAL_CPV CODE="48000000"/><n2016:PERFORMANCE_NUTS CODE="NO081"/>{notice}</NOTICE_DATA>
<CODIF_DATA>{codes}</CODIF_DATA></CODED_DATA_SECTION>"""
BUYER = """<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Larvik kommune</OFFICIALNAME>
<NATIONALID>918082956</NATIONALID><TOWN>Larvik</TOWN><COUNTRY VALUE="NO"/><CONTACT_POINT>Ola Normann</CONTACT_POINT>
<E_MAIL>ola.normann@larvik.example</E_MAIL><PHONE>+47 33 17 10 00</PHONE></ADDRESS_CONTRACTING_BODY>
<CA_TYPE VALUE="REGIONAL_AUTHORITY"/><CA_ACTIVITY VALUE="HEALTH"/></CONTRACTING_BODY>"""


def document(form: str, *, notice: str = "", codes: str = "", attributes: str = 'DOC_ID="000123-2020"') -> bytes:
    """Return a document around a form."""
    coded = CODED.format(notice=notice, codes=codes)
    space = f'xmlns="{SPACE}" xmlns:n2016="http://example.org/nuts"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><TED_EXPORT {space} {attributes} VERSION="R2.0.9.S03.E01">'
        f"{coded}<FORM_SECTION>{form}</FORM_SECTION></TED_EXPORT>"
    ).encode()


def form(name: str, inner: str, *, number: str = "", language: str = "EN", category: str = "ORIGINAL") -> str:
    number = number or name[:3]
    return f'<{name} CATEGORY="{category}" FORM="{number}" LG="{language}">{inner}</{name}>'


def asked(title: str, inner: str = "", described: str = "<OBJECT_DESCR/>") -> str:
    """Return the object of a contract."""
    return (
        f'<OBJECT_CONTRACT><TITLE><P>{title}</P></TITLE><CPV_MAIN><CPV_CODE CODE="48000000"/></CPV_MAIN>'
        f'<TYPE_CONTRACT CTYPE="SERVICES"/>{inner}{described}</OBJECT_CONTRACT>'
    )


def read(content: bytes) -> Notice:
    (notice,) = read_document(content, file="invented.xml")
    assert from_json(to_json(notice)) == notice
    return notice


def codes_of(notice: Notice) -> set[str]:
    return {oddity.code for oddity in notice.oddities}


def f02(inner: str = "", procedure: str = "<PT_OPEN/>", described: str = "<OBJECT_DESCR/>") -> Notice:
    return read(
        document(form("F02_2014", f"{BUYER}{asked('Fall', inner, described)}<PROCEDURE>{procedure}</PROCEDURE>"))
    )


# Who it is


def test_a_notice_is_known_by_its_number_in_ted() -> None:
    notice = f02()
    assert (notice.source, notice.format, notice.sdk) == (Source.TED, Format.TED_EXPORT, "R2.0.9.S03")
    assert (notice.publication_number, notice.ted_number, notice.notice_uuid) == ("123-2020", "123-2020", None)
    assert notice.publication_date and notice.publication_date.isoformat() == "2020-07-03"


def test_the_number_is_found_where_the_root_has_none_or_a_strange_one() -> None:
    bare = document(form("F02_2014", BUYER + asked("Fall")), attributes="")
    strange = document(form("F02_2014", BUYER + asked("Fall")), attributes='DOC_ID="ukjent"')
    assert read(bare).publication_number == read(strange).publication_number == "123-2020"


FORMS = [
    ("F01_2014", "PRI_ONLY", "pin-only", Phase.PLANNING),
    ("F01_2014", "PRI_REDUCING_TIME_LIMITS", "pin-rtl", Phase.PLANNING),
    ("F01_2014", "PRI_CALL_COMPETITION", "pin-cfc-standard", Phase.COMPETITION),
    ("F02_2014", "", "cn-standard", Phase.COMPETITION),
    ("F03_2014", "", "can-standard", Phase.RESULT),
    ("F04_2014", "PER_ONLY", "pin-only", Phase.PLANNING),
    ("F05_2014", "", "cn-standard", Phase.COMPETITION),
    ("F06_2014", "", "can-standard", Phase.RESULT),
    ("F07_2014", "", "qu-sy", Phase.COMPETITION),
    ("F08_2014", "", "pin-buyer", Phase.PLANNING),
    ("F12_2014", "", "cn-desg", Phase.COMPETITION),
    ("F13_2014", "", "can-desg", Phase.RESULT),
    ("F14_2014", "", "corr", Phase.COMPETITION),
    ("F15_2014", "", "veat", Phase.RESULT),
    ("F20_2014", "", "can-modif", Phase.CHANGE),
    ("F21_2014", "CONTRACT", "cn-social", Phase.COMPETITION),
    ("F21_2014", "PRI_CALL_COMPETITION", "pin-cfc-social", Phase.COMPETITION),
    ("F21_2014", "AWARD_CONTRACT", "can-social", Phase.RESULT),
    ("F22_2014", "QSU_ONLY", "qu-sy", Phase.COMPETITION),
    ("F23_2014", "PRI", "pin-cfc-social", Phase.COMPETITION),
    ("F23_2014", "CONCESSION_AWARD_CONTRACT", "can-social", Phase.RESULT),
    ("F24_2014", "", "cn-standard", Phase.COMPETITION),
    ("F25_2014", "", "can-standard", Phase.RESULT),
]


@pytest.mark.parametrize(("name", "says", "kind", "phase"), FORMS)
def test_each_form_is_a_kind_of_eforms(name: str, says: str, kind: str, phase: Phase) -> None:
    says_it = f'<NOTICE TYPE="{says}"/>' if says else ""
    notice = read(document(form(name, says_it + BUYER + asked("Fall"))))
    assert (notice.subtype, notice.kind, notice.phase) == (name[:3], kind, phase)


@pytest.mark.parametrize(("name", "number"), [("CONTRACT", "2"), ("PRIOR_INFORMATION_MOVE", "T01"), ("MOVE", "T02")])
def test_numbers_of_older_forms_are_written_as_the_newer(name: str, number: str) -> None:
    notice = read(document(form(name, BUYER, number=number)))
    assert notice.subtype == {"2": "F02"}.get(number, number)


def test_a_form_without_a_number_is_told_by_what_ted_coded() -> None:
    coded = document(form("OTH_NOT", "<P>Noe</P>", number="x"), codes='<TD_DOCUMENT_TYPE CODE="7"/>')
    assert (read(coded).kind, read(coded).phase) == ("can-standard", Phase.RESULT)
    assert "subtype-missing" in codes_of(read(coded))
    unknown = read(document(form("OTH_NOT", "<P>Noe</P>", number="x")))
    assert (unknown.kind, unknown.phase) == (None, Phase.PLANNING)
    assert "phase-unknown" in codes_of(unknown)


@pytest.mark.parametrize(
    ("given", "law"),
    [
        ('<LEGAL_BASIS VALUE="32014L0024"/>', "32014L0024"),
        ('<DIRECTIVE VALUE="2014/25/EU"/>', "32014L0025"),
        ("<LEGAL_BASIS_OTHER><P>Annet</P></LEGAL_BASIS_OTHER>", "other"),
    ],
)
def test_the_law_is_told_in_one_way(given: str, law: str) -> None:
    assert read(document(form("F02_2014", given + BUYER + asked("Fall")))).legal_basis == law


# What is asked for


def test_what_ted_coded_is_used_where_the_form_is_silent() -> None:
    coded = '<NC_CONTRACT_NATURE CODE="1"/><PR_PROC CODE="3"/><DIRECTIVE VALUE="2004/18/EC"/>'
    notice = read(document(form("F02_2014", "<OBJECT_CONTRACT/>"), codes=coded))
    assert (notice.contract_nature, notice.procedure, notice.accelerated) == ("works", "restricted", True)
    assert (notice.legal_basis, notice.cpv, notice.nuts) == ("32004L0018", ("48000000",), ("NO081",))
    assert notice.countries == ("NOR",)


@pytest.mark.parametrize(
    ("element", "procedure"),
    [
        ("PT_COMPETITIVE_NEGOTIATION", "neg-w-call"),
        ("PT_COMPETITIVE_DIALOGUE", "comp-dial"),
        ("PT_INNOVATION_PARTNERSHIP", "innovation"),
        ("PT_AWARD_CONTRACT_WITHOUT_CALL", "neg-wo-call"),
    ],
)
def test_procedures_are_told_in_codes_of_eforms(element: str, procedure: str) -> None:
    assert f02(procedure=f"<{element}/>").procedure == procedure


def test_a_procedure_inside_another_law_is_found() -> None:
    inside = "<DIRECTIVE_2009_81_EC><PT_NEGOTIATED_WITHOUT_PUBLICATION/></DIRECTIVE_2009_81_EC>"
    assert f02(procedure=inside).procedure == "neg-wo-call"


def test_techniques_and_haste_are_told() -> None:
    notice = f02(procedure="<PT_RESTRICTED><ACCELERATED_PROC/></PT_RESTRICTED><FRAMEWORK/><DPS/><EAUCTION_USED/>")
    assert notice.techniques == ("framework", "dps", "auction")
    assert notice.accelerated
    assert notice.lots[0].dynamic_purchasing == "dps-list"
    others = f02(procedure="<FRAMEWORK><DPS_ADDITIONAL_PURCHASERS/></FRAMEWORK><DPS/>")
    assert others.lots[0].dynamic_purchasing == "dps-nlist"


def test_a_deadline_has_norwegian_time_and_says_so() -> None:
    on = "<DATE_RECEIPT_TENDERS>2020-09-25</DATE_RECEIPT_TENDERS>"
    notice = f02(procedure=on + "<TIME_RECEIPT_TENDERS>9:00</TIME_RECEIPT_TENDERS>")
    assert notice.deadline and notice.deadline.isoformat() == "2020-09-25T09:00:00+02:00"
    assert "zone-missing" in codes_of(notice)


def test_a_deadline_abroad_is_on_the_clock_of_the_buyers_country() -> None:
    on = "<DATE_RECEIPT_TENDERS>2020-09-25</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>9:00</TIME_RECEIPT_TENDERS>"
    whole = document(form("F02_2014", f"{BUYER}{asked('Fall')}<PROCEDURE><PT_OPEN/>{on}</PROCEDURE>"))
    notice = read(whole.replace(b'<COUNTRY VALUE="NO"/>', b'<COUNTRY VALUE="FI"/>'))
    assert notice.deadline and notice.deadline.isoformat() == "2020-09-25T09:00:00+03:00"
    assert "zone-of-country" in codes_of(notice) and "zone-missing" not in codes_of(notice)


def test_a_deadline_without_a_time_is_not_guessed() -> None:
    assert f02(procedure="<DATE_RECEIPT_TENDERS>2020-09-25</DATE_RECEIPT_TENDERS>").deadline is None


def test_the_deadline_ted_coded_is_used_when_the_form_has_none() -> None:
    coded = "<DT_DATE_FOR_SUBMISSION>20201215 12:00</DT_DATE_FOR_SUBMISSION>"
    notice = read(document(form("F02_2014", BUYER + asked("Fall")), codes=coded))
    assert notice.deadline and notice.deadline.isoformat() == "2020-12-15T12:00:00+01:00"


TWO_LOTS = """<OBJECT_DESCR ITEM="1"><TITLE><P>{0} A</P></TITLE><LOT_NO>A</LOT_NO>
<CPV_ADDITIONAL><CPV_CODE CODE="33196000"/></CPV_ADDITIONAL><n2016:NUTS CODE="NO093"/>
<SHORT_DESCR><P>{0}</P><P>to</P></SHORT_DESCR>
<AC><AC_QUALITY><AC_CRITERION>{0} q</AC_CRITERION><AC_WEIGHTING>40 %</AC_WEIGHTING></AC_QUALITY>
<AC_PRICE><AC_WEIGHTING>60,00</AC_WEIGHTING></AC_PRICE></AC>
<VAL_OBJECT CURRENCY="NOK">1500000</VAL_OBJECT><DURATION TYPE="DAY">730</DURATION></OBJECT_DESCR>
<OBJECT_DESCR ITEM="2"><TITLE><P>{0} B</P></TITLE><LOT_NO>B</LOT_NO><AC><AC_PROCUREMENT_DOC/></AC>
<DATE_START>2021-01-01</DATE_START><DATE_END>2020-01-01</DATE_END></OBJECT_DESCR>"""


def test_lots_are_read_with_what_each_says() -> None:
    notice = f02(described=TWO_LOTS.format("Alarm"))
    first, second = notice.lots
    assert (first.lot_id, first.titles, first.descriptions) == ("A", {"en": "Alarm A"}, {"en": "Alarm\nto"})
    assert (first.cpv, first.nuts, first.months) == (("33196000",), ("NO093",), 24.0)
    assert [(one.amount, one.kind, one.field) for one in first.values] == [
        (1_500_000, ValueKind.ESTIMATED, "VAL_OBJECT")
    ]
    assert notice.cpv == ("48000000", "33196000")
    assert [(one.kind, one.weight, one.weight_kind, one.lot) for one in notice.criteria] == [
        ("quality", 40, "per-exa", "A"),
        ("price", 60, "per-exa", "A"),
    ]
    assert second.start and second.end
    assert {"duration-converted", "ends-before-it-begins"} <= codes_of(notice)


def test_translations_say_the_same_in_their_languages() -> None:
    original = form("F02_2014", BUYER + asked("Fall", described=TWO_LOTS.format("Alarm")))
    danish = form("F02_2014", asked("Fald", described=TWO_LOTS.format("Varsel")), language="DA", category="TRANSLATION")
    for order in (original + danish, danish + original):
        notice = read(document(order))
        assert notice.language == "en"
        assert notice.titles == {"en": "Fall", "da": "Fald"}
        assert notice.lots[0].titles == {"en": "Alarm A", "da": "Varsel A"}
        assert notice.criteria[0].names == {"en": "Alarm q", "da": "Varsel q"}


def test_norwegian_is_told_as_bokmaal_or_nynorsk() -> None:
    nynorsk = asked(
        "Tenester", "<SHORT_DESCR><P>Vi veit ikkje kva tenester det vert spurt etter frå fleire.</P></SHORT_DESCR>"
    )
    assert read(document(form("F02_2014", BUYER + nynorsk, language="NO"))).language == "nn"
    assert read(document(form("F02_2014", BUYER + asked("Bil"), language="NO"))).language == "no"


def test_the_same_lot_twice_is_kept_once_and_noted() -> None:
    twice = "<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR>" * 2
    assert [lot.lot_id for lot in f02(described=twice).lots] == ["1"]
    assert "lot-twice" in codes_of(f02(described=twice))


def test_several_objects_in_one_notice_are_lots_with_their_titles() -> None:
    notice = read(document(form("F01_2014", BUYER + asked("Senger") + asked("Heiser"))))
    assert notice.titles == {"en": "Senger"}
    assert [(lot.lot_id, lot.titles) for lot in notice.lots] == [("1", {"en": "Senger"}), ("2", {"en": "Heiser"})]


def test_a_title_made_by_ted_is_used_and_said_to_be_so() -> None:
    made = (
        '<TRANSLATION_SECTION><ML_TITLES><ML_TI_DOC LG="EN"><TI_TEXT><P>Software</P></TI_TEXT></ML_TI_DOC>'
        '<ML_TI_DOC LG="FI"><TI_TEXT><P>Ohjelmisto</P></TI_TEXT></ML_TI_DOC></ML_TITLES>'
        '<ML_AA_NAMES><AA_NAME LG="EN">Larvik kommune</AA_NAME></ML_AA_NAMES></TRANSLATION_SECTION>'
    )
    content = document(form("OTH_NOT", "<P>Noe</P>", number="x")).replace(
        b"<FORM_SECTION>", made.encode() + b"<FORM_SECTION>"
    )
    notice = read(content)
    assert notice.titles == {"en": "Software"}
    assert [(buyer.name, buyer.country) for buyer in notice.buyers] == [("Larvik kommune", "NOR")]
    assert "title-from-ted" in codes_of(notice)


# What came of it


def award(inner: str, lot: str = "") -> str:
    number = f"<LOT_NO>{lot}</LOT_NO>" if lot else ""
    return f"<AWARD_CONTRACT>{number}{inner}</AWARD_CONTRACT>"


def won(name: str, inner: str = "", size: str = "<SME/>") -> str:
    return (
        f"<AWARDED_CONTRACT>{inner}<CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{name}</OFFICIALNAME>"
        f'<COUNTRY VALUE="NO"/></ADDRESS_CONTRACTOR>{size}</CONTRACTOR></CONTRACTORS></AWARDED_CONTRACT>'
    )


def f03(awards: str, described: str = "<OBJECT_DESCR/>", inner: str = "") -> Notice:
    return read(document(form("F03_2014", BUYER + asked("Fall", inner, described) + awards)))


@pytest.mark.parametrize(
    ("name", "number", "kept"),
    [
        ("Kari Eksempel", "", False),
        ("Kari Eksempel", "918082956", True),
        ("Eksempel AS", "", True),
        ("EKSEMPEL", "", True),
    ],
)
def test_a_winner_that_may_be_a_person_is_left_out_and_that_is_noted(name: str, number: str, kept: bool) -> None:
    identifier = f"<NATIONALID>{number}</NATIONALID>" if number else ""
    given = won(name).replace("</OFFICIALNAME>", f"</OFFICIALNAME>{identifier}")
    notice = f03(award(given))
    assert [one.name for one in notice.winners] == ([name] if kept else [])
    assert ("perhaps-person" in codes_of(notice)) is not kept


def test_winners_are_named_with_their_lots() -> None:
    notice = f03(award(won("Firma AS"), "A") + award(won("Firma AS"), "B"), TWO_LOTS.format("Alarm"))
    assert [(one.name, one.size, one.lots) for one in notice.winners] == [("Firma AS", "sme", ("A", "B"))]
    assert [lot.result for lot in notice.lots] == ["selec-w", "selec-w"]


@pytest.mark.parametrize("given", ["A, B", "A;B", "A B", "A & B"])
def test_one_award_for_several_lots_is_told_of_each_and_its_sum_of_none(given: str) -> None:
    given = given.replace("&", "&amp;")
    notice = f03(award(won("Firma AS", '<VAL_TOTAL CURRENCY="NOK">100</VAL_TOTAL>'), given), TWO_LOTS.format("Alarm"))
    assert notice.winners[0].lots == ("A", "B")
    assert [one.kind for lot in notice.lots for one in lot.values] == [ValueKind.ESTIMATED]


def test_an_award_for_a_lot_that_is_not_there_is_noted() -> None:
    notice = f03(award(won("Firma AS"), "9"), TWO_LOTS.format("Alarm"))
    assert "lot-unknown" in codes_of(notice)
    assert notice.winners[0].lots == ("9",)


@pytest.mark.parametrize(
    ("why", "reason"), [("<PROCUREMENT_UNSUCCESSFUL/>", None), ("<PROCUREMENT_DISCONTINUED/>", "other")]
)
def test_a_lot_nobody_won_is_told(why: str, reason: str | None) -> None:
    (lot,) = f03(award(f"<NO_AWARDED_CONTRACT>{why}</NO_AWARDED_CONTRACT>")).lots
    assert (lot.result, lot.not_awarded_reason) == ("clos-nw", reason)


def test_sums_keep_the_field_that_says_them_and_are_never_mixed() -> None:
    sums = '<VAL_ESTIMATED_TOTAL CURRENCY="NOK">90</VAL_ESTIMATED_TOTAL><VAL_TOTAL CURRENCY="NOK">100</VAL_TOTAL>'
    notice = f03(
        award(won("Firma AS", f"<VALUES>{sums}</VALUES>")), inner='<VAL_TOTAL CURRENCY="NOK">1 000,50</VAL_TOTAL>'
    )
    whole = notice.total(ValueKind.AWARDED)
    assert whole and (whole.amount, whole.field) == (1000.5, "VAL_TOTAL")
    assert notice.total(ValueKind.ESTIMATED) is None
    assert [(one.amount, one.kind, one.field) for one in notice.lots[0].values] == [
        (100, ValueKind.AWARDED, "AWARD_CONTRACT/VAL_TOTAL"),
        (90, ValueKind.ESTIMATED, "AWARD_CONTRACT/VAL_ESTIMATED_TOTAL"),
    ]


def test_a_sum_that_is_withheld_or_a_range_is_left_out_and_noted() -> None:
    withheld = f03("", inner='<VAL_TOTAL CURRENCY="NOK" PUBLICATION="NO">7</VAL_TOTAL>')
    assert withheld.values == () and "withheld" in codes_of(withheld)
    a_range = "<VAL_RANGE_TOTAL CURRENCY='NOK'><LOW>1</LOW><HIGH>9</HIGH></VAL_RANGE_TOTAL>"
    ranged = f03("", inner=a_range)
    assert ranged.values == ()
    (noted,) = (one for one in ranged.oddities if one.code == "value-is-a-range")
    assert noted.values == {"field": "VAL_RANGE_TOTAL", "low": "1", "high": "9", "currency": "NOK"}


@pytest.mark.parametrize(("counts", "told"), [((3, 3), 3), ((3, 4), None)])
def test_tenders_are_counted_only_when_the_contracts_agree(counts: tuple[int, int], told: int | None) -> None:
    awards = "".join(
        award(won("A", f"<TENDERS><NB_TENDERS_RECEIVED>{one}</NB_TENDERS_RECEIVED></TENDERS>")) for one in counts
    )
    assert f03(awards).lots[0].tenders_received == told


def test_the_result_of_a_design_contest_has_winners_and_prizes() -> None:
    results = (
        "<RESULTS><AWARDED_PRIZE><WINNERS><WINNER><ADDRESS_WINNER><OFFICIALNAME>Arkitekt AS</OFFICIALNAME>"
        '<COUNTRY VALUE="NO"/></ADDRESS_WINNER><SME/></WINNER></WINNERS>'
        '<VAL_PRIZE CURRENCY="NOK">500000</VAL_PRIZE></AWARDED_PRIZE></RESULTS>'
    )
    notice = read(document(form("F13_2014", BUYER + asked("Kunsthall") + results)))
    assert [(one.name, one.lots) for one in notice.winners] == [("Arkitekt AS", ("1",))]
    assert (notice.lots[0].result, notice.lots[0].values[0].field) == ("selec-w", "VAL_PRIZE")


# Changes


CORRECTION = """<PROCEDURE/>
<COMPLEMENTARY_INFO><NOTICE_NUMBER_OJ>2020/S 100-000045</NOTICE_NUMBER_OJ></COMPLEMENTARY_INFO>
<CHANGES>{why}<CHANGE><WHERE><SECTION>IV.2.2</SECTION><LABEL>Frist</LABEL></WHERE>
<OLD_VALUE><DATE>2020-08-01</DATE></OLD_VALUE><NEW_VALUE><DATE>2020-08-15</DATE><TIME>12:00</TIME></NEW_VALUE></CHANGE>
<CHANGE><WHERE><SECTION>II.1.2</SECTION></WHERE>
<NEW_VALUE><CPV_MAIN><CPV_CODE CODE="33196000"/></CPV_MAIN></NEW_VALUE></CHANGE>
<CHANGE><WHERE><LABEL>Sted</LABEL></WHERE><NEW_VALUE><TEXT><P>Stavern</P></TEXT></NEW_VALUE></CHANGE>
<INFO_ADD><P>Ring Ola Normann på tlf. 33 17 10 00.</P></INFO_ADD></CHANGES>"""


@pytest.mark.parametrize(
    ("why", "reason"), [("<MODIFICATION_ORIGINAL/>", "cor-buy"), ("<PUBLICATION_TED/>", "cor-pub"), ("", None)]
)
def test_a_corrigendum_says_what_it_corrects_and_how(why: str, reason: str | None) -> None:
    notice = read(document(form("F14_2014", BUYER + asked("Fall") + CORRECTION.format(why=why))))
    assert notice.change and (notice.change.notice, notice.change.reason) == ("2020/S 100-000045", reason)
    assert notice.references == (Reference(relation="changed", publication_number="45-2020"),)
    assert notice.change.texts["en"].splitlines()[:3] == [
        "IV.2.2 Frist: 2020-08-15 12:00",
        "II.1.2: 33196000",
        "Sted: Stavern",
    ]
    assert "Normann" not in to_json(notice).decode() and "33 17" not in to_json(notice).decode()


def test_after_a_change_the_contract_is_with_those_it_names() -> None:
    changed = (
        "<MODIFICATIONS_CONTRACT><DESCRIPTION_PROCUREMENT><CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR>"
        "<OFFICIALNAME>Ny AS</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS></DESCRIPTION_PROCUREMENT>"
        "<INFO_MODIFICATIONS><SHORT_DESCR><P>Mer.</P></SHORT_DESCR><ADDITIONAL_NEED/>"
        '<VAL_TOTAL_BEFORE CURRENCY="NOK">1</VAL_TOTAL_BEFORE><VAL_TOTAL_AFTER CURRENCY="NOK">2</VAL_TOTAL_AFTER>'
        "</INFO_MODIFICATIONS></MODIFICATIONS_CONTRACT>"
    )
    earlier = "<PROCEDURE><NOTICE_NUMBER_OJ>2019/S 001-000007</NOTICE_NUMBER_OJ></PROCEDURE>"
    notice = read(document(form("F20_2014", BUYER + asked("Fall") + earlier + award(won("Gammel AS")) + changed)))
    assert [one.name for one in notice.winners] == ["Ny AS"]
    assert notice.change and (notice.change.reason, notice.change.texts) == ("add-wss", {"en": "Mer."})
    assert [(one.amount, one.field) for one in notice.values] == [(2, "VAL_TOTAL_AFTER"), (1, "VAL_TOTAL_BEFORE")]
    assert notice.references == (Reference(relation="modified", publication_number="7-2019"),)


def test_a_reference_ted_coded_is_named_once_and_a_notice_never_names_itself() -> None:
    named = "<REF_NOTICE><NO_DOC_OJS>2019/S 001-000007</NO_DOC_OJS></REF_NOTICE>" * 2
    itself = "<REF_NOTICE><NO_DOC_OJS>2020/S 127-000123</NO_DOC_OJS></REF_NOTICE>"
    notice = read(document(form("F02_2014", BUYER + asked("Fall")), notice=named + itself))
    assert notice.references == (Reference(relation="previous", publication_number="7-2019"),)


# Persons


def test_no_person_is_read() -> None:
    text = "<SHORT_DESCR><P>Spørsmål rettes til Ola Normann, ola@larvik.example, eller Kari Eksempel.</P></SHORT_DESCR>"
    jury = "<PROCEDURE><MEMBER_NAME>Kari Eksempel</MEMBER_NAME></PROCEDURE>"
    told = to_json(read(document(form("F12_2014", BUYER + asked("Fall", text) + jury)))).decode()
    assert "Spørsmål rettes til" in told
    for secret in ("Normann", "Eksempel,", "Kari", "@", "33 17 10"):
        assert secret not in told


# The older forms


OLD_BUYER = """<{0}><NAME_ADDRESSES_CONTACT><CA_CE_CONCESSIONAIRE_PROFILE><ORGANISATION>{1}</ORGANISATION>
<TOWN>Larvik</TOWN><COUNTRY VALUE="NO"/><ATTENTION>Ola Normann</ATTENTION></CA_CE_CONCESSIONAIRE_PROFILE>
<INTERNET_ADDRESSES_CONTRACT><URL_BUYER>http://larvik.example.no/profil</URL_BUYER></INTERNET_ADDRESSES_CONTRACT>
</NAME_ADDRESSES_CONTACT><TYPE_AND_ACTIVITIES><TYPE_OF_CONTRACTING_AUTHORITY VALUE="REGIONAL_AUTHORITY"/>
<TYPE_OF_ACTIVITY VALUE="EDUCATION"/></TYPE_AND_ACTIVITIES></{0}>"""
NEWER_NAME = "<OFFICIALNAME>Larvik kommune</OFFICIALNAME><NATIONALID>918 082 956</NATIONALID>"
OLD_CONTRACT = f"""<FD_CONTRACT CTYPE="SUPPLIES">{OLD_BUYER.format("CONTRACTING_AUTHORITY_INFORMATION", NEWER_NAME)}
<OBJECT_CONTRACT_INFORMATION><DESCRIPTION_CONTRACT_INFORMATION><TITLE_CONTRACT><P>Nettbrett</P></TITLE_CONTRACT>
<LOCATION_NUTS><NUTS CODE="NO092"/></LOCATION_NUTS><F02_FRAMEWORK/><FRAMEWORK_AGREEMENT/>
<SHORT_CONTRACT_DESCRIPTION><P>Til skolene.</P></SHORT_CONTRACT_DESCRIPTION>
<CPV><CPV_MAIN><CPV_CODE CODE="30213200"/></CPV_MAIN><CPV_ADDITIONAL><CPV_CODE CODE="30200000"/></CPV_ADDITIONAL></CPV>
<F02_DIVISION_INTO_LOTS><F02_ANNEX_B><LOT_NUMBER>1</LOT_NUMBER><LOT_TITLE>Små</LOT_TITLE>
<LOT_DESCRIPTION><P>Sju tommer</P></LOT_DESCRIPTION><CPV><CPV_MAIN><CPV_CODE CODE="30213200"/></CPV_MAIN></CPV>
</F02_ANNEX_B>
<F02_ANNEX_B><LOT_NUMBER>2</LOT_NUMBER><LOT_TITLE>Store</LOT_TITLE></F02_ANNEX_B></F02_DIVISION_INTO_LOTS>
</DESCRIPTION_CONTRACT_INFORMATION><QUANTITY_SCOPE><NATURE_QUANTITY_SCOPE>
<COSTS_RANGE_AND_CURRENCY CURRENCY="NOK"><VALUE_COST FMTVAL="2000000.00">2 000 000,00</VALUE_COST>
</COSTS_RANGE_AND_CURRENCY>
</NATURE_QUANTITY_SCOPE></QUANTITY_SCOPE><PERIOD_WORK_DATE_STARTING><MONTHS>24</MONTHS></PERIOD_WORK_DATE_STARTING>
</OBJECT_CONTRACT_INFORMATION><PROCEDURE_DEFINITION_CONTRACT_NOTICE><TYPE_OF_PROCEDURE><PT_ACCELERATED_RESTRICTED/></TYPE_OF_PROCEDURE>
<AWARD_CRITERIA><CRITERIA_DEFINITION><ORDER_C>1</ORDER_C><CRITERIA>Pris</CRITERIA><WEIGHTING>60</WEIGHTING></CRITERIA_DEFINITION>
</AWARD_CRITERIA><IS_ELECTRONIC_AUCTION_USABLE VALUE="NO"/>
<RECEIPT_LIMIT_DATE><DAY>4</DAY><MONTH>11</MONTH><YEAR>2013</YEAR><TIME>12:00</TIME></RECEIPT_LIMIT_DATE>
<CNT_NOTICE_INFORMATION><NOTICE_NUMBER_OJ>2013/S 100-170000</NOTICE_NUMBER_OJ></CNT_NOTICE_INFORMATION>
</PROCEDURE_DEFINITION_CONTRACT_NOTICE></FD_CONTRACT>"""


def test_a_contract_notice_of_2013_is_read_like_one_of_today() -> None:
    notice = read(document(form("CONTRACT", OLD_CONTRACT, number="2")))
    assert (notice.subtype, notice.kind, notice.contract_nature) == ("F02", "cn-standard", "supplies")
    assert (notice.titles, notice.descriptions) == ({"en": "Nettbrett"}, {"en": "Til skolene."})
    (buyer,) = notice.buyers
    assert (buyer.name, buyer.number, buyer.buyer_type, buyer.activity) == (
        "Larvik kommune",
        "918082956",
        "rl-aut",
        "education",
    )
    assert (notice.cpv, notice.nuts) == (("30213200", "30200000"), ("NO092",))
    assert (notice.procedure, notice.accelerated, notice.techniques) == ("restricted", True, ("framework",))
    assert notice.deadline and notice.deadline.isoformat() == "2013-11-04T12:00:00+01:00"
    assert [(one.amount, one.kind, one.field) for one in notice.values] == [
        (2_000_000, ValueKind.ESTIMATED, "COSTS_RANGE_AND_CURRENCY")
    ]
    assert [(lot.lot_id, lot.titles["en"], lot.months) for lot in notice.lots] == [("1", "Små", 24), ("2", "Store", 24)]
    assert [(one.names, one.weight) for one in notice.criteria] == [({"en": "Pris"}, 60)]
    assert notice.references == (Reference(relation="previous", publication_number="170000-2013"),)
    assert [one.kind for one in notice.links] == ["buyer-profile"]


def test_translations_of_older_forms_are_read_too() -> None:
    danish = "<FD_CONTRACT><TITLE_CONTRACT><P>Tavler</P></TITLE_CONTRACT></FD_CONTRACT>"
    both = form("CONTRACT", OLD_CONTRACT, number="2") + form(
        "CONTRACT", danish, number="2", language="DA", category="TRANSLATION"
    )
    assert read(document(both)).titles == {"en": "Nettbrett", "da": "Tavler"}


def test_before_2013_the_name_of_a_buyer_stood_by_itself() -> None:
    inner = f"<FD_CONTRACT>{OLD_BUYER.format('CONTRACTING_AUTHORITY_INFORMATION', 'Larvik kommune')}</FD_CONTRACT>"
    assert read(document(form("CONTRACT", inner, number="2"))).buyers[0].name == "Larvik kommune"


def test_an_older_award_tells_who_won_and_for_how_much() -> None:
    inner = (
        "<FD_CONTRACT_AWARD><TITLE_CONTRACT><P>Nettbrett</P></TITLE_CONTRACT><TOTAL_FINAL_VALUE>"
        '<COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="NOK"><VALUE_COST FMTVAL="900.50">900,50</VALUE_COST>'
        "</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></TOTAL_FINAL_VALUE><AWARD_OF_CONTRACT><LOT_NUMBER>1</LOT_NUMBER>"
        "<CONTRACT_TITLE><P>Kontrakt</P></CONTRACT_TITLE><OFFERS_RECEIVED_NUMBER>5</OFFERS_RECEIVED_NUMBER>"
        "<ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME><ORGANISATION><OFFICIALNAME>Firma AS"
        '</OFFICIALNAME></ORGANISATION><COUNTRY VALUE="NO"/></CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>'
        "</ECONOMIC_OPERATOR_NAME_ADDRESS><CONTRACT_VALUE_INFORMATION>"
        '<COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="NOK"><VALUE_COST FMTVAL="900.50">900,50</VALUE_COST>'
        "</COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION></AWARD_OF_CONTRACT></FD_CONTRACT_AWARD>"
    )
    notice = read(document(form("CONTRACT_AWARD", inner, number="3")))
    assert (notice.kind, notice.titles) == ("can-standard", {"en": "Nettbrett"})
    assert [(one.name, one.lots) for one in notice.winners] == [("Firma AS", ("1",))]
    assert notice.total(ValueKind.AWARDED) is not None
    (lot,) = notice.lots
    assert (lot.lot_id, lot.result, lot.tenders_received, lot.values[0].amount) == ("1", "selec-w", 5, 900.5)


def test_an_older_corrigendum_says_what_it_corrects() -> None:
    inner = (
        "<FD_ADDITIONAL_INFORMATION_CORRIGENDUM><TITLE_CONTRACT><P>Nettbrett</P></TITLE_CONTRACT>"
        "<NOTICE_PUBLICATION><NOTICE_NUMBER_OJ>2013/S 100-170000</NOTICE_NUMBER_OJ></NOTICE_PUBLICATION>"
        "<INFORMATION_CORRECTED_ADDED><P>Ny frist.</P></INFORMATION_CORRECTED_ADDED>"
        "</FD_ADDITIONAL_INFORMATION_CORRIGENDUM>"
    )
    notice = read(document(form("ADDITIONAL_INFORMATION_CORRIGENDUM", inner, number="14")))
    assert (notice.kind, notice.references[0].relation) == ("corr", "changed")
    assert notice.change and notice.change.texts == {"en": "Ny frist."}


# Whatever comes


def test_a_document_that_says_nothing_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(b'<TED_EXPORT xmlns="x"><FORM_SECTION/></TED_EXPORT>', file="tom.xml")
    assert refused.value.code == "no-content"


NAMES = """
FORM_SECTION CODED_DATA_SECTION NOTICE_DATA CODIF_DATA CONTRACTING_BODY ADDRESS_CONTRACTING_BODY OFFICIALNAME NUTS AC
OBJECT_CONTRACT OBJECT_DESCR TITLE P LOT_NO SHORT_DESCR CPV_MAIN CPV_CODE AC_QUALITY AC_PRICE AC_WEIGHTING COUNTRY HIGH
AWARD_CONTRACT AWARDED_CONTRACT CONTRACTOR ADDRESS_CONTRACTOR VAL_TOTAL VAL_RANGE_TOTAL LOW PROCEDURE CHANGES CHANGE
DATE_RECEIPT_TENDERS TIME_RECEIPT_TENDERS NOTICE_NUMBER_OJ MODIFICATIONS_CONTRACT RESULTS AWARDED_PRIZE WINNER DURATION
DATE_START DATE_END URL_DOCUMENT AWARD_OF_CONTRACT LOT_NUMBER VALUE_COST ORGANISATION CA_CE_CONCESSIONAIRE_PROFILE
TITLE_CONTRACT RECEIPT_LIMIT_DATE DAY MONTH YEAR F02_2014 F14_2014
""".split()
ATTRIBUTES = ["CATEGORY", "FORM", "LG", "CODE", "VALUE", "CURRENCY", "FMTVAL", "TYPE", "PUBLICATION", "CTYPE"]
WORDS = st.sampled_from(
    ["ORIGINAL", "F02", "14", "EN", "NO", "48000000", "NOK", "1 000", "-1", "x", "1e400", "2020-99-99", "9", "æ@b.no"]
)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.tuples(st.sampled_from(NAMES), st.dictionaries(st.sampled_from(ATTRIBUTES), WORDS, max_size=3), WORDS),
    lambda inner: st.tuples(
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(ATTRIBUTES), WORDS, max_size=3),
        st.lists(inner, max_size=5),
    ),
    max_leaves=40,
)


def written(tree: Any) -> str:
    name, attributes, inner = tree
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{given}>{inner if isinstance(inner, str) else ''.join(map(written, inner))}</{name}>"


@given(TREES, TREES)
def test_no_tree_of_known_names_makes_the_reader_fail(first: Any, second: Any) -> None:
    forms = f'<FORM_SECTION><F02_2014 CATEGORY="ORIGINAL" FORM="F20" LG="EN">{written(first)}</F02_2014>'
    old = f'<CONTRACT CATEGORY="TRANSLATION" FORM="2">{written(second)}</CONTRACT></FORM_SECTION>'
    for content in (f"{forms}{old}", f"<FORM_SECTION>{written(first)}{written(second)}</FORM_SECTION>"):
        with suppress(Unreadable):
            read(f"<TED_EXPORT>{content}</TED_EXPORT>".encode())
