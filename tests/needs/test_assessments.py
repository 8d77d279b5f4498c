"""Needs assessments: what is saved is kept, and nobody overwrites what they have not seen."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.needs.conftest import NEED, fresh

from ringvirkning.ledger.queries import history_of
from ringvirkning.needs import operations, queries
from ringvirkning.needs.assessment import Question, Solution
from ringvirkning.needs.models import AssessmentRow, AssessmentVersion
from ringvirkning.needs.operations import Conflict, Refused, Saved
from ringvirkning.needs.sections import content_of, fingerprint
from ringvirkning.needs.shortlist import judgement_mark
from ringvirkning.needs.terms import AnswerKind, Fit, Section, Visibility
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role

MINUTE = timedelta(minutes=1)
SENSOR = Solution(kind=AnswerKind.CASE, key="sensor", title="Sensor i taket", added=date(2026, 11, 23))
CAMERA = Solution(kind=AnswerKind.NOTICE, key="123", title="Digitalt tilsyn", added=date(2026, 11, 23))
A_NUMBER = "01010199950"


def valid_identity_number() -> str:
    """Return an identity number with sound check digits that belongs to nobody: its month is 41–52."""
    from ringvirkning.foundation.identity import is_identity_number

    return next(f"014190{tail:05d}" for tail in range(10**5) if is_identity_number(f"014190{tail:05d}"))


@pytest.fixture
def save(row: AssessmentRow, kari: Person, now: datetime) -> Callable[..., Saved | Conflict]:
    """Save a section as Kari, over what stands there now unless a base is given."""

    def save(section: Section, content: dict[str, Any], base: str | None = None, **more: Any) -> Saved | Conflict:
        known = fingerprint(fresh(row).content, section) if base is None else base
        given = {"assessment": row, "person": kari, "at": now, **more}
        return operations.save_section(section=section, content=content, base=known, **given)

    return save


def shared(row: AssessmentRow, colleague: Person, now: datetime) -> AssessmentRow:
    operations.share_with(assessment=row, colleague=colleague, person=row.owner, at=now)
    return fresh(row)


# Beginning.


def test_an_assessment_begins_private_with_what_was_told(
    kari: Person, begun: Callable[..., AssessmentRow], now: datetime
) -> None:
    row = begun(kari, told={"whom": "Beboere", "often": " "}, language="nn")
    assert (row.visibility, row.owner, row.version, row.language) == (Visibility.PRIVATE, kari, 1, "nn")
    made = queries.read(row)
    assert (made.need, made.organisation, made.told.whom, made.told.often) == (NEED, "larvik", "Beboere", None)
    assert [(one.verb, one.person) for one in history_of("assessment", str(row.key))] == [("began", kari)]
    assert queries.assessment_by_key(row.key) == queries.assessment_by_key(str(row.key)) == row


@pytest.mark.parametrize("key", ["", "1", "x" * 40, None, 7])
def test_a_key_that_is_none(db: None, key: object) -> None:
    assert queries.assessment_by_key(key) is None


def test_one_begins_only_for_an_organisation_one_belongs_to(kari: Person, begun: Callable[..., AssessmentRow]) -> None:
    with pytest.raises(Refused, match="not_your_organisation") as refused:
        begun(kari, organisation="tonsberg")
    assert "virksomheten" in refused.value.sentence
    assert begun(kari, organisation="").organisation == ""


def test_whoever_works_alone_may_bring_it_along_to_an_organisation_once(
    kari: Person, begun: Callable[..., AssessmentRow], now: datetime
) -> None:
    row = begun(kari, organisation="")
    with pytest.raises(Refused, match="not_your_organisation"):
        operations.belong_to(assessment=row, organisation="tonsberg", person=kari, at=now)
    operations.belong_to(assessment=row, organisation="larvik", person=kari, at=now)
    assert (fresh(row).organisation, queries.read(fresh(row)).organisation) == ("larvik", "larvik")
    with pytest.raises(Refused, match="moved_already"):
        operations.belong_to(assessment=row, organisation="larvik", person=kari, at=now)


# What cannot be kept is refused with a sentence, and nothing is changed.


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ({"title": ""}, "no_title", "tittel"),
        ({"need": "  \n"}, "no_need", "Behovet mangler"),
        ({"title": "x" * 301}, "too_long", "300 tegn"),
        ({"need": "x" * 200_001}, "too_long", "200000 tegn"),
        ({"told": {"today": "<script>alert(1)</script>"}}, "markup", "HTML"),
        ({"made_up": 1}, "not_of_this_section", "Last siden"),
        ({"timing": {"size_kroner": {"low": "mye"}}}, "not_a_number", "Tallet"),
        ({"timing": {"size_kroner": {"low": "-1"}}}, "not_a_number", "Tallet"),
        ({"timing": {"size_kroner": {"low": "NaN"}}}, "not_a_number", "Tallet"),
        ({"timing": {"size_kroner": {"low": "1e15"}}}, "not_a_number", "Tallet"),
        ({"language": "fi"}, "not_understood", "Se over"),
        ({"adjusted": {"struck": ["x"] * 101}}, "too_many", "100"),
    ],
)
def test_what_cannot_be_kept(
    kari: Person, begun: Callable[..., AssessmentRow], content: dict[str, Any], code: str, says: str
) -> None:
    with pytest.raises(Refused) as refused:
        begun(kari, **content)
    assert refused.value.code == code
    assert says in refused.value.sentence
    assert not AssessmentRow.objects.exists()


@pytest.mark.parametrize("written", ["{0}{1}", "f.nr. {0} {1}.", "({0}-{1})", "{0}\u00a0{1}", "a\n{0}.{1}\nb"])
def test_identity_numbers_are_refused_in_every_text(save: Any, row: AssessmentRow, written: str) -> None:
    number = valid_identity_number()
    text = written.format(number[:6], number[6:])
    for section, content in (
        (Section.NEED, {"title": "Fall", "need": text}),
        (Section.CONCLUSION, {"conclusion": text}),
        (Section.QUESTIONS, {"questions": [{"to": "X", "text": text}]}),
        (Section.VALUE, {"zero": {"value": {"assumptions": text}}}),
    ):
        with pytest.raises(Refused, match="identity_number") as refused:
            save(section, content)
        assert "fødselsnummer" in refused.value.sentence
    assert fresh(row).content == row.content


@pytest.mark.parametrize("text", ["12345678901", "org.nr. 958 935 420", "1 000 000 000 00 kroner", A_NUMBER[:10]])
def test_other_numbers_are_kept(save: Any, text: str) -> None:
    assert isinstance(save(Section.CONCLUSION, {"conclusion": text}), Saved)


def test_characters_no_database_can_keep_are_taken_away(save: Any, row: AssessmentRow) -> None:
    save(Section.NEED, {"title": "Fall\x00\ud800", "need": "Natt\u202e\x07\nmorgen"})
    assert (fresh(row).title, queries.read(fresh(row)).need) == ("Fall", "Natt\nmorgen")


def test_deep_and_odd_content_is_refused_and_not_a_crash(save: Any) -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    for content in ({"conclusion": deep}, {"conclusion": 7}, {"conclusion": {"a": 1}}, {"title": "no"}):
        with pytest.raises(Refused):
            save(Section.CONCLUSION, content)


# Saving, two side by side.


def test_a_section_is_saved_and_the_others_stand(save: Any, row: AssessmentRow) -> None:
    saved = save(Section.CONCLUSION, {"conclusion": "  Vi prøver sensor. "})
    assert isinstance(saved, Saved)
    assert saved.content == {"conclusion": "Vi prøver sensor."}
    assert fresh(row).content == {**row.content, "conclusion": "Vi prøver sensor."}
    assert saved.base == fingerprint(fresh(row).content, Section.CONCLUSION)
    save(Section.CONCLUSION, {})
    assert "conclusion" not in fresh(row).content


def test_two_who_change_different_fields_both_keep_theirs(
    save: Any, row: AssessmentRow, ola: Person, now: datetime
) -> None:
    shared(row, ola, now)
    base = fingerprint(row.content, Section.NEED)
    save(Section.NEED, {"title": "Fall om natta", "need": NEED}, base)
    saved = save(Section.NEED, {"title": "Fall om natten", "need": NEED, "told": {"whom": "Eldre"}}, base, person=ola)
    assert isinstance(saved, Saved)
    assert (saved.content["title"], saved.content["told"]) == ("Fall om natta", {"whom": "Eldre"})


def test_two_who_change_the_same_get_a_conflict_and_nothing_is_lost(
    save: Any, row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    shared(row, ola, now)
    base = fingerprint(row.content, Section.NEED)
    save(Section.NEED, {"title": "Karis", "need": NEED}, base)
    mine = {"title": "Olas", "need": "Noe helt annet", "language": "nb", "told": {}, "timing": {}}
    conflict = save(Section.NEED, mine, base, person=ola, at=now + MINUTE)
    assert isinstance(conflict, Conflict)
    assert (conflict.fields, conflict.person) == (("title",), kari)
    assert (conflict.theirs["title"], conflict.mine) == ("Karis", mine)
    assert fresh(row).title == "Karis"
    aside = queries.set_aside_of(row, Section.NEED, ola)
    assert aside
    assert aside.content == mine
    assert queries.set_aside_of(row, Section.NEED, kari) is None
    # Having seen both, Ola chooses his.
    assert isinstance(save(Section.NEED, mine, conflict.base, person=ola, at=now + MINUTE), Saved)
    assert fresh(row).title == "Olas"
    assert queries.set_aside_of(row, Section.NEED, ola) is None
    assert [one.content["title"] for one in queries.versions_of(fresh(row))] == ["Olas", "Karis"]


def test_a_conflict_names_whoever_wrote_the_field_and_not_the_last_to_save_anything(
    save: Any, row: AssessmentRow, kari: Person, ola: Person, somebody: Callable[..., Person], now: datetime
) -> None:
    liv = somebody(Role.CONTRIBUTOR, name="Liv Eksempel")
    for colleague in (ola, liv):
        shared(row, colleague, now)
    base = fingerprint(row.content, Section.NEED)
    save(Section.NEED, {"title": "Olas", "need": NEED}, base, person=ola, at=now + MINUTE)
    save(Section.CONCLUSION, {"conclusion": "Karis"}, at=now + 2 * MINUTE)
    conflict = save(Section.NEED, {"title": "Livs", "need": NEED}, base, person=liv, at=now + 3 * MINUTE)
    assert isinstance(conflict, Conflict)
    assert (conflict.person, conflict.at) == (ola, now + MINUTE)


def test_whoever_chooses_the_others_lets_go_of_their_own(
    save: Any, row: AssessmentRow, ola: Person, now: datetime
) -> None:
    shared(row, ola, now)
    base = fingerprint(row.content, Section.CONCLUSION)
    save(Section.CONCLUSION, {"conclusion": "A"}, base)
    assert isinstance(save(Section.CONCLUSION, {"conclusion": "B"}, base, person=ola), Conflict)
    operations.let_go(assessment=row, section=Section.CONCLUSION, person=ola)
    assert queries.set_aside_of(row, Section.CONCLUSION, ola) is None
    assert fresh(row).content["conclusion"] == "A"


def test_a_save_whose_answer_was_lost_is_answered_alike(save: Any, row: AssessmentRow) -> None:
    base = fingerprint(row.content, Section.CONCLUSION)
    first = save(Section.CONCLUSION, {"conclusion": "A"}, base)
    assert save(Section.CONCLUSION, {"conclusion": "A"}, base) == first
    assert fresh(row).version == 1


@pytest.mark.parametrize("base", ["", "x", "a.b.c.d.e.f.g", "...."])
def test_a_base_that_says_nothing_never_overwrites(save: Any, row: AssessmentRow, base: str) -> None:
    assert isinstance(save(Section.NEED, {"title": "Annet", "need": NEED}, base), Conflict)
    assert fresh(row).title == row.title


def test_a_section_takes_only_its_own(save: Any) -> None:
    with pytest.raises(Refused, match="not_of_this_section"):
        save(Section.CONCLUSION, {"need": "x"})


# Versions.


def test_what_one_saves_in_a_sitting_is_one_version_and_another_or_later_makes_the_next(
    save: Any, row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    shared(row, ola, now)
    save(Section.CONCLUSION, {"conclusion": "1"}, at=now + 2 * MINUTE)
    save(Section.CONCLUSION, {"conclusion": "2"}, at=now + 9 * MINUTE)
    assert fresh(row).version == 1
    save(Section.CONCLUSION, {"conclusion": "3"}, at=now + 10 * MINUTE)
    save(Section.CONCLUSION, {"conclusion": "4"}, at=now + 11 * MINUTE, person=ola)
    save(Section.CONCLUSION, {"conclusion": "5"}, at=now + 12 * MINUTE)
    versions = queries.versions_of(fresh(row))
    assert [(one.version, one.content.get("conclusion"), one.saved_by) for one in versions] == [
        (4, "5", kari), (3, "4", ola), (2, "3", kari), (1, "2", kari),
    ]  # fmt: skip
    assert versions[-1].saved == now + 9 * MINUTE
    assert queries.differences(versions[1], versions[0]) == {Section.CONCLUSION: ("conclusion",)}
    assert queries.differences(versions[0], versions[0]) == {}
    assert [one.verb for one in history_of("assessment", str(row.key))].count("saved") == 3


def test_an_earlier_version_is_restored_as_a_new_one(
    save: Any, row: AssessmentRow, kari: Person, now: datetime
) -> None:
    save(Section.CONCLUSION, {"conclusion": "Den gang"})
    save(Section.CONCLUSION, {"conclusion": "Nå"}, at=now + 60 * MINUTE)
    operations.restore(assessment=row, version=1, person=kari, at=now + 61 * MINUTE)
    assert fresh(row).content["conclusion"] == "Den gang"
    assert [one.version for one in queries.versions_of(fresh(row))] == [3, 2, 1]
    assert queries.version_of(fresh(row), 2).content["conclusion"] == "Nå"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="no_such_version"):
        operations.restore(assessment=row, version=9, person=kari, at=now)


# The shortlist.


def solutions(row: AssessmentRow) -> list[Solution]:
    return queries.read(fresh(row)).solutions


def keep(row: AssessmentRow, person: Person, now: datetime, *kept: Solution) -> None:
    for one in kept:
        operations.keep_solution(assessment=row, solution=one, person=person, at=now)


def test_solutions_are_kept_once_judged_ordered_and_taken_out(row: AssessmentRow, kari: Person, now: datetime) -> None:
    keep(row, kari, now, SENSOR, CAMERA, SENSOR)
    assert [one.key for one in solutions(row)] == ["sensor", "123"]
    blank, given = judgement_mark({}), {"assessment": row, "person": kari, "at": now}
    saved = operations.judge_solution(
        solution=(AnswerKind.CASE, "sensor"),
        base=blank,
        fit=Fit.PARTLY,
        because=" Mangler varsling ",
        notes="",
        **given,
    )
    assert isinstance(saved, Saved)
    assert (solutions(row)[0].fit, solutions(row)[0].because, solutions(row)[0].notes) == (
        Fit.PARTLY, "Mangler varsling", None,
    )  # fmt: skip
    keep(row, kari, now, SENSOR)
    assert solutions(row)[0].fit is Fit.PARTLY, "keeping again takes no judgement away"
    operations.order_solutions(order=[(AnswerKind.NOTICE, "123")], **given)
    assert [one.key for one in solutions(row)] == ["123", "sensor"]
    operations.take_out_solution(solution=(AnswerKind.NOTICE, "123"), **given)
    operations.take_out_solution(solution=(AnswerKind.NOTICE, "123"), **given)
    assert [one.key for one in solutions(row)] == ["sensor"]
    with pytest.raises(Refused, match="no_such_solution"):
        operations.judge_solution(
            solution=(AnswerKind.NOTICE, "123"), base=blank, fit=None, because=None, notes=None, **given
        )


def test_two_who_judge_the_same_solution_see_each_other(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    keep(row, kari, now, SENSOR, CAMERA)
    shared(row, ola, now)
    judged = {"assessment": row, "base": judgement_mark({}), "notes": None, "at": now}
    sensor, camera = (AnswerKind.CASE, "sensor"), (AnswerKind.NOTICE, "123")
    operations.judge_solution(solution=sensor, fit=Fit.FITS, because="Alt", person=kari, **judged)
    other = operations.judge_solution(solution=camera, fit=Fit.NO, because="Kamera", person=ola, **judged)
    assert isinstance(other, Saved), "another solution is no collision"
    conflict = operations.judge_solution(solution=sensor, fit=Fit.NO, because="Dyrt", person=ola, **judged)
    assert isinstance(conflict, Conflict)
    assert conflict.theirs == {"fit": "fits", "because": "Alt"}
    assert conflict.mine == {"fit": "no", "because": "Dyrt"}
    assert [one.because for one in solutions(row)] == ["Alt", "Kamera"]
    chosen = {**judged, "base": conflict.base}
    operations.judge_solution(solution=sensor, fit=Fit.NO, because="Dyrt", person=ola, **chosen)
    assert solutions(row)[0].because == "Dyrt"


def test_the_shortlist_has_an_end(row: AssessmentRow, kari: Person, now: datetime) -> None:
    many = [SENSOR.model_copy(update={"key": f"sak-{number}"}) for number in range(200)]
    full = content_of(queries.read(row).model_copy(update={"solutions": many}))
    AssessmentRow.objects.filter(pk=row.pk).update(content=full)
    with pytest.raises(Refused, match="too_many") as refused:
        keep(row, kari, now, SENSOR)
    assert "200" in refused.value.sentence


def test_questions_are_asked_one_by_one(row: AssessmentRow, kari: Person, now: datetime) -> None:
    for text in ("Hva kostet det?", "Hva ville dere gjort annerledes?"):
        question = Question(to="Tønsberg kommune", organisation="tonsberg", text=text)
        operations.ask_question(assessment=row, question=question, person=kari, at=now)
    assert next(one.text for one in queries.read(fresh(row)).questions) == "Hva kostet det?"
    assert len(queries.read(fresh(row)).questions) == 2


# Deleting.


def test_deleting_takes_everything_along(
    save: Any, row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    save(Section.CONCLUSION, {"conclusion": "A"}, at=now + 60 * MINUTE)
    shared(row, ola, now)
    with pytest.raises(Refused, match="not_yours_to_share"):
        operations.delete(assessment=row, person=ola, at=now)
    operations.delete(assessment=row, person=kari, at=now)
    assert not AssessmentRow.objects.exists()
    assert not AssessmentVersion.objects.exists()
    assert history_of("assessment", str(row.key)).last().verb == "deleted"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="gone"):
        save(Section.CONCLUSION, {"conclusion": "B"}, "x")


# All or nothing.


def test_what_fails_on_the_way_leaves_no_trace(
    save: Any, row: AssessmentRow, ola: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is written last in every verb: when even that fails, nothing of the act is there."""

    def broken(*given: object, **more: object) -> None:
        raise RuntimeError

    shared(row, ola, now)
    before = fresh(row)
    monkeypatch.setattr("ringvirkning.needs.writing.record_once_a_sitting", broken)
    monkeypatch.setattr("ringvirkning.needs.writing.record", broken)
    given = {"assessment": row, "at": now + 60 * MINUTE}
    for verb in (
        lambda: save(Section.CONCLUSION, {"conclusion": "A"}, at=now + 60 * MINUTE),
        lambda: operations.open_up(person=row.owner, seen_warnings=True, **given),
        lambda: operations.stop_sharing(colleague=ola, person=row.owner, **given),
        lambda: operations.keep_solution(solution=SENSOR, person=ola, **given),
        lambda: operations.delete(person=row.owner, **given),
    ):
        with pytest.raises(RuntimeError):
            verb()
    after = fresh(row)
    assert (after.content, after.version, after.visibility) == (before.content, 1, Visibility.SHARED)
    assert (AssessmentVersion.objects.count(), row.readers.count()) == (0, 1)
    assert queries.changed_needs(0, 10**9) == []


