"""The versions of a notice, and what changed from one to the next, field by field in the reader's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ringvirkning.catalogue.compare import Piece, pieces
from ringvirkning.catalogue.notices.models import NoticeVersion
from ringvirkning.catalogue.notices.packing import unpacked
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.web.notices.publications import Published, publication_of
from ringvirkning.web.notices.saying import Said, nearest
from ringvirkning.web.notices.telling import Fact, codes_said, facts_of

# Long texts are compared word by word, other facts value by value.
RUNNING = {"title", "description"}
MOST_SAME = 6  # values of a list that are shown also when they are the same


@dataclass(frozen=True)
class Row:
    """One fact that differs: how it was and how it is. An empty side was not there."""

    label: str
    old: list[Piece]
    new: list[Piece]

    @property
    def kind(self) -> str:
        """Return what happened to the fact."""
        return "changed" if self.old and self.new else "added" if self.new else "removed"


@dataclass(frozen=True)
class Edition:
    """One version of a notice, wherever it was published."""

    number: int
    published: date | None
    publications: list[Published]
    record: Record
    rows: list[Row] = field(default_factory=list)
    compared: bool = False  # with the version before it

    @property
    def reason(self) -> str:
        """Return why it was published anew, in words; empty when it does not say."""
        codes = codes_said("change", [self.record.change.reason if self.record.change else None])
        return next(iter(codes), "")

    @property
    def explained(self) -> Said | None:
        """Return what the buyer wrote of the change."""
        told = nearest(self.record.change.texts, self.record.language) if self.record.change else None
        return told if told and told.text else None


def editions(chains: Iterable[Sequence[NoticeVersion]]) -> list[Edition]:
    """Return the versions in the order of time. ``chains``: the publications of each notice, the oldest notice first.

    Two sources never say the same thing in the same words, so a version is compared with the one before it in a
    source that has both.
    """
    found: list[Edition] = []
    before: dict[str, Record] = {}
    for chain in chains:
        for group in _by_version(chain):
            records = {one.source: unpacked(one.record) for one in group}
            source = next((one for one in records if one in before), None)
            rows = differences(before[source], records[source]) if source else []
            number = _number(group, found[-1].number if found else 0)
            found.append(_edition(number, group, records, rows, source is not None))
            before = records
    return found


def _number(group: Sequence[NoticeVersion], before: int) -> int:
    """Return the source's own number of a version, as long as it is higher than the one before it."""
    own = next((int(one.version) for one in group if one.version.isdecimal()), 0)
    return own if own > before else before + 1


def _edition(
    number: int, group: Sequence[NoticeVersion], records: dict[str, Record], rows: list[Row], compared: bool
) -> Edition:
    days = sorted(one.published for one in group if one.published)
    record = records.get("doffin") or next(iter(records.values()))
    return Edition(number, days[0] if days else None, [publication_of(one) for one in group], record, rows, compared)


def _by_version(chain: Sequence[NoticeVersion]) -> list[list[NoticeVersion]]:
    """Return the publications of a notice by version, the oldest version first; given the newest first."""
    groups: dict[str, list[NoticeVersion]] = {}
    for one in reversed(chain):
        groups.setdefault(one.version or one.number, []).append(one)
    return list(groups.values())


def differences(old: Record, new: Record) -> list[Row]:
    """Return the facts that differ between two records of one source."""
    was, now = ({fact.name: fact for fact in facts_of(record)} for record in (old, new))
    names = list(dict.fromkeys([*now, *was]))
    return [_row(was.get(name), now.get(name)) for name in names if _values(was, name) != _values(now, name)]


def _values(facts: dict[str, Fact], name: str) -> tuple[str, ...]:
    return facts[name].values if name in facts else ()


def _row(old: Fact | None, new: Fact | None) -> Row:
    shown = new or old
    if shown is None:  # pragma: no cover - one of the two is there
        raise ValueError("nothing to compare")
    if old and new and shown.name in RUNNING:
        told = pieces(old.values[0], new.values[0])
        return Row(shown.label, [one for one in told if one.kind != "added"], [o for o in told if o.kind != "removed"])
    was, now = old.values if old else (), new.values if new else ()
    return Row(shown.label, _side(was, now, "removed"), _side(now, was, "added"))


def _side(values: Sequence[str], others: Sequence[str], kind: str) -> list[Piece]:
    """Return the values with those marked that the other side lacks; of a long list only those."""
    told: list[Piece] = []
    shown = values if len(values) <= MOST_SAME else [value for value in values if value not in others]
    for value in shown:
        told += [Piece("same", ", ")] if told else []
        told.append(Piece("same" if value in others else kind, value))
    return told
