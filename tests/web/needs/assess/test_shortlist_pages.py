"""The shortlist on its pages: found, kept, judged by two at once, put in order, compared and taken out."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from assess_pages import at, fresh, text
from django.test import Client
from tests.needs.documents.reading import word_text

from ringvirkning.needs import operations
from ringvirkning.needs.assessment import Solution
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.sections import fingerprint
from ringvirkning.needs.shortlist import judgement_mark
from ringvirkning.needs.statement import read
from ringvirkning.needs.statement.around import Around
from ringvirkning.needs.statement.reading import ReadCpv
from ringvirkning.needs.terms import Section
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role
from some_notices import a_notice

CASES = ("tryggere-hverdag", "signalanlegg-ved-lervig-sykehjem")
UNDERWAY = {"X-Lagring": "underveis"}


@pytest.fixture
def listed(library: None, somebody: Callable[..., Person], now: datetime) -> AssessmentRow:
    """Kari's assessment in the whole library, shared with Ola, with two cases on its shortlist."""
    kari, ola = somebody(Role.CONTRIBUTOR, name="Kari Eksempel"), somebody(Role.CONTRIBUTOR, name="Ola Eksempel")
    need = {"title": "Fall om natten", "need": "Beboere faller om natten, og ingen ser det."}
    row = operations.begin(content=need, organisation="larvik", person=kari, at=now)
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    for key in CASES:
        solution = Solution(kind="case", key=key, title=key, added=now.date())  # type: ignore[arg-type]
        operations.keep_solution(assessment=row, solution=solution, person=kari, at=now)
    return row


@pytest.fixture
def kari_and_ola(listed: AssessmentRow, coming_as: Callable[..., Client]) -> tuple[Client, Client]:
    return coming_as(listed.owner), coming_as(listed.readers.get().person)


def judged(row: AssessmentRow, base: list[dict[str, Any]] | None = None, **typed: str) -> dict[str, Any]:
    """What the form sends, typed over the shortlist as it was in ``base``."""
    shown = fresh(row).content["solutions"] if base is None else base
    names = [f"{one['kind']}:{one['key']}" for one in shown]
    said = {f"{part}-{n}": one.get(part, "") for n, one in enumerate(shown) for part in ("fit", "because", "notes")}
    return {"name": names, "version": ".".join(map(judgement_mark, shown)), **said, **typed}


def keys(row: AssessmentRow) -> list[str]:
    return [one["key"] for one in fresh(row).content["solutions"]]


def test_what_answers_the_need_is_found_and_kept_once(listed: AssessmentRow, kari_and_ola: Any) -> None:
    hers, _his = kari_and_ola
    found = text(hers.get(at(listed, "kortliste/finn/")))
    assert "På kortlisten" in found and "Legg på kortlisten" in found
    for _time in range(2):
        answer = hers.post(at(listed, "kortliste/legg-til/"), {"name": "case:helseteknologi-i-hjemmet", "q": "fall"})
    assert answer["Location"].endswith("/kortliste/finn/?q=fall")
    assert keys(listed) == list(CASES)  # there is no such case
    hers.post(at(listed, "kortliste/legg-til/"), {"name": "case:elektronisk-medisineringsstotte", "approach": "tull"})
    assert keys(listed) == [*CASES, "elektronisk-medisineringsstotte"]
    kept = fresh(listed).content["solutions"][-1]
    assert kept["title"] and kept["buyer"] and kept["address"].endswith("/biblioteket/elektronisk-medisineringsstotte/")


@pytest.mark.parametrize("name", ["", "case:", "tull:larvik", "case:finnes-ikke", "notice:finnes-ikke"])
def test_what_is_not_there_is_not_kept(name: str, listed: AssessmentRow, kari_and_ola: Any) -> None:
    answer = kari_and_ola[0].post(at(listed, "kortliste/legg-til/"), {"name": name}, follow=True)
    assert "finnes ikke lenger" in text(answer)
    assert keys(listed) == list(CASES)


def test_other_words_find_other_things_and_an_identity_number_is_refused(
    listed: AssessmentRow, kari_and_ola: Any
) -> None:
    hers = kari_and_ola[0]
    assert "medisin" in text(hers.get(at(listed, "kortliste/finn/"), {"q": "medisin i hjemmet"})).lower()
    refused = hers.get(at(listed, "kortliste/finn/"), {"q": "Gjelder 01010014871"}, follow=True)
    assert "fødselsnummer" in text(refused)


def test_judgements_are_saved_together_and_shown_in_the_table(listed: AssessmentRow, kari_and_ola: Any) -> None:
    hers, _his = kari_and_ola
    typed = judged(listed, **{"fit-0": "fits", "because-0": "Den varsler stille.", "notes-1": "Spør om dekning."})
    saved = hers.post(at(listed, "kortliste/"), typed, headers=UNDERWAY).json()
    assert saved["outcome"] == "saved"
    assert saved["version"] == judged(listed)["version"]
    table = text(hers.get(at(listed, "sammenlign/")))
    assert "Passer" in table and "Den varsler stille." in table and "Ikke vurdert" in table


