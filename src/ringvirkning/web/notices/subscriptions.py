"""A list of notices to subscribe to: deadlines as a calendar (iCalendar), news as a feed (Atom).

Both are asked for with the same query string as the list, in the language of the address.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Alarm, Calendar, Event, vDuration

from ringvirkning.search.notices.find_notices import MOST
from ringvirkning.web.context import public_url
from ringvirkning.web.notices import money, words
from ringvirkning.web.notices.cards import Card, cards_of
from ringvirkning.web.notices.filters import NOTICE_LIST
from ringvirkning.web.notices.listing import Asked, asked_of, subscription
from ringvirkning.web.notices.saying import nearest, page_language

MOST_EVENTS = 300
MOST_ENTRIES = 50
LONGEST_TEXT = 600  # characters of a description
BEFORE = timedelta(days=7)  # when to remind: while there is still time to write an answer
OFTEN = timedelta(hours=12)  # how often a calendar should fetch anew
LONG_AGO = date(1970, 1, 1)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Answer with the deadlines of a list that have not passed, the nearest first."""
    asked = asked_of(request.GET)
    made = _calendar(list_name(asked))
    for card in _with_deadlines(asked, timezone.localdate()):
        made.add_component(_event(request, card))
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="kunngjoringer.ics"'
    return response


def list_name(asked: Asked) -> str:
    """Return what a list is called: what was searched for and chosen."""
    chosen = [
        NOTICE_LIST.labels(facet, {}, values).get(value, value)
        for facet, values in asked.filters.items()
        for value in values
    ]
    told = ", ".join(part for part in (asked.need[:60], *chosen) if part)
    return f"{_('Kunngjøringer')}: {told}" if told else _("Kunngjøringer")


def _with_deadlines(asked: Asked, today: date) -> Iterable[Card]:
    """Yield what can be answered, in the order of deadlines."""
    coming = Asked(asked.need, asked.filters, asked.deadline or "open", "deadline")
    for start in range(0, MOST_EVENTS, MOST):
        answer = coming.find(today, offset=start, limit=MOST, counted=False)
        if not answer.ready:
            return
        yield from (card for card in cards_of(answer.hits, today) if card.deadline)
        if start + MOST >= answer.total:
            return


def _calendar(name: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Ringvirkning//Kunngjoringer//NO")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for property_ in ("name", "x-wr-calname"):
        made.add(property_, name)
    made.add("refresh-interval", vDuration(OFTEN), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(OFTEN))
    return made


def _event(request: HttpRequest, card: Card) -> Event:
    """Return a deadline as an event without length. Its id never changes, so a moved deadline moves the event."""
    page = notice_address(request, card)
    event = Event()
    event.add("uid", f"{card.notice.key}@ringvirkning")
    event.add("dtstamp", _published(card))
    event.add("dtstart", card.notice.deadline.astimezone(UTC) if card.notice.deadline else None)
    event.add("summary", _("Frist: %(title)s") % {"title": card.title.text}, parameters={"LANGUAGE": page_language()})
    event.add("description", "\n\n".join((summary(card), page)))
    event.add("url", page)
    event.add("categories", [str(words.PHASES[card.notice.phase])])
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(card))
    return event


def _reminder(card: Card) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Én uke til fristen: %(title)s") % {"title": card.title.text})
    alarm.add("trigger", -BEFORE)
    return alarm


def summary(card: Card) -> str:
    """Return who asks for what, in a few lines."""
    told = [card.buyers, card.where, str(words.PHASES[card.notice.phase])]
    if card.sum:
        told.append(f"{card.sum.label}: {money.about(card.sum.money)}")
    if card.standing_to_show:
        told.append(str(words.STANDINGS[card.standing_to_show]))
    text = nearest(card.record.descriptions, card.record.language).text
    short = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rsplit(' ', 1)[0]} …"
    return "\n\n".join(part for part in (" · ".join(one for one in told if one), short) if part)


def notice_address(request: HttpRequest, card: Card) -> str:
    """Return the full address of a notice in the language of this answer."""
    return public_url(request, reverse("web:notice", args=[card.notice.key]))


def _published(card: Card) -> datetime:
    """Return when what we say was last published. The same for everybody, so that a kept answer is a true one."""
    return datetime.combine(card.notice.published or LONG_AGO, time(), tzinfo=UTC)


class Newest(Feed):  # type: ignore[type-arg] # has no arguments while running
    """The newest notices of a list."""

    feed_type = Atom1Feed
    author_name = "Ringvirkning"

    def get_object(self, request: HttpRequest, *args: object, **kwargs: object) -> tuple[HttpRequest, Asked]:
        """Return what the address asks for."""
        return request, asked_of(request.GET)

    def title(self, obj: tuple[HttpRequest, Asked]) -> str:
        """Return the name of the list."""
        return list_name(obj[1])

    def subtitle(self, obj: tuple[HttpRequest, Asked]) -> str:
        """Return what this is."""
        return _("Nye kunngjøringer fra Doffin og TED")

    def link(self, obj: tuple[HttpRequest, Asked]) -> str:
        """Return the address of the list as a page."""
        return public_url(obj[0], reverse("web:notices") + subscription(obj[0].GET))

    def feed_url(self, obj: tuple[HttpRequest, Asked]) -> str:
        """Return the address of the feed itself."""
        return public_url(obj[0])

    def items(self, obj: tuple[HttpRequest, Asked]) -> list[tuple[HttpRequest, Card]]:
        """Return the newest notices."""
        request, asked = obj
        newest = Asked(asked.need, asked.filters, asked.deadline, "published")
        answer = newest.find(timezone.localdate(), limit=MOST_ENTRIES, counted=False)
        return [(request, card) for card in cards_of(answer.hits, timezone.localdate())]

    def item_title(self, item: tuple[HttpRequest, Card]) -> str:
        """Return the title."""
        return item[1].title.text

    def item_description(self, item: tuple[HttpRequest, Card]) -> str:
        """Return who asks for what, and until when."""
        card = item[1]
        until = f"{_('Frist')} {card.deadline.said}" if card.deadline else ""
        return "\n\n".join(part for part in (until, summary(card)) if part)

    def item_link(self, item: tuple[HttpRequest, Card]) -> str:
        """Return the address of the notice."""
        return notice_address(*item)

    def item_guid(self, item: tuple[HttpRequest, Card]) -> str:
        """Return an id that is the same in every language and at every address we may have."""
        return f"urn:ringvirkning:kunngjoring:{item[1].notice.key}"

    def item_pubdate(self, item: tuple[HttpRequest, Card]) -> datetime:
        """Return the day it was published."""
        return _published(item[1])

    def item_updateddate(self, item: tuple[HttpRequest, Card]) -> datetime:
        """Return the day it was published: a corrected notice has a new one."""
        return _published(item[1])

    def item_categories(self, item: tuple[HttpRequest, Card]) -> list[str]:
        """Return the phase."""
        return [str(words.PHASES[item[1].notice.phase])]
