"""Searching by meaning in a library: off until it is asked for, honest about why, and following what changes."""

import json
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.operations import publish_case, record_change
from ringvirkning.catalogue.terms import ChangeKind, Origin
from ringvirkning.needs.answering.answer import Question, answer
from ringvirkning.needs.terms import Certainty
from ringvirkning.search.find import Hit, find
from ringvirkning.search.index import rebuild
from ringvirkning.search.meaning import stage
from ringvirkning.search.meaning.model import MeaningMissing
from ringvirkning.search.meaning.why import PART
from ringvirkning.search.measuring.figures import OURS
from ringvirkning.search.measuring.judged import WORDS_ONLY, measure
from ringvirkning.search.only_one import only_one
from ringvirkning.search.query import understand

HORN = "hus med bukkehorn"  # "hus" is a word that the library has; nobody in it writes "bukkehorn"
On = Callable[..., Any]


def ids(hits: list[Hit]) -> list[str]:
    return [hit.case.case_id for hit in hits]


def cheese(a_case: Any, **more: Any) -> Any:
    return a_case(id="brunost", title={"nb": "Ystingsverk for geitmelk"}, **more)


@pytest.fixture
def with_cheese(library: Path, a_case: Any, now: Any) -> Any:
    return publish_case(case_file=cheese(a_case), origin=Origin.FILE, at=now)


def test_it_is_off_until_a_model_is_named(library: Path, settings: Any) -> None:
    assert settings.MEANING_MODEL == ""
    assert stage.near("bukkehorn") == {}
    assert stage.ensure() is False
    assert stage.state() is None
    assert not list(library.glob("meaning-*"))


def test_a_case_that_no_word_finds_is_found_and_says_why(with_cheese: Any, switched_on: On) -> None:
    assert "brunost" not in ids(find(HORN, limit=100).hits)
    switched_on()
    assert stage.ensure()
    [hit] = [hit for hit in find(HORN, limit=100).hits if hit.case.case_id == "brunost"]
    assert hit.why[-1].part == PART
    assert hit.why[-1].text
    assert hit.why[-1].language == "nb"
    with stage.without_meaning():
        assert "brunost" not in ids(find(HORN, limit=100).hits)


def test_an_answer_says_so_too_and_is_no_surer_for_it(with_cheese: Any, switched_on: On) -> None:
    before = answer(Question(understand(HORN))).certainty
    switched_on()
    stage.ensure()
    answers = answer(Question(understand(HORN)))
    items = [item for group in answers.groups for item in group.items]
    assert all(item.why for item in items)
    assert [item.why[-1].part for item in items if item.key == "brunost"] == [PART]
    assert answers.certainty is before


@pytest.mark.parametrize("need", ["snø på veien", "eldre faller om natta", "hus", HORN, "medisin i bukkehorn"])
def test_how_sure_we_are_is_decided_by_words_alone(with_cheese: Any, switched_on: On, need: str) -> None:
    switched_on()
    stage.ensure()
    question = Question(understand(need))
    with_both = answer(question).certainty
    with stage.without_meaning():
        assert answer(question).certainty is with_both