# Looking.


def test_looking_again_in_the_same_sitting_tells_the_same_news(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    from ringvirkning.catalogue.operations import record_change
    from ringvirkning.catalogue.terms import ChangeKind

    def look(person: Person, minutes: int) -> int:
        return operations.look(assessment=row, person=person, at=now + minutes * MINUTE)

    start = row.made_change
    shared(row, ola, now)
    first = record_change(kind=ChangeKind.CASE, key="a", at=now)
    assert (look(kari, 31), look(kari, 40)) == (start, start)
    second = record_change(kind=ChangeKind.CASE, key="b", at=now)
    assert look(kari, 45) == start
    assert look(kari, 120) == second > first
    assert look(ola, 120) == start, "each has their own"


def test_lists_show_what_one_works_on(
    row: AssessmentRow, begun: Callable[..., AssessmentRow], kari: Person, ola: Person, stranger: Person,
    somebody: Callable[..., Person], now: datetime
) -> None:  # fmt: skip
    alone = begun(kari, organisation="", at=now + MINUTE)
    assert list(queries.assessments_of(kari)) == [alone, row]
    assert list(queries.assessments_of(ola)) == []
    assert queries.colleagues_to_share_with(row) == [ola]
    shared(row, ola, now)
    assert list(queries.assessments_of(ola)) == [row]
    assert queries.colleagues_to_share_with(row) == []
    assert [one.person for one in queries.readers_of(row)] == [ola]
    assert list(queries.assessments_of(stranger)) == list(queries.assessments_of(somebody(Role.EDITOR))) == []
