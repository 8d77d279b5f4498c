"""Drafts: what is acknowledged is kept, and nobody overwrites what they have not seen."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from ringvirkning.catalogue.models import Case, Organisation
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.ledger.queries import history_of
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role
from ringvirkning.publishing import drafts, queries
from ringvirkning.publishing.drafts import Conflict, Refused, Saved
from ringvirkning.publishing.models import Draft, DraftPart, SetAside
from ringvirkning.publishing.terms import DraftState, Step

Somebody = Callable[..., Person]


@pytest.fixture
def kari(db: None, somebody: Somebody) -> Person:
    Organisation.objects.get_or_create(slug="larvik", defaults={"name": "Larvik kommune", "kind": "municipality"})
    return somebody(Role.CONTRIBUTOR, name="Kari Eksempel")


@pytest.fixture
def ola(kari: Person, somebody: Somebody) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Ola Eksempel")


@pytest.fixture
def editor(kari: Person, somebody: Somebody) -> Person:
    return somebody(Role.EDITOR, name="Eva Eksempel")


@pytest.fixture
def stranger(kari: Person, somebody: Somebody) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Per Eksempel", organisation="tonsberg")


@pytest.fixture
def draft(kari: Person, now: datetime) -> Draft:
    return drafts.start_draft(organisation="larvik", person=kari, at=now)


@pytest.fixture
def save(draft: Draft, kari: Person, now: datetime) -> Callable[..., Saved | Conflict]:
    """Save a step as Kari from a page of hers, unless something else is said."""

    def save(content: dict[str, Any], base: int = 0, page: str = "", clock: int = 1, **more: Any) -> Saved | Conflict:
        given = {"draft": draft, "step": Step.NEED, "person": kari, "at": now, **more}
        name = page or f"page of {given['person'].pk}"
        return drafts.save_step(content=content, base_version=base, page=name, page_clock=clock, **given)

    return save


def stored(draft: Draft, step: Step = Step.NEED) -> dict[str, Any]:
    content: dict[str, Any] = queries.part_of(draft, step).content
    return content


# Beginning.


def test_a_blank_draft(draft: Draft, kari: Person) -> None:
    assert (draft.state, draft.organisation, draft.made_by, draft.case) == (DraftState.DRAFT, "larvik", kari, None)
    assert queries.part_of(draft, Step.WHO).version == 0
    assert [entry.verb for entry in history_of("draft", str(draft.key))] == ["started"]
    assert drafts.draft_by_key(draft.key) == drafts.draft_by_key(str(draft.key)) == draft


@pytest.mark.parametrize("key", ["", "1", "x" * 40, None, 7])
def test_a_key_that_is_none(db: None, key: object) -> None:
    assert drafts.draft_by_key(key) is None


def test_one_shares_only_for_an_organisation_one_speaks_for(
    kari: Person, stranger: Person, editor: Person, now: datetime
) -> None:
    for person, organisation in ((stranger, "larvik"), (kari, ""), (kari, "tonsberg")):
        with pytest.raises(Refused) as refused:
            drafts.start_draft(organisation=organisation, person=person, at=now)
        assert refused.value.code == "not_your_organisation"
        assert refused.value.sentence
    assert drafts.start_draft(organisation="", person=editor, at=now).organisation == ""


def test_a_draft_begun_from_a_document_holds_it_as_one_would_have_typed_it(
    kari: Person, now: datetime, case_data: Callable[..., dict[str, Any]]
) -> None:
    marks = {Step.NEED: ["title.nb"]}
    draft = drafts.start_draft(organisation="larvik", person=kari, at=now, document=case_data(), unconfirmed=marks)
    assert stored(draft, Step.FIGURES)["figures"][0]["value"] == "100 000"
    assert queries.part_of(draft, Step.NEED).unconfirmed == ["title.nb"]
    document = drafts.draft_document(draft, at=now)
    assert {**document, "id": "varme-i-grunnen"} == case_data()


# A new version of a published case.


@pytest.fixture
def case(empty_catalogue: None, a_case: Callable[..., Any], kari: Person, now: datetime) -> Case:
    publish_case(case_file=a_case(), origin=Origin.SEED, at=now)
    return Case.objects.get()


def test_a_revision_begins_as_the_published_case_and_is_joined_by_the_next(
    case: Case, kari: Person, ola: Person, editor: Person, stranger: Person, now: datetime
) -> None:
    draft = drafts.start_revision(case=case, person=kari, organisation="larvik", at=now)
    assert (draft.case, draft.base_revision, draft.languages) == (case, 1, "nb")
    assert drafts.draft_document(draft, at=now)["id"] == "varme-i-grunnen"
    assert drafts.start_revision(case=case, person=ola, organisation="larvik", at=now) == draft
    assert drafts.start_revision(case=case, person=editor, organisation="", at=now) == draft
    with pytest.raises(Refused, match="taken"):
        drafts.start_revision(case=case, person=stranger, organisation="tonsberg", at=now)
    assert queries.open_draft_of(case) == draft


def test_saving_a_revision_without_a_change_says_nothing_new_and_a_change_says_who(
    case: Case, kari: Person, now: datetime
) -> None:
    draft = drafts.start_revision(case=case, person=kari, organisation="larvik", at=now)
    before = drafts.draft_document(draft, at=now)
    figures = stored(draft, Step.FIGURES)
    figures["figures"][0] |= {"value": "100000", "per": "year", "date": "", "basis": {"nb": ""}}
    given = {"draft": draft, "step": Step.FIGURES, "page": "p", "person": kari, "at": now}
    drafts.save_step(content=figures, base_version=1, page_clock=1, **given)
    assert drafts.draft_document(draft, at=now) == before, "the same number written otherwise is the same number"
    figures["figures"][0]["value"] = "120 000"
    drafts.save_step(content=figures, base_version=2, page_clock=2, **given)
    after = drafts.draft_document(draft, at=now)
    assert after["figures"][0]["sources"] == ["s1", "egen"]
    assert after["sources"][-1]["publisher"] == "Larvik kommune"
    assert after["need"] == before["need"]


# Saving.


def test_what_is_typed_is_kept_as_typed(draft: Draft, save: Any, now: datetime) -> None:
    typed = {"title": {"nb": "  Varme i "}, "cpv": ["45210000-2", ""], "keywords": {"nb": "a, b"}}
    assert save(typed) == Saved(1, typed)
    assert stored(draft) == typed
    assert drafts.title_of(draft) == "Varme i"
    assert drafts.draft_document(draft, at=now)["id"] == "varme-i"


def test_the_same_again_is_not_a_new_version(draft: Draft, save: Any, now: datetime) -> None:
    save({"title": {"nb": "Varme"}})
    later = now + timedelta(hours=2)
    assert save({"title": {"nb": "Varme"}}, base=1, clock=2, at=later).version == 1
    assert save({"title": {"nb": "Varme"}}, base=1, page="another", at=later).version == 1
    draft.refresh_from_db()
    assert draft.changed == now


def test_a_page_never_conflicts_with_itself(draft: Draft, save: Any) -> None:
    for clock, title in enumerate("VARME", 1):
        assert isinstance(save({"title": {"nb": title}}, base=0, clock=clock), Saved)
    assert stored(draft) == {"title": {"nb": "E"}}


def test_a_late_save_is_dropped_and_answered_with_the_present_version(draft: Draft, save: Any) -> None:
    save({"title": {"nb": "Varme i grunnen"}}, clock=9)
    late = save({"title": {"nb": "Varme i"}}, clock=8)
    assert isinstance(late, Saved)
    assert (late.version, stored(draft)) == (1, {"title": {"nb": "Varme i grunnen"}})


def test_a_repeated_save_whose_answer_was_lost_is_answered_alike(draft: Draft, save: Any) -> None:
    assert save({"title": {"nb": "Varme"}}) == save({"title": {"nb": "Varme"}})


def test_two_who_change_the_same_thing(draft: Draft, save: Any, kari: Person, ola: Person, now: datetime) -> None:
    assert save({"title": {"nb": "Fra Kari"}}).version == 1
    met = save({"title": {"nb": "Fra Ola"}}, person=ola)
    assert met == Conflict({"title": {"nb": "Fra Kari"}}, {"title": {"nb": "Fra Ola"}}, kari, now, 1, ("title",))
    assert stored(draft) == {"title": {"nb": "Fra Kari"}}
    assert queries.set_aside_of(draft, Step.NEED, ola).content == {"title": {"nb": "Fra Ola"}}
    assert isinstance(save({"title": {"nb": "Fra Ola igjen"}}, clock=2, person=ola), Conflict)
    assert SetAside.objects.get().content == {"title": {"nb": "Fra Ola igjen"}}
    late = save({"title": {"nb": "Fra Ola"}}, clock=1, person=ola)
    assert isinstance(late, Conflict), "an older save is not told that it stands when the newer does not"
    assert SetAside.objects.get().content == {"title": {"nb": "Fra Ola igjen"}}


def test_two_who_change_different_things_in_one_step_both_stand(draft: Draft, save: Any, ola: Person) -> None:
    save({"title": {"nb": "Varme"}, "themes": ["energi"]})
    save({"title": {"nb": "Varme i grunnen"}, "themes": ["energi"]}, base=1, clock=2)
    olas = save({"title": {"nb": "Varme"}, "themes": ["energi", "bygg"]}, base=1, person=ola)
    assert isinstance(olas, Saved)
    assert olas.theirs == ("title",), "Ola's page still shows the old title"
    both = {"title": {"nb": "Varme i grunnen"}, "themes": ["energi", "bygg"]}
    assert stored(draft) == both == olas.content


def test_a_page_that_still_shows_the_old_text_does_not_bring_it_back(draft: Draft, save: Any, ola: Person) -> None:
    save({"title": {"nb": "Varme"}, "themes": ["energi"]})
    save({"title": {"nb": "Varme"}, "themes": ["bygg"]}, base=1, person=ola)
    save({"title": {"nb": "Varme i grunnen"}, "themes": ["bygg"]}, base=2, clock=2)
    # Ola's page has not seen the new title, and he goes on with the themes.
    again = save({"title": {"nb": "Varme"}, "themes": ["bygg", "energi"]}, base=2, clock=2, person=ola)
    assert again.content == {"title": {"nb": "Varme i grunnen"}, "themes": ["bygg", "energi"]}
    # Then he changes the title he sees, which is not the one that is there: now it is for him to choose.
    assert isinstance(
        save({"title": {"nb": "Olas"}, "themes": ["bygg", "energi"]}, base=4, clock=3, person=ola), Conflict
    )


def test_a_blank_field_more_on_one_page_is_no_change(draft: Draft, save: Any, ola: Person) -> None:
    save({"title": {"nb": "Varme"}})
    save({"title": {"nb": "Varme"}, "los": ["tema/energi"]}, base=1, clock=2)
    assert isinstance(save({"title": {"nb": "Varme", "nn": ""}, "los": [""]}, base=1, person=ola), Saved)
    assert stored(draft)["los"] == ["tema/energi"]


def test_an_empty_row_can_be_added(draft: Draft, save: Any) -> None:
    save({"lessons": [{"text": {"nb": "Begynn tidlig."}}]}, step=Step.LESSONS)
    rows = [*stored(draft, Step.LESSONS)["lessons"], {}]
    assert save({"lessons": rows}, base=1, clock=2, step=Step.LESSONS).version == 2
    assert stored(draft, Step.LESSONS)["lessons"][1] == {}


def test_a_base_version_from_nowhere_overwrites_nothing(draft: Draft, save: Any, ola: Person) -> None:
    save({"title": {"nb": "Varme"}})
    save({"title": {"nb": "Varme i grunnen"}}, base=1, clock=2)
    for base in (0, 1, -1, 99):
        assert isinstance(save({"title": {"nb": "Olas"}}, base=base, person=ola, page=f"p{base}"), Conflict)
    assert stored(draft) == {"title": {"nb": "Varme i grunnen"}}


def test_characters_no_database_keeps_are_dropped(draft: Draft, save: Any) -> None:
    assert save({"title": {"nb": "Var\x00me \ud800i"}}, page="p" * 99).content == {"title": {"nb": "Varme i"}}


def test_choosing_between_two_texts(draft: Draft, save: Any, kari: Person, ola: Person, now: datetime) -> None:
    save({"title": {"nb": "Karis"}})
    save({"title": {"nb": "Olas"}}, person=ola)
    choice = {"draft": draft, "step": Step.NEED, "person": ola, "at": now}
    save({"title": {"nb": "Karis nye"}}, base=1, clock=2)
    # Kari has written meanwhile: what Ola chose between is no longer what is there.
    assert isinstance(drafts.settle(content={"title": {"nb": "Olas"}}, base_version=1, **choice), Conflict)
    assert stored(draft) == {"title": {"nb": "Karis nye"}}
    assert drafts.settle(content={"title": {"nb": "Vår"}}, base_version=2, **choice).version == 3
    assert stored(draft) == {"title": {"nb": "Vår"}}
    assert not SetAside.objects.exists()
    assert isinstance(save({"title": {"nb": "Olas, gammel"}}, clock=1, page="page of ola", person=ola), Conflict)


def test_what_was_set_aside_goes_when_the_page_has_been_saved_after_all(draft: Draft, save: Any, ola: Person) -> None:
    save({"title": {"nb": "Karis"}})
    assert isinstance(save({"title": {"nb": "O"}}, person=ola), Conflict)
    assert isinstance(save({"title": {"nb": "Karis"}}, clock=2, person=ola), Saved)
    assert not SetAside.objects.exists()


# Who may, and how much.


def test_strangers_and_finished_drafts(draft: Draft, save: Any, stranger: Person, kari: Person, editor: Person) -> None:
    with pytest.raises(Refused, match="not_yours"):
        save({"title": {"nb": "Min"}}, person=stranger)
    Draft.objects.update(state=DraftState.SUBMITTED)
    with pytest.raises(Refused, match="closed"):
        save({"title": {"nb": "For sent"}})
    assert isinstance(save({"title": {"nb": "Redaktørens"}}, person=editor), Saved)
    Draft.objects.update(state=DraftState.PUBLISHED)
    with pytest.raises(Refused, match="closed"):
        save({"title": {"nb": "For sent"}}, person=editor)
    Person.objects.filter(pk=kari.pk).update(is_active=False)
    Draft.objects.update(state=DraftState.DRAFT)
    kari.refresh_from_db()
    with pytest.raises(Refused, match="not_yours"):
        save({"title": {"nb": "Stengt ute"}}, base=1)


@pytest.mark.parametrize("key", ["id", "format", "version", "revised", "figures", "licence", "hemmelig"])
def test_a_step_writes_only_what_it_owns(draft: Draft, save: Any, key: str) -> None:
    with pytest.raises(Refused, match="not_of_this_step"):
        save({"title": {"nb": "Varme"}, key: "x"})
    assert not DraftPart.objects.exists()


def test_too_much_for_one_step(draft: Draft, save: Any) -> None:
    deep: Any = []
    for _ in range(40):
        deep = [deep]
    for content in ({"title": {"nb": "x" * 1_000_001}}, {"title": deep}, {"cpv": ["1"] * 501}):
        with pytest.raises(Refused, match="too_large"):
            save(content)
    for odd in (object(), float("nan")):
        with pytest.raises(Refused, match="not_of_this_step"):
            save({"title": {"nb": odd}})


# Whose word it is.


def test_an_editor_who_lifts_a_text_is_seen(
    draft: Draft, save: Any, editor: Person, kari: Person, now: datetime
) -> None:
    need = {"need": {"description": {"text": {"nb": "Det var kaldt."}}, "before": {"text": {"nb": "Oljefyr."}}}}
    save(need)
    lifted = stored(draft)
    lifted["need"]["description"]["text"]["nb"] = "Skolen var kald om vinteren."
    save(lifted, base=1, person=editor)
    document = drafts.draft_document(draft, at=now)
    assert document["need"]["description"]["sources"] == ["egen", "redaksjon"]
    assert document["need"]["before"]["sources"] == ["egen"]
    assert {source["id"]: source["kind"] for source in document["sources"]} == {"egen": "stated", "redaksjon": "editor"}


def test_a_form_that_does_not_show_own_words_cannot_take_them_away(draft: Draft, save: Any, editor: Person) -> None:
    save({"lessons": [{"kind": "advice", "text": {"nb": "A"}}]}, step=Step.LESSONS, person=editor)
    rows = stored(draft, Step.LESSONS)["lessons"]
    assert rows[0]["sources"] == ["redaksjon"]
    first = {"kind": "advice", "text": {"nb": "Først"}}
    save({"lessons": [first, {**rows[0], "sources": []}]}, base=1, step=Step.LESSONS)
    assert [row["sources"] for row in stored(draft, Step.LESSONS)["lessons"]] == [["egen"], ["redaksjon"]]


def test_rows_get_an_id_once(draft: Draft, save: Any) -> None:
    save({"sources": [{"title": "Rap"}, {}]}, step=Step.SOURCES)
    assert [row.get("id") for row in stored(draft, Step.SOURCES)["sources"]] == ["s1", None]
    save({"sources": [{"title": "Ny"}, {"title": "Rapport", "id": "s1"}]}, base=1, clock=2, step=Step.SOURCES)
    assert [row["id"] for row in stored(draft, Step.SOURCES)["sources"]] == ["s2", "s1"]


# What was filled in for the writer.


def test_marks_go_when_somebody_says_yes_or_writes_something_else(kari: Person, now: datetime) -> None:
    document = {"title": {"nb": "Varme"}, "parties": [{"organisation": {"name": name}} for name in "ABC"]}
    marks = {Step.NEED: ["title.nb"], Step.WHO: ["parties.0", "parties.1", "parties.2"]}
    draft = drafts.start_draft(organisation="larvik", person=kari, at=now, document=document, unconfirmed=marks)
    given = {"draft": draft, "step": Step.WHO, "person": kari, "at": now}
    drafts.confirm(places=["parties.1"], **given)
    assert queries.part_of(draft, Step.WHO).unconfirmed == ["parties.0", "parties.2"]
    rows = stored(draft, Step.WHO)["parties"]
    drafts.save_step(content={"parties": rows[1:]}, base_version=1, page="p", page_clock=1, **given)
    assert queries.part_of(draft, Step.WHO).unconfirmed == ["parties.1"], "the mark follows its row"
    drafts.save_step(
        draft=draft, step=Step.NEED, content={"title": {"nb": "Kulde"}}, base_version=1, page="p", page_clock=1,
        person=kari, at=now,
    )  # fmt: skip
    assert queries.part_of(draft, Step.NEED).unconfirmed == []


def test_languages(draft: Draft, kari: Person, stranger: Person, now: datetime) -> None:
    drafts.choose_languages(draft=draft, languages="nn,nb", person=kari, at=now)
    assert Draft.objects.get().languages == "nn,nb"
    for odd in ("", "xx", "nb,nb", "nb;drop"):
        with pytest.raises(Refused, match="no_such_language"):
            drafts.choose_languages(draft=draft, languages=odd, person=kari, at=now)
    with pytest.raises(Refused, match="not_yours"):
        drafts.choose_languages(draft=draft, languages="nb", person=stranger, at=now)


# Reading.


def test_faults_point_at_the_row_that_was_typed_in(draft: Draft, save: Any, now: datetime) -> None:
    save({"lessons": [{}, {"text": {"nb": "Begynn tidlig."}}]}, step=Step.LESSONS)
    told = {fault.place: fault.code for fault in drafts.draft_faults(draft, at=now)}
    assert told["lessons.1.kind"] == "missing"


def test_lists_of_drafts(kari: Person, ola: Person, stranger: Person, editor: Person, now: datetime) -> None:
    def begin(person: Person, organisation: str, minutes: int, state: DraftState = DraftState.DRAFT) -> Draft:
        at = now + timedelta(minutes=minutes)
        draft = drafts.start_draft(
            organisation=organisation, person=person, at=at, document={"title": {"nn": f"{minutes}"}}
        )
        Draft.objects.filter(pk=draft.pk).update(state=state, submitted=at)
        return draft

    begin(kari, "larvik", 9, DraftState.PUBLISHED)
    begin(ola, "larvik", 2, DraftState.SUBMITTED)
    begin(kari, "larvik", 1)
    begin(stranger, "tonsberg", 4, DraftState.SUBMITTED)
    begin(editor, "", 5)
    titles = [drafts.title_of(one) for one in drafts.drafts_of(kari)]
    assert titles == ["2", "1", "9"]
    assert [drafts.title_of(one) for one in drafts.drafts_of(editor)] == ["5"]
    assert [drafts.title_of(one) for one in queries.queue()] == ["2", "4"]


def test_the_ledger_has_one_line_for_a_sitting(draft: Draft, save: Any, now: datetime) -> None:
    for clock in range(1, 6):
        save({"title": {"nb": f"V{clock}"}}, clock=clock, at=now + timedelta(minutes=clock))
    save({"title": {"nb": "Dagen etter"}}, clock=9, at=now + timedelta(days=1))
    told = [(entry.verb, entry.detail.get("step")) for entry in history_of("draft", str(draft.key))]
    assert told == [("started", None), ("saved", "need"), ("saved", "need")]


# Many at once, with true commits.


FIRST_KEY = {Step.NEED: "summary", Step.WHO: "place", Step.HOW: "specification", Step.LESSONS: "lessons"}
Outcome = tuple[int, Saved | Conflict, str]


def together(work: Callable[[int], None], workers: int) -> None:
    """Let so many threads work at once, and pass on what went wrong in any of them."""
    problems: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert problems == []


def first_text(content: dict[str, Any], step: Step) -> str:
    text: str = content[FIRST_KEY[step]][0]["text"]["nb"]
    return text


def test_many_who_write_at_once_lose_nothing_that_was_acknowledged(
    empty_for_real: None, somebody: Somebody, now: datetime
) -> None:
    people = [somebody(Role.CONTRIBUTOR, name=f"Nr. {number}") for number in range(6)]
    draft = drafts.start_draft(organisation="larvik", person=people[0], at=now)
    steps = [Step.NEED, Step.NEED, Step.NEED, Step.WHO, Step.HOW, Step.LESSONS]
    outcomes: list[Outcome] = []

    def write(number: int) -> None:
        step, base = steps[number], 0
        for turn in range(1, 6):
            text = f"{number}.{turn}"
            outcome = drafts.save_step(
                draft=draft, step=step, content={FIRST_KEY[step]: [{"text": {"nb": text}}]}, base_version=base,
                page=f"p{number}", page_clock=turn, person=people[number], at=now,
            )  # fmt: skip
            outcomes.append((number, outcome, text))
            base = outcome.version

    together(write, 6)
    assert len(outcomes) == 30
    for number in (3, 4, 5):  # alone in their steps: every save stands
        assert all(isinstance(outcome, Saved) for who, outcome, _ in outcomes if who == number)
        assert first_text(stored(draft, steps[number]), steps[number]) == f"{number}.5"
    stood = {outcome.version: text for who, outcome, text in outcomes if who < 3 and isinstance(outcome, Saved)}
    part = queries.part_of(draft, Step.NEED)
    assert sorted(stood) == list(range(1, part.version + 1)), "each acknowledged save is a version of its own"
    assert first_text(part.content, Step.NEED) == stood[part.version]
    for who in range(3):  # whoever was told last that another was first has their words kept aside
        outcome, text = [(outcome, text) for one, outcome, text in outcomes if one == who][-1]
        aside = queries.set_aside_of(draft, Step.NEED, people[who])
        assert isinstance(outcome, Saved) or (aside and first_text(aside.content, Step.NEED) == text)


def test_two_who_begin_a_new_version_at_once_meet_in_one(
    empty_for_real: None, somebody: Somebody, a_case: Callable[..., Any], now: datetime
) -> None:
    publish_case(case_file=a_case(), origin=Origin.SEED, at=now)
    case = Case.objects.get()
    people = [somebody(Role.CONTRIBUTOR) for _ in range(4)]
    keys: list[object] = []

    def begin(number: int) -> None:
        keys.append(drafts.start_revision(case=case, person=people[number], organisation="larvik", at=now).key)

    together(begin, 4)
    assert len(keys) == 4 and len(set(keys)) == 1
    assert Draft.objects.count() == 1