SAID = {
    "nb": "Funnet fordi den ligner i mening, ikke på ordene. Behovet",
    "nn": "Funnen fordi ho liknar i meining, ikkje på orda. Behovet",
    "en": "Found because it is close in meaning, not by its words. The need",
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("page", ["web:library", "web:need"])
def test_a_page_says_it_in_the_readers_language(
    with_cheese: Any, switched_on: On, client: Client, settings: Any, language: str, page: str
) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    switched_on()
    stage.ensure()
    with translation.override(language):
        address = reverse(page, query={"q": HORN})
    with stage.without_meaning():
        assert SAID[language] not in client.get(address).content.decode()
    assert SAID[language] in client.get(address).content.decode()


def test_a_need_without_a_word_we_know_still_finds_nothing(with_cheese: Any, switched_on: On) -> None:
    switched_on()
    stage.ensure()
    assert find("skavlskavl xyzzy").total == 0
    assert answer(Question(understand("skavlskavl xyzzy"))).certainty is Certainty.NOTHING


def test_nobody_waits_for_a_model_to_read_the_cases(library_for_real: Path, switched_on: On) -> None:
    model = switched_on()
    before = ids(find("snø på veien").hits)
    there = stage.stage()
    assert before and there and there._following
    there._following.join(30)
    assert stage.near("snø på veien")
    assert len(model.read) > 71


def test_only_what_is_new_is_read(with_cheese: Any, switched_on: On, a_case: Any, now: Any) -> None:
    model = switched_on()
    stage.ensure()
    assert len(model.read) > 71
    model.read.clear()
    stage.ensure()
    rebuild()
    stage.ensure()
    switched_on(model)  # the process begins anew
    stage.ensure()
    assert model.read == []
    publish_case(case_file=cheese(a_case, keywords={"nb": ["geitmelk"]}), origin=Origin.FILE, at=now)
    stage.ensure()
    assert model.read == ["geitmelk"]


def test_a_case_that_is_gone_or_says_something_else_leaves_no_vector(
    with_cheese: Any, switched_on: On, vectors_file: Path, a_case: Any, now: Any
) -> None:
    def rows() -> int:
        return int(
            sqlite3.connect(vectors_file)
            .execute("SELECT COUNT(*) FROM vectors WHERE key = 'case/brunost'")
            .fetchone()[0]
        )

    switched_on()
    stage.ensure()
    first = rows()
    publish_case(case_file=a_case(id="brunost", title={"nb": "Noe helt annet"}), origin=Origin.FILE, at=now)
    stage.ensure()
    assert rows() == first > 0
    Case.objects.filter(case_id="brunost").update(revision=None)
    record_change(kind=ChangeKind.CASE, key="brunost", at=now)
    stage.ensure()
    assert rows() == 0
    assert "case/brunost" not in stage.near("bukkehorn")


def test_what_was_read_before_a_process_was_stopped_is_not_read_again(
    library: Path, switched_on: On, made_up: Any, vectors_file: Path
) -> None:
    switched_on(made_up(stop_after=60))
    with pytest.raises(KeyboardInterrupt):
        stage.ensure()
    assert sqlite3.connect(vectors_file).execute("SELECT COUNT(*) FROM whole").fetchone() == (0,)
    model = switched_on(made_up())
    stage.ensure()
    others = made_up(name="another")
    switched_on(others)
    stage.ensure()
    assert 0 < len(model.read) < len(others.read)


def test_vectors_that_are_not_all_there_are_not_used(library: Path, switched_on: On, made_up: Any) -> None:
    switched_on(made_up(stop_after=60))
    with pytest.raises(KeyboardInterrupt):
        stage.ensure()
    there = stage.stage()
    assert there
    there._read()
    assert there._held is None


def test_a_damaged_file_is_made_anew(with_cheese: Any, switched_on: On, vectors_file: Path, made_up: Any) -> None:
    switched_on()
    stage.ensure()
    expected = stage.near("bukkehorn")
    vectors_file.write_bytes(b"not a database " * 1000)
    switched_on()
    stage.ensure()
    assert stage.near("bukkehorn") == expected != {}


def test_one_process_at_a_time_reads_the_cases(library: Path, switched_on: On, vectors_file: Path) -> None:
    model = switched_on()
    there = stage.stage()
    assert there
    with only_one(vectors_file.with_suffix(".lock"), wait=True):
        assert there.follow(wait=False) is False
    assert model.read == []


def test_a_library_from_another_database_is_read_from_the_beginning(
    with_cheese: Any, switched_on: On, vectors_file: Path
) -> None:
    switched_on()
    stage.ensure()
    expected = stage.near("bukkehorn")
    with sqlite3.connect(vectors_file) as held:
        held.execute("UPDATE whole SET change = 999999")
        held.execute("DELETE FROM vectors")
    switched_on()
    stage.ensure()
    assert stage.near("bukkehorn") == expected


def test_what_answers_depend_on_tells_that_the_vectors_have_come(library: Path, switched_on: On) -> None:
    switched_on()
    off = stage.state()
    there = stage.stage()
    assert there and there._following
    there._following.join(30)
    stage.ensure()
    assert stage.state() != off


def test_a_model_that_fails_costs_nobody_the_search_by_words(
    library: Path, switched_on: On, made_up: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(text: str) -> Any:
        raise RuntimeError("no memory")

    expected = ids(find("brøyting av snø").hits)
    model = switched_on()
    stage.ensure()
    model.of_need = fail
    with caplog.at_level(logging.CRITICAL + 1):
        assert ids(find("brøyting av snø").hits) == expected


def test_a_model_that_is_not_there_is_told_once_and_the_search_works(
    library: Path, switched_on: On, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(folder: Path) -> Any:
        raise MeaningMissing("Modellen er ikke der.")

    switched_on()
    monkeypatch.setattr(stage, "load", missing)
    assert find("brøyting av snø").hits
    assert find("eldre som faller").hits
    assert [record.getMessage() for record in caplog.records] == ["Modellen er ikke der. Søket virker uten."]


@pytest.fixture
def few_needs(tmp_path: Path) -> Path:
    common = {"language": "nb", "half": "tune", "avoids_case_words": True}
    needs = [
        {"id": "x1", "need": HORN, "grades": {"brunost": 3}, **common},
        {"id": "x2", "need": "hus i skogen", "grades": {}, **common},
    ]
    path = tmp_path / "needs.json"
    path.write_text(json.dumps({"needs": needs}), encoding="utf-8")
    return path


def test_both_are_measured_in_one_run(with_cheese: Any, switched_on: On, few_needs: Path) -> None:
    switched_on()
    stage.ensure()
    measured = measure(few_needs, with_peers=False, is_empty=lambda need: bool(stage.near(need)))
    both = measured.groups["all"]
    assert both[OURS]["ndcg"][0] > both[WORDS_ONLY]["ndcg"][0] == 0
    right = measured.groups["with answer: not called empty"]
    assert (right[OURS]["right"], right[WORDS_ONLY]["right"]) == ([0.0], [1.0])  # a verdict that asks the stage itself


def test_nothing_is_measured_beside_when_it_is_off(library: Path, few_needs: Path) -> None:
    assert set(measure(few_needs, with_peers=False).groups["all"]) == {OURS}


def test_of_a_very_long_need_the_model_reads_the_beginning(library: Path, switched_on: On) -> None:
    model = switched_on()
    stage.ensure()
    assert stage.near("snø på veien " * 800)
    assert [len(text) for text in model.asked] == [stage.MOST_OF_A_NEED]
