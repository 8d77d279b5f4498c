"""Open needs that are like a need: side by side with who has them, how far away, how large and when."""

from collections.abc import Iterable
from uuid import UUID

from ringvirkning.catalogue.models import Organisation
from ringvirkning.needs.answers import OpenNeed
from ringvirkning.needs.assessment import Timing
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.open.distance import kilometres
from ringvirkning.needs.open.likeness import terms_of
from ringvirkning.needs.open.memory import memory
from ringvirkning.needs.queries import open_needs

# Below this a likeness is mostly chance: of unrelated pairs among the judged needs 5 in 1,000 lie above it.
ALIKE = 0.3


def open_needs_like(
    text: str, *, organisation: Organisation | None = None, most: int = 10, besides: str = ""
) -> list[OpenNeed]:
    """Return the open needs that are like this one, the most alike first.

    ``organisation`` is the one that asks, for the distance; ``besides`` is the key of the need itself when it is open.
    """
    near = ((key, likeness) for key, likeness in memory.like(terms_of(text)) if likeness >= ALIKE and key != besides)
    chosen = dict(list(near)[:most])
    rows = {str(row.key): row for row in open_needs().filter(key__in=[UUID(key) for key in chosen])}
    owners = _organisations(rows.values())
    # A need that was closed a moment ago may be in memory still, and is no longer in the table.
    return [_shown(rows[key], likeness, owners, organisation) for key, likeness in chosen.items() if key in rows]


def _organisations(rows: Iterable[AssessmentRow]) -> dict[str, Organisation]:
    slugs = {row.organisation for row in rows}
    return {one.slug: one for one in Organisation.objects.filter(slug__in=slugs)}


def _shown(
    row: AssessmentRow, likeness: float, owners: dict[str, Organisation], asker: Organisation | None
) -> OpenNeed:
    owner = owners.get(row.organisation)
    return OpenNeed(
        key=str(row.key),
        title=row.title,
        organisation=owner,
        likeness=likeness,
        kilometres=kilometres(owner, asker) if owner and asker else None,
        timing=Timing.model_validate(row.content.get("timing", {})),
        opened=row.opened,
    )
