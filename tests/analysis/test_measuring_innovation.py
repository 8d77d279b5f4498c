"""The measures measure what they say, and the labelled set is what the guide says."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.analysis.made import a_notice

from ringvirkning.analysis import measure
from ringvirkning.analysis.judged import Judged, judged, record_of_row, with_records
from ringvirkning.analysis.measure import WAYS, average_precision, code_accuracy, language_of, score
from ringvirkning.analysis.terms import CODES
from ringvirkning.cli.measuring import measure_innovation
from ringvirkning.sources.tables import data_folder

ROW = {
    "title": "Pilot for nye løsninger",
    "description": "En slik løsning finnes ikke i markedet.",
    "buyer": "Ås kommune ",
    "notice_type": "F02",
    "cpv": "73100000",
    "additional_cpv": ["73100000", "00000000"],
}
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "notices"


def graded(grade: int, **more: Any) -> Judged:
    return Judged(id="x", grade=grade, half="tune", **{"code": None, **more})


def pairs(*likelihoods: tuple[int, float]) -> tuple[list[Any], Any]:
    notices = [a_notice(str(number)) for number in range(len(likelihoods))]
    known = {notice.titles["nb"]: one[1] for notice, one in zip(notices, likelihoods, strict=True)}
    listed = [(graded(one[0]), notice) for one, notice in zip(likelihoods, notices, strict=True)]
    return listed, lambda notice: known[notice.titles["nb"]]


def test_precision_recall_and_f1() -> None:
    found = score(*pairs((1, 0.9), (2, 0.8), (0, 0.7), (1, 0.1), (0, 0.0)))
    assert (found.notices, found.positives, found.shown) == (5, 3, 3)
    assert (found.precision, found.recall, found.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    low, high = found.f1_between
    assert 0 <= low <= found.f1 <= high <= 1


def test_the_highest_grade_alone_leaves_the_middle_one_out() -> None:
    found = score(*pairs((2, 0.9), (1, 0.9), (0, 0.9)), least=2)
    assert (found.notices, found.positives, found.precision) == (2, 1, 0.5)


def test_measuring_twice_gives_the_same_intervals() -> None:
    given = pairs((1, 0.9), (0, 0.8), (1, 0.3), (0, 0.1))
    assert score(*given) == score(*given)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(True, 0.9), (False, 0.1)], 1.0),
        ([(False, 0.9), (True, 0.1)], 0.5),
        ([(True, 1.0), (False, 1.0), (False, 0.0), (True, 0.0)], 0.5),  # equal likelihoods are one place
        ([(False, 0.9)], 0.0),
        ([], 0.0),
    ],
)
def test_average_precision(answers: list[tuple[bool, float]], expected: float) -> None:
    assert average_precision(answers) == pytest.approx(expected)


def test_nothing_to_measure_is_zero_and_no_fault() -> None:
    found = score([], measure.ours)
    assert (found.notices, found.f1, found.f1_between) == (0, 0.0, (0.0, 0.0))


def test_each_way_looks_at_what_it_says() -> None:
    coded = a_notice("Traktor", innovation=("other",))
    strong = a_notice("Traktor", innovation=("mar-nov",))
    ways = ("BT-776 or BT-06 filled in", "DFØ's four codes", "plain list of keywords")
    assert [WAYS[way](coded) for way in ways] == [1.0, 0.0, 0.0]
    assert [WAYS[way](strong) for way in ways] == [1.0, 1.0, 0.0]
    assert [WAYS[way](a_notice("Videreutvikling")) for way in ways] == [0.0, 0.0, 1.0]


def test_codes_are_right_or_wrong_and_those_without_one_are_left_out() -> None:
    pilot = a_notice("Innovasjonspartnerskap", "Det finnes ikke i markedet.")
    assert code_accuracy([(graded(2, code="mar-nov"), pilot), (graded(2, code="rd-act"), pilot)]) == (1, 2)
    assert code_accuracy([(graded(2), pilot)]) == (0, 0)


def test_the_language_is_the_one_that_is_read() -> None:
    assert [language_of(a_notice("x", language=one)) for one in ("no", "nn", "de")] == ["nb", "nn", "other"]


# The labelled set.


def test_the_labelled_set_is_as_large_and_mixed_as_the_guide_says() -> None:
    rows = json.loads((data_folder() / "judged" / "innovation.json").read_text(encoding="utf-8"))["notices"]
    assert len(rows) >= 1_600 and len({row["id"] for row in rows}) == len(rows)
    assert {row["grade"] for row in rows} == {0, 1, 2}
    assert {row.get("code") for row in rows} <= {None, *CODES}
    assert all("code" not in row for row in rows if row["grade"] == 0)
    halves = Counter(row["half"] for row in rows)
    assert set(halves) == {"tune", "held_out"} and min(halves.values()) > 700


def test_the_labelled_set_holds_no_text() -> None:
    rows = json.loads((data_folder() / "judged" / "innovation.json").read_text(encoding="utf-8"))["notices"]
    assert {key for row in rows for key in row} <= {"id", "grade", "half", "drawn", "code", "number"}
    assert max(len(str(value)) for row in rows for value in row.values()) < 60


def test_a_row_becomes_a_record() -> None:
    notice = record_of_row(ROW, "rows.json#0")
    assert notice.titles == {"no": ROW["title"]} and notice.buyers[0].name == "Ås kommune"
    assert notice.cpv == ("73100000",)
    assert record_of_row({**ROW, "notice_type": "Kunngjøringstype: Veiledende"}, "x").kind == "pin-only"
    assert record_of_row({**ROW, "description": None, "cpv": None, "additional_cpv": None}, "x").descriptions == {}


def test_what_is_not_in_the_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps([ROW]), encoding="utf-8")
    (tmp_path / "broken.xml").write_bytes(b"<broken")
    given = [Judged(one, 1, "tune", None) for one in ("rows.json#0", "broken.xml", "missing.xml")]
    assert [notice is not None for _, notice in with_records(given, tmp_path)] == [True, False, False]


def test_the_command_tells_in_words_and_in_json(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps([ROW, {**ROW, "title": "Traktor", "description": ""}]), "utf-8")
    rows = [
        {"id": f"rows.json#{number}", "grade": 2 - 2 * number, "half": half}
        for number in (0, 1)
        for half in ("tune", "held_out")
    ]
    (tmp_path / "set.json").write_text(json.dumps({"notices": rows}), encoding="utf-8")
    given = ["--data", str(tmp_path), "--file", str(tmp_path / "set.json")]
    told = CliRunner().invoke(measure_innovation, given)
    assert told.exit_code == 0 and "held_out (2 kunngjøringer, 1 treff)" in told.output
    data = json.loads(CliRunner().invoke(measure_innovation, [*given, "--json"]).output)
    assert data["scores"]["held_out"]["Ringvirkning"]["f1"] == 1.0 and data["not_read"] == 0


def test_a_folder_without_the_notices_is_said_so(tmp_path: Path) -> None:
    told = CliRunner().invoke(measure_innovation, ["--data", str(tmp_path)])
    assert told.exit_code == 1 and "Velg en annen --data" in told.output


@pytest.mark.skipif(not DATA.is_dir(), reason="the real notices are not here (../shared/data/notices)")
def test_on_real_notices_that_were_never_tuned_on_we_are_far_better_than_the_field_and_a_list_of_keywords() -> None:
    found = [(one, notice) for one, notice in with_records(judged(), DATA) if notice and one.half == "held_out"]
    scores = {name: score(found, way) for name, way in WAYS.items()}
    ours = scores.pop("Ringvirkning")
    assert ours.f1 > 0.65
    assert all(
        ours.f1 > 2 * other.f1 and ours.average_precision > 2 * other.average_precision for other in scores.values()
    )
