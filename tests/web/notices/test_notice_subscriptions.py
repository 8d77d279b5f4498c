"""Lists to subscribe to: a calendar and a feed that other programs can read, in the reader's language."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar
from reading_pages import LANGUAGES, Page, attribute

from ringvirkning.sources.notices.record import Change
from ringvirkning.web.notices import subscriptions
from some_notices import a_notice

CALENDAR, FEED = "/kunngjoringer/frister.ics", "/kunngjoringer/nye.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2026, 11, 23)
DUE = datetime(2026, 12, 11, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day of the tests' own clock."""
    monkeypatch.setattr(subscriptions.timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def calendar(client: Client) -> Callable[..., Any]:
    """Return a function that fetches and reads the calendar."""

    def call(query: str = "", language: str = "nb") -> Any:
        answer = client.get(f"{LANGUAGES[language]}{CALENDAR}{query}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.content)

    return call


def events(calendar: Any) -> list[Any]:
    return [part for part in calendar.walk() if part.name == "VEVENT"]


def test_every_deadline_that_has_not_passed_is_an_event(put_in: Any, calendar: Any) -> None:
    later, soon, gone = (
        a_notice(1),
        a_notice(2, deadline=DUE - timedelta(days=7)),
        a_notice(3, deadline=DUE - timedelta(days=70)),
    )
    put_in(later, soon, gone, a_notice(4, deadline=None), a_notice(5, change=Change(reason="cancel")))
    found = events(calendar())
    assert [str(one["summary"]) for one in found] == [
        "Frist: Bedre nattilsyn for eldre 2",
        "Frist: Bedre nattilsyn for eldre 1",
    ]
    event = found[1]
    assert event.decoded("dtstart") == DUE
    assert str(event["url"]).endswith(f"/kunngjoringer/{later.notice_uuid}/")
    told = str(event["description"]).replace("\xa0", " ")
    for wanted in (
        "Larvik kommune",
        "Vestfold",
        "Konkurranse",
        "Anslått verdi: 12,5 millioner kroner",
        "Trolig innovativ",
    ):
        assert wanted in told, wanted


def test_an_event_has_what_calendars_demand(put_in: Any, calendar: Any) -> None:
    put_in(a_notice(1))
    made = calendar()
    assert made["version"] == "2.0" and made["prodid"] and made["method"] == "PUBLISH"
    [event] = events(made)
    assert event["uid"] == f"{a_notice(1).notice_uuid}@ringvirkning"
    assert event.decoded("dtstamp") == datetime(2026, 11, 2, tzinfo=UTC)
    assert event["transp"] == "TRANSPARENT"
    [alarm] = [part for part in event.walk() if part.name == "VALARM"]
    assert (alarm["action"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(days=-7))


def test_the_same_deadline_is_the_same_event_in_every_language_and_when_it_moves(put_in: Any, calendar: Any) -> None:
    put_in(a_notice(1))
    ids = {str(events(calendar(language=language))[0]["uid"]) for language in LANGUAGES}
    assert len(ids) == 1
    put_in(a_notice(1, version="02", deadline=DUE + timedelta(days=7), publication_number="2026-999999"))
    [moved] = events(calendar())
    assert str(moved["uid"]) in ids and moved.decoded("dtstart") == DUE + timedelta(days=7)


def test_the_words_are_in_the_readers_language(put_in: Any, calendar: Any) -> None:
    put_in(a_notice(1, titles={"nb": "Tilsyn", "en": "Supervision"}))
    assert str(events(calendar(language="en"))[0]["summary"]) == "Deadline: Supervision"
    assert str(calendar(language="nn")["x-wr-calname"]) == "Kunngjeringar"


def test_the_calendar_of_a_search_has_what_the_search_has(put_in: Any, calendar: Any) -> None:
    put_in(a_notice(1), a_notice(2, titles={"nb": "Snørydding"}, descriptions={"nb": "Brøyting."}, cpv=("90620000",)))
    assert len(events(calendar())) == 2
    assert len(events(calendar("?cpv=90"))) == 1
    searched = calendar("?" + urlencode({"q": "brøyting", "phase": "competition"}))
    assert [str(one["summary"]) for one in events(searched)] == ["Frist: Snørydding"]
    assert str(searched["name"]) == "Kunngjøringer: brøyting, Konkurranse"


def test_what_notices_say_cannot_break_out_of_the_calendar(put_in: Any, calendar: Any, client: Client) -> None:
    put_in(a_notice(1, titles={"nb": "Tilsyn\r\nEND:VEVENT\r\nBEGIN:VEVENT; , \\ :"}))
    assert len(events(calendar())) == 1
    lines = client.get(CALENDAR).content.decode().split("\r\n")
    assert lines.count("END:VEVENT") == 1
    assert all(len(line.encode()) <= 75 for line in lines)


def test_no_events_is_a_calendar_too(library: Any, calendar: Any) -> None:
    assert events(calendar()) == []


# The feed.


def entries(client: Client, query: str = "", language: str = "nb") -> list[ElementTree.Element]:
    answer = client.get(f"{LANGUAGES[language]}{FEED}{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def said(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_the_newest_come_first(put_in: Any, client: Client) -> None:
    put_in(a_notice(1, publication_date=date(2026, 11, 1)), a_notice(2, publication_date=date(2026, 11, 20)))
    found = entries(client)
    assert [said(one, "title") for one in found] == ["Bedre nattilsyn for eldre 2", "Bedre nattilsyn for eldre 1"]
    assert said(found[0], "updated").startswith("2026-11-20")
    assert said(found[0], "id") == f"urn:ringvirkning:kunngjoring:{a_notice(2).notice_uuid}"
    assert "Frist fredag 11. desember 2026" in said(found[0], "summary")


def test_the_feed_of_a_search_has_what_the_search_has(put_in: Any, client: Client) -> None:
    put_in(a_notice(1), a_notice(2, cpv=("90620000",)))
    assert len(entries(client, "?cpv=90&frist=open")) == 1
    told = ElementTree.fromstring(client.get(f"/en{FEED}?cpv=90").content)
    links = {one.get("rel") or "": one.get("href") or "" for one in told.findall(f"{ATOM}link")}
    assert links["alternate"].endswith("/en/kunngjoringer/?cpv=90")
    assert links["self"].endswith("/en/kunngjoringer/nye.atom?cpv=90")


def test_text_in_the_feed_is_text(put_in: Any, client: Client) -> None:
    put_in(a_notice(1, titles={"nb": "<script>alert(1)</script> & co"}))
    [entry] = entries(client)
    assert said(entry, "title") == "<script>alert(1)</script> & co"


def test_nothing_is_written_by_asking(put_in: Any, client: Client) -> None:
    put_in(a_notice(1))
    for address in (CALENDAR, FEED):
        assert client.post(address).status_code == 405


def test_the_pages_lead_to_calendar_and_feed_of_what_they_show(put_in: Any, visit: Callable[..., Page]) -> None:
    put_in(a_notice(1))
    links = {attribute(one, "href") for one in visit("/kunngjoringer/?q=eldre&cpv=33&sort=published&side=1").all("a")}
    assert f"{CALENDAR}?q=eldre&cpv=33" in links and f"{FEED}?q=eldre&cpv=33" in links
    innovative = {attribute(one, "href") for one in visit("/kunngjoringer/nyskapende/").all("a")}
    assert f"{CALENDAR}?innovation=confirmed&innovation=likely&frist=open" in innovative
