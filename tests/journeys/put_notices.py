"""Puts invented notices into the home of the environment: run by the journeys before their server starts.

Some can be answered now, whatever day it is; one has a second version; one many lots; one little and odd.
"""

import hashlib
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringvirkning.config.settings")

from ringvirkning.sources.notices.record import Change, Notice, to_json
from some_notices import a_life, a_notice, an_odd_one, many_lots


def notices(now: datetime) -> list[Notice]:
    """Return everything to put in."""
    noon = now.replace(hour=11, minute=0, second=0, microsecond=0)
    first = a_notice(701, deadline=noon + timedelta(days=18), publication_date=(now - timedelta(days=9)).date())
    second = msgspec.structs.replace(
        first,
        version="02",
        publication_number="2026-100799",
        doffin_number="2026-100799",
        deadline=noon + timedelta(days=25),
        publication_date=(now - timedelta(days=2)).date(),
        titles={**first.titles, "en": "Better night care for older people"},
        change=Change(reason="update-add", texts={"nb": "Fristen er flyttet én uke."}),
    )
    soon = a_notice(702, deadline=noon + timedelta(days=3), titles={"nb": "Varsling av overløp"}, cpv=("38424000",))
    return [first, second, soon, *a_life(), many_lots(), an_odd_one()]


def main() -> None:
    """Store them, and let everything that follows be worked out."""
    django.setup()
    from ringvirkning.analysis.working import work_out_all
    from ringvirkning.catalogue.notices.operations import store
    from ringvirkning.catalogue.notices.terms import Loadable
    from ringvirkning.search.notices.index import ensure_notices

    now = datetime.now(UTC)
    made = notices(now)
    store([Loadable(hashlib.sha256(to_json(one)).hexdigest(), one.file, "1", (one,)) for one in made], at=now)
    work_out_all(at=now)
    ensure_notices()


if __name__ == "__main__":
    main()
