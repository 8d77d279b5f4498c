"""Deadlines and days in words. Which day it is, is handed in.

A page is kept for a day, so nothing here changes within one: a deadline later today and one earlier today are both
"today", with the time.
"""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ringvirkning.web.templatetags.rv import locale

SOON = 14  # days within which a deadline is marked
LONG_GONE = 60  # days after which nobody counts them


@dataclass(frozen=True)
class Deadline:
    """A moment by which something must be delivered, seen from a day."""

    moment: datetime
    today: date

    @property
    def day(self) -> date:
        """Return the Norwegian day."""
        return timezone.localtime(self.moment).date()

    @property
    def days_left(self) -> int:
        """Return how many days there are to it; negative when it has gone."""
        return (self.day - self.today).days

    @property
    def gone(self) -> bool:
        """Return whether its day is past."""
        return self.days_left < 0

    @property
    def soon(self) -> bool:
        """Return whether there is little time."""
        return 0 <= self.days_left <= SOON

    @property
    def day_said(self) -> str:
        """Return the day: "fredag 12. desember 2026"."""
        pattern = "EEEE d MMMM y" if get_language() == "en" else "EEEE d. MMMM y"
        return format_date(self.day, pattern, locale=locale())

    @property
    def time_said(self) -> str:
        """Return the time of day: "12.00"."""
        pattern = "HH:mm" if get_language() == "en" else "HH.mm"
        return format_time(timezone.localtime(self.moment), pattern, locale=locale())

    @property
    def said(self) -> str:
        """Return day and time: "fredag 12. desember 2026 kl. 12.00"."""
        return _("%(day)s kl. %(time)s") % {"day": self.day_said, "time": self.time_said}

    @property
    def left_said(self) -> str:
        """Return how long it is: "i dag", "i morgen", "15 dager igjen", "gikk ut for 3 dager siden"."""
        days = self.days_left
        if days == 0:
            return _("i dag")
        if days == 1:
            return _("i morgen")
        if days == -1:
            return _("gikk ut i går")
        if days < -LONG_GONE:
            return _("fristen er ute")
        if days > 0:
            return ngettext("%(days)s dag igjen", "%(days)s dager igjen", days) % {"days": days}
        return ngettext("gikk ut for %(days)s dag siden", "gikk ut for %(days)s dager siden", -days) % {"days": -days}


def span_said(months: float) -> str:
    """Return a duration in whole years or months, as people say it: "4 år", "18 måneder", "3 uker"."""
    if months >= 12 and (months / 12) == int(months / 12):
        years = int(months / 12)
        return ngettext("%(years)s år", "%(years)s år", years) % {"years": years}
    if months >= 1:
        whole = round(months)
        return ngettext("%(months)s måned", "%(months)s måneder", whole) % {"months": whole}
    days = max(1, round(months * 30.4))
    return ngettext("%(days)s dag", "%(days)s dager", days) % {"days": days}