def test_two_people_judge_different_solutions_without_meeting(listed: AssessmentRow, kari_and_ola: Any) -> None:
    hers, his = kari_and_ola
    before = fresh(listed).content["solutions"]
    assert his.post(at(listed, "kortliste/"), judged(listed, before, **{"fit-0": "no"})).status_code == 302
    assert hers.post(at(listed, "kortliste/"), judged(listed, before, **{"fit-1": "fits"})).status_code == 302
    assert [one.get("fit") for one in fresh(listed).content["solutions"]] == ["no", "fits"]


def test_two_people_judge_the_same_and_the_last_sees_both(listed: AssessmentRow, kari_and_ola: Any) -> None:
    hers, his = kari_and_ola
    page, before = at(listed, "kortliste/"), fresh(listed).content["solutions"]
    his.post(page, judged(listed, before, **{"because-0": "Ola synes den er dyr."}))
    mine = judged(listed, before, **{"because-0": "Kari synes den er fin."})
    assert hers.post(page, mine, headers=UNDERWAY).json()["outcome"] == "closed"
    shown = hers.post(page, mine)
    assert shown.status_code == 409
    assert "Ola synes den er dyr." in text(shown) and "Kari synes den er fin." in text(shown)
    assert fresh(listed).content["solutions"][0]["because"] == "Ola synes den er dyr."
    hers.post(page, judged(listed, **{"because-0": "Fin, men dyr."}))
    assert fresh(listed).content["solutions"][0]["because"] == "Fin, men dyr."


def test_solutions_are_moved_and_taken_out_with_what_was_typed_kept(listed: AssessmentRow, kari_and_ola: Any) -> None:
    hers, _his = kari_and_ola
    page = at(listed, "kortliste/")
    hers.post(page, {**judged(listed, **{"notes-1": "Husk"}), "do": f"up:case:{CASES[1]}"})
    assert keys(listed) == [CASES[1], CASES[0]]
    assert fresh(listed).content["solutions"][0]["notes"] == "Husk"
    hers.post(page, {**judged(listed), "do": f"down:case:{CASES[1]}"})
    hers.post(page, {**judged(listed), "do": "up:case:finnes-ikke"})
    assert keys(listed) == list(CASES)
    hers.post(page, {**judged(listed), "do": f"out:case:{CASES[0]}"})
    assert keys(listed) == [CASES[1]]


def test_a_judgement_with_an_identity_number_is_refused_and_stays_on_the_page(
    listed: AssessmentRow, kari_and_ola: Any
) -> None:
    typed = judged(listed, **{"notes-0": "Gjelder 01010014871", "because-1": "Bra"})
    answer = kari_and_ola[0].post(at(listed, "kortliste/"), typed)
    assert answer.status_code == 422
    assert "fødselsnummer" in text(answer) and "Bra" in text(answer)
    assert "notes" not in fresh(listed).content["solutions"][0]


def test_the_contact_of_a_case_stands_beside_the_question(listed: AssessmentRow, kari_and_ola: Any) -> None:
    shown = text(kari_and_ola[0].get(at(listed, "sporsmal/"), {"om": CASES[0]}))
    assert f'value="{CASES[0]}" selected' in shown


@pytest.mark.parametrize(("form", "begins"), [("word", b"PK"), ("pdf", b"%PDF"), ("json", b"{")])
def test_the_whole_is_had_as_a_file(form: str, begins: bytes, listed: AssessmentRow, kari_and_ola: Any) -> None:
    answer = kari_and_ola[0].get(at(listed, f"last-ned/{form}/"))
    assert answer.status_code == 200 and answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith('attachment; filename="fall-om-natten.')
    assert kari_and_ola[0].get(at(listed, "last-ned/tull/")).status_code == 404


def test_a_file_says_where_each_solution_is_told_of_and_when_that_was_checked(
    listed: AssessmentRow, kari_and_ola: Any, put_in: Any
) -> None:
    [notice] = put_in(a_notice(1))
    kari_and_ola[0].post(at(listed, "kortliste/legg-til/"), {"name": f"notice:{notice.key}"})
    kept = fresh(listed).content["solutions"][-1]
    assert (kept["source"], kept["checked"]) == ("Doffin 2026-100001", "2026-11-23")
    told = json.loads(kari_and_ola[0].get(at(listed, "last-ned/json/")).content)["solutions"]
    assert all(one["source"] and one["checked"] for one in told)
    assert told[0]["checked"].startswith("2026-")


def test_a_code_that_is_only_a_guess_does_not_stand_in_a_document(
    listed: AssessmentRow, kari_and_ola: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = (ReadCpv("85144100", "Boligpleie", 0.5, ()), ReadCpv("31625000", "Alarmer", 0.1, ()))
    around = Around(lambda terms: dict.fromkeys(terms, 0.5), lambda text, reader: codes)
    monkeypatch.setattr(read, "live", lambda: around)
    told = word_text(kari_and_ola[0].get(at(listed, "last-ned/word/")).content)
    assert "85144100" in told
    assert "31625000" not in told
    content = {"adjusted": {"cpv": ["31625000"]}}
    row = fresh(listed)
    operations.save_section(
        assessment=row, section=Section.READING, base=fingerprint(row.content, Section.READING), content=content,
        person=row.owner, at=row.changed,
    )  # fmt: skip
    assert "31625000" in word_text(kari_and_ola[0].get(at(listed, "last-ned/word/")).content)
