"""Readers ask "what changed since n?" and must never miss a change, however many write at once."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, transaction

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, CaseRevision, Change, Counter, Organisation
from ringvirkning.catalogue.operations import publish_case, record_change
from ringvirkning.catalogue.terms import ChangeKind, Origin

WRITERS = 8


def all_at_once(work: Callable[[int], None]) -> list[Exception]:
    """Run the work in as many threads as there are writers, started together; return what went wrong."""
    start, wrong = threading.Barrier(WRITERS), list[Exception]()

    def run(number: int) -> None:
        try:
            start.wait(10)
            work(number)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


@pytest.mark.usefixtures("empty_for_real")
def test_numbers_have_no_gaps_and_keep_their_order_under_eight_writers(a_case: Any, now: Any) -> None:
    seen: list[list[int]] = []
    done = threading.Event()

    def watch() -> None:
        try:
            while not done.is_set():
                seen.append(sorted(Change.objects.values_list("seq", flat=True)))
                time.sleep(0.002)
        finally:
            connections.close_all()

    def write(number: int) -> None:
        for turn in range(5):
            case_file = a_case(id=f"sak-{number}", title={"nb": f"Sak {number}.{turn}"})
            publish_case(case_file=case_file, origin=Origin.FILE, at=now)

    # The buyer is met beforehand; meeting it for the first time at once is another test.
    publish_case(case_file=a_case(), origin=Origin.FILE, at=now)
    watcher = threading.Thread(target=watch)
    watcher.start()
    wrong = all_at_once(write)
    done.set()
    watcher.join(10)
    assert wrong == []
    assert queries.last_change() == WRITERS * 5 + 1
    assert sorted(Change.objects.values_list("seq", flat=True)) == list(range(1, WRITERS * 5 + 2))
    # Nobody ever saw a number before all that come before it.
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)


@pytest.mark.usefixtures("empty_for_real")
def test_eight_writers_of_one_case_number_its_revisions_without_gaps(a_case: Any, now: Any) -> None:
    publish_case(case_file=a_case(), origin=Origin.FILE, at=now)
    wrong = all_at_once(
        lambda number: publish_case(  # type: ignore[arg-type,return-value]
            case_file=a_case(title={"nb": f"Varme {number}"}), origin=Origin.FILE, at=now
        )
    )
    assert wrong == []
    assert list(CaseRevision.objects.values_list("number", flat=True)) == list(range(1, WRITERS + 2))
    assert Case.objects.get().revision.number == WRITERS + 1


@pytest.mark.usefixtures("empty_for_real")
@pytest.mark.parametrize("new", ["case", "organisation"])
def test_writers_may_meet_a_new_case_or_a_new_organisation_at_once(
    new: str, a_case: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hold every writer where it has looked and found nothing, until all have or a moment has passed."""
    from ringvirkning.catalogue import operations

    meeting, name = threading.Barrier(WRITERS), {"case": "_fill_columns", "organisation": "free_slug"}[new]
    unheld = getattr(operations, name)

    def held(*given: Any) -> Any:
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(0.5)
        return unheld(*given)

    monkeypatch.setattr(operations, name, held)

    def write(number: int) -> None:
        case_file = a_case(id="sak" if new == "case" else f"sak-{number}")
        publish_case(case_file=case_file, origin=Origin.FILE, at=now)

    assert all_at_once(write) == []
    assert Organisation.objects.count() == 1
    assert Change.objects.count() == (1 if new == "case" else WRITERS)


@pytest.mark.usefixtures("empty_for_real")
def test_a_change_that_is_taken_back_gives_its_number_back(now: Any) -> None:
    with transaction.atomic():
        record_change(kind=ChangeKind.CASE, key="en", at=now)
    with pytest.raises(RuntimeError), transaction.atomic():
        record_change(kind=ChangeKind.CASE, key="to", at=now)
        raise RuntimeError
    with transaction.atomic():
        assert record_change(kind=ChangeKind.CASE, key="tre", at=now) == 2
    assert Counter.objects.get().value == 2


@pytest.mark.usefixtures("empty_catalogue")
def test_changed_cases_are_told_once_and_only_cases(now: Any) -> None:
    for kind, key in (("case", "b"), ("organisation", "oslo"), ("case", "a"), ("case", "b"), ("case", "c")):
        with transaction.atomic():
            record_change(kind=ChangeKind(kind), key=key, at=now)
    assert queries.changed_cases(0, 5) == ["a", "b", "c"]
    assert queries.changed_cases(1, 4) == ["a", "b"]
    assert queries.changed_cases(5, 5) == []
    assert queries.last_change() == 5


@pytest.mark.usefixtures("empty_catalogue")
def test_nothing_has_happened_in_an_empty_catalogue() -> None:
    assert queries.last_change() == 0
