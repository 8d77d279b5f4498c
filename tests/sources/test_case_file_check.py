"""Whatever is handed in, the answer is sentences a person can act on: what is wrong, where, and how to mend it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.casefile import check
from ringvirkning.sources.casefile.check import Checked, Fault, check_bytes, check_file, check_files
from ringvirkning.sources.tables import themes

Data = dict[str, Any]
ENGLISH = re.compile(
    r"\b(should|must|valid|value|string|field|input|expected|the|or|and|is|of)\b(?!»)|Input|characters", re.IGNORECASE
)
QUOTED = re.compile(r"«[^«»]*»|\{[^{}]*\}|'[^']*'")


def put(*path: str | int, value: object) -> Callable[[Data], None]:
    """Return a change that puts a value at a place."""

    def change(data: Data) -> None:
        spot: Any = data
        for step in path[:-1]:
            spot = spot[step]
        spot[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Data], None]:
    """Return a change that takes a field away."""

    def change(data: Data) -> None:
        spot: Any = data
        for step in path[:-1]:
            spot = spot[step]
        del spot[path[-1]]

    return change


AMOUNT = ("procurement", "contract", "value", "amount")
GROUP = {"group": {"description": {"nb": "kommuner"}, "count": 1}, "role": "follower", "sources": ["s1"]}
# Fault → the change that brings it about, the place it is told at, and what stands on the line it points to.
PAPER = {"title": "Notat", "kind": "report", "language": "nb"}
PICTURE = {"sha256": "0" * 64, "name": "pumpe.png", "media_type": "image/png", "size": 1}
OWN_WORD = {"id": "egen", "title": "Opplyst av kommunen", "kind": "stated", "checked": "2026-11-23"}
BAD: list[tuple[str, Callable[[Data], None], str, str]] = [
    ("missing", drop("summary"), "summary", "{"),
    ("missing", drop("need", "description", "text"), "need.description.text", '"description"'),
    ("extra_forbidden", put("tittel", value="x"), "tittel", '"tittel"'),
    ("enum", put("state", "status", value="ferdig"), "state.status", '"status"'),
    ("enum", put("title", value={"no": "Varme"}), "title", '"title"'),
    ("literal_error", put("procurement", "contract", "value", "currency", value="USD"), "", '"currency"'),
    ("string_type", put("title", "nb", value=5), "title.nb", '"nb": 5'),
    ("string_too_short", put("title", "nb", value="  "), "title.nb", '"nb": "  "'),
    ("string_too_long", put("title", "nb", value="x" * 301), "title.nb", '"nb": "xxx'),
    ("string_pattern_mismatch", put("id", value="Varme i grunnen"), "id", '"id"'),
    ("string_pattern_mismatch", put("contacts", 0, "email", value="hos oss"), "contacts[0].email", '"email"'),
    ("string_pattern_mismatch", put("contacts", 0, "phone", value="ring"), "contacts[0].phone", '"phone"'),
    ("string_pattern_mismatch", put("contacts", 0, "url", value="her"), "contacts[0].url", '"url"'),
    ("string_pattern_mismatch", put("start", value="i fjor"), "start", '"start"'),
    ("string_pattern_mismatch", put("cpv", value=["1"]), "cpv[0]", '"1"'),
    ("list_type", put("cpv", value="45000000"), "cpv", '"cpv"'),
    ("dict_type", put("title", value="Varme"), "title", '"title"'),
    ("model_type", put("need", value="Varme"), "need", '"need"'),
    ("too_short", put("themes", value=[]), "themes", '"themes"'),
    ("too_long", put("themes", value=["energi"] * 5), "themes", '"themes"'),
    ("none_forbidden", put("state", value=None), "state", '"state"'),
    ("none_forbidden", put("state", "note", value=None), "state.note", '"note": null'),
    ("none_forbidden", put("title", "nb", value=None), "title.nb", '"nb": null'),
    ("decimal_parsing", put(*AMOUNT, value="2 mill."), ".".join(AMOUNT), '"amount"'),
    ("decimal_type", put(*AMOUNT, value=[2]), ".".join(AMOUNT), '"amount"'),
    ("int_type", put("parties", 1, "group", "count", value="sju"), "parties[1].group.count", '"count"'),
    ("int_type", put("parties", 1, "group", "count", value=[7]), "parties[1].group.count", '"count"'),
    ("int_type", put("parties", 1, "group", "count", value=7.5), "parties[1].group.count", '"count"'),
    ("greater_than", put(*AMOUNT, value=0), ".".join(AMOUNT), '"amount"'),
    ("greater_than_equal", put("parties", 1, "group", "count", value=0), "parties[1].group.count", '"count"'),
    ("less_than", put(*AMOUNT, value=10**14), ".".join(AMOUNT), '"amount"'),
    ("finite_number", put(*AMOUNT, value=float("inf")), ".".join(AMOUNT), '"amount"'),
    ("date_from_datetime_parsing", put("revised", value="23.11.2026"), "revised", '"revised"'),
    ("date_from_datetime_parsing", put("revised", value="2026-02-30"), "revised", '"revised"'),
    ("date_type", put("revised", value=["2026-11-23"]), "revised", '"revised"'),
    ("control_characters", put("title", "nb", value="Va\x07rme"), "title.nb", '"nb": "Va'),
    ("markup", put("title", "nb", value="<script>x</script>"), "title.nb", '"nb": "<script>'),
    ("partial_date", put("start", value="2019-02-29"), "start", '"start"'),
    (
        "organisation_number",
        put("parties", 0, "organisation", "number", value="964965871"),
        "parties[0].organisation.number",
        '"number"',
    ),
    ("organisation_or_group", drop("parties", 0, "organisation"), "parties[0]", "{"),
    ("figure_without_number", drop("figures", 0, "value"), "figures[0]", "{"),
    ("figure_value_and_range", put("figures", 0, "low", value=1), "figures[0]", "{"),
    ("figure_range", lambda d: d["figures"][0].update(value=None, low=2, high=1), "figures[0]", "{"),
    ("potential_without_if", put("figures", 0, "kind", value="potential"), "figures[0]", "{"),
    ("url_or_file", lambda d: d.update(documents=[PAPER]), "documents[0]", "{"),
    ("picture_without_alt", lambda d: d.update(documents=[{**PAPER, "file": PICTURE}]), "documents[0]", "{"),
    ("source_without_url", drop("sources", 0, "url"), "sources[0]", "{"),
    ("own_word_without_publisher", lambda d: d["sources"].append(OWN_WORD), "sources[1]", "{"),
    ("unknown_source", put("summary", "sources", value=["s9"]), "", "{"),
    ("unknown_figure", put("infographic", value={"headline": {"nb": "x"}, "figures": ["f9"]}), "", "{"),
    ("repeated_id", lambda d: d["sources"].append(d["sources"][0]), "", "{"),
    ("end_before_start", lambda d: d.update(start="2020", end="2019"), "", "{"),
    ("unknown_theme", put("themes", value=["energi", "romfart"]), "themes[1]", '"romfart"'),
    ("unknown_cpv", put("cpv", value=["99999999"]), "cpv[0]", '"99999999"'),
    ("unknown_los", put("los", value=["tema/romfart"]), "los[0]", '"tema/romfart"'),
    ("format", put("format", value="regneark"), "format", ""),
    ("format", drop("format"), "format", ""),
    ("version", put("version", value=2), "version", ""),
]
# Said about the file as a whole, and tried further down with files of that kind.
WHOLE_FILE = {"json", "too_large", "too_deep", "encoding", "unreadable", "not_an_object", "repeated_case"}
# Tried in a test of their own further down, or where the library is at hand (the file that does not come with it).
ELSEWHERE = {"date_from_datetime_inexact", "int_parsing_size", "json_invalid", "number_too_long", "file_not_with_it"}
# Pydantic gives these only when reading Python objects, never when reading JSON.
NEVER_FROM_JSON = {"model_attributes_type", "date_parsing"}


def written(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def spoilt(case_data: Any, change: Callable[[Data], None]) -> str:
    data = case_data()
    data["parties"].append(json.loads(json.dumps(GROUP)))
    change(data)
    return written(data)


def fault_in(checked: Checked, code: str) -> Fault:
    assert checked.case_file is None
    assert code in {one.code for one in checked.faults}
    return next(one for one in checked.faults if one.code == code)


def cases_of_fault() -> list[Any]:
    return [pytest.param(*bad, id=f"{bad[0]}-{number}") for number, bad in enumerate(BAD)]


def test_every_kind_of_fault_is_tried_here() -> None:
    assert {bad[0] for bad in BAD} | WHOLE_FILE | ELSEWHERE | NEVER_FROM_JSON == set(check.SENTENCES)


@pytest.mark.parametrize(("code", "change", "place", "on_line"), cases_of_fault())
def test_a_fault_is_found_at_its_place(code: str, change: Any, place: str, on_line: str, case_data: Any) -> None:
    text = spoilt(case_data, change)
    fault = fault_in(check_bytes("sak.json", text.encode()), code)
    assert fault.place == place or (place == "" and fault.place in {"", "procurement.contract.value.currency"})
    if fault.line is None:  # invisible signs stop the line counter; a missing format has no line
        assert code in {"control_characters", "format", "version"}
    else:
        assert on_line in text.split("\n")[fault.line - 1]


@pytest.mark.parametrize(("code", "change", "place", "on_line"), cases_of_fault())
def test_a_fault_is_told_in_whole_sentences(code: str, change: Any, place: str, on_line: str, case_data: Any) -> None:
    fault = fault_in(check_bytes("sak.json", spoilt(case_data, change).encode()), code)
    assert fault.sentence.endswith((".", "»."))
    assert fault.mend.endswith((".", "}", "}}.", " ].", " }."))
    assert fault.sentence[0].isupper() or fault.sentence[0] == "«"


@pytest.mark.parametrize(
    ("code", "change", "place", "on_line"),
    [
        pytest.param(
            *bad,
            id=f"{bad[0]}-{number}",
        )
        for number, bad in enumerate(BAD)
    ],
)
def test_no_sentence_has_a_hole_in_it(code: str, change: Any, place: str, on_line: str, case_data: Any) -> None:
    fault = fault_in(check_bytes("sak.json", spoilt(case_data, change).encode()), code)
    for sentence in (fault.sentence, fault.mend):
        assert "…" not in sentence.replace("{ … }", "").replace("[ … ]", "").replace("xxx…»", "»")
        assert "None" not in sentence


@pytest.mark.parametrize(("code", "change", "place", "on_line"), cases_of_fault())
def test_no_sentence_is_english(code: str, change: Any, place: str, on_line: str, case_data: Any) -> None:
    fault = fault_in(check_bytes("sak.json", spoilt(case_data, change).encode()), code)
    for sentence in (fault.sentence, fault.mend):
        assert not ENGLISH.search(QUOTED.sub("", sentence))


def test_every_sentence_can_be_filled_in_with_nothing_at_all() -> None:
    for code in [*check.SENTENCES, "something_new"]:
        fault = Fault(code, "", None, {})
        assert fault.sentence
        assert fault.mend


def test_values_from_the_file_are_never_read_as_places_to_fill_in(case_data: Any) -> None:
    checked = check_bytes("sak.json", written(case_data(id="{0.__class__} {line}")).encode())
    assert "{0.__class__} {line}" in checked.faults[0].sentence


def test_what_is_quoted_from_a_file_is_kept_short(case_data: Any) -> None:
    checked = check_bytes("sak.json", written(case_data(id="X" * 10_000)).encode())
    assert all(len(fault.sentence) < 200 for fault in checked.faults)


@pytest.mark.parametrize("name", ["\x1b[31mrødt", "x" * 10_000], ids=["escape", "long"])
def test_names_of_unknown_fields_are_safe_to_print(name: str, case_data: Any) -> None:
    fault = check_bytes("sak.json", written(case_data(**{name: 1})).encode()).faults[0]
    assert (fault.sentence + fault.place).isprintable()
    assert len(fault.sentence + fault.place) < 400


def test_a_missing_version_is_not_called_none(case_data: Any) -> None:
    data = case_data()
    del data["version"]
    fault = fault_in(check_bytes("sak.json", written(data).encode()), "missing")
    assert "None" not in fault.sentence


def test_an_odd_version_is_quoted_short(case_data: Any) -> None:
    fault = check_bytes("sak.json", written(case_data(version="\x1b" + "9" * 10_000)).encode()).faults[0]
    assert len(fault.sentence) < 200
    assert fault.sentence.isprintable()


def test_a_theme_that_is_unknown_is_answered_with_those_that_are_known(case_data: Any) -> None:
    fault = check_bytes("sak.json", written(case_data(themes=["romfart"])).encode()).faults[0]
    assert all(theme in fault.mend for theme in themes())


def test_all_faults_are_told_at_once_but_not_without_end(case_data: Any) -> None:
    checked = check_bytes("sak.json", written(case_data(parties=[{}] * 500)).encode())
    assert len(checked.faults) == check.MOST_FAULTS


def test_the_small_case_itself_is_sound(case_data: Any) -> None:
    assert check_bytes("sak.json", written(case_data()).encode()).faults == ()


@pytest.mark.parametrize("indent", [None, 1, 4, "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_counted_however_the_file_is_laid_out(indent: Any, newline: str, case_data: Any) -> None:
    text = json.dumps(case_data(revised="x"), indent=indent, ensure_ascii=False).replace("\n", newline)
    line = check_bytes("sak.json", text.encode()).faults[0].line
    assert line is not None
    assert '"revised"' in text.split(newline)[line - 1]


@pytest.mark.parametrize(
    ("title", "ascii_only"), [("En\u2028to\u2028tre", False), ("😀 smil", True)], ids=["line separator", "surrogates"]
)
def test_lines_are_counted_as_an_editor_counts_them(title: str, ascii_only: bool, case_data: Any) -> None:
    text = json.dumps(case_data(title={"nb": title}, revised="x"), indent=1, ensure_ascii=ascii_only)
    line = check_bytes("sak.json", text.encode()).faults[0].line
    assert line is not None
    assert '"revised"' in text.split("\n")[line - 1]


# Files that are no case at all.


def code_of(content: bytes) -> str:
    return check_bytes("sak.json", content).faults[0].code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json"),
        (b"{", "json"),
        (b'{"format": "ringvirkning-case",}', "json"),
        (b"format: ringvirkning-case", "json"),
        (b"null", "not_an_object"),
        (b"[]", "not_an_object"),
        (b'"ringvirkning-case"', "not_an_object"),
        (b"3", "not_an_object"),
        (b"{}", "format"),
        ("{}".encode("utf-16"), "encoding"),
        ('{"a": "ø"}'.encode("latin-1"), "encoding"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "encoding"),
        (b"PK\x03\x04\x00\x00", "json"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too_deep"),
        (b"[" * 41 + b"]" * 41, "too_deep"),
        (b" " * 5_000_001, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_case_is_recognised(content: bytes, code: str) -> None:
    fault = check_bytes("sak.json", content).faults[0]
    assert fault.code == code
    sentences = (fault.sentence + fault.mend).replace("{ … }", "")
    assert not ENGLISH.search(QUOTED.sub("", sentences))
    assert "…" not in sentences.replace("{ … }", "")


def test_broken_json_is_pointed_at() -> None:
    fault = check_bytes("sak.json", b'{\n "format": "ringvirkning-case"\n "version": 1\n}').faults[0]
    assert (fault.code, fault.line) == ("json", 3)
    assert "linje 3, tegn 2" in fault.mend


def test_a_byte_order_mark_is_no_fault(case_data: Any) -> None:
    assert check_bytes("sak.json", b"\xef\xbb\xbf" + written(case_data()).encode()).faults == ()


def test_a_number_without_end_is_not_called_deep(case_data: Any) -> None:
    text = written(case_data()).replace("2000000", "2" * 5_000)
    assert code_of(text.encode()) != "too_deep"


def test_brackets_in_a_text_are_not_depth(case_data: Any) -> None:
    assert check_bytes("sak.json", written(case_data(title={"nb": "[" * 50})).encode()).faults == ()


@pytest.mark.parametrize(
    "change",
    [
        put("revised", value="2026-11-23T10:30:00"),
        put("revised", value=5),
        put("parties", 1, "group", "count", value="9" * 5_000),
        put("title", "nb", value="\\ud800"),
    ],
    ids=["date with a time", "number as date", "endless count", "half a character"],
)
def test_no_fault_is_left_without_a_sentence_of_its_own(change: Any, case_data: Any) -> None:
    text = spoilt(case_data, change).replace("\\\\ud800", "\\ud800")
    assert all(fault.code in check.SENTENCES for fault in check_bytes("sak.json", text.encode()).faults)


def test_a_file_of_two_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.json"
    with path.open("wb") as handle:
        handle.truncate(200_000_000)
    fault = check_file(path).faults[0]
    assert fault.code == "too_large"
    assert "200 MB" in fault.sentence


def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    assert check_file(tmp_path / "borte.json").faults[0].code == "unreadable"
    assert check_file(tmp_path).faults[0].code == "unreadable"
    (tmp_path / "ring.json").symlink_to(tmp_path / "ring.json")
    assert check_file(tmp_path / "ring.json").faults[0].code == "unreadable"


def test_a_case_that_stands_in_two_files_is_refused_the_second_time(tmp_path: Path, case_data: Any) -> None:
    paths = [tmp_path / name for name in ("a.json", "b.json", "c.json")]
    for path, case_id in zip(paths, ("lik", "lik", "annen"), strict=True):
        path.write_text(written(case_data(id=case_id)), encoding="utf-8")
    first, second, third = check_files(paths)
    assert first.case_file
    assert third.case_file
    fault = fault_in(second, "repeated_case")
    assert "lik" in fault.sentence
    assert str(paths[0]) in fault.sentence


def test_a_faulty_file_does_not_hold_its_id_against_a_sound_one(tmp_path: Path, case_data: Any) -> None:
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    paths[0].write_text(written(case_data(themes=["romfart"])), encoding="utf-8")
    paths[1].write_text(written(case_data()), encoding="utf-8")
    assert [bool(checked.case_file) for checked in check_files(paths)] == [False, True]


# Nothing anyone can write makes it fall.

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=15,
)


def answered(checked: Checked) -> None:
    assert bool(checked.case_file) != bool(checked.faults)
    for fault in checked.faults:
        assert fault.sentence
        assert fault.mend
        assert fault.line is None or fault.line >= 1


@given(st.binary(max_size=500))
def test_any_bytes_are_answered(content: bytes) -> None:
    answered(check_bytes("sak.json", content))


@given(anything)
def test_any_json_is_answered(value: object) -> None:
    answered(check_bytes("sak.json", json.dumps(value).encode()))


@given(data=st.data())
def test_a_sound_case_with_anything_put_anywhere_is_answered(data: st.DataObject, case_data: Any) -> None:
    spot: Any = (case := case_data())
    while True:
        key = data.draw(st.sampled_from(sorted(spot) if isinstance(spot, dict) else range(len(spot))))
        if not (isinstance(spot[key], dict | list) and spot[key] and data.draw(st.booleans())):
            break
        spot = spot[key]
    spot[key] = data.draw(anything)
    answered(
        check_bytes("sak.json", json.dumps(case, ensure_ascii=data.draw(st.booleans())).encode("utf-8", "replace"))
    )
